"""Breaking a title by sense into lines that make a trapezium or a diamond (GB/T 9704-2012 §7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from jiandu_desktop.documents.grid import CELL, TITLE_SIZE

LONGEST_LINE = int(28 * CELL / TITLE_SIZE)
"""Characters of a title line: 20 in the type area."""

_NAME_JOINTS = re.compile(
    r".+?(?:委员会|办事处|人民政府|大学|学院|中学|小学|学校|幼儿园|集团|教育局|教体局"
    r"|省|自治区|市|县|区|旗|镇|乡|街道|村)(?!内|外|立|属|办|级|域|直)"
)


def break_title(parts: Sequence[str], *, issuer: str = "", limit: int = LONGEST_LINE) -> tuple[str, ...]:
    """Lines of a title given as parts that belong together (关于 + name, 存在问题的, 整改通知书).

    The issuer's name is a line of its own, or is left out where it is longer than one: the red head has it. A part
    is divided only where it is longer than a line, and then at a joint of the name (县, 镇, 学校 …). Of all ways with
    the fewest lines the best shaped is taken; no word is ever lost.
    """
    units = [unit for part in parts if part for unit in _units(part, limit)]
    above = (issuer,) if 0 < len(issuer) <= limit else ()
    for count in range(1, len(units) + 1):
        ways = [above + lines for lines in _ways(units, count) if all(len(line) <= limit for line in lines)]
        if ways:
            return min(ways, key=_clumsiness)
    return above + tuple(units)


def _ways(units: list[str], count: int) -> list[tuple[str, ...]]:
    ways = []
    for cuts in combinations(range(1, len(units)), count - 1):
        edges = (0, *cuts, len(units))
        ways.append(tuple("".join(units[a:b]) for a, b in pairwise(edges)))
    return ways


def _clumsiness(lines: tuple[str, ...]) -> tuple[int, int]:
    """(0 for a trapezium or diamond, else 1; how far the widest line stands out from the others)."""
    lengths = [len(line) for line in lines]
    peak = lengths.index(max(lengths))
    rising = all(a <= b for a, b in pairwise(lengths[: peak + 1]))
    falling = all(a >= b for a, b in pairwise(lengths[peak:]))
    rectangle = len(lines) > 1 and max(lengths) == min(lengths)
    return (0 if rising and falling and not rectangle else 1), max(lengths) - min(lengths)


def _units(part: str, limit: int) -> list[str]:
    """`part` whole where it fits in a line, else divided at the joints of the name, else anywhere."""
    if len(part) <= limit:
        return [part]
    units: list[str] = []
    at = 0
    for joint in _NAME_JOINTS.finditer(part):
        units.append(part[at : joint.end()])
        at = joint.end()
    if part[at:]:
        units.append(part[at:])
    # A bracket belongs to what it holds: （南校区） is not divided from its half.
    joined: list[str] = []
    for unit in units:
        inside = joined and joined[-1].count("（") > joined[-1].count("）")
        leans = joined and unit.startswith(("（", "）", "的")) and len(joined[-1]) + len(unit) <= limit
        if inside or leans:
            joined[-1] += unit
        else:
            joined.append(unit)
    whole: list[str] = []
    for unit in joined:
        while len(unit) > limit:
            whole.append(unit[:limit])
            unit = unit[limit:]
        whole.append(unit)
    return [unit for unit in whole if unit]
