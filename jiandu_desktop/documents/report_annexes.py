"""The annexes of a 督导报告: the schools and the problems in tables set sideways, and the photos."""

from __future__ import annotations

from collections.abc import Iterator

from jiandu_desktop.documents import grid, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.grid import SIDEWAYS, UPRIGHT
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.domain.document import InspectionReport, PressedProblem, ReportSchool
from jiandu_desktop.domain.problem import GRADE_NAMES

SCHOOLS, PROBLEMS, PHOTOS = "学校督导情况一览表", "督导问题一览表", "现场照片"

SCHOOL_TABLE = (
    Column("序号", 14, centred=True),
    Column("学校", 66),
    Column("责任区", 36, centred=True),
    Column("督导次数", 22, centred=True),
    Column("得分", 18, centred=True),
    Column("问题数", 18, centred=True),
    Column("已办结", 18, centred=True),
    Column("逾期", 15, centred=True),
    Column("办结率", 18, centred=True),
)
_BEFORE = (
    Column("序号", 12, centred=True),
    Column("学校", 30),
    Column("事项", 20, centred=True),
    Column("存在问题", 50),
    Column("等级", 14, centred=True),
    Column("发现时间", 31, centred=True),
)
_PERSON = Column("责任人", 18, centred=True)
_AFTER = (
    Column("完成时限", 31, centred=True),
    Column("状态", 19, centred=True),
)


def names(report: InspectionReport) -> tuple[str, ...]:
    """The annexes that the report has, in their order."""
    wanted = ((SCHOOLS, report.schools), (PROBLEMS, report.problems), (PHOTOS, report.pictures))
    return tuple(name for name, content in wanted if content)


def annexes(report: InspectionReport, composer: Composer) -> Iterator[Manuscript]:
    """One manuscript per annex, each from the head of a page. The published version names nobody as responsible."""
    for place, name in enumerate(names(report), start=1):
        text = Manuscript(composer, UPRIGHT if name == PHOTOS else SIDEWAYS, listed=True)
        text.annex_head(f"附件{place}", name)
        if name == SCHOOLS:
            rows = [_school(place, each) for place, each in enumerate(report.schools, start=1)]
            text.table(SCHOOL_TABLE, rows, size=grid.TABLE_SIZE)
        elif name == PROBLEMS:
            columns = (*_BEFORE, *(() if report.public else (_PERSON,)), *_AFTER)
            problems = [_problem(place, each, report.public) for place, each in enumerate(report.problems, start=1)]
            text.table(columns, problems, size=grid.SMALL_TABLE_SIZE)
        else:
            text.photos(report.pictures, report.photos_per_page)
        yield text


def _school(place: int, school: ReportSchool) -> tuple[str, ...]:
    counts = (school.found, school.closed, school.overdue)
    return (
        str(place),
        wording.tidy(school.school),
        wording.tidy(school.area),
        str(school.visits),
        school.score or "—",
        *(str(count) for count in counts),
        school.rate,
    )


def _problem(place: int, problem: PressedProblem, public: bool) -> tuple[str, ...]:
    return (
        str(place),
        wording.tidy(problem.school),
        wording.tidy(problem.matter),
        wording.sentence(problem.text),
        GRADE_NAMES[problem.grade],
        wording.day(problem.found) if problem.found else "",
        *(() if public else (wording.tidy(problem.responsible),)),
        wording.day(problem.due) if problem.due else "",
        problem.state,
    )
