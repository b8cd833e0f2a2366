"""The checklist of a re-check visit: a workbook like every other, made from the school's problems."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook

from jiandu_desktop.domain.problem import GRADE_NAMES, Problem, ProblemState, Recheck
from jiandu_desktop.domain.recheck import FORM_ID, FOUND_ITEM, TO_LOOK_AT, due_item, note_item, result_item

TITLE: Final = "问题整改复查表"
PROOF_WANTED: Final = 1
"""Photos that prove a problem put right."""

_SECTIONS: Final = {
    ProblemState.AWAITING_RECHECK: ("reported", "学校已报告整改"),
    ProblemState.RECTIFYING: ("open", "整改中"),
    ProblemState.FIXED_ON_THE_SPOT: ("spot", "当场改过，仍需回看"),
}
_SURVEY: Final = (
    *("type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint"),
    *("constraint_message", "appearance", "parameters", "bind::jiandu:basis", "bind::jiandu:standard"),
    *("bind::jiandu:evidence", "bind::jiandu:matter", "bind::jiandu:grade"),
)
_CHOICES: Final = ("list_name", "name", "label", "failed", "key")
_RESULTS: Final = ((Recheck.DONE, "已改", "1"), (Recheck.PARTIAL, "部分", "2"), (Recheck.NOT_DONE, "未改", "3"))

Cells = Mapping[str, Any]


def recheck_workbook(problems: Sequence[Problem], version: str) -> bytes:
    """The workbook (XLSForm) of a re-check of these problems, an item for each, named after its identifier.

    `problems` are in the order of `domain.recheck.to_look_at`; `version` distinguishes it from the school's last one.
    Raises ValueError for no problem at all.
    """
    if not problems:
        raise ValueError("a re-check looks at one problem at least")
    rows: list[Cells] = []
    for state in TO_LOOK_AT:
        here = [problem for problem in problems if problem.state is state]
        if not here:
            continue
        name, label = _SECTIONS[state]
        rows.append({"type": "begin_group", "name": name, "label": label})
        for problem in here:
            rows += _items(problem)
        rows.append({"type": "end_group"})
    rows += _newly_found()
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    _fill(book.create_sheet("survey"), _SURVEY, rows)
    choices = [
        {"list_name": "result", "name": result.value, "label": label, "key": key} for result, label, key in _RESULTS
    ]
    choices += [
        {"list_name": "found", "name": "no", "label": "没有", "key": "1"},
        {"list_name": "found", "name": "yes", "label": "有", "key": "2", "failed": "yes"},
    ]
    _fill(book.create_sheet("choices"), _CHOICES, choices)
    settings = {
        "form_title": TITLE,
        "form_id": FORM_ID,
        "version": version,
        "default_language": "zh",
        "namespaces": 'jiandu="urn:jiandu:forms:1"',
    }
    _fill(book.create_sheet("settings"), tuple(settings), [settings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _items(problem: Problem) -> list[Cells]:
    result, due, note = result_item(problem.id), due_item(problem.id), note_item(problem.id)
    not_done = f"${{{result}}} = '{Recheck.PARTIAL.value}' or ${{{result}}} = '{Recheck.NOT_DONE.value}'"
    return [
        {
            "type": "select_one result",
            "name": result,
            "label": _plain(problem.text),
            "hint": _plain(_hint(problem)),
            "bind::jiandu:basis": problem.basis,
            "bind::jiandu:standard": f"整改措施：{problem.measure}" if problem.measure else "",
            "bind::jiandu:evidence": PROOF_WANTED,
            "bind::jiandu:grade": problem.grade.value,
        },
        {
            "type": "text",
            "name": note,
            "label": "还差什么",
            "hint": "写进复查意见书",
            "required": "yes",
            "required_message": "没有改到位的，写明还差什么",
            "relevant": not_done,
            "appearance": "multiline",
            "parameters": "rows=2",
        },
        {
            "type": "date",
            "name": due,
            "label": "新的整改期限",
            "hint": "不填则原定期限不变",
            "relevant": not_done,
            "constraint": ". > today()",
            "constraint_message": "新的期限应当在今天以后",
        },
    ]


def _newly_found() -> list[Cells]:
    """Each row that is answered with 有 makes a problem of this visit."""
    return [
        {"type": "begin_group", "name": "other", "label": "其他情况"},
        {"type": "begin_repeat", "name": "more", "label": "新发现的问题"},
        {
            "type": "select_one found",
            "name": FOUND_ITEM,
            "label": "有没有发现新的问题",
            "hint": "选“有”后在右边写明问题、措施、责任人和期限；还有别的，再加一份",
        },
        {"type": "end_repeat"},
        {"type": "end_group"},
    ]


def _hint(problem: Problem) -> str:
    """Notice, date, person and grade in one line."""
    due = f"{problem.due.year}年{problem.due.month}月{problem.due.day}日到期" if problem.due else ""
    again = f"复查未通过 {problem.returned} 次" if problem.returned else ""
    parts = (problem.notice_number, GRADE_NAMES[problem.grade], problem.responsible, due, again)
    return "　".join(part for part in parts if part)


def _plain(text: str) -> str:
    """Typed text as a label: what a checklist would take for a reference or for markup is made harmless."""
    text = "".join(" " if ord(sign) < 32 else sign for sign in text)
    return text.replace("${", "＄{").replace("<", "＜").replace(">", "＞").replace("*", "＊").replace("_", "＿")


def _fill(sheet: Any, columns: Sequence[str], rows: Sequence[Cells]) -> None:
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(column) or None for column in columns])
        for cell in sheet[sheet.max_row]:
            # A problem's text may begin like a formula; it stays text.
            if isinstance(cell.value, str):
                cell.data_type = "s"
