"""One step for many problems: what it needs, and afterwards which of them may not take it, each with the reason.

BulkStep: EXTEND 延期 · PERSON 更正责任人 · REMIND 提醒 · STRIKE_OFF 销号
bulk_words() -> {BulkStep: word}      office_only(step)
BulkDialog(desk, step, ids, today, parent)    open(); signal reselect_wanted(list of ids)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Escalation, Step
from jiandu_desktop.domain.problem.rules import DEFAULT_STEPS, INSPECTOR, OFFICE
from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.errors import sentence_for
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.text import Label, Prose

if TYPE_CHECKING:
    from jiandu_desktop.domain.problem import Problem
    from jiandu_desktop.services.problem_steps import Refused

    Outcome = tuple[tuple[Problem, ...], tuple[Refused, ...]]


class BulkStep(StrEnum):
    """What can be done to many at once."""

    EXTEND = "extend"
    PERSON = "person"
    REMIND = "remind"
    STRIKE_OFF = "strike_off"


STEPS: Mapping[BulkStep, Step] = {
    BulkStep.EXTEND: Step.EXTENDED,
    BulkStep.PERSON: Step.AMENDED,
    BulkStep.REMIND: Step.ESCALATED,
    BulkStep.STRIKE_OFF: Step.STRUCK_OFF,
}


def bulk_words() -> dict[BulkStep, str]:
    """The word of each step, as its menu has it."""
    tr = QCoreApplication.translate
    return {
        BulkStep.EXTEND: tr("Bulk", "延期"),
        BulkStep.PERSON: tr("Bulk", "更正责任人"),
        BulkStep.REMIND: tr("Bulk", "提醒"),
        BulkStep.STRIKE_OFF: tr("Bulk", "销号"),
    }


def office_only(step: BulkStep) -> bool:
    """Whether an inspector may not take it, by the rules that come with the program."""
    return OFFICE in DEFAULT_STEPS[STEPS[step]].roles and INSPECTOR not in DEFAULT_STEPS[STEPS[step]].roles


class BulkDialog(QDialog):
    """Asks once for all of them. Nothing is kept of a step that the rules refuse; the others take it."""

    reselect_wanted = Signal(object)

    def __init__(self, desk: Desk, step: BulkStep, ids: Sequence[str], today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._step, self._ids = desk, step, tuple(ids)
        self._refused: tuple[str, ...] = ()
        self._word = bulk_words()[step]
        self.setWindowTitle(self._word)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(460)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        self.heading = Label(self.tr("{step} {count} 个问题").format(step=self._word, count=len(ids)), role="heading")
        self.line = Prose(_explained(step), tone="text2")
        self._column.addWidget(self.heading)
        self._column.addWidget(self.line)
        self.day = DateField(today)
        self.day.setAccessibleName(self.tr("新期限"))
        self.day.set_earliest(today)
        self.person = QLineEdit()
        self.person.setAccessibleName(self.tr("责任人"))
        self.note = QLineEdit()
        self.note.setAccessibleName(self.tr("原因"))
        self.note.setPlaceholderText("" if step is BulkStep.STRIKE_OFF else self.tr("必填，记入每个问题的办理经过"))
        self._asked: list[QWidget] = []
        if step is BulkStep.EXTEND:
            self._ask(self.tr("新期限"), self.day)
        if step is BulkStep.PERSON:
            self._ask(self.tr("责任人"), self.person)
        self._ask(self.tr("说明") if step is BulkStep.STRIKE_OFF else self.tr("原因"), self.note)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("没有办成的问题和原因"))
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(160)
        self.list.hide()
        self._column.addWidget(self.list, 1)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        self.cancel = Button(self.tr("取消"))
        self.take = Button(self._word, kind="primary")
        self.reselect = Button(self.tr("只选没办成的"))
        self.reselect.hide()
        keys.addStretch(1)
        for button in (self.reselect, self.cancel, self.take):
            keys.addWidget(button)
        self._column.addLayout(keys)
        self.cancel.clicked.connect(self.close)
        self.take.clicked.connect(self._take)
        self.reselect.clicked.connect(self._reselect)
        for field in (self.person, self.note):
            field.textChanged.connect(self._changed)
            field.returnPressed.connect(self.take.click)
        self.day.day_changed.connect(self._changed)
        self._changed()
        self._asked[0].setFocus()

    def _ask(self, word: str, field: QWidget) -> None:
        row = QHBoxLayout()
        label = Label(word, role="label")
        label.setMinimumWidth(56)
        row.addWidget(label)
        row.addWidget(field, 1)
        self._asked.append(field)
        self._column.addLayout(row)

    @Slot()
    def _changed(self) -> None:
        note = bool(self.note.text().strip()) or self._step is BulkStep.STRIKE_OFF
        day = self._step is not BulkStep.EXTEND or self.day.day() is not None
        person = self._step is not BulkStep.PERSON or bool(self.person.text().strip())
        self.take.setEnabled(note and day and person)

    def _data(self) -> dict[str, Any]:
        day = self.day.day()
        if self._step is BulkStep.EXTEND and day is not None:
            return {"set": {"due": day.isoformat()}}
        if self._step is BulkStep.PERSON:
            return {"set": {"responsible": self.person.text().strip()}}
        if self._step is BulkStep.REMIND:
            return {"level": Escalation.REMINDER.value, "document": ""}
        return {}

    @Slot()
    def _take(self) -> None:
        self.take.setEnabled(False)
        steps, ids, data, note = self._desk.services.steps, self._ids, self._data(), self.note.text()
        step = STEPS[self._step]

        def work(progress: Progress) -> Outcome:
            progress.check()
            return steps.take_many(ids, step, note=note, data=data)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._taken, failed=self._failed)

    @Slot(object)
    def _taken(self, answer: Outcome) -> None:
        """All of them: said on the page. Some not: this window says which, and why."""
        taken, refused = answer
        if not refused:
            said = self.tr("{count} 个问题已办：{step}")
            self._desk.messages.toast(said.format(count=len(taken), step=self._word))
            self.close()
            return
        self._refused = tuple(each.problem.id for each in refused)
        words = self.tr("{taken} 个已办，{refused} 个没有办成").format(taken=len(taken), refused=len(refused))
        self.heading.setText(words)
        self.line.set_text(self.tr("没有办成的保持原样，原因如下。"))
        for field in self._asked:
            field.setEnabled(False)
        by_reason: dict[str, list[str]] = {}
        for each in refused:
            by_reason.setdefault(each.why, []).append(each.problem.text)
        for why, texts in by_reason.items():
            self._add_reason(sentence_for(Trouble(why)), texts)
        self.list.show()
        self.take.hide()
        self.reselect.show()
        self.cancel.setText(self.tr("关闭"))
        self.cancel.setFocus()

    def _add_reason(self, reason: str, texts: Sequence[str]) -> None:
        """A reason, and below it the problems that it holds for."""
        head = QListWidgetItem(self.tr("{reason}（{count} 个）").format(reason=reason, count=len(texts)))
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        self.list.addItem(head)
        for text in texts:
            self.list.addItem(QListWidgetItem(text))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.close()
        self._desk.messages.error(error)

    @Slot()
    def _reselect(self) -> None:
        self.reselect_wanted.emit(self._refused)
        self.close()


def _explained(step: BulkStep) -> str:
    tr = QCoreApplication.translate
    return {
        BulkStep.EXTEND: tr("Bulk", "选中的问题都改到同一天；每个问题的办理经过里记下原因。"),
        BulkStep.PERSON: tr("Bulk", "选中的问题都改由这个人负责；每个问题的办理经过里记下原因。"),
        BulkStep.REMIND: tr("Bulk", "在每个问题上记一次“提醒”；提醒函另在“文书”里出。"),
        BulkStep.STRIKE_OFF: tr("Bulk", "只有复查判为“已改”的能销号，而且不能由判定的人自己销号；不合的会列出来。"),
    }[step]
