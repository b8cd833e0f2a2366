"""The data folder as 设置 shows it: the database, its copies, and a copy made now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jiandu_desktop.domain.identity import Clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage.backup import back_up, back_up_daily
from jiandu_desktop.storage.driver import sqlite_facts


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseFacts:
    """The database: `safe` says that its SQLite is free of the WAL-reset bug that may lose a committed answer."""

    folder: Path
    backups: Path
    driver: str
    sqlite: str
    safe: bool
    database_bytes: int
    media_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupLine:
    """One copy of the database; `at` in the laptop's zone, `reason` as in its name: daily, by-hand, before-restore,
    before-step-0002."""

    path: Path
    at: datetime
    size: int
    reason: str = ""


def database_facts(store: Store) -> DatabaseFacts:
    """Reads sizes from the disk: for a lane, not for the window's thread."""
    driver, version, safe = sqlite_facts()
    folder = store.folder
    return DatabaseFacts(
        folder=folder.root,
        backups=folder.backups,
        driver=driver,
        sqlite=version,
        safe=safe,
        database_bytes=_size(folder.database),
        media_bytes=sum(_size(path) for path in folder.media.rglob("*") if path.is_file()),
    )


def backups(store: Store) -> tuple[BackupLine, ...]:
    """The copies there are, the newest first."""
    return list_backups(store.folder, store.clock)


def list_backups(folder: DataFolder, clock: Clock) -> tuple[BackupLine, ...]:
    """The copies in a data folder, the newest first; also of one whose database cannot be opened."""
    zone = clock().tzinfo
    found = []
    for path in folder.backups.glob("jiandu-*.db"):
        try:
            day, time, *reason = path.stem.split("-")[1:]
            # The name carries the laptop's own time; a copy of the file would carry another in its metadata.
            at = datetime.strptime(day + time, "%Y%m%d%H%M%S").replace(tzinfo=zone)
        except ValueError:
            continue
        found.append(BackupLine(path=path, at=at, size=_size(path), reason="-".join(reason)))
    return tuple(sorted(found, key=lambda line: (line.at, line.path.name), reverse=True))


def back_up_now(store: Store) -> Path:
    """A checked copy of the database as it is now; raises Trouble `disk-full`, `file-not-writable`."""
    return back_up(store.database, store.folder.backups, store.clock(), reason="by-hand")


def back_up_if_due(store: Store) -> Path | None:
    """The daily copy, and the thinning of old ones; None where the newest is less than a day old."""
    return back_up_daily(store.database, store.folder.backups, store.clock())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
