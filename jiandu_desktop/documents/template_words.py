"""The program's own headings and last lines, kind by kind, as a 文书模板 lists them to be worded otherwise."""

from __future__ import annotations

from jiandu_desktop.documents.letter_words import WORDS
from jiandu_desktop.documents.office_words import INSPECTION_ENDING
from jiandu_desktop.domain.document import DocumentKind


def headings_of(kind: DocumentKind) -> tuple[str, ...]:
    """The headings of a kind that an office may word otherwise, as the program words them."""
    if kind in WORDS:
        words = WORDS[kind]
        return (words.problems_head, *_OWN_HEADINGS.get(kind, ()), words.demand_head, words.advice_head)
    return _OWN_HEADINGS.get(kind, ())


def ending_of(kind: DocumentKind) -> str:
    """The last line as the program has it; empty where it has none."""
    if kind in WORDS:
        return WORDS[kind].ending
    return INSPECTION_ENDING if kind is DocumentKind.INSPECTION_NOTICE else ""


_OPINION_END = ("意见建议", "学校意见")
_OWN_HEADINGS: dict[DocumentKind, tuple[str, ...]] = {
    DocumentKind.INSPECTION_NOTICE: (
        "督导内容",
        "督导时间",
        "督导方式",
        "学校和督导人员安排",
        "督导人员",
        "有关要求",
    ),
    DocumentKind.FEEDBACK_OPINION: ("总体评价", "即知即改事项", "存在问题", *_OPINION_END),
    DocumentKind.RECTIFICATION_NOTICE: ("存在的主要问题", "整改要求"),
    DocumentKind.RECHECK_OPINION: ("逐项复查情况", "新发现的问题", "处理意见", *_OPINION_END),
    DocumentKind.INSPECTION_OPINION: ("督导评价", "存在的问题", "整改要求", "有关要求", "工作建议"),
    DocumentKind.WARNING: ("预警级别和指标",),
    DocumentKind.CIRCULAR: ("各校办结情况",),
    DocumentKind.TALK_NOTICE: ("约谈安排",),
    DocumentKind.INSPECTION_REPORT: (
        "督导工作基本情况",
        "总体评价",
        "数据分析",
        "主要做法和亮点",
        "发现的主要问题",
        "工作建议",
    ),
}
