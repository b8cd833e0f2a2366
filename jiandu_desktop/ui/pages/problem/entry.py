"""登记问题: a problem that no visit of ours found, with its four lists; the foot says what is missing to issue it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import GRADE_NAMES, HANDLING_NAMES, SOURCE_NAMES, Grade, Handling, Problem, Source
from jiandu_desktop.domain.school import chain_of
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.problem_entry import EntryView
from jiandu_desktop.services.proofs import Proof
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.pages.problem.deadline_row import DeadlineRow
from jiandu_desktop.ui.pages.problem.dialog import FormDialog
from jiandu_desktop.ui.pages.problem.forms import LABEL_WIDTH
from jiandu_desktop.ui.pages.problem.proof_row import ProofRow
from jiandu_desktop.ui.pages.problem.words import field_word
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.text import Hairline, Label

_FOUND_BY_OTHERS = [each for each in Source if each is not Source.INSPECTION]


class EntryForm(QWidget):
    """The four lists below each other; it always holds a `Problem` as typed so far."""

    changed = Signal()
    refit = Signal()
    school_chosen = Signal(str)

    def __init__(self, desk: Desk, view: EntryView, pictures: Pictures) -> None:
        super().__init__()
        self._desk, self._problem = desk, view.problem
        self.school = _picker([(school.name, school.id) for school in view.schools], view.problem.school_id)
        self.source = Segmented([(each.value, SOURCE_NAMES[each]) for each in _FOUND_BY_OTHERS])
        self.origin = QLineEdit()
        self.matter = _picker([(matter, matter) for matter in view.matters], "", free=True)
        self.text, self.basis, self.measure = LongText(2, 6), LongText(1, 3), LongText(1, 4)
        self.grade = Segmented([(each.value, word) for each, word in GRADE_NAMES.items()])
        self.handling = Segmented([(each.value, word) for each, word in HANDLING_NAMES.items()])
        self.due = DeadlineRow(desk.services.deadlines, view.problem.found_at.date(), self.tr("期限"))
        self.unit, self.supervising, self.leader, self.chain = (QLineEdit() for _ in range(4))
        self.responsible = _picker([(name, name) for name in view.people], "", free=True)
        services = desk.services
        words = self.tr("拖入、粘贴或选文件")
        self.proof = ProofRow(services.proofs, pictures, desk.tasks, desk.messages, services.store.clock, words)
        self.proof.set_proofs(view.proofs)
        self._lay_out()
        self.show_problem(view.problem)
        self._connect()

    def problem(self) -> Problem:
        """The record as it is typed now."""
        on_the_spot = self.handling.value() == Handling.ON_THE_SPOT
        return replace(
            self._problem,
            source=Source(self.source.value()),
            origin=self.origin.text().strip(),
            matter=self.matter.currentText().strip(),
            text=self.text.text().strip(),
            basis=self.basis.text().strip(),
            measure=self.measure.text().strip(),
            grade=Grade(self.grade.value()),
            handling=Handling(self.handling.value()),
            due=None if on_the_spot else self.due.value(),
            unit=self.unit.text().strip(),
            responsible=self.responsible.currentText().strip(),
            supervising=self.supervising.text().strip(),
            leader=self.leader.text().strip(),
            chain=chain_of(self.chain.text()),
        )

    def proofs(self) -> tuple[Proof, ...]:
        return self.proof.proofs()

    def show_problem(self, problem: Problem) -> None:
        """Fills every field."""
        self._problem = problem
        source = problem.source if problem.source in _FOUND_BY_OTHERS else Source.SELF_CHECK
        self.source.set_value(source.value)
        self.matter.setEditText(problem.matter)
        for name in ("text", "basis", "measure"):
            getattr(self, name).set_text(getattr(problem, name))
        for name in ("origin", "unit", "supervising", "leader"):
            getattr(self, name).setText(getattr(problem, name))
            getattr(self, name).setCursorPosition(0)
        self.responsible.setEditText(problem.responsible)
        self.chain.setText("、".join(problem.chain))
        self.grade.set_value(problem.grade.value)
        self.handling.set_value(problem.handling.value)
        self.due.show_day(problem.due)
        self.due.setEnabled(problem.handling is Handling.BY_DATE)

    def show_school(self, view: EntryView) -> None:
        """Another school: its people are offered, its unit and head stand where nobody typed others."""
        self.responsible.clear()
        self.responsible.addItems(list(view.people))
        self.show_problem(view.problem)
        self.changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.origin.setPlaceholderText(self.tr("如 省督导反馈 2026年9月、家长来电"))
        self.chain.setPlaceholderText(self.tr("由上到下，用顿号隔开：县级领导、镇、部门、股室"))
        lists: list[tuple[str, list[tuple[str, QWidget]]]] = [
            (
                self.tr("问题"),
                [
                    (self.tr("学校"), self.school),
                    (self.tr("来源"), self.source),
                    (self.tr("出处"), self.origin),
                    (self.tr("事项"), self.matter),
                    (field_word("text"), self.text),
                    (field_word("basis"), self.basis),
                    (field_word("grade"), self.grade),
                    (self.tr("照片、材料"), self.proof),
                ],
            ),
            (self.tr("措施"), [(field_word("measure"), self.measure), (self.tr("处理"), self.handling)]),
            (
                self.tr("责任"),
                [
                    (self.tr("责任单位"), self.unit),
                    (self.tr("主体责任人"), self.responsible),
                    (self.tr("监督责任人"), self.supervising),
                    (self.tr("领导责任人"), self.leader),
                    (self.tr("包抓"), self.chain),
                ],
            ),
            (self.tr("时限"), [(self.tr("期限"), self.due)]),
        ]
        for number, (name, rows) in enumerate(lists):
            if number:
                column.addWidget(Hairline())
            column.addWidget(Label(name, role="heading"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(8)
            grid.setColumnMinimumWidth(0, theme().px(LABEL_WIDTH))
            grid.setColumnStretch(1, 1)
            for words, field in rows:
                label = Label(words, "label")
                label.setContentsMargins(0, 9, 0, 0)
                row = grid.rowCount()
                grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(field, row, 1)
                field.setAccessibleName(words)
            column.addLayout(grid)

    def _connect(self) -> None:
        for text in (self.text, self.basis, self.measure):
            text.textChanged.connect(self.changed)
            text.height_changed.connect(self.refit)
        for line in (self.origin, self.unit, self.supervising, self.leader, self.chain):
            line.textChanged.connect(lambda _: self.changed.emit())
        for box in (self.matter, self.responsible):
            box.currentTextChanged.connect(lambda _: self.changed.emit())
        self.source.chosen.connect(self.changed)
        self.grade.chosen.connect(self._graded)
        self.handling.chosen.connect(self._handled)
        self.due.day_changed.connect(lambda _: self.changed.emit())
        self.proof.changed.connect(self.changed)
        self.proof.refit.connect(self.refit)
        self.school.activated.connect(self._choose_school)
        edit = self.school.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(self._choose_school)

    @Slot()
    def _choose_school(self) -> None:
        found = self.school.findText(self.school.currentText(), Qt.MatchFlag.MatchExactly)
        school_id = self.school.itemData(found) if found >= 0 else ""
        if school_id and school_id != self._problem.school_id:
            self._problem = self.problem()
            self.school_chosen.emit(school_id)

    @Slot(str)
    def _graded(self, value: str) -> None:
        """The days of the grade, from the day on which it was found."""
        deadlines = self._desk.services.deadlines
        if self.handling.value() == Handling.BY_DATE:
            start = self._problem.found_at.date()
            self.due.show_day(deadlines.last_day(start, deadlines.days_for(Grade(value))).day)
        self.changed.emit()

    @Slot(str)
    def _handled(self, value: str) -> None:
        by_date = value == Handling.BY_DATE
        self.due.setEnabled(by_date)
        if by_date and self.due.value() is None:
            self._graded(self.grade.value())
        self.changed.emit()


class EntryDialog(FormDialog):
    """下达 once nothing is missing; 暂存 at any time after a school was chosen."""

    def __init__(self, desk: Desk, view: EntryView, parent: QWidget | None = None) -> None:
        tr = QCoreApplication.translate
        line = tr("EntryDialog", "自查、举报、上级反馈或数据发现的问题；督导时发现的请在督导里记。")
        super().__init__(desk.tasks, tr("EntryDialog", "登记问题"), line, tr("EntryDialog", "下达"), parent)
        self._desk = desk
        self._pictures = Pictures(desk.tasks, desk.services.visits.thumbnail, self)
        self.form = EntryForm(desk, view, self._pictures)
        self.keep = Button(self.tr("暂存"))
        self.keep.setToolTip(self.tr("留在本机，补齐后再下达"))
        self.keys.insertWidget(self.keys.count() - 1, self.keep)
        self.add(self.form)
        self.form.changed.connect(self.refresh)
        self.form.refit.connect(self.fit)
        self.form.school_chosen.connect(self._move)
        self.keep.clicked.connect(self._keep)
        self.done_with.connect(self._told)
        self.refresh()
        self.fit()
        (self.form.text if view.problem.school_id else self.form.school).setFocus()

    def missing(self) -> list[str]:
        if self.form.proof.is_busy():
            return [self.tr("正在读取的照片")]
        problem = self.form.problem()
        self.keep.setEnabled(bool(problem.school_id))
        wanted = [] if problem.school_id else [self.tr("学校")]
        return wanted + [field_word(name) for name in problem.missing()]

    def work(self) -> Callable[[], object]:
        entry, problem, proofs = self._desk.services.entry, self.form.problem(), self.form.proofs()
        return lambda: entry.issue(problem, proofs)

    @Slot()
    def _keep(self) -> None:
        entry, problem, proofs = self._desk.services.entry, self.form.problem(), self.form.proofs()
        self.run(lambda: entry.keep(problem, proofs))

    @Slot(str)
    def _move(self, school_id: str) -> None:
        entry, problem = self._desk.services.entry, self.form.problem()

        def work(progress: Progress) -> EntryView:
            progress.check()
            return entry.at_school(problem, school_id)

        self._desk.tasks.run(Lane.DATABASE, work, done=self.form.show_school, failed=self._desk.messages.error)

    @Slot(object)
    def _told(self, problem: Problem) -> None:
        if problem.missing() or not problem.confirmed:
            self._desk.messages.toast(self.tr("已暂存，在台账里补齐后下达"))
        else:
            self._desk.messages.toast(self.tr("已下达：{text}").format(text=problem.text))


def _picker(choices: list[tuple[str, str]], value: str, *, free: bool = False) -> QComboBox:
    """A field that is typed into and completes from its list; `free` takes other words as well."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for word, data in choices:
        box.addItem(word, data)
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCurrentIndex(-1 if free or not value else box.findData(value))
    return box
