"""Putting right: a re-check visit with one key per problem, its paper, and a letter that presses for what is left."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import OPEN_STATES, ProblemState
from jiandu_desktop.domain.recheck import note_item, problem_of, result_item, to_look_at
from jiandu_desktop.ui.finish.room import FinishRoom
from jiandu_desktop.ui.letter.room import LetterRoom
from jiandu_desktop.ui.pages.paper_room import PaperRoom
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.pages.school import SchoolRoom
from jiandu_desktop.ui.pages.schools import SchoolsPage
from jiandu_desktop.ui.tour.scenes_before import page_of
from jiandu_desktop.ui.tour.stage import Scene, Stage
from jiandu_desktop.ui.wizard.room import WizardRoom

R = TypeVar("R", bound=QWidget)


def recheck(stage: Stage) -> None:
    """From a school's page: 已改 by one key, 未改 by another with what is left to do."""
    director = stage.director
    school_id = _owing(stage)
    director.press("Ctrl+2")
    page = page_of(stage, SchoolsPage)
    director.select_row(page.table, lambda row: row.school.id == school_id, double=True)
    room = director.wait(lambda: _room(stage, SchoolRoom), "学校页打开")
    director.settle()
    stage.expect(room.recheck.isVisible(), "学校页上有“复查”")
    director.click(room.recheck)
    wizard = director.wait(lambda: _room(stage, WizardRoom), "复查表打开", 60)
    director.settle()
    refs = {item.name: ref for ref, item in wizard.instance.definition.items.items()}
    first, second, *_ = [problem_of(name) for name in refs if problem_of(name)]
    wizard.view.go_to(refs[result_item(first)])
    director.press("1")
    director.settle()
    wizard.view.go_to(refs[result_item(second)])
    director.press("3")
    director.settle()
    stage.expect(wizard.instance.node(refs[note_item(second)]).relevant, "未改的要写还差什么")
    wizard.view.go_to(refs[note_item(second)])
    director.settle()
    director.write("门锁仍未更换，已与学校约定本周内完成")
    director.settle()
    stage.camera.shoot("recheck", "复查：一个问题一个键，右边是发现时的情况")


def recheck_paper(stage: Stage) -> None:
    """复查意见书, frozen; the results stand in the problems' lives."""
    director = stage.director
    wizard = director.wait(lambda: _room(stage, WizardRoom), "还在复查表里")
    director.click(wizard.bottom.finish)
    finish = director.wait(lambda: _room(stage, FinishRoom), "完成打开")
    director.wait(lambda: bool(finish.papers.documents()), "意见书排好", 60)
    director.settle()
    kinds = [document.kind for document in finish.papers.documents()]
    stage.expect(kinds == [DocumentKind.RECHECK_OPINION], "出的是复查意见书")
    stage.camera.shoot("recheck-paper", "复查意见书：逐项结论和下一步", dark=False)
    director.press("Ctrl+P")
    director.wait(lambda: finish.bottom.asks, "就地问一次是否定稿")
    director.press("Return")
    director.wait(lambda: finish.frozen, "定稿", 60)
    stage.keep_printed("复查")
    stage.camera.shoot("recheck-next", "复查定稿：没改到位的，按规则建议下一步")
    states = {row.problem.state for row in stage.services.problems.rows(stage.services.store.today())}
    stage.expect(ProblemState.AWAITING_STRIKE_OFF in states, "已改的在等销号")
    director.click(finish.bottom.leave)
    director.wait(lambda: _room(stage, FinishRoom) is None, "离开完成")
    while stage.window.room() is not None:
        director.press("Esc")
        director.settle()


def supervision_letter(stage: Stage) -> None:
    """新文书: a 督办函 about a school's open problems, with its page beside it; issued by two presses."""
    director = stage.director
    director.press("Ctrl+5")
    page = page_of(stage, PapersPage)
    director.click(page.new_button)
    room = director.wait(lambda: _room(stage, LetterRoom), "新文书打开")
    director.settle()
    room.kind.setCurrentIndex(room.kind.findData(DocumentKind.SUPERVISION.value))
    room.problems.choose_school(_owing(stage))
    director.wait(lambda: room.issue.isEnabled(), "问题选好了")
    director.wait(lambda: bool(room.papers.documents()), "督办函排好", 60)
    rest(stage)
    stage.camera.shoot("letter", "督办函：左边改内容，右边就是要印的那一页")
    director.click(room.issue)
    director.settle()
    stage.expect(_room(stage, LetterRoom) is room, "先问一次")
    director.click(room.issue)
    paper = director.wait(lambda: _room(stage, PaperRoom), "督办函已出具", 60)
    director.settle()
    stage.camera.shoot("letter-issued", "督办函取得文号，写进了每个问题的办理经过", dark=False)
    director.click(paper.bar.back)
    director.wait(lambda: stage.window.room() is None, "回到文书")
    director.settle()


def _owing(stage: Stage) -> str:
    """The school with most to be looked at, among those with something open."""
    owed: dict[str, int] = {}
    for row in stage.services.problems.rows(stage.services.store.today()):
        if row.problem.state in OPEN_STATES and to_look_at([row.problem]):
            owed[row.problem.school_id] = owed.get(row.problem.school_id, 0) + 1
    return max(sorted(owed), key=owed.__getitem__)


def _room(stage: Stage, kind: type[R]) -> R | None:
    room = stage.window.room()
    return room if isinstance(room, kind) else None


def rest(stage: Stage) -> None:
    """Until the page has followed the last change."""
    passed: list[bool] = []
    QTimer.singleShot(600, lambda: passed.append(True))
    stage.director.wait(lambda: passed, "停一下")
    stage.director.settle()


SCENES: tuple[Scene, ...] = (
    ("复查：一个问题一个键", recheck),
    ("复查意见书和建议的下一步", recheck_paper),
    ("新文书：督办函", supervision_letter),
)
