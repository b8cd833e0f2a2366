"""The syntax tree of an XPath expression: frozen, so that equal expressions are one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


class ExpressionFault(Exception):
    """The text is no expression. `code` says why, `at` is the offset (0-based) and `found` the text there."""

    def __init__(self, code: str, at: int, found: str = "", expected: str = "") -> None:
        super().__init__(code, at, found, expected)
        self.code = code
        self.at = at
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    value: str


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Negate:
    operand: Expr


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one level, left to right: `first op operand op operand …` (flat, so that long sums stay shallow)."""

    level: str  # or and = < + *
    first: Expr
    rest: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Union:
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expr, ...]
    at: int


@dataclass(frozen=True, slots=True)
class NodeTest:
    """`name` tests prefix and local name (`*` for any); the others test the kind."""

    kind: str  # name node text comment processing-instruction
    prefix: str = ""
    local: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    axis: str
    test: NodeTest
    predicates: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """`start`: None for relative, "/" for absolute, else the expression whose nodes the steps start from."""

    start: Expr | str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    primary: Expr
    predicates: tuple[Expr, ...]


Expr = Number | Literal | Variable | Negate | Chain | Union | Call | Path | Filter

AXES: Final = frozenset(
    [
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    ]
)
NODE_TYPES: Final = frozenset(("comment", "text", "processing-instruction", "node"))
SELF: Final = Step("self", NodeTest("node"))
PARENT: Final = Step("parent", NodeTest("node"))
ANYWHERE: Final = Step("descendant-or-self", NodeTest("node"))


def parts_of(tree: Expr) -> Iterator[Expr]:
    """The expression itself and every expression inside it, predicates included."""
    pending: list[Expr] = [tree]
    while pending:
        part = pending.pop()
        yield part
        if isinstance(part, Negate):
            pending.append(part.operand)
        elif isinstance(part, Chain):
            pending.extend([part.first, *(operand for _, operand in part.rest)])
        elif isinstance(part, Union):
            pending.extend(part.parts)
        elif isinstance(part, Call):
            pending.extend(part.arguments)
        elif isinstance(part, Filter):
            pending.extend([part.primary, *part.predicates])
        elif isinstance(part, Path):
            if part.start is not None and not isinstance(part.start, str):
                pending.append(part.start)
            pending.extend(predicate for step in part.steps for predicate in step.predicates)
