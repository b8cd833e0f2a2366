"""Which problems a document is about: those one came with, or the open ones of a school, each with a tick."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import ProblemState
from jiandu_desktop.services.rows import ProblemRow
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.pages.words import due_words, join
from jiandu_desktop.ui.widgets.text import Label

GIVEN = ""
"""The entry for the problems that one came with."""
_ROWS_SHOWN = 6


class ProblemChoice(QWidget):
    """A school above, its problems below."""

    chosen = Signal(object)
    """The identifiers of the ticked problems, in their order."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._by_school: dict[str, list[ProblemRow]] = {}
        self._filling = False
        self.school = QComboBox()
        self.school.setAccessibleName(self.tr("学校"))
        self.school.setMaxVisibleItems(18)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("写进文书的问题"))
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._count = Label(role="meta")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.school)
        column.addWidget(self.list)
        column.addWidget(self._count)
        self.school.currentIndexChanged.connect(self._school_chosen)
        self.list.itemChanged.connect(self._ticked)

    def show_rows(self, rows: Sequence[ProblemRow], given: Sequence[str]) -> None:
        """The open problems of all schools; `given` are ticked already and may be of several schools."""
        self._filling = True
        known = {row.problem.id: row for row in rows}
        self._by_school = {}
        names: dict[str, str] = {}
        for row in rows:
            self._by_school.setdefault(row.problem.school_id, []).append(row)
            names[row.problem.school_id] = row.school
        self.school.clear()
        if given:
            self._by_school[GIVEN] = [known[each] for each in given if each in known]
            self.school.addItem(self.tr("选中的 {count} 个问题").format(count=len(self._by_school[GIVEN])), GIVEN)
        else:
            self.school.addItem(self.tr("选学校"), GIVEN)
        for school_id in sorted(names, key=names.__getitem__):
            words = self.tr("{school}（{count}）")
            self.school.addItem(words.format(school=names[school_id], count=len(self._by_school[school_id])), school_id)
        self._filling = False
        self._fill()

    def ids(self) -> tuple[str, ...]:
        """The ticked problems."""
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def choose_school(self, school_id: str) -> None:
        """As if the user had chosen it."""
        self.school.setCurrentIndex(self.school.findData(school_id))

    @Slot()
    def _school_chosen(self) -> None:
        if not self._filling:
            self._fill()
            self.chosen.emit(self.ids())

    @Slot()
    def _ticked(self) -> None:
        if not self._filling:
            self._count_words()
            self.chosen.emit(self.ids())

    def _fill(self) -> None:
        self._filling = True
        self.list.clear()
        school = str(self.school.currentData() or GIVEN)
        for row in self._by_school.get(school, []):
            problem = row.problem
            # Found put right already: offered, but the school is not pressed for it unasked.
            ticked = school == GIVEN or problem.state is not ProblemState.AWAITING_STRIKE_OFF
            when = due_words(problem.due, self._today)[0] if problem.due is not None else ""
            item = QListWidgetItem(join((when, problem.text.replace("\n", " "))))
            item.setToolTip(problem.text)
            item.setData(Qt.ItemDataRole.UserRole, problem.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self._filling = False
        shown = max(2, min(self.list.count(), _ROWS_SHOWN))
        self.list.setFixedHeight(round(theme().px(29) * shown) + 6)
        self._count_words()

    def _count_words(self) -> None:
        words = self.tr("{ticked} 个问题写进文书，共 {count} 个")
        self._count.setText(words.format(ticked=len(self.ids()), count=self.list.count()))
