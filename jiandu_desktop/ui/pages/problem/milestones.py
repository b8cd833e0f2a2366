"""倒排工期: the parts of a plan with their share of the working days, each ending on a day that can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from jiandu_desktop.services.deadlines import PLAN_PARTS, Deadlines
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.widgets.buttons import Button, IconButton
from jiandu_desktop.ui.widgets.date_field import DateField

MOST_PARTS = 12


@dataclass(slots=True)
class _Part:
    line: QWidget
    text: QLineEdit
    share: QSpinBox
    day: DateField


class Milestones(QWidget):
    """Lines of text, share and day. A changed share plans all days anew; a day typed by hand stays until then."""

    changed = Signal()
    refit = Signal()

    def __init__(self, deadlines: Deadlines, start: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deadlines, self._start = deadlines, start
        self._due: date | None = None
        self._parts: list[_Part] = []
        self.add = Button(self.tr("加一步"), "quiet", "plus")
        self.again = Button(self.tr("按期限重新倒排"), "quiet", "refresh-cw")
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.add)
        keys.addWidget(self.again)
        keys.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(keys)
        for text, share in PLAN_PARTS:
            self._add_part(text, share)
        self.add.clicked.connect(self._add_empty)
        self.again.clicked.connect(self.plan)

    def set_due(self, due: date | None) -> None:
        """The day on which the last part ends; the days are planned anew."""
        self._due = due
        self.plan()

    @Slot()
    def plan(self) -> None:
        """Divides the working days up to the deadline by the shares."""
        self.again.setEnabled(self._due is not None)
        if self._due is not None and self._parts:
            parts = [(part.text.text(), part.share.value()) for part in self._parts]
            for part, planned in zip(self._parts, self._deadlines.plan(self._start, self._due, parts), strict=True):
                part.day.set_day(planned.day)
        self.changed.emit()

    def value(self) -> list[dict[str, Any]]:
        """The lines that have a text and a day, as they travel."""
        return [
            {"day": day.isoformat(), "text": part.text.text().strip()}
            for part in self._parts
            if (day := part.day.day()) is not None and part.text.text().strip()
        ]

    def is_late(self) -> bool:
        """Whether a part ends after the deadline."""
        return self._due is not None and any((day := part.day.day()) and day > self._due for part in self._parts)

    @Slot()
    def _add_empty(self) -> None:
        self._add_part("", 1)
        self._parts[-1].text.setFocus()
        self.plan()

    def _add_part(self, text: str, share: int) -> None:
        if len(self._parts) == MOST_PARTS:
            return
        number = str(len(self._parts) + 1)
        line = QWidget()
        field = QLineEdit(text)
        field.setPlaceholderText(self.tr("做什么"))
        field.setAccessibleName(self.tr("第 {} 步").format(number))
        shares = QSpinBox()
        shares.setRange(1, 9)
        shares.setValue(share)
        shares.setSuffix(self.tr(" 份"))
        shares.setAccessibleName(self.tr("第 {} 步占几份时间").format(number))
        shares.setMinimumWidth(theme().px(72))
        day = DateField(self._start)
        day.setAccessibleName(self.tr("第 {} 步到哪天").format(number))
        remove = IconButton("x", self.tr("去掉这一步"))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(field, 1)
        for widget in (shares, day, remove):
            row.addWidget(widget)
        part = _Part(line, field, shares, day)
        self._parts.append(part)
        self._column.insertWidget(len(self._parts) - 1, line)
        field.textChanged.connect(lambda _: self.changed.emit())
        day.day_changed.connect(lambda _: self.changed.emit())
        shares.valueChanged.connect(self.plan)
        remove.clicked.connect(lambda: self._remove(part))
        self.refit.emit()

    def _remove(self, part: _Part) -> None:
        self._parts.remove(part)
        self._column.removeWidget(part.line)
        part.line.hide()
        part.line.deleteLater()
        self.plan()
        self.refit.emit()
