"""A new laptop takes the office's base and what follows, instead of years of journals.

Row 65 of the fault catalogue (docs/faults.md), without the size; the size is in bench/.
"""

from __future__ import annotations

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.sync import pull
from jiandu_desktop.sync.base import newest_base, publish_base
from jiandu_desktop.sync.operation import Draft
from tests.support.county import NOW, County, Member


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pull, "WORTH_A_BASE", 3)


def publish(county: County, office: Member | None = None) -> None:
    office = office or county.office
    publish_base(office.folder(), office.replica, Progress(), now=NOW)


def grown(county: County, visits: int = 30) -> Member:
    li = county.laptop("li")
    for number in range(visits):
        li.visit(photos=1, documents=0)
        if number % 5 == 0:
            li.sync()
    county.office.replica.record([Draft("school.added", "s1", {})])
    county.settle()
    return li


@pytest.mark.fault(65)
def test_a_new_laptop_reads_the_base_and_what_follows(county: County) -> None:
    li = grown(county)
    publish(county)
    li.visit()
    li.sync()
    new = county.laptop("new")
    new.disk.forget()
    new.sync()
    assert len(new.replica.ops("visit.")) == 31
    assert not [path for path in (county.root / "dev" / li.device).iterdir() if path.name.startswith("00000001")] or (
        new.disk.calls["read"] < 20
    )
    assert new.replica.positions() == {**county.office.replica.positions(), **new.replica.positions()}
    county.settle()
    assert new.replica.state_hash(("visit.", "school.")) == li.replica.state_hash(("visit.", "school."))
    assert new.replica.devices()[li.device].certified


def test_photos_of_others_can_be_fetched_after_a_base(county: County) -> None:
    li = grown(county, 6)
    publish(county)
    new = county.laptop("new")
    new.sync()
    (ref, *_) = [held.ref for held in li.replica.held_blobs()]
    assert [ref] == list(new.replica.blob_refs([ref.name]))
    assert pull.fetch_blob(new.folder(), new.replica, ref)


@pytest.mark.fault(65)
def test_interrupted_at_every_transaction_it_goes_on_where_it_was(county: County) -> None:
    grown(county, 60)
    publish(county)
    new = county.laptop("new")
    starts = 0
    for _ in range(30):
        left = [2]

        def die(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Trouble("killed")

        new.replica.before_commit = die
        starts += 1
        try:
            pull.pull(new.folder(), new.replica, Progress(), now=NOW)
        except Trouble:
            continue
        break
    assert 3 < starts < 30, "each try goes at least one part further"
    new.replica.before_commit = lambda: None
    new.sync()
    assert len(new.replica.ops("visit.")) == 60


@pytest.mark.parametrize("harm", ["part flipped", "part gone", "list flipped", "signed by a laptop"])
def test_a_base_that_is_not_whole_is_left_alone_and_the_journals_are_read(county: County, harm: str) -> None:
    li = grown(county, 10)
    publish(county, li if harm == "signed by a laptop" else None)
    (listed,) = (county.root / "base").glob("*.base")
    part = sorted((county.root / "base" / "0001").iterdir())[0]
    victim = part if harm.startswith("part") else listed
    if harm == "part gone":
        victim.unlink()
    elif harm.endswith("flipped"):
        data = victim.read_bytes()
        victim.write_bytes(data[:50] + bytes([data[50] ^ 1]) + data[51:])
    new = county.laptop("new")
    new.sync()
    assert len(new.replica.ops("visit.")) == 10
    assert new.replica.state_hash(("visit.",)) == county.office.replica.state_hash(("visit.",))


def test_older_bases_of_the_office_go_and_a_newer_one_is_begun_cleanly(county: County) -> None:
    li = grown(county, 60)
    publish(county)
    new = county.laptop("new")
    left = [3]

    def die() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Trouble("killed")

    new.replica.before_commit = die
    with pytest.raises(Trouble):
        pull.pull(new.folder(), new.replica, Progress(), now=NOW)
    new.replica.before_commit = lambda: None
    for _ in range(2):
        li.visit()
        li.sync()
        county.office.sync()
        publish(county)
    assert sorted(path.name[:4] for path in (county.root / "base").glob("*.base")) == ["0002", "0003"]
    assert not list((county.root / "base" / "0001").iterdir())
    new.sync()
    assert len(new.replica.ops("visit.")) == 62
    assert newest_base(new.folder(), county.made) is not None


def test_who_has_read_anything_reads_on_in_the_journals(county: County) -> None:
    grown(county, 10)
    wang = county.members[1]
    publish(county)
    wang.disk.forget()
    wang.sync()
    assert not wang.replica.base_taken()[0]
