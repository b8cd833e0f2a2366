"""出具文书… for a finished visit: its record as a form, the certificate for the school, the office's formal opinion."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from jiandu_desktop.domain.document import ABOUT_A_VISIT, DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.widgets.buttons import Button


class WriteButton(Button):
    """Asks for the kind; `visit` says which visit at the moment it is pressed."""

    wanted = Signal(object)
    """A `LetterWish`."""

    def __init__(self, visit: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__("", icon="file-text", parent=parent)
        self.setText(self.tr("出具文书…"))
        self.setToolTip(self.tr("督导记录表、入校督导工作证明、督导意见书"))
        self._visit = visit
        self.menu_of_kinds = QMenu(self)
        for kind in (each for each in DocumentKind if each in ABOUT_A_VISIT):
            self.menu_of_kinds.addAction(self.tr(DOCUMENT_KIND_NAMES[kind])).setData(kind.value)
        self.clicked.connect(self._open)
        self.menu_of_kinds.triggered.connect(self._chosen)

    @Slot()
    def _open(self) -> None:
        self.menu_of_kinds.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.wanted.emit(LetterWish(kind=DocumentKind(str(action.data())), visit_id=self._visit()))
