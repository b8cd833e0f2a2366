"""The forms of the steps: what is asked for each, what is still missing, and what goes into the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from jiandu_desktop.domain.problem import Step
from jiandu_desktop.domain.problem.rules import DEFAULT_STEPS
from jiandu_desktop.services.proofs import Proof, named
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.pages.problem.deadline_row import DeadlineRow
from jiandu_desktop.ui.pages.problem.proof_row import ProofRow
from jiandu_desktop.ui.pages.problem.reading import RecordView
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.text import Label

LABEL_WIDTH = 84


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a step is taken: the desk, the problem as it is now, the pictures it shows."""

    desk: Desk
    view: RecordView
    pictures: Pictures


class StepForm(QWidget):
    """Rows of label and field; at the end the note and, where the step has some, the proof."""

    changed = Signal()
    refit = Signal()

    note_label = ""
    note_needed: bool | None = None
    """None: as the rule of the step says."""
    proof_words = ""
    """What the proof is, "" for a step that has none."""

    def __init__(self, scene: Scene, step: Step) -> None:
        super().__init__()
        self.scene, self.step = scene, step
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(10)
        self.grid.setColumnMinimumWidth(0, theme().px(LABEL_WIDTH))
        self.grid.setColumnStretch(1, 1)
        self.note = LongText(3, 8)
        self.proof: ProofRow | None = None
        self.build()
        self.add(self.note_label or QCoreApplication.translate("StepForm", "说明"), self.note)
        self.note.textChanged.connect(self.changed)
        self.note.height_changed.connect(self.refit)
        if self.proof_words:
            self._add_proof()

    def build(self) -> None:
        """Adds what this step asks before its note."""

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self.note

    def needs_note(self) -> bool:
        return DEFAULT_STEPS[self.step].needs_note if self.note_needed is None else self.note_needed

    def missing(self) -> list[str]:
        """What must still be filled in, in words."""
        if self.needs_note() and not self.note.text().strip():
            return [self.note_label]
        return []

    def fields(self) -> dict[str, Any]:
        """The step's `data` without the names of its proof."""
        return {}

    def data(self) -> dict[str, Any]:
        return named(self.fields(), self.proofs())

    def proofs(self) -> tuple[Proof, ...]:
        return self.proof.proofs() if self.proof is not None else ()

    def is_busy(self) -> bool:
        return self.proof is not None and self.proof.is_busy()

    # --- rows ---------------------------------------------------------------------------------------------------------

    def add(self, words: str, field: QWidget, note: str = "") -> Label:
        """A row: its label, the field, a word below it; returns the label."""
        row = self.grid.rowCount()
        label = Label(words, "label")
        label.setContentsMargins(0, 9, 0, 0)
        self.grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(field, row, 1)
        if not field.accessibleName():
            field.setAccessibleName(words)
        if note:
            below = Label(note, "meta")
            below.setWordWrap(True)
            self.grid.addWidget(below, row + 1, 1)
        return label

    def add_line(self, words: str, value: str = "", hint: str = "") -> QLineEdit:
        """A line of words."""
        field = QLineEdit(value)
        field.setPlaceholderText(hint)
        field.textChanged.connect(lambda _: self.changed.emit())
        field.setCursorPosition(0)
        self.add(words, field)
        return field

    def add_text(self, words: str, value: str = "") -> LongText:
        """Several lines of words."""
        field = LongText(1, 4)
        field.set_text(value)
        field.textChanged.connect(self.changed)
        field.height_changed.connect(self.refit)
        self.add(words, field)
        return field

    def add_deadline(self, words: str) -> DeadlineRow:
        """A last day from today on."""
        field = DeadlineRow(self.scene.desk.services.deadlines, self.scene.view.today, words)
        field.day_changed.connect(lambda _: self.changed.emit())
        self.add(words, field)
        return field

    def _add_proof(self) -> None:
        desk = self.scene.desk
        self.proof = ProofRow(
            desk.services.proofs,
            self.scene.pictures,
            desk.tasks,
            desk.messages,
            desk.services.store.clock,
            self.proof_words,
        )
        self.proof.changed.connect(self.changed)
        self.proof.refit.connect(self.refit)
        self.add(QCoreApplication.translate("StepForm", "照片、材料"), self.proof)


@dataclass(frozen=True, slots=True)
class Plain:
    """A step whose form is a note, perhaps proof, perhaps a new date."""

    note: str
    proof: str = ""
    date: str = ""
    date_needed: bool = False
    note_needed: bool | None = None


class PlainForm(StepForm):
    """学校报告整改, 退回, 申辩, 反弹, 撤销, 销号, 补充, 延期."""

    def __init__(self, scene: Scene, step: Step, plain: Plain) -> None:
        self._plain = plain
        self.note_label, self.note_needed, self.proof_words = plain.note, plain.note_needed, plain.proof
        self.due: DeadlineRow | None = None
        super().__init__(scene, step)

    def build(self) -> None:
        if self._plain.date:
            self.due = self.add_deadline(self._plain.date)
            before, today = self.scene.view.problem.due, self.scene.view.today
            if self.step is Step.EXTENDED and before is not None:
                # So many more days are counted from the date that stands.
                self.due.set_start(max(before, today))
                self.due.show_day(before)

    def first(self) -> QWidget:
        return self.due if self.due is not None and self._plain.date_needed else self.note

    def missing(self) -> list[str]:
        wanted = []
        if self._plain.date_needed and not self._new_due():
            wanted.append(self._plain.date)
        return wanted + super().missing()

    def fields(self) -> dict[str, Any]:
        due = self._new_due()
        return {"set": {"due": due}} if due else {}

    def _new_due(self) -> str:
        day = self.due.value() if self.due is not None else None
        return "" if day is None or day == self.scene.view.problem.due else day.isoformat()


Maker = Callable[[Scene, Step], StepForm]


def plain_form(scene: Scene, step: Step) -> StepForm:
    """The form of a step that asks nothing special."""
    tr = QCoreApplication.translate
    photos = tr("StepForm", "拖入、粘贴或选文件")
    made = {
        Step.REPORTED: Plain(tr("StepForm", "整改情况"), photos),
        Step.STRUCK_OFF: Plain(tr("StepForm", "审核意见"), photos),
        Step.STRIKE_OFF_REFUSED: Plain(tr("StepForm", "退回原因"), photos, tr("StepForm", "新期限")),
        Step.OBJECTED: Plain(tr("StepForm", "申辩内容"), photos),
        Step.REOPENED: Plain(tr("StepForm", "反弹情况"), photos, tr("StepForm", "新期限"), date_needed=True),
        Step.WITHDRAWN: Plain(tr("StepForm", "撤销原因"), photos),
        Step.EXTENDED: Plain(tr("StepForm", "延期原因"), photos, tr("StepForm", "新期限"), date_needed=True),
        Step.NOTED: Plain(tr("StepForm", "补充内容"), photos, note_needed=True),
    }[step]
    return PlainForm(scene, step, made)


def texts(fields: Sequence[tuple[str, QLineEdit | LongText, str]]) -> dict[str, str]:
    """Field names with what was typed, where it differs from what stood there."""
    found = {}
    for name, field, before in fields:
        value = field.text().strip()
        if value != before:
            found[name] = value
    return found
