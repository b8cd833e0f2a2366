"""督促建议: open problems that the rules would press harder, each with its reason; a person takes it up or not.

ProposalsView(desk)   ask() reads anew · set_schools(ids or None for all); the dialog of the step opens over its window
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import ESCALATION_NAMES, Escalation, Step
from jiandu_desktop.services.escalations import EscalationRow
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.problem.reading import RecordView, read_record
from jiandu_desktop.ui.pages.problem.taking import StepTaking
from jiandu_desktop.ui.pages.problem.words import reason_words
from jiandu_desktop.ui.pages.words import area_word
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, Due
from jiandu_desktop.ui.widgets.text import Label


class ProposalsView(QWidget):
    """A table of proposals, the hardest first. 采纳 opens the step with its level; nothing is issued by itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: tuple[EscalationRow, ...] = ()
        self._schools: frozenset[str] | None = None
        self._today = desk.services.store.today()
        self.words = Label(tone="text2")
        self.words.setWordWrap(True)
        self.look = Button(self.tr("看问题"))
        self.adopt = Button(self.tr("采纳"), "primary", hint="Enter")
        self.table = DataTable("proposals", self._columns(), _key, search=_searched)
        self.table.set_empty(
            EmptyState(
                self.tr("现在没有要督促的问题"),
                self.tr("逾期、退回、反弹、十二个月内重复出现的问题，会按督促规则列在这里。"),
            )
        )
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.words, 1)
        tools.addWidget(self.look)
        tools.addWidget(self.adopt)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        lead_focus(self, self.table)
        self.taking = StepTaking(desk, Pictures(desk.tasks, desk.services.visits.thumbnail, self), self)
        self._query = Query(desk.tasks, lambda: desk.services.escalations.proposals(desk.services.store.today()), self)
        self._record = Query(desk.tasks, lambda problem_id: read_record(desk.services, problem_id), self)
        self._query.answered.connect(self._show)
        self._record.answered.connect(self._begin)
        self.table.current_changed.connect(self._selected)
        self.table.activated.connect(self._take_up)
        self.adopt.clicked.connect(self._take_up_current)
        self.look.clicked.connect(self._look)
        self._selected(None)

    @Slot()
    def ask(self) -> None:
        """Reads what is proposed today."""
        self._query.ask()

    def set_schools(self, schools: frozenset[str] | None) -> None:
        """Only problems of these schools; None for all."""
        self._schools = schools
        self._fill()

    @Slot(object)
    def _show(self, rows: tuple[EscalationRow, ...]) -> None:
        self._rows, self._today = rows, self._desk.services.store.today()
        self._fill()

    def _fill(self) -> None:
        shown = [row for row in self._rows if self._schools is None or row.problem.school_id in self._schools]
        self.table.set_rows(shown)
        words = self.tr("{count} 个问题建议督促。按规则列出，由人决定；采纳后可以起草公文，也可以只记录。")
        self.words.setText(words.format(count=len(shown)))
        if shown and self.table.current_row() is None:
            self.table.select(_key(shown[0]))

    def _columns(self) -> list[Column]:
        order = list(Escalation)
        return [
            Column(
                "level",
                self.tr("建议"),
                lambda row: ESCALATION_NAMES[row.proposal.level],
                kind="name",
                sort=lambda row: order.index(row.proposal.level),
                width=96,
                optional=False,
            ),
            Column(
                "text", self.tr("问题"), lambda row: row.problem.text, kind="sentence", stretch=True, optional=False
            ),
            Column("school", self.tr("学校"), lambda row: row.school, kind="name", width=170, spare=2),
            Column("area", self.tr("责任区"), lambda row: area_word(row.area), width=84, spare=3),
            Column("person", self.tr("责任人"), lambda row: row.problem.responsible, width=110, spare=1),
            Column(
                "due",
                self.tr("期限"),
                lambda row: f"{self._due(row).short} {self._due(row).distance}".strip(),
                kind="due",
                value=self._due,
                width=140,
            ),
            Column("why", self.tr("原因"), lambda row: reason_words(row.proposal), width=190),
        ]

    def _due(self, row: EscalationRow) -> Due:
        return Due(row.problem.due, self._today)

    @Slot(object)
    def _selected(self, row: EscalationRow | None) -> None:
        for button in (self.look, self.adopt):
            button.setEnabled(row is not None)

    @Slot()
    def _take_up_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._take_up(row)

    @Slot(object)
    def _take_up(self, row: EscalationRow) -> None:
        self._record.ask(row.problem.id)

    @Slot(object)
    def _begin(self, view: RecordView) -> None:
        if view.proposal is None:
            words = QCoreApplication.translate("ProposalsView", "这个问题的情况变了，现在不用督促")
            self._desk.messages.toast(words)
        else:
            self.taking.begin(view, Step.ESCALATED, level=view.proposal.level)

    @Slot()
    def _look(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._desk.problem_wanted.emit(row.problem.id)


def _key(row: EscalationRow) -> str:
    return row.problem.id


def _searched(row: EscalationRow) -> str:
    return "\n".join((row.school, initials(row.school), row.problem.text, row.problem.responsible, row.area))
