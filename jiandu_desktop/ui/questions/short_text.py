"""One-line fields that know the room: Enter goes on, Ctrl+Z without own changes is the room's, leaving commits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_ROOM_KEYS = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_D, Qt.Key.Key_P, Qt.Key.Key_F, Qt.Key.Key_K))
"""With Ctrl. A text field would take some of them for itself on some platforms."""


class RoomLineEdit(QLineEdit):
    """A QLineEdit of the window's control height."""

    left = Signal()
    """The focus went elsewhere, not merely into a menu or another window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # what is dropped here is a photo for the item, not the words of its path

    def set_warning(self, on: bool) -> None:
        """An ochre edge: there is a line below that says why."""
        state = "warning" if on else ""
        if (self.property("state") or "") != state:
            self.setProperty("state", state)
            self.style().unpolish(self)
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        if is_the_rooms(event, self.isUndoAvailable(), self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # Qt hands it on to the list, which would go on once more and leave out an item

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()


def is_the_rooms(event: QEvent, undo_available: bool, redo_available: bool) -> bool:
    """Whether a key pressed in a text field is meant for the room: its own commands, an undo or redo where the field
    has none of its own, and pasting a picture or a file."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return not undo_available
    if event.matches(QKeySequence.StandardKey.Redo):
        return not redo_available
    if event.matches(QKeySequence.StandardKey.Paste):
        clip = QGuiApplication.clipboard().mimeData()
        # Files come with their paths as text, a cell or a page of Word with a picture of itself.
        return any(url.isLocalFile() for url in clip.urls()) or (clip.hasImage() and not clip.hasFormat("text/plain"))
    return event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _ROOM_KEYS
