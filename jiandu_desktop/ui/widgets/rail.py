"""The navigation rail: mark and county, the entries with their counts, and who is at work at the foot.

Rail(parent=None)
  add(key, icon, title) · set_current(key) · set_count(key, n)
  set_who(county, inspector, area) · set_compact(bool)
  signal chosen(str key)
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_ITEM, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted

WIDE, NARROW = 168, 64


class Rail(Painted):
    """The window's left edge."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, RailItem] = {}
        self._group = QButtonGroup(self)
        self._compact = False
        self._head = _Head()
        self._foot = _Foot()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 14, 9, 20)
        self._column.setSpacing(4)
        self._column.addWidget(self._head)
        self._column.addSpacing(12)
        self._column.addStretch(1)
        self._column.addWidget(self._foot)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.take_theme()

    def add(self, key: str, icon: str, title: str) -> None:
        """Adds an entry below those there are."""
        item = RailItem(key, icon, title, len(self._entries) + 1)
        item.set_compact(self._compact)
        item.clicked.connect(self._pressed)
        self._group.addButton(item)
        self._entries[key] = item
        self._column.insertWidget(1 + len(self._entries), item)

    def item(self, key: str) -> RailItem:
        """The button of an entry, for tests and journeys."""
        return self._entries[key]

    def set_current(self, key: str) -> None:
        """Marks an entry; emits nothing."""
        self._entries[key].setChecked(True)

    def set_count(self, key: str, count: int) -> None:
        """Shows a count at the right of an entry; 0 shows none."""
        self._entries[key].set_count(count)

    def set_who(self, county: str, inspector: str, area: str) -> None:
        """Says whose program this is."""
        self._head.county = county
        self._foot.inspector, self._foot.area_name = inspector, area
        self._foot.setVisible(bool(inspector))
        self._foot.setToolTip(f"{inspector} {area}")
        self._head.update()
        self._foot.update()

    def set_compact(self, compact: bool) -> None:
        """Only icons, 64 wide."""
        if compact != self._compact:
            self._compact = compact
            for item in self._entries.values():
                item.set_compact(compact)
            self._head.compact = self._foot.compact = compact
            self.take_theme()

    def take_theme(self) -> None:
        self.setFixedWidth(NARROW if self._compact else theme().px(WIDE))
        super().take_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        painter.fillRect(self.rect(), theme().color("rail"))
        paint.vertical_hairline(painter, self.width() - 1, 0, self.height())
        painter.end()

    @Slot()
    def _pressed(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            self.chosen.emit(item.key)


class RailItem(QAbstractButton):
    """One entry: icon, word, count; the current one lies on a sheet with a bar at its left."""

    def __init__(self, key: str, icon: str, title: str, number: int) -> None:
        super().__init__()
        self.key = key
        self._icon = icon
        self._count = 0
        self._compact = False
        self._number = number
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(f"{title}  Ctrl+{number}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def count(self) -> int:
        return self._count

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(48, theme().tokens.nav_item)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        middle = area.center().y()
        now = self.isChecked()
        if now:
            paint.rounded(painter, area, RADIUS_CONTROL, "surface", "line")
            paint.accent_bar(painter, 0, middle, 20)
        elif self.underMouse():
            paint.rounded(painter, area, RADIUS_CONTROL, "hover")
        size = float(theme().px(20))
        left = (area.width() - size) / 2 if self._compact else 12.0
        paint.icon(painter, self._icon, left, middle, size, "accent" if now else "text2")
        count = str(self._count) if self._count else ""
        if self._compact:
            corner = QRectF(0, 2, area.width() - 4, 14)
            paint.text(painter, corner, count, "text2", 10, align="right")
        else:
            right = area.adjusted(0, 0, -12, 0)
            used = paint.text(painter, right, count, "text2", SIZE_META, align="right")
            words = area.adjusted(left + size + 10, 0, -used - 16, 0)
            paint.text(painter, words, self.text(), "accent" if now else "text", SIZE_TEXT, now)
        if self.hasFocus():
            paint.focus_ring(painter, area, RADIUS_CONTROL)
        painter.end()


class _Head(Painted):
    county = ""
    compact = False

    def sizeHint(self) -> QSize:
        return QSize(40, self.px(38))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        left = (self.width() - 30) / 2 if self.compact else 8.0
        mark = QRectF(left, 4, 30, 30)
        paint.rounded(painter, mark, RADIUS_CONTROL, "accent")
        paint.icon(painter, "clipboard-list", left + 6, mark.center().y(), 18, "on_accent")
        if not self.compact:
            room = self.width() - 48
            paint.text(painter, QRectF(48, 1, room, self.px(22)), self.tr("监督"), "text", SIZE_ITEM, bold=True)
            paint.text(painter, QRectF(48, self.px(20), room, self.px(18)), self.county, "text2", SIZE_META)
        painter.end()


class _Foot(Painted):
    inspector = ""
    area_name = ""
    compact = False

    def sizeHint(self) -> QSize:
        return QSize(40, self.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.hairline(painter, 8, self.width() - 7, 0)
        left = (self.width() - 32) / 2 if self.compact else 8.0
        disc = QRectF(left, self.px(16), 32, 32)
        paint.rounded(painter, disc, 16, "accent_soft")
        paint.text(painter, disc, self.inspector[:1], "accent", SIZE_TEXT, True, "center")
        if not self.compact:
            room = self.width() - 48
            paint.text(painter, QRectF(48, self.px(12), room, self.px(22)), self.inspector, "text", SIZE_TEXT)
            paint.text(painter, QRectF(48, self.px(31), room, self.px(18)), self.area_name, "text2", SIZE_META)
        painter.end()
