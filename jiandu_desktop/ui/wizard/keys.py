"""Every key of the room and what it does; 帮助 and the tooltips print the same keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from jiandu_desktop.ui.wizard.room import WizardRoom


def add_keys(room: WizardRoom) -> None:
    """Gives the room its keys, which hold wherever in it the keyboard is."""
    for key, act in _keys(room):
        shortcut = QShortcut(QKeySequence(key), room)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)


def _keys(room: WizardRoom) -> Iterator[tuple[str | QKeySequence.StandardKey, Callable[[], object]]]:
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
