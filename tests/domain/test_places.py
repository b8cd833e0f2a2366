"""Coordinates are understood however a phone, a map or a paper writes them, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.domain import places
from jiandu_desktop.domain.places import Spot


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("31.2304,121.4737", Spot(31.2304, 121.4737)),
        ("31.2304 121.4737", Spot(31.2304, 121.4737)),
        ("３１．２３０４，１２１．４７３７", Spot(31.2304, 121.4737)),
        ("121.4737,31.2304", Spot(31.2304, 121.4737)),
        ("31.2304,121.4737,12.5,8", Spot(31.2304, 121.4737, 12.5, 8.0)),
        ("31.23，121.47，12米", Spot(31.23, 121.47, 12.0)),
        ("31°13'48\"N 121°28'12\"E", Spot(31.23, 121.47)),
        ("31° 13′ 48″, 121° 28′ 12″", Spot(31.23, 121.47)),
        ("北纬31度13分48秒，东经121度28分12秒", Spot(31.23, 121.47)),
        ("东经121.47 北纬31.23", Spot(31.23, 121.47)),
        ("S12.5 W70.25", Spot(-12.5, -70.25)),
        ("-12.5 -70.25", Spot(-12.5, -70.25)),
    ],
)
def test_places_as_people_write_them(text: str, meant: Spot) -> None:
    assert places.spot(text) == meant


@pytest.mark.parametrize(
    "text", ["", "31.2", "31,181", "91 91", "校门口", "1 2 3 4 5", "31°75′,121", "N31 N121", "1,2,高"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert places.spot(text) is None


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    found = places.spot(text)
    assert found is None or (abs(found.latitude) <= 90 and abs(found.longitude) <= 180)
    places.angle(text, 90)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-400, 8848))
def test_every_place_is_read_back_as_it_was_kept(latitude: float, longitude: float, altitude: float) -> None:
    spot = Spot(latitude, longitude, altitude, 3.0)
    assert places.spots(spot.written()) == (spot,)


def test_a_shape_is_closed_and_opened_again() -> None:
    corners = (Spot(31.0, 121.0), Spot(31.1, 121.0), Spot(31.1, 121.1))
    assert places.closed(corners) == (*corners, corners[0])
    assert places.closed(places.closed(corners)) == places.closed(corners)
    assert places.opened(places.closed(corners)) == corners


def test_a_length_is_in_metres() -> None:
    degree = places.length((Spot(0, 0), Spot(0, 1)))
    assert degree == pytest.approx(111_319, abs=2)
