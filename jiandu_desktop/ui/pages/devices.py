"""电脑: the office's page of all computers of the county: whose, when last heard of, what waits; invite, shut out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Slot

from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.devices import DeviceLine
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.devices_panel import DevicePanel, InviteCard
from jiandu_desktop.ui.pages.words import moment_words
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.filters import SearchField
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import Page
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, State
from jiandu_desktop.ui.widgets.text import Label


@dataclass(frozen=True, slots=True)
class DevicesView:
    """Computers and whom one may invite."""

    now: datetime
    rows: tuple[DeviceLine, ...]
    people: tuple[Inspector, ...]


class DevicesPage(Page):
    """A table, the computer chosen at its side, and below it the way to let another one in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("DevicesPage", "电脑"))
        self._desk = desk
        self._now: datetime | None = None
        self._count = Label(tone="text2")
        self.title_row.addWidget(self._count)
        self.title_row.addStretch(1)
        self.search = SearchField(self.tr("督学、电脑编号"), "Ctrl+F")
        self.tools.addWidget(self.search, 1)
        self.table = DataTable(
            "devices", self._columns(), lambda row: row.device, search=lambda row: f"{row.person} {row.device}"
        )
        self.table.set_empty(EmptyState(self.tr("还没有电脑接入"), self.tr("先给督学发邀请。"), "laptop"))
        self.invite = InviteCard(desk)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.invite)
        self.panel = DevicePanel()
        self.set_side(self.panel)
        self._query = Query(desk.tasks, self._read, self)
        self._query.answered.connect(self._show)
        self.search.searched.connect(self.table.set_query)
        self.search.left_down.connect(self.table.focus)
        self.table.current_changed.connect(self._choose)
        self.panel.revoke_wanted.connect(self._ask)
        desk.relay.changed.connect(self._take_changes)

    def refresh(self) -> None:
        """Reads everything anew."""
        self._query.ask()

    def focus_search(self) -> None:
        self.search.setFocus()

    def _columns(self) -> list[Column]:
        return [
            Column(
                "person",
                self.tr("督学"),
                lambda row: row.person or self.tr("督导室"),
                kind="name",
                stretch=True,
                optional=False,
            ),
            Column("device", self.tr("电脑编号"), lambda row: row.device[:8], width=104, tone="text2"),
            Column(
                "state", self.tr("状态"), lambda row: self._state(row).word, kind="state", value=self._state, width=104
            ),
            Column("seen", self.tr("最近读到"), self._seen, sort=_last_seen, width=120),
            Column("version", self.tr("程序版本"), lambda row: row.app_version or "—", tone="text2", spare=2),
            Column(
                "missing",
                self.tr("缺文件"),
                lambda row: str(row.missing_blobs or "—"),
                kind="count",
                value=lambda row: row.missing_blobs,
                spare=1,
            ),
        ]

    def _state(self, row: DeviceLine) -> State:
        if row.revoked:
            return State("x", self.tr("已停用"), "text3")
        if row.office:
            return State("school", self.tr("督导室"))
        if not row.certified:
            return State("clock", self.tr("待确认"), "caution")
        return State("check", self.tr("在用"), "accent")

    def _seen(self, row: DeviceLine) -> str:
        return "—" if row.seen is None or self._now is None else moment_words(row.seen, self._now)

    def _read(self) -> DevicesView:
        services = self._desk.services
        return DevicesView(services.store.clock(), services.devices.rows(), services.devices.people())

    @Slot(object)
    def _show(self, view: DevicesView) -> None:
        self._now = view.now
        used = sum(not row.revoked and not row.office for row in view.rows)
        self._count.setText(self.tr("{} 台在用").format(used))
        self.table.set_rows(view.rows)
        self.invite.set_people(view.people)

    @Slot(object)
    def _choose(self, row: DeviceLine | None) -> None:
        if self._now is not None:
            self.panel.show_device(row, self._now)

    @Slot(object)
    def _ask(self, row: DeviceLine) -> None:
        def then(reason: str | None) -> None:
            if reason is not None:
                self.revoke(row.device, reason)

        self._desk.messages.ask_text(
            self.tr("停用 {} 的电脑，为什么？").format(row.person or row.device[:8]),
            then,
            self.tr("如遗失、离任、换新电脑。停用以后不再收它的记录，以前的照旧有效；下次同步各台电脑都会知道。"),
            word=self.tr("停用"),
        )

    def revoke(self, device: str, reason: str) -> None:
        """Shuts a computer out, with the reason that stays."""
        devices = self._desk.services.devices

        def work(progress: Progress) -> DeviceLine:
            del progress
            return devices.revoke(device, reason)

        self._desk.tasks.run(Lane.DATABASE, work, done=self._revoked, failed=self._desk.messages.error)

    @Slot(object)
    def _revoked(self, row: DeviceLine) -> None:
        self._desk.messages.toast(self.tr("{} 的电脑已停用").format(row.person or row.device[:8]))
        self.refresh()

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if self.isVisible() and (changes.settings or changes.sync):
            self.refresh()


def _last_seen(row: DeviceLine) -> float:
    return row.seen.timestamp() if row.seen is not None else 0.0
