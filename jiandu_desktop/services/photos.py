"""Takes a photo in: checks that it is one, turns HEIC into JPEG, reads when it was taken, makes thumbnails."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from jiandu_desktop.domain.attachment import MEGABYTE
from jiandu_desktop.domain.errors import Trouble

MOST_PIXELS = 90_000_000
"""A picture of more would take half a gigabyte of memory to look at."""

_ORIENTATION = 0x0112
_PICTURES = {"JPEG", "PNG", "HEIF", "WEBP", "BMP", "TIFF", "MPO"}
_SIGNS = (
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件"),
    (b"\x00\x00\x00\x18ftypmp4", "视频"),
    (b"ID3", "录音"),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo ready to be kept: JPEG or PNG bytes (as `end` says: jpg, png), size in pixels as shown, time in EXIF.

    `original` is the SHA-256 of the file that came, where other bytes are kept.
    """

    content: bytes
    width: int
    height: int
    taken_at: datetime | None
    end: str
    original: str = ""


def take_in(source: Path | bytes, name: str, *, limit: int, zone: tzinfo, max_pixels: int = 0) -> Taken:
    """Read a photo from a file or from the clipboard's bytes.

    `limit` is in bytes; a picture whose longer edge has more than `max_pixels` is made smaller (0: never). Raises
    Trouble: photo-too-large, photo-too-many-pixels, photo-not-picture, photo-damaged, file-not-found,
    file-not-readable. The original is never changed.
    """
    content = source if isinstance(source, bytes) else bytes_of(source, name, limit, "photo-too-large")
    if len(content) > limit:
        raise Trouble("photo-too-large", name=name, size=megabytes(len(content)), limit=limit // MEGABYTE)
    _know_heic()
    try:
        with _opened(content, name) as picture:
            if picture.format not in _PICTURES:
                raise Trouble("photo-not-picture", name=name, found=picture.format or "?")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            taken_at = _taken_at(picture, zone)
            smaller = 0 < max_pixels < max(upright.size)
            # What a printer's CMYK looks like differs from program to program; RGB is the same everywhere.
            plain = picture.format in ("JPEG", "PNG", "MPO") and picture.mode != "CMYK"
            if plain and not smaller:
                end = "png" if picture.format == "PNG" else "jpg"
                return Taken(content, upright.width, upright.height, taken_at, end)
            if smaller:
                upright.thumbnail((max_pixels, max_pixels))
            exif = picture.getexif()
            exif.pop(_ORIENTATION, None)  # the pixels stand upright now
            out = io.BytesIO()
            if picture.format == "PNG":
                upright.save(out, "PNG")
            else:
                upright.convert("RGB").save(out, "JPEG", quality=90, exif=exif)
            end = "png" if picture.format == "PNG" else "jpg"
            came = hashlib.sha256(content).hexdigest()
            return Taken(out.getvalue(), upright.width, upright.height, taken_at, end, came)
    except UnidentifiedImageError as error:
        raise Trouble("photo-not-picture", name=name, found=_what(content)) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Trouble("photo-damaged", name=name) from error


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[Image.Image]:
    """The picture, its pixels not yet read; one that would fill the memory is refused by what its head says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is told below
        try:
            picture = Image.open(io.BytesIO(content))
        except Image.DecompressionBombError as error:
            raise _too_many(name, error.args[0] if error.args else "") from error
    with picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many(name, f"({picture.width * picture.height} pixels)")
        yield picture


def _too_many(name: str, told: str) -> Trouble:
    found = re.search(r"(\d{6,}) pixels", told)
    millions = int(found[1]) // 1_000_000 if found else ">"
    return Trouble("photo-too-many-pixels", name=name, megapixels=millions, limit=MOST_PIXELS // 1_000_000)


def thumbnail(content: bytes, height: int) -> bytes:
    """A PNG of `height` pixels, upright; raises Trouble photo-not-picture for a file that is none."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.draft("RGB", (height * 4, height * 4))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((height * 4, height))
            out = io.BytesIO()
            upright.save(out, "PNG")
            return out.getvalue()
    except UnidentifiedImageError as error:
        raise Trouble("photo-not-picture", name="?", found=_what(content)) from error


def bytes_of(path: Path, name: str, limit: int, too_large: str) -> bytes:
    """The whole file; raises Trouble `too_large` for one of more than `limit` bytes, file-not-found, -not-readable."""
    try:
        size = path.stat().st_size
        if size > limit:
            raise Trouble(too_large, name=name, size=megabytes(size), limit=limit // MEGABYTE)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble("file-not-found", path=str(path)) from error
    except OSError as error:
        raise Trouble("file-not-readable", path=str(path), reason=error.strerror or str(error)) from error


def _know_heic() -> None:
    """Teach Pillow to read the iPhone's HEIC; without the plug-in such a file is refused as not a picture."""
    try:
        from pi_heif import register_heif_opener
    except ImportError:
        return
    register_heif_opener()


def _taken_at(picture: Image.Image, zone: tzinfo) -> datetime | None:
    """EXIF DateTimeOriginal; the camera's own offset where it says one, else the laptop's zone."""
    exif = picture.getexif().get_ifd(0x8769)
    text = exif.get(0x9003) or picture.getexif().get(0x0132)
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.strptime(text.strip("\x00 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=zone)
    except ValueError:
        return None
    offset = exif.get(0x9011)
    if isinstance(offset, str) and len(offset) == 6 and offset[0] in "+-":
        minutes = int(offset[1:3]) * 60 + int(offset[4:6])
        moment = moment.replace(tzinfo=timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes)))
    return moment


def _what(content: bytes) -> str:
    for sign, words in _SIGNS:
        if content.startswith(sign):
            return words
    try:
        content[:2000].decode("utf-8")
    except UnicodeDecodeError:
        return "无法识别的数据" if content else "空文件"
    return "文字" if content else "空文件"


def megabytes(size: int) -> int:
    """Bytes as whole megabytes (2^20), rounded up."""
    return -(-size // MEGABYTE)
