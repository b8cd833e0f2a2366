"""Circles among calculations and conditions: questions that wait for each other's result."""

from __future__ import annotations

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.formulas import REFERENCE
from jiandu_desktop.form_engine.check.questions import Question, Survey
from jiandu_desktop.form_engine.faults import Fault


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
