"""Two laptops, one office, one folder: what an inspector and the office see of a day's sync."""

from __future__ import annotations

import errno

import pytest

from jiandu_desktop.sync.once import stage_of
from jiandu_desktop.sync.operation import Draft
from jiandu_desktop.sync.receipt import Stage
from tests.support.county import NOW, County


def test_visits_reach_the_office_and_come_back_confirmed(county: County) -> None:
    li, wang = county.laptop("li"), county.laptop("wang")
    county.office.replica.record([Draft("school.added", "s1", {"name": "实验小学"})])
    county.office.sync()

    got = li.sync()
    assert got.arrived.schools == 1
    visits = [li.visit(photos=4, documents=1) for _ in range(3)]
    sent = li.sync()
    assert (sent.sent.visits, sent.sent.photos, sent.sent.documents) == (3, 12, 3)
    assert sent.checked_at == NOW
    assert sent.complete

    collected = county.office.sync()
    assert (collected.arrived.visits, collected.arrived.photos, collected.arrived.documents) == (3, 12, 3)
    assert [op.entity for op in county.office.replica.ops("visit.")] == visits
    assert li.sync().acknowledged[li.device] == 2
    assert wang.sync().arrived.visits == 3, "colleagues see the visits"
    assert wang.replica.missing_blobs(None), "but do not fetch the photos of others unasked"


def test_a_record_is_shown_no_further_than_it_is(county: County) -> None:
    li = county.laptop("li")
    li.visit()
    number = li.replica.ops("visit.")[0].number

    def stage() -> Stage:
        confirmed = li.replica.acknowledged().get(li.device, 0)
        return stage_of(number, li.replica.own_segments(), confirmed)

    assert stage() is Stage.SAVED
    li.sync()
    assert stage() is Stage.IN_FOLDER
    county.office.sync()
    assert stage() is Stage.IN_FOLDER, "the office's word must come back through the folder first"
    li.sync()
    assert stage() is Stage.CONFIRMED


def test_repeated_sync_changes_nothing_and_costs_two_listings(county: County) -> None:
    li = county.laptop("li")
    li.visit()
    county.settle()
    before, known = county.files(), li.replica.state_hash()
    for member in (li, county.office):
        member.disk.forget()
        receipt = member.sync()
        assert not receipt.sent
        assert not receipt.arrived
        assert member.disk.listings == 2
        assert member.disk.calls["read"] == 1, "the root file"
        assert set(member.disk.calls) == {"names", "read"}
    assert county.files() == before
    assert li.replica.state_hash() == known


def test_everybody_ends_with_the_same_records(county: County) -> None:
    laptops = [county.laptop(person) for person in ("li", "wang", "zhao")]
    for number, laptop in enumerate(laptops):
        for _ in range(number + 1):
            laptop.visit()
            laptop.sync()
    county.settle()
    assert len({member.replica.state_hash() for member in county.members}) == 1
    assert len(county.office.replica.ops("visit.")) == 6


def test_many_records_are_cut_into_small_segments(county: County) -> None:
    drafts = [Draft("school.added", f"s{n}", {"name": f"第{n}小学", "address": "x" * 200}) for n in range(2500)]
    county.office.replica.record(drafts)
    county.office.sync()
    segments = [name for name in county.files() if name.endswith(".seg")]
    assert len(segments) > 3
    assert all(len(data) < 256 * 1024 for name, data in county.files().items() if name.endswith(".seg"))
    li = county.laptop("li")
    assert li.sync().arrived.schools == 2500


@pytest.mark.fault(63)
def test_same_visits_by_stick_and_by_share_arrive_once(county: County, tmp_path: object) -> None:
    li = county.laptop("li")
    li.visit()
    li.sync()
    stick = county.home / "stick"
    stick.mkdir()
    for name, data in county.files().items():
        target = stick / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    county.office.sync()
    county.office.root = stick
    second = county.office.sync()
    assert second.arrived.visits == 0
    assert len(county.office.replica.ops("visit.")) == 1


def test_photos_that_no_longer_fitted_a_second_folder_go_there_once_there_is_room(county: County) -> None:
    li = county.laptop("li")
    li.visit()
    li.sync()
    stick = county.home / "stick"
    (stick / "head").mkdir(parents=True)
    (stick / "root-0001.json").write_bytes((county.root / "root-0001.json").read_bytes())
    li.root = stick
    li.disk.fail_next["create"] = [OSError(errno.ENOSPC, "full")]
    assert li.sync().trouble == "folder-full"
    assert li.sync().trouble == ""
    sent = {path.name for path in (county.root / "blob").rglob("*") if path.is_file()}
    assert {path.name for path in (stick / "blob").rglob("*") if path.is_file()} == sent


def test_on_the_road_to_a_stick_then_at_home_to_the_share(county: County) -> None:
    li = county.laptop("li")
    stick = county.home / "stick"
    (stick / "head").mkdir(parents=True)
    (stick / "root-0001.json").write_bytes((county.root / "root-0001.json").read_bytes())
    li.visit()
    li.root = stick
    assert li.sync().sent.photos == 2
    li.root = county.root
    assert li.sync().sent.visits == 1, "what only the stick holds goes to the share as well"
    received = county.office.sync()
    assert (received.arrived.visits, received.arrived.photos) == (1, 2)
