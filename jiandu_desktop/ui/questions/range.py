"""Questions answered with a value from a scale: a slider with its value, a list, or stars."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.number import clean_number
from jiandu_desktop.ui.questions.question import Question, QuestionField
from jiandu_desktop.ui.questions.range_scale import Scale, number_of
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.slider import Slider, Stars
from jiandu_desktop.ui.widgets.text import Label

VALUE_WIDTH = 84
MOST_STARS = 12
MOST_LISTED = 1000


def range_field(question: Question, parent: QWidget | None = None) -> QuestionField:
    """The widget that the appearance asks for, where the scale allows it."""
    scale = Scale.of(question.parameters)
    if question.looks("rating") and scale.steps < MOST_STARS:
        return RatingField(scale, parent)
    if question.looks("picker") and scale.steps < MOST_LISTED:
        return PickerField(scale, parent)
    return SliderField(scale, question, parent)


class SliderField(QuestionField):
    """Slider and value side by side; blank until touched."""

    def __init__(self, scale: Scale, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = scale
        self._value = ""
        self.slider = Slider(self)
        self.slider.set_scale(
            scale.steps,
            ("", "") if question.looks("no-labels") else (_plain(scale.first), _plain(scale.last)),
            vertical=question.looks("vertical"),
            ticks=not question.looks("no-ticks"),
        )
        self.edit = RoomLineEdit(self)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.edit.setFixedWidth(theme().px(VALUE_WIDTH))
        self._unit = Label(question.unit, "", "text2")
        self._wrong = Label("", "meta", "caution")
        self._wrong.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        self.wide = question.looks("vertical")  # higher than a row of the list
        if not self.wide:
            row.addStretch(1)
        row.addWidget(self.slider)
        row.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        self._unit.setFixedHeight(theme().tokens.control)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignTop)
        if self.wide:
            row.addStretch(1)
        self._unit.setVisible(bool(question.unit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, RING, RING, RING)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._wrong, 0, Qt.AlignmentFlag.AlignRight)
        self.slider.moved.connect(self._moved)
        self.slider.cleared.connect(self._cleared)
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self._entered)
        self.edit.left.connect(self._settle)
        self.setFocusProxy(self.slider)

    def show_question(self, question: Question) -> None:
        self._value = question.value
        self.slider.setAccessibleName(question.label)
        self.edit.setAccessibleName(self.tr("{}：数值").format(question.label))
        self.slider.set_read_only(question.readonly)
        self.edit.setReadOnly(question.readonly)
        self.edit.set_warning(bool(question.warning))
        self._show_place()
        if not self.edit.hasFocus():
            self.edit.setText(self._words())

    def show_unsaved(self, text: str) -> None:
        self.edit.setText(text)

    def take_key(self, text: str) -> bool:
        """A digit pressed on the item begins the value."""
        if self.edit.isReadOnly() or not clean_number(text, whole=False):
            return False
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.setText(clean_number(text, whole=False))
        self.typing.emit(self.edit.text())
        return True

    def commit(self) -> None:
        self._settle()

    def focus_target(self) -> QWidget:
        return self.slider

    def sizeHint(self) -> QSize:
        slider = self.slider.sizeHint()
        width = slider.width() + 8 + theme().px(VALUE_WIDTH) + RING
        if self._unit.text():
            width += self._unit.sizeHint().width() + 8
        height = max(slider.height(), theme().tokens.control)
        if not self._wrong.isHidden():
            height += self._wrong.sizeHint().height() + 2
            width = max(width, self._wrong.sizeHint().width() + RING)
        return QSize(width, height + 2 * RING)

    def _words(self) -> str:
        number = number_of(self._value)
        return self.scale.words(number) if number is not None and self.scale.holds(number) else self._value

    def _show_place(self) -> None:
        number = number_of(self._value)
        place = self.scale.place(number) if number is not None else None
        words = self._words()
        self.slider.set_place(place, f"{words} {self._unit.text()}".strip() if words else self.tr("未答"))

    @Slot(int)
    def _moved(self, place: int) -> None:
        self._take(self.scale.words(self.scale.value(place)))
        self.edit.setText(self._value)

    @Slot()
    def _cleared(self) -> None:
        self._take("")
        self.edit.setText("")

    @Slot(str)
    def _edited(self, text: str) -> None:
        clean = clean_number(text, whole=False)
        if clean != text:
            self.edit.setText(clean)
        self._tell_wrong("")
        self.typing.emit(clean)

    @Slot()
    def _settle(self) -> None:
        text = self.edit.text().strip()
        if not text:
            self._take("")
            return
        number = number_of(text)
        if number is None or not self.scale.holds(number):
            self._tell_wrong(
                self.tr("请填 {0} 到 {1}，每档 {2}").format(
                    _plain(self.scale.first), _plain(self.scale.last), _plain(self.scale.step)
                )
            )
            return
        self._take(self.scale.words(number))
        self.edit.setText(self._words())

    @Slot()
    def _entered(self) -> None:
        self._settle()
        if self._wrong.isHidden():
            self.went_on.emit()

    def _take(self, value: str) -> None:
        self._tell_wrong("")
        if number_of(value) != number_of(self._value):
            self._value = value
            self._show_place()
            self.answered.emit(value, False)

    def _tell_wrong(self, words: str) -> None:
        if self._wrong.text() != words:
            self._wrong.setText(words)
            self._wrong.setVisible(bool(words))
            self.edit.set_warning(bool(words))
            self.refit.emit()


class PickerField(QuestionField):
    """Every value of the scale in a list; typing finds it."""

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._value = ""
        self.box = QComboBox(self)
        self.box.setMaxVisibleItems(12)
        self.box.addItem("—", "")
        for place in range(scale.steps + 1):
            words = scale.words(scale.value(place))
            self.box.addItem(words, words)
        self.box.activated.connect(self._chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.addWidget(self.box)
        self.setFocusProxy(self.box)

    def show_question(self, question: Question) -> None:
        self._value = question.value
        number = number_of(question.value)
        place = self._scale.place(number) + 1 if number is not None else 0
        self.box.setCurrentIndex(place)
        self.box.setEnabled(not question.readonly)
        self.box.setAccessibleName(question.label)

    def focus_target(self) -> QWidget:
        return self.box

    def sizeHint(self) -> QSize:
        return QSize(max(self.box.sizeHint().width(), theme().px(120)) + RING, theme().tokens.control + 2 * RING)

    @Slot(int)
    def _chosen(self, place: int) -> None:
        value = str(self.box.itemData(place))
        if number_of(value) != number_of(self._value):
            self._value = value
            self.answered.emit(value, False)


class RatingField(QuestionField):
    """One star for each value of the scale."""

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self.stars = Stars(self)
        self.stars.set_count(scale.steps + 1)
        self.stars.moved.connect(self._moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.addStretch(1)
        row.addWidget(self.stars)
        self.setFocusProxy(self.stars)

    def show_question(self, question: Question) -> None:
        number = number_of(question.value)
        self.stars.set_place(self._scale.place(number) + 1 if number is not None else 0)
        self.stars.set_read_only(question.readonly)
        self.stars.setAccessibleName(question.label)

    def focus_target(self) -> QWidget:
        return self.stars

    def sizeHint(self) -> QSize:
        return QSize(self.stars.sizeHint().width() + RING, theme().tokens.control + 2 * RING)

    @Slot(int)
    def _moved(self, place: int) -> None:
        self.answered.emit(self._scale.words(self._scale.value(place - 1)) if place else "", False)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
