"""Syntax tree → closures: what can be settled before the first evaluation (types, names, functions) is settled here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Final

from jiandu_desktop.form_engine.xpath import axes, syntax
from jiandu_desktop.form_engine.xpath.arithmetic import ARITHMETIC
from jiandu_desktop.form_engine.xpath.lookups import lookup_for
from jiandu_desktop.form_engine.xpath.nodes import Node, in_document_order
from jiandu_desktop.form_engine.xpath.scope import (
    Compiled,
    Context,
    Library,
    Run,
    Scope,
    UnknownFunction,
    UnknownVariable,
    WrongArguments,
)
from jiandu_desktop.form_engine.xpath.tables import Table
from jiandu_desktop.form_engine.xpath.values import (
    Value,
    equal,
    ordered,
    to_boolean,
    to_number,
    to_string,
    unequal,
)


def compile_expression(
    tree: syntax.Expr,
    library: Library,
    namespaces: Mapping[str, str] | None = None,
    *,
    late: bool = False,
    slots: Sequence[str] = (),
) -> Compiled:
    """`namespaces`: prefix → URI; under "" the namespace that names without prefix may have besides none.

    Raises UnknownFunction, WrongArguments, UnknownVariable; with `late` the first two only when the evaluation
    reaches the call, as XPath's short-circuit rules allow. `slots`: names of variables that stand for single nodes; the
    n-th is found through the n-th path in `Compiled.paths`.
    """
    return _Compiler(library, namespaces or {}, late, slots).compile(tree)


JAVAROSA: Final = "http://openrosa.org/javarosa"
_COMPARE: Final[Mapping[str, Callable[[Value, Value, tzinfo | None], bool]]] = {"=": equal, "!=": unequal}


class _Compiler:
    def __init__(self, library: Library, namespaces: Mapping[str, str], late: bool, slots: Sequence[str]) -> None:
        self._library = library
        self._slots = slots
        self._namespaces = namespaces
        self._late = late
        self._done: dict[int, tuple[syntax.Expr, Compiled]] = {}  # by identity, hence with the part

    def compile(self, tree: syntax.Expr) -> Compiled:
        """Each part once, however many ask for it: else nested predicates double the work with every level."""
        done = self._done.get(id(tree))
        if done is None:
            done = self._done[id(tree)] = (tree, self._compiled(tree))
        return done[1]

    def _compiled(self, tree: syntax.Expr) -> Compiled:
        if isinstance(tree, syntax.Number):
            number = tree.value
            return Compiled(lambda c: number, "number")
        if isinstance(tree, syntax.Literal):
            text = tree.value
            return Compiled(lambda c: text, "string")
        if isinstance(tree, syntax.Variable):
            if tree.name not in self._slots:
                raise UnknownVariable(tree.name, tree.at)
            slot = self._slots.index(tree.name)
            return Compiled(lambda c: c.scope.single[c.scope.paths[slot]], "nodeset")
        if isinstance(tree, syntax.Negate):
            operand = self.number(tree.operand)
            return Compiled(lambda c: -operand(c), "number")
        if isinstance(tree, syntax.Chain):
            return self._chain(tree)
        if isinstance(tree, syntax.Union):
            return self._union(tree)
        if isinstance(tree, syntax.Call):
            return self._call(tree)
        if isinstance(tree, syntax.Filter):
            return self._filter(tree)
        return self._path(tree)

    # -- one kind asked for

    def number(self, tree: syntax.Expr) -> Run:
        done = self.compile(tree)
        run = done.run
        if done.kind == "number":
            return run
        return lambda c: to_number(run(c), c.scope.zone)

    def string(self, tree: syntax.Expr) -> Run:
        done = self.compile(tree)
        run = done.run
        if done.kind == "string":
            return run
        return lambda c: to_string(run(c))

    def boolean(self, tree: syntax.Expr) -> Run:
        done = self.compile(tree)
        run = done.run
        if done.kind == "boolean":
            return run
        return lambda c: to_boolean(run(c))

    # -- operators

    def _chain(self, tree: syntax.Chain) -> Compiled:
        operands = [tree.first, *(operand for _, operand in tree.rest)]
        if tree.level in ("or", "and"):
            tests = tuple(self.boolean(operand) for operand in operands)
            if tree.level == "or":
                return Compiled(lambda c: any(test(c) for test in tests), "boolean")
            return Compiled(lambda c: all(test(c) for test in tests), "boolean")
        if tree.level in ("=", "<"):
            return self._comparison(tree)
        return self._arithmetic(tree)

    def _comparison(self, tree: syntax.Chain) -> Compiled:
        run = self.compile(tree.first).run
        for operator, operand in tree.rest:
            run = self._compare(operator, run, self.compile(operand).run)
        return Compiled(run, "boolean")

    def _compare(self, operator: str, left: Run, right: Run) -> Run:
        compare = _COMPARE.get(operator)
        if compare is not None:
            return lambda c: compare(left(c), right(c), c.scope.zone)
        return lambda c: ordered(operator, left(c), right(c), c.scope.zone)

    def _arithmetic(self, tree: syntax.Chain) -> Compiled:
        first = self.number(tree.first)
        rest = tuple((ARITHMETIC[operator], self.number(operand)) for operator, operand in tree.rest)

        def run(c: Context) -> float:
            result: float = first(c)
            for apply, operand in rest:
                result = apply(result, operand(c))
            return result

        return Compiled(run, "number")

    # -- node-sets

    def _union(self, tree: syntax.Union) -> Compiled:
        parts = tuple(self.nodes(part, "|") for part in tree.parts)
        return Compiled(lambda c: in_document_order([node for part in parts for node in part(c)]), "nodeset")

    def nodes(self, tree: syntax.Expr, user: str, at: int = 0) -> Run:
        """A run that yields nodes; raises WrongArguments where the expression certainly yields none."""
        done = self.compile(tree)
        if done.kind not in ("nodeset", "any"):
            raise WrongArguments(user, at, 1, 1, None)
        run = done.run
        if done.kind == "nodeset":
            return run

        def checked(c: Context) -> Any:
            value = run(c)
            if not isinstance(value, list):
                raise WrongArguments(user, at, 1, 1, None)
            return value

        return checked

    def _filter(self, tree: syntax.Filter) -> Compiled:
        primary = self.nodes(tree.primary, "[")
        predicates = tuple(self._predicate(predicate) for predicate in tree.predicates)

        def run(c: Context) -> list[Node]:
            nodes: list[Node] = primary(c)
            for predicate in predicates:
                nodes = predicate(nodes, c.scope)
            return nodes

        return Compiled(run, "nodeset")

    def _path(self, tree: syntax.Path) -> Compiled:
        steps = tuple(self._step(step) for step in _merged(tree.steps))
        names = self._plain_names(tree.steps)
        if tree.start is None and names is not None and len(names) == 1:
            name = names[0]
            return Compiled(lambda c: c.node.named(name), "nodeset")
        if tree.start == "/":

            def run_from_root(c: Context) -> list[Node]:
                nodes = [c.scope.root]
                for step in steps:
                    nodes = step(nodes, c.scope)
                return nodes

            return Compiled(run_from_root, "nodeset")
        if tree.start is None:

            def run_from_here(c: Context) -> list[Node]:
                nodes = [c.node]
                for step in steps:
                    nodes = step(nodes, c.scope)
                return nodes

            return Compiled(run_from_here, "nodeset")
        assert not isinstance(tree.start, str)  # "/" is dealt with above
        primary = self.nodes(tree.start, "/")

        def run_from_nodes(c: Context) -> list[Node]:
            nodes: list[Node] = primary(c)
            for step in steps:
                nodes = step(nodes, c.scope)
            return nodes

        return Compiled(run_from_nodes, "nodeset")

    def _plain_names(self, steps: tuple[syntax.Step, ...]) -> tuple[str, ...] | None:
        names = []
        for step in steps:
            if step.axis != "child" or step.predicates or step.test.kind != "name":
                return None
            if step.test.local == "*" or step.test.prefix or self._namespaces.get("") != axes.ANY_NAMESPACE:
                return None
            names.append(step.test.local)
        return tuple(names)

    def _step(self, step: syntax.Step) -> Callable[[list[Node], Scope], list[Node]]:
        walk = axes.walker(step.axis, step.test, self._namespaces)
        predicates = tuple(self._predicate(predicate) for predicate in step.predicates)
        lookup = lookup_for(step, lambda tree: self.compile(tree).run, self.boolean) if step.predicates else None
        sort = step.axis not in axes.KEEP_ORDER
        backwards = step.axis in axes.BACKWARDS

        def run(nodes: list[Node], scope: Scope) -> list[Node]:
            if len(nodes) == 1:
                quick = lookup(nodes[0], scope) if lookup is not None and isinstance(nodes[0], Table) else None
                found = walk(nodes[0]) if quick is None else quick
                for predicate in predicates if quick is None else predicates[1:]:
                    found = predicate(found, scope)
                return found[::-1] if backwards else found
            gathered: list[Node] = []
            for node in nodes:
                found = walk(node)
                for predicate in predicates:
                    found = predicate(found, scope)
                gathered.extend(found)
            return in_document_order(gathered) if sort else gathered

        return run

    def _predicate(self, tree: syntax.Expr) -> Callable[[list[Node], Scope], list[Node]]:
        if isinstance(tree, syntax.Number):
            wanted = tree.value
            return lambda nodes, scope: (
                [nodes[int(wanted) - 1]] if wanted == int(wanted) and 0 < wanted <= len(nodes) else []
            )
        done = self.compile(tree)
        run = done.run
        if done.kind in ("boolean", "string", "nodeset"):

            def keep(nodes: list[Node], scope: Scope) -> list[Node]:
                size = len(nodes)
                return [
                    node for place, node in enumerate(nodes, 1) if to_boolean(run(Context(node, place, size, scope)))
                ]

            return keep

        def keep_or_pick(nodes: list[Node], scope: Scope) -> list[Node]:
            size = len(nodes)
            kept = []
            for place, node in enumerate(nodes, 1):
                value = run(Context(node, place, size, scope))
                if value == place if isinstance(value, float) else to_boolean(value):
                    kept.append(node)
            return kept

        return keep_or_pick

    # -- functions

    def _call(self, tree: syntax.Call) -> Compiled:
        try:
            return self._known_call(tree)
        except (UnknownFunction, WrongArguments) as error:
            if not self._late:
                raise
            fault = error

            def fail(c: Context) -> Value:
                raise fault

            return Compiled(fail, "any")

    def _known_call(self, tree: syntax.Call) -> Compiled:
        function = self._library.functions.get(self._function_name(tree.name))
        if function is None:
            raise UnknownFunction(tree.name, tree.at)
        given = len(tree.arguments)
        if given < function.least or (function.most is not None and given > function.most):
            raise WrongArguments(tree.name, tree.at, given, function.least, function.most)
        arguments = tuple(
            self._argument(function.parameters[min(i, len(function.parameters) - 1)], argument, tree)
            for i, argument in enumerate(tree.arguments)
        )
        call = function.call
        quick = self._in_row(tree) if tree.name == "indexed-repeat" else None
        if quick is not None:
            return quick
        if function.lazy:
            return Compiled(lambda c: call(c, *arguments), function.result)
        if function.wants_context:
            return Compiled(lambda c: call(c, *[argument(c) for argument in arguments]), function.result)
        if len(arguments) == 1:
            only = arguments[0]
            return Compiled(lambda c: call(only(c)), function.result)
        return Compiled(lambda c: call(*[argument(c) for argument in arguments]), function.result)

    def _function_name(self, name: str) -> str:
        """With the prefix that the library uses, whichever the form declares for JavaRosa's namespace."""
        prefix, _, local = name.rpartition(":")
        space = self._namespaces.get(prefix) if prefix else None
        if space is None:
            return name
        return f"jr:{local}" if space == JAVAROSA else f"{{{space}}}{local}"

    def _in_row(self, tree: syntax.Call) -> Compiled | None:
        """`indexed-repeat(/data/row/name, /data/row, n)` without a look at the other rows; None for other shapes."""
        if len(tree.arguments) != 3:
            return None
        wanted, group, number = tree.arguments
        if not isinstance(wanted, syntax.Path) or not isinstance(group, syntax.Path) or wanted.start != group.start:
            return None
        depth = len(group.steps)
        if not 0 < depth < len(wanted.steps) or wanted.steps[:depth] != group.steps:
            return None
        rows, place = self.compile(group).run, self.number(number)
        rest = self.compile(syntax.Path(None, wanted.steps[depth:])).run

        def run(c: Context) -> list[Node]:
            found, at = rows(c), place(c)
            if not (0 < at <= len(found) and at.is_integer()):
                return []
            result: list[Node] = rest(Context(found[int(at) - 1], 1, 1, c.scope))
            return result

        return Compiled(run, "nodeset")

    def _argument(self, kind: str, tree: syntax.Expr, call: syntax.Call) -> Run:
        if kind == "s":
            return self.string(tree)
        if kind == "n":
            return self.number(tree)
        if kind == "b":
            return self.boolean(tree)
        if kind == "ns":
            return self.nodes(tree, call.name, call.at)
        return self.compile(tree).run


def _merged(steps: tuple[syntax.Step, ...]) -> tuple[syntax.Step, ...]:
    """`//name` as one walk over all descendants, where no predicate counts positions in between."""
    merged: list[syntax.Step] = []
    for step in steps:
        if merged and merged[-1] == syntax.ANYWHERE and step.axis == "child" and not step.predicates:
            merged[-1] = syntax.Step("descendant", step.test)
        else:
            merged.append(step)
    return tuple(merged)
