"""Every expression of a form, parsed and compiled once per text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiandu_desktop.form_engine.xform.model import Expression
from jiandu_desktop.form_engine.xpath.axes import UnknownPrefix
from jiandu_desktop.form_engine.xpath.compile import compile_expression
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.form_engine.xpath.parser import parse
from jiandu_desktop.form_engine.xpath.scope import UnknownFunction, UnknownVariable, WrongArguments
from jiandu_desktop.form_engine.xpath.syntax import ExpressionFault


class XFormFault(Exception):
    """The XForm cannot run: a code, the ref of the node concerned ("" for the whole form), and values."""

    def __init__(self, code: str, ref: str, **values: Any) -> None:
        super().__init__(code, ref, values)
        self.code = code
        self.ref = ref
        self.details = values


class Expressions:
    """Texts to expressions; the same text is compiled once."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.namespaces = namespaces
        self.known: dict[str, Expression] = {}

    def get(self, text: str, ref: str, attribute: str) -> Expression:
        """Raises XFormFault with the code of `expression_fault`."""
        found = self.known.get(text)
        if found is None:
            try:
                tree = parse(text)
                found = Expression(text, tree, compile_expression(tree, FORMS, self.namespaces))
            except EXPRESSION_ERRORS as error:
                code, values = expression_fault(error)
                raise XFormFault(code, ref, attribute=attribute, expression=text, **values) from error
            self.known[text] = found
        return found


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
