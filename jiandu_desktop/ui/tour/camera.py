"""Pictures of the window, light and dark, with everything that lies above it, at any width and scale."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.tour.director import Director
from jiandu_desktop.ui.widgets.notices import Toast

FULL = QSize(1366, 768)
COMPACT = QSize(1097, 617)
"""The smallest window everything has to work in: a 1920×1080 screen at 175 %."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One screenshot: its file, what it shows, and in which theme."""

    path: Path
    caption: str
    dark: bool


class Camera:
    """Takes numbered pictures into a folder; the window is left as it was found."""

    def __init__(self, app: QApplication, director: Director, folder: Path) -> None:
        self._app = app
        self._director = director
        self._folder = folder
        self.pictures: list[Picture] = []
        folder.mkdir(parents=True, exist_ok=True)

    def shoot(
        self,
        name: str,
        caption: str,
        size: QSize = FULL,
        scale: float = 1.0,
        dark: bool = True,
        toast: bool = False,
    ) -> None:
        """Takes the window light and, unless `dark` is False, dark; `scale` 1.75 draws every point as 1.75 pixels.

        A toast of an earlier step is left out: the tour is faster than a person, for whom it would be gone.
        """
        window = self._director.window
        before = window.size()
        self._director.rest()
        passing = [] if toast else [each for each in window.findChildren(Toast) if each.isVisible()]
        for each in passing:
            each.hide()
        if before != size:
            window.resize(size)
            self._director.settle()
        number = len({picture.caption for picture in self.pictures}) + 1
        for in_dark in (False, True) if dark else (False,):
            self._dress(in_dark)
            suffix = "-dark" if in_dark else ""
            path = self._folder / f"{number:02d}-{name}{suffix}.png"
            if not self._grab(window, scale).save(str(path), "PNG"):
                raise Trouble("file-not-writable", path=str(path), reason="PNG")
            self.pictures.append(Picture(path, caption, in_dark))
        self._dress(False)
        for each in passing:
            each.show()
        if before != size:
            window.resize(before)
            self._director.settle()

    def _dress(self, dark: bool) -> None:
        tokens = theme().tokens
        if (tokens.name == "dark") != dark:
            set_theme(self._app, dark, tokens.text_scale, tokens.touch)
            self._director.settle()

    def _grab(self, window: QWidget, scale: float) -> QPixmap:
        """The window, and over it every menu and dialog that is open."""
        picture = QPixmap(window.size() * scale)
        picture.setDevicePixelRatio(scale)
        window.render(picture)
        above = [
            widget
            for widget in self._app.topLevelWidgets()
            if widget is not window and widget.isVisible() and widget.windowHandle() is not None
        ]
        if above:
            corner = window.mapToGlobal(QPoint(0, 0))
            painter = QPainter(picture)
            for widget in above:
                place = widget.mapToGlobal(QPoint(0, 0)) - corner
                painter.drawPixmap(place, widget.grab())
                if widget.windowType() is Qt.WindowType.Dialog:
                    # The frame that a screen with a window manager would give it.
                    painter.setPen(theme().color("text2"))
                    painter.drawRect(QRect(place, widget.size()).adjusted(-1, -1, 0, 0))
            painter.end()
        return picture
