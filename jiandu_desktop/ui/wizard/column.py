"""The rows of one section, placed by hand; in a long section only those near the window are built."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.factory import fits
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.wizard.entries import Entry, EntryKind
from jiandu_desktop.ui.wizard.headings import GroupHeading, RepeatFoot
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.problem_card import ProblemCard
from jiandu_desktop.ui.wizard.row_words import LEFT, RIGHT, ItemView
from jiandu_desktop.ui.wizard.table_parts import END_WIDTH, TableEnd, TableHeads

MOST_BUILT_AT_ONCE = 80
"""A section of up to this many lines is built whole; of a longer one what is near the window."""

AHEAD = 900
"""Logical pixels above and below the window in which rows are built before they come into sight."""

FOOT = 72
"""What lies below the last item, and is left below the one in hand: as high as a toast, which covers no item then."""

Extra = GroupHeading | RepeatFoot | TableHeads | TableEnd
Line = ItemRow | Extra


class Column(QWidget):
    """An answer that changes no height moves nothing; a row that was never near the window costs nothing."""

    height_changed = Signal()

    def __init__(
        self,
        section: str,
        pictures: Pictures,
        today: date,
        card_maker: Callable[[], ProblemCard],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.section = section
        self.rows: dict[str, ItemRow] = {}
        self._extras: dict[str, Extra] = {}
        self._places: dict[str, int] = {}
        self._tops: list[int] = []
        self._pictures = pictures
        self._today = today
        self._card_maker = card_maker
        self._view_of: Callable[[str], ItemView] | None = None
        self._wire: Callable[[QWidget], None] = lambda widget: None
        self._shown: set[str] = set()
        self.entries: tuple[Entry, ...] = ()
        self.shown_refs: tuple[str, ...] = ()
        self.stale = True
        theme().changed.connect(self.take_theme)

    def show_entries(
        self, entries: Sequence[Entry], view_of: Callable[[str], ItemView], wire: Callable[[QWidget], None]
    ) -> None:
        """Hides what is gone, shows each row's present state and builds what is new near the window."""
        self.stale = False
        before = {self.entries[place].key for place in self._places.values()}
        self.entries = tuple(entries)
        self._view_of, self._wire = view_of, wire
        self._places = {entry.key: place for place, entry in enumerate(self.entries)}
        for key, row in self.rows.items():
            if key not in self._places and not row.isHidden():
                row.hide()
        for key, extra in list(self._extras.items()):
            if key not in self._places:
                extra.hide()
                extra.deleteLater()
                del self._extras[key]
        shown, self._shown = self._shown, set()
        for place, entry in enumerate(self.entries):
            if len(self.entries) <= MOST_BUILT_AT_ONCE or entry.key in shown or (not before and place < 12):
                self._build(entry)
        self.arrange()

    @Slot()
    def take_theme(self) -> None:
        """Text and control sizes changed: every row is measured again, once all have taken the theme."""
        QTimer.singleShot(0, self, self._measure_again)

    @Slot()
    def _measure_again(self) -> None:
        for row in self.rows.values():
            row.forget_fit()
        self.height_changed.emit()

    def refs(self) -> list[str]:
        """The items in order, headings left out."""
        return [entry.ref for entry in self.entries if entry.kind is EntryKind.ITEM]

    def beside(self, ref: str, step: int) -> str:
        """The item one up or down: in a table the one in the same column; "" where there is none."""
        refs = self.refs()
        place = self._places.get(ref)
        if place is None:
            return refs[0] if refs else ""
        cell = self.entries[place].cell
        place += step
        while 0 <= place < len(self.entries):
            entry = self.entries[place]
            if entry.kind is EntryKind.ITEM and (cell is None or entry.cell is None or entry.cell == cell):
                return entry.ref
            place += step
        return ""

    def in_table(self, ref: str) -> Entry | None:
        """The item's entry where it stands in a table."""
        place = self._places.get(ref)
        return self.entries[place] if place is not None and self.entries[place].cell is not None else None

    def built(self, ref: str) -> ItemRow | None:
        """The item's row if there is one already."""
        return self.rows.get(ref) if ref in self._shown else None

    def row(self, ref: str) -> ItemRow | None:
        """The item's row, built now if it never came near the window; None for an item that is not shown."""
        place = self._places.get(ref)
        if place is None or self.entries[place].kind is not EntryKind.ITEM:
            return None
        if ref not in self._shown:
            self._build(self.entries[place])
            self.arrange()
        return self.rows[ref]

    def is_whole(self) -> bool:
        """Whether every line is built."""
        return len(self._shown) == len(self.entries)

    def build_near(self, top: int, bottom: int) -> bool:
        """Builds what stands between these heights; True when there was anything new."""
        if self.is_whole():
            return False
        first = max(bisect.bisect_right(self._tops, top) - 1, 0)
        last = bisect.bisect_left(self._tops, bottom)
        new = [entry for entry in self.entries[first:last] if entry.key not in self._shown]
        for entry in new:
            self._build(entry)
        if new:
            self.arrange()
        return bool(new)

    def at(self, y: int) -> tuple[str, int]:
        """The line at a height and how far below its top that is."""
        if not self._tops:
            return "", 0
        place = max(bisect.bisect_right(self._tops, y) - 1, 0)
        return self.entries[place].key, y - self._tops[place]

    def top_of(self, key: str) -> int:
        place = self._places.get(key)
        return 0 if place is None else self._tops[place]

    def arrange(self) -> None:
        """Puts everything at its place for the present width."""
        width, y = self.width(), 0
        usual = theme().tokens.item_row + 1
        self._tops = []
        for row, group in itertools.groupby(self.entries, key=lambda entry: entry.row):
            if row:
                y += self._arrange_cells(list(group), width, y)
                continue
            for entry in group:
                self._tops.append(y)
                if entry.key in self._shown:
                    y += _put(self._line(entry.key), 0, y, width)
                else:
                    y += usual
        total = y + theme().px(FOOT)
        if total != self.height():
            self.setFixedHeight(total)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.Show):
            # The style sheet takes this off at every polish; without it each scroll paints all rows again.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().color("surface"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self.arrange()
            self.height_changed.emit()

    def _arrange_cells(self, line: list[Entry], width: int, y: int) -> int:
        """One line of a table: its cells side by side, all as high as the highest; returns that height."""
        self._tops.extend([y] * len(line))
        height = theme().tokens.item_row
        for entry in line:
            if entry.key not in self._shown:
                continue
            left, cell = cell_span(entry, width)
            height = max(height, _put(self._line(entry.key), left, y, cell))
        return height

    def _line(self, key: str) -> Line:
        return self.rows.get(key) or self._extras[key]

    def _build(self, entry: Entry) -> None:
        """Makes the line if it is new, and shows its present state."""
        widget: Line
        if entry.kind is EntryKind.ITEM:
            assert self._view_of is not None
            view = self._view_of(entry.ref)
            widget, fresh = self._item(entry, view)
            widget.show_view(view)
            if fresh:
                self._wire(widget)
        else:
            widget = self._extra(entry)
            widget.show_entry(entry)
        self._shown.add(entry.key)
        widget.show()

    def _item(self, entry: Entry, view: ItemView) -> tuple[ItemRow, bool]:
        row = self.rows.get(entry.ref)
        if row is not None and row.kind is view.question.kind and fits(row.field, view.question):
            return row, False
        if row is not None:
            row.hide()
            row.deleteLater()
        row = ItemRow(view.question, self._pictures, self._today, self._card_maker, self)
        row.cell = entry.cell
        self.rows[entry.ref] = row
        return row, True

    def _extra(self, entry: Entry) -> Extra:
        extra = self._extras.get(entry.key)
        if extra is None:
            if entry.kind is EntryKind.HEADS:
                extra = TableHeads(self)
            elif entry.row:
                extra = TableEnd(self)
            else:
                extra = RepeatFoot(self) if entry.kind is EntryKind.ADD else GroupHeading(self)
            self._wire(extra)
            self._extras[entry.key] = extra
        return extra


def cell_span(entry: Entry, width: int) -> tuple[int, int]:
    """Left edge and width of a cell, or of what stands at the end of its line."""
    end = theme().px(END_WIDTH)
    if entry.cell is None:
        return width - RIGHT - end, end
    place, columns = entry.cell
    each = (width - LEFT - RIGHT - end) / columns
    return LEFT + round(place * each), round((place + 1) * each) - round(place * each)


def _put(widget: Line, left: int, top: int, width: int) -> int:
    """Lays a line out and moves it to its place; returns its height."""
    height = widget.fit(width)
    if widget.geometry().getRect() != (left, top, width, height):
        widget.setGeometry(left, top, width, height)
    return height
