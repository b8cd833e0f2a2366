"""Identifiers sort as they were made and times keep their offset."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain.identity import from_text, new_id, to_text


def test_what_is_made_later_sorts_later_even_within_a_millisecond() -> None:
    made = [new_id() for _ in range(2000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {UUID(each).version for each in made} == {7}
    assert {UUID(each).variant for each in made} == {"specified in RFC 4122"}


def test_a_clock_set_back_does_not_bring_back_old_identifiers() -> None:
    before = new_id()
    assert new_id(lambda: datetime(1999, 1, 1, tzinfo=UTC)) > before


@given(
    st.integers(0, 7_258_118_400_000),
    st.integers(-14 * 60, 14 * 60),
)
def test_a_time_comes_back_with_its_offset(milliseconds: int, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    moment = datetime(1970, 1, 1, tzinfo=UTC).astimezone(zone) + timedelta(milliseconds=milliseconds)
    back = from_text(to_text(moment))
    assert back == moment
    assert back.utcoffset() == moment.utcoffset()


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        to_text(datetime(2026, 11, 21))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="offset"):
        from_text("2026-11-21T09:00:00")
