"""Takes in what answers a photo, sound, film or file question, and gives it out again as a file."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from jiandu_desktop.domain import attachment
from jiandu_desktop.domain.attachment import LARGEST_FILE, MEGABYTE, Wanted
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.services import photos

_HEAD = 64


@dataclass(frozen=True, slots=True)
class Arrived:
    """What is to be kept: its bytes, its name within the visit, and of a picture the size in pixels and its time."""

    content: bytes
    name: str
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None
    original: str = ""


def take_in(
    source: Path | bytes,
    name: str,
    wanted: Wanted,
    *,
    taken: Collection[str],
    photo_limit: int,
    zone: tzinfo,
    edge: int = 0,
) -> Arrived:
    """Read what was given to a question.

    `taken` are the names already used in the visit, `photo_limit` is in bytes; a photo whose longer
    side has more than `edge` pixels is made smaller (0: never), or as the question wants it. Raises Trouble: those of
    `photos.take_in` for a photo; attachment-empty, -too-large, -wrong-audio, -wrong-video, -wrong-file for the rest.
    """
    if wanted.kind == "image":
        wishes = [most for most in (wanted.max_pixels, edge) if most]
        photo = photos.take_in(source, name, limit=photo_limit, zone=zone, max_pixels=min(wishes, default=0))
        end = "" if attachment.media_type(name) == attachment.media_type(f"a.{photo.end}") else photo.end
        kept = attachment.file_name(name, taken, end)
        return Arrived(photo.content, kept, photo.width, photo.height, photo.taken_at, photo.original)
    content = source
    if isinstance(content, Path):
        content = photos.bytes_of(content, name, LARGEST_FILE, "attachment-too-large")
    if not content:
        raise Trouble("attachment-empty", name=name)
    if len(content) > LARGEST_FILE:
        size = photos.megabytes(len(content))
        raise Trouble("attachment-too-large", name=name, size=size, limit=LARGEST_FILE // MEGABYTE)
    if not attachment.is_wanted(wanted, name, content[:_HEAD]):
        code = "attachment-wrong-file" if wanted.accept else f"attachment-wrong-{wanted.kind}"
        raise Trouble(code, name=name, accept=wanted.accept)
    return Arrived(content, attachment.file_name(name, taken))


def refuse_again(arrived: Arrived, name: str, there: Iterable[Photo]) -> None:
    """The same picture twice beside one item proves nothing more: Trouble `photo-there` names the one that is there.

    A file may well be given under two names.
    """
    came = arrived.original or hashlib.sha256(arrived.content).hexdigest()
    same = next((each for each in there if each.is_picture and came in (each.sha256, each.original)), None)
    if same is not None:
        raise Trouble("photo-there", name=name, known=same.name)
