"""Opens attached files with the system's programs and saves them where the user says, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from jiandu_desktop.domain import attachment
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.filling import Visits
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.tasks import Lane, Tasks

R = TypeVar("R")


class AttachmentDesk(QObject):
    """What could be a program is never opened, only saved."""

    def __init__(self, over: QWidget, visits: Visits, tasks: Tasks, messages: Messages) -> None:
        super().__init__(over)
        self._over, self._visits, self._tasks, self._messages = over, visits, tasks, messages
        self._saving: Photo | None = None

    def open(self, photo: Photo) -> None:
        """Shows a copy in the program the system has for it."""
        if not attachment.is_readable(photo.name):
            self.save_as(photo)
            return
        visits = self._visits

        def work(progress: Progress) -> Path:
            del progress
            return visits.file_to_open(photo)

        self._run(work, self._show)

    def save_as(self, photo: Photo) -> None:
        """Asks for the place, without blocking the window."""
        self._saving = photo
        dialog = QFileDialog(self._over, self.tr("另存为"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(photo.name)
        dialog.fileSelected.connect(self._place_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _place_chosen(self, place: str) -> None:
        photo, visits = self._saving, self._visits
        if photo is None or not place:
            return

        def work(progress: Progress) -> str:
            del progress
            visits.save_file(photo, Path(place))
            return Path(place).name

        self._run(work, self._saved)

    def _run(self, work: Callable[[Progress], R], done: Callable[[R], None]) -> None:
        self._tasks.run(Lane.POOL, work, done=done, failed=self._messages.error)

    def _show(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._messages.toast(self.tr("没有能打开“{}”的程序，请另存后查看").format(path.name))

    def _saved(self, name: str) -> None:
        self._messages.toast(self.tr("已保存“{}”").format(name))
