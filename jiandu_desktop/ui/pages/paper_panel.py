"""A document at the side of 文书: its pages, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PAPER_STATE_NAMES, PaperState
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.rows import DocumentRow
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.operations.paper_view import PaperView, read_paper
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.paper_saving import SaveButton, SlipButton, save_in_shape
from jiandu_desktop.ui.pages.paperwork.more import MoreButton
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.widgets.buttons import Button, IconButton
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.page_preview import PagePreview
from jiandu_desktop.ui.widgets.text import Label

WIDTH = 348


class PageTurner(QWidget):
    """The pages of one document, with the way to the next page below."""

    failed = Signal(object)
    shown = Signal()
    """A document's pages are there."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget | None = None,
        *,
        read: Callable[[Services, Document], PaperView | None] = read_paper,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.preview = PagePreview(desk.tasks)
        self.back = IconButton("chevron-left", self.tr("上一页  PageUp"))
        self.forth = IconButton("chevron-right", self.tr("下一页  PageDown"))
        self._words = Label(role="meta")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self._words)
        row.addWidget(self.forth)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.preview, 1)
        column.addLayout(row)
        self._query = Query(desk.tasks, lambda document: read(desk.services, document), self, tells_failure=True)
        self._query.answered.connect(self._show)
        self._query.failed.connect(self.failed)
        self.preview.failed.connect(self.failed)
        self.preview.page_turned.connect(self._turned)
        self.back.clicked.connect(lambda: self.preview.set_page(self.preview.page() - 1))
        self.forth.clicked.connect(lambda: self.preview.set_page(self.preview.page() + 1))
        self.clear()

    def show_document(self, document: Document) -> None:
        """Asks for its bytes and shows its first page."""
        self.clear()
        self._query.ask(document)

    def clear(self) -> None:
        """Shows nothing."""
        self.preview.clear()
        for widget in (self.back, self.forth, self._words):
            widget.setVisible(False)

    @Slot(object)
    def _show(self, view: PaperView | None) -> None:
        if view is not None:
            self.preview.show_document(view.render, view.pages)
            self.shown.emit()

    @Slot(int, int)
    def _turned(self, page: int, pages: int) -> None:
        words = self.tr("第 {page} 页，共 {pages} 页").format(page=page + 1, pages=pages)
        self._words.setText(words)
        self._words.setVisible(True)
        self.back.setVisible(pages > 1)
        self.forth.setVisible(pages > 1)
        self.back.setEnabled(page > 0)
        self.forth.setEnabled(page < pages - 1)


class PaperPanel(QFrame):
    """The selected document and what can be done with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("ground", "card")
        self._desk = desk
        self._row: DocumentRow | None = None
        self._chosen: tuple[DocumentRow, ...] = ()
        self._title = Label(role="heading")
        self._line = Label(role="meta")
        self._line.setWordWrap(True)
        self.notice = InlineNotice("", "caution")
        self.notice.hide()
        self.turner = PageTurner(desk)
        self.print = Button(self.tr("打印"), kind="primary", icon="printer", hint="Ctrl+P")
        self.slip = SlipButton()
        self.save = SaveButton()
        self.large = Button(self.tr("放大看"), hint="Enter")
        self.more = MoreButton(desk, self.document)
        self.more.scan_wanted.connect(desk.paper_wanted)
        self.receipt = Button(self.tr("送达回证…"))
        self.receipt.setToolTip(self.tr("为这份文书出一张送达回证，送达时签收"))
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.turner.failed.connect(self._failed)
        self.print.clicked.connect(self.print_it)
        self.save.wanted.connect(self._save)
        self.slip.clicked.connect(self._print_slip)
        self.large.clicked.connect(self._enlarge)
        self.receipt.clicked.connect(self._write_receipt)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self)
        shortcut.activated.connect(self.print_it)
        self.take_theme()
        theme().changed.connect(self.take_theme)
        self.show_row(None)

    @Slot()
    def take_theme(self) -> None:
        self.setFixedWidth(theme().px(WIDTH))

    def show_row(self, row: DocumentRow | None) -> None:
        """Another document, or none; the same one again keeps its page."""
        same = row is not None and self._row is not None and row.document.id == self._row.document.id
        self._row = row
        for button in (self.print, self.slip, self.save, self.large, self.more, self.receipt, self._title, self._line):
            button.setVisible(row is not None)
        if row is None:
            self.turner.clear()
            self.notice.hide()
            return
        document = row.document
        self.receipt.setVisible(document.kind is not DocumentKind.RECEIPT)
        self.slip.setVisible(document.has_slip)
        self.save.offer_slip(document.has_slip)
        self._title.setText(DOCUMENT_KIND_NAMES[document.kind])
        prints = self.tr("已印 {count} 份").format(count=document.prints) if document.prints else self.tr("没有印过")
        day = f"{document.issued_at:%Y-%m-%d}"
        state = PAPER_STATE_NAMES[row.state] if row.state is not PaperState.ISSUED else ""
        self._line.setText(f"{document.number}\n{row.school}\n{join((day, prints, state))}")
        if not same:
            self.notice.hide()
            self.turner.show_document(document)

    def document(self) -> Document | None:
        """The selected document."""
        return self._row.document if self._row is not None else None

    @Slot()
    def print_it(self) -> None:
        """Prints the selected document, or all that are selected."""
        if self._row is not None:
            chosen = self._chosen if len(self._chosen) > 1 else (self._row,)
            self._desk.papers.print_all([row.document for row in chosen], self.window())

    def show_chosen(self, rows: Sequence[DocumentRow]) -> None:
        """Several that are selected are printed in one go; the page shows one of them."""
        self._chosen = tuple(rows)
        many = len(rows) > 1
        self.print.setText(self.tr("打印 {count} 份").format(count=len(rows)) if many else self.tr("打印"))
        self.print.updateGeometry()
        self.slip.setVisible(self._row is not None and not many and self._row.document.has_slip)

    @Slot(object)
    def enlarge(self, row: DocumentRow) -> None:
        """Reads a document at the full height of the window."""
        self._desk.paper_wanted.emit(row.document)

    def _lay_out(self) -> None:
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.save, 1)
        keys.addWidget(self.large, 1)
        keys.addWidget(self.receipt, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._line)
        column.addWidget(self.notice)
        column.addWidget(self.turner, 1)
        column.addSpacing(6)
        printing = QHBoxLayout()
        printing.setSpacing(8)
        printing.addWidget(self.print, 1)
        printing.addWidget(self.slip)
        printing.addWidget(self.more)
        column.addLayout(printing)
        column.addSpacing(4)
        column.addLayout(keys)

    @Slot(str)
    def _save(self, shape: str) -> None:
        if self._row is not None:
            save_in_shape(self._desk.papers, self._row.document, shape, self.window())

    @Slot()
    def _print_slip(self) -> None:
        if self._row is not None:
            self._desk.papers.print_slip(self._row.document, self.window())

    @Slot()
    def _write_receipt(self) -> None:
        if self._row is not None:
            document = self._row.document
            to = document.addressee or self._row.school
            self._desk.letter_wanted.emit(
                LetterWish(kind=DocumentKind.RECEIPT, document_ids=(document.id,), addressee=to)
            )

    @Slot()
    def _enlarge(self) -> None:
        if self._row is not None:
            self.enlarge(self._row)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        """Said where the page would stand: the file may lie on another laptop."""
        self.turner.clear()
        if isinstance(error, Trouble) and is_expected(error):
            self.notice.set(sentence_for(error))
            self.notice.show()
        else:
            self._desk.messages.error(error)
