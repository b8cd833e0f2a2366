"""XPath text → syntax tree: one pass, every error with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from jiandu_desktop.form_engine.xpath.syntax import (
    ANYWHERE,
    AXES,
    NODE_TYPES,
    PARENT,
    SELF,
    Call,
    Chain,
    Expr,
    ExpressionFault,
    Filter,
    Literal,
    Negate,
    NodeTest,
    Number,
    Path,
    Step,
    Union,
    Variable,
)

DEEPEST: Final = 100  # operands within operands: no form written by people comes near, and Python's stack holds them
LONGEST: Final = 100_000  # characters of one expression
_LEVELS: Final = ("or", "and", "=", "<", "+", "*")
_LEVEL_OF: Final = {
    "or": 0, "and": 1, "=": 2, "!=": 2, "<": 3, "<=": 3, ">": 3, ">=": 3, "+": 4, "-": 4, "*": 5, "div": 5, "mod": 5,
}  # fmt: skip
_NAME: Final = r"[^\W\d][\w.\-·]*"
_TOKEN: Final = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    | (?P<variable>\$\s*{_NAME}(?::{_NAME})?)
    | (?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*])
    )""",
    re.VERBOSE,
)
_WORD_OPERATOR: Final = re.compile(r"\s*(and|or|div|mod)")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number literal name variable symbol operator end
    text: str
    at: int


def parse(text: str) -> Expr:
    """The syntax tree of `text`; raises ExpressionFault."""
    if len(text) > LONGEST:
        raise ExpressionFault("expression-too-long", LONGEST)
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        if _after_operand(tokens):
            # XPath §3.7: after an operand, `*` and these names are operators, even glued on as in `1and 1`.
            word = _WORD_OPERATOR.match(text, at)
            if word:
                tokens.append(_Token("operator", word.group(1), word.start(1)))
                at = word.end()
                continue
        found = _TOKEN.match(text, at)
        if found is None or found.end() > end:
            place = at + len(text[at:]) - len(text[at:].lstrip())
            code = "expression-open-quote" if text[place] in "\"'" else "expression-unknown-sign"
            raise ExpressionFault(code, place, text[place : place + 1])
        kind = found.lastgroup or ""
        piece, start = found.group(kind), found.start(kind)
        if kind == "symbol" and piece in _LEVEL_OF and (piece != "*" or _after_operand(tokens)):
            kind = "operator"
        tokens.append(_Token(kind, piece, start))
        at = found.end()
    tokens.append(_Token("end", "", len(text)))
    return tokens


def _after_operand(tokens: list[_Token]) -> bool:
    if not tokens:
        return False
    last = tokens[-1]
    return last.kind in ("number", "literal", "name", "variable") or (
        last.kind == "symbol" and last.text in (")", "]", ".", "..", "*")
    )


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0

    def whole(self) -> Expr:
        expression = self._expression(0)
        token = self._peek()
        if token.kind != "end":
            raise ExpressionFault("expression-left-over", token.at, token.text)
        return expression

    def _peek(self, ahead: int = 0) -> _Token:
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def _take(self) -> _Token:
        token = self._peek()
        self._next += 1
        return token

    def _at(self, symbol: str, ahead: int = 0) -> bool:
        token = self._peek(ahead)
        return token.text == symbol and token.kind in ("symbol", "operator")

    def _expect(self, symbol: str) -> None:
        token = self._peek()
        if not self._at(symbol):
            raise ExpressionFault("expression-expected", token.at, token.text, symbol)
        self._next += 1

    def _expression(self, lowest: int) -> Expr:
        """Precedence climbing over the six levels of XPath §3.5; equal levels gather in one chain."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionFault("expression-too-deep", self._peek().at)
        left = self._unary()
        while True:
            token = self._peek()
            level = _LEVEL_OF.get(token.text, -1) if token.kind == "operator" else -1
            if level < lowest:
                break
            rest: list[tuple[str, Expr]] = []
            while self._peek().kind == "operator" and _LEVEL_OF[self._peek().text] == level:
                operator = self._take().text
                rest.append((operator, self._expression(level + 1)))
            left = Chain(_LEVELS[level], left, tuple(rest))
        self._depth -= 1
        return left

    def _unary(self) -> Expr:
        signs = 0
        while self._at("-"):
            self._next += 1
            signs += 1
        operand = self._union()
        if signs == 0:
            return operand
        # An even number of signs still turns the value into a number.
        return Negate(operand) if signs % 2 else Negate(Negate(operand))

    def _union(self) -> Expr:
        first = self._path()
        if not self._at("|"):
            return first
        parts = [first]
        while self._at("|"):
            self._next += 1
            parts.append(self._path())
        return Union(tuple(parts))

    def _path(self) -> Expr:
        token = self._peek()
        if self._at("/"):
            self._next += 1
            return Path("/", tuple(self._steps()) if self._starts_step() else ())
        if self._at("//"):
            self._next += 1
            return Path("/", (ANYWHERE, *self._steps()))
        if self._starts_primary(token):
            primary = self._primary()
            predicates = self._predicates()
            if predicates:
                primary = Filter(primary, predicates)
            if self._at("/") or self._at("//"):
                return Path(primary, tuple(self._more_steps()))
            return primary
        return Path(None, tuple(self._steps()))

    def _starts_primary(self, token: _Token) -> bool:
        if token.kind in ("number", "literal", "variable") or self._at("("):
            return True
        return token.kind == "name" and self._at("(", 1) and token.text not in NODE_TYPES

    def _starts_step(self) -> bool:
        token = self._peek()
        return token.kind == "name" or (token.kind == "symbol" and token.text in (".", "..", "@", "*"))

    def _primary(self) -> Expr:
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "literal":
            return Literal(token.text[1:-1])
        if token.kind == "variable":
            return Variable(token.text[1:].strip(), token.at)
        if token.kind == "name":
            return self._call(token)
        inner = self._expression(0)
        self._expect(")")
        return inner

    def _call(self, name: _Token) -> Expr:
        self._expect("(")
        arguments: list[Expr] = []
        if not self._at(")"):
            arguments.append(self._expression(0))
            while self._at(","):
                self._next += 1
                arguments.append(self._expression(0))
        self._expect(")")
        return Call(name.text, tuple(arguments), name.at)

    def _more_steps(self) -> list[Step]:
        steps: list[Step] = []
        while self._at("/") or self._at("//"):
            if self._take().text == "//":
                steps.append(ANYWHERE)
            steps.append(self._step())
        return steps

    def _steps(self) -> list[Step]:
        return [self._step(), *self._more_steps()]

    def _step(self) -> Step:
        token = self._take()
        if token.kind == "symbol" and token.text in (".", ".."):
            # Strictly XPath allows no predicate here; every engine of the ODK family does.
            plain = SELF if token.text == "." else PARENT
            return Step(plain.axis, plain.test, self._predicates())
        axis = "child"
        if token.kind == "symbol" and token.text == "@":
            axis, token = "attribute", self._take()
        elif token.kind == "name" and self._at("::"):
            if token.text not in AXES:
                raise ExpressionFault("expression-unknown-axis", token.at, token.text)
            self._next += 1
            axis, token = token.text, self._take()
        return Step(axis, self._node_test(token), self._predicates())

    def _node_test(self, token: _Token) -> NodeTest:
        if token.text == "*" and token.kind in ("symbol", "operator"):
            return NodeTest("name", "", "*")
        if token.kind != "name":
            raise ExpressionFault("expression-expected-name", token.at, token.text)
        if token.text in NODE_TYPES and self._at("("):
            self._next += 1
            target = ""
            if token.text == "processing-instruction" and self._peek().kind == "literal":
                target = self._take().text[1:-1]
            self._expect(")")
            return NodeTest(token.text, "", target)
        prefix, _, local = token.text.rpartition(":")
        return NodeTest("name", prefix, local)

    def _predicates(self) -> tuple[Expr, ...]:
        predicates: list[Expr] = []
        while self._at("["):
            self._next += 1
            predicates.append(self._expression(0))
            self._expect("]")
        return tuple(predicates)
