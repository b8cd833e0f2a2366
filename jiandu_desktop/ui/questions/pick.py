"""Selects over long lists: a field that drops its list and narrows it by words or pinyin initials while one types."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.appearance import MOST_SHOWN, ChoiceLook
from jiandu_desktop.ui.questions.choice_search import ChoiceModel
from jiandu_desktop.ui.questions.pick_list import PickList
from jiandu_desktop.ui.questions.question import Kind, Option, Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.questions.tile_layout import Plan
from jiandu_desktop.ui.questions.tiles import ChoiceTiles
from jiandu_desktop.ui.widgets.answer_keys import RING

PICK_WIDTH = 280


class PickField(QuestionField):
    """One answer or several. What is typed must end as one of the list; anything else is put back."""

    inset = RING

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._many = kind is Kind.MANY
        self.wide = self._many
        self._value = ""
        self._label = ""
        self._options: tuple[Option, ...] = ()
        self.model = ChoiceModel(self._is_chosen)
        self.model.setParent(self)
        self.edit = PickEdit(self)
        self.list = PickList(self.edit, self.model, stays=self._many)
        self.chosen = ChoiceTiles(True, self)
        self.chosen.setAccessibleName(self.tr("已选的，点一下去掉"))
        self.chosen.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(RING if self._many else 0, RING, RING, RING)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.chosen)
        self.edit.textEdited.connect(self._edited)
        self.edit.drop_wanted.connect(self._drop)
        self.edit.returnPressed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.list.taken.connect(self._taken)
        self.chosen.flipped.connect(self._put_back)
        self.setFocusProxy(self.edit)

    def show_question(self, question: Question) -> None:
        half = self.edit.text() if self.edit.text() != self._label else None
        if question.options is not self._options:
            self._options = question.options
            self.model.set_options(question.options)
        self._value = question.value
        self.edit.setAccessibleName(question.label)
        self.edit.setReadOnly(question.readonly)
        self.edit.set_warning(bool(question.warning))
        self._show_value(half, question.readonly)

    def show_unsaved(self, text: str) -> None:
        self.edit.setText(text)

    def commit(self) -> None:
        self._settle()

    def focus_target(self) -> QWidget:
        return self.edit

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        height = theme().tokens.control + 2 * RING
        if not self.chosen.isHidden():
            height += self.chosen.height_for(width - 2 * RING) + 4
        return height

    def sizeHint(self) -> QSize:
        return QSize(theme().px(PICK_WIDTH), self.heightForWidth(max(self.width(), theme().px(PICK_WIDTH))))

    def _show_value(self, half: str | None, readonly: bool) -> None:
        names = self._value.split()
        if not self._many:
            self._label = self.model.label_of(self._value)
            few = len(self._options) <= MOST_SHOWN
            self.edit.setPlaceholderText(self.tr("请选择") if few else self.tr("输入几个字或拼音首字母"))
        else:
            options = tuple(Option(name, self.model.label_of(name), "") for name in names)
            before = self.chosen.isHidden()
            changed = self.chosen.show_options(options, Plan(ChoiceLook.TILES), readonly)
            self.chosen.show_chosen(names)
            self.chosen.setVisible(bool(names))
            if changed or before != self.chosen.isHidden():
                self.chosen.setFixedHeight(self.chosen.height_for(max(self.width() - 2 * RING, 1)))
                self.refit.emit()
            self.edit.setPlaceholderText(
                self.tr("已选 {} 项；再选就输入几个字").format(len(names))
                if names
                else self.tr("可选多项，输入几个字或拼音首字母")
            )
        if (half is None or not self.edit.hasFocus()) and self.edit.text() != self._label:
            self.edit.setText(self._label)
            self.edit.setCursorPosition(0)
        self.edit.setToolTip(self._label)

    def resizeEvent(self, event: object) -> None:
        del event
        if not self.chosen.isHidden():
            self.chosen.setFixedHeight(self.chosen.height_for(max(self.width() - 2 * RING, 1)))

    def _is_chosen(self, name: str) -> bool:
        return name in self._value.split() if self._many else name == self._value

    def _give(self, value: str, on: bool) -> None:
        if value != self._value or on:
            self._value = value
            self._label = "" if self._many else self.model.label_of(value)
            self.edit.setText(self._label)
            self.answered.emit(value, on)

    @Slot(str)
    def _edited(self, text: str) -> None:
        self.typing.emit(text)
        self.model.narrow(text)
        self.list.open_under()

    @Slot()
    def _drop(self) -> None:
        if self.edit.isReadOnly():
            return
        if self.edit.text() == self._label:
            self.model.narrow("")
        self.list.open_under()

    @Slot(int)
    def _taken(self, row: int) -> None:
        option = self.model.option(row)
        if not self._many:
            self._give(option.name, True)
            self.model.narrow("")
            return
        self._flip(option.name)
        self.edit.clear()
        self.list.viewport().update()

    def _flip(self, name: str) -> None:
        names = self._value.split()
        names = [each for each in names if each != name] if name in names else [*names, name]
        self._value = " ".join(names)
        self.answered.emit(self._value, False)

    @Slot(str, bool)
    def _put_back(self, name: str, by_key: bool) -> None:
        del by_key
        self._flip(name)

    @Slot()
    def _entered(self) -> None:
        """Enter with the list closed: what was typed if it is one of the list, then on."""
        self._settle()
        if self._value:
            self.went_on.emit()

    @Slot()
    def _settle(self) -> None:
        typed = self.edit.text().strip()
        if self.edit.isReadOnly() or typed == self._label:
            return
        if not typed and not self._many:
            self._give("", False)
            return
        option = self.model.exactly(typed)
        if option is None and typed:
            self.model.narrow(typed)
            self.model.finish()
            option = self.model.only()
        self.model.narrow("")
        if option is None:
            self.edit.setText(self._label)
            self.typing.emit("")
        elif not self._many:
            self._give(option.name, False)
        else:
            self.edit.clear()
            if option.name not in self._value.split():
                self._flip(option.name)


class PickEdit(RoomLineEdit):
    """A field with a chevron at its right; ↓ and a click drop the list."""

    drop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextMargins(0, 0, 24, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.drop_wanted.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.hasSelectedText():
            self.drop_wanted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.icon(painter, "chevron-down", self.width() - 26, self.height() / 2, 16, "text2")
        painter.end()
