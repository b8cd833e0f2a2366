"""Files that belong to a checklist: where their bytes are to be had, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

Attachment = bytes | Path | Callable[[], bytes]
"""The bytes themselves, the file that holds them, or a call that fetches them."""


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
