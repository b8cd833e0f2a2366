"""The page that will print, drawn in a worker at the screen's pixel ratio and kept per page and width.

    PagePreview(tasks, parent=None)
      show_document(render, pages)     render(page: int, pixel_width: int) -> QImage, called in the pool lane
      clear() · page() · page_count() · set_page(n)
      signals page_turned(int page, int pages), failed(exception)
Keys: PageUp/PageDown, Home/End; the wheel turns pages.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from shiboken6 import isValid

from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CELL
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.painted import Painted

Render = Callable[[int, int], QImage]

A4 = 297 / 210
SHADOW = 8
KEPT = 12
"""Pages kept in memory; a page at 175 % is about 3 MB."""


class PagePreview(Painted):
    """One page, as large as fits, with a shadow under it."""

    page_turned = Signal(int, int)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._render: Render | None = None
        self._pages = 0
        self._page = 0
        self._document = 0
        self._images: dict[tuple[int, int], QImage] = {}
        self._asked: set[tuple[int, int]] = set()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(80)
        self._settled.timeout.connect(self._want)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_document(self, render: Render, pages: int) -> None:
        """Shows the first page of another document (or of the same one, made anew)."""
        self._document += 1
        self._render, self._pages = render, pages
        self._page = min(self._page, max(0, pages - 1))
        self._images.clear()
        self._asked.clear()
        self._turned()

    def clear(self) -> None:
        """Shows nothing."""
        self._document += 1
        self._render, self._pages, self._page = None, 0, 0
        self._images.clear()
        self.update()

    def page(self) -> int:
        return self._page

    def page_count(self) -> int:
        return self._pages

    def set_page(self, page: int) -> None:
        """Turns to a page (0…)."""
        page = min(max(0, page), max(0, self._pages - 1))
        if page != self._page:
            self._page = page
            self._turned()

    def sizeHint(self) -> QSize:
        return QSize(406, 574)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 280)

    def sheet(self) -> QRectF:
        """Where the page lies."""
        room = self.area().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        image = self._images.get((self._page, self._pixels()))
        shape = image.height() / image.width() if image is not None and image.width() else A4
        width = min(room.width(), room.height() / shape)
        return QRectF((self.width() - width) / 2, room.top(), width, width * shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settled.start()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if abs(event.angleDelta().y()) >= 120:
            self.set_page(self._page + (1 if event.angleDelta().y() < 0 else -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self._pages - 1
        pages = {
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        page = pages.get(Qt.Key(event.key()))
        if page is None:
            event.ignore()
        else:
            self.set_page(page)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._pages:
            return
        painter = self.painter()
        sheet = self.sheet()
        for spread in range(1, SHADOW):
            around = sheet.adjusted(-spread, -spread + 2, spread, spread)
            paint.rounded(painter, around, RADIUS_CELL + spread, edge=QColor(0, 0, 0, 16 - 2 * spread))
        paint.rounded(painter, sheet, RADIUS_CELL, "paper")
        image = self._images.get((self._page, self._pixels())) or self._other_width()
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            # Multiplied, so that a dark theme's paper is not a glaring white.
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.drawImage(sheet, image)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        else:
            paint.text(painter, sheet, self.tr("正在排版…"), "text3", align="center")
        if self.hasFocus():
            paint.focus_ring(painter, sheet.adjusted(-3, -3, 3, 3), RADIUS_CELL + 3)
        painter.end()

    def _turned(self) -> None:
        words = self.tr("第 {page} 页，共 {pages} 页").format(page=self._page + 1, pages=self._pages)
        self.setAccessibleName(words)
        self._want()
        self.update()
        self.page_turned.emit(self._page, self._pages)

    def _pixels(self) -> int:
        room = self.area().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        return max(1, round(min(room.width(), room.height() / A4) * self.devicePixelRatioF()))

    def _want(self) -> None:
        key = (self._page, self._pixels())
        if self._render is None or key in self._images or key in self._asked or not self.isVisible():
            return
        self._asked.add(key)
        render, document = self._render, self._document

        def work(progress: Progress) -> QImage:
            progress.check()
            return render(*key)

        def done(image: QImage) -> None:
            # The room may have been left while the page was being drawn.
            if isValid(self) and document == self._document:
                self._keep(key, image)

        self._tasks.run(Lane.POOL, work, done=done, failed=self.failed.emit)

    def _keep(self, key: tuple[int, int], image: QImage) -> None:
        self._asked.discard(key)
        while len(self._images) >= KEPT:
            self._images.pop(next(iter(self._images)))
        self._images[key] = image
        self.update()

    def _other_width(self) -> QImage | None:
        """The page as drawn for another size of the window: shown until the right one is there."""
        return next((image for (page, _), image in self._images.items() if page == self._page), None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settled.start()
