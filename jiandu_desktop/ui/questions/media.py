"""What photo and file questions share: the files they hold, and what they ask the room to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QImage

from jiandu_desktop.domain.attachment import LARGEST_FILE, MEGABYTE, Wanted
from jiandu_desktop.ui.questions.question import Question, QuestionField

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Item


class MediaField(QuestionField):
    """A field whose answer is files: the room chooses, keeps, opens and removes them."""

    wide = True

    wanted = Signal()
    """A file is to be chosen."""

    removed = Signal(str)
    opened = Signal(str)
    saved = Signal(str)
    """A file (its id) is to be saved elsewhere."""

    files_dropped = Signal(object)
    image_pasted = Signal(QImage)

    drawn = Signal(object)
    """A `drawing.Drawn`: a picture made here."""


def wanted_of(item: Item) -> Wanted:
    """What a photo or file question takes, by the columns of its form."""
    limit = item.parameters.get("max-pixels", "")
    return Wanted(
        kind=item.kind if item.kind in ("image", "audio", "video") else "file",
        accept=item.parameters.get("accept", ""),
        max_pixels=int(limit) if limit.isdecimal() else 0,
    )


def wanted_words(question: Question) -> str:
    """The line beside the button: which files, and how large one may be."""
    tr = QCoreApplication.translate
    accept = question.parameters.get("accept", "")
    limit = LARGEST_FILE // MEGABYTE
    if accept:
        return tr("Attachments", "只收 {0}，不超过 {1} MB").format(accept, limit)
    if question.item_kind == "audio":
        return tr("Attachments", "录音请用手机录好再选，不超过 {} MB").format(limit)
    if question.item_kind == "video":
        return tr("Attachments", "视频请用手机拍好再选，不超过 {} MB").format(limit)
    return tr("Attachments", "也可以拖到这里，不超过 {} MB").format(limit)
