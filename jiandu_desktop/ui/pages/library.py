"""资料: the checklists in force, and every clause and standard they rest on, found by words and pinyin initials."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.checklists import ChecklistRow
from jiandu_desktop.services.form_files import new_form
from jiandu_desktop.ui.dialogs.own_phrases import OwnPhrasesDialog
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.operations import reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.operations.reading import Clause
from jiandu_desktop.ui.pages.add_checklists import AddChecklistsButton
from jiandu_desktop.ui.pages.listing import Filter, ListPage
from jiandu_desktop.ui.pages.panel import add_title
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, State
from jiandu_desktop.ui.widgets.text import Label, Prose

ROWS_SHOWN = 4
"""Checklists seen without scrolling; a county uses a handful."""


class LibraryPage(ListPage):
    """Above the checklists, below their clauses; a chosen checklist shows only its own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("LibraryPage", "资料"))
        table = DataTable("clauses", self._clause_columns(), _key, search=lambda clause: clause.haystack)
        self._empty = EmptyState(
            self.tr("还没有表单"),
            self.tr("督导表单由督导室发布。点“同步”，就能收到表单和它们依据的条款。"),
            icon="book-open",
            primary=self.tr("去同步"),
        )
        self._empty.primary_clicked.connect(self._go_to_sync)
        table.set_empty(self._empty)
        filters = (Filter("checklist", self.tr("表单"), (), lambda row, value: row.row.checklist == value),)
        self.build(table, self.tr("条款、标准、题目，可用拼音首字母"), filters)
        self._totals = Label(tone="text2")
        self.title_row.addWidget(self._totals)
        self.title_row.addStretch(1)
        self.new = Button(self.tr("新建表单"), icon="plus")
        self.check = Button(self.tr("检查表单"), icon="list-checks")
        self.phrases = Button(self.tr("常用话语"), icon="message-square-text")
        self.phrases.setToolTip(self.tr("自己存的常用话语，可以删除"))
        self.add = AddChecklistsButton(desk)
        self.add.hide()
        self.check.setToolTip(self.tr("选一个工作簿，或把它拖到这一页上"))
        self.title_row.addWidget(self.phrases)
        self.title_row.addWidget(self.new)
        self.title_row.addWidget(self.check)
        self.title_row.addWidget(self.add)
        self.phrases.clicked.connect(self.show_own_phrases)
        self.new.clicked.connect(self._choose_new)
        self.check.clicked.connect(self._choose_check)
        self.setAcceptDrops(True)
        self.checklists = DataTable("checklists", self._checklist_columns(), lambda row: row.form_id)
        self.checklists.set_empty(EmptyState(self.tr("还没有表单"), icon="book-open"))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.checklists)
        self.panel = ClausePanel()
        self.set_side(self.panel)
        self._rows = Query(desk.tasks, lambda: reading.read_library(desk.services), self)
        self._rows.answered.connect(self._show)
        self.checklists.activated.connect(self._choose)
        self.checklists.view.clicked.connect(self._clicked)
        table.current_changed.connect(self.panel.show_clause)
        self.take_theme()
        theme().changed.connect(self.take_theme)

    def refresh(self) -> None:
        self._rows.ask()

    def concerned(self, changes: Changes) -> bool:
        return changes.checklists

    def count_words(self, count: int) -> str:
        return self.tr("{count} 条").format(count=count)

    @Slot()
    def take_theme(self) -> None:
        tokens = theme().tokens
        rows = min(max(1, self.checklists.model.rowCount()), ROWS_SHOWN)
        self.checklists.setFixedHeight(tokens.table_head + rows * tokens.table_row + 4)

    def _checklist_columns(self) -> list[Column]:
        return [
            Column("title", self.tr("表单"), lambda row: row.title, kind="name", stretch=True, optional=False),
            Column("version", self.tr("版本"), lambda row: row.version, width=110, tone="text2"),
            Column(
                "items",
                self.tr("题数"),
                lambda row: str(row.items),
                kind="number",
                sort=lambda row: row.items,
                width=70,
            ),
            Column("added", self.tr("收到"), lambda row: f"{row.added_at:%Y-%m-%d}", width=120, tone="text2"),
            Column(
                "here",
                self.tr("状态"),
                lambda row: self._here(row).word,
                kind="state",
                value=self._here,
                width=130,
            ),
        ]

    def _here(self, row: ChecklistRow) -> State:
        if row.here:
            return State("check", self.tr("可以使用"))
        return State("clock", self.tr("等待同步"), "caution")

    def _clause_columns(self) -> list[Column]:
        return [
            Column("number", self.tr("题号"), lambda clause: clause.row.number, width=62, tone="text2", sort=_order),
            Column(
                "label",
                self.tr("内容"),
                lambda clause: clause.row.label,
                kind="sentence",
                stretch=True,
                optional=False,
            ),
            Column("basis", self.tr("依据"), lambda clause: clause.row.basis, width=270, tone="text2", spare=1),
            Column("checklist", self.tr("表单"), lambda clause: clause.row.checklist, width=180, tone="text2", spare=3),
            Column("section", self.tr("章节"), lambda clause: clause.row.section, width=160, hidden=True, spare=4),
        ]

    @Slot(object)
    def _show(self, view: reading.LibraryView) -> None:
        self.add.setVisible(view.is_office)
        words = self.tr("{forms} 份表单，{clauses} 条依据和标准")
        self._totals.setText(words.format(forms=len(view.checklists), clauses=len(view.clauses)))
        self.checklists.set_rows(view.checklists)
        self.take_theme()
        self.set_choices("checklist", [(row.title, row.title) for row in view.checklists])
        self.set_rows(view.clauses)

    @Slot(object)
    def _choose(self, row: ChecklistRow) -> None:
        """Shows the items of a checklist only; 清除 shows all again."""
        self.filter("checklist").set_value(row.title)
        self.refilter()

    @Slot()
    def _clicked(self) -> None:
        row = self.checklists.current_row()
        if row is not None:
            self._choose(row)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _workbook(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _workbook(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.check_file(path)

    @Slot()
    def show_own_phrases(self) -> OwnPhrasesDialog:
        """What the inspector added to the checklists' wordings."""
        titles = {row.form_id: row.title for row in self.checklists.rows()}
        dialog = OwnPhrasesDialog(self.desk, titles, self)
        dialog.open()
        return dialog

    def check_file(self, path: Path) -> None:
        """Shows what is to be put right in this workbook."""
        self.desk.form_check_wanted.emit(str(path))

    def new_file(self, path: Path) -> None:
        """Writes a workbook to start from, and shows it."""
        today = self.desk.services.store.today()

        def work(progress: Progress) -> Path:
            progress.check()
            return new_form(path, today=today)

        self.desk.tasks.run(Lane.POOL, work, done=self._made, failed=self.desk.messages.error)

    @Slot(object)
    def _made(self, path: Path) -> None:
        self.desk.messages.toast(self.tr("已写好 {name}，打开工作簿就可以改").format(name=path.name))
        self.check_file(path)

    @Slot()
    def _choose_check(self) -> None:
        kind = self.tr("Excel 工作簿 (*.xlsx *.xlsm)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("检查表单"), "", kind)
        if chosen:
            self.check_file(Path(chosen))

    @Slot()
    def _choose_new(self) -> None:
        kind = self.tr("Excel 工作簿 (*.xlsx)")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("新建表单"), self.tr("新的督导表单.xlsx"), kind)
        if chosen:
            self.new_file(Path(chosen))

    @Slot()
    def _go_to_sync(self) -> None:
        self.desk.page_wanted.emit("sync")


class ClausePanel(SidePanel):
    """The whole text of one clause."""

    def __init__(self) -> None:
        super().__init__(324)

    @Slot(object)
    def show_clause(self, clause: Clause | None) -> None:
        """Another clause, or none."""
        self.clear()
        if clause is None:
            return
        row = clause.row
        add_title(self, f"{row.number} {row.label}".strip(), join((row.checklist, row.section)))
        for heading, text in ((self.tr("依据"), row.basis), (self.tr("标准"), row.standard)):
            if text:
                self.add_line()
                self.add_heading(heading)
                self.body.addWidget(Prose(text))


def _workbook(dragged: QMimeData) -> Path | None:
    """The one workbook that is dragged; None for anything else."""
    paths = [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in (".xlsx", ".xlsm") else None


def _key(clause: Clause) -> tuple[str, str, str]:
    return clause.row.checklist, clause.row.number, clause.row.label


def _order(clause: Clause) -> tuple[str, tuple[int, ...]]:
    """2.10 stands after 2.9, checklist by checklist."""
    return clause.row.checklist, tuple(int(part) for part in clause.row.number.split(".") if part.isdigit())
