"""The expressions in the survey sheet: references that exist, syntax, functions and their arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.lists import Lists
from jiandu_desktop.form_engine.check.near import nearest, suggestion
from jiandu_desktop.form_engine.check.questions import Question, Survey
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.xform.expressions import EXPRESSION_ERRORS, expression_fault
from jiandu_desktop.form_engine.xform.model import JAVAROSA, ODK, OPENROSA
from jiandu_desktop.form_engine.xpath import patterns, syntax
from jiandu_desktop.form_engine.xpath.compile import compile_expression
from jiandu_desktop.form_engine.xpath.functions import FORMS
from jiandu_desktop.form_engine.xpath.parser import parse
from jiandu_desktop.form_engine.xpath.pattern_syntax import PatternFault

REFERENCE: Final = re.compile(r"\$\{([^}]*)\}")
EXPRESSIONS: Final = (
    "relevant", "constraint", "calculation", "required", "readonly", "choice_filter", "repeat_count",
)  # fmt: skip
_OPEN_REFERENCE: Final = re.compile(r"\$\{[^}]*$|\$(?!\{)[A-Za-z_]")
_TEXTS: Final = (
    "label", "hint", "guidance_hint", "constraint_message", "required_message", "default", "trigger", "parameters",
)  # fmt: skip
_CALL: Final = re.compile(r"(?<![\w-])[a-z][a-z0-9-]*\(")  # what makes a default one that is computed
_TRIGGER: Final = re.compile(r"\s*\$\{[^}]+\}(\s*,\s*\$\{[^}]+\})*\s*")
_YES_OR_NO: Final = frozenset(("required", "readonly", "relevant", "constraint", "calculation"))
_PLAIN: Final = frozenset(("", "yes", "no", "true", "false", "true()", "false()"))
_NAMESPACES: Final = {"": "*", "jr": JAVAROSA, "orx": OPENROSA, "odk": ODK}
_SHOWN: Final = 24  # characters of a long formula on each side of the place
_SLIPS: Final = (
    (re.compile(r"=="), "相等只写一个 =。"),
    (re.compile(r"<>"), "不等于写 !=。"),
    (re.compile(r"&&"), "并且写 and。"),
    (re.compile(r"\|\|"), "或者写 or。"),
    (re.compile("≥|=>"), "大于等于写 >=。"),
    (re.compile("≤|=<"), "小于等于写 <=。"),
    (re.compile("[\uff01-\uff5e，。；：“”‘’（）、]"), "标点和符号要用半角的。"),
    (re.compile(r"\b(AND|OR|And|Or)\b"), "and、or 要小写。"),
    (re.compile(r"[\w)}]\s*/\s*\d"), "除法写 div。"),
    (re.compile(r"\d\s*%"), "余数写 mod，百分数写成小数。"),
)
Found = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression as read: `names` leads from the stand-ins in the tree to the names of the questions meant."""

    text: str
    tree: syntax.Expr
    names: Mapping[str, str]


def check_formulas(columns: Columns, survey: Survey, lists: Lists) -> list[Fault]:
    names, repeated = survey.by_name(), survey.repeated_names()
    faults: list[Fault] = []
    for question in survey.questions:
        row = question.row
        for column in (*EXPRESSIONS, *_TEXTS):
            for header in columns.headers(column):
                text = row.get(header)
                if not text or (column in _YES_OR_NO and text.lower() in _PLAIN):
                    continue
                found = list(_bad_references(text, names, repeated))
                if column in EXPRESSIONS and all(code != "open-reference" for code, _ in found):
                    found += bad_expression(text) or list(_bare_names(text, column, question, survey, names))
                if not found and column == "default" and _CALL.search(text):
                    found = bad_expression(text)
                if not found and column == "choice_filter":
                    found = list(_bad_filter(text, question, lists))
                if not found and column == "trigger" and not _TRIGGER.fullmatch(text):
                    found = [("bad-trigger", {"text": text})]
                faults.extend(Fault(columns.sheet.name, row.number, header, code, values) for code, values in found)
        if question.kind == "calculate" and not columns.get(row, "calculation") and not columns.get(row, "default"):
            header = columns.header("calculation") or "calculation"
            faults.append(Fault(columns.sheet.name, row.number, header, "missing-calculation", {"name": question.name}))
    return faults


def check_elsewhere(columns: Columns, names: tuple[str, ...], survey: Survey, *, expressions: bool) -> list[Fault]:
    """References in the cells of another sheet: labels of choices, the name of a submission."""
    known, repeated = survey.by_name(), survey.repeated_names()
    faults: list[Fault] = []
    for row in columns.sheet.rows:
        for header in (header for name in names for header in columns.headers(name)):
            text = row.get(header)
            found = list(_bad_references(text, known, repeated)) if text else []
            if text and expressions and not found:
                found = bad_expression(text)
            faults.extend(Fault(columns.sheet.name, row.number, header, code, values) for code, values in found)
    return faults


def read_formula(text: str) -> Formula | None:
    """The expression of a cell; None for one that cannot be read (its fault is told by `check_formulas`)."""
    names: dict[str, str] = {}
    try:
        return Formula(text, parse(_plain(text, names)), names)
    except syntax.ExpressionFault:
        return None


def bad_expression(text: str) -> list[Found]:
    """What keeps an expression from running: the place of a slip in its syntax, or every call that cannot be made."""
    try:
        tree = parse(_plain(text, {}))
    except syntax.ExpressionFault as error:
        code, values = expression_fault(error)
        return [(code, {**values, "text": marked(text, error.at), "hint": _slip(text)})]
    found = list(_bad_calls(tree, text))
    if not found:
        try:
            compile_expression(tree, FORMS, _NAMESPACES)
        except EXPRESSION_ERRORS as error:
            code, values = expression_fault(error)
            found = [(code, {"hint": "", **values, "text": marked(text, getattr(error, "at", None))})]
    found += [("bad-pattern", {"pattern": each, "text": marked(text)}) for each in _patterns(tree) if not _fits(each)]
    return found


def marked(text: str, at: int | None = None, length: int = 1) -> str:
    """The formula with 【】 around `length` characters from the offset `at`, shortened to what stands around them."""
    flat = re.sub(r"\s", " ", text)
    if at is None:
        return flat if len(flat) <= 3 * _SHOWN else f"{flat[: 3 * _SHOWN]}…"
    end = at + max(1, length)
    left, right = max(0, at - _SHOWN), end + _SHOWN
    before = ("…" if left else "") + flat[left:at]
    return f"{before}【{flat[at:end]}】{flat[end:right]}" + ("…" if right < len(flat) else "")


def _plain(text: str, names: dict[str, str]) -> str:
    """References become names of the same length, so that places in the text stay true."""

    def stand_in(found: re.Match[str]) -> str:
        name = "_" * (len(found.group(0)) - len(found.group(1))) + found.group(1)
        names[name] = found.group(1).strip()
        return name

    return re.sub(r"\s", " ", REFERENCE.sub(stand_in, text))


def _bad_references(text: str, names: Mapping[str, Question], repeated: frozenset[str]) -> Iterator[Found]:
    told = set()
    for found in REFERENCE.finditer(text):
        name = found.group(1).strip().removeprefix("last-saved#")
        if name in told:
            continue
        told.add(name)
        if name not in names:
            near = nearest(name, names)
            yield "unknown-reference", {"name": name, "hint": f"是不是“${{{near}}}”？" if near else ""}
        elif name in repeated:
            yield "ambiguous-reference", {"name": name}
    rest = REFERENCE.sub("", text)
    if "${" in rest and _OPEN_REFERENCE.search(rest):
        yield "open-reference", {"text": rest[rest.index("${") :][:20]}


def _bad_calls(tree: syntax.Expr, text: str) -> Iterator[Found]:
    calls = [part for part in syntax.parts_of(tree) if isinstance(part, syntax.Call)]
    for call in sorted(calls, key=lambda call: call.at):
        function = FORMS.functions.get(call.name)
        given = len(call.arguments)
        where = {"name": call.name, "at": call.at + 1, "text": marked(text, call.at, len(call.name))}
        if function is None:
            yield "expression-unknown-function", {**where, "hint": suggestion(call.name, FORMS.functions)}
        elif given < function.least or (function.most is not None and given > function.most):
            yield "expression-wrong-arguments", {**where, "given": given, "wanted": _number(function)}


def _bare_names(
    text: str, column: str, question: Question, survey: Survey, names: Mapping[str, Question]
) -> Iterator[Found]:
    """Names without `${…}`: XPath looks for them inside the question itself, where there is nothing."""
    formula = read_formula(text)
    if formula is None or column == "choice_filter":
        return
    inside = {each.name for each in survey.questions if question in each.around} if question.is_group else set()
    for part in _outside_predicates(formula.tree):
        if not isinstance(part, syntax.Path) or part.start is not None or len(part.steps) != 1:
            continue
        step = part.steps[0]
        name = step.test.local
        if step.axis != "child" or step.test.kind != "name" or name == "*" or name in formula.names or name in inside:
            continue
        if column in ("required", "readonly") and name == text.strip():
            yield "bad-yes-no", {"value": name}
        else:
            near = nearest(name, names)
            yield "bare-name", {"name": name, "hint": f"是不是“${{{near}}}”？" if near else ""}


def _outside_predicates(tree: syntax.Expr) -> Iterator[syntax.Expr]:
    """The expression and its parts, but not what stands in square brackets: there names are those of the rows."""
    if isinstance(tree, syntax.Filter):
        yield from _outside_predicates(tree.primary)
        return
    yield tree
    if isinstance(tree, syntax.Path):
        if tree.start is not None and not isinstance(tree.start, str):
            yield from _outside_predicates(tree.start)
    elif isinstance(tree, syntax.Chain):
        for operand in (tree.first, *(operand for _, operand in tree.rest)):
            yield from _outside_predicates(operand)
    elif isinstance(tree, syntax.Call):
        for argument in tree.arguments:
            yield from _outside_predicates(argument)
    elif isinstance(tree, syntax.Negate):
        yield from _outside_predicates(tree.operand)


def _number(function: object) -> str:
    least, most = getattr(function, "least", 0), getattr(function, "most", None)
    if most is None:
        return f"至少 {least} 个"
    return f"{least} 个" if least == most else f"{least} 到 {most} 个"


def _bad_filter(text: str, question: Question, lists: Lists) -> Iterator[Found]:
    """Columns of the choices sheet that a choice_filter names and that are not there."""
    formula = read_formula(text)
    if formula is None or question.list_name not in lists.by_name:
        return
    for part in syntax.parts_of(formula.tree):
        if isinstance(part, syntax.Path) and part.start is None and len(part.steps) == 1:
            step = part.steps[0]
            name = step.test.local
            named = step.axis == "child" and step.test.kind == "name" and name != "*" and name not in formula.names
            if named and name not in lists.columns:
                yield "unknown-choice-column", {"name": name, "hint": suggestion(name, lists.columns)}


def _patterns(tree: syntax.Expr) -> Iterator[str]:
    """The literal patterns of `regex(…, 'pattern')` anywhere in the expression."""
    for part in syntax.parts_of(tree):
        if isinstance(part, syntax.Call) and part.name == "regex" and part.arguments:
            pattern = part.arguments[-1]
            if isinstance(pattern, syntax.Literal):
                yield pattern.value


def _fits(pattern: str) -> bool:
    try:
        patterns.pattern(pattern)
    except PatternFault:
        return False
    return True


def _slip(text: str) -> str:
    """What was probably meant, for the slips that everybody makes."""
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", "''", REFERENCE.sub("x", text))
    return next((hint for pattern, hint in _SLIPS if pattern.search(outside)), "")
