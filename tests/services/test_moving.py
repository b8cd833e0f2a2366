"""搬到新电脑: everything goes along, only with the passphrase; the old laptop rests, the new one goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Cancelled, Progress, Step
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.moving import moved_away, pack, retire, stay, unpack
from jiandu_desktop.services.program import Services, open_services
from tests.conftest import StandingClock
from tests.support.bureau import open_laptop, open_office
from tests.support.visiting import do_visit

WORDS = "青禾县2026搬家"


def visit_ids(services: Services) -> set[str]:
    return {row.visit.id for row in services.visits.rows()}


@pytest.fixture
def packed(bureau: DemoBureau, laptop: Services, tmp_path: Path) -> Path:
    row = next(row for row in laptop.today.rows(laptop.store.today()) if row.visit_id is None)
    do_visit(laptop, row.assignment_id)
    out = tmp_path / "搬家.jdbj"
    steps: list[Step] = []
    said = pack(laptop.store, out, WORDS, Progress(steps.append))
    assert said.person == "周明元"
    assert said.files > 0
    assert steps[-1].done <= steps[-1].total
    return out


def test_the_new_laptop_has_everything_and_hands_in_what_the_old_one_had_not(
    bureau: DemoBureau, laptop: Services, packed: Path, clock: StandingClock, tmp_path: Path
) -> None:
    new = DataFolder(tmp_path / "new")
    unpack(packed, WORDS, new, Progress())
    services = open_services(new, clock=clock, new_id=new_id)
    assert visit_ids(services) == visit_ids(laptop)
    assert services.store.device() != laptop.store.device(), "the two never number alike"
    assert services.store.membership().person == laptop.store.membership().person
    for document in services.papers.rows():
        if laptop.store.media.has(document.document.sha256):
            assert services.papers.pdf(document.document.id) == laptop.papers.pdf(document.document.id)
    services.exchange.sync(Progress())
    services.close()
    office = open_office(bureau, clock)
    office.office.publish(Progress())
    assert visit_ids(laptop) <= visit_ids(office)
    office.close()


def test_the_old_laptop_rests_until_somebody_says_that_it_goes_on(
    bureau: DemoBureau, laptop: Services, packed: Path, clock: StandingClock
) -> None:
    laptop.close()
    retire(bureau.own, clock, packed)
    with pytest.raises(Trouble) as trouble:
        open_laptop(bureau, clock)
    assert trouble.value.code == "moved-away"
    told = moved_away(bureau.own)
    assert told is not None
    assert told.values["parcel"] == packed.name
    stay(bureau.own)
    assert moved_away(bureau.own) is None
    open_laptop(bureau, clock).close()


def test_without_the_passphrase_nobody_reads_it(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as trouble:
        unpack(packed, WORDS + "?", DataFolder(tmp_path / "new"), Progress())
    assert trouble.value.code == "passphrase-wrong"
    content = packed.read_bytes()
    assert b"SQLite format" not in content
    assert b"%PDF" not in content


def test_a_parcel_that_was_cut_off_or_changed_leaves_nothing(packed: Path, tmp_path: Path) -> None:
    content = packed.read_bytes()
    spoilt = [content[:-1], content[: len(content) // 2], content[:20], b"", b"something else" * 9]
    spoilt.append(content[: len(content) // 2] + b"\x00" + content[len(content) // 2 + 1 :])
    pieces = content[: 25 + 4 + (1 << 20) + 16]
    spoilt.append(pieces)
    for number, each in enumerate(spoilt):
        parcel = tmp_path / f"{number}.jdbj"
        parcel.write_bytes(each)
        new = DataFolder(tmp_path / f"new{number}")
        with pytest.raises(Trouble) as trouble:
            unpack(parcel, WORDS, new, Progress())
        assert trouble.value.code == "parcel-unreadable"
        assert not new.database.exists()
        assert list(new.root.glob("*.key")) == []


def test_packing_can_be_called_off_and_leaves_no_file(laptop: Services, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        pack(laptop.store, tmp_path / "x.jdbj", WORDS, progress)
    assert list(tmp_path.glob("x.jdbj*")) == []
    with pytest.raises(Trouble) as trouble:
        pack(laptop.store, tmp_path / "x.jdbj", "1234", Progress())
    assert trouble.value.code == "passphrase-short"
