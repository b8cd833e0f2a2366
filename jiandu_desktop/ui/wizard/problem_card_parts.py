"""Parts of the problem card: its head, the line of the clause, and who answers for it beside the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QWidget

from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label
from jiandu_desktop.ui.wizard.basis import split_basis


class WrappingRow(QWidget):
    """Two parts beside each other; the second stands below the first where there is no room for both."""

    wrapped = Signal()
    """It has another height now."""

    def __init__(self, first: Sequence[QWidget], second: Sequence[QWidget], least: int = 0) -> None:
        """`least` is how wide the second part wishes to be at 100 %, else as wide as its words."""
        super().__init__()
        self._parts = (_side_by_side(first), _side_by_side(second))
        self._least = least
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        for part, share in zip(self._parts, (2, 5), strict=True):
            self._row.addWidget(part, share if least else 0)
        if not least:
            self._row.addStretch(1)

    def fit(self) -> None:
        """Takes the direction for which there is room."""
        one, other = (part.sizeHint().width() for part in self._parts)
        narrow = self.width() < one + 16 + (theme().px(self._least) or other)
        wish = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if wish != self._row.direction():
            self._row.setDirection(wish)
            self._row.setSpacing(8 if narrow else 16)
            self.updateGeometry()
            self.wrapped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def _side_by_side(widgets: Sequence[QWidget]) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    return part


class Responsibility(QWidget):
    """责任单位, 监督责任人, 领导责任人: three short fields in one line."""

    typed = Signal(str, str)
    """Field and half-typed text."""
    committed = Signal(str, str)
    """Field and text, when the field is left."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, QLineEdit] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, word, whole in (
            ("unit", self.tr("单位"), self.tr("责任单位")),
            ("supervising", self.tr("监督"), self.tr("监督责任人")),
            ("leader", self.tr("领导"), self.tr("领导责任人")),
        ):
            line = QLineEdit()
            line.setProperty("size", "small")
            line.setAccessibleName(whole)
            line.setToolTip(whole)
            line.setAcceptDrops(False)
            line.textEdited.connect(lambda text, name=name: self.typed.emit(name, text))
            line.editingFinished.connect(lambda name=name: self.commit(name))
            self.lines[name] = line
            if self.lines.keys() != {name}:
                row.addSpacing(8)
            row.addWidget(Label(word, "label"))
            row.addWidget(line, 1)

    def show_problem(self, problem: Problem, unsaved: Mapping[str, str], *, first: bool) -> None:
        """Shows the names; a field that has the focus keeps what is being typed in it."""
        for name, line in self.lines.items():
            if first or not line.hasFocus():
                line.setText(unsaved.get(name, getattr(problem, name)))
                line.setCursorPosition(0)

    def commit(self, name: str) -> None:
        """Makes what is typed in a field part of the problem."""
        self.committed.emit(name, self.lines[name].text().strip())

    def commit_all(self) -> None:
        """The same for every field."""
        for name in self.lines:
            self.commit(name)


class CardHead(Painted):
    """A diamond, 问题 in bold, and what to do or what is still missing."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._tone = "", "text2"

    def show_state(self, problem: Problem, missing: str) -> None:
        if not problem.confirmed:
            words, tone = self.tr("已按表单填好，改后按 Enter 确认"), "text2"
        elif missing:
            words, tone = self.tr("还缺{}").format(missing), "caution"
        else:
            words, tone = self.tr("已确认"), "text2"
        self._words, self._tone = words, tone
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(120), theme().tokens.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        middle = self.height() / 2
        paint.diamond(painter, QPointF(6, middle), self.px(11))
        area = self.area().adjusted(self.px(20), 0, 0, 0)
        left = paint.text(painter, area, self.tr("问题"), "text", SIZE_TEXT, bold=True)
        paint.text(painter, area.adjusted(left + 8, 0, 0, 0), self._words, self._tone, SIZE_META)
        painter.end()


class BasisLine(Painted):
    """The clause in one line: its title 14, what it says 12; the whole of it in the tooltip and the panel."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._rest = "", ""

    def show_basis(self, basis: str) -> None:
        title, rest = split_basis(basis)
        self._title, self._rest = title, rest
        self.setToolTip(basis)
        self.setAccessibleName(basis)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(160), self.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        area = self.area()
        words = self._title or self.tr("表单没有写明依据")
        used = paint.text(painter, area, words, "text" if self._title else "text2", SIZE_TEXT)
        rest = area.adjusted(used + 8, 0, 0, 0)
        if self._rest and rest.width() > self.px(60):
            paint.text(painter, rest, self._rest, "text2", SIZE_META)
        painter.end()
