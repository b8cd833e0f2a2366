"""From an assignment to the office's workbook: what one visit leaves at every station."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import ProblemState
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.progress import Cancelled, Progress
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.rows_today import AssignmentState, SyncState
from tests.conftest import StandingClock
from tests.support.visiting import answer_everything, do_visit, save


def first_open(laptop: Services) -> str:
    rows = laptop.today.rows(laptop.store.today())
    return next(row.assignment_id for row in rows if row.state is AssignmentState.NOT_STARTED)


def failing_items(laptop: Services, assignment_id: str, count: int = 2) -> frozenset[str]:
    """Names of items that a third choice fails, without vetoes."""
    opened = laptop.visits.start(assignment_id)
    instance = laptop.finishing.instance(opened)
    found = []
    for section in instance.definition.sections:
        for ref in instance.section_items(section.ref):
            node = instance.node(ref)
            if (
                node.item.kind == "select_one"
                and len(node.choices) > 2
                and not node.readonly
                and node.choices[2].failed
            ):
                found.append(node.item.name)
    return frozenset(found[:count])


def test_a_visit_reaches_the_office_and_its_workbook(
    bureau: DemoBureau, laptop: Services, office: Services, clock: StandingClock, tmp_path: Path
) -> None:
    assignment_id = first_open(laptop)
    worst = failing_items(laptop, assignment_id)
    finished = do_visit(laptop, assignment_id, worst)
    kinds = [document.kind for document in finished.documents]
    assert kinds == [
        DocumentKind.FEEDBACK_OPINION,
        DocumentKind.RECTIFICATION_NOTICE,
        DocumentKind.PROBLEM_LIST,
    ]
    assert finished.visit.state is VisitState.AWAITING_SIGNATURE
    assert laptop.exchange.state().waiting[0].state is SyncState.KEPT

    report = laptop.exchange.sync(Progress())
    assert (report.sent_visits, report.sent_documents) == (1, 3)
    assert laptop.exchange.state().waiting[0].state is SyncState.IN_FOLDER

    clock.advance(minutes=5)
    office.office.publish(Progress())
    laptop.exchange.sync(Progress())
    assert laptop.exchange.state().waiting == ()

    book = tmp_path / "汇总.xlsx"
    office.collecting.write(book)
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["督导记录", "问题台账", "文书登记", "得分汇总"]
    numbers = [document.number for document in finished.documents]
    register = {cell.value for row in sheets["文书登记"].iter_rows() for cell in row}
    assert set(numbers) <= register
    for document in finished.documents:
        assert office.papers.pdf(document.id) == laptop.papers.pdf(document.id)


def test_colleagues_without_the_program_find_the_paper(bureau: DemoBureau, laptop: Services) -> None:
    finished = do_visit(laptop, first_open(laptop))
    laptop.exchange.sync(Progress())
    school = laptop.schools.page(finished.visit.school_id, laptop.store.today()).school.name
    found = list((bureau.shared / "督导文书" / "2026-11" / school).glob("*.pdf"))
    assert any(path.read_bytes() == laptop.papers.pdf(finished.documents[0].id) for path in found)


def test_a_problem_is_issued_with_its_notice_and_shows_as_open(laptop: Services) -> None:
    assignment_id = first_open(laptop)
    finished = do_visit(laptop, assignment_id, failing_items(laptop, assignment_id))
    notice = next(each for each in finished.documents if each.kind is DocumentKind.RECTIFICATION_NOTICE)
    rows = [row for row in laptop.problems.rows(laptop.store.today()) if row.problem.visit_id == finished.visit.id]
    assert len(rows) == 2
    for row in rows:
        assert row.problem.state is ProblemState.RECTIFYING
        assert row.problem.notice_number == notice.number
        assert [event.step for event in laptop.problems.history(row.problem.id)] == ["found", "issued"]


def test_a_frozen_visit_refuses_changes_and_a_revision_names_the_old_paper(laptop: Services) -> None:
    assignment_id = first_open(laptop)
    finished = do_visit(laptop, assignment_id)
    with pytest.raises(Trouble, match="visit-frozen"):
        laptop.visits.save_note(finished.visit.id, "/data/x", "later")
    with pytest.raises(ValueError, match="reason"):
        laptop.finishing.reopen(finished.visit.id, "  ")
    revision = laptop.finishing.reopen(finished.visit.id, "漏填一项")
    assert revision.visit.revision == 2
    assert revision.values
    instance = laptop.finishing.instance(revision)
    again = laptop.finishing.finish(revision.visit.id, instance)
    assert again.visit.content_hash != finished.visit.content_hash
    row = next(row for row in laptop.today.rows(laptop.store.today()) if row.assignment_id == assignment_id)
    assert row.visit_id == again.visit.id


def test_a_visit_with_an_open_veto_cannot_be_finished_and_takes_no_number(laptop: Services) -> None:
    opened = laptop.visits.start(first_open(laptop))
    instance = laptop.finishing.instance(opened)
    with pytest.raises(Trouble, match="visit-not-ready"):
        laptop.finishing.finish(opened.visit.id, instance)
    answer_everything(instance)
    save(laptop, opened, instance)
    before = {row.document.number for row in laptop.papers.rows()}
    finished = laptop.finishing.finish(opened.visit.id, instance)
    assert {document.number for document in finished.documents}.isdisjoint(before)


def test_two_laptops_never_print_the_same_number(bureau: DemoBureau, laptop: Services, office: Services) -> None:
    for _ in range(3):
        do_visit(laptop, first_open(laptop))
    laptop.exchange.sync(Progress())
    office.office.publish(Progress())
    numbers = [row.document.number for row in office.papers.rows()]
    assert len(numbers) == len(set(numbers))


def test_weeks_offline_then_one_sync_and_repeating_it_changes_nothing(
    bureau: DemoBureau, laptop: Services, office: Services, clock: StandingClock
) -> None:
    laptop.exchange.set_folder(str(bureau.root / "nowhere"))
    with pytest.raises(Trouble, match="folder-missing"):
        laptop.exchange.sync(Progress())
    for _ in range(3):
        do_visit(laptop, first_open(laptop))
        clock.advance(days=6)
    report = laptop.exchange.sync(Progress(), str(bureau.shared))
    assert report.sent_visits == 3
    again = laptop.exchange.sync(Progress(), str(bureau.shared))
    assert (again.sent_visits, again.sent_documents, again.trouble) == (0, 0, "")


def test_a_cancelled_sync_is_simply_done_again(bureau: DemoBureau, laptop: Services, office: Services) -> None:
    finished = do_visit(laptop, first_open(laptop))
    for steps in range(1, 6):
        seen = 0
        progress = Progress()

        def count(step: object, progress: Progress = progress, limit: int = steps) -> None:
            nonlocal seen
            seen += 1
            if seen >= limit:
                progress.cancel()

        progress._on_step = count
        with pytest.raises(Cancelled):
            laptop.exchange.sync(progress)
    laptop.exchange.sync(Progress())
    office.office.publish(Progress())
    assert finished.visit.id in {row.visit.id for row in office.visits.rows()}


def test_without_a_network_the_visit_travels_on_a_blank_stick(
    bureau: DemoBureau, laptop: Services, office: Services, tmp_path: Path
) -> None:
    finished = do_visit(laptop, first_open(laptop))
    laptop.exchange.probe(str(bureau.shared))
    stick = tmp_path / "U盘"
    stick.mkdir()
    with pytest.raises(Trouble, match="folder-not-jiandu"):
        laptop.exchange.sync(Progress(), str(stick))
    laptop.exchange.prepare_stick(str(stick))
    assert laptop.exchange.sync(Progress(), str(stick)).sent_visits == 1
    assert laptop.exchange.folder() == str(bureau.shared)
    office.office.publish(Progress(), str(stick))
    assert finished.visit.id in {row.visit.id for row in office.visits.rows()}
    laptop.exchange.sync(Progress(), str(stick))
    assert laptop.exchange.state().waiting == ()
    # The share gets what it missed, and nothing arrives twice.
    laptop.exchange.sync(Progress())
    office.office.publish(Progress())
    assert [row.visit.id for row in office.visits.rows()].count(finished.visit.id) == 1


def test_the_round_is_told_in_one_sentence_without_zeros(bureau: DemoBureau, laptop: Services) -> None:
    do_visit(laptop, first_open(laptop))
    told = laptop.exchange.sync(Progress()).sentence()
    assert told == "已送出 1 份记录、1 份文书，09:00 已核对。"
    assert laptop.exchange.sync(Progress()).sentence() == "没有新内容，09:00 已核对。"
    assert laptop.exchange.state().receipts[1].text == told


def test_the_office_is_told_what_its_inspectors_handed_in(laptop: Services, office: Services) -> None:
    do_visit(laptop, first_open(laptop))
    laptop.exchange.sync(Progress())
    assert office.office.publish(Progress()).sentence() == "收到各位督学的 1 份记录。"
