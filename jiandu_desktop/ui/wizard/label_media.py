"""Files of a checklist's labels: pictures shown large over the room, sounds and films played by the system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTemporaryDir, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.wizard.paper import Paper
from jiandu_desktop.ui.wizard.photo_view import PhotoView

PLAYABLE = frozenset((".mp3", ".m4a", ".aac", ".ogg", ".oga", ".wav", ".flac", ".amr", ".mp4", ".3gp", ".webm", ".mkv"))
"""What may be handed to the system: a label that names a program is not run."""


class LabelMedia(PhotoView):
    """What is played lies in a folder of its own that goes with the room."""

    def __init__(self, room: QWidget, paper: Paper, messages: Messages) -> None:
        super().__init__(room, removable=False)
        self._paper, self._messages = paper, messages
        self._folder: QTemporaryDir | None = None

    @Slot(str, str, str)
    def open_media(self, ref: str, kind: str, name: str) -> None:
        """Opens a file of the label of `ref`; `kind` is image, audio or video."""
        content = self._paper.attachment(name)
        if content is None:
            self._messages.error(Trouble("label-media-missing", name=name))
        elif kind == "image":
            self.show_image(QImage.fromData(content), self._paper.label(ref))
        else:
            self._play(content, name)

    def _play(self, content: bytes, name: str) -> None:
        suffix = Path(name).suffix.lower()
        if suffix not in PLAYABLE:
            self._messages.error(Trouble("label-media-unplayable", name=name))
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
        path = Path(self._folder.path()) / Path(name).name
        write_atomically(path, content)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._messages.error(Trouble("label-media-unplayable", name=name))
