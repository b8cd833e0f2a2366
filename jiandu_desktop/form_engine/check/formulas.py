"""The expressions in the survey sheet: references that exist, syntax, functions, and circles among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns, suggestion
from jiandu_desktop.form_engine.check.questions import Question, Survey
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.xform.expressions import EXPRESSION_ERRORS, expression_fault
from jiandu_desktop.form_engine.xpath import syntax
from jiandu_desktop.form_engine.xpath.compile import compile_expression
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.form_engine.xpath.parser import parse

REFERENCE: Final = re.compile(r"\$\{([^}]*)\}")
_OPEN_REFERENCE: Final = re.compile(r"\$\{[^}]*$|\$(?!\{)[A-Za-z_]")
_EXPRESSIONS: Final = (
    "relevant", "constraint", "calculation", "required", "readonly", "choice_filter", "repeat_count",
)  # fmt: skip
_TEXTS: Final = (
    "label", "hint", "guidance_hint", "constraint_message", "required_message", "default", "trigger", "parameters",
)  # fmt: skip
_PLAIN: Final = frozenset(("", "yes", "no", "true", "false", "true()", "false()"))
_NAMESPACES: Final = {"": "*", "jr": "jr", "orx": "orx", "odk": "odk"}


def check_formulas(columns: Columns, survey: Survey) -> list[Fault]:
    names = survey.by_name()
    faults: list[Fault] = []
    for question in survey.questions:
        row = question.row
        for column in (*_EXPRESSIONS, *_TEXTS):
            for header in columns.headers(column):
                text = row.get(header)
                if not text or (column in ("required", "readonly") and text.lower() in _PLAIN):
                    continue
                found = list(_bad_references(text, names))
                if column in _EXPRESSIONS and not found:
                    found = _bad_expression(text)
                faults.extend(Fault(columns.sheet.name, row.number, header, code, values) for code, values in found)
    return faults


def _bad_references(text: str, names: dict[str, Question]) -> Iterable[tuple[str, dict[str, object]]]:
    for found in REFERENCE.finditer(text):
        name = found.group(1).strip()
        if name.startswith("last-saved#"):
            yield "unsupported-last-saved", {"name": found.group(0)}
        elif name not in names:
            yield "unknown-reference", {"name": name, "hint": suggestion(name, names)}
    rest = REFERENCE.sub("", text)
    if "${" in rest and _OPEN_REFERENCE.search(rest):
        yield "open-reference", {"text": rest[rest.index("${") :][:20]}


def _bad_expression(text: str) -> list[tuple[str, dict[str, object]]]:
    # References become names of the same length, so that places in the text stay true.
    plain = REFERENCE.sub(lambda found: "_" * (len(found.group(0)) - len(found.group(1))) + found.group(1), text)
    plain = re.sub(r"\s*\n\s*", lambda found: " " * len(found.group(0)), plain)
    try:
        tree = parse(plain)
        compile_expression(tree, FORMS, _NAMESPACES)
    except EXPRESSION_ERRORS as error:
        code, values = expression_fault(error)
        if code == "expression-unknown-function":
            values["hint"] = suggestion(str(values["name"]), FORMS.functions)
        return [(code, {**values, "text": text})]
    return [
        ("bad-pattern", {"pattern": pattern, "text": text}) for pattern in _patterns(tree) if not _compiles(pattern)
    ]


def _patterns(tree: syntax.Expr) -> Iterator[str]:
    """The literal patterns of `regex(…, 'pattern')` anywhere in the expression."""
    for part in syntax.parts_of(tree):
        if isinstance(part, syntax.Call) and part.name == "regex":
            pattern = part.arguments[-1]
            if isinstance(pattern, syntax.Literal):
                yield pattern.value


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def check_circles(columns: Columns, survey: Survey) -> list[Fault]:
    """Questions whose calculation needs itself, and groups hidden by what is inside them, found by names.

    Found here because pyxform cannot run while anything else is wrong. Questions that hide each other are no fault.
    """
    names = survey.by_name()
    faults = []
    for question in survey.questions:
        for name in _references(columns, question, "relevant", names):
            if names[name] is question or question in names[name].around:
                path = " → ".join(dict.fromkeys((question.name, name))) + f" → {question.name}"
                faults.append(_circle_fault(columns, question, "relevant", path))
    needs = {name: _needs(columns, question, names) for name, question in names.items() if not question.is_group}
    done: set[str] = set()
    for start in needs:
        circle = [] if start in done else _circle(start, needs, done)
        done.update(circle)
        calculated = [name for name in circle if columns.get(names[name].row, "calculation")]
        if calculated and not any(fault.row == names[name].row.number for fault in faults for name in circle):
            first = circle.index(calculated[0])
            path = " → ".join([*circle[first:], *circle[:first], circle[first]])
            faults.append(_circle_fault(columns, names[circle[first]], "calculation", path))
    return faults


def _circle_fault(columns: Columns, question: Question, column: str, path: str) -> Fault:
    return Fault(columns.sheet.name, question.row.number, columns.header(column), "cycle", {"path": path})


def _references(columns: Columns, question: Question, column: str, names: dict[str, Question]) -> list[str]:
    found = [name.strip() for name in REFERENCE.findall(columns.get(question.row, column))]
    return [name for name in dict.fromkeys(found) if name in names and not names[name].is_group]


def _needs(columns: Columns, question: Question, names: dict[str, Question]) -> list[str]:
    found = _references(columns, question, "calculation", names) + _references(columns, question, "relevant", names)
    for group in question.around:
        found += _references(columns, group, "relevant", names)
    return list(dict.fromkeys(found))


def _circle(start: str, needs: dict[str, list[str]], done: set[str]) -> list[str]:
    """Walk on from `start`; the first way that comes back to itself."""
    path: list[str] = [start]
    ways = [iter(needs[start])]
    while path:
        for following in ways[-1]:
            if following in path:
                return path[path.index(following) :]
            if following not in done:
                path.append(following)
                ways.append(iter(needs[following]))
                break
        else:
            done.add(path.pop())
            ways.pop()
    return []
