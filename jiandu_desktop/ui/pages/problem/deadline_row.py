"""A last day, typed or reckoned: so many calendar or working days after a beginning, moved off days off."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from jiandu_desktop.services.deadlines import Deadlines
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.pages.words import day_words, weekday_words
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.text import Label

CALENDAR, WORKING = "calendar", "working"


class DeadlineRow(QWidget):
    """[12-07] 或 [15] [天 | 工作日]; below it what that means: 16 天（11 个工作日），遇休息日顺延."""

    day_changed = Signal(object)
    """The day, by the user alone."""

    def __init__(self, deadlines: Deadlines, today: date, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deadlines, self._start = deadlines, today
        self._moved = False
        self.day = DateField(today)
        self.day.setAccessibleName(name)
        self.day.set_earliest(today)
        self.days = QSpinBox()
        self.days.setRange(0, 3650)
        self.days.setSpecialValueText("—")
        self.days.setAccessibleName(self.tr("天数"))
        self.days.setMinimumWidth(theme().px(72))
        self.days.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.kind = Segmented([(CALENDAR, self.tr("天")), (WORKING, self.tr("工作日"))])
        self.kind.setAccessibleName(self.tr("怎样算天数"))
        self.kind.set_value(WORKING if deadlines.working else CALENDAR)
        self._words = Label("", "meta")
        self._words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (self.day, Label(self.tr("或"), "meta"), self.days, self.kind):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._words)
        self.setFocusProxy(self.day)
        self.day.day_changed.connect(self._dated)
        self.days.valueChanged.connect(self._counted)
        self.kind.chosen.connect(self._counted)

    def value(self) -> date | None:
        """The day, None for none or for what is no day."""
        return self.day.day() if self.day.is_valid() else None

    def words(self) -> str:
        """What the day means."""
        return self._words.text()

    def set_start(self, start: date) -> None:
        """The day from which days are counted."""
        self._start = start
        self.day.set_earliest(start)
        self._show()

    def show_day(self, day: date | None) -> None:
        """Shows a day; tells nothing."""
        self._moved = False
        self.day.set_day(day)
        self._show()

    @Slot(object)
    def _dated(self, day: object) -> None:
        self._moved = False
        self._show()
        self.day_changed.emit(day)

    @Slot()
    def _counted(self) -> None:
        if not self.days.value():
            return
        found = self._deadlines.last_day(self._start, self.days.value(), working=self.kind.value() == WORKING)
        self._moved = found.moved
        self.day.set_day(found.day)
        self._show(keep_days=True)
        self.day_changed.emit(found.day)

    def _show(self, *, keep_days: bool = False) -> None:
        day = self.value()
        if day is None or day < self._start:
            self._words.setText("")
            return
        calendar = (day - self._start).days
        working = self._deadlines.holidays().between(self._start, day)
        if not keep_days:
            self.days.blockSignals(True)
            self.days.setValue(working if self.kind.value() == WORKING else calendar)
            self.days.blockSignals(False)
        words = f"{day_words(day)} {weekday_words(day)}"
        if calendar:
            words += self.tr("，{days} 天（{working} 个工作日）").format(days=calendar, working=working)
        if self._moved:
            words += self.tr("，遇休息日顺延")
        elif not self._deadlines.holidays().is_working_day(day):
            words += self.tr("，这一天休息")
        self._words.setText(words)
