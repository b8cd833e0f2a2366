"""An inspector's hands at the real window, counted: every key press, click and typed character is one interaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from jiandu_desktop.ui.tour.director import Director

_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass
class Count:
    """What one task took. A combination such as Ctrl+Enter is one press; a drop is one interaction."""

    presses: int = 0
    clicks: int = 0
    drops: int = 0
    typed: int = 0

    @property
    def total(self) -> int:
        return self.presses + self.clicks + self.drops + self.typed


class Hands:
    """Presses, clicks and drops through a `Director`, which refuses what an inspector could not reach."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self._count = Count()

    @contextmanager
    def counting(self) -> Iterator[Count]:
        """Counts what is done inside from nought."""
        self._count = Count()
        yield self._count

    def press(self, *keys: str) -> None:
        """Presses keys, written as in a menu."""
        for key in keys:
            self._count.presses += 1
            self._director.press(key)

    def type(self, text: str) -> None:
        """Types a text, sign by sign."""
        self._count.typed += len(text)
        self._director.write(text)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Clicks in the middle of a widget, or at a place in it."""
        self._count.clicks += 1
        self._director.click(widget, at)

    def paste(self, picture: QImage) -> None:
        """Ctrl+V of a picture that another program has put on the clipboard."""
        QGuiApplication.clipboard().setImage(picture)
        self.press("Ctrl+V")

    def drop(self, widget: QWidget, files: Sequence[Path], at: QPoint | None = None) -> None:
        """Drags files from the desktop onto a widget: what lies topmost there is asked first, as Qt asks it."""
        self._count.drops += 1
        top = widget.window()
        spot = widget.mapTo(top, at if at is not None else widget.rect().center())
        target: QWidget | None = top.childAt(spot)
        while target is not None and not target.acceptDrops():
            target = target.parentWidget()
        if target is None:
            raise RuntimeError("nothing there takes files")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        place = QPointF(target.mapFrom(top, spot))
        enter = QDragEnterEvent(place.toPoint(), _COPY, mime, _LEFT, _NONE)
        QApplication.sendEvent(target, enter)
        if not enter.isAccepted():
            raise RuntimeError("what lies there does not take the files")
        QApplication.sendEvent(target, QDropEvent(place, _COPY, mime, _LEFT, _NONE))
        QTest.qWait(0)
        self._director.settle()
