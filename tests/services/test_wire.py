"""Records travel as JSON and come back equal, from older and newer programs too."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.domain.school import School
from jiandu_desktop.domain.visit import Signature, Visit
from jiandu_desktop.services.wire import from_wire, to_wire

MOMENTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
RECORDS = st.one_of(
    st.builds(School, pupils=st.none() | st.integers(0, 10_000)),
    st.builds(Problem, found_at=MOMENTS, due=st.none() | st.dates(date(2000, 1, 1))),
    st.builds(
        Visit,
        started_at=MOMENTS,
        finished_at=st.none() | MOMENTS,
        score=st.none() | st.decimals(0, 100, places=1, allow_nan=False),
    ),
    st.builds(
        Signature,
        signed_at=st.none() | MOMENTS,
        strokes=st.lists(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=3).map(tuple), max_size=3).map(
            tuple
        ),
    ),
)


@given(RECORDS)
def test_what_is_sent_is_what_arrives(record: object) -> None:
    assert from_wire(type(record), json.loads(json.dumps(to_wire(record)))) == record


def test_a_field_of_a_newer_program_is_left_out_and_one_of_an_older_gets_its_default() -> None:
    wire = {"code": "01", "name": "河西小学", "stage": "primary", "id": "s1", "canteen": True}
    school = from_wire(School, wire)
    assert (school.name, school.pupils, school.head) == ("河西小学", None, "")


def test_a_figure_keeps_its_digits() -> None:
    assert to_wire(Decimal("86.40")) == "86.40"
