"""Questions that can never appear: conditions that are never true, and answers that no list offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.formulas import EXPRESSIONS, Formula, read_formula
from jiandu_desktop.form_engine.check.lists import Lists
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.check.questions import Question, Survey
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.typed import number_of
from jiandu_desktop.form_engine.xpath import syntax

_SELECTS: Final = frozenset(("select_one", "select_multiple"))
_OTHER: Final = "other"

Answer = tuple[Question, str]
"""A question with a list, and the value that a condition compares its answer with."""


def check_reach(columns: Columns, survey: Survey, lists: Lists) -> list[Fault]:
    return _Reach(columns, survey, lists).check()


class _Reach:
    def __init__(self, columns: Columns, survey: Survey, lists: Lists) -> None:
        self._columns = columns
        self._survey = survey
        self._lists = lists
        self._names = survey.by_name()
        self._faults: list[Fault] = []

    def check(self) -> list[Fault]:
        for question in self._survey.questions:
            self._default(question)
            for column in EXPRESSIONS:
                text = self._columns.get(question.row, column)
                formula = read_formula(text) if "${" in text else None
                if formula is not None and column != "choice_filter":
                    self._unknown_answers(question, column, formula)
        self._never_shown()
        return self._faults

    def _default(self, question: Question) -> None:
        """A default that is none of the answers offered."""
        text, values = self._columns.get(question.row, "default"), self._values(question)
        if text and values and not any(sign in text for sign in "($'") and not _offered(text, values):
            filled = {"value": text, "list": question.list_name, "hint": suggestion(text, values)}
            header, number = self._columns.header("default"), question.row.number
            self._faults.append(Fault(self._columns.sheet.name, number, header, "default-not-offered", filled, True))

    def _unknown_answers(self, question: Question, column: str, formula: Formula) -> None:
        told = set()
        for asked, value in self._answers(formula):
            values = self._values(asked)
            if values is None or _offered(value, values) or (asked.name, value) in told:
                continue
            told.add((asked.name, value))
            filled = {
                "value": value,
                "name": asked.name,
                "list": asked.list_name,
                "known": "、".join(list(values)[:8]),
                "hint": suggestion(value, values),
            }
            header = self._columns.header(column)
            fault = Fault(self._columns.sheet.name, question.row.number, header, "condition-unknown-answer", filled)
            self._faults.append(fault)

    def _answers(self, formula: Formula) -> Iterator[Answer]:
        for part in syntax.parts_of(formula.tree):
            if isinstance(part, syntax.Chain) and part.level == "=":
                operands = [part.first, *(operand for _, operand in part.rest)]
                for left, right in pairwise(operands):
                    for reference, literal in ((left, right), (right, left)):
                        yield from self._pair(reference, literal, formula.names)
            elif isinstance(part, syntax.Call) and part.name == "selected" and len(part.arguments) == 2:
                yield from self._pair(part.arguments[0], part.arguments[1], formula.names)

    def _pair(self, reference: syntax.Expr, literal: syntax.Expr, names: Mapping[str, str]) -> Iterator[Answer]:
        question = self._question(reference, names)
        if question is not None and isinstance(literal, syntax.Literal) and literal.value:
            yield question, literal.value

    def _question(self, part: syntax.Expr, names: Mapping[str, str]) -> Question | None:
        if not isinstance(part, syntax.Path) or part.start is not None or len(part.steps) != 1:
            return None
        return self._names.get(names.get(part.steps[0].test.local, ""))

    def _values(self, question: Question) -> Mapping[str, str] | None:
        """What can be answered; None where it is not only the list that says."""
        found = self._lists.by_name.get(question.list_name)
        if question.kind not in _SELECTS or found is None or self._columns.get(question.row, "calculation"):
            return None
        return {**found.labels, _OTHER: ""} if question.other else found.labels

    def _never_shown(self) -> None:
        told_rows = {fault.row for fault in self._faults}
        hidden: set[int] = set()
        for question in self._survey.questions:
            text = self._columns.get(question.row, "relevant")
            around = [id(group) for group in question.around]
            if not text or hidden.intersection(around):
                continue
            conditions = [
                formula
                for each in (*question.around, question)
                if (formula := read_formula(self._columns.get(each.row, "relevant") or "true()")) is not None
            ]
            if self._all_true(conditions) is False:
                hidden.add(id(question))
                if question.row.number not in told_rows:
                    header = self._columns.header("relevant")
                    number = question.row.number
                    self._faults.append(
                        Fault(self._columns.sheet.name, number, header, "never-shown", {"text": text}, warning=True)
                    )

    def _all_true(self, formulas: list[Formula]) -> bool | None:
        """False where they cannot all hold at once, or where the answers they want exclude each other."""
        wanted: dict[str, str] = {}
        for formula in formulas:
            if self._truth(formula.tree, formula.names) is False:
                return False
            for name, value in self._wanted(formula.tree, formula.names):
                if wanted.setdefault(name, value) != value:
                    return False
        return None

    def _wanted(self, tree: syntax.Expr, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Equations with one answer that must hold for the whole to hold."""
        if isinstance(tree, syntax.Chain) and tree.level == "and":
            for part in (tree.first, *(operand for _, operand in tree.rest)):
                yield from self._wanted(part, names)
        elif isinstance(tree, syntax.Chain) and tree.level == "=" and [sign for sign, _ in tree.rest] == ["="]:
            for reference, literal in ((tree.first, tree.rest[0][1]), (tree.rest[0][1], tree.first)):
                question = self._question(reference, names)
                single = question is not None and not any(group.kind == "repeat" for group in question.around)
                if question is not None and single and isinstance(literal, syntax.Literal):
                    yield question.name, literal.value

    def _truth(self, tree: syntax.Expr, names: Mapping[str, str]) -> bool | None:
        """What a condition always is; None where it depends."""
        if isinstance(tree, syntax.Call) and tree.name in ("true", "false"):
            return tree.name == "true"
        if isinstance(tree, syntax.Call) and tree.name == "not" and len(tree.arguments) == 1:
            inner = self._truth(tree.arguments[0], names)
            return None if inner is None else not inner
        if isinstance(tree, syntax.Call) and tree.name == "selected" and len(tree.arguments) == 2:
            return self._impossible(tree.arguments[0], tree.arguments[1], names)
        if isinstance(tree, syntax.Number | syntax.Literal):
            return bool(tree.value)
        if not isinstance(tree, syntax.Chain):
            return None
        operands = [tree.first, *(operand for _, operand in tree.rest)]
        if tree.level in ("and", "or"):
            truths = [self._truth(operand, names) for operand in operands]
            deciding = tree.level == "or"
            if deciding in truths:
                return deciding
            return None if None in truths else not deciding
        if tree.level == "=" and len(operands) == 2:
            return self._equation(tree, operands, names)
        return None

    def _equation(self, tree: syntax.Chain, operands: list[syntax.Expr], names: Mapping[str, str]) -> bool | None:
        left, right = operands
        equals = tree.rest[0][0] == "="
        if isinstance(left, syntax.Number | syntax.Literal) and isinstance(right, syntax.Number | syntax.Literal):
            same = left.value == right.value or number_of(str(left.value)) == number_of(str(right.value)) is not None
            return same if equals else not same
        for reference, literal in ((left, right), (right, left)):
            if self._impossible(reference, literal, names) is False:
                return False if equals else None
        return None

    def _impossible(self, reference: syntax.Expr, literal: syntax.Expr, names: Mapping[str, str]) -> bool | None:
        """False where the answer is none that the list offers."""
        question = self._question(reference, names)
        values = None if question is None else self._values(question)
        if values is None or not isinstance(literal, syntax.Literal) or not literal.value:
            return None
        return None if _offered(literal.value, values) else False


def _offered(value: str, values: Mapping[str, str]) -> bool:
    return all(each in values for each in value.split()) if value.split() else True
