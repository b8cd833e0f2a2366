"""Every expression of a form, parsed and compiled once per text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from jiandu_desktop.form_engine.xform.model import Expression, Spec
from jiandu_desktop.form_engine.xform.own_row import concerns, own_row
from jiandu_desktop.form_engine.xpath.axes import UnknownPrefix
from jiandu_desktop.form_engine.xpath.compile import compile_expression
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.form_engine.xpath.parser import LONGEST, parse
from jiandu_desktop.form_engine.xpath.scope import Compiled, UnknownFunction, UnknownVariable, WrongArguments
from jiandu_desktop.form_engine.xpath.syntax import SELF, Call, Expr, ExpressionFault, Filter, Path, parts_of


class XFormFault(Exception):
    """The XForm cannot run: a code, the ref of the node concerned ("" for the whole form), and values."""

    def __init__(self, code: str, ref: str, **values: Any) -> None:
        super().__init__(code, ref, values)
        self.code = code
        self.ref = ref
        self.details = values


class Expressions:
    """Texts to expressions; the same text is compiled once, and so are texts that differ in the questions they name.

    `single`: paths of nodes that exist exactly once in every filled form; `used` those of them that expressions name.
    """

    def __init__(
        self, namespaces: Mapping[str, str], single: Mapping[str, Spec], by_ref: Mapping[str, Spec] | None = None
    ) -> None:
        self.namespaces = namespaces
        self.known: dict[str, Expression] = {}
        self.used: dict[str, Spec] = {}
        self._single = single
        self._by_ref = by_ref or {}
        self._shapes: dict[str, tuple[Expr, Compiled, bool, bool]] = {}

    def get(self, text: str, ref: str, attribute: str) -> Expression:
        """Raises XFormFault with the code of `expression_fault`."""
        owner = self._by_ref.get(ref)
        within_row = owner if owner is not None and not owner.single and concerns(text, owner) else None
        key = text if within_row is None else f"{text} @ {ref}"
        found = self.known.get(key)
        if found is None:
            try:
                found = self._made(text) if within_row is None else self._made_within(text, within_row, attribute)
            except EXPRESSION_ERRORS as error:
                code, values = expression_fault(error)
                raise XFormFault(code, ref, attribute=attribute, expression=text, **values) from error
            self.known[key] = found
        return found

    def _made_within(self, text: str, owner: Spec, attribute: str) -> Expression:
        tree = own_row(parse(text), owner, nodes=attribute == "choice_filter")
        own = any(part == _OWN for part in parts_of(tree))
        return Expression(text, tree, compile_expression(tree, FORMS, self.namespaces), (), False, own)

    def _made(self, text: str) -> Expression:
        shape, paths = self._shape(text)
        known = self._shapes.get(shape)
        if known is None:
            slots = [f"p{place}" for place in range(len(paths))]
            try:
                tree = parse(shape)
                compiled = compile_expression(tree, FORMS, self.namespaces, slots=slots)
            except EXPRESSION_ERRORS:
                if not paths:
                    raise
                # Once more as written: a fault tells its place in the text.
                shape, paths = text, ()
                tree = parse(text)
                compiled = compile_expression(tree, FORMS, self.namespaces)
            known = self._shapes[shape] = (
                tree,
                compiled,
                _is_simple(tree),
                any(part == _OWN for part in parts_of(tree)),
            )
        tree, compiled, simple, own = known
        for path in paths:
            self.used[path] = self._single[path]
        nodes = tuple(self._single[path] for path in paths)
        return Expression(text, tree, Compiled(compiled.run, compiled.kind, paths), nodes, simple, own)

    def _shape(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The text with a variable `$p0`, `$p1` … for each path of a single node, and those paths."""
        if "$" in text or "/" not in text or len(text) > LONGEST:
            return text, ()
        paths: list[str] = []

        def slot(found: re.Match[str]) -> str:
            path = found.group("path")
            if path is None or path not in self._single:
                return found.group()
            paths.append(path)
            return f"{found.group('before')}$p{len(paths) - 1}"

        return _SINGLE.sub(slot, text), tuple(paths)


# A literal, or an absolute path of plain names where an operand begins and where nothing goes on behind it.
_NAME: Final = r"[^\W\d][\w.\-·]*"
_OWN: Final = Path(None, (SELF,))
_SINGLE: Final = re.compile(
    rf"""(?: "[^"]*" | '[^']*' )
    | (?P<before> (?: \A | [(,=<>+|\[] | \s- | [\w)\].]\s*\* | \s(?:and|or|div|mod)\s ) \s* )
      (?P<path> (?> (?:/{_NAME})+ ) ) (?! \s* [/\[(:] )""",
    re.VERBOSE,
)


def single_paths(specs: Iterable[Spec]) -> dict[str, Spec]:
    """The nodes that exist exactly once, by a path of names without prefix."""
    found: dict[str, list[Spec]] = {}
    for spec in specs:
        above = spec.parent
        spec.path = f"{above.path if above is not None else ''}/{spec.name}"
        spec.single = not spec.repeat and (above is None or above.single)
        found.setdefault(spec.path, []).append(spec)
        if spec.name in ("and", "or", "div", "mod"):
            return {}  # behind a question of such a name, a path may be taken for an operand
    return {path: specs[0] for path, specs in found.items() if len(specs) == 1 and specs[0].single}


def _is_simple(tree: Expr) -> bool:
    """Whether the only nodes that it names are its slots and the node at hand."""
    for part in parts_of(tree):
        if isinstance(part, Filter) or (isinstance(part, Call) and part.name in ("current", "jr:choice-name")):
            return False
        if isinstance(part, Path) and part != _OWN:
            return False
    return True


EXPRESSION_ERRORS = (ExpressionFault, UnknownFunction, WrongArguments, UnknownVariable, UnknownPrefix)


def expression_fault(error: Exception) -> tuple[str, dict[str, Any]]:
    """The code of the sentence for a faulty expression, and what fills it."""
    if isinstance(error, ExpressionFault):
        return error.code, {"at": error.at + 1, "found": error.found, "expected": error.expected}
    if isinstance(error, UnknownFunction):
        return "expression-unknown-function", {"name": error.name, "at": error.at + 1}
    if isinstance(error, WrongArguments):
        most = "" if error.most is None else error.most
        values = {"name": error.name, "at": error.at + 1, "given": error.given, "least": error.least, "most": most}
        return "expression-wrong-arguments", values
    if isinstance(error, UnknownVariable):
        return "expression-variable", {"name": error.name, "at": error.at + 1}
    if isinstance(error, UnknownPrefix):
        return "expression-unknown-prefix", {"name": error.prefix}
    raise TypeError(type(error))
