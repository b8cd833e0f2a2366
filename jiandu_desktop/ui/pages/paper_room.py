"""One document as large as the window, its signed copy beside it where one came back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.paper_view import read_signed
from jiandu_desktop.ui.pages.paper_panel import PageTurner
from jiandu_desktop.ui.pages.paper_saving import SaveButton, SlipButton, save_in_shape
from jiandu_desktop.ui.pages.paperwork.more import MoreButton
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.reading_order import lead_focus


class PaperRoom(QWidget):
    """One document as large as the window."""

    leave = Signal()

    def __init__(self, desk: Desk, document: Document) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._desk = desk
        self._document = document
        self.bar = RoomBar(self.tr("返回"))
        self.bar.set_title(DOCUMENT_KIND_NAMES[document.kind], document.number)
        self.print = Button(self.tr("打印"), kind="primary", icon="printer", hint="Ctrl+P")
        self.slip = SlipButton()
        self.save = SaveButton()
        self.more = MoreButton(desk, lambda: document)
        self.more.scan_wanted.connect(self._show_scan)
        self.bar.add(self.more)
        self.bar.add(self.slip)
        self.slip.setVisible(document.has_slip)
        self.save.offer_slip(document.has_slip)
        self.bar.add(self.save)
        self.bar.add(self.print)
        self.turner = PageTurner(desk)
        self.scan = PageTurner(desk, read=read_signed)
        self.scan.preview.setAccessibleName(self.tr("签回件"))
        self.scan.hide()
        across = QHBoxLayout()
        across.setContentsMargins(12, 0, 12, 0)
        across.setSpacing(12)
        across.addWidget(self.turner, 1)
        across.addWidget(self.scan, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(12)
        column.addWidget(self.bar)
        column.addLayout(across, 1)
        self.turner.failed.connect(desk.messages.error)
        self.scan.failed.connect(self._scan_failed)
        self.scan.shown.connect(self.scan.show)
        desk.relay.changed.connect(self._take_changes)
        self.bar.left.connect(self.leave)
        self.print.clicked.connect(self._print)
        self.save.wanted.connect(self._save)
        self.slip.clicked.connect(self._print_slip)
        for keys, act in (("Esc", self.leave.emit), ("Alt+Left", self.leave.emit), ("Ctrl+P", self._print)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        lead_focus(self, self.turner.preview)
        self.turner.show_document(document)
        self._show_scan()

    @Slot()
    def _show_scan(self) -> None:
        """The signed copy beside the issued page, where one came back."""
        self.scan.show_document(self._document)

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if self._document.id in changes.documents:
            self._show_scan()

    @Slot(object)
    def _scan_failed(self, error: Exception) -> None:
        """It lies on another computer: said, and the issued page stays alone."""
        self.scan.hide()
        if isinstance(error, Trouble) and is_expected(error):
            self._desk.messages.toast(sentence_for(error))
        else:
            self._desk.messages.error(error)

    @Slot()
    def _print(self) -> None:
        self._desk.papers.print(self._document, self.window())

    @Slot(str)
    def _save(self, shape: str) -> None:
        save_in_shape(self._desk.papers, self._document, shape, self.window())

    @Slot()
    def _print_slip(self) -> None:
        self._desk.papers.print_slip(self._document, self.window())
