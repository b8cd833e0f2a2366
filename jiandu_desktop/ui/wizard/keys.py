"""Every key of the room and what it does; 帮助 and the tooltips print the same keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Worked(Protocol):
    """What the room, a widget, can be told to do."""

    wordings: Any
    frame: Any

    def next_unanswered(self) -> None: ...
    def previous_unanswered(self) -> None: ...
    def open_note(self) -> None: ...
    def choose_photo(self) -> None: ...
    def start_search(self) -> None: ...
    def next_section(self) -> None: ...
    def answer_rest(self) -> None: ...
    def look_at_owed(self) -> None: ...
    def go_back(self) -> None: ...
    def escape(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def paste(self) -> None: ...
    def go_to_place(self, place: int) -> None: ...


def add_keys(room: Worked) -> None:
    """Gives the room its keys, which hold wherever in it the keyboard is."""
    for key, act in _keys(room):
        shortcut = QShortcut(QKeySequence(key), cast(QWidget, room))
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


def _keys(room: Worked) -> Iterator[tuple[str | QKeySequence.StandardKey, Callable[[], object]]]:
    yield "F8", room.next_unanswered
    yield "Shift+F8", room.previous_unanswered
    yield "Ctrl+D", room.open_note
    yield "Ctrl+P", room.choose_photo
    yield "Ctrl+K", room.wordings.open_here
    yield "Ctrl+F", room.start_search
    yield "Ctrl+Return", room.next_section
    yield "Ctrl+Enter", room.next_section
    yield "Ctrl+Shift+Return", room.answer_rest
    yield "F6", room.look_at_owed
    yield "F4", room.frame.toggle_reference
    yield "Alt+Left", room.go_back
    yield "Esc", room.escape
    yield QKeySequence.StandardKey.Undo, room.undo
    yield "Ctrl+Y", room.redo
    yield "Ctrl+Shift+Z", room.redo
    yield QKeySequence.StandardKey.Paste, room.paste
    for place in range(10):
        yield f"Alt+{(place + 1) % 10}", partial(room.go_to_place, place)
