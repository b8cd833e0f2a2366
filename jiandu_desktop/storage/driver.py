"""The SQLite driver itself: which one, how a connection is set up, and what its errors mean to a user."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from jiandu_desktop.domain.errors import Trouble

SAFE_SQLITE = (3, 51, 3)
"""First release without the WAL-reset bug that can lose a committed transaction (3.7.0 to 3.51.2 have it)."""

SETTINGS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000")
"""Pragmas of every connection: what was committed is there after a power cut."""

CONNECT: dict[str, Any] = {"check_same_thread": False, "timeout": 10.0}


def driver() -> ModuleType:
    """The SQLite driver: `sqlcipher3`, which bundles a current SQLite, else the standard library's."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        import sqlite3

        return sqlite3
    module: ModuleType = dbapi2
    return module


def sqlite_facts() -> tuple[str, str, bool]:
    """(driver's name, SQLite's version, is it free of the WAL-reset bug) for 设置."""
    module = driver()
    version: tuple[int, ...] = module.sqlite_version_info
    return module.__name__.split(".")[0], ".".join(map(str, version)), version >= SAFE_SQLITE


def connect(path: Path) -> Any:
    """A connection of the driver, whose transactions are explicit."""
    connection = driver().connect(str(path), **CONNECT)
    set_up(connection)
    return connection


def set_up(connection: Any) -> None:
    """Give a new connection its settings."""
    # The driver's own transactions do not cover CREATE TABLE; ours are explicit.
    connection.isolation_level = None
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def sqlite_trouble(error: BaseException | None, path: Path) -> Trouble | None:
    """The trouble behind an error of SQLite, or None where it is a fault of ours."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return Trouble("database-busy", path=str(path))
    if "disk is full" in text:
        return Trouble("disk-full", path=str(path), need=100)
    if "disk I/O" in text:
        # One call that failed is no damaged database: whoever restored a backup for it would lose the work since.
        return Trouble("disk-failed", path=str(path), reason=text, backups=str(path.parent / "backups"))
    if "malformed" in text or "not a database" in text:
        return Trouble("database-damaged", path=str(path), reason=text, backups=str(path.parent / "backups"))
    if "readonly" in text or "unable to open" in text:
        return Trouble("file-not-writable", path=str(path), reason=text)
    return None
