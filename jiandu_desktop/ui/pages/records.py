"""督导记录: every visit, those under way first to be gone on with; frozen ones are read, or reopened with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from jiandu_desktop.domain.visit import APPROACH_NAMES, TIMING_NAMES, Approach, Timing, VisitState
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.rows import VisitRow
from jiandu_desktop.services.rows_today import SyncState
from jiandu_desktop.ui.operations import reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.columns import school_column, score_words, visit_columns, visit_search
from jiandu_desktop.ui.pages.export_button import ExportButton
from jiandu_desktop.ui.pages.import_button import ImportButton
from jiandu_desktop.ui.pages.listing import Filter, ListPage
from jiandu_desktop.ui.pages.panel import Figure, add_title
from jiandu_desktop.ui.pages.words import day_words, sync_state, visit_state, weekday_words
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.progress import ProgressLine
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.text import Prose
from jiandu_desktop.ui.wizard.version_change import VersionMove

if TYPE_CHECKING:
    from jiandu_desktop.services.versions import Offer


class RecordsPage(ListPage):
    """All visits of this laptop and those that came by the shared folder."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, QCoreApplication.translate("RecordsPage", "督导记录"))
        self._view: reading.VisitsView | None = None
        self._today = desk.services.store.today()
        table = DataTable(
            "records",
            visit_columns(lambda: self._today, self._is_revised, school_column()),
            lambda row: row.visit.id,
            search=visit_search,
            faded=lambda row: self._is_revised(row.visit.id),
        )
        empty = EmptyState(
            self.tr("还没有督导记录"),
            self.tr("在“今日”里选一所学校，按 Enter 就开始第一次督导。"),
            icon="clipboard-list",
            primary=self.tr("去今日"),
        )
        empty.primary_clicked.connect(self._go_to_today)
        table.set_empty(empty)
        states = [(state.value, word) for state, word in self._state_words()]
        syncs = [(state.value, sync_state(state).word) for state in SyncState]
        filters = (
            Filter("state", self.tr("状态"), states, lambda row, value: row.visit.state.value == value),
            Filter("person", self.tr("督学"), (), lambda row, value: value in row.inspectors.split("、")),
            Filter("manner", self.tr("方式"), _manners(), _is_done_so),
            Filter("sync", self.tr("同步"), syncs, _is_synced),
        )
        self.build(table, self.tr("学校、任务、督学"), filters)
        table.sort_by("day", descending=True)
        self.title_row.addStretch(1)
        self.export_records = ExportButton(desk, self._chosen_visits)
        self.import_record = ImportButton(desk)
        self.title_row.addWidget(self.import_record)
        self.title_row.addWidget(self.export_records)
        self.panel = VisitPanel(desk)
        self.set_side(self.panel)
        self._rows = Query(desk.tasks, lambda: reading.read_visits(desk.services), self)
        self._rows.answered.connect(self._show)
        table.current_changed.connect(self._selected)
        table.view.selectionModel().selectionChanged.connect(self._count_chosen)
        table.activated.connect(self.panel.open_row)

    def refresh(self) -> None:
        self._rows.ask()

    def concerned(self, changes: Changes) -> bool:
        return bool(changes.visits or changes.documents or changes.sync or changes.schools or changes.checklists)

    def count_words(self, count: int) -> str:
        return self.tr("共 {count} 次").format(count=count)

    def _state_words(self) -> list[tuple[VisitState, str]]:
        return [
            (VisitState.DRAFT, self.tr("督导中")),
            (VisitState.AWAITING_SIGNATURE, self.tr("待签字")),
            (VisitState.FINISHED, self.tr("已完成")),
        ]

    def _is_revised(self, visit_id: str) -> bool:
        return self._view is not None and visit_id in self._view.revised

    @Slot(object)
    def _show(self, view: reading.VisitsView) -> None:
        self._view, self._today = view, view.today
        people = sorted({name for row in view.rows for name in row.inspectors.split("、") if name})
        self.set_choices("person", [(name, name) for name in people])
        self.set_rows(view.rows)

    @Slot(object)
    def _selected(self, row: VisitRow | None) -> None:
        may_reopen = (
            row is not None
            and self._view is not None
            and row.visit.state is not VisitState.DRAFT
            and row.visit.id in self._view.mine
            and row.visit.id not in self._view.revised
        )
        offer = self._view.offers.get(row.visit.id) if row is not None and self._view is not None else None
        self.panel.show_row(row, may_reopen, row is not None and self._is_revised(row.visit.id), offer)

    def _chosen_visits(self) -> list[str]:
        return [row.visit.id for row in self.table.selected_rows()]

    @Slot()
    def _count_chosen(self) -> None:
        count = len(self.table.selected_rows())
        self.export_records.setEnabled(count > 0)
        self.export_records.show_count(count)

    @Slot()
    def _go_to_today(self) -> None:
        self.desk.page_wanted.emit("today")


class VisitPanel(SidePanel):
    """The selected visit, and what can be done with it; a reason for reopening is asked for right here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._row: VisitRow | None = None
        self._may_reopen = False
        self._version = VersionMove(desk.services, desk.tasks, desk.messages, self)
        self.primary = Button("", kind="primary", hint="Enter")
        self.papers = Button(self.tr("打开文书"))
        self.reopen = Button(self.tr("重新打开"))
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.papers, 1)
        keys.addWidget(self.reopen, 1)
        self.reason_box = QWidget()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(self.tr("重新打开的理由"))
        self.reason.setAccessibleName(self.tr("重新打开的理由"))
        self.confirm = Button(self.tr("另成修订版"), kind="primary")
        self.cancel = Button(self.tr("取消"))
        self._why = Prose(
            self.tr("原记录和文书都保留；照原样另开一份可以改的修订版，定稿后取代它。请写明理由。"), 12, "text2"
        )
        self._lay_out_reason()
        self.foot.addWidget(self.reason_box)
        self.foot.addWidget(self.primary)
        self.foot.addLayout(keys)
        self.primary.clicked.connect(self._act)
        self.papers.clicked.connect(self._open_papers)
        self.reopen.clicked.connect(self.ask_reason)
        self.confirm.clicked.connect(self._reopen)
        self.cancel.clicked.connect(self._show_buttons)
        self.reason.returnPressed.connect(self._reopen)
        self.reason.textChanged.connect(self._reason_changed)
        self.show_row(None, False, False)

    def _lay_out_reason(self) -> None:
        column = QVBoxLayout(self.reason_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._why)
        column.addWidget(self.reason)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.confirm, 1)
        keys.addWidget(self.cancel)
        column.addLayout(keys)

    def show_row(self, row: VisitRow | None, may_reopen: bool, revised: bool, offer: Offer | None = None) -> None:
        """Another visit, or none."""
        same = row is not None and self._row is not None and row.visit.id == self._row.visit.id
        self._row, self._may_reopen = row, may_reopen
        self.clear()
        if not (same and self.reason_box.isVisible()):
            self.reason.clear()
            self._show_buttons()
        if row is None:
            return
        visit = row.visit
        draft = visit.state is VisitState.DRAFT
        self.primary.setText(self.tr("继续督导") if draft else self.tr("查看记录"))
        add_title(self, row.school, visit.task)
        day = visit.started_at.date()
        facts = [
            (self.tr("日期"), f"{visit.started_at:%Y}年{day_words(day)} {weekday_words(day)}"),
            (self.tr("督学"), row.inspectors),
            (self.tr("状态"), visit_state(visit, revised).word),
        ]
        if not draft:
            facts += [
                (self.tr("得分"), self.tr("{score} 分").format(score=score_words(visit)) if visit.score else ""),
                (self.tr("问题"), self._problem_words(row)),
                (self.tr("照片"), self.tr("{count} 张").format(count=row.photos) if row.photos else ""),
                (self.tr("文书"), self.tr("{count} 份").format(count=row.documents) if row.documents else ""),
                (self.tr("同步"), sync_state(row.sync_state).word),
            ]
        if visit.revises:
            words = self.tr("第 {number} 版：{reason}")
            facts.append((self.tr("修订"), words.format(number=visit.revision, reason=visit.revision_reason)))
        self.add_facts(facts)
        if draft and visit.item_total:
            self.add_line()
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addWidget(ProgressLine(visit.answered / visit.item_total), 1)
            line.addWidget(Figure(f"{visit.answered}/{visit.item_total}"))
            self.body.addLayout(line)
        if offer is not None:
            self.add_line()
            words = self.tr("本表单有新版本 {version}，这次督导仍用版本 {own}。")
            self.body.addWidget(Prose(words.format(version=offer.version, own=offer.own_version or "—")))
            link = Link(self.tr("改用新版本…"))
            link.clicked.connect(self._change_version)
            self.body.addWidget(link)

    @Slot()
    def _change_version(self) -> None:
        if self._row is not None:
            self._version.start(self._row.visit.id)

    @Slot(object)
    def open_row(self, row: VisitRow) -> None:
        """What Enter does: go on with it, or read it."""
        if row.visit.state is VisitState.DRAFT:
            self._desk.resume_wanted.emit(row.visit.id)
        else:
            self._desk.record_wanted.emit(row.visit.id)

    @Slot()
    def ask_reason(self) -> None:
        """Opens the line for the reason, in place of the buttons."""
        for button in (self.primary, self.papers, self.reopen):
            button.hide()
        self.reason_box.show()
        self._reason_changed()
        self.reason.setFocus()

    @Slot()
    def _show_buttons(self) -> None:
        self.reason_box.hide()
        self.primary.setVisible(self._row is not None)
        self.papers.setVisible(self._row is not None and self._row.documents > 0)
        self.reopen.setVisible(self._may_reopen)

    def _problem_words(self, row: VisitRow) -> str:
        if not row.problems:
            return self.tr("没有")
        if not row.open_problems:
            return self.tr("{count} 个，都已了结").format(count=row.problems)
        return self.tr("{count} 个，{open} 个未销号").format(count=row.problems, open=row.open_problems)

    @Slot()
    def _act(self) -> None:
        if self._row is not None:
            self.open_row(self._row)

    @Slot()
    def _open_papers(self) -> None:
        if self._row is not None:
            self._desk.papers_wanted.emit(self._row.visit.id)

    @Slot()
    def _reason_changed(self) -> None:
        self.confirm.setEnabled(bool(self.reason.text().strip()))

    @Slot()
    def _reopen(self) -> None:
        reason = self.reason.text().strip()
        if self._row is not None and reason:
            self._show_buttons()
            self._desk.reopen_wanted.emit(self._row.visit.id, reason)


def _is_synced(row: VisitRow, value: str) -> bool:
    return row.visit.state is not VisitState.DRAFT and row.sync_state.value == value


def _manners() -> list[tuple[str, str]]:
    """明察, 暗访, 定期, 随机, each by itself."""
    return [(each.value, APPROACH_NAMES[each]) for each in Approach] + [
        (each.value, TIMING_NAMES[each]) for each in Timing
    ]


def _is_done_so(row: VisitRow, value: str) -> bool:
    return value in (row.visit.approach.value, row.visit.timing.value)
