"""How many records contradict themselves: for a count on the rail, read without SQLAlchemy."""

from __future__ import annotations

from jiandu_desktop.storage.driver import driver, sqlite_trouble
from jiandu_desktop.storage.engine import Database


def count_open(database: Database) -> int:
    """Contradictions that wait for a decision, and problems of which more than one value stands."""
    try:
        with database.connection() as connection:
            (kept,) = connection.execute("SELECT count(*) FROM conflicts WHERE resolved_at IS NULL").fetchone()
            (disputed,) = connection.execute("SELECT count(*) FROM problems WHERE conflicts <> '[]'").fetchone()
    except driver().Error as error:
        raise sqlite_trouble(error, database.path) or error from error
    return int(kept) + int(disputed)
