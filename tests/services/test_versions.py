"""A newer checklist arrives while a draft is open: the draft keeps its version until its inspector moves it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import AnswerSource, Place, VisitState
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.versions import Part
from jiandu_desktop.storage import visits
from tests.conftest import StandingClock
from tests.support.checklists import q
from tests.support.unit import add_checklist, answer, begin, found_unit, problem

OLD = (
    q("select_one ypn", "gate_old", "校门值守", j_weight=5),
    q("select_one ypn", "fire", "消防器材", j_weight=5),
    q("text", "remark", "其他情况"),
)
NEW = (
    q("select_one ypn", "fire", "消防器材", j_weight=5),
    q("select_one ypn", "gate", "校门值守", j_weight=5, j_was="gate_old"),
    q("text", "fresh", "新增的题"),
)


@pytest.fixture
def unit(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = found_unit(tmp_path, clock)
    add_checklist(services, tmp_path, *OLD)
    yield services
    services.close()


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG")
    return out.getvalue()


def filled(unit: Services, clock: StandingClock) -> OpenVisit:
    """A draft of the old version with something of everything on it."""
    opened = begin(unit)
    place = Place(ref="/data/gate_old", scroll=40, unsaved={"note:/data/gate_old": "门口", "note:/data/remark": "x"})
    answer(unit, opened, {"gate_old": "no", "fire": "yes", "remark": "食堂在修"}, place)
    for ref in ("/data/gate_old", "/data/remark"):
        unit.visits.save_note(opened.visit.id, ref, f"备注 {ref}")
        unit.visits.add_photo(opened.visit.id, ref, picture(), "IMG_0001.jpg")
    unit.visits.keep_warning(opened.visit.id, "/data/gate_old", True)
    problem(unit, opened, "/data/gate_old", clock())
    return opened


def test_a_draft_keeps_its_version_and_is_told_of_the_new_one(
    unit: Services, tmp_path: Path, clock: StandingClock
) -> None:
    opened = filled(unit, clock)
    assert unit.versions.offer(opened.visit.id) is None
    add_checklist(unit, tmp_path, *NEW, version="2")
    offer = unit.versions.offer(opened.visit.id)
    assert offer is not None
    assert (offer.title, offer.own_version, offer.version) == ("小表", "1", "2")
    assert unit.visits.resume(opened.visit.id).definition.version == "1"
    assert begin(unit).definition.version == "2"


def test_moving_names_what_goes_and_takes_all_else_along(unit: Services, tmp_path: Path, clock: StandingClock) -> None:
    opened = filled(unit, clock)
    add_checklist(unit, tmp_path, *NEW, version="2")
    outlook = unit.versions.outlook(opened.visit.id)
    assert [(each.ref, each.part, each.text, each.why) for each in outlook.lost] == [
        ("/data/remark", Part.ANSWER, "食堂在修", "removed"),
        ("/data/remark", Part.NOTE, "备注 /data/remark", "removed"),
        ("/data/remark", Part.PHOTO, "IMG_0001-2.jpg", "removed"),
    ]
    assert (outlook.kept, outlook.renamed, outlook.added) == (2, 1, ("新增的题",))
    moved = unit.versions.move(opened.visit.id, outlook)
    assert moved.definition.version == "2"
    assert {ref: moved.values[ref] for ref in ("/data/gate", "/data/fire")} == {"/data/gate": "no", "/data/fire": "yes"}
    assert "/data/gate_old" not in moved.values
    assert moved.notes == {"/data/gate": "备注 /data/gate_old"}
    assert moved.kept == {"/data/gate"}
    assert [photo.ref for photo in moved.photos] == ["/data/gate"]
    assert [(each.ref, each.item) for each in moved.problems] == [("/data/gate", "1.2")]
    assert moved.place == Place(ref="/data/gate", scroll=0, unsaved={"note:/data/gate": "门口"})
    assert (moved.visit.answered, moved.visit.item_total) == (2, 3)
    assert unit.versions.offers() == {}


def test_the_move_stands_in_the_trail(unit: Services, tmp_path: Path, clock: StandingClock) -> None:
    opened = filled(unit, clock)
    add_checklist(unit, tmp_path, *NEW, version="2")
    unit.versions.move(opened.visit.id, unit.versions.outlook(opened.visit.id))
    with unit.store.reading() as work:
        moved = [each for each in visits.trail(work, opened.visit.id) if each.source is AnswerSource.MOVED]
    lines = {(each.ref, each.old, each.new, each.reason) for each in moved}
    assert lines >= {
        ("version:", "1", "2", ""),
        ("/data/remark", "食堂在修", None, "removed"),
        ("note:/data/remark", "备注 /data/remark", None, "removed"),
        ("photo:/data/remark", "IMG_0001-2.jpg", None, "removed"),
        ("/data/gate", "no", "no", "/data/gate_old"),
    }
    assert not any(each.ref == "/data/fire" for each in moved)


def test_a_problem_whose_item_no_longer_fails_is_named_and_goes(
    unit: Services, tmp_path: Path, clock: StandingClock
) -> None:
    opened = filled(unit, clock)
    milder = q("select_one ypn", "gate_old", "校门值守", j_failed="part")
    add_checklist(unit, tmp_path, OLD[1], OLD[2], milder, version="2")
    outlook = unit.versions.outlook(opened.visit.id)
    assert [(each.part, each.why) for each in outlook.lost] == [(Part.PROBLEM, "verdict")]
    assert [(each.part, each.why) for each in outlook.changed] == [(Part.ANSWER, "verdict")]
    moved = unit.versions.move(opened.visit.id, outlook)
    assert moved.problems == ()
    assert moved.values["/data/gate_old"] == "no"


def test_what_was_filled_in_since_the_list_was_shown_is_not_lost_unseen(
    unit: Services, tmp_path: Path, clock: StandingClock
) -> None:
    opened = filled(unit, clock)
    add_checklist(unit, tmp_path, *NEW, version="2")
    outlook = unit.versions.outlook(opened.visit.id)
    answer(unit, unit.visits.resume(opened.visit.id), {"remark": "食堂修好了"})
    with pytest.raises(Trouble, match="version-outlook-old"):
        unit.versions.move(opened.visit.id, outlook)
    assert unit.visits.resume(opened.visit.id).values["/data/remark"] == "食堂修好了"


def test_a_finished_visit_keeps_its_version_and_so_does_its_revision_until_it_is_moved(
    unit: Services, tmp_path: Path, clock: StandingClock
) -> None:
    opened = filled(unit, clock)
    opened = unit.visits.resume(opened.visit.id)
    unit.finishing.finish(opened.visit.id, unit.finishing.instance(opened))
    add_checklist(unit, tmp_path, *NEW, version="2")
    assert unit.versions.offer(opened.visit.id) is None
    with pytest.raises(Trouble, match="visit-frozen"):
        unit.versions.outlook(opened.visit.id)
    revision = unit.finishing.reopen(opened.visit.id, "核对后更正")
    assert revision.definition.version == "1"
    moved = unit.versions.move(revision.visit.id, unit.versions.outlook(revision.visit.id))
    assert moved.definition.version == "2"
    again = unit.visits.resume(opened.visit.id)
    assert (again.definition.version, again.visit.state) == ("1", VisitState.AWAITING_SIGNATURE)
    assert again.values["/data/gate_old"] == "no"


def test_last_time_stands_beside_an_item_that_was_renamed(unit: Services, tmp_path: Path, clock: StandingClock) -> None:
    opened = unit.visits.resume(filled(unit, clock).visit.id)
    unit.finishing.finish(opened.visit.id, unit.finishing.instance(opened))
    add_checklist(unit, tmp_path, *NEW, q("hidden", "last_gate", ""), version="2")
    clock.advance(days=30)
    again = begin(unit)
    assert again.last is not None
    assert (again.last.answers["gate"].label, again.last.answers["gate"].failed) == ("不符合", True)
    assert again.prefill["last_gate"] == "no"
