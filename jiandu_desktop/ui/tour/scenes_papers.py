"""Papers around visits: the notice before one, the opinion after it, a period's report and its public version."""

from __future__ import annotations

from PySide6.QtCore import Qt

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.ui.letter.room import LetterRoom
from jiandu_desktop.ui.pages.counters import CountersPage
from jiandu_desktop.ui.pages.paper_room import PaperRoom
from jiandu_desktop.ui.pages.papers import PapersPage
from jiandu_desktop.ui.tour.scenes_before import page_of
from jiandu_desktop.ui.tour.scenes_recheck import rest
from jiandu_desktop.ui.tour.stage import Scene, Stage


def inspection_notice(stage: Stage) -> None:
    """督导通知书 to a school with a task that nobody has begun; issued by two presses."""
    director = stage.director
    room = _new_paper(stage, DocumentKind.INSPECTION_NOTICE)
    stage.expect(not room.issue.isEnabled(), "没有勾选任务，还不能出具")
    tasks = room.subjects.assignments.list
    stage.expect(tasks.count() > 0, "有还没有开始的任务")
    tasks.item(0).setCheckState(Qt.CheckState.Checked)
    director.wait(lambda: room.issue.isEnabled(), "任务勾选好了")
    director.wait(lambda: bool(room.papers.documents()), "督导通知书排好", 60)
    rest(stage)
    stage.camera.shoot("inspection-notice", "督导通知书：内容、时间、人员来自计划和检查表")
    director.click(room.issue)
    director.settle()
    director.click(room.issue)
    paper = director.wait(lambda: _paper(stage), "督导通知书已出具", 60)
    director.settle()
    director.click(paper.bar.back)
    director.wait(lambda: stage.window.room() is None, "回到文书")
    director.settle()


def inspection_opinion(stage: Stage) -> None:
    """督导意见书 on a finished visit; looked at, not issued."""
    director = stage.director
    room = _new_paper(stage, DocumentKind.INSPECTION_OPINION)
    visits = room.subjects.visits.list
    visits.setCurrentRow(visits.count() - 1)
    director.wait(lambda: bool(room.papers.documents()), "督导意见书排好", 60)
    rest(stage)
    stage.camera.shoot("inspection-opinion", "督导意见书：评价、问题、要求来自督导记录", dark=False)
    _leave(stage)


def inspection_report(stage: Stage) -> None:
    """From 统计: the report of a period with charts and photos, and its version without persons."""
    director = stage.director
    director.press("Ctrl+7")
    page = page_of(stage, CountersPage)
    director.settle()
    director.click(page.report)
    room = director.wait(lambda: _room(stage), "督导报告打开")
    director.wait(lambda: bool(room.papers.documents()), "督导报告排好", 60)
    room.fields.photos.setCurrentIndex(room.fields.photos.findData(6))
    before = room.papers.documents()[0].pages
    director.wait(lambda: room.papers.documents()[0].pages > before, "照片排在后面", 60)
    rest(stage)
    stage.camera.shoot("inspection-report", "督导报告：封面、目录、图表、附表、照片")
    room.fields.public.setChecked(True)
    director.wait(lambda: "公示版" in room.papers.documents()[0].title, "公示版排好", 60)
    rest(stage)
    stage.camera.shoot("inspection-report-public", "公示版：隐去姓名、电话", dark=False)
    _leave(stage)


def _new_paper(stage: Stage, kind: DocumentKind) -> LetterRoom:
    director = stage.director
    director.press("Ctrl+5")
    page = page_of(stage, PapersPage)
    director.click(page.new_button)
    room = director.wait(lambda: _room(stage), "新文书打开")
    director.settle()
    room.kind.setCurrentIndex(room.kind.findData(kind.value))
    director.settle()
    return room


def _leave(stage: Stage) -> None:
    """Esc says once that nothing was issued where something was written, then leaves."""
    director = stage.director
    director.press("Esc")
    director.settle()
    if stage.window.room() is not None:
        director.press("Esc")
    director.wait(lambda: stage.window.room() is None, "离开新文书")
    director.settle()


def _room(stage: Stage) -> LetterRoom | None:
    room = stage.window.room()
    return room if isinstance(room, LetterRoom) else None


def _paper(stage: Stage) -> PaperRoom | None:
    room = stage.window.room()
    return room if isinstance(room, PaperRoom) else None


SCENES: tuple[Scene, ...] = (
    ("新文书：督导通知书", inspection_notice),
    ("新文书：督导意见书", inspection_opinion),
    ("督导报告和公示版", inspection_report),
)
