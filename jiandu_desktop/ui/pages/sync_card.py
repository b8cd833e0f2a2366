"""The card at the head of 同步: at rest what waits and the button; under way the stages, the time, and 取消."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.progress import Step
from jiandu_desktop.services.exchange import SyncReport
from jiandu_desktop.services.stages import SyncStage, counts_bytes, stage_of
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.progress import SyncStageBar
from jiandu_desktop.ui.widgets.text import Label, Prose

GUESS_AFTER_MS = 3000
"""How long bytes must have flowed before a guess at the rest is worth saying."""


class SyncCard(Card):
    """Says where a round is."""

    start_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._disc = _Disc()
        self.heading = Label(role="heading")
        self.line = Prose(tone="text2")
        self.start = Button(self.tr("开始同步"), "primary", "refresh-cw", "Ctrl+Enter")
        self.cancel = Button(self.tr("取消"))
        self.cancel.setMinimumWidth(80)
        self.bar = SyncStageBar((self.tr("打包"), self.tr("上传"), self.tr("收取"), self.tr("归档")))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.line)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._disc)
        row.addLayout(words, 1)
        row.addWidget(self.start)
        row.addWidget(self.cancel)
        self.column.setContentsMargins(19, 15, 19, 13)
        self.column.addLayout(row)
        self.column.addSpacing(4)
        self.column.addWidget(self.bar)
        self.start.clicked.connect(self.start_wanted)
        self.cancel.clicked.connect(self._stop)
        self._since = QElapsedTimer()
        self._notes = [""] * len(SyncStage)
        self._stage = SyncStage.PACKING
        self.show_rest(0, "")

    def show_rest(self, waiting: int, folder: str) -> None:
        """Nothing is under way."""
        self._show_buttons(running=False)
        self.bar.hide()
        self.start.setEnabled(bool(folder))
        if not folder:
            self._say("folder", self.tr("先选共享文件夹"), self.tr("督导室的共享文件夹、网盘文件夹或U盘都可以。"))
        elif waiting:
            heading = self.tr("{} 份记录还没有得到督导室确认").format(waiting)
            self._say("upload", heading, self.tr("记录都在本机，断网也不会丢；连上共享文件夹后同步即可。"))
        else:
            self._say("check", self.tr("没有待送出的记录"), self.tr("同步可以收取新任务和其他督学的记录。"))

    def show_started(self) -> None:
        """A round begins."""
        self._notes = ["", "", "", ""]
        self._stage = SyncStage.PACKING
        self._show_buttons(running=True)
        self.bar.show()
        self.bar.set_stage(0)
        self._say("refresh-cw", self.tr("正在查看共享文件夹"), self._comfort())

    def show_step(self, step: Step) -> None:
        """How far the round is."""
        stage = stage_of(step)
        if stage is None:
            return
        if stage is not self._stage or not self._since.isValid():
            self._since.start()
        # A second look for what the office asked for again does not turn the bar back.
        self._stage = max(self._stage, stage)
        share = step.done / step.total if step.total else 0.0
        amount = self._amount(step)
        self._notes[self._stage] = amount
        self.bar.set_stage(self._stage, share, self._notes)
        headings = {
            SyncStage.PACKING: self.tr("正在查看共享文件夹"),
            SyncStage.SENDING: self.tr("正在上传，每份放入后读回核对"),
            SyncStage.RECEIVING: self.tr("正在收取新任务和记录"),
            SyncStage.FILING: self.tr("正在整理督导文书目录"),
        }
        icon = "upload" if self._stage is SyncStage.SENDING else "download"
        self._say(icon, headings[self._stage], self._guess(step) + self._comfort())

    def show_done(self, report: SyncReport) -> None:
        """A round has ended; its sentence was counted after reading back."""
        self._show_buttons(running=False)
        self.bar.show()
        if report.trouble:
            self.bar.set_stage(self._stage, 0.0, self._notes)
            self._say("triangle-alert", self.tr("同步没有全部完成"), report.sentence())
            return
        notes = [note.rpartition("/")[2].strip() for note in self._notes]
        self.bar.set_stage(len(SyncStage), 1.0, notes)
        sent = report.sent_visits or report.sent_photos or report.sent_documents
        heading = self.tr("已放入共享文件夹，读回一致") if sent else self.tr("已核对一致")
        self._say("check", heading, report.sentence())

    def show_stopped(self, by_user: bool) -> None:
        """A round was called off, or something stood in its way."""
        self._show_buttons(running=False)
        self.bar.hide()
        heading = self.tr("已取消同步") if by_user else self.tr("同步没有完成")
        self._say("clock", heading, self.tr("已放入的不会重复，没放入的都在本机，随时可以再同步。"))

    def _say(self, icon: str, heading: str, line: str) -> None:
        self._disc.set_icon(icon)
        self.heading.setText(heading)
        self.line.set_text(line)

    def _show_buttons(self, *, running: bool) -> None:
        self.start.setVisible(not running)
        self.cancel.setVisible(running)
        self.cancel.setEnabled(True)
        self.cancel.setText(self.tr("取消"))

    def _comfort(self) -> str:
        return self.tr("您可以继续督导，断网也不会丢。")

    def _amount(self, step: Step) -> str:
        if not step.total:
            return ""
        if counts_bytes(step):
            return f"{megabytes(step.done)} / {megabytes(step.total)}"
        return self.tr("{done} / {total} 份").format(done=step.done, total=step.total)

    def _guess(self, step: Step) -> str:
        """每秒 2.1 MB，大约还要 2 分钟, once there is something to judge by."""
        passed = self._since.elapsed()
        if not counts_bytes(step) or passed < GUESS_AFTER_MS or not 0 < step.done < step.total:
            return ""
        speed = self.tr("每秒 {} MB，").format(f"{step.done / (passed / 1000) / (1 << 20):.1f}")
        seconds = passed / 1000 * (step.total - step.done) / step.done
        if seconds < 60:
            return speed + self.tr("大约还要不到 1 分钟。")
        return speed + self.tr("大约还要 {} 分钟。").format(round(seconds / 60))

    @Slot()
    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText(self.tr("正在取消…"))
        self.cancel_wanted.emit()


def megabytes(size: int) -> str:
    """A size in bytes as people say it: 46 MB, 820 KB."""
    if size >= 1 << 20:
        return f"{size / (1 << 20):.0f} MB"
    return f"{-(-size // 1024)} KB"


class _Disc(Painted):
    """A round icon 40."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = "check"
        self.setFixedSize(QSize(40, 40))

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), 20, "accent_soft")
        paint.icon(painter, self._icon, 10, 20, 20, "accent")
        painter.end()
