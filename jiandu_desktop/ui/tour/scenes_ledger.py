"""The ledger: its views and their counts, groups, filters, 清零进度, and a problem as large as the window."""

from __future__ import annotations

from jiandu_desktop.services.ledger_views import Field
from jiandu_desktop.ui.pages.ledger import LedgerPage
from jiandu_desktop.ui.tour.camera import COMPACT
from jiandu_desktop.ui.tour.scenes_before import page_of
from jiandu_desktop.ui.tour.scenes_finish import newest_visit
from jiandu_desktop.ui.tour.stage import Scene, Stage


def ledger(stage: Stage) -> None:
    director = stage.director
    director.press("Ctrl+4")
    page = page_of(stage, LedgerPage)
    visit = newest_visit(stage)
    director.select_row(page.table, lambda row: row.problem.visit_id == visit)
    director.settle()
    stage.camera.shoot("ledger", "问题台账：从发现到销号走到哪一步")
    for tab in page.tabs.tabs():
        page.tabs.choose(tab.key)
        stage.expect(len(page.table.rows()) == tab.count, f"“{tab.word}”的行数和标签上的数一致")
    page.tabs.choose("open")
    director.press("Return")
    director.settle()
    stage.camera.shoot("ledger-large", "一个问题：放大看全部，PgDn 看下一个", dark=False)
    director.press("Esc")


def groups_and_filters(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, LedgerPage)
    page.scope.choose("all")
    page.group.choose(Field.SCHOOL.value)
    director.settle()
    stage.camera.shoot("ledger-groups", "问题台账：全县的问题按学校分组", dark=False)
    director.click(page.filters)
    page.sheet.fields.setCurrentRow(list(Field).index(Field.GRADE))
    director.settle()
    stage.camera.shoot("ledger-filters", "筛选：每个值后面是现在的个数", COMPACT, scale=1.75)
    director.press("Right")
    director.press("Space")
    director.press("Esc")
    stage.expect(page.chips.chips(), "选中的等级写在表格上面")
    page.clear_filters()
    page.group.choose("")


def board(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, LedgerPage)
    page.show_board()
    director.settle()
    stage.camera.shoot("ledger-board", "清零进度：各校发现多少、清了多少")
    row = page.board.table.rows()[0]
    director.press("Return")
    director.settle()
    stage.expect(len(page.table.rows()) == row.found, "回车看到的正是这一行的问题")
    page.clear_filters()
    page.tabs.choose("open")
    page.scope.choose("mine")


SCENES: tuple[Scene, ...] = (
    ("问题台账", ledger),
    ("问题台账：分组和筛选", groups_and_filters),
    ("问题台账：清零进度", board),
)
