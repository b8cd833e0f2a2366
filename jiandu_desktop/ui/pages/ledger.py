"""问题台账: every problem with its date and how far it is, in views that answer the morning's questions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QVBoxLayout

from jiandu_desktop.domain.problem import (
    GRADE_NAMES,
    HANDLING_NAMES,
    OPEN_STATES,
    Grade,
    Handling,
    ProblemState,
)
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.rows import ProblemRow
from jiandu_desktop.ui.operations import reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.columns import problem_columns, problem_search, school_column
from jiandu_desktop.ui.pages.ledger_panel import ProblemPanel
from jiandu_desktop.ui.pages.listing import Filter, ListPage
from jiandu_desktop.ui.pages.view_tabs import Tab, ViewTabs
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.text import Label

MINE, TODAY, LATE, RECHECK, ON_THE_SPOT, EVERY = "mine", "today", "late", "recheck", "spot", "all"


class LedgerPage(ListPage):
    """The ledger of what is owed; `show_view` opens it on one view, as the counts of 今日 do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("LedgerPage", "问题台账"))
        self._view: reading.LedgerView | None = None
        self._today = desk.services.store.today()
        table = DataTable(
            "ledger",
            problem_columns(lambda: self._today, school_column(width=150)),
            _key,
            search=problem_search,
            faded=_is_over,
        )
        table.set_empty(
            EmptyState(
                self.tr("还没有问题"),
                self.tr("督导中判为不符合的题会成为问题，定稿后列在这里；其他督学的问题同步后也会到。"),
                icon="flag",
            )
        )
        grades = [(each.value, GRADE_NAMES[each]) for each in Grade]
        handlings = [(each.value, HANDLING_NAMES[each]) for each in Handling]
        filters = (
            Filter("school", self.tr("学校"), (), lambda row, value: row.problem.school_id == value),
            Filter("grade", self.tr("等级"), grades, lambda row, value: row.problem.grade.value == value),
            Filter("handling", self.tr("处理"), handlings, lambda row, value: row.problem.handling.value == value),
        )
        self.build(table, self.tr("问题、学校、责任人"), filters)
        table.sort_by("due")
        self._totals = Label(tone="text2")
        self.title_row.addWidget(self._totals)
        self.title_row.addStretch(1)
        self.tabs = ViewTabs()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.tabs)
        self.panel = ProblemPanel(desk)
        self.set_side(self.panel)
        self._rows = Query(desk.tasks, lambda: reading.read_ledger(desk.services), self)
        self._problem = Query(desk.tasks, lambda row: reading.read_problem(desk.services, row), self)
        self._rows.answered.connect(self._show)
        self._problem.answered.connect(self.panel.show_view)
        self.tabs.chosen.connect(self._choose_view)
        table.current_changed.connect(self._selected)
        table.activated.connect(self._open)
        self.setTabOrder(self.tabs, self.search)
        self._show_tabs(())

    def refresh(self) -> None:
        self._rows.ask()

    def concerned(self, changes: Changes) -> bool:
        return bool(changes.problems or changes.visits or changes.assignments or changes.schools)

    def count_words(self, count: int) -> str:
        return self.tr("{count} 个").format(count=count)

    def show_view(self, view: str, school_id: str) -> None:
        """Opens one view, for one school or ("") for all."""
        self.clear_filters()
        self.tabs.set_value(view)
        self.filter("school").set_value(school_id)
        self._choose_view(view)

    def _tests(self) -> dict[str, Callable[[ProblemRow], bool]]:
        mine = self._view.mine if self._view is not None else frozenset[str]()

        def is_owed(row: ProblemRow) -> bool:
            return row.problem.school_id in mine and row.problem.state in OPEN_STATES

        return {
            MINE: is_owed,
            TODAY: lambda row: is_owed(row) and row.days_left == 0,
            LATE: lambda row: is_owed(row) and row.days_left is not None and row.days_left < 0,
            RECHECK: lambda row: is_owed(row) and row.problem.state is ProblemState.AWAITING_RECHECK,
            ON_THE_SPOT: lambda row: (
                row.problem.school_id in mine and row.problem.state is ProblemState.FIXED_ON_THE_SPOT
            ),
            EVERY: lambda row: True,
        }

    @Slot(object)
    def _show(self, view: reading.LedgerView) -> None:
        self._view, self._today = view, view.today
        total, over = len(view.rows), sum(row.problem.state is ProblemState.STRUCK_OFF for row in view.rows)
        owed = sum(row.problem.state in OPEN_STATES for row in view.rows)
        fixed = sum(row.problem.state is ProblemState.FIXED_ON_THE_SPOT for row in view.rows)
        words = self.tr("共 {total} 个，已当场改 {fixed} 个，已销号 {over} 个，未销号 {owed} 个")
        self._totals.setText(words.format(total=total, fixed=fixed, over=over, owed=owed))
        schools = {row.problem.school_id: row.school for row in view.rows}
        wanted = self.filter("school").value()
        self.set_choices("school", sorted(schools.items(), key=lambda pair: pair[1]))
        self.filter("school").set_value(wanted)
        self._show_tabs(view.rows)
        self.set_view(self._tests()[self.tabs.value()])
        self.set_rows(view.rows)

    def _show_tabs(self, rows: tuple[ProblemRow, ...]) -> None:
        words = {
            MINE: self.tr("我的未销号"),
            TODAY: self.tr("今天到期"),
            LATE: self.tr("逾期"),
            RECHECK: self.tr("待复查"),
            ON_THE_SPOT: self.tr("已当场改"),
            EVERY: self.tr("全部"),
        }
        tests = self._tests()
        self.tabs.set_tabs(
            [
                Tab(key, word, sum(map(tests[key], rows)), "red" if key == LATE else "text2")
                for key, word in words.items()
            ]
        )

    @Slot(str)
    def _choose_view(self, key: str) -> None:
        self.set_view(self._tests()[key])

    @Slot(object)
    def _selected(self, row: ProblemRow | None) -> None:
        if row is None:
            self.panel.show_nothing()
        else:
            self._problem.ask(row)

    @Slot(object)
    def _open(self, row: ProblemRow) -> None:
        self.desk.record_wanted.emit(row.problem.visit_id)


def _key(row: ProblemRow) -> str:
    return row.problem.id


def _is_over(row: ProblemRow) -> bool:
    return row.problem.state in (ProblemState.STRUCK_OFF, ProblemState.FIXED_ON_THE_SPOT)
