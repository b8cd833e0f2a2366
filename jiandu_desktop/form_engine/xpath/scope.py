"""What an expression runs in, what a compiled one and a function are, and what can be wrong with a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.values import Value, to_boolean, to_string


class Scope:
    """What stays the same throughout one evaluation.

    `zone` None means plain XPath 1.0 (no dates). `services` is what some functions need of their surroundings
    (itext, choice names, repeats); `functions` documents which. `single`: nodes that exist only once, by path, each in
    a list of its own; `paths`: those of the expression at hand.
    """

    __slots__ = ("current", "instances", "now", "paths", "root", "services", "single", "zone")

    def __init__(
        self,
        root: Node,
        now: Callable[[], datetime],
        zone: tzinfo | None,
        instances: Mapping[str, Node] | None = None,
        services: Any = None,
        current: Node | None = None,
    ) -> None:
        self.root = root
        self.current = current
        self.now = now
        self.zone = zone
        self.instances: Mapping[str, Node] = instances or {}
        self.services = services
        self.single: Mapping[str, list[Node]] = {}
        self.paths: tuple[str, ...] = ()


class Context:
    """The node at hand, its place among its like, and the scope."""

    __slots__ = ("node", "position", "scope", "size")

    def __init__(self, node: Node, position: int, size: int, scope: Scope) -> None:
        self.node = node
        self.position = position
        self.size = size
        self.scope = scope


Run = Callable[[Context], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to run; `kind` is what it yields: number string boolean nodeset any.

    `paths`: of the single nodes that its slots stand for (see `compile_expression`).
    """

    run: Run
    kind: str
    paths: tuple[str, ...] = ()

    def value(self, node: Node, scope: Scope) -> Value:
        """Raises NotComputable, and WrongArguments where only the evaluation could tell."""
        before = scope.current, scope.paths
        scope.current, scope.paths = node, self.paths
        try:
            result: Value = self.run(Context(node, 1, 1, scope))
        finally:  # a label that an expression asks for may be computed within it
            scope.current, scope.paths = before
        return result

    def value_or_blank(self, node: Node, scope: Scope) -> Value:
        """As `value`; blank where an answer makes the expression impossible: a slip must not stop the visit."""
        try:
            return self.value(node, scope)
        except (NotComputable, WrongArguments):
            return ""

    def string(self, node: Node, scope: Scope) -> str:
        return to_string(self.value_or_blank(node, scope))

    def boolean(self, node: Node, scope: Scope) -> bool:
        return to_boolean(self.value_or_blank(node, scope))


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the library: parameter kinds (`s n b v ns`, see `functions`), result kind, what to call."""

    name: str
    parameters: tuple[str, ...]
    least: int
    most: int | None
    result: str
    call: Callable[..., Any]
    wants_context: bool
    lazy: bool


@dataclass(frozen=True, slots=True)
class Library:
    functions: Mapping[str, Function]


class NotComputable(Exception):
    """A function met a value that it cannot work with (a point that is no point, an unknown digest …)."""

    def __init__(self, function: str, value: str) -> None:
        super().__init__(function, value)
        self.function = function
        self.value = value


class UnknownFunction(Exception):
    """The expression calls a function that nobody defines."""

    def __init__(self, name: str, at: int) -> None:
        super().__init__(name, at)
        self.name = name
        self.at = at


class WrongArguments(Exception):
    """A function got too few, too many, or a value where it needs nodes."""

    def __init__(self, name: str, at: int, given: int, least: int, most: int | None) -> None:
        super().__init__(name, at, given, least, most)
        self.name = name
        self.at = at
        self.given = given
        self.least = least
        self.most = most


class UnknownVariable(Exception):
    """`$name`: forms have no variables."""

    def __init__(self, name: str, at: int) -> None:
        super().__init__(name, at)
        self.name = name
        self.at = at
