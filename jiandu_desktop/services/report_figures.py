"""The figures of a 督导报告: what a round of inspections found, counted and put into sentences, charts and rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.document import Chart, PressedProblem, ReportMatter, ReportSchool
from jiandu_desktop.domain.problem import (
    GRADE_NAMES,
    OPEN_STATES,
    PROBLEM_STATE_NAMES,
    SOURCE_NAMES,
    Grade,
    Problem,
    ProblemState,
)
from jiandu_desktop.domain.visit import Visit, VisitState
from jiandu_desktop.services.overview import Overview
from jiandu_desktop.services.unit import Unit

_CASES = 3
"""Problems told in words of each matter; all stand in the annex."""
_OTHERS = "其他事项"
_CLOSED = (ProblemState.STRUCK_OFF, ProblemState.FIXED_ON_THE_SPOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What the report is about: the finished visits of the period and the problems they found."""

    view: Overview
    unit: Unit
    first: date
    last: date
    visits: tuple[Visit, ...]
    problems: tuple[Problem, ...]

    def school(self, school_id: str) -> str:
        return self.view.schools[school_id].name

    def late(self, problem: Problem, today: date) -> bool:
        return problem.due is not None and problem.due < today and problem.state in OPEN_STATES


def finished_visits(view: Overview, first: date, last: date) -> list[Visit]:
    """Finished visits that began in the period, the newest first; of a reopened one its last revision."""
    return [
        visit
        for visit in view.latest_visits()
        if visit.state is not VisitState.DRAFT and first <= visit.started_at.date() <= last
    ]


def organised(round_: Round) -> str:
    """督导工作基本情况: who was where, how often."""
    schools = {visit.school_id for visit in round_.visits}
    people = {who for visit in round_.visits for who in visit.inspector_ids}
    times = sum(len(visit.inspector_ids) for visit in round_.visits)
    period = f"{day_words(round_.first)}至{day_words(round_.last)}"
    ours = round_.unit.office().calls_itself
    return (
        f"{period}，{ours}组织责任督学{len(people)}人、{times}人次，对{len(schools)}所学校开展督导{len(round_.visits)}次。"
        "督导人员按照检查表逐项查看，现场向学校反馈，发现的问题逐项登记，限期整改。"
    )


def figures(round_: Round, matters: Counter[str]) -> tuple[str, ...]:
    """What the charts show, in sentences."""
    if not round_.problems:
        return ()
    most = matters.most_common(3)
    said = "、".join(f"{name}{count}项" for name, count in most)
    lines = [f"按事项分，问题较多的是{said}，共占{sum(count for _, count in most) * 100 // len(round_.problems)}%"]
    grades = Counter(problem.grade for problem in round_.problems)
    named = [(GRADE_NAMES[grade].removesuffix("问题"), grades[grade]) for grade in Grade if grades[grade]]
    told = "、".join(f"{name}问题{count}项" for name, count in named)
    return (*lines, f"按等级分，{told}")


def charts(round_: Round, matters: Counter[str]) -> tuple[Chart, ...]:
    """By matter, by state, and the rates of the areas where there are several."""
    if not round_.problems:
        return ()
    states = Counter(problem.state for problem in round_.problems)
    charts = [
        Chart(title="各事项问题数", bars=tuple(matters.most_common())),
        Chart(title="问题办理状态", bars=tuple((PROBLEM_STATE_NAMES[s], c) for s, c in states.most_common())),
    ]
    areas: dict[str, list[Problem]] = {}
    for problem in round_.problems:
        areas.setdefault(round_.view.schools[problem.school_id].area or "未分区", []).append(problem)
    if len(areas) > 1:
        rates = [(area, sum(each.state in _CLOSED for each in owed) * 100 // len(owed)) for area, owed in areas.items()]
        rates.sort(key=lambda rate: (-rate[1], rate[0]))
        charts.append(Chart(title="各责任区办结率", bars=tuple(rates), unit="%"))
    return tuple(charts)


def told_matter(round_: Round, matter: str, count: int) -> ReportMatter:
    """A matter with its first problems in words."""
    owed = [problem for problem in round_.problems if matter_of(problem) == matter]
    return ReportMatter(
        matter=matter,
        count=count,
        schools=len({problem.school_id for problem in owed}),
        cases=tuple(f"{round_.school(problem.school_id)}：{problem.text}" for problem in owed[:_CASES]),
    )


def pressed(round_: Round, problem: Problem, place: int, today: date) -> PressedProblem:
    """A problem as the annex tells it."""
    return PressedProblem(
        ordinal=place,
        school=round_.school(problem.school_id),
        text=problem.text,
        matter=matter_of(problem),
        basis=problem.basis,
        grade=problem.grade,
        found=problem.found_at.date(),
        due=problem.due,
        days_over=(today - problem.due).days if problem.due is not None and round_.late(problem, today) else 0,
        responsible=problem.responsible,
        source=SOURCE_NAMES[problem.source],
        state=PROBLEM_STATE_NAMES[problem.state],
    )


def matter_of(problem: Problem) -> str:
    """A matter that is a key of the checklist says nothing to the reader."""
    return problem.matter if problem.matter and not problem.matter.isascii() else _OTHERS


def day_words(value: date) -> str:
    """2026年9月8日."""
    return f"{value.year}年{value.month}月{value.day}日"


def evaluation(round_: Round, today: date) -> str:
    """总体评价: how many problems, how many of them closed and late, and the scores."""
    found = len(round_.problems)
    if not found:
        return "本次督导未发现需要整改的问题"
    closed = sum(each.state in _CLOSED for each in round_.problems)
    late = sum(round_.late(each, today) for each in round_.problems)
    lines = [
        f"本次督导共发现问题{found}项，截至{day_words(today)}已办结{closed}项，办结率{closed * 100 // found}%，"
        f"尚有{found - closed}项未办结" + (f"，其中{late}项超过整改期限" if late else "")
    ]
    scores = [visit.score for visit in round_.visits if visit.score is not None]
    if scores:
        mean = sum(scores) / len(scores)
        lines.append(f"有评分的督导{len(scores)}次，平均得分{mean:.1f}分，最高{max(scores)}分，最低{min(scores)}分")
    vetoed = sum(bool(visit.vetoed) for visit in round_.visits)
    if vetoed:
        lines.append(f"触及一票否决事项的督导{vetoed}次")
    return "\n".join(lines)


def schools(round_: Round, today: date) -> Iterable[ReportSchool]:
    """Every school that was visited or has a problem of the round, by code."""
    ids = {visit.school_id for visit in round_.visits} | {problem.school_id for problem in round_.problems}
    for school in sorted((round_.view.schools[each] for each in ids), key=lambda school: school.code):
        been = [visit for visit in round_.visits if visit.school_id == school.id]
        owed = [problem for problem in round_.problems if problem.school_id == school.id]
        scored = [visit.score for visit in been if visit.score is not None]
        yield ReportSchool(
            school=school.name,
            area=school.area,
            visits=len(been),
            found=len(owed),
            closed=sum(problem.state in _CLOSED for problem in owed),
            overdue=sum(round_.late(problem, today) for problem in owed),
            # The newest: visits come newest first.
            score=str(scored[0]) if scored else "",
        )
