"""What a paper is about: problems, a finished visit, planned tasks, or a period; the kind decides which is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jiandu_desktop.domain.document import ABOUT_A_VISIT, DocumentKind
from jiandu_desktop.services.letter_draft import LetterDraft
from jiandu_desktop.services.paper_subjects import PaperSubject
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.text import Label

_ROWS_SHOWN = 7


class SubjectList(QWidget):
    """A list that is narrowed by typing: one row may be chosen, or several ticked."""

    chosen = Signal()

    def __init__(self, name: str, *, ticks: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks = ticks
        self._filling = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("学校、任务或者督学"))
        self.search.setAccessibleName(self.tr("查找"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFixedHeight(round(theme().px(29) * _ROWS_SHOWN) + 6)
        self._count = Label(role="meta")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list)
        column.addWidget(self._count)
        self.search.textChanged.connect(self._narrow)
        if ticks:
            self.list.itemChanged.connect(self._told)
        else:
            self.list.itemSelectionChanged.connect(self._told)

    def show_rows(self, rows: Sequence[PaperSubject], given: Sequence[str]) -> None:
        """`given` are chosen already, and come to be seen; tells nothing."""
        self._filling = True
        self.list.clear()
        first: QListWidgetItem | None = None
        for row in rows:
            item = QListWidgetItem(join((f"{row.day:%Y-%m-%d}", row.school, row.task)))
            item.setToolTip(join((row.school, row.task, row.people)))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            chosen = row.id in given
            if self._ticks:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if chosen and first is None:
                first = item
        if first is not None:
            self.list.setCurrentItem(first)
            self.list.scrollToItem(first)
        self._filling = False
        self._say_count()

    def ids(self) -> tuple[str, ...]:
        """What is ticked, or the one row that is chosen."""
        if not self._ticks:
            return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems()[:1])
        items = (self.list.item(place) for place in range(self.list.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    @Slot()
    def _narrow(self) -> None:
        wanted = self.search.text().strip()
        for place in range(self.list.count()):
            item = self.list.item(place)
            ticked = self._ticks and item.checkState() is Qt.CheckState.Checked
            item.setHidden(not ticked and wanted not in item.text() and wanted not in item.toolTip())

    @Slot()
    def _told(self) -> None:
        if not self._filling:
            self._say_count()
            self.chosen.emit()

    def _say_count(self) -> None:
        if self._ticks:
            words = self.tr("{ticked} 项任务写进通知，共 {count} 项没有开始")
            self._count.setText(words.format(ticked=len(self.ids()), count=self.list.count()))
        else:
            self._count.setText(self.tr("共 {count} 次已经定稿的督导").format(count=self.list.count()))


class PeriodChoice(QWidget):
    """From which day to which, and of which task; all tasks unless one is chosen."""

    chosen = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.first = DateField(today, today.replace(month=1, day=1), ahead=False)
        self.last = DateField(today, today, ahead=False)
        self.first.setAccessibleName(self.tr("第一天"))
        self.last.setAccessibleName(self.tr("最后一天"))
        self.task = QComboBox()
        self.task.setAccessibleName(self.tr("督导任务"))
        self.task.addItem(self.tr("这段时间的全部督导"), "")
        days = QHBoxLayout()
        days.setSpacing(8)
        days.addWidget(self.first)
        days.addWidget(Label(self.tr("至"), tone="text2"))
        days.addWidget(self.last)
        days.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(days)
        column.addWidget(self.task)
        self._hint = Label(self.tr("最后一天不能早于第一天"), role="meta")
        self._hint.hide()
        column.addWidget(self._hint)
        for field in (self.first, self.last):
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("2026-11-21") + 56)
            field.day_changed.connect(self._told)
        self.task.currentIndexChanged.connect(self._told)

    def days(self) -> tuple[date, date] | None:
        """Both days; None while one is missing or they stand the wrong way round."""
        first, last = self.first.day(), self.last.day()
        return (first, last) if first is not None and last is not None and first <= last else None

    def set_days(self, first: date, last: date) -> None:
        """As if they had been typed; tells nothing."""
        self.first.set_day(first)
        self.last.set_day(last)

    def show_tasks(self, tasks: Sequence[str]) -> None:
        """The tasks of the period; the chosen one stays chosen where it is among them. Tells nothing."""
        self._filling = True
        chosen = self.task.currentData()
        while self.task.count() > 1:
            self.task.removeItem(1)
        for task in tasks:
            self.task.addItem(task, task)
        self.task.setCurrentIndex(max(0, self.task.findData(chosen)))
        self._filling = False

    @Slot()
    def _told(self) -> None:
        if self._filling:
            return
        self._hint.setVisible(self.days() is None)
        if self.days() is not None:
            self.chosen.emit()


class SubjectPanel(QWidget):
    """The part of 新文书 that asks what the paper is about, where that is not problems."""

    chosen = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.visits = SubjectList(self.tr("哪一次督导"), ticks=False)
        self.assignments = SubjectList(self.tr("督导任务"), ticks=True)
        self.period = PeriodChoice(today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.visits, self.assignments, self.period):
            column.addWidget(part)
            part.chosen.connect(self.chosen)

    def show_kind(self, kind: DocumentKind) -> None:
        """Asks what this kind wants to know."""
        self.visits.setVisible(kind in ABOUT_A_VISIT)
        self.assignments.setVisible(kind is DocumentKind.INSPECTION_NOTICE)
        self.period.setVisible(kind is DocumentKind.INSPECTION_REPORT)

    def subject(self, kind: DocumentKind) -> LetterDraft:
        """An empty draft that says what it is about."""
        if kind in ABOUT_A_VISIT:
            return LetterDraft(kind=kind, visit_id=next(iter(self.visits.ids()), ""))
        if kind is DocumentKind.INSPECTION_NOTICE:
            return LetterDraft(kind=kind, assignment_ids=self.assignments.ids())
        first, last = self.period.days() or (None, None)
        return LetterDraft(kind=kind, first=first, last=last, task=str(self.period.task.currentData() or ""))
