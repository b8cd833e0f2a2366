"""The filters of the ledger: a sheet with every field and its values, and the chosen ones as words to be taken out.

FilterSheet(choices, parent)    choices(Field) -> [Choice]: its values with their numbers, asked when it is seen
  open_below(widget) · values() · set_values({Field: values}); signal changed()
FilterChips(parent)   set_chips({Field: words}); signal removed(str field)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jiandu_desktop.services.ledger import Choice
from jiandu_desktop.services.ledger_views import Field
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.text import Label

WIDTH, HEIGHT, ROW = 460, 380, 32
MOST_SHOWN = 200
"""Values in the list at once; of more, some letters find the rest."""

Values = Mapping[Field, frozenset[str]]


def field_words() -> dict[Field, str]:
    """The word of every field."""
    tr = QCoreApplication.translate
    return {
        Field.SCHOOL: tr("Ledger", "学校"),
        Field.AREA: tr("Ledger", "责任区"),
        Field.MATTER: tr("Ledger", "事项"),
        Field.GRADE: tr("Ledger", "等级"),
        Field.PERSON: tr("Ledger", "责任人"),
        Field.DUE: tr("Ledger", "期限"),
        Field.STATE: tr("Ledger", "状态"),
        Field.SOURCE: tr("Ledger", "来源"),
        Field.HANDLING: tr("Ledger", "处理"),
    }


class FilterSheet(QFrame):
    """Fields at the left, the values of one at the right; several values of a field widen, several fields narrow."""

    changed = Signal()

    def __init__(self, choices: Callable[[Field], Sequence[Choice]], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("ground", "card")
        self.setAccessibleName(self.tr("筛选"))
        self._choices = choices
        self._found: Sequence[Choice] = ()
        self._values: dict[Field, frozenset[str]] = {}
        self._filling = False
        self.fields = QListWidget(self)
        self.fields.setAccessibleName(self.tr("按什么筛选"))
        for field, word in field_words().items():
            item = QListWidgetItem(word)
            item.setData(Qt.ItemDataRole.UserRole, field.value)
            item.setSizeHint(QSize(0, theme().px(ROW)))
            self.fields.addItem(item)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("几个字或拼音首字母"))
        self.search.setAccessibleName(self.tr("在这些值里找"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("值；空格键选中或取消"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._rest = Label(role="label")
        self._clear = Link(self.tr("全部清除"))
        self._lay_out()
        self.fields.currentRowChanged.connect(self._show_field)
        self.search.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._ticked)
        self._clear.clicked.connect(self.clear)
        for widget in (self.fields, self.search, self.list):
            widget.installEventFilter(self)

    def open_below(self, widget: QWidget) -> None:
        """Opens under a button, with its right edge within the window."""
        self.resize(theme().px(WIDTH), theme().px(HEIGHT))
        self.fields.setFixedWidth(theme().px(124))
        corner = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        window = widget.window()
        right = window.mapToGlobal(QPoint(window.width(), 0)).x() - 8
        self.move(min(corner.x(), right - self.width()), corner.y())
        self.show()
        if self.fields.currentRow() < 0:
            self.fields.setCurrentRow(0)
        self._show_field()
        self.fields.setFocus()

    def values(self) -> Values:
        return dict(self._values)

    def set_values(self, values: Values) -> None:
        """Takes other values; emits nothing."""
        self._values = {field: chosen for field, chosen in values.items() if chosen}
        self._mark_fields()
        if self.isVisible():
            self._show_field()

    def field(self) -> Field:
        """The field whose values are shown."""
        item = self.fields.item(max(0, self.fields.currentRow()))
        return Field(str(item.data(Qt.ItemDataRole.UserRole)))

    @Slot()
    def clear(self) -> None:
        """Everything is let through again."""
        self.set_values({})
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """→ goes from the fields to the values, ← back; ↓ from the line of letters into the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if watched is self.fields and key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._into_list()
                return True
            if watched is self.list and key == Qt.Key.Key_Left:
                self.fields.setFocus()
                return True
            if watched is self.search and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._into_list()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self.fields)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._rest, 1)
        foot.addWidget(self._clear)
        column.addLayout(foot)
        row.addLayout(column, 1)

    def _into_list(self) -> None:
        if self.list.count():
            self.list.setCurrentRow(max(0, self.list.currentRow()))
            self.list.setFocus()

    @Slot()
    def _show_field(self) -> None:
        self._found = self._choices(self.field())
        if self.search.text():
            self.search.clear()
        else:
            self._narrow("")

    @Slot(str)
    def _narrow(self, text: str) -> None:
        word = text.strip().lower()
        chosen = self._values.get(self.field(), frozenset())
        known = {choice.value for choice in self._found}
        # A value that nothing has any more can still be taken out.
        gone = [Choice(value, value, 0) for value in sorted(chosen - known)]
        found = [
            choice
            for choice in (*gone, *self._found)
            if not word or word in choice.word.lower() or word in initials(choice.word)
        ]
        self._filling = True
        self.list.clear()
        for choice in sorted(found, key=lambda each: each.value not in chosen)[:MOST_SHOWN]:
            item = QListWidgetItem(f"{choice.word or self.tr('（未填）')}  {choice.count}")
            item.setData(Qt.ItemDataRole.UserRole, choice.value)
            item.setToolTip(choice.word)
            item.setSizeHint(QSize(0, theme().px(ROW)))
            state = Qt.CheckState.Checked if choice.value in chosen else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.list.addItem(item)
        self._filling = False
        more = len(found) - MOST_SHOWN
        self._rest.setText(self.tr("还有 {count} 个，输入几个字来找").format(count=more) if more > 0 else "")
        self._clear.setVisible(bool(self._values))

    @Slot(QListWidgetItem)
    def _ticked(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        field, value = self.field(), str(item.data(Qt.ItemDataRole.UserRole))
        chosen = self._values.get(field, frozenset())
        chosen = chosen | {value} if item.checkState() == Qt.CheckState.Checked else chosen - {value}
        self._values = {key: kept for key, kept in {**self._values, field: chosen}.items() if kept}
        self._mark_fields()
        self._clear.setVisible(bool(self._values))
        self.changed.emit()

    def _mark_fields(self) -> None:
        """Behind the word of a field stands how many of its values are chosen."""
        words = field_words()
        for row in range(self.fields.count()):
            item = self.fields.item(row)
            field = Field(str(item.data(Qt.ItemDataRole.UserRole)))
            count = len(self._values.get(field, ()))
            item.setText(f"{words[field]}  {count}" if count else words[field])


class FilterChips(QWidget):
    """One button per field that narrows; a click takes it out."""

    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._row.addStretch(1)
        self._chips: list[Button] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_chips(self, chosen: Mapping[Field, Sequence[str]]) -> None:
        """The words of the values chosen, by field."""
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        words = field_words()
        self._chips = [self._chip(field, words[field], values) for field, values in chosen.items() if values]
        for place, chip in enumerate(self._chips):
            self._row.insertWidget(place, chip)
        self.setFixedHeight(theme().tokens.control)
        self.setVisible(bool(self._chips))
        self._fit()

    def chips(self) -> list[Button]:
        return self._chips

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Those that have room; how many fields narrow stands on the button 筛选 as well."""
        left = 0
        for chip in self._chips:
            left += chip.sizeHint().width() + 6
            chip.setVisible(left <= self.width())

    def _chip(self, field: Field, name: str, values: Sequence[str]) -> Button:
        first = values[0] or self.tr("（未填）")
        short = first if len(first) <= LONGEST else f"{first[: LONGEST // 2]}…{first[-LONGEST // 2 :]}"
        text = f"{name} {short}"
        if len(values) > 1:
            text = self.tr("{field} {first}等 {count} 个").format(field=name, first=short, count=len(values))
        chip = Button(text, kind="quiet", icon="x")
        chip.setToolTip(self.tr("点一下取消：{values}").format(values="、".join(values)))
        chip.clicked.connect(lambda: self.removed.emit(field.value))
        return chip


LONGEST = 14
"""Characters of a value on its chip."""
