"""The panel at the side of 今日: the school, the visit under way, what is still owed, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.recheck import to_look_at
from jiandu_desktop.domain.school import STAGE_NAMES
from jiandu_desktop.services.rows_today import AssignmentState, TodayRow
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.reading_today import PanelView
from jiandu_desktop.ui.pages.panel import (
    Figure,
    VisitCounts,
    add_pair,
    add_problems,
    add_title,
    people_words,
)
from jiandu_desktop.ui.pages.words import day_words, join, number_words
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.progress import ProgressLine
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.text import Label

if TYPE_CHECKING:
    from jiandu_desktop.services.rows import RunningVisit, SchoolPanel


class TodayPanel(SidePanel):
    """Facts of the selected school, and the one button that goes on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: PanelView | None = None
        self.primary = Button("", kind="primary", hint="Enter")
        self.school = Button(self.tr("学校情况"))
        self.print = Button(self.tr("打印意见书"))
        self.recheck = Button(self.tr("复查…"))
        self._note = Label(role="meta")
        self._note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.school, 1)
        row.addWidget(self.print, 1)
        self.foot.addWidget(self.primary)
        # A line of its own: three beside each other are wider than the panel.
        self.foot.addWidget(self.recheck)
        self.foot.addLayout(row)
        self.foot.addWidget(self._note)
        self.primary.clicked.connect(self._act)
        self.school.clicked.connect(self._show_school)
        self.print.clicked.connect(self._print)
        self.recheck.clicked.connect(self._recheck)
        lead_focus(self, self.primary)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self._view = None
        self.clear()
        for widget in (self.primary, self.school, self.recheck, self.print, self._note):
            widget.hide()

    @Slot(object)
    def show_view(self, view: PanelView) -> None:
        """The selected school."""
        self._view = view
        panel = view.panel
        self.clear()
        school = panel.school
        code = self.tr("编号 {code}").format(code=school.code)
        add_title(self, school.name, join((STAGE_NAMES[school.stage], school.ownership, code)))
        self.add_facts(self._facts(panel))
        if panel.running is not None:
            self.add_line()
            self._add_running(panel.running)
        if panel.open_problems:
            self.add_line()
            heading = self.tr("未销号 {count}").format(count=len(panel.open_problems))
            link = self.add_heading(heading, self.tr("全部"))
            if link is not None:
                link.clicked.connect(self._show_problems)
            add_problems(self, panel.open_problems, view.today)
        elif panel.running is None and panel.last is not None:
            self.add_line()
            self.body.addWidget(Label(self.tr("没有未销号的问题"), tone="text2"))
        self._show_buttons(view)

    @Slot(object)
    def act_on(self, row: TodayRow) -> None:
        """What Enter does with a row: start, go on, print what waits for ink, or read the record."""
        if row.state in (AssignmentState.NOT_STARTED, AssignmentState.IN_PROGRESS):
            self._desk.start_wanted.emit(row.assignment_id)
        elif row.state is AssignmentState.AWAITING_SIGNATURE:
            self._desk.papers_wanted.emit(row.visit_id or "")
        elif row.visit_id is not None:
            self._desk.record_wanted.emit(row.visit_id)

    def _facts(self, panel: SchoolPanel) -> list[tuple[str, str]]:
        school = panel.school
        last = ""
        if panel.last is not None:
            last = day_words(panel.last.day)
            if panel.last.score is not None:
                last = self.tr("{day} {score} 分").format(day=last, score=panel.last.score)
        teachers = ""
        if school.teachers is not None:
            teachers = self.tr("{count} 人").format(count=number_words(school.teachers))
        return [
            (self.tr("校长"), school.head),
            (self.tr("电话"), school.phone),
            (self.tr("在校"), people_words(school.pupils, school.classes)),
            (self.tr("教师"), teachers),
            (self.tr("上次"), last),
        ]

    def _add_running(self, running: RunningVisit) -> None:
        at = running.at.astimezone(self._desk.services.store.clock().tzinfo)
        stopped = self.tr("停在 {place}").format(place=join((running.number, f"{at:%H:%M}")))
        add_pair(self, self.tr("本次督导"), stopped)
        self.body.addWidget(Label(running.task, role="strong"))
        row = QHBoxLayout()
        row.setSpacing(12)
        bar = ProgressLine(running.answered / running.total if running.total else 0.0)
        row.addWidget(bar, 1)
        row.addWidget(Figure(f"{running.answered}/{running.total}"))
        self.body.addLayout(row)
        self.body.addWidget(VisitCounts(running.veto_open, running.problems))

    def _show_buttons(self, view: PanelView) -> None:
        words = {
            AssignmentState.NOT_STARTED: self.tr("开始督导"),
            AssignmentState.IN_PROGRESS: self.tr("继续督导"),
            AssignmentState.AWAITING_SIGNATURE: self.tr("打印待签字文书"),
            AssignmentState.DONE: self.tr("查看记录"),
        }
        self.primary.setText(words[view.row.state])
        self.primary.setToolTip(f"{self.primary.text()}  Enter")
        self.primary.show()
        self.school.show()
        owed = len(to_look_at(view.panel.open_problems))
        # An assignment of this kind is begun with the button above.
        self.recheck.setVisible(owed > 0 and view.row.kind is not VisitKind.RECHECK)
        self.recheck.setToolTip(self.tr("逐项回看 {count} 个问题，判定已改、部分或未改").format(count=owed))
        self.print.setVisible(view.opinion is not None)
        self._note.setVisible(view.opinion is not None)
        if view.opinion is not None:
            day = day_words(view.opinion.issued_at.date())
            self._note.setText(self.tr("意见书为 {day} 上次督导所出").format(day=day))

    @Slot()
    def _act(self) -> None:
        if self._view is not None:
            self.act_on(self._view.row)

    @Slot()
    def _show_school(self) -> None:
        if self._view is not None:
            self._desk.school_wanted.emit(self._view.panel.school.id)

    @Slot()
    def _show_problems(self) -> None:
        if self._view is not None:
            self._desk.ledger_wanted.emit("all", self._view.panel.school.id)

    @Slot()
    def _recheck(self) -> None:
        if self._view is not None:
            self._desk.recheck_wanted.emit(self._view.panel.school.id, ())

    @Slot()
    def _print(self) -> None:
        if self._view is not None and self._view.opinion is not None:
            self._desk.papers.print(self._view.opinion, self.window())
