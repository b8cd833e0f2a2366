"""The bytes of photos, PDFs and checklists on the local disk, each under the SHA-256 of its content."""

from __future__ import annotations

import os
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import write_atomically


class Media:
    """Content-named files; the same bytes are kept once, and bytes that rotted are noticed when read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = str(folder)

    def path(self, sha256: str) -> Path:
        """Where bytes of that hash lie, whether or not they are there."""
        return self.folder / f"{sha256[:2]}/{sha256}"

    def keep(self, content: bytes, sha256: str = "") -> str:
        """Keep `content` durably and return its SHA-256 in hex, which the caller may have proven already; raises
        Trouble `disk-full`."""
        import hashlib  # brings OpenSSL, which the window's start does not wait for

        sha256 = sha256 or hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if not (path.exists() and path.stat().st_size == len(content)):
            write_atomically(path, content)
        return sha256

    def has(self, sha256: str) -> bool:
        # Asked of every photo of every visit that arrives; to build a Path takes longer than to ask the system.
        return os.access(f"{self._root}/{sha256[:2]}/{sha256}", os.F_OK)

    def read(self, sha256: str) -> bytes:
        """The bytes; raises Trouble `media-lost` if they are gone or no longer what they were."""
        import hashlib

        try:
            content = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise Trouble("media-lost", name=sha256[:12]) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Trouble("media-lost", name=sha256[:12])
        return content
