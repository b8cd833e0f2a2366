"""Pictures that come with a checklist, for labels and choices: read once at the size they are shown in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

LARGEST = 8192
"""Pixels at a side: a picture that claims more is not decoded at all."""

MOST_KEPT = 256


class FormPictures:
    """`attachment` gives the bytes of an attached file by its name, None for one that did not come along."""

    def __init__(self, attachment: Callable[[str], bytes | None]) -> None:
        self._attachment = attachment
        self._sizes: dict[str, QSize] = {}
        self._images: dict[tuple[str, int, int], QImage] = {}

    def fitted(self, name: str, box: QSize) -> QSize:
        """The size in which the picture stands in `box`, never enlarged; empty where it cannot be read."""
        size = self._natural(name)
        if size.isEmpty() or (size.width() <= box.width() and size.height() <= box.height()):
            return size
        return size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)

    def image(self, name: str, size: QSize) -> QImage:
        """The picture at `size` logical pixels, as sharp as the screen; null where it cannot be read."""
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        key = (name, round(size.width() * ratio), round(size.height() * ratio))
        found = self._images.get(key)
        if found is None:
            if len(self._images) >= MOST_KEPT:
                self._images.clear()
            found = self._images[key] = self._read(name, QSize(key[1], key[2]))
        return found

    def content(self, name: str) -> bytes:
        """The file itself, empty where it did not come along."""
        return self._attachment(name) or b""

    def _natural(self, name: str) -> QSize:
        found = self._sizes.get(name)
        if found is None:
            buffer = self._buffer(name)
            size = QImageReader(buffer).size()
            good = size.isValid() and max(size.width(), size.height()) <= LARGEST
            found = self._sizes[name] = size if good else QSize()
        return found

    def _read(self, name: str, size: QSize) -> QImage:
        buffer = self._buffer(name)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        reader.setScaledSize(size)
        return reader.read()

    def _buffer(self, name: str) -> QBuffer:
        buffer = QBuffer()
        buffer.setData(QByteArray(self.content(name)))
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        return buffer


NO_PICTURES = FormPictures(lambda name: None)
"""For questions outside a checklist."""
