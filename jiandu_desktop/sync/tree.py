"""The readable tree for colleagues without the program: 督导文书/2026-11/学校名/….pdf, written and never read back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.sync.folder import Folder

TOP = "督导文书"
MAX_PART = 60
"""Characters of a folder or file name: 180 bytes of Chinese fit every file system, and MAX_PATH leaves room above."""
MAX_TWINS = 99
MAX_OWN = 32 << 20
"""Bytes of an index that are looked at: more than a month of a county takes."""

WRITING = QT_TRANSLATE_NOOP("progress", "正在整理督导文书目录")

_WIDE = str.maketrans('<>:"/\\|?*', "\uff1c\uff1e\uff1a\uff02\uff0f\uff3c\uff5c\uff1f\uff0a")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readable:
    """One document for the tree: `sha256` names its verified bytes, `title` has no suffix, `suffix` is like ".pdf"."""

    sha256: str
    day: date
    school: str
    title: str
    suffix: str = ".pdf"


@dataclass(frozen=True, slots=True)
class TreeReceipt:
    """Paths (with `/`) that were written now, how many stood there already, and digests whose bytes are not here."""

    written: tuple[str, ...]
    unchanged: int
    absent: tuple[str, ...]


def write_tree(
    folder: Folder,
    documents: Iterable[Readable],
    read_blob: Callable[[str], bytes | None],
    progress: Progress,
) -> TreeReceipt:
    """Put each document under its name; the same file is left alone, another file of that name gets company: 「… (2)」.

    Only bytes whose SHA-256 is right are written. Nothing is ever changed, removed (but half-written files of this
    device) or read for its content.
    Raises Cancelled; Trouble as `Folder.put` does.
    """
    folder = folder.checked_by(progress.check)
    wanted = list(documents)
    written: list[str] = []
    absent: list[str] = []
    unchanged = 0
    cleared: set[tuple[str, ...]] = set()
    for done, document in enumerate(wanted):
        progress.report(Step(done, len(wanted), WRITING))
        above = path_of(document)[:-1]
        if above not in cleared:
            cleared.add(above)
            folder.clear_readable(above)
        data = read_blob(document.sha256)
        if data is None or hashlib.sha256(data).hexdigest() != document.sha256:
            absent.append(document.sha256)
            continue
        path, fresh = _place(folder, document, data)
        if fresh:
            written.append("/".join(path))
        else:
            unchanged += 1
    return TreeReceipt(tuple(written), unchanged, tuple(absent))


def path_of(document: Readable, twin: int = 1) -> tuple[str, ...]:
    """Where a document stands below the shared folder; its `twin` of the same name beside it."""
    ending = document.suffix if twin == 1 else f" ({twin}){document.suffix}"
    return (TOP, f"{document.day:%Y-%m}", safe_name(document.school), safe_name(document.title, ending))


def write_own(folder: Folder, parts: tuple[str, ...], data: bytes, ours: Collection[str]) -> bool:
    """Put a file of the tree that only this device writes, such as its index; whether anything was written.

    What somebody else made of it since (bytes whose digest is none of `ours`) is kept beside it under a name that
    says so. Raises Cancelled; Trouble as `Folder.put` does, also where somebody has it open.
    """
    found = folder.read_readable(parts, MAX_OWN)
    if found == data:
        return False
    if found is not None and hashlib.sha256(found).hexdigest() not in ours:
        _keep_aside(folder, parts, found)
    return folder.put_readable(parts, data, mine=True) > 0


def _keep_aside(folder: Folder, parts: tuple[str, ...], found: bytes) -> None:
    stem, dot, suffix = parts[-1].rpartition(".")
    digest = hashlib.sha256(found).hexdigest()[:6]
    # The name follows from the content: however often it is found, it is kept once.
    name = f"{stem[: MAX_PART - 20]}（被改动 {digest}）{dot}{suffix}"
    folder.put_readable((*parts[:-1], name), found)


def safe_name(text: str, suffix: str = "", limit: int = MAX_PART) -> str:
    """A name that Windows, Linux and a FAT stick can all hold and that still reads as it was meant.

    Forbidden signs become their full-width twins; reserved names (CON, NUL …) get an underscore before them; dots and
    spaces at the end go; what is too long is cut before the suffix. An empty name becomes 「未命名」.
    """
    plain = unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode("utf-8")
    plain = _INVISIBLE.sub("", plain.replace("\n", " ").replace("\t", " ")).translate(_WIDE)
    plain = plain.strip(" .\u3000")[: limit - len(suffix)].rstrip(" .\u3000")
    if not plain:
        plain = "未命名"
    if _RESERVED.fullmatch(plain):
        plain = "_" + plain
    return plain + suffix


def _place(folder: Folder, document: Readable, data: bytes) -> tuple[tuple[str, ...], bool]:
    """Where the document stands now, and whether it was written just now."""
    for twin in range(1, MAX_TWINS + 1):
        path = path_of(document, twin)
        try:
            return path, folder.put_readable(path, data) > 0
        except Trouble as trouble:
            if trouble.code != "folder-name-taken":
                raise
    raise Trouble("folder-name-taken", path="/".join(path))
