"""Sentences that several documents share: how the visit began, what a problem says, what a number replaces."""

from __future__ import annotations

from jiandu_desktop.documents import wording
from jiandu_desktop.domain.document import NoticeProblem, Office, ScoreSummary, VisitFacts
from jiandu_desktop.domain.visit import APPROACH_NAMES, TIMING_NAMES, Approach, Timing

MANY_NAMES = 4
"""More inspectors than these are not named in the opening."""


def visit_opening(office: Office, visit: VisitFacts) -> str:
    """2026年9月15日至16日，我室组织责任督学周明元、吴桐对你校开展秋季开学督导 …, without a mark at the end."""
    when = wording.days(visit.visited)
    names = wording.listed(visit.inspectors)
    who = f"责任督学{names}" if 0 < len(visit.inspectors) <= MANY_NAMES else "责任督学"
    how = _unusual_manner(visit)
    text = f"{when}，{office.calls_itself}组织{who}对你校{how}开展了{wording.clause(visit.task)}"
    if visit.matters:
        text += f"，查看了{wording.listed(visit.matters)}等情况"
    return text


def _unusual_manner(visit: VisitFacts) -> str:
    """以暗访、随机方式; an announced visit by plan is the rule, of which nothing is said."""
    said = [APPROACH_NAMES[visit.approach]] if visit.approach is not Approach.OPEN else []
    said += [TIMING_NAMES[visit.timing]] if visit.timing is not Timing.PLANNED else []
    return f"以{'、'.join(said)}方式" if said else ""


def problem_sentences(problem: NoticeProblem) -> str:
    """问题。依据 …。 of one problem."""
    text = wording.sentence(problem.text)
    if problem.basis:
        basis = wording.clause(problem.basis)
        text += basis_sentence(basis)
    return text


def basis_sentence(basis: str) -> str:
    """不符合《…》第二十八条。 where a rule is cited; what was typed otherwise stands as it is."""
    if basis.startswith(("依据", "按照", "根据", "违反", "不符合")):
        return f"{basis}。"
    return f"依据：{basis}。"


def people(problem: NoticeProblem) -> str:
    """责任人 and, where one is named, the leader who answers for it."""
    parts = []
    if problem.responsible:
        parts.append(f"责任人：{wording.tidy(problem.responsible)}")
    if problem.leader:
        parts.append(f"包抓领导：{wording.tidy(problem.leader)}")
    return "，".join(parts)


def replacing(kind_name: str, replaces: str) -> str:
    return f"本{kind_name}印发后，{replaces}同时作废。"


def score_sentence(score: ScoreSummary) -> str:
    """The points, what was left open, and the veto, which decides whatever the points are."""
    text = f"本次督导得分{score.points}分（满分{score.full}分）"
    if score.unanswered:
        text += f"，另有{score.unanswered}项未作评定"
    if score.vetoes:
        vetoes = "；".join(wording.clause(veto) for veto in score.vetoes)
        return f"{text}。触及一票否决{len(score.vetoes)}项：{vetoes}。结论为不通过，与得分无关。"
    return f"{text}，未触及一票否决事项。"
