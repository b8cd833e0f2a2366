"""Taking a step of one problem: the dialog of its form, and what was done said in a line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QWidget

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import PROBLEM_STATE_NAMES, Escalation, Problem, Recheck, Step
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.pages.problem.dialog import FormDialog
from jiandu_desktop.ui.pages.problem.forms import Scene
from jiandu_desktop.ui.pages.problem.forms_special import EscalatedForm, HandedOverForm, RecheckedForm, form_for
from jiandu_desktop.ui.pages.problem.words import step_word
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from jiandu_desktop.ui.operations.desk import Desk
    from jiandu_desktop.ui.pages.problem.reading import RecordView
    from jiandu_desktop.ui.questions.pictures import Pictures


class StepDialog(FormDialog):
    """One step of one problem."""

    def __init__(self, scene: Scene, step: Step, parent: QWidget | None = None) -> None:
        problem = scene.view.problem
        line = join((scene.view.record.school.name, problem.text))
        word = QCoreApplication.translate("StepDialog", "记录")
        super().__init__(scene.desk.tasks, step_word(step), line, word, parent)
        self._scene, self.step = scene, step
        self.form = form_for(scene, step)
        self.add(self.form)
        self.form.changed.connect(self.refresh)
        self.form.refit.connect(self.fit)
        self.form.note.confirmed.connect(self.take)
        self.letter = Button(self.tr("起草公文"), icon="file-text")
        self.letter.setToolTip(self.tr("写成文书，印发时一并记入办理经过"))
        self.letter.setVisible(step in (Step.ESCALATED, Step.HANDED_OVER))
        self.letter.clicked.connect(self._write)
        self.keys.insertWidget(self.keys.count() - 1, self.letter)
        self.refresh()
        self.fit()
        self.form.first().setFocus()

    @Slot()
    def _write(self) -> None:
        """As a document in place of a mere line: it takes the step itself when it is issued."""
        from jiandu_desktop.services.letters import KIND_OF_LEVEL

        problem_ids = (self._scene.view.problem.id,)
        wish = LetterWish(kind=DocumentKind.HANDOVER, problem_ids=problem_ids)
        if isinstance(self.form, EscalatedForm):
            level = Escalation(self.form.level.currentData())
            wish = LetterWish(kind=KIND_OF_LEVEL[level], problem_ids=problem_ids, level=level)
        elif isinstance(self.form, HandedOverForm):
            wish = replace(wish, addressee=self.form.to.text().strip())
        self.close()
        self._scene.desk.letter_wanted.emit(wish)

    def missing(self) -> list[str]:
        if self.form.is_busy():
            return [self.tr("正在读取的照片")]
        return self.form.missing()

    def work(self) -> Callable[[], object]:
        services, problem_id, step = self._scene.desk.services, self._scene.view.problem.id, self.step
        note, data = self.form.note.text(), self.form.data()
        proof = [each.ref for each in self.form.proofs()]
        return lambda: services.steps.take(problem_id, step, note=note, proof=proof, data=data)


class StepTaking(QObject):
    """Opens the dialogs of steps over one widget; the toast tells what became of the problem."""

    def __init__(self, desk: Desk, pictures: Pictures, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._pictures, self._over = desk, pictures, over
        self.dialog: StepDialog | None = None

    def begin(
        self, view: RecordView, step: Step, *, result: Recheck | None = None, level: Escalation | None = None
    ) -> StepDialog:
        """The dialog of a step, filled with a result or level where one was chosen already."""
        dialog = StepDialog(Scene(self._desk, view, self._pictures), step, self._over.window())
        if result is not None and isinstance(dialog.form, RecheckedForm):
            dialog.form.choose(result)
            dialog.form.note.setFocus()
        if level is not None and isinstance(dialog.form, EscalatedForm):
            dialog.form.choose(level)
        dialog.done_with.connect(lambda problem: self._told(step, problem))
        dialog.destroyed.connect(self._forget)
        self.dialog = dialog
        dialog.open()
        return dialog

    def _told(self, step: Step, problem: Problem) -> None:
        words = self.tr("已记录{step}，问题现在{state}").format(
            step=step_word(step), state=PROBLEM_STATE_NAMES[problem.state]
        )
        self._desk.messages.toast(words)

    def _forget(self) -> None:
        self.dialog = None
