"""The wizard's left side: the search, one row per section, the legend; narrow windows get rings instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.filters import SearchField
from jiandu_desktop.ui.widgets.outline import CompactOutline, OutlineLegend, OutlineList, OutlineRow
from jiandu_desktop.ui.widgets.text import Hairline, Label
from jiandu_desktop.ui.wizard.find import Findable, find

SIDE_WIDTH, RING_WIDTH = 256, 64
_REF = Qt.ItemDataRole.UserRole


class OutlineSide(QFrame):
    """Search above, sections or what was found below, the legend at the foot."""

    section_chosen = Signal(int)
    cell_chosen = Signal(int, int)
    found = Signal(str)
    """The item that a search led to."""
    search_left = Signal()

    def __init__(self, items: Callable[[], Sequence[Findable]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "canvas")
        self._items = items
        self.search = SearchField(self.tr("题号、拼音、！、？"), "Ctrl+F")
        self.search.setToolTip(self.tr("题号、几个字、拼音首字母；! 只看问题，? 只看未答  {}").format("Ctrl+F"))
        self.outline = OutlineList()
        self.legend = OutlineLegend()
        self.results = QListWidget()
        self.results.setAccessibleName(self.tr("查到的题"))
        self.results.setProperty("kind", "found")
        self.results.setWordWrap(True)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = Label(self.tr("没有这样的题。可以输题号、几个字或拼音首字母。"), "", "text2")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setContentsMargins(16, 8, 16, 0)
        self._pages = QStackedWidget()
        for page in (self.outline, self.results, self._nothing):
            self._pages.addWidget(page)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 9)
        top.addWidget(self.search)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 16)
        foot.setSpacing(10)
        foot.addWidget(Hairline())
        foot.addWidget(self.legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)
        self.outline.section_chosen.connect(self.section_chosen)
        self.outline.cell_chosen.connect(self.cell_chosen)
        self.search.searched.connect(self._search)
        self.search.submitted.connect(self._take_first)
        self.search.left_down.connect(self._enter_results)
        self.search.installEventFilter(self)
        self.results.itemActivated.connect(self._take)
        self.results.itemClicked.connect(self._take)

    def start_search(self) -> None:
        """Gives the search the keyboard."""
        self.search.focus()

    def end_search(self) -> None:
        """Empties the search; the outline comes back."""
        self.search.clear_at_once()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.search.clear_at_once()
            self.search_left.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.search.clear_at_once()
            self.search_left.emit()
            return
        super().keyPressEvent(event)

    @Slot(str)
    def _search(self, text: str) -> None:
        if not text:
            self._pages.setCurrentWidget(self.outline)
            return
        found = find(text, self._items())
        self.results.clear()
        for item in found:
            row = QListWidgetItem(f"{item.number}  {item.words.splitlines()[0]}")
            row.setData(_REF, item.ref)
            self.results.addItem(row)
        self.results.setCurrentRow(0)
        self._pages.setCurrentWidget(self.results if found else self._nothing)

    @Slot()
    def _take_first(self) -> None:
        item = self.results.currentItem()
        if self._pages.currentWidget() is self.results and item is not None:
            self._take(item)

    @Slot()
    def _enter_results(self) -> None:
        if self._pages.currentWidget() is self.results:
            self.results.setFocus()
            self.results.setCurrentRow(min(1, self.results.count() - 1))
        elif self._pages.currentWidget() is self.outline:
            self.outline.setFocus()

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        ref = str(item.data(_REF))
        self.search.clear_at_once()
        self.found.emit(ref)


class RingSide(QFrame):
    """The outline of a narrow window: a lens and a ring per section."""

    section_chosen = Signal(int)
    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "canvas")
        self.outline = CompactOutline()
        lens = Button("", "", "search")
        lens.setAccessibleName(self.tr("查找"))
        lens.setToolTip(self.tr("查找  {}").format("Ctrl+F"))
        lens.clicked.connect(self.search_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addWidget(lens, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.outline, 1)
        self.outline.section_chosen.connect(self.section_chosen)
        self.setFixedWidth(theme().px(RING_WIDTH))


def show_row(sides: tuple[OutlineList | CompactOutline, ...], position: int, row: OutlineRow) -> None:
    """The same section in both outlines."""
    for side in sides:
        if side.rows()[position] != row:
            side.set_row(position, row)
