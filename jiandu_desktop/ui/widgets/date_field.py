"""A date typed or picked: 1121, 11-21, 十一月二十一日, 2026-11-21, +15; a calendar in Chinese pops up.

DateField(today: date, day: date | None = None, parent=None, *, grain="day", ahead=True, pops=True)
  signal day_changed(date | None)    after Enter, leaving the field, ↑/↓ or a click in the calendar
  day() · set_day(date | None) emits nothing · is_valid() · set_earliest(date | None) · open_calendar() (F4)
  grain: day, month or year; a month or year is told as its first day
  ahead: whether a day without a year may be one of next year, as deadlines are; pops: whether there is a calendar
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.calendar_popup import DayPopup, MonthPopup
from jiandu_desktop.ui.widgets.day_words import parse_day, parse_month, parse_year

DAY, MONTH, YEAR = "day", "month", "year"


class DateField(QLineEdit):
    """A field for a day; shows `12-09` within this year and the whole date otherwise."""

    day_changed = Signal(object)

    def __init__(
        self,
        today: date,
        day: date | None = None,
        parent: QWidget | None = None,
        *,
        grain: str = DAY,
        ahead: bool = True,
        pops: bool = True,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._grain = grain
        self._ahead = ahead
        self._pops = pops and grain != YEAR
        self._day = day
        self._earliest: date | None = None
        self._valid = True
        self._days: DayPopup | None = None
        self._months: MonthPopup | None = None
        self.setTextMargins(0, 0, 24 if self._pops else 0, 0)
        hints = {DAY: self.tr("月-日"), MONTH: self.tr("年-月"), YEAR: self.tr("年")}
        self.setPlaceholderText(hints[grain])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.editingFinished.connect(self._take)
        self._show()

    def day(self) -> date | None:
        return self._day

    def set_day(self, day: date | None) -> None:
        """Shows a day; emits nothing."""
        self._day = day
        self._show()

    def set_earliest(self, day: date | None) -> None:
        """Days before this one are not taken."""
        self._earliest = day

    def is_valid(self) -> bool:
        """Whether what stands in the field is a day (an empty field is)."""
        return self._valid

    def sizeHint(self) -> QSize:
        width = max(theme().px(104), round(paint.text_width("2026-12-09")) + 60)
        return QSize(width, super().sizeHint().height())

    def open_calendar(self) -> None:
        """Shows the month of the day, or the year of the month, below the field."""
        if not self._pops or self.isReadOnly():
            return
        self._take()
        if self._grain == MONTH:
            if self._months is None:
                self._months = MonthPopup(self)
                self._months.picked.connect(self._picked)
            self._months.open_at(self, self._day, self._today)
            return
        if self._days is None:
            self._days = DayPopup(self)
            self._days.picked.connect(self._picked)
        self._days.open_at(self, self._day or self._today, self._today, self._earliest)

    def calendar(self) -> QCalendarWidget | None:
        """The calendar once it was opened."""
        return self._days.calendar if self._days is not None else None

    def popup(self) -> DayPopup | MonthPopup | None:
        """What pops up, once it was opened."""
        return self._days or self._months

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}
        key = Qt.Key(event.key())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_calendar()
        elif key in steps and not self.isReadOnly():
            self._take()
            self._choose(_stepped(self._day or self._first(self._today), self._grain, steps[key]))
        else:
            super().keyPressEvent(event)
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()  # returnPressed has told it; what stands around the field must not act on it again

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._pops and event.position().x() > self.width() - 32
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._pops and event.position().x() > self.width() - 32 and not self.isReadOnly():
            self.open_calendar()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._pops:
            return
        painter = QPainter(self)
        paint.icon(painter, "calendar", self.width() - 27, self.height() / 2, 16, "text2")
        painter.end()

    @Slot(object)
    def _picked(self, day: date) -> None:
        self._choose(day)
        self.setFocus()

    @Slot()
    def _take(self) -> None:
        text = self.text().strip()
        day = self._parsed(text) if text else None
        early = day is not None and self._earliest is not None and day < self._earliest
        self._mark(not text or (day is not None and not early), early)
        if self._valid and text != self._words(self._day):
            self._choose(day)

    def _parsed(self, text: str) -> date | None:
        if self._grain == YEAR:
            return parse_year(text)
        return parse_month(text, self._today) if self._grain == MONTH else parse_day(text, self._today, self._ahead)

    def _first(self, day: date) -> date:
        """The first day of the month or year that the field is about."""
        if self._grain == DAY:
            return day
        return day.replace(day=1) if self._grain == MONTH else day.replace(month=1, day=1)

    def _choose(self, day: date | None) -> None:
        if day is not None and self._earliest is not None:
            day = max(day, self._earliest)
        day = self._first(day) if day is not None else None
        changed = day != self._day
        self._day = day
        self._show()
        if changed:
            self.day_changed.emit(day)

    def _show(self) -> None:
        self.setText(self._words(self._day))
        self._mark(True, False)

    def _words(self, day: date | None) -> str:
        if day is None:
            return ""
        if self._grain != DAY:
            return f"{day.year:04}" if self._grain == YEAR else f"{day.year:04}-{day.month:02}"
        return f"{day:%m-%d}" if day.year == self._today.year else day.isoformat()

    def _mark(self, valid: bool, early: bool) -> None:
        self._valid = valid
        tips = {
            DAY: self.tr("请写成 11-21、1121 或 2026-11-21，也可写 +15（15 天后）"),
            MONTH: self.tr("请写成 2026-11、202611 或 11月"),
            YEAR: self.tr("请写成 2026 或 26"),
        }
        tip = tips[self._grain]
        if early and self._earliest is not None:
            tip = self.tr("不能早于 {day}").format(day=self._earliest.isoformat())
        self.setToolTip("" if valid and self._day is None else tip if not valid else self._long())
        self.setProperty("state", "" if valid else "warning")
        self.style().unpolish(self)
        self.style().polish(self)

    def _long(self) -> str:
        assert self._day is not None
        form = {DAY: "yyyy年M月d日 dddd", MONTH: "yyyy年M月", YEAR: "yyyy年"}[self._grain]
        day = QDate(self._day.year, self._day.month, self._day.day)
        return QLocale(QLocale.Language.Chinese).toString(day, form)


def _stepped(day: date, grain: str, step: int) -> date:
    """So many days, months or years on; at the ends of the calendar it stays."""
    try:
        if grain == DAY:
            return day + timedelta(days=step)
        if grain == YEAR:
            return day.replace(year=day.year + step)
        months = day.year * 12 + day.month - 1 + step
        return date(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError):
        return day
