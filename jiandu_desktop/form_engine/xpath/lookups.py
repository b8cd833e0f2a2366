"""Predicates that a table answers by its index: `[column = value]`, alone or joined by `and`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jiandu_desktop.form_engine.xpath import syntax
from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.scope import Context, Run, Scope
from jiandu_desktop.form_engine.xpath.tables import Table

Lookup = Callable[[Table, Scope], list[Node] | None]
"""The rows that pass; None where the index cannot tell (a value that is no text)."""

_PURE: Final = frozenset(("current", "string", "concat", "if", "coalesce", "normalize-space", "jr:itext"))
_COUNTING: Final = frozenset(("position", "last"))


def lookup_for(
    step: syntax.Step, value: Callable[[syntax.Expr], Run], test: Callable[[syntax.Expr], Run]
) -> Lookup | None:
    """The lookup that stands for the first predicate of `step`; None where it needs a look at every row.

    `value` and `test` compile an expression, `test` to a boolean.
    """
    if not step.predicates or step.axis != "child" or step.test.kind != "name" or step.test.prefix:
        return None
    found: list[tuple[str, Run]] = []
    others: list[Run] = []
    for part in _joined(step.predicates[0]):
        sides = _equality(part)
        if sides is not None:
            found.append((sides[0], value(sides[1])))
        elif any(isinstance(inner, syntax.Call) and inner.name in _COUNTING for inner in syntax.parts_of(part)):
            return None
        else:
            others.append(test(part))
    return _Equalities(step.test.local, tuple(found), tuple(others)) if found else None


class _Equalities:
    def __init__(self, row_name: str, equalities: tuple[tuple[str, Run], ...], others: tuple[Run, ...]) -> None:
        self._row_name = row_name
        self._equalities = equalities
        self._others = others

    def __call__(self, table: Table, scope: Scope) -> list[Node] | None:
        if table.row_name != self._row_name:
            return []
        here = Context(table, 1, 1, scope)  # the values look at no row
        places: list[int] | None = None
        for column, run in self._equalities:
            wanted = run(here)
            if isinstance(wanted, list):
                wanted = {node.string() for node in wanted}
            elif isinstance(wanted, str):
                wanted = {wanted}
            else:
                return None
            places = table.where(column, wanted, places)
        size = len(places or ())
        return [
            line
            for place in places or ()
            for line in [table.line(place)]
            if all(test(Context(line, 1, size, scope)) for test in self._others)
        ]


def _joined(tree: syntax.Expr) -> list[syntax.Expr]:
    if isinstance(tree, syntax.Chain) and tree.level == "and":
        return [part for operand in (tree.first, *(each for _, each in tree.rest)) for part in _joined(operand)]
    return [tree]


def _equality(tree: syntax.Expr) -> tuple[str, syntax.Expr] | None:
    """(column, value) of `column = value`, in either order, where the value is the same for every row."""
    if not isinstance(tree, syntax.Chain) or tree.level != "=" or len(tree.rest) != 1 or tree.rest[0][0] != "=":
        return None
    left, right = tree.first, tree.rest[0][1]
    for column, value in ((left, right), (right, left)):
        name = _column(column)
        if name is not None and _same_for_all(value):
            return name, value
    return None


def _column(tree: syntax.Expr) -> str | None:
    if not isinstance(tree, syntax.Path) or tree.start is not None or len(tree.steps) != 1:
        return None
    step = tree.steps[0]
    plain = step.axis == "child" and not step.predicates and step.test.kind == "name" and not step.test.prefix
    return step.test.local if plain and step.test.local != "*" else None


def _same_for_all(tree: syntax.Expr) -> bool:
    for part in syntax.parts_of(tree):
        if isinstance(part, syntax.Path) and part.start is None:
            return False
        if isinstance(part, syntax.Call) and part.name not in _PURE:
            return False
    return True
