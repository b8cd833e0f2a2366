"""The database survives kills, failed steps, newer programs and damage, and its backups are whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.storage import county, tables
from jiandu_desktop.storage.backup import back_up, back_up_daily
from jiandu_desktop.storage.driver import SAFE_SQLITE, driver, sqlite_facts
from jiandu_desktop.storage.engine import Database
from jiandu_desktop.storage.records import Work
from jiandu_desktop.storage.schema import runner
from jiandu_desktop.storage.schema.runner import open_database, steps
from tests.conftest import StandingClock

WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from jiandu_desktop.domain.identity import system_clock
    from jiandu_desktop.storage import county
    from jiandu_desktop.storage.schema.runner import open_database
    database = open_database(Path(sys.argv[1]), Path(sys.argv[1]).parent / "backups", system_clock)
    for number in range(1_000_000):
        with database.writing() as work:
            county.keep_fact(work, f"answer.{number}", number)
        print(number, flush=True)
    """
)


@pytest.fixture
def database(tmp_path: Path, clock: StandingClock) -> Database:
    opened = open_database(tmp_path / "jiandu.db", tmp_path / "backups", clock)
    yield opened
    opened.close()


@pytest.mark.fault(5)
def test_what_was_said_to_be_saved_is_there_after_a_kill(tmp_path: Path, clock: StandingClock) -> None:
    path = tmp_path / "jiandu.db"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(200)]
        os.kill(writer.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        said += [int(line) for line in writer.stdout if line.endswith("\n")]
    opened = open_database(path, tmp_path / "backups", clock)
    with opened.reading() as work:
        facts = county.facts(work)
    opened.close()
    assert all(facts[f"answer.{number}"] == number for number in said)


def test_the_driver_bundles_an_sqlite_without_the_wal_bug() -> None:
    name, version, safe = sqlite_facts()
    assert name == "sqlcipher3"
    assert safe, f"SQLite {version} is older than {SAFE_SQLITE}"


def test_the_steps_build_the_tables_that_the_program_uses(database: Database, tmp_path: Path) -> None:
    built = inspect(create_engine(f"sqlite:///{database.path}", module=driver()))
    fresh_path = tmp_path / "metadata.db"
    fresh = create_engine(f"sqlite:///{fresh_path}", module=driver())
    tables.metadata.create_all(fresh)
    wanted = inspect(fresh)
    assert sorted(built.get_table_names()) == sorted(wanted.get_table_names())
    for name in wanted.get_table_names():
        assert [(c["name"], str(c["type"]), c["nullable"]) for c in built.get_columns(name)] == [
            (c["name"], str(c["type"]), c["nullable"]) for c in wanted.get_columns(name)
        ]
        assert sorted(map(str, built.get_indexes(name))) == sorted(map(str, wanted.get_indexes(name)))
        assert sorted(map(str, built.get_foreign_keys(name))) == sorted(map(str, wanted.get_foreign_keys(name)))
    built.engine.dispose()
    fresh.dispose()


def test_a_step_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, backups = tmp_path / "jiandu.db", tmp_path / "backups"
    first = open_database(path, backups, clock)
    with first.writing() as work:
        county.keep_fact(work, "unit", "青禾县")
    first.close()
    newest = steps()[-1][0]
    broken = [*steps(), (newest + 1, "CREATE TABLE later (id TEXT);\nCREATE TABLE facts (id TEXT);\n")]
    monkeypatch.setattr(runner, "steps", lambda: broken)
    with pytest.raises(driver().Error):
        open_database(path, backups, clock)
    monkeypatch.undo()
    again = open_database(path, backups, clock)
    with again.reading() as work:
        assert county.fact(work, "unit") == "青禾县"
    assert "later" not in inspect(create_engine(f"sqlite:///{path}", module=driver())).get_table_names()
    again.close()
    assert len(list(backups.glob("*before-step*.db"))) == 1


@pytest.mark.fault(54)
def test_a_database_of_a_newer_program_is_refused_by_name_and_untouched(tmp_path: Path, clock: StandingClock) -> None:
    path = tmp_path / "jiandu.db"
    open_database(path, tmp_path / "backups", clock).close()
    connection = driver().connect(str(path))
    connection.execute("PRAGMA user_version=9999")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(Trouble, match="database-newer") as refused:
        open_database(path, tmp_path / "backups", clock)
    assert refused.value.values["found"] == 9999
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path: Path, clock: StandingClock) -> None:
    path = tmp_path / "jiandu.db"
    path.write_bytes(b"this is a letter, not a database\n" * 200)
    with pytest.raises(Trouble, match="database-damaged"):
        open_database(path, tmp_path / "backups", clock)
    assert path.read_bytes().startswith(b"this is a letter")


def test_a_backup_holds_what_still_lies_in_the_log(database: Database, tmp_path: Path, clock: StandingClock) -> None:
    for number in range(1000):
        with database.writing() as work:
            county.keep_fact(work, f"row.{number}", number)
    copy = back_up(database, tmp_path / "backups", clock())
    opened = driver().connect(str(copy))
    assert opened.execute("SELECT count(*) FROM facts").fetchone()[0] == 1000
    opened.close()
    assert not list((tmp_path / "backups").glob("*.part"))


def test_daily_backups_are_made_once_a_day_and_thinned(database: Database, tmp_path: Path) -> None:
    folder, start = tmp_path / "backups", datetime(2026, 1, 1, 8, 0).astimezone()
    for day in range(200):
        now = start + timedelta(days=day)
        assert back_up_daily(database, folder, now) is not None
        assert back_up_daily(database, folder, now + timedelta(hours=3)) is None
    kept = sorted(folder.glob("*.db"))
    assert 8 + 7 <= len(kept) <= 8 + 9 + 6
    assert kept[-1].name.startswith("jiandu-20260719")


def test_a_transaction_that_fails_changes_nothing(database: Database) -> None:
    with pytest.raises(LookupError), database.writing() as work:
        _write_then_fail(work)
    with database.reading() as work:
        assert county.fact(work, "half") is None


def _write_then_fail(work: Work) -> None:
    county.keep_fact(work, "half", True)
    raise LookupError("half-way")
