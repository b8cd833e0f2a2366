"""Painting of a table's cells and head from the tokens: one painter per kind of column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets import steps
from jiandu_desktop.ui.widgets.table_model import ROW_ROLE, Bar, Column, Due, GroupHead, Index, RowsModel, State

EDGE, PAD = 16, 8
"""Inset of hairlines and outer columns; padding between inner columns."""

BOLD_COUNT = 3
"""From this count on a number is bold: many open problems at one school."""


class Look:
    """How one row is to be drawn."""

    __slots__ = ("faded", "selected")

    def __init__(self, selected: bool, faded: bool) -> None:
        self.selected = selected
        self.faded = faded


class CellDelegate(QStyledItemDelegate):
    """Draws every cell of a DataTable; hairlines are inset, the selected row has a bar at its left."""

    def __init__(self, view: QAbstractItemView, model: RowsModel) -> None:
        super().__init__(view)
        self._model = model
        self.first = 0
        self.last = len(model.columns) - 1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(_rect(option))
        selected = bool(_state(option) & QStyle.StateFlag.State_Selected)
        column = self._model.columns[index.column()]
        row = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = index.column() == self.first, index.column() == self.last
        if selected:
            painter.fillRect(area, theme().color("accent_soft"))
            if first:
                painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), theme().color("accent"))
        else:
            left = area.left() + (EDGE if first else 0)
            paint.hairline(painter, left, area.right() - (EDGE if last else 0), area.bottom() - 1)
        if isinstance(row, GroupHead):
            _draw_group(painter, area, _whole_row(option, area), row)
            painter.restore()
            return
        look = Look(selected, self._model.is_faded(index.row()))
        PAINTERS[column.kind](painter, content(area, first, last), column, row, look)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._model.columns[index.column()].width, theme().tokens.table_row)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole text, where the cell shows only part of it."""
        words = str(index.data() or "")
        first, last = index.column() == self.first, index.column() == self.last
        room = content(QRectF(_rect(option)), first, last).width()
        if paint.text_width(words) > room:
            QToolTip.showText(event.globalPos(), words, view)
        else:
            QToolTip.hideText()
        return True


class TableHead(QHeaderView):
    """Column titles 12 high in text2; the sorted one has an arrow behind its word."""

    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = model.columns
        self.first = 0
        self.last = len(model.columns) - 1
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().tokens.table_head)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        area = QRectF(rect)
        paint.hairline(painter, area.left(), area.right(), area.bottom() - 1)
        inner = content(area, section == self.first, section == self.last)
        column = self._columns[section]
        arrow = ""
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            arrow = "chevron-down" if down else "chevron-up"
        right = column.is_right
        if right and arrow:
            inner.setRight(inner.right() - 14)
        used = paint.text(painter, inner, column.title, "text2", SIZE_META, align="right" if right else "left")
        if arrow:
            left = inner.right() + 1 if right else inner.left() + used + 4
            paint.icon(painter, arrow, left, inner.center().y(), 14, "text2")
        painter.restore()


def content(area: QRectF, first: bool, last: bool) -> QRectF:
    """The part of a cell that holds words."""
    return area.adjusted(EDGE if first else PAD, 0, -(EDGE if last else PAD), 0)


def _rect(option: Any) -> QRect:
    """The stubs of Qt do not list the fields of style options."""
    rect: QRect = option.rect
    return rect


def _state(option: Any) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state


def _tone(column: Column, row: Any, look: Look) -> str:
    if look.faded:
        return "text2"
    return column.tone if isinstance(column.tone, str) else column.tone(row)


def _draw_plain(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    paint.text(painter, area, column.text(row), _tone(column, row, look), SIZE_TEXT)


def _draw_strong(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    paint.text(painter, area, column.text(row), _tone(column, row, look), SIZE_TEXT, bold=True)


def _draw_name(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    paint.text(painter, area, column.text(row), _tone(column, row, look), SIZE_TEXT, look.selected, middle=True)


def _draw_sentence(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    paint.text(painter, area, column.text(row), _tone(column, row, look), SIZE_TEXT, look.selected)


def _draw_number(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    paint.text(painter, area, column.text(row), _tone(column, row, look), SIZE_TEXT, align="right")


def _draw_count(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    count = int(column.value(row)) if column.value is not None else int(column.text(row) or 0)
    if count == 0:
        paint.text(painter, area, "—", "text3", SIZE_TEXT, align="right")
        return
    bold = count >= BOLD_COUNT and not look.faded
    paint.text(painter, area, column.text(row), _tone(column, row, look), SIZE_TEXT, bold, align="right")


def _draw_due(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    due = column.value(row) if column.value is not None else None
    if not isinstance(due, Due) or due.day is None:
        paint.text(painter, area, "—", "text3", SIZE_TEXT)
        return
    late, today = due.tone == "late", due.tone == "today"
    color = "text2" if look.faded else "red" if late else "text"
    used = paint.text(painter, area, due.short, color, SIZE_TEXT, late or today)
    behind = area.adjusted(used + theme().px(8), 0, 0, 0)
    if behind.width() > theme().px(20):
        color = "red" if late else "caution" if today else "text2"
        paint.text(painter, behind, due.distance, color, SIZE_META, late or today)


def _draw_state(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    state = column.value(row) if column.value is not None else None
    if not isinstance(state, State):
        return
    size = theme().px(12)
    mark = theme().px(14) if state.mark in ("check", "squiggle") else size
    paint.icon(painter, state.mark, area.left() + (size - mark) / 2, area.center().y(), mark, state.tone)
    word = area.adjusted(theme().px(20), 0, 0, 0)
    paint.text(painter, word, state.word, state.tone, SIZE_TEXT, bold=look.selected)


def _draw_bar(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    value = column.value(row) if column.value is not None else None
    if not isinstance(value, Bar):
        return
    behind = min(area.width() * 0.5, theme().px(84))
    track = QRectF(area.left(), area.center().y() - 3, area.width() - behind, 6)
    paint.rounded(painter, track, 3, "track")
    if value.share > 0:
        filled = max(6.0, track.width() * value.share)
        paint.rounded(painter, QRectF(track.left(), track.top(), filled, 6), 3, "accent")
    words = area.adjusted(track.width() + theme().px(10), 0, 0, 0)
    paint.text(painter, words, value.words, "text", SIZE_TEXT, look.selected, align="right")


def _whole_row(option: Any, area: QRectF) -> QRectF:
    """The row from edge to edge of the table: what is drawn over all cells is drawn once in each, cut to it."""
    return QRectF(0, area.top(), option.widget.viewport().width(), area.height())


def _draw_group(painter: QPainter, area: QRectF, row: QRectF, head: GroupHead) -> None:
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    inner = row.adjusted(EDGE, 0, -EDGE, 0)
    paint.icon(
        painter, "chevron-right" if head.folded else "chevron-down", inner.left(), inner.center().y(), 16, "text2"
    )
    words = inner.adjusted(theme().px(24), 0, -theme().px(200), 0)
    used = paint.text(painter, words, head.word, "text", SIZE_TEXT, bold=True, middle=True)
    behind = inner.adjusted(theme().px(24) + used + theme().px(10), 0, 0, 0)
    used = paint.text(painter, behind, str(head.count), "text2", SIZE_META)
    if head.late:
        late = QCoreApplication.translate("Table", "逾期 {count}").format(count=head.late)
        paint.text(painter, behind.adjusted(used + theme().px(12), 0, 0, 0), late, "red", SIZE_META, bold=True)


def _draw_steps(painter: QPainter, area: QRectF, column: Column, row: Any, look: Look) -> None:
    value = column.value(row) if column.value is not None else None
    if isinstance(value, steps.Steps):
        steps.draw(painter, area, value, look.faded)


PAINTERS: dict[str, Callable[[QPainter, QRectF, Column, Any, Look], None]] = {
    "plain": _draw_plain,
    "strong": _draw_strong,
    "name": _draw_name,
    "sentence": _draw_sentence,
    "number": _draw_number,
    "count": _draw_count,
    "due": _draw_due,
    "state": _draw_state,
    "steps": _draw_steps,
    "bar": _draw_bar,
}
