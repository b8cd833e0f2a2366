"""A laptop set back to a backup or copied with its disk goes on by itself, and every visit of both histories stays.

Rows 41 and 42 of the fault catalogue (docs/faults.md).
"""

from __future__ import annotations

import shutil

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync.fork import enrolment, renew_identity
from jiandu_desktop.sync.operation import Draft
from jiandu_desktop.sync.refusal import Why
from jiandu_desktop.sync.replica import Position
from jiandu_desktop.sync.review import revoke
from tests.support.county import NOW, County, Member
from tests.support.test_replica import DiskReplica


def image_of(county: County, member: Member, name: str = "image") -> None:
    """A copy of the member's disk as it is now."""
    member.replica.close()
    shutil.copytree(member.replica.home, county.home / name)
    member.replica = DiskReplica(member.replica.home, member.replica.membership(), county.clock)


def wake(county: County, member: Member, name: str = "image") -> Member:
    """One more computer from that copy."""
    clone = Member(DiskReplica(county.home / name, member.replica.membership(), county.clock), county.root)
    clone.visits = 100
    county.members.append(clone)
    return clone


def entities(member: Member) -> list[str]:
    return sorted(op.entity for op in member.replica.ops("visit."))


@pytest.mark.fault(41)
def test_a_restored_laptop_gets_its_lost_visits_back_and_hands_in_new_ones(county: County) -> None:
    li = county.laptop("li")
    old = li.device
    first = li.visit()
    li.sync()
    image_of(county, li)
    lost = li.visit()
    li.sync()
    county.members.remove(li)
    restored = wake(county, li)
    offline = restored.visit()
    before = county.files()
    receipt = restored.sync()
    assert receipt.renewed
    assert not receipt.trouble
    assert restored.device != old
    assert entities(restored) == sorted([first, lost, offline]), "what the backup did not have came back"
    assert all(county.files()[name] == data for name, data in before.items() if name.startswith("dev/"))
    county.settle()
    assert entities(county.office) == sorted([first, lost, offline])
    assert not county.office.replica.missing_blobs(None), "with all their photos"
    assert not county.office.replica.refusals
    assert county.office.replica.devices()[restored.device].forked_from == old
    assert county.office.replica.devices()[restored.device].certified
    assert restored.replica.acknowledged()[old] == 2
    assert restored.replica.acknowledged()[restored.device] == 1
    assert not restored.sync().renewed, "once is enough"


@pytest.mark.fault(42)
@pytest.mark.parametrize("unsent", [False, True])
def test_of_two_that_work_on_with_one_disk_the_second_to_push_takes_a_new_identity(
    county: County, unsent: bool
) -> None:
    li = county.laptop("li")
    li.visit()
    li.sync()
    image_of(county, li)
    clone = wake(county, li)
    visits = entities(li)
    visits += [li.visit(), clone.visit()]
    if not unsent:
        li.sync()
    clone.sync()
    visits += [li.visit(), clone.visit()]
    county.settle()
    assert li.device != clone.device
    for member in county.members:
        assert entities(member) == sorted(visits)
    assert not county.office.replica.refusals
    assert not county.office.replica.missing_blobs(None)


@pytest.mark.fault(41)
def test_numbers_are_never_used_twice(county: County) -> None:
    li = county.laptop("li")
    li.sync()
    image_of(county, li)
    clone = wake(county, li)
    for member in (li, clone):
        for _ in range(3):
            member.visit(photos=0, documents=0)
            member.sync()
    county.settle()
    ops = county.office.replica.ops()
    assert len({op.op_id for op in ops}) == len(ops)
    assert len(entities(county.office)) == 6
    names = [name for name in county.files() if name.endswith(".seg")]
    assert len({(name.split("/")[1], name.split("/")[2][:8]) for name in names}) == len(names)


def test_what_was_written_after_the_backup_keeps_its_order_and_its_parents(county: County) -> None:
    li = county.laptop("li")
    li.sync()
    image_of(county, li)
    li.visit()
    li.sync()
    restored = wake(county, li)
    restored.replica.record([Draft("problem.put", "p1", {"text": "a"})])
    restored.replica.record([Draft("problem.put", "p1", {"text": "b"})])
    restored.sync()
    one, two = restored.replica.ops("problem.")
    assert (one.data["text"], two.data["text"]) == ("a", "b")
    assert two.parents == (one.op_id,)
    assert one.device == restored.device


def test_a_clone_that_only_a_stick_has_seen_is_not_confirmed_by_mistake(county: County) -> None:
    """The office's word names the digest: another history does not take it for its own."""
    li = county.laptop("li")
    li.sync()
    image_of(county, li)
    clone = wake(county, li)
    theirs, ours = clone.visit(), li.visit()
    clone.sync()
    county.office.sync()
    li.disk.edit_names = lambda folder, found: [] if folder.name == li.device else found
    li.sync()
    assert li.replica.acknowledged().get(li.device, 0) <= 1
    li.disk.edit_names = lambda folder, found: found
    county.settle()
    assert entities(county.office) == sorted([theirs, ours])


@pytest.mark.fault(43)
def test_a_stolen_laptop_does_not_come_back_by_a_new_identity(county: County) -> None:
    li = county.laptop("li")
    li.visit()
    li.sync()
    county.office.sync()
    revoke(county.office.replica, county.office.replica.devices()[li.device], "电脑遗失")
    county.office.sync()
    renew_identity(None, li.replica, None, Position(1, li.replica.own_segments()[0].digest), NOW)
    li.visit()
    li.sync()
    county.office.sync()
    assert len(entities(county.office)) == 1
    assert Why.REVOKED_DEVICE in {each.why for each in county.office.replica.refusals}


def test_nobody_goes_on_for_another_without_that_ones_key(county: County) -> None:
    li, thief = county.laptop("li"), county.laptop("thief")
    li.visit()
    li.sync()
    county.office.sync()
    draft = enrolment(li.replica.membership().key, thief.replica.membership().key, county.made.repo_id, Position(), NOW)
    forged = {**draft.data, "proof": thief.replica.membership().key.sign("jiandu fork 1", b"x").hex()}
    thief.replica.close()
    thief.replica = DiskReplica(county.home / "again", thief.replica.membership(), county.clock)
    thief.replica.record([Draft(draft.kind, draft.entity, forged)])
    thief.sync()
    county.office.sync()
    assert thief.device not in county.office.replica.devices()
    assert Why.BAD_SIGNATURE in {each.why for each in county.office.replica.refusals}


@pytest.mark.parametrize("has_root_key", [True, False])
def test_an_office_set_back_names_its_new_key_in_the_root_file(county: County, has_root_key: bool) -> None:
    office, li = county.office, county.laptop("li")
    office.replica.record([Draft("school.added", "s1", {})])
    office.sync()
    image_of(county, office)
    office.replica.record([Draft("school.added", "s2", {})])
    office.sync()
    county.members.remove(office)
    restored = wake(county, office)
    restored.replica.office_root_key = county.root_key if has_root_key else None
    county.office = restored
    restored.replica.record([Draft("school.added", "s3", {})])
    receipt = restored.sync()
    if not has_root_key:
        assert receipt.trouble == "device-forked", "somebody must bring the root key; nothing is written until then"
        return
    li.visit()
    county.settle()
    for member in (restored, li):
        assert {op.entity for op in member.replica.ops("school.")} == {"s1", "s2", "s3"}
        assert not member.replica.refusals
    assert li.replica.acknowledged()[li.device] == 1
    assert sorted(name for name in county.files() if name.startswith("root-")) == ["root-0001.json", "root-0002.json"]


def test_killed_while_it_takes_the_new_identity(county: County) -> None:
    li = county.laptop("li")
    li.sync()
    image_of(county, li)
    visits = [li.visit()]
    li.sync()
    restored = wake(county, li)
    visits.append(restored.visit())
    for kill in range(1, 12):
        left = [kill]

        def die(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Trouble("killed")

        restored.replica.before_commit = die
        try:
            restored.sync()
        except Trouble:
            restored.replica.close()
            restored.replica = DiskReplica(county.home / "image", restored.replica.membership(), county.clock)
    restored.replica.before_commit = lambda: None
    county.settle()
    assert entities(county.office) == sorted(visits)
