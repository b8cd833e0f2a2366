"""Absolute paths that lead into a repeat, written inside it: where one value is wanted they mean the row at hand.

So the ODK XForms specification departs from XForms 1.0 ("as if they were relative to the repeat instance"); where
nodes are wanted (`sum`, `count`, `join` …) the path keeps meaning all rows.
"""

from __future__ import annotations

from typing import Final

from jiandu_desktop.form_engine.xform.model import Spec
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.form_engine.xpath.syntax import (
    PARENT,
    Call,
    Chain,
    Expr,
    Filter,
    Negate,
    Path,
    Step,
    Union,
)

_WANT_NODES: Final = frozenset(
    ("join", "max", "min", "checklist", "weighted-checklist", "area", "distance", "geofence", "intersects", "not")
)
_CURRENT: Final = Call("current", (), 0)


def concerns(text: str, owner: Spec) -> bool:
    """Whether the text names a path into a repeat around `owner`."""
    return any(f"{repeat.path}/" in text for repeat in owner.repeats())


def own_row(tree: Expr, owner: Spec, *, nodes: bool = False) -> Expr:
    """The expression as it is meant at `owner`; `nodes`: the whole of it yields nodes."""
    return _Rewriter(owner).changed(tree, nodes=nodes, inside=False)


class _Rewriter:
    def __init__(self, owner: Spec) -> None:
        self._names = tuple(owner.path.strip("/").split("/"))
        self._repeats = {repeat.path for repeat in owner.repeats()}

    def changed(self, tree: Expr, *, nodes: bool, inside: bool) -> Expr:
        """`inside`: of a predicate, where the node at hand is another."""
        if isinstance(tree, Path):
            return self._path(tree, nodes=nodes, inside=inside)
        if isinstance(tree, Call):
            return self._call(tree, nodes=nodes, inside=inside)
        if isinstance(tree, Chain):
            rest = tuple((sign, self.changed(part, nodes=False, inside=inside)) for sign, part in tree.rest)
            return Chain(tree.level, self.changed(tree.first, nodes=False, inside=inside), rest)
        if isinstance(tree, Negate):
            return Negate(self.changed(tree.operand, nodes=False, inside=inside))
        if isinstance(tree, Union):
            return Union(tuple(self.changed(part, nodes=True, inside=inside) for part in tree.parts))
        if isinstance(tree, Filter):
            return Filter(self.changed(tree.primary, nodes=True, inside=inside), self._predicates(tree.predicates))
        return tree

    def _call(self, tree: Call, *, nodes: bool, inside: bool) -> Call:
        function = FORMS.functions.get(tree.name)
        kinds = function.parameters if function is not None else ()
        arguments = []
        for place, argument in enumerate(tree.arguments):
            kind = kinds[min(place, len(kinds) - 1)] if kinds else "v"
            # `if` and `coalesce` hand on what is wanted of themselves.
            wanted = kind == "ns" or tree.name in _WANT_NODES or (nodes and tree.name in ("if", "coalesce"))
            arguments.append(self.changed(argument, nodes=wanted, inside=inside))
        return Call(tree.name, tuple(arguments), tree.at)

    def _path(self, tree: Path, *, nodes: bool, inside: bool) -> Path:
        start = tree.start
        if start is not None and not isinstance(start, str):
            start = self.changed(start, nodes=True, inside=inside)
        steps = tuple(Step(step.axis, step.test, self._predicates(step.predicates)) for step in tree.steps)
        own = None if nodes or start != "/" else self._within_row(steps)
        if own is None:
            return Path(start, steps)
        return Path(_CURRENT if inside else None, own)

    def _within_row(self, steps: tuple[Step, ...]) -> tuple[Step, ...] | None:
        """The steps from the owner by way of the deepest repeat that both lie in; None where there is none."""
        if any(step.axis != "child" or step.predicates or step.test.kind != "name" for step in steps):
            return None
        names = tuple(step.test.local for step in steps)
        for depth in range(min(len(names) - 1, len(self._names)), 1, -1):
            if names[:depth] == self._names[:depth] and f"/{'/'.join(names[:depth])}" in self._repeats:
                return (PARENT,) * (len(self._names) - depth) + steps[depth:]
        return None

    def _predicates(self, predicates: tuple[Expr, ...]) -> tuple[Expr, ...]:
        return tuple(self.changed(predicate, nodes=False, inside=True) for predicate in predicates)
