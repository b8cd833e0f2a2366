"""What a screen reader is told of a window, control by control."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget

from jiandu_desktop.ui.widgets import answer_access

CONTROLS = frozenset(
    (
        QAccessible.Role.Button,
        QAccessible.Role.PushButton,
        QAccessible.Role.ButtonMenu,
        QAccessible.Role.ButtonDropDown,
        QAccessible.Role.CheckBox,
        QAccessible.Role.RadioButton,
        QAccessible.Role.ComboBox,
        QAccessible.Role.EditableText,
        QAccessible.Role.SpinBox,
        QAccessible.Role.Slider,
        QAccessible.Role.Dial,
        QAccessible.Role.List,
        QAccessible.Role.Table,
        QAccessible.Role.Tree,
        QAccessible.Role.Link,
        QAccessible.Role.Graphic,
        QAccessible.Role.PageTabList,
        QAccessible.Role.ProgressBar,
        QAccessible.Role.MenuItem,
    )
)


def unnamed(widget: QWidget) -> list[str]:
    """Controls in a widget that are shown and have no name, and stops of the Tab key without one."""
    answer_access.install()
    face = QAccessible.queryAccessibleInterface(widget)
    found = [f"{path} ({role.name})" for path, role, name in _told(face, type(widget).__name__) if not name.strip()]
    for stop in widget.findChildren(QWidget):
        if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.focusProxy() is None:
            told = QAccessible.queryAccessibleInterface(stop)
            if not _is_inner(stop) and not told.text(QAccessible.Text.Name).strip():
                found.append(f"{type(stop.parentWidget()).__name__}/{type(stop).__name__} (Tab)")
    return found


def _told(face: QAccessibleInterface, path: str, depth: int = 0) -> Iterator[tuple[str, QAccessible.Role, str]]:
    if face is None or not face.isValid() or face.state().invisible or depth > 40:
        return
    thing = face.object()
    kind = type(thing).__name__ if thing is not None else face.role().name
    where = f"{path}/{kind}" if depth else path
    role = face.role()
    if role in CONTROLS and not _is_inner(thing):
        yield where, role, face.text(QAccessible.Text.Name)
    if role in (QAccessible.Role.Table, QAccessible.Role.Tree, QAccessible.Role.List, QAccessible.Role.ComboBox):
        return  # its cells are its content
    for place in range(face.childCount()):
        yield from _told(face.child(place), where, depth + 1)


def _is_inner(thing: object) -> bool:
    """A part of a control that the control itself speaks for: the field of a spin box, the cross in a field."""
    parent = thing.parentWidget() if isinstance(thing, QWidget) else None
    return isinstance(parent, QAbstractSpinBox | QLineEdit)
