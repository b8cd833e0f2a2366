"""Before the visit: the office prepares on its command line; the inspector looks for a school and reads its page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from jiandu_desktop.services.demo import DEMO_PERSON
from jiandu_desktop.services.exports import Value
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.pages.listing import ListPage
from jiandu_desktop.ui.pages.today import TodayPage
from jiandu_desktop.ui.tour.stage import Scene, Stage
from jiandu_desktop.ui.widgets.text import Label

P = TypeVar("P", bound=QWidget)

SCHOOL = "城关第二小学"
"""Where the tour's visit takes place."""

ADDED_TASK = "冬季取暖安全督导"


def open_program(stage: Stage) -> None:
    stage.open_program()
    page_of(stage, TodayPage)
    stage.expect(len(stage.services.today.rows(stage.services.store.today())) > 10, "今日列出了待督导的学校")
    stage.camera.shoot("today", "今日：待督导的学校，右边是选中的学校")


def import_again(stage: Stage) -> None:
    said = office(stage, "import-schools", stage.bureau.workbooks / "roster.xlsx")
    stage.expect("新增 0 所学校，改动 0" in said, "同一个名册再导入一次，没有变化")


def refuse_bad_rows(stage: Stage) -> None:
    folder = stage.out / "工作簿"
    folder.mkdir(exist_ok=True)
    path = folder / "有错的学校名册.xlsx"
    columns = ["学校代码", "学校名称", "学校类型", "学生数"]
    rows: list[list[Value]] = [
        ["2199003190", "城关第七小学", "小学", 812],
        ["2199003191", "城关第八小学", "大学", 560],
        ["2199003192", "城关第九小学", "小学", "约三百"],
        ["2199003190", "城关第十小学", "小学", 480],
    ]
    stage.services.exports.table(path, "学校名册", columns, rows)
    said = office(stage, "import-schools", path, expect=1)
    stage.expect(all(words in said for words in ("约三百", "大学", "重复")), "三处错误逐行列出")


def assign_and_publish(stage: Stage) -> None:
    services = stage.services
    path = stage.out / "工作簿" / "补充计划.xlsx"
    columns = ["学校", "任务", "督导类型", "表单", "督学", "期限"]
    form = next(row.title for row in services.library.rows() if "校园安全" in row.title)
    due = services.store.today() + timedelta(days=12)
    services.exports.table(path, "督导计划", columns, [[SCHOOL, ADDED_TASK, "专项督导", form, DEMO_PERSON, due]])
    said = office(stage, "assign", path)
    stage.expect("新增 1 项任务" in said, "计划里新增了一项任务")
    office(stage, "publish")


def sync_new_task(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, TodayPage)
    director.click(page.sync_button)
    director.wait(lambda: any(row.task == ADDED_TASK for row in page.table.all_rows()), "新任务出现在今日", 30)
    stage.camera.shoot("task-arrived", "点“同步”：督导室新派的任务到了")


def search_by_pinyin(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, TodayPage)
    director.press("Ctrl+F")
    director.write("cgde")
    director.wait(lambda: {row.school for row in page.table.rows()} == {SCHOOL}, "拼音首字母 cgde 找到城关第二小学")
    stage.camera.shoot("search", "查找：拼音首字母 cgde", dark=False)
    director.press("Esc")
    director.wait(lambda: len(page.table.rows()) > 10, "清除查找后又是全部学校")


def filter_by_stage(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, TodayPage)
    button = page.filter("stage")
    director.click(button)
    menu = button.menu()
    director.wait(menu.isVisible, "学段菜单打开")
    stage.camera.shoot("filter-menu", "筛选：学段", dark=False)
    director.press("Down", times=2)
    director.press("Return")
    director.wait(lambda: 0 < len(page.table.rows()) < 10, "只剩一个学段的学校")
    director.push("清除", page)
    director.wait(lambda: len(page.table.rows()) > 10, "清除筛选后又是全部学校")


def read_school(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, TodayPage)
    director.select_row(page.table, lambda row: row.school == SCHOOL)
    director.click(page.panel.school)
    director.wait(lambda: stage.window.room() is not None, "学校情况打开")
    director.settle()
    stage.expect(director.seek(Label, SCHOOL, stage.window.room()), f"打开的是{SCHOOL}")
    stage.camera.shoot("school", "学校情况：基本信息、问题、历次督导、文书")
    director.press("Esc")
    director.wait(lambda: stage.window.room() is None, "Esc 回到今日")


def every_size(stage: Stage) -> None:
    from jiandu_desktop.ui.tour.camera import COMPACT

    stage.camera.shoot("today-narrow", "今日：最小的窗口 1097×617", COMPACT)
    stage.expect(theme().tokens.name == "light", "看过深色之后回到浅色")


def office(stage: Stage, *words: str | Path, expect: int = 0) -> str:
    """A command of the office, on the office's own data."""
    return stage.command("--data", stage.bureau.office.root, "office", *words, expect=expect)


def page_of(stage: Stage, kind: type[P]) -> P:
    """The page in front, which must be of this kind and filled."""
    window = stage.window

    def shown() -> P | None:
        page = window.page(window.current_key())
        return page if isinstance(page, kind) and window.room() is None else None

    page = stage.director.wait(shown, f"{kind.__name__} 打开")
    if isinstance(page, ListPage):
        stage.director.wait(lambda: not page.table.model.is_empty(), f"{kind.__name__} 有内容")
    stage.director.settle()
    return page


def corner(widget: QWidget) -> QPoint:
    """A place near the left edge, where a list row has words and no button."""
    return QPoint(40, widget.height() // 2)


SCENES: tuple[Scene, ...] = (
    ("第一次打开：建演示单位，今日", open_program),
    ("督导室：同一份名册再导入，什么也不变", import_again),
    ("督导室：有错的名册，逐行说明，一行不导入", refuse_bad_rows),
    ("督导室：下达补充计划，发布", assign_and_publish),
    ("督学：同步，收到新任务", sync_new_task),
    ("今日：按拼音首字母查找", search_by_pinyin),
    ("今日：按学段筛选", filter_by_stage),
    ("今日：最小的窗口", every_size),
    ("学校情况", read_school),
)
