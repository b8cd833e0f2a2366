"""Letters about problems: drafted from the record, numbered, noted in each problem's life, or not at all."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind, WarningLevel
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import OPEN_STATES, Escalation, Problem, ProblemState, Step
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.letters import KIND_OF_LEVEL, LEVELS, TO_OTHERS
from jiandu_desktop.services.numbering import numbers_left
from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock

ENDED = (ProblemState.FIXED_ON_THE_SPOT, ProblemState.STRUCK_OFF)
LETTERS = tuple(kind for kind in DocumentKind if kind in {*LEVELS, *TO_OTHERS, DocumentKind.WORK_TIP})
FORMS = (
    DocumentKind.STRIKE_OFF_FORM,
    DocumentKind.FOUR_LISTS,
    DocumentKind.TALK_RECORD,
)


def open_problems(services: Services, count: int = 2) -> list[Problem]:
    """Open problems of one school."""
    by_school: dict[str, list[Problem]] = {}
    for row in services.problems.rows(services.store.today()):
        if row.problem.state in OPEN_STATES:
            by_school.setdefault(row.problem.school_id, []).append(row.problem)
    return next(found for found in by_school.values() if len(found) >= count)[:count]


def ids(problems: list[Problem]) -> tuple[str, ...]:
    return tuple(problem.id for problem in problems)


def words(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("kind", [*LETTERS, *FORMS])
def test_every_kind_is_drafted_from_the_record_and_says_what_the_problems_are(
    laptop: Services, kind: DocumentKind
) -> None:
    problems = open_problems(laptop)
    draft = laptop.letters.draft(kind, ids(problems), addressee="县教育局" if kind in TO_OTHERS else "")
    shown = laptop.letters.preview(draft)
    told = words(shown.pdf)
    assert "草稿，未编号" in told
    for problem in problems:
        assert problem.text[:8].replace(" ", "") in told
    assert not shown.missing


def test_a_letter_takes_a_number_is_kept_and_is_a_step_of_each_problem(laptop: Services) -> None:
    problems = open_problems(laptop)
    kind = DocumentKind.SUPERVISION
    before = next(each for each in numbers_left(laptop.store) if each.kind is kind)
    (document,) = laptop.letters.issue(laptop.letters.draft(kind, ids(problems)))
    after = next(each for each in numbers_left(laptop.store) if each.kind is kind)
    assert after.left == before.left - 1
    assert document.number in words(laptop.papers.pdf(document.id))
    assert document.problems == ids(problems)
    assert document.school_id == problems[0].school_id
    for problem in problems:
        life = laptop.steps.read(problem.id)
        assert life.problem.level == Escalation.SUPERVISION
        assert (life.events[-1].step, life.events[-1].data["document"]) == (Step.ESCALATED, document.id)
        assert document.number in life.events[-1].note
    assert document.id in {row.document.id for row in laptop.papers.rows()}


def test_the_date_asked_for_is_reckoned_by_the_offices_rules_over_its_holidays(
    office: Services, clock: StandingClock
) -> None:
    ids_ = ids(open_problems(office))
    # Ten days after Friday the 20th is a Monday, after Thursday a Sunday, which ends on Monday too.
    for day, last in ((20, date(2026, 11, 30)), (19, date(2026, 11, 30)), (18, date(2026, 11, 30))):
        clock.now = clock.now.replace(day=day)
        assert office.letters.draft(DocumentKind.REMINDER, ids_).answer_by == last
    office.rules.set_limits(replace(office.rules.read().limits, answer_days=5))
    office.preferences.set("deadline_days", "working")
    assert office.letters.draft(DocumentKind.REMINDER, ids_).answer_by == date(2026, 11, 25)


def test_what_a_person_edits_is_what_is_printed(laptop: Services) -> None:
    draft = laptop.letters.draft(DocumentKind.REMINDER, ids(open_problems(laptop)))
    edited = replace(
        draft, opening="我室再次提醒如下。", demand="请于本周五前报告。", advice="建议逐班排查", subject="冬季取暖"
    )
    told = words(laptop.letters.preview(edited).pdf)
    for part in ("我室再次提醒如下", "请于本周五前报告", "建议逐班排查", "关于冬季取暖的提醒函"):
        assert part in told


def test_the_wording_follows_addressee_and_date_until_it_is_edited(laptop: Services) -> None:
    draft = laptop.letters.draft(DocumentKind.SUPERVISION, ids(open_problems(laptop)))
    assert "你校" in draft.demand
    other = laptop.letters.reworded(replace(draft, addressee="城关镇人民政府", answer_by=None))
    assert "你校" not in other.demand + other.opening
    assert "你单位" in other.demand


def test_a_problem_that_may_not_take_the_step_stops_the_letter_and_no_number_is_gone(laptop: Services) -> None:
    first = open_problems(laptop, 1)[0]
    rows = laptop.problems.rows(laptop.store.today())
    closed = next(row.problem for row in rows if row.problem.state in ENDED)
    draft = laptop.letters.draft(DocumentKind.REMINDER, (first.id, closed.id))
    left = [each.left for each in numbers_left(laptop.store)]
    papers = len(laptop.papers.rows())
    with pytest.raises(Trouble, match="letter-problem-refused") as told:
        laptop.letters.issue(draft)
    assert told.value.values["problem"][:6] == closed.text[:6]
    assert [each.left for each in numbers_left(laptop.store)] == left
    assert len(laptop.papers.rows()) == papers
    assert laptop.steps.read(first.id).problem.level == ""


def test_nobody_to_send_it_to_or_nothing_to_say_is_told(laptop: Services) -> None:
    with pytest.raises(Trouble, match="letter-needs-addressee"):
        laptop.letters.issue(laptop.letters.draft(DocumentKind.HANDOVER, ids(open_problems(laptop))))
    with pytest.raises(Trouble, match="letter-needs-problems"):
        laptop.letters.issue(replace(laptop.letters.draft(DocumentKind.REMINDER), addressee="某校"))


def test_a_circular_ranks_every_school_and_equal_figures_share_a_rank(laptop: Services) -> None:
    draft = laptop.letters.draft(DocumentKind.CIRCULAR)
    owing = {row.problem.school_id for row in laptop.problems.rows(laptop.store.today()) if row.problem.notice_number}
    assert len(draft.standings) >= len(owing)
    for better, worse in zip(draft.standings, draft.standings[1:], strict=False):
        same = (better.closed * worse.found, better.overdue) == (worse.closed * better.found, worse.overdue)
        assert (better.rank == worse.rank) is same
        assert better.closed * worse.found >= worse.closed * better.found
    told = words(laptop.letters.preview(replace(draft, addressee="各学校")).pdf)
    assert draft.standings[0].school in told


def test_both_reports_have_numbers_of_their_own(laptop: Services) -> None:
    problems = open_problems(laptop)
    bureau, government = laptop.letters.report_addressees()
    draft = laptop.letters.draft(DocumentKind.REPORT, ids(problems), level=Escalation.ACCOUNTABILITY)
    assert draft.addressee == bureau
    issued = laptop.letters.issue(replace(draft, also_to=(government,), signer="张平"))
    assert [each.addressee for each in issued] == [bureau, government]
    assert issued[0].number != issued[1].number
    assert "签发人：张平" in words(laptop.papers.pdf(issued[1].id))
    assert laptop.steps.read(problems[0].id).problem.level == Escalation.ACCOUNTABILITY


def test_a_handover_says_to_whom_in_the_problems_life_and_a_receipt_names_it(laptop: Services) -> None:
    problems = open_problems(laptop)
    draft = laptop.letters.draft(DocumentKind.HANDOVER, ids(problems), addressee="县市场监督管理局")
    (document,) = laptop.letters.issue(draft)
    event = laptop.steps.read(problems[0].id).events[-1]
    assert (event.step, event.data["to"]) == (Step.HANDED_OVER, "县市场监督管理局")
    receipt = laptop.letters.draft(DocumentKind.RECEIPT, document_ids=(document.id,), addressee="县市场监督管理局")
    (paper,) = laptop.letters.issue(receipt)
    assert document.number in words(laptop.papers.pdf(paper.id))


def test_a_warning_is_red_where_a_veto_item_is_open_or_the_delay_is_long(
    laptop: Services, clock: StandingClock
) -> None:
    problems = open_problems(laptop)
    clock.advance(days=90)
    draft = laptop.letters.draft(DocumentKind.WARNING, ids(problems))
    assert draft.warned is not None
    assert draft.warned.level is WarningLevel.RED
    assert "红色预警" in words(laptop.letters.preview(draft).pdf)


def test_the_office_lends_itself_numbers_and_everyone_knows_the_letter(
    laptop: Services, office: Services, clock: StandingClock
) -> None:
    problems = open_problems(office)
    (document,) = office.letters.issue(office.letters.draft(DocumentKind.SUPERVISION, ids(problems)))
    assert "待编号" not in document.number
    clock.advance(minutes=5)
    office.office.publish(Progress())
    laptop.exchange.sync(Progress())
    mine = {row.document.number for row in laptop.papers.rows()}
    assert document.number in mine
    (other,) = laptop.letters.issue(laptop.letters.draft(DocumentKind.SUPERVISION, ids(open_problems(laptop))))
    assert other.number != document.number


def test_every_level_has_its_document() -> None:
    assert set(KIND_OF_LEVEL) == set(Escalation)
    assert len(set(KIND_OF_LEVEL.values())) == len(KIND_OF_LEVEL)
    assert set(DOCUMENT_KIND_NAMES) == set(DocumentKind)
