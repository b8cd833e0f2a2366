"""What a screen reader meets on the answer strip: a group with one radio button per key.

Qt allows null where its stubs name an interface; such overrides return Any.

install()     once per program; the faces are made only when an assistive program asks for them
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid


class Choice(Protocol):
    """One key."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...


class Strip(Protocol):
    """What the faces need of the answer strip, which is also a QWidget."""

    is_answer_strip: bool

    @property
    def choices(self) -> tuple[Choice, ...]: ...
    @property
    def is_read_only(self) -> bool: ...
    def value(self) -> str | None: ...
    def segments(self) -> list[QRectF]: ...


_installed = False
_faces: list[QAccessibleInterface] = []
"""Qt keeps plain pointers to faces without an object of their own, so that these must outlive it."""


def install() -> None:
    """Tells Qt how to describe answer strips."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_face_of)


def _face_of(key: str, thing: QObject) -> QAccessibleInterface | None:
    if getattr(thing, "is_answer_strip", False):
        return _StripFace(cast(QWidget, thing))
    return None


class _StripFace(QAccessibleWidget):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Grouping, widget.accessibleName())
        strip = cast(Strip, widget)
        self._keys = [_KeyFace(widget, strip, number) for number in range(len(strip.choices))]
        _faces.append(self)
        _faces.extend(self._keys)

    def childCount(self) -> int:
        return len(self._keys)

    def child(self, index: int) -> Any:
        return self._keys[index] if 0 <= index < len(self._keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return self._keys.index(child) if isinstance(child, _KeyFace) and child in self._keys else -1


class _KeyFace(QAccessibleInterface):
    def __init__(self, widget: QWidget, strip: Strip, number: int) -> None:
        super().__init__()
        self._widget = widget
        self._strip = strip
        self._number = number

    def isValid(self) -> bool:
        return isValid(self._widget) and self._number < len(self._strip.choices)

    def object(self) -> Any:
        return None

    def parent(self) -> Any:
        return QAccessible.queryAccessibleInterface(self._widget) if isValid(self._widget) else None

    def child(self, index: int) -> Any:
        return None

    def childAt(self, x: int, y: int) -> Any:
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        if kind != QAccessible.Text.Name or not self.isValid():
            return ""
        return self._strip.choices[self._number].label

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """A key's word is the form's and cannot be set."""

    def rect(self) -> QRect:
        if not self.isValid():
            return QRect()
        area = self._strip.segments()[self._number].toRect()
        return QRect(self._widget.mapToGlobal(area.topLeft()), area.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.RadioButton

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        if self.isValid():
            state.checkable = True
            state.checked = self._strip.choices[self._number].value == self._strip.value()
            state.readOnly = self._strip.is_read_only
            state.focusable = True
        return state
