"""A copy put back: what was lost comes back by sync, what was there is kept, and no number is used twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.restoring import check_copy, newest_good, restore
from jiandu_desktop.services.upkeep import back_up_now, list_backups
from tests.conftest import StandingClock
from tests.support.bureau import open_laptop, open_office
from tests.support.visiting import do_visit


def visit_one(services: Services) -> str:
    row = next(row for row in services.today.rows(services.store.today()) if row.visit_id is None)
    return do_visit(services, row.assignment_id).visit.id


def visits_of(services: Services) -> set[str]:
    return {row.visit.id for row in services.visits.rows()}


def test_visits_handed_in_after_the_copy_come_back_and_those_of_the_copy_go_out(
    bureau: DemoBureau, clock: StandingClock
) -> None:
    services = open_laptop(bureau, clock)
    kept_only_here = visit_one(services)
    copy = back_up_now(services.store)
    clock.advance(hours=1)
    handed_in = visit_one(services)
    services.exchange.sync(Progress())
    before = services.store.device()
    services.close()

    present = restore(bureau.own, copy, clock)
    assert check_copy(present) == ""
    assert bureau.own.restored.exists()
    services = open_laptop(bureau, clock)
    assert not bureau.own.restored.exists()
    assert services.store.device() != before, "sync goes on under a new identity"
    assert kept_only_here in visits_of(services)
    assert handed_in not in visits_of(services)
    services.exchange.sync(Progress())
    assert {kept_only_here, handed_in} <= visits_of(services)
    services.close()
    office = open_office(bureau, clock)
    office.office.publish(Progress())
    assert {kept_only_here, handed_in} <= visits_of(office)
    office.close()


def test_the_present_database_is_kept_and_can_itself_be_put_back(bureau: DemoBureau, clock: StandingClock) -> None:
    services = open_laptop(bureau, clock)
    copy = back_up_now(services.store)
    clock.advance(hours=1)
    later = visit_one(services)
    services.close()
    present = restore(bureau.own, copy, clock)
    clock.advance(hours=1)
    restore(bureau.own, present, clock)
    services = open_laptop(bureau, clock)
    assert later in visits_of(services)
    services.close()


def test_a_damaged_database_is_laid_aside_and_the_newest_good_copy_is_offered(
    bureau: DemoBureau, clock: StandingClock
) -> None:
    services = open_laptop(bureau, clock)
    good = back_up_now(services.store)
    clock.advance(hours=1)
    bad = back_up_now(services.store)
    services.close()
    bad.write_bytes(bad.read_bytes()[:5000])
    bureau.own.database.write_bytes(b"spoilt" * 4000)
    with pytest.raises(Trouble) as trouble:
        open_laptop(bureau, clock)
    assert trouble.value.code == "database-damaged"
    offered = newest_good(bureau.own, clock)
    assert offered is not None
    assert offered.path == good
    assert offered.reason == "by-hand"
    aside = restore(bureau.own, offered.path, clock)
    assert aside.read_bytes().startswith(b"spoilt")
    open_laptop(bureau, clock).close()


def test_a_damaged_copy_is_refused_and_nothing_changes(
    bureau: DemoBureau, clock: StandingClock, tmp_path: Path
) -> None:
    before = bureau.own.database.read_bytes()
    for name, content in (("no.db", b"no database"), ("short.db", before[:9000]), ("empty.db", b"")):
        copy = tmp_path / name
        copy.write_bytes(content)
        with pytest.raises(Trouble) as trouble:
            restore(bureau.own, copy, clock)
        assert trouble.value.code == "backup-damaged"
    assert bureau.own.database.read_bytes() == before
    assert not bureau.own.restored.exists()


def test_a_database_that_is_open_elsewhere_is_not_replaced(bureau: DemoBureau, clock: StandingClock) -> None:
    services = open_laptop(bureau, clock)
    copy = back_up_now(services.store)
    later = visit_one(services)
    with services.store.reading(), pytest.raises(Trouble) as trouble:
        restore(bureau.own, copy, clock)
    assert trouble.value.code == "database-busy"
    services.close()
    services = open_services(bureau.own, clock=clock, new_id=new_id)
    assert later in visits_of(services)
    services.close()


def test_copies_are_listed_newest_first_with_their_reason(bureau: DemoBureau, clock: StandingClock) -> None:
    services = open_laptop(bureau, clock)
    first = back_up_now(services.store)
    clock.advance(days=1)
    second = back_up_now(services.store)
    services.close()
    lines = list_backups(bureau.own, clock)
    assert [line.path for line in lines[:2]] == [second, first]
    assert (first.parent / "jiandu-notes.db").write_text("") == 0
    assert len(list_backups(bureau.own, clock)) == len(lines)
