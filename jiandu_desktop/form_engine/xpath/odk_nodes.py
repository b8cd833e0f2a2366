"""ODK's functions on nodes: other instances, repeats, translations, choice names, shuffling."""

from __future__ import annotations

import hashlib
import math
from typing import Final

from jiandu_desktop.form_engine.xpath.library import FunctionTable
from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.scope import Context, NotComputable
from jiandu_desktop.form_engine.xpath.tables import Table
from jiandu_desktop.form_engine.xpath.values import Value, string_number, to_string

NODES: Final = FunctionTable()
_PARK_MILLER: Final = 2_147_483_647


@NODES.add("instance", "s", "nodeset", context=True)
def instance(c: Context, name: str) -> list[Node]:
    """The root element of a secondary instance."""
    found = c.scope.instances.get(name)
    if found is None:
        raise NotComputable("instance", name)
    return [found]


@NODES.add("position", "ns?", "number", context=True)
def position(c: Context, nodes: list[Node] | None = None) -> float:
    """With a node: its place among siblings of its name, from 1; that is the number of a repeat's row."""
    if nodes is None:
        return float(c.position)
    if not nodes:
        return math.nan
    node = nodes[0]
    if node.parent is None:
        return 1.0
    siblings = node.parent.named(node.name)
    return float(siblings.index(node) + 1) if node in siblings else math.nan


@NODES.add("indexed-repeat", "ns ns n ns? n? ns? n?", "nodeset")
def indexed_repeat(
    wanted: list[Node],
    group: list[Node],
    place: float,
    group2: list[Node] | None = None,
    place2: float | None = None,
    group3: list[Node] | None = None,
    place3: float | None = None,
) -> list[Node]:
    """The wanted node within the n-th row of the repeat (up to three repeats deep)."""
    kept = wanted
    for rows, number in ((group, place), (group2, place2), (group3, place3)):
        if rows is None or number is None:
            break
        kept = [node for node in kept if _in_row(node, rows, number)]
    return kept


def _in_row(node: Node, rows: list[Node], number: float) -> bool:
    kinds = {(row.name, id(row.parent)) for row in rows}
    for ancestor in node.ancestors():
        if ancestor.parent is not None and (ancestor.name, id(ancestor.parent)) in kinds:
            siblings = ancestor.parent.named(ancestor.name)
            return 0 < number <= len(siblings) and number.is_integer() and siblings[int(number) - 1] is ancestor
    return False


@NODES.add("jr:itext", "s", "any", context=True)
def itext(c: Context, name: str) -> Value:
    """The text of that identifier in the language in force."""
    found: Value = c.scope.services.itext(name, c.node)
    return found


@NODES.add("jr:choice-name", "s s", "string", context=True)
def choice_name(c: Context, value: str, question: str) -> str:
    """The label of a choice of the question that the second argument (a path as text) names."""
    return str(c.scope.services.choice_name(value, question, c.node))


@NODES.add("pulldata", "s s s s", "string", context=True)
def pulldata(c: Context, name: str, wanted: str, key: str, value: str) -> str:
    """The cell of an attached table: column `wanted` of the first row whose column `key` equals `value`.

    A column `@name` is an attribute (of an attached XML file).
    """
    table = c.scope.instances.get(name)
    if table is None:
        raise NotComputable("pulldata", name)
    for top in table.elements():
        if isinstance(top, Table):
            found = top.where(key, (value,))
            return top.line(found[0]).cell(wanted) or "" if found else ""
        for row in top.elements():
            if _cell(row, key) == value:
                return _cell(row, wanted) or ""
    return ""


def _cell(row: Node, name: str) -> str | None:
    if name.startswith("@"):
        return row.attribute(name[1:])
    return next((cell.string() for cell in row.named(name)), None)


@NODES.add("randomize", "ns v?", "nodeset", context=True)
def randomize(c: Context, nodes: list[Node], seed: Value | None = None) -> list[Node]:
    """Shuffled; the same seed gives the same order (Park–Miller and Fisher–Yates, as in JavaRosa)."""
    state = _seed(seed)
    shuffled = list(nodes)
    for last in range(len(shuffled) - 1, 0, -1):
        state = state * 16_807 % _PARK_MILLER
        other = math.floor((state - 1) / (_PARK_MILLER - 1) * (last + 1))
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def _seed(value: Value | None) -> int:
    number = 0.0
    if value is None:
        number = float(hash(object()) % _PARK_MILLER)
    elif isinstance(value, float):
        number = value
    else:
        text = to_string(value)
        number = string_number(text, None)
        if math.isnan(number) and text:
            # JavaRosa: the first eight bytes of the text's SHA-256, as a signed number.
            number = float(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True))
    whole = int(number) if math.isfinite(number) else 0
    seed = int(math.fmod(whole, _PARK_MILLER))
    return seed if seed > 0 else seed + _PARK_MILLER - 1
