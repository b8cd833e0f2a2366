"""The very pages that will print: a tab per document, the page, and where in it one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.services.papers import render_page
from jiandu_desktop.ui.finish.words import short_name
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.buttons import IconButton
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.page_preview import PagePreview
from jiandu_desktop.ui.widgets.text import Label

_A4_POINTS = (595.2756, 841.8898)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document to look at: a draft with what it says (`words`), or one that was issued with its identifier."""

    kind: DocumentKind
    title: str
    pdf: bytes
    pages: int
    missing: tuple[str, ...] = ()
    words: bytes = b""
    document_id: str = ""


class PaperSide(QWidget):
    """Tabs above, the page below; in a narrow window a further tab in front holds what else must find room."""

    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents: tuple[Shown, ...] = ()
        self._kind: DocumentKind | None = None
        self._other: QWidget | None = None
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.preview = PagePreview(tasks)
        self._before = IconButton("chevron-left", self.tr("上一页  {}").format("PageUp"))
        self._after = IconButton("chevron-right", self.tr("下一页  {}").format("PageDown"))
        self._where = Label(role="meta")
        self._missing = InlineNotice("", "caution")
        self._missing.hide()
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.tabs, 1)
        for widget in (self._before, self._where, self._after):
            head.addWidget(widget)
        pages = QWidget()
        column = QVBoxLayout(pages)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._missing)
        column.addWidget(self.preview, 1)
        self._stack = QStackedWidget()
        self._pages = pages
        self._stack.addWidget(pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._chosen)
        self._before.clicked.connect(lambda: self.preview.set_page(self.preview.page() - 1))
        self._after.clicked.connect(lambda: self.preview.set_page(self.preview.page() + 1))
        self.preview.page_turned.connect(self._turned)
        self.preview.failed.connect(self.failed)
        self._turned(0, 0)

    def documents(self) -> tuple[Shown, ...]:
        return self._documents

    def show_documents(self, documents: Sequence[Shown]) -> None:
        """Shows documents made anew; the tab and page in hand stay."""
        self._documents = tuple(documents)
        self._lay_tabs()
        self._show_current()

    def take_other(self, widget: QWidget, title: str) -> None:
        """Makes room for `widget` behind a tab of its own, in front of the documents."""
        self._other = widget
        self._stack.addWidget(widget)
        widget.setProperty("tab", title)
        self._lay_tabs(select_other=True)

    def give_back(self) -> QWidget | None:
        """Lets go of what `take_other` took."""
        other, self._other = self._other, None
        if other is not None:
            self._stack.removeWidget(other)
            self._lay_tabs()
            self._show_current()
        return other

    def show_pages(self) -> None:
        """Turns to the document in hand, away from the tab of `take_other`."""
        for place in range(self.tabs.count()):
            if self.tabs.tabData(place) == self._kind:
                self.tabs.setCurrentIndex(place)

    def _lay_tabs(self, select_other: bool = False) -> None:
        kinds = [document.kind for document in self._documents]
        on_other = self._other is not None and (select_other or self._stack.currentWidget() is self._other)
        if self._kind not in kinds:
            # The notice is what the school must act on: it is looked at first where there is one.
            notice = DocumentKind.RECTIFICATION_NOTICE
            self._kind = notice if notice in kinds else next(iter(kinds), None)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        if self._other is not None:
            self.tabs.addTab(str(self._other.property("tab")))
        for document in self._documents:
            place = self.tabs.addTab(short_name(document.kind))
            self.tabs.setTabData(place, document.kind)
            self.tabs.setTabToolTip(place, document.title)
            if document.kind is self._kind and not on_other:
                self.tabs.setCurrentIndex(place)
        if on_other:
            self.tabs.setCurrentIndex(0)
        self.tabs.blockSignals(False)
        self._stack.setCurrentWidget(self._other if on_other and self._other is not None else self._pages)
        self._turned(self.preview.page(), self.preview.page_count())

    @Slot(int)
    def _chosen(self, place: int) -> None:
        kind = self.tabs.tabData(place)  # Qt gives an enumeration of words back as a plain word
        if kind:
            self._kind = DocumentKind(kind)
            self._stack.setCurrentWidget(self._pages)
            self._show_current()
        elif self._other is not None:
            self._stack.setCurrentWidget(self._other)
        self._turned(self.preview.page(), self.preview.page_count())

    def _show_current(self) -> None:
        document = next((each for each in self._documents if each.kind is self._kind), None)
        if document is None:
            self.preview.clear()
            return
        self.preview.show_document(page_pictures(document.pdf), document.pages)
        self._missing.setVisible(bool(document.missing))
        if document.missing:
            words = self.tr("有 {} 个字没有字体可用（{}），将印成编码。请改用常用字，或请督导室安装字体。")
            self._missing.set(words.format(len(document.missing), "、".join(document.missing)))

    @Slot(int, int)
    def _turned(self, page: int, pages: int) -> None:
        on_pages = self._stack.currentWidget() is self._pages
        self._where.setText(self.tr("第 {page} 页，共 {pages} 页").format(page=page + 1, pages=pages))
        self._where.setVisible(on_pages and pages > 0)
        for button, sense in ((self._before, page > 0), (self._after, page + 1 < pages)):
            button.setVisible(on_pages and pages > 1)
            button.setEnabled(sense)


def page_pictures(pdf: bytes) -> Callable[[int, int], QImage]:
    """Draws pages for `PagePreview`: an upright page `pixel_width` wide, a lying one as much wider as it is."""

    def draw(page: int, pixel_width: int) -> QImage:
        shape = render_page(pdf, page, 0.1)
        wide = shape.width > shape.height
        points = _A4_POINTS[1] if wide else _A4_POINTS[0]
        width = pixel_width * (_A4_POINTS[1] / _A4_POINTS[0] if wide else 1)
        shown = render_page(pdf, page, width / points)
        picture = QImage(shown.rgba, shown.width, shown.height, shown.width * 4, QImage.Format.Format_RGBA8888)
        return picture.copy()

    return draw
