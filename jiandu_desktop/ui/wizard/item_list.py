"""The scrolling list of one section's items: keeps scroll and focus while items appear, vanish and grow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QScrollBar, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.wizard.column import AHEAD, FOOT, Column
from jiandu_desktop.ui.wizard.item_row import ItemRow

BAR_WIDTH = 10

AHEAD_MS = 60
"""After so long without a scroll the rows next to the window are built."""


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
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(AHEAD_MS)
        self._ahead.timeout.connect(self._build_ahead)
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
        self.build_seen()
        column.height_changed.connect(self._column_grew)

    def row(self, ref: str) -> ItemRow | None:
        return self._column.row(ref) if self._column is not None else None

    def set_current(self, ref: str) -> None:
        """Marks the item in hand; the keyboard stays where it is."""
        if ref == self.current:
            return
        before = self._built(self.current)
        if before is not None:
            before.set_current(False)
        self.current = ref
        row = self._built(ref)
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
        self.reveal(row)
        if self.build_seen():
            self.reveal(row)
        if focus:
            row.focus_field()

    def reveal(self, row: ItemRow) -> None:
        """Scrolls as little as brings the row into sight, its head first when it is taller than the window."""
        bar = self.verticalScrollBar()
        top, bottom = row.y(), row.y() + row.height()
        room = theme().px(8)
        below = max(room, min(theme().px(FOOT), self.viewport().height() - row.height() - room))
        if bottom + below > bar.value() + self.viewport().height():
            bar.setValue(bottom + below - self.viewport().height())
        if top - room < bar.value():
            bar.setValue(max(0, top - room))

    def hold(self, change: Callable[[], None]) -> None:
        """Carries out `change` so that the item in hand stays where it is on the screen."""
        row = self._built(self.current)
        bar = self.verticalScrollBar()
        before = row.y() - bar.value() if row is not None and not row.isHidden() else None
        self._holding = True
        try:
            change()
        finally:
            self._holding = False
        row = self._built(self.current)
        if before is not None and row is not None and not row.isHidden():
            wanted = row.y() - before
            if wanted != bar.value():
                bar.setValue(wanted)

    def build_seen(self, ahead: int = 0) -> bool:
        """Builds what is in the window, and what is `ahead` of it, so that what is seen stays where it is.

        True when there was any; what comes next is built once the keyboard rests.
        """
        self._ahead.start()
        column = self._column
        if column is None or self._holding:
            return False
        bar, built = self.verticalScrollBar(), False
        for _ in range(4):
            top = bar.value()
            key, below = column.at(top)
            self._holding = True
            try:
                new = column.build_near(top - ahead, top + self.viewport().height() + ahead)
            finally:
                self._holding = False
            if not new:
                break
            built = True
            bar.setValue(column.top_of(key) + below)
        return built

    def _is_seen(self, height: int) -> bool:
        """Whether any of the item in hand is in a window of this height, in which it should then stay."""
        row = self._built(self.current)
        top = self.verticalScrollBar().value()
        return row is not None and top < row.y() + row.height() and row.y() < top + height

    @Slot()
    def _build_ahead(self) -> None:
        column = self._column
        if column is not None and not column.is_whole():
            self.build_seen(AHEAD)
            self._ahead.stop()

    def _built(self, ref: str) -> ItemRow | None:
        return self._column.built(ref) if self._column is not None else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        seen = self._is_seen(event.oldSize().height())
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - BAR_WIDTH, 0, BAR_WIDTH, self.height())
        self._show_bar()
        if self._column is not None and self._column.width() != self.viewport().width():
            column = self._column

            def refit() -> None:
                column.resize(self.viewport().width(), column.height())

            self.hold(refit)
        self.build_seen()
        row = self._built(self.current)
        if row is not None and seen:
            self.reveal(row)

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
        if self._column is None or not self._column.refs():
            return
        there = self._column.beside(self.current, step)
        if there:
            self.go_to(there)

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
            self.build_seen()

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
        self.build_seen()
        self.scrolled.emit()
