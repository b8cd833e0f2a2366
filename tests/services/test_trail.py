"""Who answered what, when, and how: readable afterwards by anybody who asks how a record came about."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop.domain.visit import AnswerSource, Place
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.open_visit import AnswerChange, Tally
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.trail import AUDIT_COLUMNS, OWN_COLUMNS, TrailLine
from tests.conftest import StandingClock
from tests.support.bureau import DemoBureau, open_laptop, open_office
from tests.support.checklists import q
from tests.support.unit import add_checklist, answer, begin, found_unit
from tests.support.visiting import do_visit


@pytest.fixture
def unit(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = found_unit(tmp_path, clock)
    add_checklist(services, tmp_path, q("select_one ypn", "gate", "校门值守"), q("text", "remark", "其他情况"))
    yield services
    services.close()


def write(unit: Services, visit_id: str, ref: str, value: str | None, source: AnswerSource) -> None:
    change = AnswerChange(ref=ref, value=value, source=source)
    unit.visits.save_answers(visit_id, [change], Place(), Tally(answered=1, total=2))


def lines_of(unit: Services, visit_id: str) -> tuple[TrailLine, ...]:
    opened = unit.visits.resume(visit_id)
    return unit.trails.lines(opened, unit.finishing.instance(opened))


def audit(unit: Services, visit_id: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(unit.trails.audit(visit_id).decode(), newline="")))


def test_every_change_is_told_in_words_with_how_and_by_whom(unit: Services, clock: StandingClock) -> None:
    visit_id = begin(unit).visit.id
    write(unit, visit_id, "/data/gate", "yes", AnswerSource.BULK)
    clock.advance(minutes=3)
    write(unit, visit_id, "/data/gate", "no", AnswerSource.BY_HAND)
    write(unit, visit_id, "/data/gate", None, AnswerSource.UNDO)
    unit.visits.save_note(visit_id, "/data/gate", "已当面提醒")
    lines = lines_of(unit, visit_id)
    assert [(each.label, each.mark, each.old, each.new, each.source) for each in lines] == [
        ("校门值守", "", "", "符合", AnswerSource.BULK),
        ("校门值守", "", "符合", "不符合", AnswerSource.BY_HAND),
        ("校门值守", "", "不符合", "", AnswerSource.UNDO),
        ("校门值守", "note:", "", "已当面提醒", AnswerSource.BY_HAND),
    ]
    assert (lines[1].at - lines[0].at).total_seconds() == 180
    assert {each.number for each in lines} == {"1.1"}


def test_the_audit_file_has_odks_columns_and_times(unit: Services, clock: StandingClock) -> None:
    opened = begin(unit)
    clock.advance(seconds=5)
    write(unit, opened.visit.id, "/data/remark", "门口，\n积水", AnswerSource.BY_HAND)
    opened = unit.visits.resume(opened.visit.id)
    clock.advance(minutes=10)
    unit.finishing.finish(opened.visit.id, unit.finishing.instance(opened))
    lines = audit(unit, opened.visit.id)
    assert tuple(lines[0]) == (*AUDIT_COLUMNS, *OWN_COLUMNS)
    assert [each["event"] for each in lines] == ["form start", "question", "form finalize"]
    began = round(opened.visit.started_at.timestamp() * 1000)
    question = lines[1]
    assert question["node"] == "/data/remark"
    assert (int(question["start"]), int(question["end"])) == (began + 5000, began + 5000)
    assert (question["old-value"], question["new-value"]) == ("", "门口，\n积水")
    assert question["jiandu-source"] == "by_hand"


def test_a_change_after_finishing_carries_its_reason(unit: Services, clock: StandingClock) -> None:
    opened = begin(unit)
    answer(unit, opened, {"gate": "yes"})
    opened = unit.visits.resume(opened.visit.id)
    unit.finishing.finish(opened.visit.id, unit.finishing.instance(opened))
    clock.advance(days=1)
    revision = unit.finishing.reopen(opened.visit.id, "学校补交了值班表")
    write(unit, revision.visit.id, "/data/gate", "na", AnswerSource.BY_HAND)
    lines = audit(unit, revision.visit.id)
    assert [each["event"] for each in lines] == ["form start", "change reason", "question"]
    assert {each["change-reason"] for each in lines} == {"学校补交了值班表"}
    assert (lines[2]["old-value"], lines[2]["new-value"]) == ("yes", "na")
    assert lines_of(unit, revision.visit.id)[0].reason == "学校补交了值班表"
    assert all(not each["change-reason"] for each in audit(unit, opened.visit.id))


def test_the_office_receives_the_trail_with_the_record(bureau: DemoBureau, clock: StandingClock) -> None:
    laptop, office = open_laptop(bureau, clock), open_office(bureau, clock)
    done = do_visit(laptop, laptop.today.rows(laptop.store.today())[0].assignment_id)
    laptop.exchange.sync(Progress())
    office.exchange.sync(Progress())
    sent, received = laptop.trails.audit(done.visit.id), office.trails.audit(done.visit.id)
    assert received == sent
    assert received.count(b"\n") > 40
    person = laptop.profile.current().person
    assert person is not None
    assert person.name.encode() in received
    laptop.close()
    office.close()
