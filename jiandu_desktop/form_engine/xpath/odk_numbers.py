"""ODK's functions on numbers and on points of the earth."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from itertools import combinations, pairwise
from typing import Final

from jiandu_desktop.form_engine.xpath.library import FunctionTable
from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.scope import Context, NotComputable
from jiandu_desktop.form_engine.xpath.values import NAN, Shown, Value, string_number, to_string

NUMBERS: Final = FunctionTable()
EARTH_RADIUS: Final = 6_378_100.0  # metres; the figure JavaRosa and Enketo use
_MOST_DIGITS: Final = 300


@NUMBERS.add("round", "n n?", "number")
def rounded(value: float, digits: float = 0.0) -> float:
    """Halves go up (XPath §4.4); `digits` after the point, negative before it. Decimal: 2.15 is 2.2, not 2.1."""
    if not math.isfinite(value) or not math.isfinite(digits):
        return value if math.isfinite(digits) or math.isnan(value) else NAN
    places = int(max(-_MOST_DIGITS, min(_MOST_DIGITS, digits)))
    unit = Decimal(1).scaleb(-places)
    count = (Decimal(repr(value)) / unit + Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    return float(count * unit)


@NUMBERS.add("sum", "ns", "number", context=True)
def total(c: Context, nodes: list[Node]) -> float:
    """As in XPath, but what is not answered yet adds nothing (JavaRosa)."""
    texts = (node.string() for node in nodes)
    return sum((string_number(text, c.scope.zone) for text in texts if text), 0.0)


@NUMBERS.add("int", "n", "number")
def whole(value: float) -> float:
    return float(math.trunc(value)) if math.isfinite(value) else value


@NUMBERS.add("abs", "n", "number")
def absolute(value: float) -> float:
    return abs(value)


@NUMBERS.add("pow", "n n", "number")
def power(base: float, exponent: float) -> float:
    odd = math.isfinite(exponent) and math.fmod(exponent, 2) in (1.0, -1.0)
    try:
        return math.pow(base, exponent)
    except ValueError:
        # Python refuses 0 to a negative power, which is an infinity (IEEE 754), and roots of negative numbers.
        return NAN if base else math.copysign(math.inf, base if odd else 1.0)
    except OverflowError:
        return math.copysign(math.inf, base if odd else 1.0)


@NUMBERS.add("pi", "", "number")
def pi() -> float:
    return math.pi


@NUMBERS.add("atan2", "n n", "number")
def atan2(y: float, x: float) -> float:
    return math.atan2(y, x)


def _register(name: str, body: Callable[[float], float]) -> None:
    def safe(value: float) -> float:
        try:
            return body(value)
        except ValueError:
            return -math.inf if name.startswith("log") and value == 0 else NAN
        except OverflowError:
            return math.inf

    NUMBERS.add(name, "n", "number")(safe)


for _name, _body in {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sqrt": math.sqrt,
    "log": math.log,
    "log10": math.log10,
    "exp": math.exp,
    "exp10": lambda value: math.pow(10.0, value),
}.items():
    _register(_name, _body)

Point = tuple[float, float]  # latitude, longitude in degrees


@NUMBERS.add("area", "v", "number")
def area(value: Value) -> float:
    """Square metres within a closed line on the sphere, to two decimals; 0 for what is no line."""
    try:
        points = _points("area", [value])
    except NotComputable:
        return 0.0
    if len(points) < 3:
        return 0.0
    if points[0] != points[-1]:
        points.append(points[0])
    total = 0.0
    for (latitude, longitude), (next_latitude, next_longitude) in pairwise(points):
        total += math.radians(next_longitude - longitude) * (
            2 + math.sin(math.radians(latitude)) + math.sin(math.radians(next_latitude))
        )
    return _measured(abs(total * EARTH_RADIUS * EARTH_RADIUS / 2))


@NUMBERS.add("distance", "v+", "number")
def distance(*values: Value) -> float:
    """Metres along a line of points on the sphere, to two decimals."""
    points = _points("distance", list(values))
    return _measured(sum(_between(a, b) for a, b in pairwise(points)))


def _measured(value: float) -> float:
    return Shown(value, rounded(value, 2))


def _between(first: Point, second: Point) -> float:
    (a, la), (b, lb) = [(math.radians(lat), math.radians(lon)) for lat, lon in (first, second)]
    spread = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin((lb - la) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(spread)))


@NUMBERS.add("geofence", "v v", "boolean")
def geofence(point: Value, border: Value) -> bool:
    """Whether the point lies within the border (even-odd rule on degrees); the border must end where it began."""
    at = _points("geofence", [point])
    corners = _points("geofence", [border])
    if len(at) != 1 or len(corners) < 4 or corners[0] != corners[-1]:
        return False
    y, x = at[0]
    inside = False
    for (y1, x1), (y2, x2) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@NUMBERS.add("intersects", "v", "boolean")
def intersects(line: Value) -> bool:
    """Whether two sides of a line or border cross (reckoned on degrees; to touch is not to cross, as in Collect)."""
    try:
        points = _points("intersects", [line])
    except NotComputable:
        return False
    sides = list(pairwise(points))
    return any(_cross(*first, *second) for first, second in combinations(sides, 2))


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> int:
    way = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (way > 0) - (way < 0)


def _points(function: str, values: list[Value]) -> list[Point]:
    points: list[Point] = []
    for value in values:
        texts = [node.string() for node in value] if isinstance(value, list) else [to_string(value)]
        for text in texts:
            points.extend(_point(function, piece) for piece in text.split(";") if piece.strip())
    return points


def _point(function: str, text: str) -> Point:
    words = text.split()
    try:
        latitude, longitude = float(words[0]), float(words[1])
    except (ValueError, IndexError) as error:
        raise NotComputable(function, text) from error
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise NotComputable(function, text)
    return latitude, longitude
