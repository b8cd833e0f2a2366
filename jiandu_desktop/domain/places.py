"""Places on the earth as people write them down, and as ODK keeps them: latitude longitude altitude accuracy."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

_NUMBER = r"\d+(?:\.\d+)?"
_ANGLE = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<sign>[-+])?\s*(?P<degrees>{_NUMBER})\s*(?:°\s*(?:(?P<minutes>{_NUMBER})\s*′\s*"
    rf"(?:(?P<seconds>{_NUMBER})\s*″)?)?)?\s*(?P<after>[NSEW])?"
)
_LOOSE = re.sub(r"\(\?P<\w+>", "(?:", _ANGLE.pattern)
_IN_A_ROW = re.compile(rf"({_LOOSE})\s+({_LOOSE})(?:\s+(\S+))?(?:\s+(\S+))?")
_SAME = {"度": "°", "º": "°", "分": "′", "'": "′", "’": "′", "′": "′", "秒": "″", '"': "″", "”": "″", "″": "″"}
_SIDES = {"北纬": "N", "南纬": "S", "东经": "E", "西经": "W", "纬度": "", "经度": ""} | dict(
    zip("北南东西", "NSEW", strict=True)
)
_EARTH = 6_378_100.0
"""Metres; the radius ODK computes with."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Degrees (north and east positive), metres above the sea, metres of doubt; None where nobody said."""

    latitude: float
    longitude: float
    altitude: float | None = None
    accuracy: float | None = None

    def written(self) -> str:
        """As an answer keeps it: "31.2304 121.4737 0.0 0.0"."""
        numbers = (self.latitude, self.longitude, self.altitude or 0.0, self.accuracy or 0.0)
        return " ".join(str(float(number)) for number in numbers)


def angle(text: str, largest: int) -> float | None:
    """Degrees of "31.2304", "31°13′49″", "31度13分49.4秒", "N31.23" or "北纬31.23"; None for what is none.

    `largest`: 90 for a latitude, 180 for a longitude.
    """
    found = _ANGLE.fullmatch(_plain(text))
    if found is None or (found["before"] and found["after"]):
        return None
    side = found["before"] or found["after"] or ""
    if side and side not in ("NS" if largest == 90 else "EW"):
        return None
    minutes, seconds = float(found["minutes"] or 0), float(found["seconds"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    value = float(found["degrees"]) + minutes / 60 + seconds / 3600
    value = -value if found["sign"] == "-" or side in tuple("SW") else value
    return round(value, 8) if abs(value) <= largest else None


def metres(text: str) -> float | None:
    """A length in metres, also below the sea; None for what is none."""
    found = re.fullmatch(rf"([-+]?{_NUMBER})\s*(?:米|m)?", unicodedata.normalize("NFKC", text).strip())
    return float(found[1]) if found is not None else None


def spot(text: str) -> Spot | None:
    """A whole place in one line: latitude, longitude and perhaps altitude and accuracy; None for what is none.

    Separated by commas or spaces. Maps that put the longitude first are understood where it can be told.
    """
    words = _plain(text)
    parts = [part.strip() for part in re.split(r"[,;、\t]", words) if part.strip()]
    if len(parts) == 1:
        found = _IN_A_ROW.fullmatch(words)
        parts = [part for part in found.groups() if part] if found is not None else []
    if not 2 <= len(parts) <= 4:
        return None
    if _is_longitude(parts[0]) or _is_latitude(parts[1]):
        parts[0], parts[1] = parts[1], parts[0]
    latitude, longitude = angle(parts[0], 90), angle(parts[1], 180)
    rest = [metres(part) for part in parts[2:]]
    if latitude is None or longitude is None or None in rest:
        return None
    return Spot(latitude, longitude, *rest)


def spots(value: str) -> tuple[Spot, ...]:
    """The places of a kept answer, one or several separated by semicolons; () where it cannot be read."""
    found = [_kept(piece) for piece in value.split(";") if piece.strip()]
    return () if None in found else tuple(each for each in found if each is not None)


def written(points: tuple[Spot, ...]) -> str:
    """One or several places as an answer keeps them."""
    return ";".join(point.written() for point in points)


def is_same(value: str, other: str) -> bool:
    """Whether two kept answers mean the same places, however their numbers are written."""
    return written(spots(value)) == written(spots(other))


def closed(points: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """A shape as ODK keeps it: the first point stands again at the end."""
    if len(points) < 2 or _same(points[0], points[-1]):
        return points
    return (*points, points[0])


def opened(points: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """A shape without the repeated first point, as one edits it."""
    return points[:-1] if len(points) > 1 and _same(points[0], points[-1]) else points


def distinct(points: tuple[Spot, ...]) -> int:
    """How many different places there are."""
    return len({(each.latitude, each.longitude) for each in points})


def length(points: tuple[Spot, ...]) -> float:
    """Metres along the points on a sphere."""
    total = 0.0
    for one, other in pairwise(points):
        a, b = math.radians(one.latitude), math.radians(other.latitude)
        turn = math.radians(other.longitude - one.longitude)
        half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
        total += 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))
    return total


def plain(number: float) -> str:
    """A number without needless zeros."""
    return f"{number:.8f}".rstrip("0").rstrip(".") or "0"


def _kept(piece: str) -> Spot | None:
    try:
        numbers = [float(word) for word in piece.split()]
    except ValueError:
        return None
    if not 2 <= len(numbers) <= 4 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        return None
    return Spot(*numbers)


def _plain(text: str) -> str:
    words = unicodedata.normalize("NFKC", text).strip().upper()
    for name, side in _SIDES.items():
        words = words.replace(name, side)
    words = "".join(_SAME.get(sign, sign) for sign in words)
    words = words.replace("′′", "″").strip(" :")
    return re.sub(r"\s*°\s*(?=\d)", "°", re.sub(r"\s*′\s*(?=\d)", "′", words))


def _is_longitude(part: str) -> bool:
    return bool(re.search("[EW]", part)) or (angle(part, 90) is None and angle(part, 180) is not None)


def _is_latitude(part: str) -> bool:
    return bool(re.search("[NS]", part))


def _same(one: Spot, other: Spot) -> bool:
    return (one.latitude, one.longitude) == (other.latitude, other.longitude)
