"""Brings a database to today's schema: backup first, then every missing step in one exclusive transaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.storage.backup import back_up
from jiandu_desktop.storage.driver import driver, sqlite_trouble
from jiandu_desktop.storage.engine import Database

STEPS_FOLDER = Path(__file__).parent


def steps() -> list[tuple[int, str]]:
    """(number, SQL) of every step, in order."""
    found = []
    for path in STEPS_FOLDER.glob("step_*.sql"):
        match = re.fullmatch(r"step_(\d{4})\.sql", path.name)
        if match:
            found.append((int(match.group(1)), path.read_text(encoding="utf-8")))
    return sorted(found)


def open_database(path: Path, backups: Path, clock: Callable[[], datetime]) -> Database:
    """Open `path`, building or migrating it as needed.

    Raises Trouble `database-newer` for a file of a later program (nothing is changed), `database-damaged` for a file
    that is not a database, `disk-full` and `file-not-writable`. A step that fails leaves version and tables untouched.
    """
    database = Database(path)
    try:
        _migrate(database, backups, clock)
    except driver().Error as error:
        database.close()
        raise sqlite_trouble(error, path) or error from error
    except BaseException:
        database.close()
        raise
    return database


def _migrate(database: Database, backups: Path, clock: Callable[[], datetime]) -> None:
    known = steps()
    newest = known[-1][0]
    with database.connection() as connection:
        cursor = connection.cursor()
        version = cursor.execute("PRAGMA user_version").fetchone()[0]
        if version > newest:
            raise Trouble("database-newer", path=str(database.path), found=version, known=newest)
        if version == newest:
            return
        if version > 0:
            back_up(database, backups, clock(), reason=f"before-step-{newest:04d}")
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("BEGIN EXCLUSIVE")
        try:
            for number, sql in known:
                if number > version:
                    for statement in sql.split(";\n"):
                        if statement.strip():
                            cursor.execute(statement)
                    cursor.execute(f"PRAGMA user_version={number}")
            broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"schema step leaves broken references: {broken[:3]}")
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        finally:
            cursor.execute("PRAGMA foreign_keys=ON")
