"""Files that belong to a checklist: lists of choices, tables, pictures of labels, each found by its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Final

from jiandu_desktop.form_engine.xform.attachments import read_attachment
from jiandu_desktop.form_engine.xpath.nodes import Node

Attachment = bytes | Path | Callable[[], bytes]
"""The bytes themselves, the file that holds them, or a call that fetches them."""

_SOURCE: Final = re.compile(r"<instance\b[^>]*\bsrc=\"(jr://file[^\"]*)\"")
_SEARCH: Final = re.compile(r"appearance=\"[^\"]*\bsearch\(\s*(?:'|&quot;)([^'&\"]+)")
_MEDIA: Final = re.compile(r"jr://(?:images|audio|video)/([^<]+)<")


def attached_bytes(attachment: Attachment) -> bytes:
    """Raises OSError where a file cannot be read, and what the call raises."""
    if isinstance(attachment, bytes):
        return attachment
    return attachment.read_bytes() if isinstance(attachment, Path) else attachment()


class Beside(Mapping[str, Attachment]):
    """The files beside a workbook: those in its folder `NAME-media`, and those in the workbook's own folder."""

    def __init__(self, workbook: Path) -> None:
        self._folders = (workbook.with_name(f"{workbook.stem}-media"), workbook.parent)

    def __getitem__(self, name: str) -> Attachment:
        # A name in a form is a bare file name: it leads out of neither folder.
        if name in ("", ".", "..") or name != Path(name).name or "\\" in name:
            raise KeyError(name)
        for folder in self._folders:
            path = folder / name
            if path.is_file():
                return path
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for folder in self._folders:
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                if path.is_file() and path.name not in seen:
                    seen.add(path.name)
                    yield path.name

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ListFile:
    """A list or table that the form reads, under the file's own name: a form that asks for `.csv` takes `.xlsx` too."""

    def __init__(self, address: str, name: str, attachment: Attachment) -> None:
        self.address = address
        self.name = name
        self._attachment = attachment
        self._digest = ""

    def digest(self) -> str:
        """SHA-256 of the bytes."""
        if not self._digest:
            self._digest = hashlib.sha256(attached_bytes(self._attachment)).hexdigest()
        return self._digest

    def node(self) -> Node:
        """Raises XFormFault `xform-attachment`."""
        content = attached_bytes(self._attachment)
        return read_attachment(f"{self.address.rpartition('/')[0]}/{self.name}", content)


def list_files(xform: str, attachments: Mapping[str, Attachment]) -> tuple[list[ListFile], list[str]]:
    """The lists that a form reads, and the names of those that are not among its attachments."""
    addresses = [unescape(found) for found in _SOURCE.findall(xform)]
    addresses += [f"jr://file-csv/{unescape(found)}.csv" for found in _SEARCH.findall(xform)]
    found: list[ListFile] = []
    missing: list[str] = []
    for address in dict.fromkeys(addresses):
        wanted = address.rpartition("/")[2]
        stem, _, kind = wanted.rpartition(".")
        for name in (wanted, f"{stem}.xlsx") if kind == "csv" else (wanted,):
            if name in attachments:
                found.append(ListFile(address, name, attachments[name]))
                break
        else:
            missing.append(wanted)
    return found, missing


def form_files(xform: str, attachments: Mapping[str, Attachment]) -> dict[str, bytes]:
    """What has to travel with the form: its lists, and the pictures and sounds that are there, by name."""
    names = [file.name for file in list_files(xform, attachments)[0]]
    names += [name for name in media_names(xform) if name in attachments]
    return {name: attached_bytes(attachments[name]) for name in dict.fromkeys(names)}


def media_names(xform: str) -> tuple[str, ...]:
    """The pictures and sounds that labels show, by name."""
    return tuple(dict.fromkeys(unescape(name) for name in _MEDIA.findall(xform)))
