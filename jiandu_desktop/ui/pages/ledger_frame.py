"""The parts of the page 问题台账 and where they stand: numbers, switches, views; tools, table, panel; the board."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.services.ledger import Choice
from jiandu_desktop.services.ledger_views import Field, View
from jiandu_desktop.ui.look.tokens import CARD_GAP
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.pages.columns import ledger_columns
from jiandu_desktop.ui.pages.ledger_board import LedgerBoard
from jiandu_desktop.ui.pages.ledger_books import LedgerBooksButton
from jiandu_desktop.ui.pages.ledger_filters import FilterChips, FilterSheet
from jiandu_desktop.ui.pages.ledger_table import LedgerTable
from jiandu_desktop.ui.pages.ledger_tools import BulkButton, GroupButton
from jiandu_desktop.ui.pages.ledger_views import ViewBar
from jiandu_desktop.ui.pages.listing import ListPage
from jiandu_desktop.ui.pages.problem.panel import ProblemPanel
from jiandu_desktop.ui.pages.problem.proposals import ProposalsView
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.text import Elided

MINE, ALL_SCHOOLS = "mine", "all"
LIST, BOARD, PROPOSALS = "list", "board", "proposals"


class LedgerFrame(ListPage):
    """The parts, without what they do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("LedgerPage", "问题台账"))
        self._today = desk.services.store.today()
        columns = ledger_columns(lambda: self._today)
        table = LedgerTable(columns, lambda ids: desk.services.problems.rows_of(ids, self._today))
        self._model, self._ids = table.problems, table.selected_ids
        table.set_empty(
            EmptyState(
                self.tr("还没有问题"),
                self.tr("督导中判为不符合的题会成为问题，定稿后列在这里；其他督学的问题同步后也会到。"),
                icon="flag",
            )
        )
        self.build(table, self.tr("问题、学校、责任人"))
        table.sort_by("due")
        self.sheet = FilterSheet(self.choices, self)
        self.chips = FilterChips()
        self.filters = Button(self.tr("筛选"), icon="sliders-horizontal")
        self.filters.setToolTip(self.tr("学校、责任区、事项、等级、责任人、期限、状态、来源  Ctrl+Shift+F"))
        self.group = GroupButton()
        self.bulk = BulkButton()
        for tool in (self.filters, self.group, self.bulk):
            self.add_tool(tool)
        self.content.insertWidget(1, self.chips)
        self._build_head()
        table.selected_changed.connect(self.bulk.set_count)
        table.resized.connect(self._fold)
        self.panel = ProblemPanel(desk)
        self.set_side(self.panel)
        self.board = LedgerBoard()
        self.proposals = ProposalsView(desk)
        self._put_board_beside()

    def choices(self, field: Field) -> Sequence[Choice]:
        """The values of a field that the sheet of filters offers."""
        raise NotImplementedError

    def ids_to_go_out(self) -> Sequence[str]:
        """Several problems that are selected, else all that are shown, in their order."""
        chosen = self._ids()
        return chosen if len(chosen) > 1 else self._model.ids()

    def _build_head(self) -> None:
        """Numbers, whose schools, list or board above; the views below."""
        self._totals = Elided()  # of a narrow window's title row the numbers give way, the buttons never
        self.scope = Segmented([(MINE, self.tr("我的学校")), (ALL_SCHOOLS, self.tr("全县"))])
        self.scope.setAccessibleName(self.tr("看哪些学校的问题"))
        self.parts = Segmented(
            [(LIST, self.tr("台账")), (BOARD, self.tr("清零进度")), (PROPOSALS, self.tr("督促建议"))], LIST
        )
        self.parts.setAccessibleName(self.tr("看台账、清零进度还是督促建议"))
        self.enter = Button(self.tr("登记问题"), icon="plus")
        self.enter.setToolTip(self.tr("自查、举报、上级反馈或数据发现的问题  {}").format("Ctrl+N"))
        self.title_row.addWidget(self._totals, 1)
        self.title_row.addWidget(self.parts)
        self.books = LedgerBooksButton(self.desk, self.ids_to_go_out)
        self.title_row.addWidget(self.books)
        self.title_row.addWidget(self.enter)
        self.tabs = ViewBar()
        self.tabs.set_value(View.OPEN.value)
        below = QHBoxLayout()
        below.setSpacing(CARD_GAP)
        below.addWidget(self.tabs, 1)
        below.addWidget(self.scope, 0, Qt.AlignmentFlag.AlignRight)
        self._column().insertLayout(1, below)

    def _put_board_beside(self) -> None:
        """List, board and proposals take turns in the room below the views."""
        column = self._column()
        column.removeItem(self._across)
        self._across.setParent(None)
        self._list = QWidget()
        self._list.setLayout(self._across)
        self._across.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list, 1)
        for part in (self.board, self.proposals):
            column.addWidget(part, 1)
            part.hide()

    def _column(self) -> QVBoxLayout:
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        return column
