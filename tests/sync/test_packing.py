"""Old confirmed segments are rolled up; whoever comes late reads the pack as if nothing had happened.

Rows 67 and 68 of the fault catalogue (docs/faults.md).
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from jiandu_desktop.sync import pack
from jiandu_desktop.sync.pack import Entry, NotAPack, entries_of, is_whole
from jiandu_desktop.sync.refusal import Why
from tests.support.county import NOW, County, Member, key
from tests.support.faulty_disk import FaultyDisk, Killed

LATER = NOW + timedelta(days=31)


def journal(county: County, member: Member, suffix: str) -> list[str]:
    found = [name for name in county.files() if name.startswith(f"dev/{member.device}/")]
    return sorted(name for name in found if name.endswith(suffix))


def busy(county: County, segments: int = 10) -> Member:
    li = county.laptop("li")
    for _ in range(segments):
        li.visit(photos=0, documents=0)
        li.sync()
    county.settle()
    return li


def test_ten_segments_become_one_file_and_everybody_reads_on(county: County) -> None:
    li = busy(county)
    known = county.office.replica.state_hash(("visit.",))
    li.sync(now=LATER, scrub=True)
    assert len(journal(county, li, ".pack")) == 1
    assert len(journal(county, li, ".seg")) == 10, "the pack must have had time to reach others"
    li.sync(now=LATER, scrub=True)
    assert journal(county, li, ".seg") == []
    before = county.files()
    county.office.sync(now=LATER, scrub=True)
    li.sync(now=LATER, scrub=True)
    assert journal(county, li, ".seg") == [], "the office does not put back what is packed"
    assert journal(county, li, ".pack") == [name for name in before if name.endswith(".pack")]
    late = county.laptop("wang")
    assert late.sync(now=LATER).arrived.visits == 10
    assert late.replica.state_hash(("visit.",)) == known
    li.visit(photos=0, documents=0)
    li.sync(now=LATER)
    assert late.sync(now=LATER).arrived.visits == 1


def test_young_or_unconfirmed_segments_stay(county: County) -> None:
    li = busy(county)
    li.sync(now=NOW + timedelta(days=20), scrub=True)
    wang = county.laptop("wang")
    for _ in range(10):
        wang.visit(photos=0, documents=0)
        wang.sync()
    for _ in range(3):
        wang.sync(now=LATER, scrub=True)
    assert journal(county, li, ".pack") == journal(county, wang, ".pack") == []


@pytest.mark.parametrize("harm", ["flip", "cut", "index"])
def test_originals_stay_while_the_pack_is_not_whole(county: County, harm: str) -> None:
    li = busy(county)
    li.sync(now=LATER, scrub=True)
    path = county.root / journal(county, li, ".pack")[0]
    data = path.read_bytes()
    at = {"flip": len(data) // 2, "cut": len(data) - 1, "index": 20}[harm]
    path.write_bytes(data[:at] if harm == "cut" else data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    li.sync(now=LATER, scrub=True)
    assert len(journal(county, li, ".seg")) == 10


def test_a_pack_that_rots_later_is_mended_from_the_office_and_the_owner(county: County) -> None:
    li = busy(county)
    for _ in range(2):
        li.sync(now=LATER, scrub=True)
    path = county.root / journal(county, li, ".pack")[0]
    data = path.read_bytes()
    path.write_bytes(data[:30] + b"\0" + data[31:])
    late = county.laptop("wang")
    assert late.sync(now=LATER, scrub=True).arrived.visits == 0
    for _ in range(12):
        late.sync(now=LATER, scrub=True)
        li.sync(now=LATER)
        county.office.sync(now=LATER)
    late.sync(now=LATER)
    assert len(late.replica.ops("visit.")) == 10


@pytest.mark.fault(68)
def test_absent_for_two_hundred_days(county: County) -> None:
    """Row 68: what was not handed in is handed in, what was packed meanwhile is read."""
    absent = county.laptop("wang")
    absent.sync()
    absent.visit()
    county.members.remove(absent)
    li = busy(county)
    later = NOW + timedelta(days=200)
    for _ in range(3):
        for member in (county.office, li):
            member.sync(now=later, scrub=True)
    assert absent.sync(now=later).arrived.visits == 10
    county.office.sync(now=later)
    assert len(county.office.replica.ops("visit.")) == 11
    assert absent.sync(now=later).acknowledged[absent.device] == len(absent.replica.own_segments())


@pytest.mark.fault(67)
def test_killed_at_every_step_of_rolling_up(county: County) -> None:
    """Row 67: no reader ever misses an operation."""
    li = busy(county)
    readers = 0
    for kill in range(1, 200):
        li.disk = FaultyDisk()
        li.disk.kill_at = kill
        try:
            li.sync(now=LATER, scrub=True)
        except Killed:
            li.disk.leave()
            if kill % 4 == 0:
                readers += 1
                reader = county.laptop(f"reader-{readers}")
                assert reader.sync(now=LATER).arrived.visits == 10
            continue
        break
    li.disk = FaultyDisk()
    li.sync(now=LATER, scrub=True)
    assert journal(county, li, ".seg") == []
    assert readers > 1


def test_a_pack_of_somebody_else_proves_nothing_by_itself(county: County) -> None:
    li, wang = busy(county), county.laptop("wang")
    stolen = [
        Entry(each.seq, each.digest, li.replica.own_segment_bytes(each.seq)) for each in li.replica.own_segments()
    ]
    whole = pack.encode(county.made.repo_id, stolen, wang.replica.membership().key)
    target = county.root / "dev" / wang.device
    target.mkdir()
    (target / f"00000001-00000010-{'0' * 16}.pack").write_bytes(whole)
    before = len(county.office.replica.ops("visit."))
    county.office.sync(scrub=True)
    assert len(county.office.replica.ops("visit.")) == before
    assert {each.why for each in county.office.replica.refusals} == {Why.BAD_SIGNATURE}


def test_bytes_that_are_no_pack() -> None:
    mine = key("a")
    whole = pack.encode("r", [Entry(1, "d", b"one"), Entry(2, "e", b"two")], mine)
    assert is_whole(whole, mine.public)
    assert not is_whole(whole, key("b").public)
    assert [entry.raw for entry in entries_of(whole)] == [b"one", b"two"]
    assert not is_whole(whole[:-1], mine.public)
    for data in (b"", b"DDPK", whole[:12], b"X" + whole[1:], whole[:20] + b"\xff" + whole[21:]):
        with pytest.raises(NotAPack):
            entries_of(data)
    with pytest.raises(ValueError, match="consecutive"):
        pack.encode("r", [Entry(1, "d", b"one"), Entry(3, "e", b"two")], mine)
