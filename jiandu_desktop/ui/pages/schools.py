"""学校: every school of the county, found by name, code and initials; Enter opens its page."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout

from jiandu_desktop.domain.school import STAGE_NAMES, Stage
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.rows import SchoolListRow
from jiandu_desktop.ui.operations import reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.listing import Filter, ListPage
from jiandu_desktop.ui.pages.panel import add_title, people_words
from jiandu_desktop.ui.pages.words import area_word, day_words, due_words, join, number_words, short_day
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, Due

_OPEN, _DUE, _NEVER = "open", "due", "never"


class SchoolsPage(ListPage):
    """The roster of the county."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("SchoolsPage", "学校"))
        self._today = desk.services.store.today()
        table = DataTable("schools", self._columns(), _key, search=_searched)
        self._empty = EmptyState(
            self.tr("还没有学校"),
            self.tr("学校名册由督导室发布。点“同步”，就能收到名册、表单和任务。"),
            icon="school",
            primary=self.tr("去同步"),
        )
        table.set_empty(self._empty)
        owed = [
            (_OPEN, self.tr("有未销号问题")),
            (_DUE, self.tr("有待办任务")),
            (_NEVER, self.tr("没有督导过")),
        ]
        filters = (
            Filter("area", self.tr("责任区"), (), lambda row, value: row.school.area == value),
            Filter("stage", self.tr("学段"), (), lambda row, value: row.school.stage.value == value),
            Filter("state", self.tr("情况"), owed, _is_in_state),
        )
        self.build(table, self.tr("学校、拼音首字母、编号"), filters)
        table.sort_by("code")
        self.title_row.addStretch(1)
        self.panel = SchoolSide(desk)
        self.set_side(self.panel)
        self._rows = Query(desk.tasks, lambda: reading.read_schools(desk.services), self)
        self._rows.answered.connect(self._show)
        self._empty.primary_clicked.connect(self._go_to_sync)
        table.current_changed.connect(self._selected)
        table.activated.connect(self._open)

    def refresh(self) -> None:
        self._rows.ask()

    def concerned(self, changes: Changes) -> bool:
        return bool(changes.schools or changes.visits or changes.problems or changes.assignments)

    def count_words(self, count: int) -> str:
        return self.tr("共 {count} 所").format(count=count)

    def _columns(self) -> list[Column]:
        return [
            Column("school", self.tr("学校"), lambda row: row.school.name, kind="name", stretch=True, optional=False),
            Column("code", self.tr("编号"), lambda row: row.school.code, width=98, tone="text2", spare=5),
            Column(
                "stage", self.tr("学段"), lambda row: STAGE_NAMES[row.school.stage], width=76, tone="text2", spare=4
            ),
            Column("area", self.tr("责任区"), lambda row: area_word(row.school.area), width=62, tone="text2", spare=6),
            Column("people", self.tr("督学"), lambda row: row.inspectors, width=116, tone="text2", spare=3),
            Column(
                "open",
                self.tr("未销号"),
                lambda row: str(row.open_problems),
                kind="count",
                value=lambda row: row.open_problems,
                width=62,
            ),
            Column(
                "last",
                self.tr("上次督导"),
                lambda row: short_day(row.last_visit, self._today),
                sort=lambda row: row.last_visit,
                width=78,
                tone="text2",
                spare=2,
            ),
            Column(
                "due",
                self.tr("下次期限"),
                lambda row: f"{self._due(row).short} {self._due(row).distance}".strip(),
                kind="due",
                value=self._due,
                width=124,
                spare=1,
            ),
        ]

    def _due(self, row: SchoolListRow) -> Due:
        return Due(row.next_due, self._today)

    @Slot(object)
    def _show(self, view: reading.SchoolsView) -> None:
        self._today = view.today
        areas = sorted({row.school.area for row in view.rows if row.school.area})
        self.set_choices("area", [(area, area_word(area)) for area in areas])
        stages = {row.school.stage for row in view.rows}
        self.set_choices("stage", [(each.value, STAGE_NAMES[each]) for each in Stage if each in stages])
        self.set_rows(view.rows)

    @Slot(object)
    def _selected(self, row: SchoolListRow | None) -> None:
        self.panel.show_row(row)

    @Slot(object)
    def _open(self, row: SchoolListRow) -> None:
        self.desk.school_wanted.emit(row.school.id)

    @Slot()
    def _go_to_sync(self) -> None:
        self.desk.page_wanted.emit("sync")


class SchoolSide(SidePanel):
    """What the roster says of the selected school."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: SchoolListRow | None = None
        self.open = Button(self.tr("打开学校情况"), kind="primary", hint="Enter")
        row = QHBoxLayout()
        row.addWidget(self.open)
        self.foot.addLayout(row)
        self.open.clicked.connect(self._open)
        self.show_row(None)

    def show_row(self, row: SchoolListRow | None) -> None:
        """Another school, or none."""
        self._row = row
        self.clear()
        self.open.setVisible(row is not None)
        if row is None:
            return
        school, today = row.school, self._desk.services.store.today()
        code = self.tr("编号 {code}").format(code=school.code)
        add_title(self, school.name, join((STAGE_NAMES[school.stage], school.ownership, code)))
        teachers = self.tr("{count} 人").format(count=number_words(school.teachers)) if school.teachers else ""
        self.add_facts(
            [
                (self.tr("校长"), school.head),
                (self.tr("电话"), school.phone),
                (self.tr("在校"), people_words(school.pupils, school.classes)),
                (self.tr("教师"), teachers),
                (self.tr("地址"), school.address),
            ]
        )
        self.add_line()
        never = self.tr("没有督导过")
        self.add_facts(
            [
                (self.tr("责任区"), area_word(school.area)),
                (self.tr("督学"), row.inspectors or self.tr("还没有派督学")),
                (self.tr("上次"), day_words(row.last_visit) if row.last_visit is not None else never),
                (self.tr("期限"), due_words(row.next_due, today)[0] if row.next_due is not None else ""),
                (self.tr("未销号"), self.tr("{count} 个").format(count=row.open_problems) if row.open_problems else ""),
            ]
        )

    @Slot()
    def _open(self) -> None:
        if self._row is not None:
            self._desk.school_wanted.emit(self._row.school.id)


def _key(row: SchoolListRow) -> str:
    return row.school.id


def _searched(row: SchoolListRow) -> str:
    return f"{row.school.name} {row.school.code} {row.initials}"


def _is_in_state(row: SchoolListRow, value: str) -> bool:
    if value == _OPEN:
        return row.open_problems > 0
    if value == _DUE:
        return row.next_due is not None
    return row.last_visit is None
