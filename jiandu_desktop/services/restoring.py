"""恢复备份: the database is put back as a copy holds it, the present one is kept, and sync goes on as another computer.

A database that went back in time must not go on numbering where it then stood (docs/sync.md, Restored, copied, lost).
That a copy was put back is therefore written down before it is done, and heeded at the next opening, whatever happens
in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock
from jiandu_desktop.paths import DataFolder, write_atomically
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.upkeep import BackupLine, list_backups
from jiandu_desktop.storage import backup
from jiandu_desktop.storage.engine import Database


def check_copy(path: Path) -> str:
    """What is wrong with a copy in SQLite's words, "" for a good one. Reads all of it: for a lane."""
    return backup.fault_of(path)


def check_copies(paths: Sequence[Path]) -> dict[Path, str]:
    """What is wrong with each, "" for the good ones."""
    return {path: check_copy(path) for path in paths}


def newest_good(folder: DataFolder, clock: Clock) -> BackupLine | None:
    """The newest copy that can be opened and is whole; None where there is none."""
    return next((line for line in list_backups(folder, clock) if not check_copy(line.path)), None)


def restore(folder: DataFolder, copy: Path, clock: Clock) -> Path:
    """Put `copy` back into a data folder that nobody has open; returns where the present database was kept.

    Raises Trouble `backup-damaged`, `database-busy`, `disk-full`, `file-not-writable`; the present one then stays.
    Photos and documents are not touched: they lie beside the database, and what it does not know does no harm.
    """
    fault = check_copy(copy)
    if fault:
        raise Trouble("backup-damaged", path=copy.name, reason=fault)
    folder.make()
    now = clock()
    kept = _keep_present(folder, now)
    aside = folder.backups / f"damaged-{now:%Y%m%d-%H%M%S}.db"
    write_atomically(folder.restored, f"{copy.name}\n{now:%Y-%m-%d %H:%M:%S}\n".encode())
    backup.put_back(copy, folder.database, aside)
    return kept if kept is not None else aside


def go_on_restored(store: Store) -> None:
    """First thing after a restore: a laptop takes its new identity before it looks into any folder."""
    from jiandu_desktop.services.replica import after_restore

    after_restore(store)
    store.folder.restored.unlink(missing_ok=True)


def _keep_present(folder: DataFolder, now: datetime) -> Path | None:
    """A checked copy of the database as it is; None where it is so damaged that it can only be laid aside."""
    if not folder.database.exists():
        return None
    database = Database(folder.database)
    try:
        return backup.back_up(database, folder.backups, now, reason="before-restore")
    except Trouble as trouble:
        if trouble.code == "database-damaged":
            return None
        raise
    finally:
        database.close()
