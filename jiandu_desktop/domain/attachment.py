"""What kind of thing a file is, by its name and first bytes, and whether a question wants it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

MEGABYTE = 1 << 20

LARGEST_FILE = 128 * MEGABYTE
"""Bytes of one attachment: the most that one blob of a shared folder may have."""

UNKNOWN = "application/octet-stream"

_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "dps": "application/vnd.ms-powerpoint",
    "ofd": "application/ofd",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "json": "application/json",
    "xml": "application/xml",
    "txt": "text/plain",
    "csv": "text/csv",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "webp": "image/webp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "heif": "image/heif",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "wav": "audio/wav",
    "amr": "audio/amr",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/opus",
    "flac": "audio/flac",
    "wma": "audio/x-ms-wma",
    "3ga": "audio/3gpp",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "3gp": "video/3gpp",
    "mkv": "video/x-matroska",
    "webm": "video/webm",
    "avi": "video/x-msvideo",
    "wmv": "video/x-ms-wmv",
    "mpg": "video/mpeg",
    "mpeg": "video/mpeg",
    "flv": "video/x-flv",
}

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"Rar!", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
"""First bytes that leave no doubt; what is not among them is taken for what its name says."""

READABLE = frozenset(_TYPES) - {"json", "xml"}
"""Endings of what may be handed to the system to be opened: papers, pictures, sound, film and archives. A file that
could be a program is only ever saved."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a question takes: `kind` image, audio, video or file; `accept` as in HTML (`.pdf,image/*`), "" for all;
    `max_pixels`: longest edge of a picture, 0 for any."""

    kind: str = "image"
    accept: str = ""
    max_pixels: int = 0


def ending(name: str) -> str:
    """The ending of a file's name in small letters, without the dot; "" for none."""
    stem, dot, last = name.rpartition(".")
    return last.lower() if dot and stem else ""


def media_type(name: str, head: bytes = b"") -> str:
    """The MIME type by the first bytes where these are certain, else by the ending; `UNKNOWN` for what is neither."""
    by_name = _TYPES.get(ending(name), UNKNOWN)
    for sign, found in _SIGNS:
        if head.startswith(sign):
            # Office documents are archives, and old ones all begin alike: there the ending knows better.
            same_family = by_name.startswith("application/") and found in ("application/zip", "application/msword")
            return by_name if same_family and by_name != UNKNOWN else found
    return by_name


def is_wanted(wanted: Wanted, name: str, head: bytes) -> bool:
    """Whether a file of that name and beginning answers the question."""
    found = media_type(name, head)
    if wanted.kind != "file" and found.partition("/")[0] != wanted.kind:
        return False
    rules = [rule.strip().lower() for rule in wanted.accept.split(",") if rule.strip()]
    return not rules or any(_fits(rule, name, found) for rule in rules)


def is_readable(name: str) -> bool:
    """Whether it may be opened with the system's program for it."""
    return ending(name) in READABLE


def endings(wanted: Wanted) -> tuple[str, ...]:
    """The endings a file dialog should offer first; () for every file."""
    rules = [rule.strip().lower() for rule in wanted.accept.split(",") if rule.strip()]
    if not rules:
        rules = [] if wanted.kind == "file" else [f"{wanted.kind}/*"]
    known = [end for end, found in _TYPES.items() if any(_fits(rule, f"a.{end}", found) for rule in rules)]
    own = [rule[1:] for rule in rules if rule.startswith(".")]
    return tuple(dict.fromkeys([*own, *known]))


def file_name(name: str, taken: Collection[str], end: str = "") -> str:
    """A name for a file of a visit: that of the original, safe on every system, with the ending `end` if given, and
    none of `taken` (capitals do not count). ODK keeps a file under the name that stands in the answer."""
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    stem, dot, last = plain.rpartition(".")
    if not dot or not stem or len(last) > 10:
        stem, last = plain, ""
    last = end or last
    stem = stem[:_LONGEST].strip() or "file"
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    used = {each.lower() for each in taken}
    tail, number = (f".{last}" if last else ""), 1
    made = f"{stem}{tail}"
    while made.lower() in used:
        number += 1
        made = f"{stem}-{number}{tail}"
    return made


def _fits(rule: str, name: str, found: str) -> bool:
    if rule.startswith("."):
        return ending(name) == rule[1:]
    if rule.endswith("/*"):
        return rule in ("*/*", "application/*") or found.partition("/")[0] == rule[:-2]
    return found == rule
