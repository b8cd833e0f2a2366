"""The readable tree for colleagues without the program: 督导文书/2026-11/学校名/….pdf, written and never read back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
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

    Only bytes whose SHA-256 is right are written. Nothing is ever changed, removed or read for its content.
    Raises Cancelled; Trouble as `Folder.put` does.
    """
    folder = folder.checked_by(progress.check)
    wanted = list(documents)
    written: list[str] = []
    absent: list[str] = []
    unchanged = 0
    for done, document in enumerate(wanted):
        progress.report(Step(done, len(wanted), WRITING))
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
    above = (TOP, f"{document.day:%Y-%m}", safe_name(document.school))
    for twin in range(1, MAX_TWINS + 1):
        ending = document.suffix if twin == 1 else f" ({twin}){document.suffix}"
        path = (*above, safe_name(document.title, ending))
        try:
            return path, folder.put_readable(path, data) > 0
        except Trouble as trouble:
            if trouble.code != "folder-name-taken":
                raise
    raise Trouble("folder-name-taken", path="/".join(path))
