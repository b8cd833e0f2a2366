"""Times of day as people type them, and a field for one."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.short_text import RoomLineEdit

TIME_WIDTH = 84

_FIGURES = str.maketrans("零〇一二三四五六七八九两", "001234567892")
_TENS = re.compile(r"(\d?)十(\d?)")
_COLON_TIME = re.compile(r"(\d{1,2})\s*[:.时点]\s*(\d{1,2})?\s*分?(?:\s*:\s*\d{1,2})?")
_DIGIT_TIME = re.compile(r"(\d{1,2})(\d{2})")
_HALF_DAYS = {"上午": 0, "早上": 0, "下午": 12, "晚上": 12, "中午": 12}
_ANY_DAY = date(2000, 1, 2)
_FIRST = time(8, 0)
"""Where stepping begins in an empty field."""

_STEPS = {
    Qt.Key.Key_Up: timedelta(minutes=5),
    Qt.Key.Key_Down: timedelta(minutes=-5),
    Qt.Key.Key_PageUp: timedelta(hours=1),
    Qt.Key.Key_PageDown: timedelta(hours=-1),
}


def parse_time(text: str) -> time | None:
    """930, 0930, 9:30, 9点, 9点半, 下午2点, 十四时: the time of day meant, None for what is none."""
    words = unicodedata.normalize("NFKC", text).strip()
    later = next((hours for word, hours in _HALF_DAYS.items() if words.startswith(word)), 0)
    words = words[2:].strip() if any(words.startswith(word) for word in _HALF_DAYS) else words
    words = words.replace("半", "30").replace("一刻", "15").replace("三刻", "45").replace("整", "")
    words = _TENS.sub(lambda found: f"{int(found[1] or 1) * 10 + int(found[2] or 0)}", words.translate(_FIGURES))
    found = _COLON_TIME.fullmatch(words) or _DIGIT_TIME.fullmatch(words)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if later and hour < 12:
        hour += later
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeField(RoomLineEdit):
    """A field for hours and minutes: ↑ and ↓ by five minutes, PageUp and PageDown by an hour."""

    time_changed = Signal()
    """The text is another than it was: typed and left, or stepped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("时：分"))
        self.setToolTip(self.tr("请写成 0830、8:30 或 8点半"))
        self.left.connect(self.settle)

    def show_time(self, clock: time | None) -> None:
        """Shows a time; emits nothing."""
        self.setFixedWidth(theme().px(TIME_WIDTH))
        self.setText(f"{clock:%H:%M}" if clock is not None else "")
        self.set_warning(False)

    def time(self) -> time | None:
        """The time typed; None for none and for what is none."""
        return parse_time(self.text())

    def is_valid(self) -> bool:
        """Whether what stands in the field is a time (an empty field is)."""
        return not self.text().strip() or self.time() is not None

    @Slot()
    def settle(self) -> None:
        """Writes the time as 08:30 and tells it; what is no time is marked and stays."""
        clock = self.time()
        if clock is not None:
            self.setText(f"{clock:%H:%M}")
        self.set_warning(not self.is_valid())
        self.time_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or self.isReadOnly() or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        now = self.time()
        moved = (datetime.combine(_ANY_DAY, now) + step).time() if now is not None else _FIRST
        self.setText(f"{moved:%H:%M}")
        self.settle()
