"""Copies of the live database by SQLite's own backup, checked by opening them, thinned by age, and put back."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import disk_trouble
from jiandu_desktop.storage.driver import connect, driver, sqlite_trouble
from jiandu_desktop.storage.engine import Database

_STAMP = "%Y%m%d-%H%M%S"


def back_up(database: Database, folder: Path, now: datetime, *, reason: str = "daily") -> Path:
    """Write a checked copy `jiandu-<time>-<reason>.db` into `folder` and return its path.

    A plain file copy of a database in WAL mode loses what is in the log; SQLite's backup does not.
    """
    target = folder / f"jiandu-{now.strftime(_STAMP)}-{reason}.db"
    part = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with database.connection() as source:
            copy = driver().connect(str(part))
            try:
                source.backup(copy)
                verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
            finally:
                copy.close()
        if verdict != "ok":
            raise Trouble("database-damaged", path=str(database.path), reason=verdict, backups=str(folder))
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.replace(target)
    except driver().Error as error:
        part.unlink(missing_ok=True)
        raise sqlite_trouble(error, database.path) or error from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise disk_trouble(error, target) from error
    return target


def back_up_daily(database: Database, folder: Path, now: datetime) -> Path | None:
    """A copy if the newest is older than a day, then thin: all of a week, one a week for two months, one a month."""
    existing = _dated(folder)
    if existing and now.replace(tzinfo=None) - existing[-1][0] < timedelta(days=1):
        return None
    made = back_up(database, folder, now)
    _thin(folder, now)
    return made


def fault_of(path: Path) -> str:
    """What is wrong with a copy, "" for a good one: it is opened for reading and every page of it is looked at."""
    try:
        # Read as unchanging: a copy is never written, and looking at it must leave no log beside it.
        copy = driver().connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            verdict = str(copy.execute("PRAGMA quick_check").fetchone()[0])
            tables = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'facts'").fetchone()[0]
        finally:
            copy.close()
    except driver().Error as error:
        return str(error)
    if verdict != "ok":
        return verdict
    return "" if tables else "no tables of ours"


def put_back(copy: Path, path: Path, aside: Path) -> None:
    """Make the database at `path`, which nobody has open, a copy of `copy`.

    The database that was there is either folded into one file or, where it cannot be read, moved to `aside` with its
    log; until the last rename it stays in force. Raises Trouble `database-busy` while another connection is open,
    `disk-full`, `file-not-writable`.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        shutil.copyfile(copy, part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        if path.exists() and not _fold(path):
            for ending in ("", "-wal", "-shm"):
                old = path.with_name(path.name + ending)
                if old.exists():
                    old.replace(aside.with_name(aside.name + ending))
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise disk_trouble(error, path) from error
    except Trouble:
        part.unlink(missing_ok=True)
        raise


def _fold(path: Path) -> bool:
    """Bring the log into the database and leave WAL, which SQLite allows to the last connection alone; False where the
    file is no database any more."""
    try:
        connection = connect(path)
        try:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        finally:
            connection.close()
    except driver().OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Trouble("database-busy", path=str(path)) from error
        return False
    except driver().Error:
        return False
    if mode != "delete":
        raise Trouble("database-busy", path=str(path))
    return True


def _dated(folder: Path) -> list[tuple[datetime, Path]]:
    found = []
    for path in folder.glob("jiandu-*.db"):
        stamp = "-".join(path.stem.split("-")[1:3])
        try:
            # File names carry local time without an offset: they only order copies of one laptop.
            found.append((datetime.strptime(stamp, _STAMP), path))  # noqa: DTZ007
        except ValueError:
            continue
    return sorted(found)


def _thin(folder: Path, now: datetime) -> None:
    kept: set[tuple[str, int, int]] = set()
    for moment, path in reversed(_dated(folder)):
        age = (now.replace(tzinfo=None) - moment).days
        if age <= 7:
            continue
        week = moment.isocalendar()
        slot = ("week", week.year, week.week) if age <= 60 else ("month", moment.year, moment.month)
        if slot in kept:
            path.unlink(missing_ok=True)
        kept.add(slot)
