"""Calendars that pop up below a date field: days with 今天 and 昨天, or the twelve months of a year.

DayPopup(parent)       signal picked(date); open_at(below: QWidget, day, today, earliest=None); calendar
MonthPopup(parent)     signal picked(date), the first of the month; open_at(below: QWidget, day, today)
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.buttons import Button, IconButton
from jiandu_desktop.ui.widgets.text import Label

_GAP = 4
_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -4, Qt.Key.Key_Down: 4}


class _Popup(QFrame):
    """A frame that closes itself when one clicks elsewhere or presses Esc, and stays on the screen."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("ground", "card")

    def show_below(self, widget: QWidget) -> None:
        """Below the field, or above it where the screen ends."""
        self.adjustSize()
        spot = widget.mapToGlobal(QPoint(0, widget.height() + _GAP))
        screen = QGuiApplication.screenAt(spot) or QGuiApplication.primaryScreen()
        room: QRect = screen.availableGeometry()
        if spot.y() + self.height() > room.bottom():
            spot.setY(widget.mapToGlobal(QPoint(0, 0)).y() - self.height() - _GAP)
        spot.setX(max(room.left(), min(spot.x(), room.right() - self.width())))
        spot.setY(max(room.top(), spot.y()))
        self.move(spot)
        self.show()

    def choose(self, day: date) -> None:
        """Tells the day once and closes."""
        if self.isVisible():
            self.hide()
            self.picked.emit(day)


class DayPopup(_Popup):
    """A month of days; weeks begin on Monday, months have Chinese names."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = date.min
        self.calendar = QCalendarWidget(self)
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setAccessibleName(self.tr("日历"))
        self.calendar.clicked.connect(self._day_chosen)
        self.calendar.activated.connect(self._day_chosen)
        self.today_button = Button(self.tr("今天"), "quiet")
        self.yesterday_button = Button(self.tr("昨天"), "quiet")
        self.today_button.clicked.connect(self._choose_today)
        self.yesterday_button.clicked.connect(self._choose_yesterday)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 6)
        row.addWidget(self.today_button)
        row.addWidget(self.yesterday_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(4)
        column.addWidget(self.calendar)
        column.addLayout(row)

    def open_at(self, below: QWidget, day: date, today: date, earliest: date | None = None) -> None:
        """Shows the month of `day`; days before `earliest` cannot be chosen."""
        self._today = today
        if earliest is not None:
            self.calendar.setMinimumDate(_qdate(earliest))
        self.today_button.setEnabled(earliest is None or today >= earliest)
        self.yesterday_button.setEnabled(earliest is None or today - timedelta(days=1) >= earliest)
        self.calendar.setSelectedDate(_qdate(day))
        _dress(self.calendar, today)
        self.show_below(below)
        self.calendar.setFocus()

    @Slot(QDate)
    def _day_chosen(self, picked: QDate) -> None:
        self.choose(date(picked.year(), picked.month(), picked.day()))

    @Slot()
    def _choose_today(self) -> None:
        self.choose(self._today)

    @Slot()
    def _choose_yesterday(self) -> None:
        self.choose(self._today - timedelta(days=1))


class MonthPopup(_Popup):
    """Twelve months; ‹ and › or PageUp and PageDown turn the year, arrows move, Enter takes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._year = 2000
        self._chosen: date | None = None
        back, ahead = IconButton("chevron-left", self.tr("上一年")), IconButton("chevron-right", self.tr("下一年"))
        self._head: QLabel = Label("", "strong")
        self._head.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back.clicked.connect(self._year_back)
        ahead.clicked.connect(self._year_ahead)
        head = QHBoxLayout()
        head.addWidget(back)
        head.addWidget(self._head, 1)
        head.addWidget(ahead)
        grid = QGridLayout()
        grid.setSpacing(4)
        self.months: list[Button] = []
        for number in range(12):
            button = Button(self.tr("{} 月").format(number + 1))
            button.setCheckable(True)
            button.clicked.connect(self._month_clicked)
            button.installEventFilter(self)
            grid.addWidget(button, number // 4, number % 4)
            self.months.append(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addLayout(head)
        column.addLayout(grid)

    def open_at(self, below: QWidget, day: date | None, today: date) -> None:
        """Shows the year of `day`, or this year."""
        self._chosen = day
        self._turn_to((day or today).year)
        self.show_below(below)
        self.months[(day or today).month - 1].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's buttons know arrows only as next and previous."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ARROWS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn_to(self._year + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in _ARROWS:
            self.months[min(max(self._at() + _ARROWS[key], 0), 11)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.months[self._at()].click()
        else:
            super().keyPressEvent(event)

    def _at(self) -> int:
        now = self.focusWidget()
        return next((place for place, button in enumerate(self.months) if button is now), 0)

    def _turn_to(self, year: int) -> None:
        self._year = min(max(year, 1), 9999)
        self._head.setText(self.tr("{} 年").format(self._year))
        for number, button in enumerate(self.months, 1):
            button.setChecked(self._chosen is not None and (self._chosen.year, self._chosen.month) == (year, number))
            button.setAccessibleName(self.tr("{0} 年 {1} 月").format(self._year, number))

    @Slot()
    def _year_back(self) -> None:
        self._turn_to(self._year - 1)

    @Slot()
    def _year_ahead(self) -> None:
        self._turn_to(self._year + 1)

    @Slot()
    def _month_clicked(self) -> None:
        number = next(place for place, button in enumerate(self.months, 1) if button is self.sender())
        self.choose(date(self._year, number, 1))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _dress(calendar: QCalendarWidget, today: date) -> None:
    """Weekends in the colour of all days: red is for veto and lateness alone. Today is bold."""
    plain, head, now = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    plain.setForeground(theme().color("text"))
    head.setForeground(theme().color("text2"))
    head.setBackground(theme().color("surface"))
    now.setForeground(theme().color("accent"))
    now.setFontWeight(700)
    calendar.setHeaderTextFormat(head)
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    calendar.setDateTextFormat(QDate(), QTextCharFormat())
    calendar.setDateTextFormat(_qdate(today), now)
