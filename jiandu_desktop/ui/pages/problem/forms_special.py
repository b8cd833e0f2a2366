"""The forms of the steps that ask more than a note: plan, re-check, decision, correction, pressing, handing over."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from jiandu_desktop.domain.problem import (
    ESCALATION_NAMES,
    GRADE_NAMES,
    Escalation,
    Grade,
    Recheck,
    Step,
)
from jiandu_desktop.domain.problem.life import Conflict
from jiandu_desktop.domain.school import chain_of
from jiandu_desktop.ui.pages.problem.choice_list import ChoiceList
from jiandu_desktop.ui.pages.problem.deadline_row import DeadlineRow
from jiandu_desktop.ui.pages.problem.forms import Maker, Scene, StepForm, plain_form, texts
from jiandu_desktop.ui.pages.problem.milestones import Milestones
from jiandu_desktop.ui.pages.problem.words import RECHECK_NAMES, field_word, reason_words, step_word, value_words
from jiandu_desktop.ui.widgets.segmented import Segmented

ON_SITE, DOCUMENT = "on_site", "document"
DOUBLE_FROM = Escalation.SUPERVISION
"""From 督办 on, the government may be told as well (双报告, domain.md §5)."""


class PlannedForm(StepForm):
    """收到整改方案: measure, person, and a schedule planned backwards from the deadline."""

    def build(self) -> None:
        problem, view = self.scene.view.problem, self.scene.view
        self.note_label, self.proof_words = self.tr("说明"), self.tr("方案的照片或文件")
        self.measure = self.add_text(self.tr("整改措施"), problem.measure)
        self.responsible = self.add_line(self.tr("责任人"), problem.responsible)
        self.milestones = Milestones(self.scene.desk.services.deadlines, view.today)
        self.milestones.set_due(problem.due)
        self.milestones.changed.connect(self.changed)
        self.milestones.refit.connect(self.refit)
        due = f"{problem.due:%Y-%m-%d}" if problem.due is not None else "—"
        self.add(self.tr("倒排工期"), self.milestones, self.tr("期限 {due}，按工作日倒排；每步可改。").format(due=due))

    def first(self) -> QWidget:
        return self.measure

    def missing(self) -> list[str]:
        wanted = []
        if not self.measure.text().strip():
            wanted.append(self.tr("整改措施"))
        if not self.responsible.text().strip():
            wanted.append(self.tr("责任人"))
        if self.milestones.is_late():
            wanted.append(self.tr("不晚于期限的倒排日期"))
        return wanted

    def fields(self) -> dict[str, Any]:
        problem = self.scene.view.problem
        changed = texts(
            [
                ("measure", self.measure, problem.measure),
                ("responsible", self.responsible, problem.responsible),
            ]
        )
        data: dict[str, Any] = {"milestones": self.milestones.value()}
        return {**data, "set": changed} if changed else data


class RecheckedForm(StepForm):
    """复查: 已改, 部分, 未改; seen on site or on paper; 已改 needs proof, the others may get a new date."""

    def build(self) -> None:
        self.note_label, self.proof_words = self.tr("复查情况"), self.tr("整改后的照片或材料")
        self.result = Segmented([(each.value, word) for each, word in RECHECK_NAMES.items()])
        self.where = Segmented([(ON_SITE, self.tr("看现场")), (DOCUMENT, self.tr("看材料"))], ON_SITE)
        self.add(self.tr("结果"), self.result, self.tr("判“已改”要附照片或材料，再由第二人审核销号。"))
        self.add(self.tr("方式"), self.where)
        self.due: DeadlineRow = self.add_deadline(self.tr("新期限"))
        self._due_label = self.grid.itemAtPosition(self.grid.rowCount() - 1, 0)
        self.result.chosen.connect(self._chosen)
        self._chosen()

    def first(self) -> QWidget:
        return self.result

    def choose(self, result: Recheck) -> None:
        """Opens with a result, as the panel's buttons do."""
        self.result.choose(result.value)

    def is_done(self) -> bool:
        return self.result.value() == Recheck.DONE

    def needs_note(self) -> bool:
        return bool(self.result.value()) and not self.is_done()

    def missing(self) -> list[str]:
        wanted = [] if self.result.value() else [self.tr("结果")]
        if self.is_done() and not self.proofs():
            wanted.append(self.tr("照片或材料"))
        return wanted + super().missing()

    def fields(self) -> dict[str, Any]:
        data: dict[str, Any] = {"result": self.result.value(), "where": self.where.value()}
        day = None if self.is_done() else self.due.value()
        if day is not None and day != self.scene.view.problem.due:
            data["set"] = {"due": day.isoformat()}
        return data

    @Slot()
    def _chosen(self) -> None:
        again = bool(self.result.value()) and not self.is_done()
        self.due.setVisible(again)
        label = self._due_label.widget() if self._due_label is not None else None
        if label is not None:
            label.setVisible(again)
        self.changed.emit()
        self.refit.emit()


class DecidedForm(StepForm):
    """申辩处理: upheld, and the problem is withdrawn; or not, and it is to be put right."""

    def build(self) -> None:
        self.note_label, self.proof_words = self.tr("处理理由"), self.tr("答复的照片或文件")
        self.decision = Segmented([("no", self.tr("不成立，继续整改")), ("yes", self.tr("成立，撤销问题"))])
        self.decision.chosen.connect(self.changed)
        self.add(self.tr("申辩"), self.decision)

    def first(self) -> QWidget:
        return self.decision

    def missing(self) -> list[str]:
        return ([] if self.decision.value() else [self.tr("申辩是否成立")]) + super().missing()

    def fields(self) -> dict[str, Any]:
        return {"upheld": self.decision.value() == "yes"}


class AmendedForm(StepForm):
    """更正: every field of the record that may change after it was issued, save its date."""

    def build(self) -> None:
        problem = self.scene.view.problem
        self.note_label = self.tr("更正原因")
        self.lines: dict[str, Any] = {}
        self._before: dict[str, str] = {}
        for name in ("text", "basis", "measure"):
            self.lines[name] = self.add_text(field_word(name), getattr(problem, name))
        self.grade = Segmented([(each.value, word) for each, word in GRADE_NAMES.items()], problem.grade.value)
        self.grade.chosen.connect(self.changed)
        self.add(field_word("grade"), self.grade)
        for name in ("unit", "responsible", "supervising", "leader"):
            self.lines[name] = self.add_line(field_word(name), getattr(problem, name))
        self.chain = self.add_line(field_word("chain"), "、".join(problem.chain), self.tr("由上到下，用顿号隔开"))
        self._before = {name: getattr(problem, name) for name in self.lines}

    def first(self) -> QWidget:
        found = self.lines["text"]
        assert isinstance(found, QWidget)
        return found

    def missing(self) -> list[str]:
        wanted = [] if self._changes() else [self.tr("要改的内容")]
        wanted += [field_word(name) for name in ("text", "measure") if not self.lines[name].text().strip()]
        return wanted + super().missing()

    def fields(self) -> dict[str, Any]:
        return {"set": self._changes()}

    def _changes(self) -> dict[str, Any]:
        problem = self.scene.view.problem
        found: dict[str, Any] = texts([(name, line, self._before[name]) for name, line in self.lines.items()])
        if self.grade.value() != problem.grade.value:
            found["grade"] = Grade(self.grade.value()).value
        chain = chain_of(self.chain.text())
        if chain != problem.chain:
            found["chain"] = list(chain)
        return found


class EscalatedForm(StepForm):
    """督促: how hard, why, and from 督办 on whether the government is told as well (双报告)."""

    def build(self) -> None:
        view = self.scene.view
        self.note_label = self.tr("督促原因")
        self.level = QComboBox()
        for level, word in ESCALATION_NAMES.items():
            self.level.addItem(word, level.value)
        self.add(self.tr("措施"), self.level, self.tr("问责只是建议，由有权的机关决定。"))
        self.number = self.add_line(self.tr("文号"), hint=self.tr("已有公文就写文号，没有就留空"))
        self.also = self.add_line(self.tr("双报告"), hint=self.tr("同时报送的政府或部门，不报就留空"))
        self._government = view.government
        if view.proposal is not None:
            self.choose(view.proposal.level)
            self.note.set_text(reason_words(view.proposal))
        elif view.problem.level in set(Escalation):
            order = list(Escalation)
            higher = min(order.index(Escalation(view.problem.level)) + 1, len(order) - 1)
            self.choose(order[higher])
        self.level.activated.connect(self._offer)
        self._offer()

    def first(self) -> QWidget:
        return self.level

    def choose(self, level: Escalation) -> None:
        """Opens with a level."""
        self.level.setCurrentIndex(self.level.findData(level.value))

    def fields(self) -> dict[str, Any]:
        data: dict[str, Any] = {"level": self.level.currentData()}
        for key, field in (("number", self.number), ("also_to", self.also)):
            if field.isEnabled() and field.text().strip():
                data[key] = field.text().strip()
        return data

    @Slot()
    def _offer(self) -> None:
        order = list(Escalation)
        double = order.index(Escalation(self.level.currentData())) >= order.index(DOUBLE_FROM)
        self.also.setEnabled(double)
        if double and not self.also.text():
            self.also.setText(self._government)
        elif not double:
            self.also.clear()
        self.changed.emit()


class HandedOverForm(StepForm):
    """移交、抄告: to which body, and why."""

    def build(self) -> None:
        self.note_label, self.proof_words = self.tr("移交原因"), self.tr("移交的材料")
        self.to = self.add_line(self.tr("送到"), hint=self.tr("如 县消防救援大队、县市场监督管理局"))
        self.number = self.add_line(self.tr("文号"), hint=self.tr("已有公文就写文号，没有就留空"))

    def first(self) -> QWidget:
        return self.to

    def missing(self) -> list[str]:
        return ([] if self.to.text().strip() else [self.tr("送到哪里")]) + super().missing()

    def fields(self) -> dict[str, Any]:
        number = self.number.text().strip()
        return {"to": self.to.text().strip(), **({"number": number} if number else {})}


class ReceiptedForm(StepForm):
    """回执: of which letter or handing over, from whom."""

    note_needed = False

    def build(self) -> None:
        self.note_label, self.proof_words = self.tr("回执内容"), self.tr("回执的照片或文件")
        sent = [each for each in self.scene.view.record.events if each.step in (Step.HANDED_OVER, Step.ESCALATED)]
        self.of = QComboBox()
        for event in reversed(sent):
            words = value_words("", event.data.get("to") or event.data.get("number") or "")
            self.of.addItem(f"{event.at:%m-%d} {step_word(event.step)} {words}", event.id)
        self.of.addItem(self.tr("其他"), "")
        self.add(self.tr("哪一件"), self.of)
        last = sent[-1].data.get("to", "") if sent else ""
        self.giver = self.add_line(self.tr("来自"), str(last))

    def first(self) -> QWidget:
        return self.of

    def missing(self) -> list[str]:
        return [] if self.giver.text().strip() else [self.tr("回执来自哪里")]

    def fields(self) -> dict[str, Any]:
        of = self.of.currentData()
        return {"from": self.giver.text().strip(), **({"of": of} if of else {})}


class SettledForm(StepForm):
    """裁定: of each conflict one of the values that were set, for a reason."""

    def build(self) -> None:
        self.note_label = self.tr("裁定理由")
        self._choices: dict[str, ChoiceList] = {}
        for conflict in self.scene.view.record.life.conflicts:
            choices = ChoiceList([(str(number), words) for number, words in enumerate(self._values(conflict))])
            choices.chosen.connect(self.changed)
            self._choices[conflict.field] = choices
            self.add(field_word(conflict.field), choices)

    def first(self) -> QWidget:
        return next(iter(self._choices.values()), self.note)

    def choose(self, field: str, number: int) -> None:
        """As if the user had chosen one of the values of a field."""
        self._choices[field].choose(str(number))

    def missing(self) -> list[str]:
        return [field_word(name) for name, each in self._choices.items() if not each.value()] + super().missing()

    def fields(self) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for conflict in self.scene.view.record.life.conflicts:
            value = conflict.values[int(self._choices[conflict.field].value())]
            if conflict.field == "state":
                data["state"] = value
            else:
                data.setdefault("set", {})[conflict.field] = value
        return data

    def _values(self, conflict: Conflict) -> list[str]:
        names = self.scene.view.record.names
        return [
            self.tr("{value}（{person}，{step}，{day}）").format(
                value=value_words(conflict.field, value),
                person=names.get(event.person, event.person),
                step=step_word(event.step),
                day=f"{event.at:%m-%d}",
            )
            for event, value in zip(conflict.events, conflict.values, strict=True)
        ]


_SPECIAL: dict[Step, Maker] = {
    Step.PLANNED: PlannedForm,
    Step.RECHECKED: RecheckedForm,
    Step.OBJECTION_DECIDED: DecidedForm,
    Step.AMENDED: AmendedForm,
    Step.ESCALATED: EscalatedForm,
    Step.HANDED_OVER: HandedOverForm,
    Step.RECEIPTED: ReceiptedForm,
    Step.SETTLED: SettledForm,
}


def form_for(scene: Scene, step: Step) -> StepForm:
    """The form of a step."""
    return _SPECIAL.get(step, plain_form)(scene, step)
