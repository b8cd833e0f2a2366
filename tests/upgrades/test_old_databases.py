"""A filled database of every released version opens in today's program with everything in it."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.services.preferences import Preferences
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import visits
from jiandu_desktop.storage.schema.runner import steps
from tests.conftest import StandingClock

OLD = sorted(Path(__file__).parent.glob("database_*.db.xz"))


def test_every_step_of_the_schema_has_a_database_of_its_release() -> None:
    assert [f"database_{number:04d}.db.xz" for number, _ in steps()] == [path.name for path in OLD]


@pytest.mark.parametrize("path", OLD, ids=[path.stem for path in OLD])
def test_an_old_database_keeps_every_answer(path: Path, tmp_path: Path, clock: StandingClock) -> None:
    folder = DataFolder(tmp_path / "data").make()
    folder.database.write_bytes(lzma.decompress(path.read_bytes()))
    store = Store(folder, clock, new_id)
    with store.reading() as work:
        assert work.exec_driver_sql("PRAGMA user_version").scalar() == steps()[-1][0]
        assert work.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        draft = next(visit for visit in visits.visits(work) if visit.state is VisitState.DRAFT)
        answers, place = visits.answers(work, draft.id), visits.place(work, draft.id)
        notes, _ = visits.remarks(work, draft.id)
        trail = visits.trail(work, draft.id)
    assert len(answers) == 5
    assert place.ref in answers
    assert place.unsaved == {f"note:{place.ref}": "半句话"}
    assert list(notes.values()) == ["一条备注"]
    # Five answers and a note; from step 2 on the school's own answer to one item as well.
    assert len(trail) == (6 if path == OLD[0] else 7)
    assert Preferences(store).get("text_scale") == 1.15
    with store.reading() as work:
        counts = [work.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in FILLED]
    assert all(counts), dict(zip(FILLED, counts, strict=True))
    store.close()


FILLED = ("schools", "inspectors", "assignments", "visits", "problems", "documents", "photos", "operations", "segments")
"""Tables that a laptop in use has rows in."""


def test_lists_can_be_read_from_an_old_database(tmp_path: Path, clock: StandingClock) -> None:
    folder = DataFolder(tmp_path / "data").make()
    folder.database.write_bytes(lzma.decompress(OLD[0].read_bytes()))
    store = Store(folder, clock, new_id)
    with store.reading() as work:
        work.exec_driver_sql("SELECT 1")
    # The key is not part of the database: lists that need none must still be readable.
    folder.key.write_bytes(bytes(range(32)))
    view = read_overview(store)
    assert len(view.schools) == 36
    assert len(view.visits) >= 16
    store.close()
