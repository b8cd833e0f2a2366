"""The checklist's outline: one row per section with a cell per item, its compact form, and the legend.

    OutlineList(parent=None)      signals section_chosen(int), cell_chosen(int section, int cell)
    CompactOutline(parent=None)   signal section_chosen(int); 64 wide: number in a ring of the answered share
      both: set_rows(Sequence[OutlineRow]) · set_row(position, OutlineRow) · set_current(position) · current()
    OutlineLegend(parent=None)    set_counts(done, open, problems, vetoes)
A cell's state is "done", "problem", "open" or "veto" (a veto item not yet answered).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted

MOST_CELLS = 14
"""A section with more items shows a bar instead of cells."""

_PITCH = 13
_CELLS_LEFT = 38
_RING = 32
_COMPACT_ROW = 52


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One section: its items' states in order, and their texts for the tooltips."""

    number: str
    name: str
    cells: tuple[str, ...]
    tips: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.cells)

    @property
    def answered(self) -> int:
        return sum(state in ("done", "problem") for state in self.cells)

    @property
    def has_problem(self) -> bool:
        return "problem" in self.cells

    @property
    def has_open_veto(self) -> bool:
        return "veto" in self.cells


class _Rows(Painted):
    """What both outlines share: rows, the current one, arrow keys and clicks."""

    section_chosen = Signal(int)
    cell_chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[OutlineRow, ...] = ()
        self.current = -1
        self.hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def row_height(self) -> int:
        return theme().tokens.outline_row

    def cell_at(self, row: int, x: float, y: float) -> int:
        """The cell under a point of the row, or -1."""
        return -1

    def row_rect(self, position: int) -> QRect:
        height = self.row_height()
        return QRect(0, position * height, self.width(), height)

    def set_rows(self, rows: Sequence[OutlineRow]) -> None:
        self.rows = tuple(rows)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(220), self.row_height() * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.row_height() * len(self.rows))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // self.row_height()
        if event.button() != Qt.MouseButton.LeftButton or not 0 <= row < len(self.rows):
            return
        cell = self.cell_at(row, event.position().x(), event.position().y() - self.row_rect(row).top())
        if cell >= 0:
            self.cell_chosen.emit(row, cell)
        else:
            self.section_chosen.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = int(event.position().y()) // self.row_height()
        self._hover(row if row < len(self.rows) else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not 0 <= self.current + step < len(self.rows):
            event.ignore()
            return
        self.section_chosen.emit(self.current + step)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def _show_tip(self, event: QHelpEvent) -> None:
        row = event.pos().y() // self.row_height()
        if not 0 <= row < len(self.rows):
            QToolTip.hideText()
            return
        shown = self.rows[row]
        cell = self.cell_at(row, event.pos().x(), event.pos().y() - self.row_rect(row).top())
        words = shown.tips[cell] if 0 <= cell < len(shown.tips) else f"{shown.number} {shown.name}"
        QToolTip.showText(event.globalPos(), words, self)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()


class _FullRows(_Rows):
    def cell_at(self, row: int, x: float, y: float) -> int:
        cells = self.rows[row].cells
        if len(cells) > MOST_CELLS or y < self.px(28):
            return -1
        cell = int((x - self.px(_CELLS_LEFT) + 2) // self.px(_PITCH))
        return cell if 0 <= cell < len(cells) else -1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        for position, row in enumerate(self.rows):
            area = QRectF(self.row_rect(position))
            if area.intersects(QRectF(event.rect())):
                self._paint_row(painter, position, row, area)
        painter.end()

    def _paint_row(self, painter: QPainter, position: int, row: OutlineRow, area: QRectF) -> None:
        now = position == self.current
        box = area.adjusted(self.px(8), 1, -self.px(8), -1)
        if now:
            paint.rounded(painter, box, RADIUS_CONTROL, "surface", "line")
            paint.accent_bar(painter, box.left(), box.center().y(), self.px(28))
            if self.hasFocus():
                paint.focus_ring(painter, box, RADIUS_CONTROL)
        elif position == self.hovered:
            paint.rounded(painter, box, RADIUS_CONTROL, "hover")
        name = QRectF(self.px(_CELLS_LEFT), area.top() + self.px(7), 0, self.px(22))
        name.setRight(area.right() - self.px(16))
        number = QRectF(self.px(20), name.top(), self.px(17), name.height())
        paint.text(painter, number, row.number, "accent" if now else "text2", SIZE_TEXT, now)
        paint.text(painter, name, row.name, "text", SIZE_TEXT, now, middle=True)
        middle = area.top() + self.px(39)
        if len(row.cells) > MOST_CELLS:
            width = min(self.px(126), area.right() - self.px(24 + 48) - self.px(_CELLS_LEFT))
            line = QRectF(self.px(_CELLS_LEFT), middle - 2.5, width, 5)
            paint.bar(painter, line, row.answered / row.total, "done")
        else:
            left = float(self.px(_CELLS_LEFT))
            for state in row.cells:
                paint.cell(painter, state, left, middle, self.px(9))
                left += self.px(_PITCH)
        right = area.right() - self.px(24)
        if row.total and row.answered == row.total:
            paint.icon(painter, "check", right - self.px(14), middle, self.px(16), "accent")
        else:
            figure = QRectF(right - self.px(48), middle - 10, self.px(48), 20)
            color = "text" if row.answered else "text2"
            paint.text(painter, figure, f"{row.answered}/{row.total}", color, SIZE_META, now, align="right")


class _RingRows(_Rows):
    def row_height(self) -> int:
        return self.px(_COMPACT_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        for position, row in enumerate(self.rows):
            self._paint_row(painter, position, row, QRectF(self.row_rect(position)))
        painter.end()

    def _paint_row(self, painter: QPainter, position: int, row: OutlineRow, area: QRectF) -> None:
        now = position == self.current
        box = area.adjusted(6, 2, -6, -2)
        if now:
            paint.rounded(painter, box, RADIUS_CONTROL, "surface", "line")
            paint.accent_bar(painter, box.left(), box.center().y(), self.px(22))
            if self.hasFocus():
                paint.focus_ring(painter, box, RADIUS_CONTROL)
        elif position == self.hovered:
            paint.rounded(painter, box, RADIUS_CONTROL, "hover")
        center = area.center()
        size = self.px(_RING) - 3
        ring = QRectF(center.x() - size / 2, center.y() - size / 2, size, size)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("track"), 3))
        painter.drawEllipse(ring)
        if row.total:
            painter.setPen(QPen(theme().color("accent" if now else "done"), 3))
            painter.drawArc(ring, 90 * 16, -round(360 * 16 * row.answered / row.total))
        color = "accent" if now else "text"
        paint.text(painter, area, row.number, color, SIZE_TEXT, now, align="center")
        offset = self.px(17)
        if row.has_problem:
            paint.diamond(painter, QPointF(center.x() + offset, center.y() - offset), self.px(9))
        if row.has_open_veto:
            side = self.px(9)
            paint.cell(painter, "veto", center.x() + offset - side / 2, center.y() + offset - 2, side)


class _Outline(QScrollArea):
    """A scrolling list of sections."""

    section_chosen = Signal(int)
    cell_chosen = Signal(int, int)

    def __init__(self, rows: _Rows, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._rows = rows
        rows.section_chosen.connect(self.section_chosen)
        rows.cell_chosen.connect(self.cell_chosen)
        self.setWidget(rows)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusProxy(rows)

    def set_rows(self, rows: Sequence[OutlineRow]) -> None:
        """Shows other sections; the current position is kept."""
        self._rows.set_rows(rows)

    def set_row(self, position: int, row: OutlineRow) -> None:
        """Replaces one section and repaints only it."""
        rows = list(self._rows.rows)
        rows[position] = row
        self._rows.rows = tuple(rows)
        self._rows.update(self._rows.row_rect(position))

    def set_current(self, position: int) -> None:
        """Marks a section as the one in hand and scrolls to it; emits nothing."""
        self._rows.current = position
        self._rows.update()
        if 0 <= position < len(self._rows.rows):
            row = self._rows.rows[position]
            self._rows.setAccessibleName(f"{row.number} {row.name} {row.answered}/{row.total}")
            middle = self._rows.row_rect(position).center()
            self.ensureVisible(middle.x(), middle.y(), 0, self._rows.row_height())

    def current(self) -> int:
        return self._rows.current

    def rows(self) -> tuple[OutlineRow, ...]:
        return self._rows.rows

    def row_center(self, position: int) -> QPointF:
        """Where to click for a section, in the coordinates of `widget()`."""
        return QPointF(self._rows.row_rect(position).center())


class OutlineList(_Outline):
    """Sections with their names and cells, 56 high each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_FullRows(), parent)


class CompactOutline(_Outline):
    """Sections as numbers in rings, for windows below 1200 px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_RingRows(), parent)
        self.take_theme()
        theme().changed.connect(self.take_theme)

    @Slot()
    def take_theme(self) -> None:
        self.setFixedWidth(theme().px(64))


class OutlineLegend(Painted):
    """What the cells mean, with how many there are of each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = (0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, done: int, unanswered: int, problems: int, vetoes: int) -> None:
        self._counts = (done, unanswered, problems, vetoes)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(210), self.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        words = (self.tr("已答"), self.tr("未答"), self.tr("问题"), self.tr("否决项未答"))
        states = ("done", "open", "problem", "veto")
        for number, (state, word, count) in enumerate(zip(states, words, self._counts, strict=True)):
            left = float(self.px(100)) if number % 2 else 0.0
            top = self.px(30) * (number // 2)
            area = QRectF(left + self.px(18), top, self.px(110), self.px(30))
            paint.cell(painter, state, left, area.center().y(), self.px(9))
            used = paint.text(painter, area, word, "text2", SIZE_META)
            area.setLeft(area.left() + used + self.px(6))
            paint.text(painter, area, str(count), "text", SIZE_META, bold=True)
        painter.end()
