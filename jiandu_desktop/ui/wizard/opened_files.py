"""What happens to a photo or file of the visit that is being filled in: looked at, marked, saved elsewhere, removed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from jiandu_desktop.services.filling import Visits
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.operations.attachments import AttachmentDesk
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.photo_intake import PhotoIntake
from jiandu_desktop.ui.wizard.photo_view import PhotoView
from jiandu_desktop.ui.wizard.section_view import SectionView


class OpenedFiles(QObject):
    """Photos open over the room, other files in the system's program."""

    def __init__(self, shown: PhotoView, filling: Filling, visits: Visits, tasks: Tasks, messages: Messages) -> None:
        super().__init__(shown)
        self._shown, self._filling, self._visits, self._tasks = shown, filling, visits, tasks
        self._desk = AttachmentDesk(shown.window(), visits, tasks, messages)

    def wire(self, view: SectionView, intake: PhotoIntake) -> None:
        """What the rows and the open photo ask for."""
        view.photo_opened.connect(self.open)
        view.file_saved.connect(self.save_as)
        view.drawn.connect(intake.take_drawn)
        self._shown.annotated.connect(intake.take_drawn)
        self._shown.removed.connect(self._filling.remove_photo)

    @Slot(str)
    def open(self, photo_id: str) -> None:
        photo = self._filling.photo(photo_id)
        if photo is not None and photo.is_picture:
            self._shown.show_photo(photo, self._tasks, self._visits.photo_bytes)
        elif photo is not None:
            self._desk.open(photo)

    @Slot(str)
    def save_as(self, photo_id: str) -> None:
        photo = self._filling.photo(photo_id)
        if photo is not None:
            self._desk.save_as(photo)
