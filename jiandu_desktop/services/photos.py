"""Takes a photo in: checks that it is one, turns HEIC into JPEG, reads when it was taken, makes thumbnails."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from jiandu_desktop.domain.errors import Trouble

MEGABYTE = 1 << 20
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
    """A photo ready to be kept: JPEG or PNG bytes, size in pixels as shown, and the time in its EXIF if any."""

    content: bytes
    width: int
    height: int
    taken_at: datetime | None


def take_in(source: Path | bytes, name: str, *, limit: int, zone: tzinfo) -> Taken:
    """Read a photo from a file or from the clipboard's bytes.

    `limit` is in bytes. Raises Trouble: photo-too-large, photo-not-picture, photo-damaged, file-not-found,
    file-not-readable. The original is never changed.
    """
    content = source if isinstance(source, bytes) else _bytes_of(source, name, limit)
    if len(content) > limit:
        raise Trouble("photo-too-large", name=name, size=_megabytes(len(content)), limit=limit // MEGABYTE)
    _know_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                if picture.format not in _PICTURES:
                    raise Trouble("photo-not-picture", name=name, found=picture.format or "?")
                picture.load()
                upright = ImageOps.exif_transpose(picture)
                taken_at = _taken_at(picture, zone)
                if picture.format in ("JPEG", "PNG", "MPO"):
                    return Taken(content, upright.width, upright.height, taken_at)
                out = io.BytesIO()
                upright.convert("RGB").save(out, "JPEG", quality=90, exif=picture.getexif())
                return Taken(out.getvalue(), upright.width, upright.height, taken_at)
    except UnidentifiedImageError as error:
        raise Trouble("photo-not-picture", name=name, found=_what(content)) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Trouble("photo-too-large", name=name, size=_megabytes(len(content)), limit=limit // MEGABYTE) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Trouble("photo-damaged", name=name) from error


def thumbnail(content: bytes, height: int) -> bytes:
    """A PNG of `height` pixels, upright."""
    with Image.open(io.BytesIO(content)) as picture:
        picture.draft("RGB", (height * 4, height * 4))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((height * 4, height))
        out = io.BytesIO()
        upright.save(out, "PNG")
        return out.getvalue()


def _bytes_of(path: Path, name: str, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            raise Trouble("photo-too-large", name=name, size=_megabytes(size), limit=limit // MEGABYTE)
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


def _megabytes(size: int) -> int:
    return -(-size // MEGABYTE)
