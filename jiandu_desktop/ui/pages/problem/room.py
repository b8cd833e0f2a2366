"""One problem as large as the window, where it is opened from elsewhere than the ledger."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import WINDOW_MARGIN
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.pages.problem.panel import ProblemPanel
from jiandu_desktop.ui.pages.problem.reading import RecordView
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.widgets.reading_order import lead_focus

WIDTH = 860


class ProblemRoom(QWidget):
    """The panel of the ledger with room to read; Esc goes back."""

    leave = Signal()

    def __init__(self, desk: Desk, problem_id: str) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self.bar = RoomBar(self.tr("返回"))
        self.panel = ProblemPanel(desk)
        self.panel.set_width(WIDTH)
        row = QHBoxLayout()
        row.setContentsMargins(WINDOW_MARGIN, 16, WINDOW_MARGIN, WINDOW_MARGIN)
        row.addStretch(1)
        row.addWidget(self.panel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)
        self.bar.left.connect(self.leave)
        self.panel.desk.shown.connect(self._show)
        for keys in ("Esc", "Alt+Left"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.leave)
        lead_focus(self, self.panel.keys.more)
        theme().changed.connect(self._fit)
        self.panel.show_problem(problem_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        room = (self.width() - 2 * WINDOW_MARGIN) / theme().tokens.text_scale
        self.panel.set_width(min(WIDTH, int(room)))

    @Slot(object)
    def _show(self, view: RecordView) -> None:
        self.bar.set_title(view.problem.text, join((view.record.school.name, view.problem.matter)))
