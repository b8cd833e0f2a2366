"""The four lists of one record, 问题 · 措施 · 责任 · 时限, as facts for a panel or a page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from jiandu_desktop.domain.problem import (
    ESCALATION_NAMES,
    GRADE_NAMES,
    HANDLING_NAMES,
    OPEN_STATES,
    SOURCE_NAMES,
    Escalation,
    Handling,
    Step,
)
from jiandu_desktop.ui.pages.problem.reading import RecordView
from jiandu_desktop.ui.pages.problem.words import field_word, left_words, limit_words

Facts = list[tuple[str, str]]


def four_lists(view: RecordView) -> list[tuple[str, Facts]]:
    """(name of the list, its facts); an empty value is left out where it is shown, save what must not be missing."""
    tr, problem = QCoreApplication.translate, view.problem
    missing = problem.missing()
    wanted = tr("Record", "还没有")

    def known(name: str, value: str) -> str:
        return value or (wanted if name in missing else "")

    times = [
        (problem.returned, tr("Record", "退回 {count} 次")),
        (problem.rebounds, tr("Record", "反弹 {count} 次")),
        (problem.extended, tr("Record", "延期 {count} 次")),
    ]
    level = ESCALATION_NAMES[Escalation(problem.level)] if problem.level in set(Escalation) else ""
    return [
        (
            tr("Record", "问题"),
            [
                (field_word("text"), known("text", problem.text)),
                (tr("Record", "事项"), problem.matter),
                (field_word("basis"), problem.basis),
                (field_word("grade"), GRADE_NAMES[problem.grade]),
                (tr("Record", "来源"), SOURCE_NAMES[problem.source]),
                (tr("Record", "来自"), view.record.task),
                (tr("Record", "督学"), "、".join(view.record.inspectors)),
                (tr("Record", "文号"), problem.notice_number),
            ],
        ),
        (
            tr("Record", "措施"),
            [
                (field_word("measure"), known("measure", problem.measure)),
                (tr("Record", "处理"), HANDLING_NAMES[problem.handling]),
                (tr("Record", "督促"), level),
                (tr("Record", "经过"), "，".join(words.format(count=count) for count, words in times if count)),
            ],
        ),
        (
            tr("Record", "责任"),
            [
                (tr("Record", "责任单位"), problem.unit),
                (tr("Record", "主体责任"), known("responsible", problem.responsible)),
                (tr("Record", "监督责任"), problem.supervising),
                (tr("Record", "领导责任"), problem.leader),
                (tr("Record", "包抓"), " → ".join(problem.chain)),
            ],
        ),
        (tr("Record", "时限"), _times(view, wanted)),
    ]


def _times(view: RecordView, wanted: str) -> Facts:
    tr, problem = QCoreApplication.translate, view.problem
    if problem.handling is Handling.ON_THE_SPOT and problem.due is None:
        return [(tr("Record", "期限"), tr("Record", "当场改正，下次督导回看"))]
    due = f"{problem.due:%Y-%m-%d}" if problem.due is not None else wanted
    facts = [(tr("Record", "期限"), due)]
    if problem.due is not None and problem.state in OPEN_STATES:
        facts.append((tr("Record", "剩余"), left_words(problem.due, view.today, view.holidays)))
    facts += [(tr("Record", "办理"), limit_words(limit, view.today)) for limit in view.limits]
    facts.append((tr("Record", "倒排"), "\n".join(_milestones(view))))
    if problem.ended is not None:
        facts.append((tr("Record", "结束"), f"{problem.ended:%Y-%m-%d}"))
    return facts


def _milestones(view: RecordView) -> list[str]:
    """The schedule that the school handed in last, one line each."""
    invalid = {each.event.id for each in view.record.life.disputed}
    plans = [event for event in view.record.events if event.step == Step.PLANNED and event.id not in invalid]
    for event in reversed(plans):
        told = event.data.get("milestones")
        if told:
            return [f"{each.get('day', '')} {each.get('text', '')}" for each in told if isinstance(each, dict)]
    return []
