"""What an expression reads, found without running it: its paths walked over the definition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jiandu_desktop.form_engine.xform.model import Expression, Model, Spec
from jiandu_desktop.form_engine.xpath import syntax
from jiandu_desktop.form_engine.xpath.parser import parse
from jiandu_desktop.form_engine.xpath.syntax import ExpressionFault


@dataclass(frozen=True)
class Read:
    """`spec` is read by value, or (with `rows`) by its number of rows.

    `anchor` is the nearest node that reader and read node surely share: reader and read lie in the same row of every
    repeat from there upwards. None is the document.
    """

    spec: Spec
    anchor: Spec | None
    rows: bool = False


def reads_of(expression: Expression, spec: Spec, model: Model) -> set[Read]:
    """All reads of an expression whose context is `spec`."""
    if expression.simple:
        found = {Read(read, None) for read in expression.single if read.leaf}
        if spec.leaf and expression.own:
            found.add(Read(spec, spec))
        return found
    reader = _Reader(model, spec, expression.single)
    reader.visit(expression.tree, [_Place(spec, spec)], final=True)
    return reader.reads


@dataclass(frozen=True)
class _Place:
    spec: Spec | None  # None: the document
    anchor: Spec | None


class _Reader:
    def __init__(self, model: Model, start: Spec, single: tuple[Spec, ...]) -> None:
        self._model = model
        self._single = single
        self._start = start
        self.reads: set[Read] = set()

    def visit(self, tree: syntax.Expr, here: list[_Place], *, final: bool) -> list[_Place]:
        """Places the expression may yield; `final`: what it yields is read, not only walked through."""
        if isinstance(tree, syntax.Path):
            places = self._path(tree, here)
        elif isinstance(tree, syntax.Filter):
            places = self.visit(tree.primary, here, final=False)
            for predicate in tree.predicates:
                self.visit(predicate, places, final=True)
        elif isinstance(tree, syntax.Union):
            return [place for part in tree.parts for place in self.visit(part, here, final=final)]
        elif isinstance(tree, syntax.Call):
            places = self._call(tree, here)
        elif isinstance(tree, syntax.Variable):
            places = [_Place(self._single[int(tree.name[1:])], None)]
        else:
            for part in _operands(tree):
                self.visit(part, here, final=True)
            return []
        if final:
            for place in places:
                self._note(place)
        return places

    def _note(self, place: _Place) -> None:
        if place.spec is None:
            return
        if place.spec.leaf:
            self.reads.add(Read(place.spec, place.anchor))
        elif place.spec.repeat:
            self._note_rows(place.spec, place.anchor)

    def _note_rows(self, spec: Spec, anchor: Spec | None) -> None:
        """Adding a row concerns all rows, so the reader and the rows share no more than what is around them."""
        around = spec.parent
        while anchor is not None and around is not None and anchor not in (around, *around.above()):
            anchor = anchor.parent
        self.reads.add(Read(spec, anchor, rows=True))

    def _call(self, tree: syntax.Call, here: list[_Place]) -> list[_Place]:
        if tree.name == "current":
            return [_Place(self._start, self._start)]
        if tree.name == "jr:choice-name" and len(tree.arguments) == 2:
            self._choice_name(tree.arguments[1], here)
        places: list[_Place] = []
        yields = tree.name in ("if", "coalesce", "randomize", "indexed-repeat", "once")
        for argument in tree.arguments:
            found = self.visit(argument, here, final=True)
            if yields:
                places.extend(found)
        return places

    def _choice_name(self, argument: syntax.Expr, here: list[_Place]) -> None:
        """The second argument is a path written as text."""
        if isinstance(argument, syntax.Literal):
            try:
                self.visit(parse(argument.value.strip()), here, final=True)
            except ExpressionFault:
                return

    def _path(self, tree: syntax.Path, here: list[_Place]) -> list[_Place]:
        if tree.start == "/":
            places = [_Place(None, None)]
        elif tree.start is None:
            places = here
        else:
            assert not isinstance(tree.start, str)  # "/" is the only text there
            places = self.visit(tree.start, here, final=False)
        for step in tree.steps:
            places = list(dict.fromkeys(found for place in places for found in self._step(step, place)))
            for predicate in step.predicates:
                self.visit(predicate, places, final=True)
        return places

    def _step(self, step: syntax.Step, place: _Place) -> Iterable[_Place]:
        spec, anchor = place.spec, place.anchor
        axis = step.axis
        if axis == "self":
            return [place] if spec is None or _passes(step.test, spec) else []
        if axis == "child":
            return self._downwards(self._children(spec), step, anchor)
        if axis in ("descendant", "descendant-or-self"):
            below = list((self._model.root if spec is None else spec).below())
            if axis == "descendant" and spec is not None:
                below = below[1:]
            found = list(self._downwards(below, step, anchor))
            return [place, *found] if spec is None and axis != "descendant" else found
        if axis == "parent":
            return self._upwards([] if spec is None else [spec.parent], step, anchor)
        if axis in ("ancestor", "ancestor-or-self"):
            line: list[Spec | None] = [] if spec is None else [*spec.above(), None]
            found = list(self._upwards(line, step, anchor))
            return [place, *found] if axis == "ancestor-or-self" else found
        if axis in ("following-sibling", "preceding-sibling") and spec is not None:
            around = _common(spec.parent, anchor)
            return self._downwards(self._children(spec.parent), step, around)
        if axis in ("following", "preceding"):
            return self._downwards(list(self._model.root.below()), step, None)
        return []

    def _children(self, spec: Spec | None) -> list[Spec]:
        return [self._model.root] if spec is None else spec.children

    def _downwards(self, specs: list[Spec], step: syntax.Step, anchor: Spec | None) -> Iterable[_Place]:
        for spec in specs:
            if _passes(step.test, spec):
                for around in (spec, *spec.above()):
                    if around is anchor:
                        break
                    if around.repeat:
                        self._note_rows(around, anchor)
                yield _Place(spec, anchor)

    def _upwards(self, specs: list[Spec | None], step: syntax.Step, anchor: Spec | None) -> Iterable[_Place]:
        for spec in specs:
            if spec is None or _passes(step.test, spec):
                yield _Place(spec, _common(spec, anchor))


def _common(spec: Spec | None, anchor: Spec | None) -> Spec | None:
    """The anchor after moving up to `spec`: never below it."""
    if spec is None or anchor is None:
        return None
    return spec if spec in (anchor, *anchor.above()) else anchor


def _passes(test: syntax.NodeTest, spec: Spec) -> bool:
    if test.kind == "node":
        return True
    return test.kind == "name" and test.local in ("*", spec.name)


def _operands(tree: syntax.Expr) -> list[syntax.Expr]:
    if isinstance(tree, syntax.Chain):
        return [tree.first, *(operand for _, operand in tree.rest)]
    if isinstance(tree, syntax.Negate):
        return [tree.operand]
    return []
