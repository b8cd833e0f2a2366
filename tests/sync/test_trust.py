"""Who may write what: invitations, certificates, revocations and roles, each refused by its own name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import TEMPLATES, sentence
from jiandu_desktop.sync.identity import DeviceKey, device_id, is_signed
from jiandu_desktop.sync.invitation import accept_invitation, read_invitation
from jiandu_desktop.sync.operation import Draft, Role, may_write
from jiandu_desktop.sync.refusal import Refusal, Why
from jiandu_desktop.sync.review import revoke
from tests.support.county import NOW, County, Member, key
from tests.support.test_replica import DiskReplica


def refusals(member: Member) -> set[Why]:
    return {refusal.why for refusal in member.replica.refusals}


def start_over(county: County, member: Member, *drafts: Draft) -> None:
    """Give the laptop an empty journal that begins with `drafts`."""
    member.replica.close()
    member.replica = DiskReplica(county.home / "again", member.replica.membership(), county.clock)
    member.replica.record(drafts)


def test_a_key_survives_its_file_and_names_its_device() -> None:
    made = DeviceKey.generate()
    again = DeviceKey.from_bytes(made.to_bytes())
    assert again.device == made.device == device_id(made.public)
    assert len(made.device) == 16
    assert set(made.device) <= set("abcdefghijklmnopqrstuvwxyz234567")
    signature = again.sign("a", b"m")
    assert is_signed(made.public, "a", b"m", signature)
    assert not is_signed(made.public, "b", b"m", signature)
    assert not is_signed(b"short", "a", b"m", signature)


def test_roles() -> None:
    for kind in ("visit.finished", "problem.opened", "document.made", "number.used", "device.enrol"):
        assert may_write(Role.INSPECTOR, kind)
    for kind in ("school.added", "inspector.added", "checklist.added", "assignment.made", "number.block",
                 "device.certified", "device.revoked", "ack", "want", "office.note", "whatever"):  # fmt: skip
        assert not may_write(Role.INSPECTOR, kind)
        assert may_write(Role.OFFICE, kind)
    assert not may_write(Role.OFFICE, "device.enrol")


def test_invitation_tells_office_person_and_folder(county: County) -> None:
    invitation = read_invitation(county.invite("li", "nonce-li"))
    assert invitation.office_name == "青原区督导室"
    assert invitation.person == "li"
    assert invitation.folders == ("//srv/jx/dd-sync",)


def test_invitation_that_was_changed_or_is_late_or_is_none(county: County) -> None:
    data = county.invite("li", "nonce-li", days=3)

    def code(data: bytes, days: int = 0) -> str:
        with pytest.raises(Trouble) as trouble:
            accept_invitation(data, key("li"), now=NOW + timedelta(days=days), app_version="0")
        assert "?" not in sentence(trouble.value.code, trouble.value.values)
        return trouble.value.code

    document = json.loads(data)
    document["content"]["person"] = "wang"
    assert code(json.dumps(document).encode()) == "invitation-forged"
    assert code(data, days=4) == "invitation-expired"
    assert code(b"") == "invitation-unreadable"
    assert code(b"PK\x03\x04") == "invitation-unreadable"
    assert code((county.root / "root-0001.json").read_bytes()) == "invitation-unreadable"
    assert code(b'{"content": {"type": "jiandu-invitation"}, "signature": ""}') == "invitation-unreadable"


def test_an_invitation_used_on_a_second_laptop_is_refused_by_name(county: County) -> None:
    data = county.invite("li", "nonce-li")
    first, second = county.laptop("li", data), county.laptop("li", data)
    for laptop in (first, second):
        laptop.visit()
        laptop.sync()
    county.office.sync()
    office = {refusal.device: refusal.why for refusal in county.office.replica.refusals}
    known = county.office.replica.devices()
    (winner,) = known
    (loser,) = {first.device, second.device} - {winner}
    assert known[winner].certified
    assert office == {loser: Why.INVITATION_USED}
    assert len(county.office.replica.ops("visit.")) == 1


def test_the_offices_certificate_settles_what_another_laptop_read_first(county: County) -> None:
    data = county.invite("li", "nonce-li")
    first, second, reader = county.laptop("li", data), county.laptop("li", data), county.laptop("wang")
    first.visit()
    first.sync()
    reader.sync()
    for path in (county.root / "head").iterdir():
        path.unlink()
    second.visit()
    second.sync()
    county.office.sync()
    assert county.office.replica.devices()[second.device].certified
    reader.sync()
    assert reader.replica.devices()[first.device].last_seq == 0
    assert reader.replica.devices()[second.device].certified


def test_enrolment_after_the_end_or_with_a_foreign_invitation(county: County, tmp_path: Path) -> None:
    other = County(tmp_path / "other", "另一个区")
    thief = county.laptop("thief")
    foreign = accept_invitation(
        other.invite("thief", "nonce-thief"), thief.replica.membership().key, now=NOW, app_version="0"
    )
    start_over(county, thief, foreign.enrolment)
    thief.sync()
    late = county.laptop("late", county.invite("late", "nonce-late", days=5))
    late.sync()
    county.office.sync(now=NOW + timedelta(days=400))
    assert refusals(county.office) == {Why.INVITATION_FORGED, Why.INVITATION_EXPIRED}
    other.close()


def test_a_laptop_away_for_weeks_is_still_let_in(county: County) -> None:
    laptop = county.laptop("li", county.invite("li", "nonce-li", days=5))
    laptop.visit()
    laptop.sync(now=NOW + timedelta(days=40))
    county.office.sync(now=NOW + timedelta(days=40))
    assert county.office.replica.devices()[laptop.device].certified


def test_without_an_invitation_nothing_is_read(county: County) -> None:
    stranger = county.laptop("li")
    start_over(county, stranger)
    stranger.visit()
    stranger.sync()
    county.office.sync()
    assert refusals(county.office) == {Why.UNKNOWN_DEVICE}
    assert not county.office.replica.ops("visit.")


@pytest.mark.fault(56)
def test_an_assignment_from_a_laptop_is_refused_and_others_go_on(county: County) -> None:
    li, wang = county.laptop("li"), county.laptop("wang")
    for laptop in (li, wang):
        laptop.visit()
        laptop.sync()
    li.replica.record([Draft("assignment.made", "a1", {"school": "s1"})])
    li.sync()
    wang.visit()
    wang.sync()
    county.office.sync()
    assert refusals(county.office) == {Why.BAD_ROLE}
    (refusal,) = county.office.replica.refusals
    assert "assignment.made" in sentence(refusal.code, refusal.shown)
    assert len(county.office.replica.ops("visit.")) == 3
    assert not county.office.replica.ops("assignment.")


def test_a_laptop_cannot_write_in_anothers_name(county: County) -> None:
    li = county.laptop("li")
    li.sync()
    li.replica.close()
    li.replica = DiskReplica(li.replica.home, replace(li.replica.membership(), person="wang"), county.clock)
    li.visit()
    li.sync()
    county.office.sync()
    assert refusals(county.office) == {Why.BAD_ROLE}


@pytest.mark.fault(43)
def test_a_stolen_laptop_is_read_no_further_and_its_earlier_visits_stay(county: County) -> None:
    li, wang = county.laptop("li"), county.laptop("wang")
    li.visit()
    li.sync()
    county.office.sync()
    revoke(county.office.replica, county.office.replica.devices()[li.device], "电脑遗失")
    county.office.sync()
    li.visit()
    li.sync()
    for reader in (county.office, wang):
        reader.sync()
        assert refusals(reader) == {Why.REVOKED_DEVICE}
        assert len(reader.replica.ops("visit.")) == 1


def test_every_reason_has_its_sentence() -> None:
    for each in Why:
        refusal = Refusal(each, "dev/x/1.seg", "x")
        assert refusal.code in TEMPLATES
        assert "dev/x/1.seg" in sentence(refusal.code, refusal.shown)
