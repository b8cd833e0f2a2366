"""Checklists of any size for the measurements: the shape of real ones, with rules between the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Answers = list[tuple[str, str]]
_SECTION = 25  # questions


def checklist(questions: int) -> tuple[list[Row], list[Row], Answers]:
    """(survey, choices, answers): sections of yes/no items that open follow-ups, numbers with rules, running sums.

    In every section: five items of three answers, four of which need the first; two numbers with constraints; a share
    worked out of both; a date; texts that are required when an item failed. A total adds up all the sections.
    """
    survey: list[Row] = []
    answers: Answers = []
    sums: list[str] = []
    for number in range(questions // _SECTION):
        survey.append({"type": "begin_group", "name": f"s{number}", "label": f"第{number + 1}部分"})
        rows, given = _section(number)
        survey.extend(rows)
        answers.extend((f"/data/s{number}/{name}", text) for name, text in given)
        survey.append({"type": "end_group"})
        sums.append(f"${{sum{number}}}")
    survey.append({"type": "calculate", "name": "total", "calculation": " + ".join(sums)})
    survey.append({"type": "note", "name": "told", "label": "合计 ${total}"})
    choices = [
        {"list_name": "ypn", "name": name, "label": label}
        for name, label in (("yes", "符合"), ("part", "部分符合"), ("no", "不符合"))
    ]
    return survey, choices, answers


def _section(number: int) -> tuple[list[Row], list[tuple[str, str]]]:
    rows: list[Row] = []
    given: list[tuple[str, str]] = []

    def add(kind: str, name: str, answer: str | None, **cells: str) -> None:
        rows.append({"type": kind, "name": f"{name}{number}", "label": f"{name} 第 {number + 1} 部分的一项", **cells})
        if answer is not None:
            given.append((f"{name}{number}", answer))

    add("select_one ypn", "gate", "yes", required="yes")
    for place in range(6):
        gate = {"relevant": f"${{gate{number}}} = 'yes'"} if place else {}
        add("select_one ypn", f"item{place}_", "no" if place % 2 else "part", **gate)
        failed = f"${{item{place}_{number}}} = 'no'"
        add("text", f"why{place}_", "缺少记录" if place % 2 else None, relevant=failed, required=failed)
    add("integer", "pupils", "1186", constraint=". >= 0 and . <= 20000")
    add("integer", "guards", "3", constraint=f". >= 0 and . <= ${{pupils{number}}}")
    add("calculate", "share", None, calculation=f"round(${{guards{number}}} * 1000 div ${{pupils{number}}}, 2)")
    add("note", "shown", None, label=f"每千名学生 ${{share{number}}} 名")
    add("decimal", "area", "12.5", constraint=". > 0")
    add("date", "day", "2026-11-21", constraint=". <= today() + 10000")
    terms = " + ".join(f"if(${{item{place}_{number}}} = 'yes', 1, 0)" for place in range(6))
    add("calculate", "sum", None, calculation=terms)
    add("select_multiple ypn", "several", "yes no")
    add("text", "name", "张老师", constraint="string-length(.) < 200")
    add("text", "more", "无", relevant=f"selected(${{several{number}}}, 'no')")
    add("calculate", "mark", None, calculation=f"coalesce(${{sum{number}}}, 0) * 2")
    return rows, given


def staff(rows: int) -> tuple[list[Row], list[Row]]:
    """(survey, choices): a repeat whose rows look at each other: a share of all, the row before, the sum."""
    survey: list[Row] = [
        {"type": "begin_repeat", "name": "row", "label": "人员", "repeat_count": str(rows)},
        {"type": "integer", "name": "hours", "label": "课时"},
        {"type": "calculate", "name": "share", "calculation": "${hours} div ${all}"},
        {
            "type": "calculate",
            "name": "before",
            "calculation": "coalesce(indexed-repeat(${hours}, ${row}, position(..) - 1), 0)",
        },
        {"type": "text", "name": "why", "label": "说明", "relevant": "${hours} > 20"},
        {"type": "end_repeat"},
        {"type": "calculate", "name": "all", "calculation": "sum(${hours})"},
    ]
    return survey, []


def towns(rows: int) -> tuple[Sequence[Row], str]:
    """(survey, CSV): a list of that many rows beside the workbook, filtered by two of its columns."""
    survey: list[Row] = [
        {"type": "text", "name": "county", "label": "县"},
        {"type": "text", "name": "kind", "label": "类别"},
        {
            "type": "select_one_from_file schools.csv",
            "name": "school",
            "label": "学校",
            "choice_filter": "county = ${county} and kind = ${kind}",
        },
    ]
    lines = ["name,label,county,kind"]
    lines += [f"c{place},第{place}小学,county{place % 400},kind{place % 5}" for place in range(rows)]
    return survey, "\n".join(lines) + "\n"
