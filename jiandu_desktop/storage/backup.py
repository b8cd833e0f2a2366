"""Copies of the live database by SQLite's own backup, checked by opening them and thinned by age."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import disk_trouble
from jiandu_desktop.storage.driver import driver
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
    except OSError as error:
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
