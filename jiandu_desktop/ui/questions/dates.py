"""Questions answered with a day, a month, a year, a time of day, or a day and a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone, tzinfo

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.question import Kind, Question, QuestionField
from jiandu_desktop.ui.questions.times import TIME_WIDTH, TimeField
from jiandu_desktop.ui.widgets.answer_keys import RING
from jiandu_desktop.ui.widgets.date_field import DAY, MONTH, YEAR, DateField
from jiandu_desktop.ui.widgets.text import Label


class WhenField(QuestionField):
    """The answer is ISO 8601 as ODK stores it; a month or year is stored as its first day.

    An answer that came with another zone's offset is shown and changed in that zone.
    """

    def __init__(self, question: Question, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = question.kind
        self._value = ""
        self._zone: tzinfo | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, RING, RING, RING)
        row.setSpacing(8)
        row.addStretch(1)
        self.day: DateField | None = None
        self.clock: TimeField | None = None
        if self._kind in (Kind.DATE, Kind.MOMENT):
            pops = not question.looks("no-calendar")
            self.day = DateField(today, None, self, grain=_grain(question), ahead=False, pops=pops)
            self.day.day_changed.connect(self._changed)
            self.day.returnPressed.connect(self._entered)
            row.addWidget(self.day)
        if self._kind in (Kind.TIME, Kind.MOMENT):
            self.clock = TimeField(self)
            self.clock.time_changed.connect(self._changed)
            self.clock.returnPressed.connect(self._entered)
            row.addWidget(self.clock)
        self._offset = Label("", "meta")
        self._offset.hide()
        row.addWidget(self._offset)
        self.setFocusProxy(self.focus_target())

    def show_question(self, question: Question) -> None:
        self._value = question.value
        day, clock, self._zone = _parts(question.value)
        if self.day is not None:
            both = self.tr("{}：日期") if self.clock is not None else "{}"
            self.day.setAccessibleName(both.format(question.label))
            self.day.setReadOnly(question.readonly)
            if not self.day.hasFocus() or self.day.day() != day:
                self.day.set_day(day)
        if self.clock is not None:
            both = self.tr("{}：时间") if self.day is not None else "{}"
            self.clock.setAccessibleName(both.format(question.label))
            self.clock.setReadOnly(question.readonly)
            if not self.clock.hasFocus():
                self.clock.show_time(clock)
            self.clock.set_warning(bool(question.warning))
        self._show_offset()

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
        if self._offset.text():
            width += self._offset.sizeHint().width() + 8
        return QSize(width, theme().tokens.control + 2 * RING)

    @Slot()
    def _changed(self) -> None:
        value = self._typed()
        if value is not None and value != self._value:
            self._value = value
            self.answered.emit(value, False)

    @Slot()
    def _entered(self) -> None:
        if self.clock is not None and self.clock.hasFocus():
            self.clock.settle()
        self._changed()
        if self.day is not None and self.clock is not None and self.day.hasFocus() and not self.clock.text():
            self.clock.setFocus()
        else:
            self.went_on.emit()

    def _typed(self) -> str | None:
        """The answer as it stands; "" when nothing is filled in, None while it is half of one."""
        day = self.day.day() if self.day is not None else None
        if self.clock is not None and not self.clock.is_valid():
            return None
        clock = self.clock.time() if self.clock is not None else None
        if (day, clock) == _parts(self._value)[:2]:
            return self._value  # seconds that the field does not show stay
        if self._kind is Kind.DATE:
            return day.isoformat() if day is not None else ""
        if self._kind is Kind.TIME:
            return "" if clock is None else clock.replace(tzinfo=self._zone).isoformat(timespec="seconds")
        if day is None and clock is None:
            return ""
        if day is None or clock is None:
            return None
        moment = datetime.combine(day, clock, self._zone)
        return (moment if self._zone is not None else moment.astimezone()).isoformat(timespec="milliseconds")

    def _show_offset(self) -> None:
        """Says which zone is meant where it is not this machine's."""
        words = ""
        day, clock, zone = _parts(self._value)
        if zone is not None and day is not None and clock is not None:
            moment = datetime.combine(day, clock, zone)
            if moment.utcoffset() != moment.astimezone().utcoffset():
                offset = f"{moment:%z}"
                words = f"UTC{offset[:3]}:{offset[3:5]}"
        if self._offset.text() != words:
            self._offset.setText(words)
            self._offset.setVisible(bool(words))
            self.refit.emit()


def _grain(question: Question) -> str:
    if question.kind is not Kind.DATE:
        return DAY
    return YEAR if question.looks("year") else MONTH if question.looks("month-year") else DAY


def _parts(value: str) -> tuple[date | None, time | None, tzinfo | None]:
    """Day, time to the minute and offset of a stored answer, each None where it has none."""
    try:
        if "T" in value:
            moment = datetime.fromisoformat(value)
            return moment.date(), time(moment.hour, moment.minute), _fixed(moment.utcoffset())
        if ":" in value:
            clock = time.fromisoformat(value)
            return None, time(clock.hour, clock.minute), _fixed(clock.utcoffset())
        return (date.fromisoformat(value) if value else None), None, None
    except ValueError:
        return None, None, None


def _fixed(offset: timedelta | None) -> tzinfo | None:
    return timezone(offset) if offset is not None else None
