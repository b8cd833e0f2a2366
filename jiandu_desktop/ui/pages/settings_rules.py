"""办理规则 in 设置: limits, what presses when, holidays; the office changes them by workbook, a laptop reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import ESCALATION_NAMES
from jiandu_desktop.domain.problem.escalation import CAUSE_NAMES
from jiandu_desktop.domain.problem.rules import LIMITS
from jiandu_desktop.domain.working_days import HolidayList
from jiandu_desktop.services.life_rules import RuleBook
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.pages.settings_doing import Doing
from jiandu_desktop.ui.pages.settings_form import FormCard, Section
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.text import Label, Prose

_KNOWN = "(*.xlsx *.csv)"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """The rules and holidays in force; `is_office` that they can be changed here."""

    book: RuleBook
    holidays: HolidayList
    is_office: bool


def read_rules(services: Services) -> RulesView:
    """What the section shows."""
    return RulesView(
        book=services.rules.read(),
        holidays=services.deadlines.holidays(),
        is_office=services.profile.current().role == "office",
    )


class RulesSection(Section):
    """Tables to be read; with the office's own data, keys that write and read the workbook."""

    changed = Signal()

    def __init__(self, services: Services, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._services = services
        self._doing = Doing(tasks, messages, self)
        self.notice = self._doing.notice
        self._doing.done.connect(self.changed)
        self.export = Button(self.tr("导出规则…"), icon="download")
        self.take = Button(self.tr("导入规则…"), icon="upload")
        self.holidays = Button(self.tr("导入放假安排…"), icon="calendar")
        self._keys = FormCard(self.tr("修改规则"))
        self._keys.add_row(
            self.tr("工作簿"),
            (self.export, self.take),
            self.tr("先导出，改“取值”或增删行，再导入；逐行检查，有一处不对就全部不改。发布后各台电脑都按它办。"),
        )
        self._keys.add_row(
            self.tr("放假和调休"), self.holidays, self.tr("每行一个日期，类型写“休息”或“上班”；没有写到的日子照旧。")
        )
        self._limits, self._pressing, self._days = (
            FormCard(self.tr("办理期限")),
            FormCard(self.tr("督促规则")),
            FormCard(self.tr("放假和调休")),
        )
        self._tables = {card: _table(card) for card in (self._limits, self._pressing, self._days)}
        for widget in (self.notice, self._keys, self._limits, self._pressing, self._days):
            self.add(widget)
        self._keys.hide()
        self.export.clicked.connect(self._export)
        self.take.clicked.connect(self._import)
        self.holidays.clicked.connect(self._import_holidays)

    @Slot(object)
    def show_rules(self, view: RulesView) -> None:
        """The rules in force."""
        self._keys.setVisible(view.is_office)
        yes_no = {True: self.tr("是"), False: self.tr("否")}
        lines = []
        for limit in LIMITS:
            value = getattr(view.book.limits, limit.name)
            lines.append((limit.title, yes_no[value] if isinstance(value, bool) else str(value), limit.meaning))
        self._fill(self._limits, lines, self._whose(view.book.own_limits))
        pressing = [
            (CAUSE_NAMES[rule.cause], str(rule.at_least), ESCALATION_NAMES[rule.level])
            for rule in view.book.escalations
        ]
        self._fill(self._pressing, pressing, self._whose(view.book.own_escalations))
        years = sorted({day.year for day in view.holidays.off})
        counts = [
            (
                self.tr("{year} 年").format(year=year),
                self.tr("休 {count} 天").format(count=sum(day.year == year for day in view.holidays.off)),
                self.tr("调休上班 {count} 天").format(count=sum(day.year == year for day in view.holidays.worked)),
            )
            for year in years
        ]
        self._fill(self._days, counts, self.tr("没有列出的年份只按周末算。以国务院办公厅当年通知和本地文件为准。"))

    def _whose(self, own: bool) -> str:
        return self.tr("由督导室设定。") if own else self.tr("随程序带的默认值，督导室可以修改。")

    def _fill(self, card: FormCard, lines: list[tuple[str, str, str]], note: str) -> None:
        grid, words = self._tables[card]
        while (item := grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                label = Label(cell, tone="text2" if column == 2 else "")
                label.setWordWrap(column == 2)
                grid.addWidget(label, row, column)
        words.set_text(note)

    @Slot()
    def _export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("导出规则"), self.tr("办理规则.xlsx"), "(*.xlsx)")
        if chosen:
            self._doing.run(
                lambda: self._services.rules.export(Path(chosen)), self.tr("已导出 {}").format(Path(chosen).name)
            )

    @Slot()
    def _import(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("导入规则"), "", _KNOWN)
        if chosen:
            self.import_rules(Path(chosen))

    @Slot()
    def _import_holidays(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("导入放假安排"), "", _KNOWN)
        if chosen:
            self.import_holidays(Path(chosen))

    def import_rules(self, path: Path) -> None:
        """Puts the rules of a workbook in force, or says what keeps it from that."""
        self._doing.run(lambda: self._services.rules.import_file(path), self.tr("规则已生效，发布后各台电脑都按它办"))

    def import_holidays(self, path: Path) -> None:
        """The same for a list of holidays."""
        self._doing.run(lambda: self._services.deadlines.import_holidays(path), self.tr("放假安排已生效"))


def _table(card: FormCard) -> tuple[QGridLayout, Prose]:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 1)
    words = Prose("", size=12, tone="text2")
    column.addLayout(grid)
    column.addWidget(words)
    card.column.addWidget(inner)
    return grid, words
