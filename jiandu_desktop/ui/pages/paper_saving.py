"""另存为 of an issued document: the PDF as it was issued, a Word file to be edited on, the slip."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from jiandu_desktop.domain.issued import Document
from jiandu_desktop.ui.operations.printing import PaperDesk
from jiandu_desktop.ui.widgets.buttons import Button

PDF, WORD, SLIP = "pdf", "word", "slip"


class SaveButton(Button):
    """Asks in which shape; whoever holds the document asks where to."""

    wanted = Signal(str)
    """PDF, WORD or SLIP."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setText(self.tr("另存为"))
        self.setToolTip(self.tr("PDF 是签发的原件；Word 文档可以再编辑；小票是现场告知单"))
        self.shapes = QMenu(self)
        words = (
            (PDF, self.tr("PDF（签发的原件）…")),
            (WORD, self.tr("Word（可以再编辑）…")),
            (SLIP, self.tr("小票（现场告知单）…")),
        )
        for value, word in words:
            self.shapes.addAction(word).setData(value)
        self.clicked.connect(self._open)
        self.shapes.triggered.connect(self._chosen)

    def offer_slip(self, goes: bool) -> None:
        """Not every document has one."""
        self.shapes.actions()[-1].setVisible(goes)

    @Slot()
    def _open(self) -> None:
        self.shapes.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        self.wanted.emit(str(action.data()))


def save_in_shape(papers: PaperDesk, document: Document, shape: str, page: QWidget) -> None:
    """Asks where to, and writes the document in the shape that was chosen."""
    if shape == WORD:
        papers.save_word_as(document, page)
    elif shape == SLIP:
        papers.save_slip_as(document, page)
    else:
        papers.save_as(document, page)


class SlipButton(Button):
    """小票: the 现场告知单 on the receipt printer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setText(self.tr("小票"))
        self.setToolTip(self.tr("在小票打印机上打印现场告知单；纸宽在“设置”的“打印与字体”里选"))
