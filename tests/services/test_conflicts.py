"""Two who did not know of each other: both values stay, the same is shown everywhere, a person decides with a reason.

Rows 44, 47, 48 of the fault catalogue (docs/faults.md).
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from jiandu_desktop.domain.assignment import Assignment
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Step
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.arrivals import take_in
from jiandu_desktop.services.conflicts import Conflicts
from jiandu_desktop.services.contradictions import REASSIGNED, REVISED_TWICE
from jiandu_desktop.services.problem_steps import ProblemSteps
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.rows_today import AssignmentState
from jiandu_desktop.services.store import row_of
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county, journal
from jiandu_desktop.storage import visits as stored
from jiandu_desktop.sync.operation import Draft, Op
from tests.support.visiting import do_visit

ONE, TWO = "a" * 16, "b" * 16


def some_assignment(services: Services) -> Assignment:
    with services.store.reading() as work:
        return county.assignments(work)[0]


def arrive(services: Services, *ops: Op) -> None:
    """As if a segment of somebody else brought them."""
    for op in ops:
        with services.store.writing() as work:
            journal.add_operations(work, [row_of(op, 1)])
            take_in(work, [op])


def put(device: str, number: int, assignment: Assignment, *parents: str, ms: int = 1_795_000_000_000) -> Op:
    data = {"assignment": to_wire(assignment)}
    return Op(f"{device}:{number}", f"{ms:013d}.0000", parents, "office", assignment.id, "assignment.put", data)


def two_ways(services: Services) -> tuple[Assignment, Op, Op]:
    """One assignment of which two office computers change the same and another field."""
    first = replace(some_assignment(services), id="00000000-0000-7000-8000-00000000abcd")
    begun = put(ONE, 1, first)
    mine = put(ONE, 2, replace(first, due=date(2026, 12, 1), task="开学检查"), begun.op_id, ms=1_795_000_000_001)
    theirs = put(TWO, 1, replace(first, due=date(2026, 12, 8)), begun.op_id, ms=1_795_000_000_009)
    arrive(services, begun)
    return first, mine, theirs


@pytest.mark.fault(48)
def test_two_office_computers_both_dates_stay_and_the_same_one_is_shown_in_any_order(
    laptop: Services, office: Services
) -> None:
    shown = []
    for services, order in ((laptop, (0, 1)), (office, (1, 0))):
        first, *ops = two_ways(services)
        arrive(services, *(ops[place] for place in order))
        with services.store.reading() as work:
            shown.append(county.assignment(work, first.id))
        lines = {line.field: line for line in Conflicts(services.store).rows()}
        assert {each.value for each in lines["due"].values} == {"2026-12-01", "2026-12-08"}
        assert lines["due"].values[0].value == shown[-1].due.isoformat(), "what is shown comes first"
        assert first.task in {each.value for each in lines["task"].values}
        assert lines["due"].mine == (services is office)
    assert shown[0] == shown[1]


def test_the_office_decides_with_a_reason_and_everybody_hears_of_it(laptop: Services, office: Services) -> None:
    for services in (laptop, office):
        first, mine, theirs = two_ways(services)
        arrive(services, mine, theirs)
    conflicts = Conflicts(office.store)
    due = next(line for line in conflicts.rows() if line.field == "due")
    for conflict, reason, code in (("nobody", "x", "conflict-unknown"), (due.id, " ", "conflict-needs-reason")):
        with pytest.raises(Trouble) as trouble:
            conflicts.resolve(conflict, "2026-12-08", reason)
        assert trouble.value.code == code
    with pytest.raises(Trouble) as trouble:
        Conflicts(laptop.store).resolve(due.id, "2026-12-08", "我觉得")
    assert trouble.value.code == "not-office"
    conflicts.resolve(due.id, "2026-12-10", "与学校商定")
    assert [line.field for line in conflicts.rows()] == ["task"], "what was not decided stays open"
    with office.store.reading() as work:
        assert county.assignment(work, first.id).due == date(2026, 12, 10)
        decided = next(row for row in reversed(journal.about(work, first.id)))
    assert set(decided.parents) == {mine.op_id, theirs.op_id}
    office.exchange.sync(Progress())
    laptop.exchange.sync(Progress())
    with laptop.store.reading() as work:
        assert county.assignment(work, first.id).due == date(2026, 12, 10)
    heard = Conflicts(laptop.store)
    assert [line.field for line in heard.rows()] == ["task"]
    (told,) = heard.rows(resolved=True)
    assert (told.resolution, told.reason) == ("2026-12-10", "与学校商定")


def test_an_edit_in_view_of_both_ends_the_conflict(laptop: Services) -> None:
    first, mine, theirs = two_ways(laptop)
    arrive(laptop, mine, theirs)
    arrive(laptop, put(TWO, 2, replace(first, due=date(2026, 12, 9)), mine.op_id, theirs.op_id))
    assert Conflicts(laptop.store).rows() == ()
    with laptop.store.reading() as work:
        assert county.assignment(work, first.id).due == date(2026, 12, 9)


@pytest.mark.fault(47)
@pytest.mark.parametrize("withdrawn", [False, True])
def test_given_to_somebody_else_while_the_first_had_finished_offline(
    laptop: Services, office: Services, withdrawn: bool
) -> None:
    """Row 47: the visit is kept and the office sees it, from either side."""
    rows = laptop.today.rows(laptop.store.today())
    chosen = next(row.assignment_id for row in rows if row.state is AssignmentState.NOT_STARTED)
    visit = do_visit(laptop, chosen).visit
    with office.store.writing() as work:
        before = county.assignment(work, chosen)
        others = tuple(each.id for each in county.inspectors(work) if each.id not in before.inspector_ids)[:1]
        changed = replace(before, withdrawn=True) if withdrawn else replace(before, inspector_ids=others)
        county.put_assignments(work, changed)
        office.store.record(work, [Draft("assignment.put", chosen, {"assignment": to_wire(changed)})])
    for services in (office, laptop, office, laptop):
        services.exchange.sync(Progress())
    for services in (office, laptop):
        with services.store.reading() as work:
            assert stored.visit(work, visit.id).finished_at is not None
        (line,) = Conflicts(services.store).rows()
        assert (line.kind, line.entity) == (REASSIGNED, visit.id)
    Conflicts(office.store).resolve(line.id, "keep", "按原任务计入")
    office.exchange.sync(Progress())
    laptop.exchange.sync(Progress())
    assert Conflicts(laptop.store).rows() == ()
    assert Conflicts(laptop.store).rows(resolved=True)[0].reason == "按原任务计入"


@pytest.mark.fault(44)
def test_one_visit_revised_on_two_laptops_keeps_both_and_asks_the_owner(laptop: Services) -> None:
    """Row 44."""
    rows = laptop.today.rows(laptop.store.today())
    chosen = next(row.assignment_id for row in rows if row.state is AssignmentState.NOT_STARTED)
    visit = do_visit(laptop, chosen).visit
    for number, device in enumerate((ONE, TWO), 1):
        revision = replace(visit, id=f"00000000-0000-7000-8000-00000000000{number}", revises=visit.id, device=device)
        data = {
            "visit": to_wire(revision),
            **{"answers": {}, "trail": [], "notes": {}, "kept": [], "photos": [], "signatures": []},
        }
        arrive(
            laptop,
            Op(f"{device}:1", f"{number:013d}.0000", (), visit.inspector_ids[0], revision.id, "visit.finished", data),
        )
    (line,) = Conflicts(laptop.store).rows()
    assert (line.kind, line.entity, len(line.values)) == (REVISED_TWICE, visit.id, 2)
    assert line.mine
    Conflicts(laptop.store).resolve(line.id, line.values[1].value, "第二份补了照片")
    assert Conflicts(laptop.store).rows() == ()


def test_a_problem_set_differently_by_two_shows_both_values(laptop: Services, office: Services) -> None:
    rows = laptop.today.rows(laptop.store.today())
    with laptop.store.reading() as work:
        problems = [each.id for each in stored.problems(work)]
    assert rows
    laptop.exchange.sync(Progress())
    office.exchange.sync(Progress())
    chosen = next(each for each in problems if Step.AMENDED in ProblemSteps(laptop.store).open_steps(each))
    for services, text in ((laptop, "灭火器过期"), (office, "灭火器过期两个月")):
        ProblemSteps(services.store).take(chosen, Step.AMENDED, note="更正", data={"set": {"text": text}})
    for services in (laptop, office, laptop):
        services.exchange.sync(Progress())
    for services in (laptop, office):
        (line,) = [each for each in Conflicts(services.store).rows() if each.kind == "problem"]
        assert (line.field, {each.value for each in line.values}) == ("text", {"灭火器过期", "灭火器过期两个月"})
    Conflicts(office.store).resolve(line.id, "灭火器过期两个月", "现场核实")
    office.exchange.sync(Progress())
    laptop.exchange.sync(Progress())
    assert Conflicts(laptop.store).rows() == ()


@pytest.mark.fault(45)
def test_every_order_of_three_writers_ends_alike(laptop: Services) -> None:
    base = replace(some_assignment(laptop), id="00000000-0000-7000-8000-00000000beef")
    ops = [put(device, 1, replace(base, task=task)) for device, task in ((ONE, "甲"), (TWO, "乙"), ("c" * 16, "丙"))]
    seen = set()
    for number, order in enumerate(itertools.permutations(ops)):
        entity = f"{base.id[:-4]}{number:04d}"
        arrive(
            laptop,
            *(
                replace(
                    op,
                    op_id=f"{op.device}:{number * 10 + 5}",
                    entity=entity,
                    data={"assignment": {**op.data["assignment"], "id": entity}},
                )
                for op in order
            ),
        )
        with laptop.store.reading() as work:
            seen.add(county.assignment(work, entity).task)
    assert len(seen) == 1
