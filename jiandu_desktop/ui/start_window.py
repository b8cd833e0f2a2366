"""The small window before the window: the demo bureau being built, or why the program does not start."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Step
from jiandu_desktop.ui.errors import is_expected, report_for, sentence_for
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CARD
from jiandu_desktop.ui.tasks import Task
from jiandu_desktop.ui.widgets.asking import ReportDialog
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.progress import ProgressLine
from jiandu_desktop.ui.widgets.text import Label, Prose

SHOW_AFTER_MS = 600
WIDTH, LEAST_HEIGHT = 480, 232


class StartWindow(QWidget):
    """Appears when opening the data takes more than 0.6 s; closing it gives the start up."""

    given_up = Signal()
    way_chosen = Signal()
    """The way out that was offered."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("监督"))
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._done = False
        self._heading = Label(self.tr("正在打开…"), role="heading")
        self._words = Prose("", tone="text2")
        self._bar = ProgressLine(height=6)
        self.close_button = Button(self.tr("退出"))
        self.close_button.clicked.connect(self.close)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(_Mark())
        head.addWidget(self._heading, 1)
        self.way_button = Button("", "primary")
        self.way_button.hide()
        self.way_button.clicked.connect(self._take_way)
        keys = QHBoxLayout()
        keys.addStretch(1)
        keys.addWidget(self.way_button)
        keys.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._words, 1)
        column.addWidget(self._bar)
        column.addLayout(keys)
        self.setFixedSize(WIDTH, LEAST_HEIGHT)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SHOW_AFTER_MS)
        self._late.timeout.connect(self.show)

    def heading(self) -> str:
        return self._heading.text()

    def words(self) -> str:
        return self._words.text()

    def follow(self, task: Task) -> None:
        """Shows how far the opening is, once it takes long."""
        task.progressed.connect(self._step)
        self._late.start()

    def done(self) -> None:
        """The window is there: this one goes."""
        self._done = True
        self._late.stop()
        self.close()

    def show_trouble(self, trouble: Trouble) -> None:
        """Says what stands in the way and what to do next."""
        self.way_button.hide()
        words = sentence_for(trouble) if is_expected(trouble) else str(trouble)
        self._say(self.tr("监督没有打开"), words)

    def offer(self, word: str, more: str = "") -> None:
        """A way on from the trouble that is shown; `more` is said below it."""
        if more:
            self._say(self._heading.text(), f"{self._words.text()}\n{more}")
        self.way_button.setText(word)
        self.way_button.setEnabled(True)
        self.way_button.show()
        self.way_button.setFocus()

    @Slot()
    def _take_way(self) -> None:
        self.way_button.setEnabled(False)
        self.way_chosen.emit()

    def show_fault(self, error: Exception) -> None:
        """A fault of ours: a report to copy."""
        self._say(self.tr("监督没有打开"), self.tr("程序出了差错。请复制报告，发给督导室或软件维护人员。"))
        report = ReportDialog(report_for(error), self)
        report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        report.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._late.stop()
        if not self._done:
            self._done = True
            self.given_up.emit()
        self.deleteLater()

    @Slot(object)
    def _step(self, step: Step) -> None:
        """Steps come only from the demo being built."""
        self._heading.setText(self.tr("正在准备演示单位"))
        self._words.set_text(
            self.tr("第一次打开要建一个演示单位：学校、督学和以往的督导记录都是虚构的，可以放心试用。只建这一次。")
        )
        if step.total:
            self._bar.set_share(step.done / step.total)

    def _say(self, heading: str, words: str) -> None:
        self._late.stop()
        self._heading.setText(heading)
        self._words.set_text(words, "text")
        self._bar.hide()
        self.close_button.setText(QCoreApplication.translate("StartWindow", "关闭"))
        self.close_button.setFocus()
        layout = self.layout()
        assert layout is not None
        self.setFixedHeight(max(LEAST_HEIGHT, layout.totalHeightForWidth(WIDTH)))


class _Mark(Painted):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), RADIUS_CARD, "accent")
        paint.icon(painter, "clipboard-list", 8, 20, 24, "on_accent")
        painter.end()
