"""Every way a picture gets to an item: dropped, pasted, chosen from files, or sent by the phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from jiandu_desktop.domain.attachment import endings
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.services.filling import PHOTO
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.questions.drawing import Drawn
from jiandu_desktop.ui.questions.media import wanted_of
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.watched_folder import WatchedFolder


class PhotoIntake(QObject):
    """Takes pictures in for the item they were given to, else for the item in hand.

    What is a picture is decided where it is kept; one that is refused leaves a sentence under its item.
    """

    def __init__(
        self,
        room: QWidget,
        filling: Filling,
        tasks: Tasks,
        messages: Messages,
        clock: Clock,
        current: Callable[[], str],
    ) -> None:
        super().__init__(room)
        self._room, self._filling, self._tasks, self._messages = room, filling, tasks, messages
        self._clock, self._current = clock, current
        self._ref, self._after = "", False
        self._sent: set[str] = set()
        self._replaced: dict[str, str] = {}
        self._watched: WatchedFolder | None = None
        filling.photo_added.connect(self._added)
        filling.photo_failed.connect(self._failed)

    @property
    def watches(self) -> bool:
        return self._watched is not None

    def watch(self, folder: str) -> None:
        """Pictures that appear in `folder` from now on come in by themselves; "" ends the watching."""
        if self._watched is not None:
            self._watched.stop()
            self._watched.deleteLater()
            self._watched = None
        if folder:
            self._watched = WatchedFolder(Path(folder), self._tasks, self)
            self._watched.arrived.connect(self._arrived)
            self._watched.vanished.connect(self._phone_gone)
            self._watched.returned.connect(self._phone_back)

    @Slot(str, bool)
    def choose(self, ref: str, after: bool) -> None:
        """Opens the system's file dialog for an item, without blocking the room."""
        self._ref, self._after = ref, after
        paper = self._filling.paper
        wanted = wanted_of(paper.item(ref)) if paper.takes_files(ref) else PHOTO
        photo = wanted.kind == "image"
        dialog = QFileDialog(self._room, self.tr("选照片") if photo else self.tr("选文件"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        ends = ("jpg", "jpeg", "png", "heic", "heif", "webp", "bmp") if photo else endings(wanted)
        known = " ".join(f"*.{end}" for end in ends)
        named = self.tr("照片（{}）") if photo else self.tr("这道题要的文件（{}）")
        every = self.tr("所有文件（{}）").format("*")
        dialog.setNameFilters([named.format(known), every] if known else [every])
        dialog.filesSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self, ref: str) -> bool:
        """Takes what the clipboard holds; False when that is no picture."""
        mime = QGuiApplication.clipboard().mimeData()
        return self.take(mime, ref)

    def take(self, mime: QMimeData, ref: str) -> bool:
        """Takes the files or the picture of a drop or paste for an item; False when there are none."""
        files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if files:
            self.take_files(ref, files, False)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if isinstance(image, QImage) and not image.isNull():
            self.take_image(ref, image, False)
            return True
        return False

    @Slot(str, object, bool)
    def take_files(self, ref: str, files: Sequence[Path], after: bool) -> None:
        """Files of any kind, so that one that is no photo gets its sentence."""
        for path in files:
            self._take(ref, path, path.name, after)

    @Slot(str, object, bool)
    def take_image(self, ref: str, image: QImage, after: bool) -> None:
        """A picture without a file is kept as PNG."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(image)
        buffer.close()
        self._take(ref, bytes(data.data()), f"paste-{self._clock():%H%M%S}.png", after)

    @Slot(str, object)
    def take_drawn(self, ref: str, drawn: Drawn) -> None:
        """A picture made by hand; the one it takes the place of goes once the new one is kept."""
        if drawn.replaces:
            self._replaced[ref] = drawn.replaces
        self._take(ref, drawn.content, drawn.name, False, drawn.covers)

    def _take(self, ref: str, source: Path | bytes, name: str, after: bool, covers: str = "") -> None:
        ref = ref or self._current()
        if ref:
            self._filling.forget_trouble(ref)
            self._filling.add_photo(ref, source, name, after, covers)

    @Slot(list)
    def _chosen(self, files: Sequence[str]) -> None:
        self.take_files(self._ref, [Path(file) for file in files], self._after)

    @Slot(Path)
    def _arrived(self, path: Path) -> None:
        """What the phone sends belongs to the item in hand, and the toast can say no."""
        self._sent.add(path.name)
        self._take("", path, path.name, False)

    @Slot()
    def _phone_gone(self) -> None:
        self._messages.toast(self.tr("手机照片文件夹读不到了，连上以后照片会接着进来"))

    @Slot()
    def _phone_back(self) -> None:
        self._messages.toast(self.tr("手机照片文件夹又连上了"))

    @Slot(object)
    def _added(self, photo: Photo) -> None:
        replaced = self._replaced.pop(photo.ref, "")
        if replaced:
            self._filling.remove_photo(replaced)
        if photo.name not in self._sent:
            return
        self._sent.discard(photo.name)
        number = self._filling.paper.item(photo.ref).number
        words = self.tr("手机照片已加到 {}").format(number or self._filling.paper.label(photo.ref))
        self._messages.toast(words, self.tr("撤销"), lambda: self._filling.remove_photo(photo.id))

    @Slot(str, object)
    def _failed(self, ref: str, error: Exception) -> None:
        self._replaced.pop(ref, None)
        if isinstance(error, Trouble) and is_expected(error):
            self._filling.tell_trouble(ref, sentence_for(error))
        else:
            self._messages.error(error)
