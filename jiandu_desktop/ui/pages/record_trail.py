"""填写过程: every change of a record with its time, what stood there before and after, how, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.visit import AnswerSource
from jiandu_desktop.ui.widgets.filters import FilterButton, SearchField
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column
from jiandu_desktop.ui.widgets.text import Label

if TYPE_CHECKING:
    from jiandu_desktop.services.trail import TrailLine

ITEM_WORDS = 26
"""An item in the menu of items: so many characters of it."""


class TrailView(QWidget):
    """A table of changes, found by a word, filtered by the item or by how they came about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(self.tr("题号、题目、答案"), "")
        self._all = ("", self.tr("全部"))
        self.item = FilterButton(self.tr("题目"), (self._all,))
        sources = [(source.value, source_word(source)) for source in AnswerSource]
        self.source = FilterButton(self.tr("方式"), (self._all, *sources))
        self._count = Label(role="meta")
        self.table = DataTable("trail", _columns(), lambda row: row[0], search=_searched)
        self.table.set_empty(EmptyState(self.tr("还没有填写过"), icon="clipboard-list"))
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.item)
        tools.addWidget(self.source)
        tools.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        self.search.searched.connect(self.table.set_query)
        self.search.left_down.connect(self.table.focus)
        self.item.chosen.connect(self._filter)
        self.source.chosen.connect(self._filter)
        self.table.filters_cleared.connect(self._clear)
        self.table.shown_changed.connect(self._counted)

    def set_lines(self, lines: Sequence[TrailLine]) -> None:
        """Shows these, the newest first."""
        items = {line.ref: f"{line.number} {line.label}".strip()[:ITEM_WORDS] for line in lines if line.ref}
        self.item.set_choices((self._all, *items.items()))
        self.table.set_rows(list(enumerate(lines))[::-1])

    @Slot()
    def _filter(self) -> None:
        ref, source = self.item.value(), self.source.value()

        def holds(row: tuple[int, TrailLine]) -> bool:
            return ref in ("", row[1].ref) and source in ("", row[1].source.value)

        self.table.set_filter(holds if ref or source else None)

    @Slot()
    def _clear(self) -> None:
        self.search.clear_at_once()
        self.item.set_value("")
        self.source.set_value("")
        self._filter()

    @Slot(int)
    def _counted(self, count: int) -> None:
        self._count.setText(self.tr("共 {count} 条").format(count=count))


def source_word(source: AnswerSource) -> str:
    """How a change came about."""
    tr = QCoreApplication.translate
    return {
        AnswerSource.BY_HAND: tr("TrailView", "手填"),
        AnswerSource.BULK: tr("TrailView", "批量"),
        AnswerSource.PREFILLED: tr("TrailView", "预填"),
        AnswerSource.UNDO: tr("TrailView", "撤销"),
        AnswerSource.IMPORTED: tr("TrailView", "导入"),
        AnswerSource.MOVED: tr("TrailView", "改用新版本"),
        AnswerSource.REOPENED: tr("TrailView", "重新打开"),
    }[source]


def _columns() -> list[Column]:
    tr = QCoreApplication.translate
    return [
        Column("at", tr("TrailView", "时间"), lambda row: _time(row[1].at), sort=lambda row: row[0], width=132),
        Column(
            "item", tr("TrailView", "题目"), lambda row: _item(row[1]), kind="sentence", stretch=True, optional=False
        ),
        Column("old", tr("TrailView", "原来"), lambda row: row[1].old or "—", width=120, tone="text2", spare=2),
        Column("new", tr("TrailView", "改为"), lambda row: row[1].new or "—", width=140, spare=1),
        Column("how", tr("TrailView", "方式"), lambda row: source_word(row[1].source), width=88, tone="text2"),
        Column("who", tr("TrailView", "谁"), lambda row: row[1].person, width=80, tone="text2", spare=4),
        Column("why", tr("TrailView", "理由"), lambda row: _why(row[1]), width=140, tone="text2", spare=3),
    ]


def _time(at: datetime) -> str:
    return f"{at:%m-%d %H:%M:%S}"


def _item(line: TrailLine) -> str:
    tr = QCoreApplication.translate
    marks = {
        "note:": tr("TrailView", "备注"),
        "self:": tr("TrailView", "自评"),
        "photo:": tr("TrailView", "照片"),
        "problem:": tr("TrailView", "问题"),
        "version:": tr("TrailView", "表单版本"),
        "reopen:": tr("TrailView", "重新打开"),
    }
    item = f"{line.number} {line.label}".strip()
    mark = marks.get(line.mark, "")
    if not mark:
        return item
    return tr("TrailView", "{mark}：{item}").format(mark=mark, item=item) if item else mark


def _why(line: TrailLine) -> str:
    """What was said, or what a move to another version did."""
    from jiandu_desktop.ui.wizard.version_words import why_lost

    if line.source is not AnswerSource.MOVED:
        return "" if line.source is AnswerSource.IMPORTED else line.reason
    if line.reason.startswith("/"):
        return QCoreApplication.translate("TrailView", "原来是 {name}").format(name=line.reason.rpartition("/")[2])
    return why_lost(line.reason)


def _searched(row: tuple[int, TrailLine]) -> str:
    line = row[1]
    return "\n".join((line.number, line.label, line.old, line.new, line.reason, line.person))
