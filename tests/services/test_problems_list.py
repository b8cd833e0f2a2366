"""The ledger's columns say the same as its rows: views, numbers, filters, groups, search and the board."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from jiandu_desktop.domain.problem import OPEN_STATES, Problem, ProblemState
from jiandu_desktop.services.ledger import Ledger
from jiandu_desktop.services.ledger_views import (
    Field,
    SavedView,
    Selection,
    View,
    keep_views,
    saved_views,
)
from jiandu_desktop.services.overview import read_overview, visit_rows
from jiandu_desktop.services.program import Services
from jiandu_desktop.storage import visits
from tests.conftest import StandingClock
from tests.support.bureau import BUILT_AT, copy_bureau, open_laptop

STATES = tuple(ProblemState)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Services]:
    """The demo's inspector, with problems of every kind beside what the demo has."""
    clock = StandingClock(BUILT_AT)
    clock.advance(hours=1)
    services = open_laptop(copy_bureau(tmp_path / "demo"), clock)
    first = services.problems.rows(services.store.today())[0].problem
    county_schools = [row.school for row in services.schools.rows()]
    with services.store.writing() as work:
        for number in range(120):
            visits.put_problem(work, made(first, number, county_schools[number % len(county_schools)].id))
    yield services
    services.close()


def made(like: Problem, number: int, school_id: str) -> Problem:
    """One of many: every state, with and without date, person, conflict and rebound."""
    return replace(
        like,
        id=f"01939000-0000-7000-8000-{number:012x}",
        visit_id="" if number % 5 == 0 else like.visit_id,
        school_id=school_id,
        matter=("校园安全", "食品安全", "")[number % 3],
        text=f"第{number}处通道堆放杂物",
        state=STATES[number % len(STATES)],
        due=None if number % 7 == 0 else like.found_at.date().replace(month=11, day=15 + number % 14),
        responsible=("王建国", "", "李秀兰")[number % 3],
        rebounds=int(number % 4 == 0),
        conflicts=("due",) if number % 6 == 0 else (),
        origin="专项整治旧台账",
        supervising="罗督学" if number == 17 else "",
        chain=("欧阳副县长", "云台镇") if number == 23 else (),
    )


def whole(services: Services) -> Ledger:
    ledger = services.problems.ledger(services.store.today())
    ledger.take(services.problems.details(ledger))
    assert ledger.is_whole
    return ledger


def shown(ledger: Ledger, **wanted: object) -> set[str]:
    hits = ledger.hits(Selection(**{"view": View.EVERY, **wanted}))
    return {ledger.id_of(number) for number in range(ledger.count) if hits[number]}


def test_views_show_the_problems_that_their_words_promise(laptop: Services) -> None:
    ledger, today = whole(laptop), laptop.store.today()
    rows = {row.problem.id: row for row in laptop.problems.rows(today)}
    owed = {key for key, row in rows.items() if row.problem.state in OPEN_STATES}
    assert shown(ledger) == set(rows)
    assert shown(ledger, view=View.OPEN) == owed
    assert shown(ledger, view=View.TODAY) == {key for key in owed if rows[key].days_left == 0}
    assert shown(ledger, view=View.LATE) == {key for key in owed if (rows[key].days_left or 0) < 0}
    assert shown(ledger, view=View.REBOUND) == {key for key in owed if rows[key].problem.rebounds}
    assert shown(ledger, view=View.CONFLICT) == {key for key, row in rows.items() if row.problem.conflicts}
    nobody = {key for key, row in rows.items() if not row.problem.responsible}
    undone = owed | {key for key, row in rows.items() if row.problem.state is ProblemState.FOUND}
    assert shown(ledger, view=View.NOBODY) == nobody & undone
    for view, state in ((View.RECHECK, "awaiting_recheck"), (View.STRIKE_OFF, "awaiting_strike_off")):
        assert shown(ledger, view=view) == {key for key, row in rows.items() if row.problem.state.value == state}


@pytest.mark.parametrize("mine", [False, True])
def test_the_numbers_add_up_and_agree_with_the_views(laptop: Services, mine: bool) -> None:
    ledger = whole(laptop)
    numbers, sizes = ledger.numbers(mine=mine), ledger.sizes(View, mine=mine)
    parts = (numbers.found, numbers.open, numbers.on_the_spot, numbers.struck_off, numbers.withdrawn)
    assert sum(parts) == numbers.total == sizes[View.EVERY] > 0
    assert (numbers.open, numbers.late) == (sizes[View.OPEN], sizes[View.LATE])
    assert {view: len(shown(ledger, view=view, mine=mine)) for view in View} == sizes
    own = {row.school_id for row in laptop.today.rows(laptop.store.today())}
    if mine:
        rows = laptop.problems.rows(laptop.store.today())
        assert shown(ledger, mine=True) == {row.problem.id for row in rows if row.problem.school_id in own}
        assert len(own) < len({row.problem.school_id for row in rows}), "others have problems as well"


def test_fields_words_and_initials_narrow_together(laptop: Services) -> None:
    ledger = whole(laptop)
    rows = {row.problem.id: row for row in laptop.problems.rows(laptop.store.today())}
    school = next(each for each in ledger.schools if each.name == "城关第二小学")
    of_school = {key for key, row in rows.items() if row.school == "城关第二小学"}
    assert shown(ledger, values={Field.SCHOOL: frozenset({school.id})}) == of_school
    assert shown(ledger, words="cgex") >= of_school
    assert shown(ledger, words="wjg") == {key for key, row in rows.items() if row.problem.responsible == "王建国"}
    both = shown(ledger, values={Field.SCHOOL: frozenset({school.id}), Field.PERSON: frozenset({"王建国", "李秀兰"})})
    assert both == {key for key in of_school if rows[key].problem.responsible in ("王建国", "李秀兰")}
    assert shown(ledger, words="第17处 杂物") == {f"01939000-0000-7000-8000-{17:012x}"}
    assert shown(ledger, words="罗督学") == {f"01939000-0000-7000-8000-{17:012x}"}
    assert shown(ledger, words="欧阳") == {f"01939000-0000-7000-8000-{23:012x}"}
    assert shown(ledger, words="没有这样的问题") == set()
    for field in Field:
        choices = ledger.choices(field, ledger.hits(Selection(view=View.OPEN)))
        assert sum(choice.count for choice in choices) == len(shown(ledger, view=View.OPEN)), field
        for choice in choices:
            chosen = shown(ledger, view=View.OPEN, values={field: frozenset({choice.value})})
            assert len(chosen) == choice.count, (field, choice)


def test_the_most_urgent_come_first_and_those_without_a_value_last(laptop: Services) -> None:
    ledger = whole(laptop)
    rows = {row.problem.id: row.problem for row in laptop.problems.rows(laptop.store.today())}

    def column(key: str, name: str, descending: bool) -> list[object]:
        numbers = ledger.arranged(key, descending=descending)
        assert sorted(numbers) == list(range(ledger.count))
        return [getattr(rows[ledger.id_of(number)], name) for number in numbers]

    for key, name, none in (("due", "due", None), ("person", "responsible", ""), ("matter", "matter", "")):
        for descending in (False, True):
            found = column(key, name, descending)
            dated = [each for each in found if each != none]
            assert found == dated + [none] * (len(found) - len(dated))
            assert dated == sorted(dated, reverse=descending)


def test_groups_hold_every_problem_once_and_boards_add_up(laptop: Services) -> None:
    ledger = whole(laptop)
    numbers = ledger.arranged("due")
    for field in Field:
        groups = ledger.groups(field, numbers)
        assert Counter(n for group in groups for n in group.members) == Counter(range(ledger.count))
    every = ledger.numbers(mine=False)
    for field in (Field.SCHOOL, Field.MATTER, Field.AREA):
        board = ledger.board(field, mine=False)
        assert sum(row.open for row in board) == every.open
        assert sum(row.closed for row in board) == every.struck_off + every.on_the_spot
        assert sum(row.late for row in board) == every.late
        assert all(row.found == row.open + row.closed and 0 <= row.rate <= 1 for row in board)


def test_rows_are_read_when_they_are_looked_at(laptop: Services) -> None:
    ledger, today = whole(laptop), laptop.store.today()
    rows = {row.problem.id: row for row in laptop.problems.rows(today)}
    ids = [ledger.id_of(number) for number in range(ledger.count)]
    assert laptop.problems.rows_of(ids, today) == rows
    assert [ledger.number_of(each) for each in ids] == list(range(ledger.count))
    assert ledger.number_of("0000") == ledger.number_of("") == -1
    assert laptop.problems.rows_of(["never"], today) == {}


def test_a_ledger_that_is_older_than_the_database_does_not_take_its_details(laptop: Services) -> None:
    ledger = laptop.problems.ledger(laptop.store.today())
    first = laptop.problems.rows(laptop.store.today())[0].problem
    with laptop.store.writing() as work:
        visits.put_problem(work, replace(first, id="01939000-0000-7000-8000-ffffffffffff"))
    ledger.take(laptop.problems.details(ledger))
    assert not ledger.is_whole
    assert whole(laptop).count == ledger.count + 1


def test_an_empty_ledger_and_foreign_identifiers(laptop: Services) -> None:
    like = laptop.problems.rows(laptop.store.today())[0].problem
    with laptop.store.writing() as work:
        visits.put_problem(work, replace(like, id="old-7", visit_id=""))
    ledger = whole(laptop)
    assert ledger.id_of(ledger.number_of("old-7")) == "old-7"
    with laptop.store.writing() as work:
        work.exec_driver_sql("DELETE FROM problem_bases")
        work.exec_driver_sql("DELETE FROM problems")
    empty = whole(laptop)
    assert (empty.count, empty.numbers(mine=True).total, shown(empty), empty.arranged("due")) == (0, 0, set(), [])
    assert empty.board(Field.SCHOOL, mine=False) == empty.groups(Field.PERSON, []) == []


def test_own_views_are_kept_renamed_and_removed(laptop: Services) -> None:
    late = SavedView(
        name="城关逾期",
        selection=Selection(view=View.LATE, mine=True, values={Field.AREA: frozenset({"城关责任区"})}, words="消防"),
        group="school",
        sort="due",
        descending=True,
    )
    keep_views(laptop.preferences, [late, replace(late, name="另一个")])
    assert saved_views(laptop.preferences) == (late, replace(late, name="另一个"))
    keep_views(laptop.preferences, [])
    assert saved_views(laptop.preferences) == ()
    laptop.preferences.set("ledger_views", '[{"name": "新版", "view": "of a newer version", "values": {}}]')
    assert saved_views(laptop.preferences) == (), "a view that this version does not know is left out"


def test_the_list_of_records_counts_what_each_visit_found_without_reading_the_problems(laptop: Services) -> None:
    rows = laptop.visits.rows()
    assert rows == tuple(visit_rows(read_overview(laptop.store)))
    assert any(0 < row.open_problems < row.problems for row in rows)
