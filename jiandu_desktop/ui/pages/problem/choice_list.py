"""A few long choices below each other, one of which is taken.

ChoiceList([(value, words)])      signal chosen(str), by the user alone; value() · choose(value) as if clicked
Keys: ↑/↓ and Space, as for any group of buttons.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from jiandu_desktop.ui.widgets.buttons import Button


class ChoiceList(QWidget):
    """Nothing is chosen at first: a decision is not proposed."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for value, words in choices:
            button = Button(words)
            button.setCheckable(True)
            button.setToolTip(words)
            self._group.addButton(button)
            self._buttons[value] = button
            column.addWidget(button)
            button.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
        if self._buttons:
            self.setFocusProxy(next(iter(self._buttons.values())))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def value(self) -> str:
        """What is chosen, "" for nothing yet."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, value: str) -> None:
        """As if the user had chosen it."""
        self._buttons[value].click()
