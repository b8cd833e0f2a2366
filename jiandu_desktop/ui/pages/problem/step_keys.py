"""The steps that may be taken now as buttons: the likely ones in sight, the others in a menu, the rest explained."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import Handling, ProblemState, Recheck, Step
from jiandu_desktop.ui.look.tokens import SIZE_META
from jiandu_desktop.ui.pages.problem.reading import RecordView
from jiandu_desktop.ui.pages.problem.words import step_word, why_words
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.text import Label

_LIKELY: dict[ProblemState, tuple[Step, ...]] = {
    ProblemState.RECTIFYING: (Step.REPORTED, Step.RECHECKED),
    ProblemState.AWAITING_RECHECK: (Step.RECHECKED,),
    ProblemState.AWAITING_STRIKE_OFF: (Step.STRUCK_OFF, Step.STRIKE_OFF_REFUSED),
    ProblemState.OBJECTED: (Step.OBJECTION_DECIDED,),
    ProblemState.FIXED_ON_THE_SPOT: (Step.RECHECKED, Step.REOPENED),
    ProblemState.STRUCK_OFF: (Step.REOPENED,),
    ProblemState.WITHDRAWN: (Step.REOPENED,),
}
"""What usually comes next in a state, the likeliest first."""


class StepKeys(QWidget):
    """At the foot of the record. Alt+1, Alt+2 are the likely steps in their order, Alt+0 all others."""

    wanted = Signal(object, object)
    """A `Step`, and of a re-check its `Recheck` or None."""

    settle_wanted = Signal()
    entry_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[Button] = []
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.more = Button(self.tr("更多"), icon="ellipsis")
        self.more.setShortcut("Alt+0")
        self.more.setToolTip(self.tr("现在能做的全部步骤  {}").format("Alt+0"))
        self.more.clicked.connect(self.open_menu)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._below = QHBoxLayout()
        self._below.setSpacing(8)
        self._below.addWidget(self.more, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row)
        column.addLayout(self._below)
        self.menu.triggered.connect(self._chosen)

    def show_view(self, view: RecordView) -> None:
        """The steps of a problem as it is now."""
        self._clear()
        problem = view.problem
        if problem.state is ProblemState.FOUND and not problem.visit_id:
            self._add(self.tr("继续登记、下达"), "primary", self.entry_wanted.emit)
            self._add(self.tr("删去"), "", self.drop_wanted.emit)
        likely = [step for step in _LIKELY.get(problem.state, ()) if view.why_not(step) == ""]
        if view.may_settle and problem.conflicts:
            self._add(self.tr("裁定"), "primary", self.settle_wanted.emit)
        elif likely and likely[0] is Step.RECHECKED:
            self._add_recheck(problem.handling)
            likely = likely[1:]
        for step in likely[: 2 - min(len(self._buttons), 2)]:
            kind = "" if self._buttons else "primary"
            self._add(step_word(step), kind, lambda step=step: self.wanted.emit(step, None))
        self._fill_menu(view)

    def add_beside(self, button: Button) -> None:
        """A button at the right of 更多: where else one can go from here."""
        self._below.addWidget(button, 1)

    def buttons(self) -> list[Button]:
        """The likely steps, in their order."""
        return list(self._buttons)

    @Slot()
    def open_menu(self) -> None:
        """Every step that may be taken now."""
        self.menu.popup(self.more.mapToGlobal(QPoint(0, -self.menu.sizeHint().height() - 4)))

    def _add_recheck(self, handling: Handling) -> None:
        again = self.tr("不到位，再限期") if handling is Handling.BY_DATE else self.tr("不到位")
        self._add(self.tr("到位"), "primary", lambda: self.wanted.emit(Step.RECHECKED, Recheck.DONE), "check")
        self._add(again, "", lambda: self.wanted.emit(Step.RECHECKED, Recheck.NOT_DONE))

    def _add(self, words: str, kind: str, act: object, icon: str = "") -> None:
        button = Button(words, kind, icon)
        key = f"Alt+{len(self._buttons) + 1}"
        button.setShortcut(key)
        button.setToolTip(f"{words}  {key}")
        assert callable(act)
        button.clicked.connect(lambda _=False: act())
        self._buttons.append(button)
        self._row.addWidget(button, 1)

    def _fill_menu(self, view: RecordView) -> None:
        for choice in view.choices:
            if not choice.why:
                self.menu.addAction(step_word(choice.step)).setData(choice.step.value)
        if view.may_settle and view.problem.conflicts:
            self.menu.addAction(step_word(Step.SETTLED)).setData(Step.SETTLED.value)
        self.more.setVisible(not self.menu.isEmpty())

    def _clear(self) -> None:
        self.menu.clear()
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []

    @Slot(QAction)
    def _chosen(self, action: QAction) -> None:
        step = Step(action.data())
        if step is Step.SETTLED:
            self.settle_wanted.emit()
        else:
            self.wanted.emit(step, None)


class StepReasons(QWidget):
    """A line that unfolds: which steps may not be taken now, and why."""

    def __init__(self, view: RecordView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        steps: dict[str, list[str]] = {}
        for choice in view.choices:
            if choice.why:
                steps.setdefault(choice.why, []).append(step_word(choice.step))
        words = self.tr("{steps}：{why}")
        lines = [words.format(steps="、".join(names), why=why_words(why)) for why, names in steps.items()]
        self.link = Link(self.tr("现在不能做的步骤"), SIZE_META)
        self.link.clicked.connect(self.unfold)
        self.words = Label("\n".join(lines), "meta")
        self.words.setWordWrap(True)
        self.words.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.link)
        column.addWidget(self.words)
        if not lines:
            # Never shown before it has a parent: it would be a window of its own and take the keyboard.
            self.hide()

    @Slot()
    def unfold(self) -> None:
        """Shows or hides the reasons."""
        self.words.setVisible(self.words.isHidden())
