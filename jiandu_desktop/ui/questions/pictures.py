"""Photos and their thumbnails, read off the window's thread and handed to whoever shows them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.tasks import Lane, Tasks

THUMBNAIL_HEIGHT = 216
"""Pixels: a tile of 54 at the largest text size on a screen of 300 %."""


class Pictures(QObject):
    """Asks for each picture once and keeps it; `arrived` tells its SHA-256."""

    arrived = Signal(str)
    whole_read = Signal(str, QImage)
    """A photo that was asked for by `read_whole`; an empty picture where its file is gone or damaged."""

    def __init__(
        self,
        tasks: Tasks,
        thumbnail: Callable[[str, int], bytes],
        parent: QObject | None = None,
        *,
        whole: Callable[[str], bytes] | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._thumbnail = thumbnail
        self._whole = whole
        self._images: dict[str, QImage] = {}
        self._asked: set[str] = set()

    def get(self, sha256: str) -> QImage | None:
        """The picture, or None while it is being read."""
        found = self._images.get(sha256)
        if found is None and sha256 not in self._asked:
            self._asked.add(sha256)
            self._ask(sha256)
        return found

    def read_whole(self, sha256: str) -> None:
        """Reads the photo itself, upright; `whole_read` tells it."""
        whole = self._whole
        if whole is None:
            raise ValueError("these pictures are only looked at small")

        def read(progress: Progress) -> tuple[str, QImage]:
            del progress
            try:
                return sha256, upright(whole(sha256))
            except Trouble:
                return sha256, QImage()

        self._tasks.run(Lane.POOL, read, done=self._tell_whole)

    def _ask(self, sha256: str) -> None:
        thumbnail = self._thumbnail

        def read(progress: Progress) -> tuple[str, bytes]:
            del progress
            try:
                return sha256, thumbnail(sha256, THUMBNAIL_HEIGHT)
            except Trouble:
                # The tile stays grey; that the file is gone is said where the photo is opened or printed.
                return sha256, b""

        self._tasks.run(Lane.POOL, read, done=self._keep)

    @Slot(object)
    def _tell_whole(self, read: tuple[str, QImage]) -> None:
        self.whole_read.emit(*read)

    @Slot(object)
    def _keep(self, read: tuple[str, bytes]) -> None:
        sha256, content = read
        self._images[sha256] = QImage.fromData(content) if content else QImage()
        self.arrived.emit(sha256)


def upright(content: bytes) -> QImage:
    """The picture as it was held: a camera writes down how it was turned."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(1024)
    return reader.read()
