"""送出, 收到, 回执: the lists of 同步, each a heading and lines with a mark at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.services.exchange import SyncOverview, SyncReport
from jiandu_desktop.services.rows_today import SyncState
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.pages.words import moment_words, sync_state
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Hairline, Label

_EDGE = 19
FEW_RECEIPTS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what, how much, a code, and the state with its mark."""

    name: str
    text: str
    code: str
    icon: str
    state: str
    tone: str
    tip: str = ""


class SyncLists(QFrame):
    """One card that scrolls; groups without a line vanish, but 送出 says that nothing waits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._overview: SyncOverview | None = None
        self._now: datetime | None = None
        self._report: SyncReport | None = None
        self._all = False
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(self.tr("等待和到达的记录"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._scroll)
        self.lines: dict[str, list[Line]] = {}

    def show_overview(self, overview: SyncOverview, now: datetime) -> None:
        """What waits and what was done."""
        self._overview, self._now = overview, now
        self._lay()

    def show_report(self, report: SyncReport) -> None:
        """What the last round brought."""
        self._report = report
        self._lay()

    @Slot()
    def show_all_receipts(self) -> None:
        self._all = True
        self._lay()

    def _lay(self) -> None:
        if self._overview is None or self._now is None:
            return
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.lines = {"waiting": self._waiting(), "arrived": self._arrived(), "receipts": self._receipts()}
        note = self.tr("督导室读回并核对一致，才显示“已核对”")
        column.addWidget(_Head(self.tr("送出"), note))
        if not self.lines["waiting"]:
            column.addWidget(_Row(Line("", self.tr("没有待确认的记录"), "", "", "", "text2")))
        names = max((paint.text_width(line.name) for line in self.lines["waiting"]), default=0.0)
        for line in self.lines["waiting"]:
            column.addWidget(_Row(line, names))
        if self.lines["arrived"]:
            column.addWidget(Hairline())
            column.addWidget(_Head(self.tr("收到"), ""))
            for line in self.lines["arrived"]:
                column.addWidget(_Row(line))
        if self.lines["receipts"]:
            total = len(self._overview.receipts)
            more = self.tr("全部回执") if total > len(self.lines["receipts"]) else ""
            head = _Head(self.tr("回执"), "", more)
            head.followed.connect(self.show_all_receipts)
            column.addWidget(Hairline())
            column.addWidget(head)
            for line in self.lines["receipts"]:
                column.addWidget(_Row(line, low=True))
        column.addSpacing(6)
        column.addStretch(1)
        self._scroll.setWidget(inner)

    def _waiting(self) -> list[Line]:
        assert self._overview is not None
        tips = {
            SyncState.KEPT: self.tr("本机已保存，等待上传"),
            SyncState.IN_FOLDER: self.tr("已放入共享文件夹，等督导室读回确认"),
            SyncState.CONFIRMED: self.tr("督导室已读回并确认"),
        }
        lines = []
        for each in self._overview.waiting:
            state = sync_state(each.state)
            parts = [
                self.tr("1 份记录"),
                self.tr("{} 张照片").format(each.photos) if each.photos else "",
                self.tr("{} 份文书").format(each.documents) if each.documents else "",
            ]
            text = "、".join(part for part in parts if part)
            text = f"{text}・{self._why(each.state)}"
            tip = f"{each.school}・{each.task}\n{tips[each.state]}"
            lines.append(Line(each.school, text, "", state.mark, state.word, state.tone, tip))
        return lines

    def _why(self, state: SyncState) -> str:
        """What a record that is not confirmed waits for."""
        assert self._overview is not None
        if state is SyncState.IN_FOLDER:
            return self.tr("等督导室读回")
        last = self._overview.receipts[0] if self._overview.receipts else None
        if last is not None and not last.complete:
            return self.tr("上次没有放完，再同步一次")
        return self.tr("在本机，等下次同步")

    def _arrived(self) -> list[Line]:
        report = self._report
        if report is None:
            return []
        plan = [
            self.tr("{} 项任务").format(report.arrived_assignments) if report.arrived_assignments else "",
            self.tr("{} 所学校").format(report.arrived_schools) if report.arrived_schools else "",
            self.tr("{} 份表单").format(report.arrived_checklists) if report.arrived_checklists else "",
        ]
        others = [
            self.tr("其他督学的 {} 份记录").format(report.arrived_visits) if report.arrived_visits else "",
            self.tr("{} 个问题").format(report.arrived_problems) if report.arrived_problems else "",
        ]
        groups = ((self.tr("督导任务"), plan), (self.tr("记录和问题"), others))
        word = self.tr("已核对")
        return [
            Line(name, "、".join(part for part in parts if part), "", "check", word, "accent")
            for name, parts in groups
            if any(parts)
        ]

    def _receipts(self) -> list[Line]:
        assert self._overview is not None
        assert self._now is not None
        shown = self._overview.receipts if self._all else self._overview.receipts[:FEW_RECEIPTS]
        lines = []
        for each in shown:
            done = ("check", self.tr("已核对"), "accent")
            icon, word, tone = done if each.complete else ("triangle-alert", self.tr("未完成"), "caution")
            text = each.text.rstrip("。")
            lines.append(Line(moment_words(each.at, self._now), text, each.code, icon, word, tone, each.text))
        return lines


class _Head(QWidget):
    followed = Signal()

    def __init__(self, title: str, note: str, link: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        row.addWidget(Label(title, role="strong"))
        row.addStretch(1)
        if note:
            row.addWidget(Label(note, role="meta"))
        if link:
            more = Link(link, size=SIZE_META)
            more.clicked.connect(self.followed)
            row.addWidget(more)
        self.setFixedHeight(theme().px(43))


class _Row(Painted):
    """Name at the left, words beside it, state at the right; names elide in their middle."""

    def __init__(self, line: Line, names: float = 0.0, low: bool = False) -> None:
        super().__init__()
        self._line, self._names, self._low = line, names, low
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = " ".join(part for part in (line.name, line.text, line.code, line.state) if part)
        self.setAccessibleName(said)
        self.setToolTip(line.tip or said)

    def sizeHint(self) -> QSize:
        return QSize(self.px(320), self.px(37 if self._low else 41))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        line, area = self._line, self.area()
        paint.hairline(painter, _EDGE, self.width() - _EDGE, 0)
        right = float(self.width() - _EDGE)
        if line.state:
            width = paint.text_width(line.state, SIZE_TEXT)
            state = QRectF(right - width - 1, 0, width + 1, area.height())
            paint.text(painter, state, line.state, line.tone)
            icon = float(self.px(16))
            paint.icon(painter, line.icon, right - width - icon - 8, area.center().y(), icon, line.tone)
            right -= self.px(92)
        if line.code:
            code = QRectF(right - self.px(76), 0, self.px(64), area.height())
            paint.text(painter, code, line.code, "text2", SIZE_META, align="right")
            right -= self.px(84)
        left = float(_EDGE)
        if line.name:
            # Names of one list share a column, of at most half the line, so that what follows stands in line.
            width = min(max(self._names + 20, self.px(126)), (right - left) * 0.5)
            paint.text(painter, QRectF(left, 0, width - 16, area.height()), line.name, middle=True)
            left += width
        rest = QRectF(left, 0, right - left - 8, area.height())
        paint.text(painter, rest, line.text, "text2")
        painter.end()
