"""Stamps, blobs on demand, and any order of work of several laptops: everybody ends with the same records."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.sync import hlc
from jiandu_desktop.sync.operation import Draft
from jiandu_desktop.sync.pull import fetch_blob
from tests.support.county import County

WALLS = st.integers(0, 9_999_999_999_000)


@pytest.mark.fault(49)
@given(st.lists(WALLS, min_size=2, max_size=20))
def test_stamps_only_grow_however_the_clock_jumps(walls: list[int]) -> None:
    stamp, made = "", []
    for wall in walls:
        stamp = hlc.next_stamp(stamp, wall)
        made.append(stamp)
    assert made == sorted(set(made))
    assert all(hlc.is_stamp(each) for each in made)


@pytest.mark.fault(51)
def test_a_far_future_stamp_of_another_laptop_does_not_spread() -> None:
    mine = hlc.next_stamp("", 1_000_000)
    near, far = hlc.next_stamp("", 1_000_500), hlc.next_stamp("", 9_000_000_000)
    assert hlc.after_seeing(mine, near, 1_000_001) == near
    assert hlc.after_seeing(mine, far, 1_000_001) == mine
    assert hlc.next_stamp("0000000000005.ffff", 5) == "0000000000006.0000"


ACTIONS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["visit", "problem", "sync", "sync"])), min_size=1, max_size=25
)


@settings(max_examples=25, deadline=None)
@given(actions=ACTIONS)
def test_any_order_of_work_ends_the_same(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[int, str]]
) -> None:
    county = County(tmp_path_factory.mktemp("county"))
    for person in ("li", "wang", "zhao"):
        county.laptop(person)
    visits = 0
    for index, action in actions:
        member = county.members[index]
        if action == "sync":
            member.sync()
        elif action == "problem":
            member.replica.record([Draft("problem.opened", f"p-{member.device}-{index}", {"text": "消防通道堵塞"})])
        elif member is not county.office:
            member.visit(photos=1, documents=0, size=200)
            visits += 1
    county.settle()
    assert len({member.replica.state_hash() for member in county.members}) == 1
    assert len(county.office.replica.ops("visit.")) == visits
    files = county.files()
    county.settle()
    assert county.files() == files
    county.close()


def test_a_colleagues_photo_is_fetched_when_it_is_looked_at(county: County) -> None:
    li, wang = county.laptop("li"), county.laptop("wang")
    li.visit(photos=1, documents=0)
    li.sync()
    wang.sync()
    (missing,) = wang.replica.missing_blobs(None)
    assert fetch_blob(wang.folder(), wang.replica, missing.ref)
    assert wang.replica.read_blob(missing.ref.name) == li.replica.read_blob(missing.ref.name)
    (path,) = [path for path in (county.root / "blob").rglob("*") if path.is_file()]
    path.write_bytes(b"x" * missing.ref.length)
    (wang.replica.home / "blobs" / missing.ref.name).unlink()
    assert not fetch_blob(wang.folder(), wang.replica, missing.ref), "spoilt bytes are not kept"


def test_checklists_come_to_every_laptop_unasked(county: County) -> None:
    data = b"PK xlsx"
    name = county.office.replica.keep_blob(data)
    blob = {"name": name, "len": len(data), "period": "2026q4", "role": "checklist"}
    county.office.replica.record([Draft("checklist.added", "c1", {"blobs": [blob]})])
    county.office.sync()
    li = county.laptop("li")
    li.sync()
    assert li.replica.read_blob(name) == data
