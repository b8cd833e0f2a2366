"""The scrolling list of one section's items: keeps scroll and focus while items appear, vanish and grow."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QScrollBar, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.wizard.entries import Entry, EntryKind
from jiandu_desktop.ui.wizard.headings import GroupHeading, RepeatFoot
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.problem_card import ProblemCard
from jiandu_desktop.ui.wizard.row_words import ItemView

BAR_WIDTH = 10


class Column(QWidget):
    """The rows of one section, placed by hand: an answer that changes no height moves nothing."""

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
        self._extras: dict[str, GroupHeading | RepeatFoot] = {}
        self._order: list[str] = []
        self._pictures = pictures
        self._today = today
        self._card_maker = card_maker
        self.entries: tuple[Entry, ...] = ()
        self.shown_refs: tuple[str, ...] = ()
        self.stale = True
        theme().changed.connect(self.take_theme)

    def show_entries(
        self, entries: Sequence[Entry], view_of: Callable[[str], ItemView], wire: Callable[[QWidget], None]
    ) -> None:
        """Makes what is new, hides what is gone, shows each row's present state."""
        self.stale = False
        self.entries = tuple(entries)
        wanted = {entry.key for entry in entries}
        for key, row in self.rows.items():
            if key not in wanted and not row.isHidden():
                row.hide()
        for key, extra in list(self._extras.items()):
            if key not in wanted:
                extra.hide()
                extra.deleteLater()
                del self._extras[key]
        for entry in entries:
            widget: ItemRow | GroupHeading | RepeatFoot
            if entry.kind is EntryKind.ITEM:
                view = view_of(entry.ref)
                widget = self._item(entry.ref, view, wire)
                widget.show_view(view)
            else:
                widget = self._extra(entry, wire)
                widget.show_entry(entry)
            widget.show()
        self._order = [entry.key for entry in entries]
        self.chain()
        self.arrange()

    @Slot()
    def take_theme(self) -> None:
        """Text and control sizes changed: every row is measured again, once all have taken the theme."""
        QTimer.singleShot(0, self, self.height_changed.emit)

    def refs(self) -> list[str]:
        """The items in order, headings left out."""
        return [entry.ref for entry in self.entries if entry.kind is EntryKind.ITEM]

    def row(self, ref: str) -> ItemRow | None:
        row = self.rows.get(ref)
        return row if row is not None and ref in self._order else None

    def chain(self) -> None:
        """Tab leads through what is shown from top to bottom, through an opened note or card too."""
        stops = [stop for key in self._order for stop in _stops(self.rows.get(key) or self._extras[key])]
        for before, after in itertools.pairwise(stops):
            if before.nextInFocusChain() is not after:
                QWidget.setTabOrder(before, after)

    def arrange(self) -> None:
        """Puts everything at its place for the present width."""
        width, y = self.width(), 0
        for key in self._order:
            widget = self.rows.get(key) or self._extras[key]
            height = widget.fit(width)
            if widget.geometry().getRect() != (0, y, width, height):
                widget.setGeometry(0, y, width, height)
            y += height
        total = y + theme().px(24)
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

    def _item(self, ref: str, view: ItemView, wire: Callable[[QWidget], None]) -> ItemRow:
        row = self.rows.get(ref)
        if row is None or row.kind is not view.question.kind:
            if row is not None:
                row.hide()
                row.deleteLater()
            row = ItemRow(view.question, self._pictures, self._today, self._card_maker, self)
            wire(row)
            self.rows[ref] = row
        return row

    def _extra(self, entry: Entry, wire: Callable[[QWidget], None]) -> GroupHeading | RepeatFoot:
        extra = self._extras.get(entry.key)
        if extra is None:
            extra = RepeatFoot(self) if entry.kind is EntryKind.ADD else GroupHeading(self)
            wire(extra)
            self._extras[entry.key] = extra
        return extra


class ItemList(QScrollArea):
    """One section's column in a scroll area; knows which item is in hand."""

    current_changed = Signal(str)
    scrolled = Signal()
    go_on = Signal(str)
    """Enter on an item that needs nothing more: on to the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The bar stands in a margin that is always kept: the strips end at the same edge with and without it, and
        # nothing overlaps the viewport, so that scrolling moves pixels instead of painting every row again.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, 0, BAR_WIDTH, 0)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._show_bar)
        self._bar.valueChanged.connect(self.verticalScrollBar().setValue)
        self.setWidgetResizable(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.current = ""
        self._column: Column | None = None
        self._holding = False
        self.verticalScrollBar().valueChanged.connect(self._scroll_changed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    @property
    def column(self) -> Column | None:
        return self._column

    def show_column(self, column: Column) -> None:
        """Another section; the former one's widgets are kept for the way back."""
        if column is self._column:
            return
        if self._column is not None:
            old = self.takeWidget()
            self._column.height_changed.disconnect(self._column_grew)
            if old is not None:
                old.setParent(self)  # hidden, and kept for the way back
        self._column = column
        column.resize(self.viewport().width(), column.height())
        column.arrange()
        self.setWidget(column)
        column.show()
        column.height_changed.connect(self._column_grew)

    def row(self, ref: str) -> ItemRow | None:
        return self._column.row(ref) if self._column is not None else None

    def set_current(self, ref: str) -> None:
        """Marks the item in hand; the keyboard stays where it is."""
        if ref == self.current:
            return
        before = self.row(self.current)
        if before is not None:
            before.set_current(False)
        self.current = ref
        row = self.row(ref)
        if row is not None:
            row.set_current(True)
        self.current_changed.emit(ref)

    def go_to(self, ref: str, focus: bool = True) -> None:
        """Makes the item current, brings it wholly into sight and gives it the keyboard."""
        row = self.row(ref)
        if row is None:
            return
        self.set_current(ref)
        row.set_current(True)
        if focus:
            row.focus_field()
        self.reveal(row)

    def reveal(self, row: ItemRow) -> None:
        """Scrolls as little as brings the row into sight, its head first when it is taller than the window."""
        bar = self.verticalScrollBar()
        top, bottom = row.y(), row.y() + row.height()
        room = theme().px(8)
        if bottom + room > bar.value() + self.viewport().height():
            bar.setValue(bottom + room - self.viewport().height())
        if top - room < bar.value():
            bar.setValue(max(0, top - room))

    def hold(self, change: Callable[[], None]) -> None:
        """Carries out `change` so that the item in hand stays where it is on the screen."""
        row = self.row(self.current)
        bar = self.verticalScrollBar()
        before = row.y() - bar.value() if row is not None and not row.isHidden() else None
        self._holding = True
        try:
            change()
        finally:
            self._holding = False
        row = self.row(self.current)
        if before is not None and row is not None and not row.isHidden():
            wanted = row.y() - before
            if wanted != bar.value():
                bar.setValue(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - BAR_WIDTH, 0, BAR_WIDTH, self.height())
        self._show_bar()
        if self._column is not None and self._column.width() != self.viewport().width():
            column = self._column

            def refit() -> None:
                column.resize(self.viewport().width(), column.height())

            self.hold(refit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        row = self.row(self.current)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if plain and step is not None:
            self.step(step)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on.emit(self.current)
        elif plain and row is not None and event.text() and not row.holds_text_focus() and row.take_key(event.text()):
            return
        else:
            event.ignore()

    def step(self, step: int) -> None:
        """One item up or down, wherever in the row the keyboard is."""
        refs = self._column.refs() if self._column is not None else []
        if not refs:
            return
        place = refs.index(self.current) + step if self.current in refs else 0
        if 0 <= place < len(refs):
            self.go_to(refs[place])

    @Slot(QWidget, QWidget)
    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        del old
        if now is None or self._column is None or not self._column.isAncestorOf(now):
            return
        widget: QWidget | None = now
        while widget is not None and not isinstance(widget, ItemRow):
            widget = widget.parentWidget()
        if isinstance(widget, ItemRow):
            self.set_current(widget.ref)
            widget.set_current(True)
            QTimer.singleShot(0, self, lambda focus=now: self._see(focus))

    def _see(self, focus: QWidget) -> None:
        """Tab may lead to a field out of sight: it is scrolled to, whichever part of a card it is."""
        if self._column is None or not self._column.isAncestorOf(focus) or not focus.hasFocus():
            return
        top = focus.mapTo(self._column, QPoint(0, 0)).y()
        bar = self.verticalScrollBar()
        room = theme().px(10)
        if top + focus.height() + room > bar.value() + self.viewport().height():
            bar.setValue(top + focus.height() + room - self.viewport().height())
        if top - room < bar.value():
            bar.setValue(max(0, top - room))

    @Slot()
    def _column_grew(self) -> None:
        column = self._column
        if column is not None and not self._holding:
            self.hold(column.arrange)

    @Slot()
    def _show_bar(self) -> None:
        own = self.verticalScrollBar()
        self._bar.setRange(own.minimum(), own.maximum())
        self._bar.setPageStep(self.viewport().height())
        self._bar.setSingleStep(theme().px(24))
        self._bar.setValue(own.value())
        self._bar.setVisible(own.maximum() > 0)

    @Slot(int)
    def _scroll_changed(self, value: int) -> None:
        self._bar.setValue(value)
        self.scrolled.emit()


def _stops(widget: ItemRow | GroupHeading | RepeatFoot) -> list[QWidget]:
    """Where Tab halts in a row: the field, then what opened below it, each in reading order."""
    parts: list[QWidget] = [widget]
    if isinstance(widget, ItemRow):
        opened = (widget.field, widget.keep_link, widget.note, widget.photos, widget.card)
        parts = [part for part in opened if part is not None]
    found = [inner for part in parts for inner in [part, *part.findChildren(QWidget)]]
    window = widget.window()  # the list that drops from a combo box is a window of its own
    return [
        inner
        for inner in found
        if inner.focusPolicy() & Qt.FocusPolicy.TabFocus and inner.focusProxy() is None and inner.window() is window
    ]
