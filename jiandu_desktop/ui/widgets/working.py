"""Progress of long work in place: appears after 0.6 s, stays at least 0.5 s, and its 取消 works.

WorkingLine(parent=None)    follow(task, text)   task: ui.tasks.Task; hides itself when the task has finished
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.progress import Step
from jiandu_desktop.ui.tasks import Task
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.progress import ProgressLine
from jiandu_desktop.ui.widgets.text import Label

SHOW_AFTER_MS, SHOW_AT_LEAST_MS = 600, 500


class WorkingLine(QWidget):
    """What is being done, a bar, and 取消."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._words = Label()
        self._count = Label(role="meta")
        self._bar = ProgressLine(width=160)
        self._cancel = Button(self.tr("取消"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for widget in (self._words, self._bar, self._count, self._cancel):
            row.addWidget(widget)
        row.addStretch(1)
        self._cancel.clicked.connect(self._stop)
        self._since = QElapsedTimer()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._appear)
        self._gone = QTimer(self)
        self._gone.setSingleShot(True)
        self._gone.timeout.connect(self.hide)
        self.hide()

    def follow(self, task: Task, text: str) -> None:
        """Shows the progress of `task`, in place of any followed before."""
        self._task = task
        self._gone.stop()
        self._words.setText(text)
        self._count.setText("")
        self._bar.set_share(0)
        self._cancel.setEnabled(True)
        task.progressed.connect(self._step)
        task.finished.connect(self._finished)
        self._late.start(SHOW_AFTER_MS)

    @Slot(object)
    def _step(self, step: Step) -> None:
        if self.sender() is not self._task:
            return
        if step.message:
            self._words.setText(step.message)
        if step.total:
            self._bar.set_share(step.done / step.total)
            self._count.setText(f"{step.done}/{step.total}")

    @Slot()
    def _finished(self) -> None:
        if self.sender() is not self._task:
            return
        self._task = None
        self._late.stop()
        if self.isVisible():
            self._gone.start(max(0, SHOW_AT_LEAST_MS - self._since.elapsed()))

    @Slot()
    def _appear(self) -> None:
        self._since.start()
        self.show()

    @Slot()
    def _stop(self) -> None:
        if self._task is not None:
            self._cancel.setEnabled(False)
            self._words.setText(self.tr("正在取消…"))
            self._task.cancel()
