"""Where the program's own files and the user's data lie, and how a file is written so that it is never half there."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble


@cache
def program_root() -> Path:
    """The folder that holds `forms/` and `resources/`: the checkout, or the frozen program's data folder."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """The folder `resources/` as shipped."""
    return program_root() / "resources"


def shipped_forms() -> Path:
    """The folder `forms/` as shipped."""
    return program_root() / "forms"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The user's own folder on the local disk: database, media, backups, logs. Never on a share."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "jiandu.db"

    @property
    def media(self) -> Path:
        """Photos, PDFs and checklists by the SHA-256 of their bytes."""
        return self.root / "media"

    @property
    def compiled(self) -> Path:
        """Checklists as they were made from their workbooks; may be deleted at any time."""
        return self.root / "compiled"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def key(self) -> Path:
        """The laptop's private key."""
        return self.root / "device.key"

    @property
    def moved_away(self) -> Path:
        """A file that is there after this data was packed for another computer and is not to be used here any more."""
        return self.root / "moved-away.json"

    @property
    def restored(self) -> Path:
        """A file that is there after a backup was put back, until the data has been opened again."""
        return self.root / "restored.txt"

    def make(self) -> DataFolder:
        """Create the folders that are missing; raises Trouble where the disk refuses."""
        try:
            for folder in (self.root, self.media, self.backups, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_trouble(error, self.root) from error
        return self


def user_data_folder() -> DataFolder:
    """The platform's data folder, or `JIANDU_DATA` where it is set (tests, portable sticks)."""
    chosen = os.environ.get("JIANDU_DATA")
    if chosen:
        return DataFolder(Path(chosen))
    import platformdirs

    return DataFolder(Path(platformdirs.user_data_dir("jiandu", appauthor=False)))


def write_atomically(path: Path, content: bytes) -> None:
    """Write `content` beside `path`, flush it to the disk and rename: the old file or the new one, never a half.

    Raises Trouble `disk-full` or `file-not-writable`; the old file is then unchanged.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        # Where a file stands in place of the folder, the half file cannot even be looked for.
        with suppress(OSError):
            part.unlink()
        raise disk_trouble(error, path) from error


def disk_trouble(error: OSError, path: Path) -> Trouble:
    """Sort an error of the local disk into the trouble the user can act on."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble("disk-full", path=str(path), need=100)
    if error.errno == errno.ENOENT and not path.exists():
        return Trouble("file-not-found", path=str(path))
    return Trouble("file-not-writable", path=str(path), reason=error.strerror or str(error))


def _flush_folder(folder: Path) -> None:
    """A rename is durable once its folder is; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
