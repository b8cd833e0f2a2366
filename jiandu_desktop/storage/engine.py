"""Opens the SQLite database so that what was committed is there after a power cut."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from jiandu_desktop.domain.errors import Trouble

SAFE_SQLITE = (3, 51, 3)
"""First release without the WAL-reset bug that can lose a committed transaction (3.7.0 to 3.51.2 have it)."""


def driver() -> ModuleType:
    """The SQLite driver: `sqlcipher3`, which bundles a current SQLite, else the standard library's."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        return sqlite3
    module: ModuleType = dbapi2
    return module


def sqlite_facts() -> tuple[str, str, bool]:
    """(driver's name, SQLite's version, is it free of the WAL-reset bug) for 设置."""
    module = driver()
    version: tuple[int, ...] = module.sqlite_version_info
    return module.__name__.split(".")[0], ".".join(map(str, version)), version >= SAFE_SQLITE


class Database:
    """One database file. Every change goes through `writing`, every query through `reading`; both are short."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _make_engine(path)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its first statement; commits at the end or rolls back."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database."""
        with self._transaction("BEGIN") as connection:
            yield connection

    def raw(self) -> Any:
        """A connection of the driver itself, for backup and schema steps; the caller closes it."""
        return self._engine.raw_connection()

    def close(self) -> None:
        """Give every connection back to the system; the write-ahead log is folded in by the last one."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        try:
            with (
                self._engine.connect().execution_options(jiandu_begin=begin) as connection,
                connection.begin(),
            ):
                yield connection
        except OperationalError as error:
            raise sqlite_trouble(error.orig, self.path) or error from error
        except DatabaseError as error:
            raise sqlite_trouble(error.orig, self.path) or error from error


def sqlite_trouble(error: BaseException | None, path: Path) -> Trouble | None:
    """The trouble behind an error of SQLite, or None where it is a fault of ours."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return Trouble("database-busy", path=str(path))
    if "disk is full" in text:
        return Trouble("disk-full", path=str(path), need=100)
    if "malformed" in text or "not a database" in text or "disk I/O" in text:
        return Trouble("database-damaged", path=str(path), reason=text, backups=str(path.parent / "backups"))
    if "readonly" in text or "unable to open" in text:
        return Trouble("file-not-writable", path=str(path), reason=text)
    return None


def _make_engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        module=driver(),
        poolclass=QueuePool,
        pool_size=4,
        connect_args={"check_same_thread": False, "timeout": 10.0},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, record: Any) -> None:
        del record
        # The driver's own transactions do not cover CREATE TABLE; ours are explicit.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("jiandu_begin", "BEGIN"))

    return engine
