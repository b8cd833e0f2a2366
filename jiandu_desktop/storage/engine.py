"""Opens the SQLite database so that what was committed is there after a power cut."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.storage.driver import CONNECT, connect, driver, set_up, sqlite_trouble
from jiandu_desktop.storage.glance import Glance

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# SQLAlchemy takes as long to load as the rest of the window's start: it is asked for with the first transaction, which
# comes after 今日 stands on the screen. What is shown there is read by a Glance.


class Database:
    """One database file. Every change goes through `writing`, every query through `reading`; both are short.

    Lists are read by `glancing`, which needs no SQLAlchemy.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._made: Engine | None = None
        self._spare: list[Any] = []

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

    @contextmanager
    def glancing(self) -> Iterator[Glance]:
        """One consistent view of the database, for lists."""
        try:
            with self.connection() as connection:
                connection.execute("BEGIN")
                try:
                    yield Glance(connection)
                finally:
                    connection.rollback()
        except driver().Error as error:
            raise sqlite_trouble(error, self.path) or error from error

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """A connection of the driver itself, for lists, backup and schema steps."""
        with self._lock:
            found = self._spare.pop() if self._spare else None
        if found is None:
            found = connect(self.path)
        try:
            yield found
        except BaseException:
            found.close()
            raise
        with self._lock:
            self._spare.append(found)

    def close(self) -> None:
        """Give every connection back to the system; the write-ahead log is folded in by the last one."""
        with self._lock:
            while self._spare:
                self._spare.pop().close()
            if self._made is not None:
                self._made.dispose()

    def _engine(self) -> Engine:
        with self._lock:
            if self._made is None:
                self._made = _make_engine(self.path)
            return self._made

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        from sqlalchemy.exc import DatabaseError

        try:
            with (
                self._engine().connect().execution_options(jiandu_begin=begin) as connection,
                connection.begin(),
            ):
                yield connection
        except DatabaseError as error:
            raise sqlite_trouble(error.orig, self.path) or error from error
        except driver().Error as error:
            # What is written in bulk goes past SQLAlchemy (`records.run`).
            raise sqlite_trouble(error, self.path) or error from error


def _make_engine(path: Path) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    engine = create_engine(f"sqlite:///{path}", module=driver(), poolclass=QueuePool, pool_size=4, connect_args=CONNECT)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, record: Any) -> None:
        del record
        set_up(connection)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("jiandu_begin", "BEGIN"))

    return engine
