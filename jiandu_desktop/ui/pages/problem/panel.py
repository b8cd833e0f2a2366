"""The panel at the side of 问题台账: one problem with its four lists, its life, and the steps that may be taken now."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from jiandu_desktop.ui.look.tokens import GAP_L, GAP_S
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.reading import ProblemView
from jiandu_desktop.ui.pages.problem.four_lists import four_lists
from jiandu_desktop.ui.pages.problem.life_line import LifeLine
from jiandu_desktop.ui.pages.problem.reading import RecordView
from jiandu_desktop.ui.pages.problem.record import RecordDesk, badges, notices, photo_pair
from jiandu_desktop.ui.pages.problem.step_keys import StepKeys, StepReasons
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import SidePanel, facts_grid
from jiandu_desktop.ui.widgets.text import Hairline, Label

WIDTH, WIDE = 324, 640


class ProblemPanel(SidePanel):
    """One problem: `show_problem` shows it and follows what becomes of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(WIDTH)
        self._desk = desk
        self._is_wide = False
        self.keys = StepKeys()
        self.record = Button(self.tr("督导记录"))
        self.school = Button(self.tr("学校情况"))
        self.foot.addWidget(self.keys)
        self.keys.add_beside(self.record)
        self.keys.add_beside(self.school)
        self.life: LifeLine | None = None
        self.reasons: StepReasons | None = None
        self.desk = RecordDesk(desk, self.keys, self)
        self.desk.shown.connect(self._show)
        self.record.clicked.connect(self._show_record)
        self.school.clicked.connect(self._show_school)
        self.show_nothing()

    def set_width(self, width: int) -> None:
        """From `WIDE` on, the lists and the life stand beside each other."""
        self._is_wide = width >= WIDE
        super().set_width(width)

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self.desk.ask("")
        self.clear()
        self.keys.hide()

    def show_problem(self, problem_id: str) -> None:
        """The problem with this id, as soon as it has been read."""
        self.desk.ask(problem_id)

    @Slot(object)
    def show_view(self, view: ProblemView) -> None:
        """The problem of a row that was read for the panel."""
        self.show_problem(view.row.problem.id)

    @Slot(object)
    def _show(self, view: RecordView) -> None:
        self.clear()
        self.keys.show()
        self.record.setVisible(bool(view.problem.visit_id))
        self.keys.show_view(view)
        title = Label(view.problem.text, role="heading")
        title.setWordWrap(True)
        self.body.addWidget(title)
        self.body.addLayout(badges(view))
        line = Label(join((view.problem.item, view.record.school.name)), role="meta")
        line.setWordWrap(True)
        self.body.addWidget(line)
        for notice in notices(view, self.desk.settle, self.desk.press):
            self.body.addWidget(notice)
        self.life = LifeLine(self.desk.pictures)
        self.life.show_life(view)
        self.life.photo_opened.connect(self.desk.open_photo)
        self.life.file_opened.connect(self.desk.open_file)
        self.life.document_opened.connect(self.desk.open_document)
        self.reasons = StepReasons(view)
        lists, life = QVBoxLayout(), QVBoxLayout()
        for column in (lists, life):
            column.setSpacing(GAP_S)
        pair = photo_pair(view, self.desk.pictures, self.desk.open_photo)
        if pair is not None:
            (lists if self._is_wide else life).addWidget(pair)
        life.addWidget(self.life)
        life.addWidget(self.reasons)
        for name, facts in four_lists(view):
            lists.addWidget(Hairline())
            lists.addWidget(Label(name, role="label"))
            lists.addLayout(facts_grid(facts[1:] if facts[0][1] == view.problem.text else facts, 56))
        for column in (lists, life):
            column.addStretch(1)
        if self._is_wide:
            across = QHBoxLayout()
            across.setSpacing(GAP_L)
            across.addLayout(lists, 1)
            across.addLayout(life, 1)
            self.body.addLayout(across)
        else:
            self.body.addWidget(Hairline())
            self.body.addLayout(life)
            self.body.addLayout(lists)

    @Slot()
    def _show_record(self) -> None:
        if self.desk.view is not None and self.desk.view.problem.visit_id:
            self._desk.record_wanted.emit(self.desk.view.problem.visit_id)

    @Slot()
    def _show_school(self) -> None:
        if self.desk.view is not None:
            self._desk.school_wanted.emit(self.desk.view.problem.school_id)
