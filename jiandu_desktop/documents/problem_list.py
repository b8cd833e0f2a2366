"""问题清单: one table with the four lists of every problem (问题、措施、责任、时限), lying or upright."""

from __future__ import annotations

from jiandu_desktop.documents import grid, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.grid import SIDEWAYS, UPRIGHT
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, NoticeProblem, ProblemList
from jiandu_desktop.domain.problem import GRADE_NAMES, HANDLING_NAMES, Handling

LYING_TABLE = (
    Column("序号", 11, centred=True),
    Column("项目", 11, centred=True),
    Column("存在问题", 51),
    Column("依据", 37),
    Column("等级", 12, centred=True),
    Column("整改措施", 38),
    Column("责任人", 17, centred=True),
    Column("包抓领导", 19, centred=True),
    Column("完成时限", 29, centred=True),
)
UPRIGHT_TABLE = (
    Column("序号", 11, centred=True),
    Column("存在问题及依据", 51),
    Column("等级", 12, centred=True),
    Column("整改措施", 36),
    Column("责任人", 17, centred=True),
    Column("完成时限", 29, centred=True),
)


def title_lines(problems: ProblemList) -> tuple[str, ...]:
    limit = 28 if problems.landscape else 20
    name = DOCUMENT_KIND_NAMES[problems.kind]
    task = wording.clause(problems.visit.task)
    return break_title((problems.visit.school, task, name), limit=limit)


def lay_out(problems: ProblemList, composer: Composer, *, origin: bool) -> list[Page]:
    text = Manuscript(composer, SIDEWAYS if problems.landscape else UPRIGHT)
    text.plain_head(title_lines(problems), [_facts(problems)])
    if problems.problems:
        columns = LYING_TABLE if problems.landscape else UPRIGHT_TABLE
        row = _lying_row if problems.landscape else _upright_row
        text.table(columns, [row(problem) for problem in problems.problems], size=grid.SMALL_TABLE_SIZE)
    else:
        text.body("本次督导未发现问题。")
    if problems.replaces:
        text.body(f"本清单代替{problems.replaces}。")
    text.close(
        Closing(
            office=problems.office,
            dated=problems.dated,
            sealed=False,
            origin=origin,
            signatures=problems.signatures,
            signatures_first=True,
        )
    )
    return text.pages()


def _facts(problems: ProblemList) -> str:
    """Number, days of visit, inspectors, in one line under the title."""
    parts = [
        f"编号：{wording.number_text(problems.number)}",
        f"督导时间：{wording.days(problems.visit.visited)}",
    ]
    if problems.landscape and problems.visit.inspectors:
        parts.append(f"责任督学：{wording.listed(problems.visit.inspectors)}")
    return "　　".join(parts)


def _lying_row(problem: NoticeProblem) -> tuple[str, ...]:
    return (
        str(problem.ordinal),
        problem.item,
        wording.sentence(problem.text),
        wording.clause(problem.basis),
        GRADE_NAMES[problem.grade],
        wording.sentence(problem.measure),
        wording.tidy(problem.responsible),
        wording.tidy(problem.leader),
        _when(problem),
    )


def _upright_row(problem: NoticeProblem) -> tuple[str, ...]:
    basis = f"（{wording.clause(problem.basis)}）" if problem.basis else ""
    return (
        str(problem.ordinal),
        wording.clause(problem.text) + basis + "。",
        GRADE_NAMES[problem.grade],
        wording.sentence(problem.measure),
        wording.stacked([problem.responsible, problem.leader]),
        _when(problem),
    )


def _when(problem: NoticeProblem) -> str:
    if problem.handling is Handling.ON_THE_SPOT:
        return "已当场整改" if problem.fixed else HANDLING_NAMES[problem.handling]
    return wording.day(problem.due) if problem.due else ""
