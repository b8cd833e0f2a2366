"""The school's open problems above the first section: 已改, 部分 or 未改 at one key, before anything else is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import Problem, Recheck
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.answer_keys import RING, AnswerChoice, AnswerKeys
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label
from jiandu_desktop.ui.wizard.kept_values import KeptValues
from jiandu_desktop.ui.wizard.reference import owed_words
from jiandu_desktop.ui.wizard.section_head import LEFT, NUMBER_LEFT, RIGHT

MOST_SHOWN = 3
"""More problems than these scroll; one fewer where the window is low."""

LOW = 640
"""Below this height of the window."""


class OwedProblems(QFrame):
    """A line of words, and below it a line per problem; there only while the first section is, and foldable."""

    left = Signal()
    """The last one was judged: on to the checklist."""

    def __init__(
        self, problems: Sequence[Problem], today: date, results: KeptValues, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._results = results
        self.problems = tuple(problems)
        self._folded = False
        self._head = Label(role="strong")
        self._hint = Label(self.tr("从上次的问题看起，按 F6"), role="meta")
        self._fold = Link("", SIZE_META)
        self._fold.clicked.connect(self._toggle)
        head = QHBoxLayout()
        head.setContentsMargins(NUMBER_LEFT, 8, RIGHT, 4)
        head.setSpacing(12)
        head.addWidget(self._head)
        head.addWidget(self._hint)
        head.addStretch(1)
        head.addWidget(self._fold)
        inner = QWidget()
        inner.setProperty("ground", "surface")
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self.lines = [_Line(problem, today) for problem in self.problems]
        for line in self.lines:
            line.judged.connect(self._judged)
            lines.addWidget(line)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("到本校未销号的问题：{}").format("F6"))
        self.setVisible(bool(self.problems))
        theme().changed.connect(self.fit)
        self.show_results()

    @Slot()
    def show_results(self) -> None:
        """What was found so far, after any change."""
        if not self.problems:
            return
        done = 0
        for line in self.lines:
            value = self._results.value(line.problem_id)
            line.keys.set_value(value or None)
            done += bool(value)
        self._head.setText(self.tr("本校未销号问题 {0}/{1}").format(done, len(self.lines)))
        self._head.setAccessibleName(self.tr("本校未销号问题，已看 {0} 个，共 {1} 个").format(done, len(self.lines)))
        self.fit()

    def show_for(self, first_section: bool) -> None:
        """They stand above the first section only."""
        self.setVisible(first_section and bool(self.problems))

    def take_keyboard(self) -> None:
        """To the first problem that was not looked at yet, else the first."""
        self._folded = False
        self.fit()
        waiting = [line for line in self.lines if line.keys.value() is None]
        (waiting or self.lines)[0].keys.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def fit(self) -> None:
        """As many lines as there is room for; the rest scrolls."""
        self._scroll.setVisible(not self._folded)
        self._hint.setVisible(not self._folded)
        self._fold.setText(self.tr("展开") if self._folded else self.tr("收起"))
        most = MOST_SHOWN - 1 if self.window().height() < LOW else MOST_SHOWN
        height = self.lines[0].sizeHint().height() if self.lines else 0
        self._scroll.setFixedHeight(height * min(len(self.lines), most))
        bar = self._scroll.verticalScrollBar().sizeHint().width() if len(self.lines) > most else 0
        for line in self.lines:
            line.set_right(RIGHT - bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @Slot()
    def _toggle(self) -> None:
        self._folded = not self._folded
        self.fit()

    @Slot(str, str)
    def _judged(self, problem_id: str, result: str) -> None:
        self._results.put(problem_id, result)
        if not result:
            return
        place = next(n for n, line in enumerate(self.lines) if line.problem_id == problem_id)
        if place + 1 < len(self.lines):
            following = self.lines[place + 1]
            following.keys.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(following)
        else:
            self._folded = all(self._results.value(line.problem_id) for line in self.lines)
            self.fit()
            self.left.emit()


class _Line(Painted):
    """What is owed and until when, and the three keys at the edge at which every strip ends."""

    judged = Signal(str, str)

    def __init__(self, problem: Problem, today: date) -> None:
        super().__init__()
        self.problem_id = problem.id
        self._text = problem.text
        self._right = RIGHT
        self._when, self._tone = owed_words(problem, today)
        choices = (
            AnswerChoice(Recheck.DONE, self.tr("已改"), "good"),
            AnswerChoice(Recheck.PARTIAL, self.tr("部分"), "part"),
            AnswerChoice(Recheck.NOT_DONE, self.tr("未改"), "bad"),
        )
        self.keys = AnswerKeys(choices, name=problem.text, parent=self)
        self.keys.chosen.connect(lambda value: self.judged.emit(self.problem_id, value))
        self.keys.cleared.connect(lambda: self.judged.emit(self.problem_id, ""))
        self.setToolTip(problem.text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_right(self, right: int) -> None:
        """How far from its right edge the strip ends: less where a scroll bar stands beside it."""
        if right != self._right:
            self._right = right
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(self.px(320), self.keys.sizeHint().height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def take_theme(self) -> None:
        super().take_theme()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        hint = self.keys.sizeHint()
        self.keys.setGeometry(
            self.width() - self._right - hint.width() + RING, (self.height() - hint.height()) // 2, *hint.toTuple()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        paint.diamond(painter, QPointF(NUMBER_LEFT + 6, self.height() / 2), self.px(11))
        right, bold = self.keys.x() - 12, self._tone != "text2"
        when = paint.text_width(self._when, SIZE_META, bold)
        words = QRectF(LEFT, 0, max(right - LEFT - when - 12, self.px(80)), self.height())
        used = paint.text(painter, words, self._text, "text", SIZE_TEXT)
        rest = QRectF(LEFT + used + 12, 0, when + 1, self.height())
        if rest.right() <= right:
            paint.text(painter, rest, self._when, self._tone, SIZE_META, bold)
        paint.hairline(painter, LEFT, self.width() - self._right, self.height() - 1)
        painter.end()
