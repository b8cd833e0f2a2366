"""统计: figures nobody types, for a week, a month, a term, a year or days of one's own; as a table and as a chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QFileDialog

from jiandu_desktop.domain.counters import CountRow, Counts, GroupBy
from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.periods import PERIOD_NAMES, Period, period_of
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.counting import GROUP_NAMES, CountTable, figures, shown
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.counters_chart import CountChart, Figure, FigureStrip, Group
from jiandu_desktop.ui.pages.view_tabs import Tab, ViewTabs
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import Page
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column
from jiandu_desktop.ui.widgets.text import Label

PROBLEMS, VISITS = "problems", "visits"
_TOLD = ("督导次数", "学校数", "督学人次", "新发现", "已销号", "期末未销号", "其中逾期", "办结天数", "按期办结率")
_GROUPINGS = (GroupBy.MONTH, GroupBy.WEEK, GroupBy.AREA, GroupBy.INSPECTOR)


class CountersPage(Page):
    """Periods above, the whole period's figures, then a chart and a table by what was chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("CountersPage", "统计"))
        self.desk = desk
        self._today = desk.services.store.today()
        self._table: CountTable | None = None
        self.period = Segmented([(each.value, PERIOD_NAMES[each]) for each in Period], Period.TERM.value)
        self.period.setAccessibleName(self.tr("统计的时段"))
        self.first, self.last = DateField(self._today, ahead=False), DateField(self._today, ahead=False)
        self.first.setAccessibleName(self.tr("第一天"))
        self.last.setAccessibleName(self.tr("最后一天"))
        self.save = Button(self.tr("导出"), icon="download")
        self.save.setToolTip(self.tr("写成 Excel 工作簿，按周、按月、按责任区、按督学各一张表"))
        self.balance = Button(self.tr("优质均衡指标"), icon="grid-3x3")
        self.balance.setToolTip(self.tr("各校七项资源配置指标、全县差异系数和还差多少"))
        self.report = Button(self.tr("督导报告…"), icon="file-text")
        self.report.setToolTip(self.tr("把这段时间的督导写成报告：图表、主要问题、附表、照片，也可以出公示版"))
        self.groups = ViewTabs()
        self.groups.setAccessibleName(self.tr("怎么分"))
        self.strip = FigureStrip()
        self.chart = CountChart()
        self.measure = Segmented([(PROBLEMS, self.tr("问题")), (VISITS, self.tr("督导"))], PROBLEMS)
        self.measure.setAccessibleName(self.tr("图上画什么"))
        self.table = DataTable("counters", _columns(lambda: self._table), lambda row: row.key)
        self.table.set_empty(EmptyState(self.tr("这段时间没有督导，也没有问题"), icon="clipboard-list"))
        self._lay_out()
        self.groups.set_tabs([Tab(by.value, GROUP_NAMES[by]) for by in _GROUPINGS])
        self._query = Query(desk.tasks, desk.services.counting.table, self)
        self._connect()
        self._choose_period(self.period.value())

    def refresh(self) -> None:
        self._today = self.desk.services.store.today()
        if Period(self.period.value()) is not Period.OWN:
            self._show_days(*period_of(Period(self.period.value()), self._today))
        self._ask()

    @Slot(object)
    def take_changes(self, changes: Changes) -> None:
        if self.isVisible() and bool(changes.visits or changes.problems or changes.documents or changes.schools):
            self._ask()

    def export_to(self, path: Path) -> None:
        """Writes every grouping of the period shown."""
        counting, days = self.desk.services.counting, self._days()
        if days is None:
            return

        def work(progress: Progress) -> Path:
            progress.check()
            counting.write(path, *days)
            return path

        self.desk.tasks.run(Lane.DATABASE, work, done=self._exported, failed=self.desk.messages.error)

    def _lay_out(self) -> None:
        self.title_row.addStretch(1)
        self.title_row.addWidget(self.balance)
        self.title_row.addWidget(self.report)
        self.title_row.addWidget(self.save)
        for widget in (self.period, self.first, Label(self.tr("至"), tone="text2"), self.last):
            self.tools.addWidget(widget)
        self.tools.addStretch(1)
        self.tools.addWidget(self.measure)
        for field in (self.first, self.last):
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("2026-11-21") + 56)
        for part in (self.strip, self.groups, self.chart):
            self.content.addWidget(part)
        self.content.addWidget(self.table, 1)
        self.content.setSpacing(12)
        lead_focus(self, self.period)

    def _connect(self) -> None:
        self._query.answered.connect(self._show)
        self.period.chosen.connect(self._choose_period)
        self.groups.chosen.connect(self._ask)
        self.measure.chosen.connect(self._draw)
        self.first.day_changed.connect(self._own_days)
        self.last.day_changed.connect(self._own_days)
        self.save.clicked.connect(self._choose_file)
        self.report.clicked.connect(self._write_report)
        self.balance.clicked.connect(self.desk.indicators_wanted)
        self.desk.relay.changed.connect(self.take_changes)

    @Slot()
    def _write_report(self) -> None:
        """About the days that are shown."""
        days = self._days()
        if days is not None:
            first, last = days
            wish = LetterWish(kind=DocumentKind.INSPECTION_REPORT, first=first, last=min(last, self._today))
            self.desk.letter_wanted.emit(wish)

    @Slot(str)
    def _choose_period(self, value: str) -> None:
        if Period(value) is Period.OWN:
            self.first.setFocus()
            return
        self._show_days(*period_of(Period(value), self._today))
        self._ask()

    def _show_days(self, first: date, last: date) -> None:
        self.first.set_day(first)
        self.last.set_day(last)

    @Slot(object)
    def _own_days(self, day: date | None) -> None:
        """Days that somebody typed are a period of its own."""
        del day
        self.period.set_value(Period.OWN.value)
        self._ask()

    def _days(self) -> tuple[date, date] | None:
        first, last = self.first.day(), self.last.day()
        return (first, last) if first is not None and last is not None and first <= last else None

    @Slot()
    def _ask(self) -> None:
        days = self._days()
        self.save.setEnabled(days is not None)
        if days is not None:
            self._query.ask(*days, GroupBy(self.groups.value()))

    @Slot(object)
    def _show(self, table: CountTable) -> None:
        self._table = table
        whole = dict(figures(table.whole.counts))
        late = bool(whole["其中逾期"])
        self.strip.set_figures(
            [
                Figure(title, shown(title, whole[title]), "red" if late and title == "其中逾期" else "text")
                for title in _TOLD
            ]
        )
        self.table.set_rows(table.rows)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        table = self._table
        if table is None:
            return
        if self.measure.value() == PROBLEMS:
            legend = (self.tr("新发现的问题"), self.tr("已销号（含当场改）"))
            pairs = [(row.counts.found, row.counts.closed) for row in table.rows]
        else:
            legend = (self.tr("督学人次"), self.tr("督导次数"))
            pairs = [(row.counts.person_times, row.counts.visits) for row in table.rows]
        names = [table.name(row) for row in table.rows]
        self.chart.set_groups([Group(name, *pair) for name, pair in zip(names, pairs, strict=True)], legend)

    @Slot()
    def _choose_file(self) -> None:
        days = self._days()
        if days is None:
            return
        words = self.tr("督导统计 {first} 至 {last}.xlsx").format(first=days[0], last=days[1])
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出统计"), words, self.tr("Excel 工作簿 (*.xlsx)"))
        if chosen:
            self.export_to(Path(chosen))

    @Slot(object)
    def _exported(self, path: Path) -> None:
        self.desk.messages.toast(self.tr("统计已写到 {name}").format(name=path.name))


def _columns(table: Callable[[], CountTable | None]) -> list[Column]:
    """One column per figure; the kinds of documents can be shown one by one."""
    tr = QCoreApplication.translate

    def name(row: CountRow) -> str:
        known = table()
        return row.key if known is None else known.name(row)

    def documents(row: CountRow) -> int:
        return sum(row.counts.documents.values())

    columns = [
        Column(
            "name", tr("CountersPage", "分组"), name, kind="name", stretch=True, sort=lambda r: r.key, optional=False
        )
    ]
    columns += [_figure(title, place) for place, title in enumerate(_titles())]
    columns.append(_counted("documents", tr("CountersPage", "文书"), documents))
    columns += [_counted(kind.value, DOCUMENT_KIND_NAMES[kind], _of_kind(kind), True) for kind in DocumentKind]
    return columns


def _of_kind(kind: DocumentKind) -> Callable[[CountRow], int]:
    return lambda row: row.counts.documents.get(kind, 0)


def _titles() -> list[str]:
    return [title for title, _ in figures(Counts())]


def _figure(title: str, place: int) -> Column:
    def value(row: CountRow) -> Any:
        return figures(row.counts)[place][1]

    return Column(
        f"figure-{place}",
        title,
        lambda row: shown(title, value(row)),
        kind="number",
        sort=lambda row: -1 if value(row) is None else value(row),
        width=84,
        spare=max(0, place - 1) if title not in _TOLD else 0,
        hidden=title in ("听课节数", "座谈场次", "访谈人数"),
    )


def _counted(key: str, title: str, value: Callable[[CountRow], int], hidden: bool = False) -> Column:
    return Column(
        f"documents-{key}",
        title,
        lambda row: str(value(row)),
        kind="number",
        sort=value,
        width=84,
        spare=20,
        hidden=hidden,
    )
