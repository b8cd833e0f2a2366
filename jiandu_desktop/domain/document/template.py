"""文书模板: what an office words in its own way, per kind; empty parts stay as the program words them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Part(StrEnum):
    """What of a document may be worded otherwise. `LINES` parts take several lines, the others one text."""

    ISSUER = "issuer"
    MARK = "mark"
    OPENING = "opening"
    DEMAND = "demand"
    ENDING = "ending"
    SIGNATORY = "signatory"
    COPIES = "copies"
    CONTACT = "contact"
    TELEPHONE = "telephone"
    HEADING = "heading"


PART_NAMES: dict[Part, str] = {
    Part.ISSUER: "机关名称",
    Part.MARK: "文种代字",
    Part.OPENING: "开头语",
    Part.DEMAND: "要求",
    Part.ENDING: "结束语",
    Part.SIGNATORY: "加签",
    Part.COPIES: "抄送",
    Part.CONTACT: "联系人",
    Part.TELEPHONE: "联系电话",
    Part.HEADING: "小标题",
}
LINES = frozenset({Part.DEMAND, Part.SIGNATORY, Part.COPIES})
FILLED = frozenset({Part.OPENING, Part.DEMAND, Part.ENDING})
"""Parts in which placeholders are filled in."""

NO_COPIES = "无"
"""In the workbook, for a kind that is copied to nobody."""


class Blank(StrEnum):
    """What a placeholder stands for; the value is what is written between braces."""

    OFFICE = "机关"
    OURSELVES = "我室"
    SCHOOL = "收文单位"
    DATE = "日期"
    NUMBER = "文号"
    TASK = "督导任务"
    VISITED = "督导日期"
    INSPECTORS = "督学"
    COMPANIONS = "陪同人员"
    MATTERS = "督导内容"
    COUNT = "问题数"
    PLAN_DAYS = "方案天数"
    REPORT_DAYS = "报告天数"
    SUBJECT = "事由"
    ANSWER_BY = "答复期限"


BLANK_MEANINGS: dict[Blank, str] = {
    Blank.OFFICE: "机关名称，如 云溪县人民政府教育督导室",
    Blank.OURSELVES: "文中的自称：我室、我办、我局……",
    Blank.SCHOOL: "主送的学校或单位",
    Blank.DATE: "成文日期，如 2026年11月24日",
    Blank.NUMBER: "发文字号",
    Blank.TASK: "督导任务，如 秋季开学督导",
    Blank.VISITED: "进校的日期，如 2026年11月23日至24日",
    Blank.INSPECTORS: "责任督学姓名",
    Blank.COMPANIONS: "陪同人员；没有填写时是“学校有关人员”",
    Blank.MATTERS: "督导的内容，如 校园安全、食堂管理",
    Blank.COUNT: "问题有几项（只写数字）",
    Blank.PLAN_DAYS: "几个工作日内交整改方案（只写数字）",
    Blank.REPORT_DAYS: "整改完成后几日内报告（只写数字）",
    Blank.SUBJECT: "函件的事由，如 校园消防隐患整改",
    Blank.ANSWER_BY: "答复期限的日期",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTemplate:
    """One kind as the office words it. `copies_to` is None for the usual ones and empty for none at all; `headings`
    are (as the program has it, as the office has it)."""

    issuer: str = ""
    mark: str = ""
    opening: str = ""
    demand: tuple[str, ...] = ()
    ending: str = ""
    signatories: tuple[str, ...] = ()
    copies_to: tuple[str, ...] | None = None
    contact: str = ""
    telephone: str = ""
    headings: tuple[tuple[str, str], ...] = ()


def placeholders(text: str) -> list[str]:
    """The names between braces, in order; raises ValueError where a brace stands alone."""
    if "{" in (rest := PLACEHOLDER.sub("", text)) or "}" in rest:
        raise ValueError(text)
    return PLACEHOLDER.findall(text)
