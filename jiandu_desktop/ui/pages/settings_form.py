"""Rows of 设置: a label, a control, a word of what it does; each keeps its value when it is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import CARD_GAP
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose

LABEL_WIDTH = 148
TYPING_MS = 500


class Section(QScrollArea):
    """One section of 设置: cards below each other, scrolling where the window is low."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(CARD_GAP)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addStretch(1)

    def add(self, card: QWidget) -> None:
        """Below the cards there are."""
        self.column.insertWidget(self.column.count() - 1, card)


class FormCard(Card):
    """A heading and rows."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.addWidget(Label(title, role="heading"))
        self._rows = 0

    def add_row(self, label: str, control: QWidget | Sequence[QWidget], note: str = "") -> None:
        """Label at the left, controls beside it, below them what it does."""
        if self._rows:
            self.column.addWidget(Hairline())
        self._rows += 1
        words = Label(label)
        words.setFixedWidth(theme().px(LABEL_WIDTH))
        words.setWordWrap(True)
        widgets = [control] if isinstance(control, QWidget) else list(control)
        if not widgets[0].accessibleName() and not isinstance(widgets[0], Prose):
            widgets[0].setAccessibleName(label)
        right = QVBoxLayout()
        right.setSpacing(2)
        across = QHBoxLayout()
        across.setSpacing(8)
        for widget in widgets:
            across.addWidget(widget)
        if not any(isinstance(widget, QLineEdit | Prose) for widget in widgets):
            across.addStretch(1)
        right.addLayout(across)
        if note:
            right.addWidget(Prose(note, size=12, tone="text2"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        words.setMinimumHeight(theme().tokens.control if not all(isinstance(w, Prose) for w in widgets) else 0)
        self.column.addLayout(row)

    def add_text(self, label: str, text: str) -> Prose:
        """A fact; returns the words, to be changed later."""
        words = Prose(text)
        self.add_row(label, words)
        return words


class KeptSpin(QSpinBox):
    """A whole number that tells its value a moment after the last change."""

    settled = Signal(int)

    def __init__(self, least: int, most: int, unit: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSuffix(f" {unit}")
        self.setAccessibleName(name)
        self.setMinimumWidth(theme().px(128))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        later(self, self.valueChanged, lambda: self.settled.emit(self.value()))

    def show_value(self, value: int) -> None:
        """Shows a value; tells nothing."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)


def later(parent: QObject, signal: Any, tell: Callable[[], None]) -> QTimer:
    """Calls `tell` a moment after the last time `signal` fired."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(TYPING_MS)
    timer.timeout.connect(tell)
    signal.connect(lambda *_: timer.start())
    return timer
