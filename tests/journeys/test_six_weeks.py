"""Six weeks of an office and two inspectors: no problem is forgotten, from the failed item to 销号 and to 反弹."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from jiandu_desktop.domain.counters import GroupBy
from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import new_id
from jiandu_desktop.domain.ledger_layout import Layout
from jiandu_desktop.domain.problem import (
    GRADE_NAMES,
    OPEN_STATES,
    PROBLEM_STATE_NAMES,
    Escalation,
    Problem,
    ProblemState,
    Recheck,
    Step,
)
from jiandu_desktop.domain.problem.escalation import Cause
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.escalations import EscalationRow
from jiandu_desktop.services.problem_steps import StepChoice
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.rows_today import AssignmentState
from tests.conftest import StandingClock
from tests.support.bureau import copy_bureau, open_laptop, open_office
from tests.support.term import (
    Term,
    back_from_school,
    ledger_rows,
    proof,
    recheck,
    visit_with_problems,
)

BUILDERS = "青禾县住房和城乡建设局"
STATES = {
    "moved": ProblemState.RECTIFYING,
    "late": ProblemState.STRUCK_OFF,
    "upheld": ProblemState.WITHDRAWN,
    "handed": ProblemState.RECTIFYING,
    "back": ProblemState.RECTIFYING,
    "good": ProblemState.STRUCK_OFF,
}
"""What becomes of the six problems: the date of one is moved, one is late, of one the objection is upheld, one is
handed to another body, one comes back, one is put right in time."""


@dataclass
class Story:
    """Where the six weeks stand: the problems by what becomes of them."""

    term: Term
    school_id: str = ""
    school: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    def problem(self, name: str) -> Problem:
        return self.term.everywhere(self.ids[name])[0]

    def proposal(self, name: str, day: date) -> EscalationRow | None:
        rows = self.term.office.escalations.proposals(day)
        return next((row for row in rows if row.problem.id == self.ids[name]), None)


@pytest.fixture
def term(tmp_path: Path, clock: StandingClock) -> Iterator[Term]:
    bureau = copy_bureau(tmp_path / "bureau")
    other = next(path for path in sorted((bureau.root / "laptops").iterdir()) if path != bureau.own.root)
    opened: list[Services] = [
        open_office(bureau, clock),
        open_laptop(bureau, clock),
        open_services(DataFolder(other), clock=clock, new_id=new_id),
    ]
    yield Term(*opened, clock=clock, home=tmp_path)
    for services in opened:
        services.close()


def test_six_weeks_of_six_problems(term: Term) -> None:
    story = Story(term)
    before = _counted(term.office, date(2026, 11, 1), date(2026, 11, 22))
    _first_week(story)
    _second_week(story)
    _third_week(story)
    _fourth_week(story)
    _fifth_week(story)
    _sixth_week(story)
    for name, state in STATES.items():
        assert story.problem(name).state is state, name
    _the_ledgers_add_up(story)
    _the_counters_agree(story, before)


def _first_week(story: Story) -> None:
    """A visit finds six problems, its papers carry the laptop's own numbers, the school's plan comes by workbook."""
    term = story.term
    day = term.at(11, 23)
    rows = term.first.today.rows(day)
    assignment = next(row.assignment_id for row in rows if row.state is AssignmentState.NOT_STARTED)
    dues = [date(2026, 12, 7), date(2026, 12, 1), *[date(2026, 12, 8)] * 2, *[date(2026, 12, 10)] * 2]
    finished, problems = visit_with_problems(term.first, assignment, dues)
    assert DocumentKind.RECTIFICATION_NOTICE in {each.kind for each in finished.documents}
    notice = next(each for each in finished.documents if each.kind is DocumentKind.RECTIFICATION_NOTICE)
    assert {each.notice_number for each in problems} == {notice.number}
    story.ids = dict(zip(STATES, (each.id for each in problems), strict=True))
    story.school_id = finished.visit.school_id
    story.school = term.first.schools.page(story.school_id, day).school.name
    term.meet()
    assert notice.number in term.papers(DocumentKind.RECTIFICATION_NOTICE)

    term.at(11, 25)
    texts = {name: story.problem(name).text for name in STATES}
    plans = {texts[name]: {"plan": f"{name}：专人负责，逐日清点"} for name in ("moved", "back", "good")}
    difference = back_from_school(term, story.school, plans)
    assert [each.step for each in difference.differences] == [Step.PLANNED] * 3
    assert not difference.refused
    milestones = term.first.deadlines.plan(date(2026, 11, 25), date(2026, 12, 1))
    told = {"milestones": [{"day": each.day.isoformat(), "text": each.text} for each in milestones]}
    term.first.steps.take(story.ids["late"], Step.PLANNED, note="学校送来方案", data=told)
    term.meet()
    assert story.problem("good").measure == "good：专人负责，逐日清点"


def _second_week(story: Story) -> None:
    """The school objects to two findings, the office decides; it reports two others as put right and one in part."""
    term = story.term
    term.at(11, 30)
    for name in ("upheld", "handed"):
        term.first.steps.take(story.ids[name], Step.OBJECTED, note="学校来函申辩")
    term.meet()
    assert story.problem("upheld").state is ProblemState.OBJECTED
    with pytest.raises(Trouble, match="problem-step-office-only"):
        term.first.steps.take(story.ids["upheld"], Step.OBJECTION_DECIDED, note="成立", data={"upheld": True})

    term.at(12, 2)
    term.office.steps.take(story.ids["upheld"], Step.OBJECTION_DECIDED, note="情况属实", data={"upheld": True})
    term.office.steps.take(story.ids["handed"], Step.OBJECTION_DECIDED, note="学校仍须配合", data={"upheld": False})
    term.meet()
    assert story.problem("upheld").state is ProblemState.WITHDRAWN
    assert story.problem("handed").state is ProblemState.RECTIFYING

    term.at(12, 4)
    done = {"report": "已整改到位", "done_on": date(2026, 12, 3), "reporter": "陈立"}
    replies = {story.problem(name).text: done for name in ("back", "good")}
    replies[story.problem("moved").text] = {"remark": "一楼已清理，二楼等施工队"}
    difference = back_from_school(term, story.school, replies)
    assert Counter(each.step for each in difference.differences) == {Step.REPORTED: 2, Step.NOTED: 1}
    term.meet()
    assert story.problem("good").state is ProblemState.AWAITING_RECHECK


def _third_week(story: Story) -> None:
    """Another inspector looks again without a network while the office moves the same date; a person decides."""
    term = story.term
    day = term.at(12, 7)
    finished = recheck(
        term.second,
        story.school_id,
        {
            story.ids["moved"]: (Recheck.PARTIAL, date(2026, 12, 14)),
            story.ids["back"]: (Recheck.DONE, None),
            story.ids["good"]: (Recheck.DONE, None),
        },
    )
    assert [each.kind for each in finished.documents] == [DocumentKind.RECHECK_OPINION]
    later = {"set": {"due": "2026-12-21"}}
    term.office.steps.take(story.ids["moved"], Step.EXTENDED, note="施工队下旬才到", data=later)
    term.meet()
    moved, life = term.everywhere(story.ids["moved"])
    assert (moved.conflicts, moved.returned, moved.extended) == (("due",), 1, 1)
    assert life.disputed == ()
    for services in term.all():
        (line,) = [each for each in services.conflicts.rows() if each.entity == moved.id]
        assert {value.value for value in line.values} == {"2026-12-14", "2026-12-21"}
        assert line.mine == (services is term.office)
    with pytest.raises(Trouble, match="not-office"):
        term.first.conflicts.resolve(line.id, "2026-12-14", "以复查为准")
    term.office.conflicts.resolve(line.id, "2026-12-21", "施工合同写明下旬进场")

    # Who is late is proposed, with the reason; nothing is written by itself.
    proposed = story.proposal("late", day)
    assert proposed is not None
    assert (proposed.proposal.level, proposed.days_over) == (Escalation.REMINDER, 6)
    written = len(term.papers(DocumentKind.REMINDER))
    draft = term.office.letters.draft(DocumentKind.REMINDER, (story.ids["late"],))
    assert draft.addressee == story.school
    assert len(term.papers(DocumentKind.REMINDER)) == written
    (letter,) = term.office.letters.issue(draft)
    assert story.proposal("late", day) is None
    term.meet()
    assert story.problem("moved").due == date(2026, 12, 21)
    assert story.problem("late").level == Escalation.REMINDER
    assert letter.number in {row.document.number for row in term.second.papers.rows()}


def _fourth_week(story: Story) -> None:
    """A second person strikes off; the reminder did not help, and the next step is the office's 督办函."""
    term = story.term
    term.at(12, 9)
    good = story.ids["good"]
    assert StepChoice(Step.STRUCK_OFF, "problem-second-person") in term.second.steps.choices(good)
    with pytest.raises(Trouble, match="problem-second-person"):
        term.second.steps.take(good, Step.STRUCK_OFF)
    # Waiting for the second person is not the school's fault: nothing presses it meanwhile, however late it gets.
    assert story.proposal("good", date(2027, 1, 31)) is None
    taken, refused = term.first.steps.take_many((good, story.ids["back"]), Step.STRUCK_OFF)
    assert (len(taken), refused) == (2, ())
    term.office.letters.draft(DocumentKind.STRIKE_OFF_FORM, (good,))
    term.meet()

    day = term.at(12, 17)
    proposed = story.proposal("late", day)
    assert proposed is not None
    assert (proposed.proposal.level, proposed.days_over) == (Escalation.SUPERVISION, 16)
    assert proposed.proposal.reasons[0][0].cause is Cause.OVERDUE
    term.office.letters.issue(term.office.letters.draft(DocumentKind.SUPERVISION, (story.ids["late"],)))
    term.meet()
    assert story.problem("late").level == Escalation.SUPERVISION
    assert story.proposal("late", day) is None


def _fifth_week(story: Story) -> None:
    """What was struck off is back; what was late is put right after all, and the work of the builders handed over."""
    term = story.term
    day = term.at(12, 21)
    again = {"set": {"due": "2026-12-28"}}
    term.second.steps.take(
        story.ids["back"], Step.REOPENED, note="楼梯间又堆了课桌", data=again, proof=proof(term.second)
    )
    papers = {"result": "done", "where": "document"}
    term.first.steps.take(
        story.ids["late"], Step.RECHECKED, note="看了验收单和照片", data=papers, proof=proof(term.first)
    )
    term.meet()
    back = story.problem("back")
    assert (back.state, back.rebounds, back.ended) == (ProblemState.RECTIFYING, 1, None)
    proposed = story.proposal("back", day)
    assert proposed is not None
    assert (proposed.proposal.level, proposed.proposal.reasons[0][0].cause) == (Escalation.SUPERVISION, Cause.REBOUND)

    term.at(12, 23)
    term.second.steps.take(story.ids["late"], Step.STRUCK_OFF)
    handed = term.office.letters.draft(DocumentKind.HANDOVER, (story.ids["handed"],), addressee=BUILDERS)
    (letter,) = term.office.letters.issue(handed)
    term.office.steps.take(
        story.ids["handed"], Step.RECEIPTED, note="已签收", proof=proof(term.office), data={"document": letter.id}
    )
    term.meet()
    told = term.first.steps.read(story.ids["handed"]).events
    assert [event.step for event in told[-2:]] == [Step.HANDED_OVER, Step.RECEIPTED]
    assert told[-2].data["to"] == BUILDERS


def _sixth_week(story: Story) -> None:
    """The second look at what came back finds it undone; bureau and government are told by one report each."""
    term = story.term
    term.at(12, 30)
    finished = recheck(term.first, story.school_id, {story.ids["back"]: (Recheck.NOT_DONE, date(2027, 1, 8))})
    assert finished.visit.school_id == story.school_id
    term.meet()
    bureau, government = term.office.letters.report_addressees()
    draft = term.office.letters.draft(DocumentKind.REPORT, (story.ids["back"],), addressee=bureau)
    reports = term.office.letters.issue(replace(draft, also_to=(government,)))
    assert [each.addressee for each in reports] == [bureau, government]
    assert len({each.number for each in reports}) == 2
    term.at(1, 2, year=2027)
    term.meet()
    numbers = [row.document.number for row in term.office.papers.rows()]
    assert len(numbers) == len(set(numbers))
    # Whatever happened in which order: nothing is disputed, nothing waits for a decision any more.
    for name in STATES:
        _, life = term.everywhere(story.ids[name])
        assert (life.disputed, life.conflicts) == ((), ()), name


def _the_ledgers_add_up(story: Story) -> None:
    """All three computers print the same; every sheet tells of each problem what the database knows."""
    term, today = story.term, date(2027, 1, 2)
    for layout in Layout:
        of_all = [term.home / f"{place}-{layout}.xlsx" for place in ("office", "first", "second")]
        for services, path in zip(term.all(), of_all, strict=True):
            services.ledger_export.write(path, layout)
        sheets, *others = [ledger_rows(path) for path in of_all]
        for other in others:
            assert _without_marks(other) == _without_marks(sheets)
        counted = {
            problem.text: problem
            for problem in (each.problem for each in term.office.problems.rows(today))
            if problem.school_id == story.school_id and problem.id in story.ids.values()
        }
        with term.office.store.glancing() as glance:
            issued = [each for each in glance.problems() if each.state is not ProblemState.FOUND]
        for name, rows in sheets.items():
            assert [row["ordinal"] for row in rows] == list(range(1, len(issued) + 1)), name
            own = [row for row in rows if row["school"] == story.school and row["text"] in counted]
            assert len(own) >= len(STATES)
            for row in own:
                _says_what_is_known(row, counted[row["text"]], today)
        states = [row["state"] for row in next(iter(sheets.values())) if "state" in row]
        if states:
            assert Counter(states) == Counter(PROBLEM_STATE_NAMES[each.state] for each in issued)


def _says_what_is_known(row: dict[str, object], problem: Problem, today: date) -> None:
    late = problem.due is not None and problem.due < today and problem.state in OPEN_STATES
    expected = {
        "matter": problem.matter,
        "basis": problem.basis or None,
        "grade": GRADE_NAMES[problem.grade],
        "number": problem.notice_number,
        "measure": problem.measure,
        "responsible": problem.responsible,
        "supervising": problem.supervising,
        "leader": problem.leader,
        "found": problem.found_at.date(),
        "due": problem.due,
        "overdue": (today - problem.due).days if late and problem.due else None,
        "state": PROBLEM_STATE_NAMES[problem.state],
        "ended": problem.ended,
    }
    for key, value in expected.items():
        if key in row:
            cell = row[key]
            assert (cell.date() if hasattr(cell, "date") else cell) == value, key


def _without_marks(sheets: dict[str, list[dict[str, object]]]) -> list[list[dict[str, object]]]:
    """Each computer seals with its own key."""
    return [[{key: row[key] for key in row if key != "mark"} for row in rows] for rows in sheets.values()]


def _the_counters_agree(story: Story, before: tuple[int, int]) -> None:
    """What the weeks brought is what the counters say, on every computer and by every grouping."""
    term, span = story.term, (date(2026, 11, 23), date(2027, 1, 2))
    assert _counted(term.office, date(2026, 11, 1), date(2026, 11, 22)) == before
    whole = [services.counting.table(*span, GroupBy.NOTHING).whole.counts for services in term.all()]
    assert whole[0] == whole[1] == whole[2]
    told = whole[0]
    # Six were found and one of them withdrawn; two are struck off, one of them late; what came back is open again.
    assert (told.visits, told.schools, told.found, told.closed) == (3, 1, 5, 2)
    assert (told.in_time, told.with_date) == (1, 2)
    assert told.carried + told.found - told.closed == told.open
    kinds = told.documents
    assert kinds[DocumentKind.RECTIFICATION_NOTICE] == 1
    assert kinds[DocumentKind.RECHECK_OPINION] == 2
    assert [kinds[each] for each in (DocumentKind.REMINDER, DocumentKind.SUPERVISION)] == [1, 1]
    assert [kinds[each] for each in (DocumentKind.HANDOVER, DocumentKind.REPORT)] == [1, 2]
    for by in (GroupBy.WEEK, GroupBy.MONTH, GroupBy.AREA):
        rows = [row.counts for row in term.office.counting.table(*span, by).rows]
        assert (sum(row.found for row in rows), sum(row.closed for row in rows)) == (told.found, told.closed)


def _counted(services: Services, first: date, last: date) -> tuple[int, int]:
    counts = services.counting.table(first, last, GroupBy.NOTHING).whole.counts
    return counts.found, counts.closed
