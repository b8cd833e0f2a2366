"""A workbook as one reads it on paper: sections, numbers, questions, and what hangs on each answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from jiandu_desktop.form_engine.check import check_workbook
from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.lists import YES, Lists
from jiandu_desktop.form_engine.check.questions import Question
from jiandu_desktop.form_engine.in_words import in_words
from jiandu_desktop.form_engine.report import FormReport, inspect_form
from jiandu_desktop.form_engine.workbook import Row, read_workbook

KIND_NAMES: Final[Mapping[str, str]] = {
    "select_one": "单选",
    "select_multiple": "多选",
    "rank": "排序",
    "integer": "整数",
    "int": "整数",
    "decimal": "小数",
    "range": "范围",
    "text": "文字",
    "string": "文字",
    "date": "日期",
    "time": "时间",
    "dateTime": "日期时间",
    "datetime": "日期时间",
    "image": "照片",
    "photo": "照片",
    "audio": "录音",
    "video": "录像",
    "file": "附件",
    "note": "说明",
    "acknowledge": "确认",
    "trigger": "确认",
    "geopoint": "坐标",
    "geotrace": "路线",
    "geoshape": "区域",
    "barcode": "条码",
    "start": "自动记录开始时间",
    "end": "自动记录结束时间",
    "today": "自动记录日期",
    "username": "自动记录督学",
    "deviceid": "自动记录电脑",
    "audit": "自动记录过程",
    "calculate": "自动计算",
    "hidden": "不显示",
}
GRADE_WORDS: Final[Mapping[str, str]] = {"minor": "小问题", "general": "一般", "serious": "严重", "complex": "复杂"}
_CONDITIONS: Final = (
    ("relevant", "出现"),
    ("constraint", "答案须"),
    ("calculation", "计算"),
    ("choice_filter", "选项"),
    ("repeat_count", "份数"),
)
_TEXTS: Final = (("hint", "提示"), ("jiandu:standard", "标准"), ("jiandu:basis", "依据"), ("jiandu:problem", "问题"))


def printed_form(path: Path) -> str:
    """The whole checklist as text, one question after the other; its errors at the end, where it has any.

    Raises Trouble where the file is no workbook that can be read.
    """
    report = inspect_form(path)
    book = read_workbook(path.read_bytes(), path.name)
    checked = check_workbook(book)
    survey, choices = book.sheet("survey"), book.sheet("choices")
    lines = [report.title, _subtitle(report), ""]
    if survey is not None:
        columns = Columns(survey)
        pages = _Pages(columns, Columns(choices) if choices is not None else None, checked.lists, report)
        for question in checked.survey.questions:
            lines.extend(pages.lines(question, checked.survey.questions))
    for heading, faults in (("需要改正：", report.errors), ("请留意：", report.warnings)):
        if faults:
            lines += ["", heading, *(f"  {fault.sentence()}" for fault in faults)]
    return "\n".join(lines) + "\n"


def _subtitle(report: FormReport) -> str:
    said = f"编号 {report.form_id or '（没有）'}，版本 {report.version or '（没有）'}"
    if report.definition is None:
        return f"{said}，有 {len(report.errors)} 处需要改正"
    weights = [item.inspection.weight for item in report.definition.items.values()]
    total = sum((weight for weight in weights if weight is not None), Decimal(0))
    score = f"，满分 {total.normalize():f}" if total else "，不计分"
    return f"{said}；{report.sections} 节，{report.questions} 题{score}"


class _Pages:
    def __init__(self, columns: Columns, choices: Columns | None, lists: Lists, report: FormReport) -> None:
        self._columns = columns
        self._choices = choices
        self._lists = lists
        definition = report.definition
        self._numbers = {ref: item.number for ref, item in definition.items.items()} if definition else {}
        self._sections = {section.ref: section.number for section in definition.sections} if definition else {}
        self._labels: dict[str, str] = {}
        self._answers: dict[str, Mapping[str, str]] = {}

    def lines(self, question: Question, everything: list[Question]) -> Iterator[str]:
        """The lines of one row of the survey sheet."""
        if not self._labels:
            for each in everything:
                self._labels[each.name] = self._label(each)
                if each.list_name in self._lists.by_name:
                    self._answers[each.name] = self._lists.by_name[each.list_name].labels
        if question.is_group:
            yield from self._group(question)
            return
        indent = "  " * max(1, len(question.around))
        number = self._numbers.get(question.ref, "")
        yield f"{indent}{f'{number} {self._label(question)}'.strip()}  〔{self._kind(question)}〕"
        for line in self._facts(question):
            yield f"{indent}    {line}"

    def _group(self, question: Question) -> Iterator[str]:
        depth = len(question.around)
        number = self._sections.get(question.ref, "")
        label = f"{number} {self._label(question)}".strip()
        if depth == 0:
            yield ""
            yield label
            yield "—" * min(40, 2 * len(label))
        else:
            yield f"{'  ' * depth}〈{label}〉"
        if question.kind == "repeat":
            yield f"{'  ' * (depth + 1)}可以填多份"
        for line in self._conditions(question):
            yield f"{'  ' * (depth + 1)}{line}"

    def _label(self, question: Question) -> str:
        return " ".join(self._columns.get(question.row, "label").split()) or question.name

    def _cell(self, question: Question, column: str) -> str:
        return " ".join(self._columns.get(question.row, column).split())

    def _kind(self, question: Question) -> str:
        said = [KIND_NAMES.get(question.kind, question.kind or "？"), question.name]
        if self._cell(question, "required"):
            said.append("必答" if self._cell(question, "required").lower() in YES else "有条件必答")
        weight = self._cell(question, "jiandu:weight")
        said += [f"{weight} 分"] if weight else []
        said += ["一票否决"] if self._cell(question, "jiandu:veto").lower() in YES else []
        said += ["学校自评"] if self._cell(question, "jiandu:self").lower() in YES else []
        return "，".join(said)

    def _facts(self, question: Question) -> Iterator[str]:
        yield from self._conditions(question)
        found = self._lists.by_name.get(question.list_name)
        if found is not None:
            own = self._cell(question, "jiandu:failed").split()
            yield "选项：" + "；".join(self._choice(row, own) for row in found.rows)
        elif question.file:
            yield f"选项：来自附件 {question.file}"
        for column, word in _TEXTS:
            if self._cell(question, column):
                yield f"{word}：{self._cell(question, column)}"
        said = (
            [f"措施：{self._cell(question, 'jiandu:measure').rstrip('。')}"]
            if self._cell(question, "jiandu:measure")
            else []
        )
        days, grade = self._cell(question, "jiandu:days"), self._cell(question, "jiandu:grade")
        said += [f"{days} 天内改正"] if days else []
        said += [GRADE_WORDS.get(grade, grade)] if grade else []
        evidence = self._cell(question, "jiandu:evidence")
        said += [f"至少 {evidence} 张照片或附件"] if evidence else []
        if said:
            yield "；".join(said)

    def _conditions(self, question: Question) -> Iterator[str]:
        for column, word in _CONDITIONS:
            text = self._cell(question, column)
            if not text:
                continue
            said = in_words(text, self._labels, self._answers, question.name)
            soft = column == "constraint" and self._cell(question, "jiandu:soft").lower() in YES
            yield f"{word}：{said}" + ("（只提醒核对）" if soft else "")

    def _choice(self, row: Row, own: list[str]) -> str:
        if self._choices is None:
            return ""
        name, label = self._choices.get(row, "name"), self._choices.get(row, "label")
        score, failed = self._choices.get(row, "score"), self._choices.get(row, "failed").lower() in YES
        said = [f"得 {score}"] if score else []
        said += ["形成问题"] if (name in own if own else failed) else []
        return (label or name) + (f"（{'，'.join(said)}）" if said else "")
