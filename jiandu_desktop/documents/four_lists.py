"""四个清单: 问题、措施、责任、时限, joined in one landscape table or as four tables one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jiandu_desktop.documents import furniture, grid, wording
from jiandu_desktop.documents.composing import Composer
from jiandu_desktop.documents.furniture import Closing
from jiandu_desktop.documents.grid import SIDEWAYS
from jiandu_desktop.documents.layout import Page
from jiandu_desktop.documents.manuscript import Manuscript
from jiandu_desktop.documents.tables import Column
from jiandu_desktop.documents.titles import break_title
from jiandu_desktop.domain.document import FourLists, PressedProblem
from jiandu_desktop.domain.problem import GRADE_NAMES

Cells = Callable[[PressedProblem], tuple[str, ...]]

JOINED = (
    Column("序号", 13, centred=True),
    Column("学校", 22),
    Column("存在问题", 38),
    Column("依据", 27),
    Column("等级", 11, centred=True),
    Column("整改措施", 32),
    Column("责任单位和责任人", 22, centred=True),
    Column("包抓领导", 16, centred=True),
    Column("完成时限", 30, centred=True),
    Column("状态", 14, centred=True),
)
PROBLEMS = (
    Column("序号", 13, centred=True),
    Column("学校", 30),
    Column("事项", 20, centred=True),
    Column("存在问题", 58),
    Column("依据", 40),
    Column("等级", 11, centred=True),
    Column("发现时间", 31, centred=True),
    Column("来源", 22, centred=True),
)
MEASURES = (
    Column("序号", 13, centred=True),
    Column("学校", 34),
    Column("存在问题", 80),
    Column("整改措施", 98),
)
RESPONSIBILITIES = (
    Column("序号", 13, centred=True),
    Column("学校", 34),
    Column("存在问题", 70),
    Column("责任单位", 30, centred=True),
    Column("主体责任", 26, centred=True),
    Column("监督责任", 26, centred=True),
    Column("领导责任", 26, centred=True),
)
DATES = (
    Column("序号", 13, centred=True),
    Column("学校", 34),
    Column("存在问题", 76),
    Column("下达文书", 40, centred=True),
    Column("完成时限", 32, centred=True),
    Column("状态", 30, centred=True),
)


JOINED_NAME = "督导问题、措施、责任、时限清单"


def title_lines(lists: FourLists, name: str = JOINED_NAME) -> tuple[str, ...]:
    return break_title((wording.clause(lists.addressee), name), limit=28)


def lay_out(lists: FourLists, composer: Composer, *, origin: bool) -> list[Page]:
    parts: Sequence[tuple[str, Sequence[Column], Cells]] = (
        (
            ("督导问题清单", PROBLEMS, _problem),
            ("督导问题整改措施清单", MEASURES, _measure),
            ("督导问题整改责任清单", RESPONSIBILITIES, _responsibility),
            ("督导问题整改时限清单", DATES, _date),
        )
        if lists.separate
        else ((JOINED_NAME, JOINED, _joined),)
    )
    pages: list[Page] = []
    for place, (name, columns, cells) in enumerate(parts):
        text = Manuscript(composer, SIDEWAYS)
        facts = f"编号：{wording.number_text(lists.number)}　　共{len(lists.problems)}项"
        text.plain_head(title_lines(lists, name), [facts])
        if lists.problems:
            rows = [cells(problem) for problem in lists.problems]
            text.table(columns, rows, size=grid.SMALL_TABLE_SIZE)
        else:
            text.body("没有需要列入清单的问题。")
        last = place == len(parts) - 1
        if last:
            text.close(Closing(office=lists.office, dated=lists.dated, sealed=False, origin=origin))
        pages += text.unnumbered()
    furniture.draw_page_numbers(composer, pages)
    return pages


def _joined(problem: PressedProblem) -> tuple[str, ...]:
    return (
        *_which(problem),
        wording.sentence(problem.text),
        wording.clause(problem.basis),
        GRADE_NAMES[problem.grade],
        wording.sentence(problem.measure),
        wording.stacked([problem.unit, problem.responsible]),
        wording.tidy(problem.leader),
        wording.day(problem.due) if problem.due else "",
        problem.state,
    )


def _problem(problem: PressedProblem) -> tuple[str, ...]:
    return (
        *_which(problem),
        wording.tidy(problem.matter),
        wording.sentence(problem.text),
        wording.clause(problem.basis),
        GRADE_NAMES[problem.grade],
        wording.day(problem.found) if problem.found else "",
        problem.source,
    )


def _measure(problem: PressedProblem) -> tuple[str, ...]:
    return (*_which(problem), wording.sentence(problem.text), wording.sentence(problem.measure))


def _responsibility(problem: PressedProblem) -> tuple[str, ...]:
    return (
        *_which(problem),
        wording.sentence(problem.text),
        wording.tidy(problem.unit) or wording.tidy(problem.school),
        wording.tidy(problem.responsible),
        wording.tidy(problem.supervising),
        wording.tidy(problem.leader),
    )


def _date(problem: PressedProblem) -> tuple[str, ...]:
    return (
        *_which(problem),
        wording.sentence(problem.text),
        problem.number,
        wording.day(problem.due) if problem.due else "",
        problem.state + (f"（逾期{problem.days_over}天）" if problem.days_over > 0 else ""),
    )


def _which(problem: PressedProblem) -> tuple[str, str]:
    return str(problem.ordinal), wording.tidy(problem.school)
