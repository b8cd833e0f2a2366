"""选用话语: the ready wordings of a field, found by their first letters and taken with Enter; one more is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label
from jiandu_desktop.ui.wizard.find import matches

MENU_WIDTH = 420
MOST_ROWS = 8


class PhraseMenu(QFrame):
    """A popup of a search field over a list, and what was written is kept from here; closes with what is done."""

    taken = Signal(str)
    kept = Signal(str)
    """What stands in the field is to be offered from now on."""

    def __init__(self, initials: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("ground", "card")
        self.setAccessibleName(self.tr("选用话语"))
        self._initials = initials
        self._phrases: tuple[str, ...] = ()
        self._written = ""
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("拼音首字母或几个字"))
        self.search.setProperty("size", "small")
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.none = Label("", role="meta")
        self.keep = Button(self.tr("把写好的这句存为常用话语"), "quiet", "plus")
        self.keep.clicked.connect(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addWidget(self.none)
        column.addWidget(self.keep)

    def open_at(self, corner: QPoint, phrases: Sequence[str], written: str) -> None:
        """Opens with its upper right corner at `corner` (global) over these wordings; `written` may be kept too."""
        self._phrases, self._written = tuple(phrases), written
        self.keep.setVisible(bool(written) and written not in phrases)
        self.search.clear()
        self._narrow("")
        self.resize(theme().px(MENU_WIDTH), self.sizeHint().height())
        self.move(corner.x() - self.width(), corner.y())
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                chosen = self.list.currentItem()
                if chosen is not None:
                    self._take(chosen)
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self.list.clear()
        for phrase in self._phrases:
            if matches(text, phrase, self._initials(phrase)):
                item = QListWidgetItem(phrase)
                lines = 1 + len(phrase) * 14 // (MENU_WIDTH - 48)
                item.setSizeHint(QSize(0, theme().px(10 + 21 * lines)))
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        shown = range(min(self.list.count(), MOST_ROWS))
        height = sum(self.list.item(row).sizeHint().height() for row in shown)
        self.list.setFixedHeight(max(height, theme().px(34)) + 4)
        self.list.setVisible(self.list.count() > 0)
        self.none.setVisible(self.list.count() == 0)
        self.none.setText(self.tr("没有找到") if self._phrases else self.tr("这里还没有常用话语"))
        self.adjustSize()

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        self.close()
        self.taken.emit(item.text())

    @Slot()
    def _keep(self) -> None:
        self.close()
        self.kept.emit(self._written)
