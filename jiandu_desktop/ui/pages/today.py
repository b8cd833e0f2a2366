"""今日: which schools wait, which are late, and the way into the next visit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer, Slot
from PySide6.QtGui import QShowEvent

from jiandu_desktop.domain.school import STAGE_NAMES, Stage
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.rows_today import AssignmentState, TodayRow
from jiandu_desktop.ui.operations import reading_today as reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.listing import Filter, ListPage
from jiandu_desktop.ui.pages.panel import StateLine
from jiandu_desktop.ui.pages.today_panel import TodayPanel
from jiandu_desktop.ui.pages.words import (
    DOT,
    area_word,
    assignment_state,
    day_words,
    moment_words,
    short_day,
    weekday_words,
)
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.filters import Count, SummaryLine
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, Due
from jiandu_desktop.ui.widgets.text import Label, VerticalHairline

PANEL_AFTER_MS = 40
"""The panel follows the selection once it rests: the list is painted first, and a key held down asks only once."""

WAITING, LATE = "waiting", "late"
"""Beside the four states, two that the counts above the list set."""


class TodayPage(ListPage):
    """The inspector's list; Enter starts or goes on with the visit of the selected school."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("TodayPage", "今日"))
        self._today = desk.services.store.today()
        states = [
            (WAITING, self.tr("待督导")),
            (LATE, self.tr("已逾期")),
            *((state.value, assignment_state(state).word) for state in AssignmentState),
        ]
        filters = (
            Filter("area", self.tr("责任区"), (), lambda row, value: row.area == value),
            Filter("stage", self.tr("学段"), (), lambda row, value: row.stage.value == value),
            Filter("state", self.tr("状态"), states, _is_in_state),
        )
        table = DataTable("today", self._columns(), _key, search=_searched, faded=_is_done)
        self.build(table, self.tr("学校、拼音首字母、编号"), filters)
        table.sort_by("due")
        self._empty = EmptyState(
            self.tr("没有待督导的学校"),
            self.tr("督导室派了任务后，点“同步”就能收到。也可以从“学校”里选一所，直接开始督导。"),
            icon="calendar-check",
            primary=self.tr("同步"),
            secondary=self.tr("去选学校"),
        )
        table.set_empty(self._empty)
        self._day = Label(tone="text2")
        self.summary = SummaryLine()
        self.sync_line = StateLine()
        self.sync_button = Button(self.tr("同步"), icon="refresh-cw")
        self.panel = TodayPanel(desk)
        self._build_title()
        self.set_side(self.panel)
        self._rows = Query(desk.tasks, lambda: reading.read_today(desk.services), self)
        self._panel = Query(desk.tasks, lambda row: reading.read_panel(desk.services, row), self)
        self._there = Query(desk.tasks, reading.folder_is_there, self, Lane.FOLDER)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(PANEL_AFTER_MS)
        self._resting.timeout.connect(self._ask_panel)
        self._view: reading.TodayView | None = None
        self._online = False
        self._connect()

    def refresh(self) -> None:
        self._rows.ask()

    def concerned(self, changes: Changes) -> bool:
        return bool(changes)

    def count_words(self, count: int) -> str:
        return self.tr("共 {count} 所").format(count=count)

    @Slot(object)
    def take_changes(self, changes: Changes) -> None:
        super().take_changes(changes)
        if changes.sync and self.isVisible() and self._view is not None:
            self._there.ask(self._view.folder)

    def _build_title(self) -> None:
        row = self.title_row
        row.addWidget(self._day)
        row.addSpacing(4)
        row.addWidget(VerticalHairline())
        row.addSpacing(0)
        row.addWidget(self.summary)
        row.addStretch(1)
        row.addWidget(self.sync_line)
        row.addWidget(self.sync_button)

    def _connect(self) -> None:
        syncing = self.desk.syncing
        self.summary.chosen.connect(self._summary_chosen)
        self.sync_button.clicked.connect(self._sync)
        self._empty.primary_clicked.connect(self._sync)
        self._empty.secondary_clicked.connect(self._go_to_schools)
        self.table.current_changed.connect(self._selected)
        self.table.activated.connect(self.panel.act_on)
        self._rows.answered.connect(self._show)
        self._panel.answered.connect(self.panel.show_view)
        self._there.answered.connect(self._told_folder)
        syncing.started.connect(self._show_sync)
        syncing.finished.connect(self._sync_ended)

    def _columns(self) -> list[Column]:
        return [
            Column("school", self.tr("学校"), lambda row: row.school, kind="name", stretch=True, optional=False),
            Column("stage", self.tr("学段"), lambda row: STAGE_NAMES[row.stage], width=72, tone="text2", spare=2),
            Column("task", self.tr("任务"), lambda row: row.task, width=136, spare=1),
            Column(
                "due",
                self.tr("期限"),
                self._due_text,
                kind="due",
                value=self._due,
                sort=lambda row: (_is_done(row), row.due, row.code),
                width=122,
            ),
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
                width=74,
                tone="text2",
                spare=3,
            ),
            Column(
                "state",
                self.tr("状态"),
                lambda row: assignment_state(row.state).word,
                kind="state",
                value=lambda row: assignment_state(row.state),
                sort=lambda row: list(AssignmentState).index(row.state),
                width=88,
            ),
            Column("area", self.tr("责任区"), lambda row: row.area, width=110, tone="text2", hidden=True, spare=5),
            Column("code", self.tr("编号"), lambda row: row.code, width=110, tone="text2", hidden=True, spare=6),
        ]

    def _due(self, row: TodayRow) -> Due:
        return Due(row.due, self._today, done=_is_done(row))

    def _due_text(self, row: TodayRow) -> str:
        due = self._due(row)
        return f"{due.short} {due.distance}".strip()

    @Slot(object)
    def _show(self, view: reading.TodayView) -> None:
        first = self._view is None
        self._view, self._today = view, view.today
        self._day.setText(f"{day_words(view.today)} {weekday_words(view.today)}")
        self.summary.set_counts(
            [
                Count(WAITING, view.summary.to_visit, self.tr("所待督导")),
                Count("today", view.summary.problems_due_today, self.tr("个问题今天到期")),
                Count(LATE, view.summary.late_assignments, self.tr("所已逾期"), "red"),
            ]
        )
        areas = sorted({row.area for row in view.rows if row.area})
        self.set_choices("area", [(area, area_word(area)) for area in areas])
        stages = {row.stage for row in view.rows}
        self.set_choices("stage", [(each.value, STAGE_NAMES[each]) for each in Stage if each in stages])
        self.set_rows(view.rows)
        self._show_sync()
        if first:
            self._there.ask(view.folder)
        if not view.rows:
            self.panel.show_nothing()

    @Slot(object)
    def _selected(self, row: TodayRow | None) -> None:
        if row is None:
            self.panel.show_nothing()
        else:
            self._resting.start()

    @Slot()
    def _ask_panel(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._panel.ask(row)

    @Slot(str)
    def _summary_chosen(self, key: str) -> None:
        """Counts of schools filter the list; the count of problems leads to them."""
        if key == "today":
            self.desk.ledger_wanted.emit("today", "")
            return
        button = self.filter("state")
        button.set_value("" if button.value() == key else key)
        self.refilter()
        self.table.focus()

    @Slot()
    def _sync(self) -> None:
        self.desk.syncing.start()

    @Slot()
    def _go_to_schools(self) -> None:
        self.desk.page_wanted.emit("schools")

    @Slot(object)
    def _told_folder(self, there: bool) -> None:
        self._online = there
        self._show_sync()

    @Slot(object)
    def _sync_ended(self, outcome: object) -> None:
        from jiandu_desktop.services.exchange import SyncReport

        self._online = isinstance(outcome, SyncReport)
        self._show_sync()

    @Slot()
    def _show_sync(self) -> None:
        view = self._view
        running = self.desk.syncing.is_running
        self.sync_button.setEnabled(not running)
        if view is None:
            return
        if running:
            self.sync_line.set("refresh-cw", self.tr("正在同步…"))
            return
        parts = [self.tr("已连接") if self._online else self.tr("离线")]
        if view.summary.waiting_uploads:
            parts.append(self.tr("{count} 份待上传").format(count=view.summary.waiting_uploads))
        if view.summary.last_sync is not None:
            when = moment_words(view.summary.last_sync, view.now)
            parts.append(self.tr("上次 {when}").format(when=when))
        else:
            parts.append(self.tr("还没有同步过"))
        self.sync_line.set("folder" if self._online else "cloud-off", DOT.join(parts))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._view is not None:
            self._there.ask(self._view.folder)


def _key(row: TodayRow) -> str:
    return row.assignment_id


def _searched(row: TodayRow) -> str:
    return f"{row.school} {row.code} {row.initials} {row.task}"


def _is_done(row: TodayRow) -> bool:
    return row.state is AssignmentState.DONE


def _is_in_state(row: Any, value: str) -> bool:
    if value == WAITING:
        return row.state is not AssignmentState.DONE
    if value == LATE:
        return row.state is not AssignmentState.DONE and row.days_left < 0
    return bool(row.state.value == value)
