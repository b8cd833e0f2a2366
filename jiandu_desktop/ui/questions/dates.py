"""Questions answered with a day, a time of day, or both."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.question import Kind, Question, QuestionField
from jiandu_desktop.ui.questions.short_text import RoomLineEdit
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.date_field import DateField

TIME_WIDTH = 84
_COLON_TIME = re.compile(r"(\d{1,2})\s*[::.时点]\s*(\d{1,2})?\s*分?")
_DIGIT_TIME = re.compile(r"(\d{1,2})(\d{2})")


def parse_time(text: str) -> time | None:
    """930, 0930, 9:30, 9点, 9点半: the time of day meant, None for what is none."""
    words = unicodedata.normalize("NFKC", text).strip().replace("半", "30")
    found = _COLON_TIME.fullmatch(words) or _DIGIT_TIME.fullmatch(words)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class WhenField(QuestionField):
    """A day, a time, or a day and a time; the answer is ISO 8601 as ODK stores it."""

    def __init__(self, kind: Kind, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._value = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.setSpacing(8)
        row.addStretch(1)
        self.day: DateField | None = None
        self.clock: RoomLineEdit | None = None
        if kind in (Kind.DATE, Kind.MOMENT):
            self.day = DateField(today)
            self.day.day_changed.connect(self._changed)
            self.day.returnPressed.connect(self._entered)
            row.addWidget(self.day)
        if kind in (Kind.TIME, Kind.MOMENT):
            self.clock = RoomLineEdit(self)
            self.clock.setPlaceholderText(self.tr("时：分"))
            self.clock.left.connect(self._changed)
            self.clock.returnPressed.connect(self._entered)
            row.addWidget(self.clock)
        self.setFocusProxy(self.focus_target())

    def show_question(self, question: Question) -> None:
        self._value = question.value
        day, clock = _parts(question.value)
        if self.day is not None:
            self.day.setAccessibleName(question.label)
            self.day.setReadOnly(question.readonly)
            if not self.day.hasFocus() or self.day.day() != day:
                self.day.set_day(day)
        if self.clock is not None:
            self.clock.setFixedWidth(theme().px(TIME_WIDTH))
            self.clock.setAccessibleName(question.label)
            self.clock.setReadOnly(question.readonly)
            if not self.clock.hasFocus():
                self.clock.setText(f"{clock:%H:%M}" if clock is not None else "")
            self.clock.set_warning(bool(question.warning))

    def commit(self) -> None:
        self._changed()

    def focus_target(self) -> QWidget:
        return self.day or self.clock or self

    def sizeHint(self) -> QSize:
        width = RING
        if self.day is not None:
            width += self.day.sizeHint().width()
        if self.clock is not None:
            width += theme().px(TIME_WIDTH) + (8 if self.day is not None else 0)
        return QSize(width, theme().tokens.control + 2 * RING)

    @Slot()
    def _changed(self) -> None:
        value = self._typed()
        if value is not None and value != self._value:
            self._value = value
            self.answered.emit(value, False)

    @Slot()
    def _entered(self) -> None:
        self._changed()
        self.went_on.emit()

    def _typed(self) -> str | None:
        """The answer as it stands; "" when nothing is filled in, None while it is half of one."""
        day = self.day.day() if self.day is not None else None
        words = self.clock.text().strip() if self.clock is not None else ""
        clock = parse_time(words)
        if words and clock is None and self.clock is not None:
            self.clock.set_warning(True)
            return None
        if self.clock is not None and clock is not None:
            self.clock.setText(f"{clock:%H:%M}")
        if self._kind is Kind.DATE:
            return day.isoformat() if day is not None else ""
        if self._kind is Kind.TIME:
            return f"{clock:%H:%M}:00" if clock is not None else ""
        if day is None and clock is None:
            return ""
        if day is None or clock is None:
            return None
        return datetime.combine(day, clock).astimezone().isoformat(timespec="milliseconds")


def _parts(value: str) -> tuple[date | None, time | None]:
    """Day and time of a stored answer, either None where it has none."""
    try:
        if "T" in value:
            moment = datetime.fromisoformat(value)
            return moment.date(), moment.time()
        if ":" in value:
            return None, time.fromisoformat(value)
        return (date.fromisoformat(value) if value else None), None
    except ValueError:
        return None, None
