"""导入回表: what a ledger that came back would change, old beside new; what is ticked is taken, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.ledger_difference import Difference
from jiandu_desktop.services.ledger_import import LedgerDifference, Taken
from jiandu_desktop.ui.dialogs.told_lines import ToldLines
from jiandu_desktop.ui.errors import sentence_for
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.notices import EmptyState, InlineNotice
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, State
from jiandu_desktop.ui.widgets.text import Label


class LedgerImportDialog(QDialog):
    """One line per changed value; Space, Enter or a double click ticks it. Conflicts are not ticked to begin with."""

    taken = Signal(int)
    """How many values were taken."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._path = desk, path
        self._difference: LedgerDifference | None = None
        self._accepted: set[str] = set()
        self.setWindowTitle(self.tr("导入回表"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = Label(self.tr("正在比较“{name}”…").format(name=path.name), role="heading")
        self.totals = Label(tone="text2")
        self.notice = InlineNotice("", "caution")
        self.notice.hide()
        self.table = DataTable("ledger-difference", self._columns(), lambda row: row.key, faded=_refused)
        self.table.set_empty(EmptyState(self.tr("没有要导入的改动"), icon="check"))
        self.lines = ToldLines()
        self.every = Link(self.tr("全选"))
        self.none = Link(self.tr("全不选"))
        self.cancel = Button(self.tr("取消"))
        self.take = Button(self.tr("采用"), kind="primary")
        self.take.setEnabled(False)
        self._lay_out()
        self.table.activated.connect(self._toggle)
        self.table.view.installEventFilter(self)
        self.every.clicked.connect(self._tick_all)
        self.none.clicked.connect(self._tick_none)
        self.cancel.clicked.connect(self.close)
        self.take.clicked.connect(self._take)
        self._compare()

    @property
    def ticked(self) -> frozenset[str]:
        """Keys of what is ticked."""
        return frozenset(self._accepted)

    def toggle(self, key: str) -> None:
        """Ticks a difference, or no longer; what cannot be taken stays as it is."""
        known = {each.key: each for each in self._difference.differences} if self._difference else {}
        if key in known and not known[key].refused:
            self._accepted ^= {key}
            self._show_ticks()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            for row in self.table.selected_rows():
                self.toggle(row.key)
            return True
        return super().eventFilter(watched, event)

    # --- building -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        ticks = QHBoxLayout()
        ticks.setSpacing(16)
        ticks.addWidget(self.totals, 1)
        ticks.addWidget(self.every)
        ticks.addWidget(self.none)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.cancel)
        keys.addStretch(1)
        keys.addWidget(self.take)
        column.addWidget(self.heading)
        column.addWidget(self.notice)
        column.addLayout(ticks)
        column.addWidget(self.table, 1)
        column.addWidget(self.lines)
        column.addLayout(keys)
        self.resize(min(theme().px(1040), 1060), min(theme().px(600), 640))

    def _columns(self) -> list[Column]:
        def column(key: str, title: str, text: Callable[[Difference], str], width: int, tone: str = "text") -> Column:
            return Column(key, title, text, width=width, tone=tone, optional=False)

        return [
            Column(
                "state",
                self.tr("采用"),
                lambda row: self._state(row).word,
                kind="state",
                value=self._state,
                width=112,
                optional=False,
            ),
            column("school", self.tr("学校"), lambda row: row.school, 140),
            Column(
                "problem",
                self.tr("问题"),
                lambda row: row.problem,
                kind="sentence",
                stretch=True,
                optional=False,
            ),
            column("title", self.tr("项目"), lambda row: row.title, 84),
            column("old", self.tr("原来"), lambda row: row.old or "—", 130, "text2"),
            column("new", self.tr("表格里"), lambda row: row.new, 150),
            column("here", self.tr("现在"), lambda row: (row.here or "—") if row.conflict else "", 120, "caution"),
            column("concerns", self.tr("责任人"), lambda row: row.concerns or "—", 96, "text2"),
        ]

    def _state(self, row: Difference) -> State:
        if row.refused:
            return State("circle-x", self.tr("不能采用"), "text2")
        if row.key in self._accepted:
            return State("check", self.tr("采用"), "accent")
        if row.conflict:
            return State("triangle-alert", self.tr("有冲突"), "caution")
        return State("square", self.tr("不采用"), "text2")

    # --- comparing and taking -----------------------------------------------------------------------------------------

    def _compare(self) -> None:
        entry, path = self._desk.services.ledger_import, self._path

        def work(progress: Progress) -> LedgerDifference:
            return entry.compare(path, progress)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._compared, failed=self._failed)

    @Slot(object)
    def _compared(self, difference: LedgerDifference) -> None:
        self._difference = difference
        self._accepted = set(difference.acceptable)
        words = self.tr("“{name}”：{changes} 处改动，{problems} 个问题中 {unchanged} 个没有变化")
        self.heading.setText(
            words.format(
                name=difference.file,
                changes=len(difference.differences),
                problems=difference.problems,
                unchanged=difference.unchanged,
            )
        )
        conflicts = sum(each.conflict for each in difference.differences)
        if conflicts:
            said = self.tr(
                "{count} 处在导出以后这里也改过：“现在”列是这里的，“表格里”列是表格的。要按表格的改，请勾选。"
            )
            self.notice.set(said.format(count=conflicts), "caution", "")
            self.notice.show()
        refused = [
            self.tr("第 {row} 行“{title}”不能采用：{why}").format(
                row=each.row, title=each.title, why=sentence_for(Trouble(each.refused))
            )
            for each in difference.differences
            if each.refused
        ]
        self.lines.set_lines([*difference.refused, *refused], difference.notices)
        self.table.set_rows(difference.differences)
        self._show_ticks()
        self.table.focus()

    def _show_ticks(self) -> None:
        count = len(self._accepted)
        self.take.setText(self.tr("采用 {count} 处").format(count=count) if count else self.tr("采用"))
        self.take.setEnabled(count > 0)
        total = len(self._difference.differences) if self._difference else 0
        self.totals.setText(self.tr("已选 {count} 处，共 {total} 处；空格或双击勾选").format(count=count, total=total))
        self.table.view.viewport().update()

    @Slot(object)
    def _toggle(self, row: Difference) -> None:
        self.toggle(row.key)

    @Slot()
    def _tick_all(self) -> None:
        if self._difference is not None:
            self._accepted = {each.key for each in self._difference.differences if not each.refused}
            self._show_ticks()

    @Slot()
    def _tick_none(self) -> None:
        self._accepted.clear()
        self._show_ticks()

    @Slot()
    def _take(self) -> None:
        difference, accepted = self._difference, self.ticked
        if difference is None:
            return
        self.take.setEnabled(False)
        entry = self._desk.services.ledger_import

        def work(progress: Progress) -> Taken:
            return entry.take(difference, accepted, progress)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._took, failed=self._failed)

    @Slot(object)
    def _took(self, taken: Taken) -> None:
        words = self.tr("已采用 {steps} 处，涉及 {problems} 个问题")
        self._desk.messages.toast(words.format(steps=taken.steps, problems=taken.problems))
        self.taken.emit(taken.steps)
        self.close()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.close()
        self._desk.messages.error(error)


def _refused(row: Difference) -> bool:
    return bool(row.refused)
