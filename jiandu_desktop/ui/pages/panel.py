"""Small parts of side panels: a heading with a fact at its right, a line of words, a problem in two lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.pages.words import due_words, number_words
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label, Prose


def add_title(panel: SidePanel, title: str, line: str) -> None:
    """What is selected, 16 bold, and below it where it belongs."""
    box = QVBoxLayout()
    box.setSpacing(4)
    heading = Label(title, role="heading")
    heading.setWordWrap(True)
    below = Label(line, role="meta")
    below.setWordWrap(True)
    box.addWidget(heading)
    box.addWidget(below)
    panel.body.addLayout(box)
    panel.body.addSpacing(4)


def add_pair(panel: SidePanel, left: str, right: str) -> None:
    """A small heading, and at its right a fact as small."""
    row = QHBoxLayout()
    row.addWidget(Label(left, role="label"))
    row.addStretch(1)
    row.addWidget(Label(right, role="meta"))
    panel.body.addLayout(row)


def add_problems(panel: SidePanel, problems: Sequence[Problem], today: date, most: int = 4) -> None:
    """The first problems, each with its date in words."""
    for problem in problems[:most]:
        panel.body.addWidget(ProblemLines(problem, today))
    if len(problems) > most:
        more = QCoreApplication.translate("Panel", "还有 {count} 个").format(count=len(problems) - most)
        panel.body.addWidget(Label(more, role="meta"))


def people_words(pupils: int | None, classes: int | None) -> str:
    """1 186 人・27 班; what is not known is left out."""
    parts = []
    if pupils is not None:
        parts.append(QCoreApplication.translate("Panel", "{count} 人").format(count=number_words(pupils)))
    if classes is not None:
        parts.append(QCoreApplication.translate("Panel", "{count} 班").format(count=classes))
    return "・".join(parts)


class ProblemLines(QWidget):
    """What is wrong, and until when it is to be put right."""

    def __init__(self, problem: Problem, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addWidget(Prose(problem.text))
        words, tone = due_words(problem.due, today) if problem.due is not None else ("", "text2")
        self._due = DueLine(words, tone)
        column.addWidget(self._due)


class DueLine(Painted):
    """`今天到期`, small; late and today are bold."""

    def __init__(self, words: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(round(paint.text_width(self._words, SIZE_META, True)) + 2, self.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.text(painter, self.area(), self._words, self._tone, SIZE_META, self._tone != "text2")
        painter.end()


class VisitCounts(Painted):
    """Below the progress of a visit under way: veto items left, problems found."""

    def __init__(self, veto_open: int, problems: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._veto = QCoreApplication.translate("Panel", "否决项剩 {count}").format(count=veto_open)
        self._problems = QCoreApplication.translate("Panel", "问题 {count}").format(count=problems)
        self._veto_open = veto_open
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self._veto} {self._problems}")

    def sizeHint(self) -> QSize:
        return QSize(self.px(180), self.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        area = self.area()
        left = 0.0
        if self._veto_open:
            size = float(self.px(16))
            paint.icon(painter, "octagon-minus", 0, area.center().y(), size, "red")
            left = size + 6
            words = QRectF(left, 0, area.width() - left, area.height())
            left += paint.text(painter, words, self._veto, "red", SIZE_META) + self.px(24)
        rest = QRectF(left, 0, area.width() - left, area.height())
        paint.text(painter, rest, self._problems, "text2", SIZE_META)
        painter.end()


class Figure(Painted):
    """A count at the right of a bar, bold: 47/62."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(max(self.px(56), round(paint.text_width(self._words, SIZE_TEXT, True)) + 2), self.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.text(painter, self.area(), self._words, "text", SIZE_TEXT, bold=True, align="right")
        painter.end()


class StateLine(Painted):
    """A mark and small words that give way before buttons do: how the laptop stands to the shared folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._words = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set(self, icon: str, words: str) -> None:
        """Says something else."""
        self._icon, self._words = icon, words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(round(paint.text_width(self._words, SIZE_META)) + self.px(16) + 10, self.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(16), self.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._words:
            return
        painter = self.painter()
        size = float(self.px(16))
        paint.icon(painter, self._icon, 0, self.height() / 2, size, "text2")
        area = self.area().adjusted(size + 7, 0, 0, 0)
        if area.width() > self.px(40):
            paint.text(painter, area, self._words, "text2", SIZE_META)
        painter.end()


CENTER = Qt.AlignmentFlag.AlignHCenter
