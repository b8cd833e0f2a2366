"""A date typed or picked: 1121, 11-21, 11月21日, 2026-11-21, +15; a calendar in Chinese pops up.

DateField(today: date, day: date | None = None, parent=None)
  signal day_changed(date | None)    after Enter, leaving the field, ↑/↓ or a click in the calendar
  day() · set_day(date | None) emits nothing · is_valid() · set_earliest(date | None) · open_calendar() (F4)
parse_day(text, today) -> date | None     None for what is no date; a date without a year is the next such day
                                          within about half a year back
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme

_BACK = timedelta(days=183)
"""A day of the year that passed longer ago than this is taken for next year's."""

_FULL = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_DIGITS = re.compile(r"(\d{4})?(\d{2})(\d{2})")
_DAYS = re.compile(r"\+\s*(\d{1,3})")
_WIDE = str.maketrans("\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff0d\uff0b", "0123456789-+")


def parse_day(text: str, today: date) -> date | None:
    """The day meant by `text`, seen from `today`; full-width figures are taken too."""
    words = text.translate(_WIDE).strip()
    if found := _DAYS.fullmatch(words):
        return today + timedelta(days=int(found[1]))
    if found := _FULL.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _SHORT.fullmatch(words) or _DIGITS.fullmatch(words)
    if found is None:
        return None
    *year, month, day = (int(part) if part else 0 for part in found.groups())
    if year and year[0]:
        return _day(year[0], month, day)
    this_year = _day(today.year, month, day)
    if this_year is not None and this_year >= today - _BACK:
        return this_year
    return _day(today.year + 1, month, day) or this_year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DateField(QLineEdit):
    """A field for a day; shows `12-09` within this year and the whole date otherwise."""

    day_changed = Signal(object)

    def __init__(self, today: date, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._day = day
        self._earliest: date | None = None
        self._valid = True
        self._calendar: QCalendarWidget | None = None
        self.setTextMargins(0, 0, 24, 0)
        self.setPlaceholderText(self.tr("月-日"))
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
        """Shows the month of the day below the field."""
        calendar = self._calendar or self._build_calendar()
        day = self._day or self._today
        if self._earliest is not None:
            calendar.setMinimumDate(_qdate(self._earliest))
        calendar.setSelectedDate(_qdate(day))
        _dress(calendar)
        calendar.adjustSize()
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        calendar.show()
        calendar.setFocus()

    def calendar(self) -> QCalendarWidget | None:
        """The calendar once it was opened."""
        return self._calendar

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}
        key = Qt.Key(event.key())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_calendar()
        elif key in steps and not self.isReadOnly():
            self._take()
            self._choose((self._day or self._today) + timedelta(days=steps[key]))
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
        over = event.position().x() > self.width() - 32
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - 32 and not self.isReadOnly():
            self.open_calendar()
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint.icon(painter, "calendar", self.width() - 27, self.height() / 2, 16, "text2")
        painter.end()

    def _build_calendar(self) -> QCalendarWidget:
        self._calendar = QCalendarWidget(self)
        self._calendar.setWindowFlag(Qt.WindowType.Popup)
        self._calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.clicked.connect(self._picked)
        self._calendar.activated.connect(self._picked)
        return self._calendar

    @Slot(QDate)
    def _picked(self, picked: QDate) -> None:
        if self._calendar is not None and self._calendar.isVisible():
            self._calendar.hide()
            self._choose(date(picked.year(), picked.month(), picked.day()))
            self.setFocus()

    @Slot()
    def _take(self) -> None:
        text = self.text().strip()
        day = parse_day(text, self._today) if text else None
        early = day is not None and self._earliest is not None and day < self._earliest
        self._mark(not text or (day is not None and not early), early)
        if self._valid and text != self._words(self._day):
            self._choose(day)

    def _choose(self, day: date | None) -> None:
        if day is not None and self._earliest is not None:
            day = max(day, self._earliest)
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
        return f"{day:%m-%d}" if day.year == self._today.year else day.isoformat()

    def _mark(self, valid: bool, early: bool) -> None:
        self._valid = valid
        tip = self.tr("请写成 11-21、1121 或 2026-11-21，也可写 +15（15 天后）")
        if early and self._earliest is not None:
            tip = self.tr("不能早于 {day}").format(day=self._earliest.isoformat())
        self.setToolTip("" if valid and self._day is None else tip if not valid else self._long())
        self.setProperty("state", "" if valid else "warning")
        self.style().unpolish(self)
        self.style().polish(self)

    def _long(self) -> str:
        assert self._day is not None
        return QLocale(QLocale.Language.Chinese).toString(_qdate(self._day), "yyyy年M月d日 dddd")


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _dress(calendar: QCalendarWidget) -> None:
    """Weekends in the colour of all days: red is for veto and lateness alone."""
    plain, head = QTextCharFormat(), QTextCharFormat()
    plain.setForeground(theme().color("text"))
    head.setForeground(theme().color("text2"))
    head.setBackground(theme().color("surface"))
    calendar.setHeaderTextFormat(head)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
