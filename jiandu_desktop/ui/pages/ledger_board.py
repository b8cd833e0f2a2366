"""清零进度: what was found and what of it is closed, by school, matter or 责任区; each row leads to its problems.

LedgerBoard(parent)   set_ledger(Ledger, mine); signal drill_wanted(str field, str value, str view)
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.services.ledger import BoardRow, Ledger
from jiandu_desktop.services.ledger_views import Field, View
from jiandu_desktop.ui.pages.ledger_filters import field_words
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Bar, Column
from jiandu_desktop.ui.widgets.text import Label

FIELDS = (Field.SCHOOL, Field.MATTER, Field.AREA)
_VIEW_OF = {"open": View.OPEN, "late": View.LATE}
"""Which view a click on a column's figure opens."""


class LedgerBoard(QWidget):
    """A table of sums over the ledger, with their total above it."""

    drill_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger: Ledger | None = None
        self._mine = False
        words = field_words()
        self.by = Segmented([(field.value, words[field]) for field in FIELDS], Field.SCHOOL.value)
        self.by.setAccessibleName(self.tr("按什么汇总"))
        self.total = Label(tone="text2")
        self.total.setWordWrap(True)
        self.open = Button(self.tr("看这些问题"), hint="Enter")
        self.table = DataTable("ledger-board", _columns(), _key, search=_word)
        self.table.set_empty(EmptyState(self.tr("还没有下达的问题"), self.tr("问题下达以后，这里看各校清零到哪一步。")))
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.by)
        tools.addWidget(self.total, 1)
        tools.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        lead_focus(self, self.table)
        self.by.chosen.connect(self.show_sums)
        self.open.clicked.connect(self._open_current)
        self.table.activated.connect(self._open_row)
        self.table.view.clicked.connect(self._clicked)
        self.table.current_changed.connect(self._current)

    def set_ledger(self, ledger: Ledger, *, mine: bool) -> None:
        """Other figures; those of the inspector's own schools or of all."""
        self._ledger, self._mine = ledger, mine
        if self.isVisible():
            self.show_sums()

    @Slot()
    def show_sums(self) -> None:
        """The rows of the chosen field, and their total."""
        if self._ledger is None:
            return
        rows = self._ledger.board(Field(self.by.value()), mine=self._mine)
        self.table.set_rows(rows)
        found, closed = sum(row.found for row in rows), sum(row.closed for row in rows)
        words = self.tr(
            "合计：发现 {found} 个，已清零 {closed} 个，未销号 {open} 个，其中逾期 {late} 个；清零率 {rate}"
        )
        self.total.setText(
            words.format(
                found=found,
                closed=closed,
                open=sum(row.open for row in rows),
                late=sum(row.late for row in rows),
                rate=_percent(closed / found if found else 0.0),
            )
        )
        if self.table.current_row() is None and rows:
            self.table.select(_key(rows[0]))

    @Slot(object)
    def _current(self, row: BoardRow | None) -> None:
        self.open.setEnabled(row is not None)

    @Slot()
    def _open_current(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._open_row(row)

    @Slot(object)
    def _open_row(self, row: BoardRow) -> None:
        self.drill_wanted.emit(self.by.value(), row.value, View.EVERY.value)

    @Slot(object)
    def _clicked(self, index: Any) -> None:
        """A figure of what is open or late leads to just these; the other cells only select."""
        view = _VIEW_OF.get(self.table.model.columns[index.column()].key)
        row = self.table.model.row_at(index.row())
        if view is not None and (row.late if view is View.LATE else row.open):
            self.drill_wanted.emit(self.by.value(), row.value, view.value)


def _columns() -> list[Column]:
    tr = QCoreApplication.translate

    def count(key: str, title: str, tone: str = "text") -> Column:
        return Column(
            key,
            title,
            lambda row: str(getattr(row, key)),
            kind="count",
            value=lambda row: getattr(row, key),
            tone=tone,
            width=84,
            optional=False,
        )

    return [
        Column("name", tr("Board", "名称"), _word, kind="name", stretch=True, optional=False),
        count("found", tr("Board", "发现")),
        count("closed", tr("Board", "已清零")),
        count("open", tr("Board", "未销号"), "accent"),
        count("late", tr("Board", "逾期"), "red"),
        Column(
            "rate",
            tr("Board", "清零率"),
            lambda row: _percent(row.rate),
            kind="bar",
            value=lambda row: Bar(row.rate, _percent(row.rate)),
            sort=lambda row: row.rate,
            width=240,
            optional=False,
        ),
    ]


def _key(row: BoardRow) -> str:
    return row.value


def _word(row: BoardRow) -> str:
    return row.word or QCoreApplication.translate("Ledger", "（未填）")


def _percent(share: float) -> str:
    """Whole per cent, cut: 100 % only when nothing is left."""
    return f"{int(share * 100)}%"
