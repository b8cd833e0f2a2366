"""The window in which one step is taken: its form, what is still missing, and 确定."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.errors import is_expected, report_for, sentence_for
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.tasks import Lane, Tasks
from jiandu_desktop.ui.widgets.asking import ReportDialog
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.text import Label, Prose

WIDTH, FORM_MARGIN = 640, 2


class FormDialog(QDialog):
    """A heading, a scrolling form, what is missing, and the keys; 确定 works off the window's thread.

    The form never gives way to the screen: it scrolls, the keys stay.
    """

    done_with = Signal(object)
    """What the work gave, once, as the window closes."""

    def __init__(self, tasks: Tasks, title: str, line: str, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._busy, self._changed = tasks, False, False
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = Label(title, role="heading")
        self._line = Prose(line, tone="text2")
        self._line.setVisible(bool(line))
        self.notice = InlineNotice("")
        self.notice.hide()
        self.inner = QWidget()
        self._form = QVBoxLayout(self.inner)
        self._form.setContentsMargins(FORM_MARGIN, FORM_MARGIN, 12, FORM_MARGIN)
        self._form.setSpacing(12)
        self.area = QScrollArea()
        self.area.setAccessibleName(self.tr("要填的内容"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.inner)
        self.wanted = Label("", "meta", "caution")
        self.wanted.setWordWrap(True)
        self.cancel = Button(self.tr("取消"), hint="Esc")
        self.go = Button(word, "primary", hint="Ctrl+Enter")
        self.keys = QHBoxLayout()
        self.keys.setSpacing(8)
        self.keys.addWidget(self.wanted, 1)
        self.keys.addWidget(self.cancel)
        self.keys.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (heading, self._line, self.notice):
            column.addWidget(widget)
        column.addWidget(self.area, 1)
        column.addLayout(self.keys)
        self.cancel.clicked.connect(self.close)
        self.go.clicked.connect(self.take)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take)

    def add(self, form: QWidget) -> None:
        """The form; call `fit` once everything is in it."""
        self._form.addWidget(form)
        self._form.addStretch(1)

    @Slot()
    def fit(self) -> None:
        """As high as its form wants to be, and no higher than the screen."""
        width = min(theme().px(WIDTH), 1040)
        self.setMinimumWidth(min(width, 560))
        height = self.inner.sizeHint().height() + self.sizeHint().height() - self.area.sizeHint().height() + 8
        parent = self.parentWidget()
        most = parent.window().height() - 24 if parent is not None else 680
        self.resize(QSize(width, min(height, max(most, 420))))

    @Slot()
    def refresh(self) -> None:
        """Says what is missing; without that 确定 can be pressed."""
        missing = self.missing()
        self.wanted.setText(self.tr("还缺{}").format("、".join(missing)) if missing else "")
        self.go.setEnabled(not missing and not self._busy)

    def missing(self) -> list[str]:
        """What must still be filled in."""
        raise NotImplementedError

    def work(self) -> Callable[[], object]:
        """What 确定 does, off the window's thread."""
        raise NotImplementedError

    @Slot()
    def take(self) -> None:
        """As if 确定 had been pressed."""
        if self.go.isEnabled():
            self.run(self.work())

    def run(self, work: Callable[[], object]) -> None:
        """Does something on the database's lane and closes with what it gave."""
        self._busy = True
        self.notice.hide()
        self.refresh()

        def run(progress: Progress) -> object:
            progress.check()
            return work()

        self._tasks.run(Lane.DATABASE, run, done=self._done, failed=self._failed)

    @Slot(object)
    def _done(self, result: object) -> None:
        self._busy = False
        self.done_with.emit(result)
        self.close()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Trouble) and is_expected(error):
            self.notice.set(sentence_for(error), "caution")
            self.notice.show()
        else:
            report = ReportDialog(report_for(error), self)
            report.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            report.open()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
