"""One problem as large as the window: the panel of the ledger with room to read, and the way to the next problem.

LargeProblem(desk, over)   show_view(ProblemView) opens it; signal step_wanted(int): -1 the one before, 1 the next
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.reading import ProblemView
from jiandu_desktop.ui.pages.problem.panel import ProblemPanel
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.overlay import Overlay

WIDTH = 860


class LargeProblem(Overlay):
    """Esc goes back to the list."""

    step_wanted = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("ground", "canvas")
        self.bar = RoomBar(self.tr("问题台账"))
        self.before = Button(self.tr("上一个"), icon="chevron-up", hint="PgUp")
        self.after = Button(self.tr("下一个"), icon="chevron-down", hint="PgDn")
        self.bar.add(self.before)
        self.bar.add(self.after)
        self.panel = ProblemPanel(desk)
        self.panel.set_width(WIDTH)
        row = QHBoxLayout()
        row.setContentsMargins(24, 16, 24, 24)
        row.addStretch(1)
        row.addWidget(self.panel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(row, 1)
        self.bar.left.connect(self.leave)
        self.before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.step_wanted.emit(1))
        # What leads to another page or room leads out of here.
        ways = (desk.record_wanted, desk.school_wanted, desk.papers_wanted, desk.paper_wanted, desk.letter_wanted)
        for way in (*ways, desk.page_wanted):
            way.connect(self.leave)

    @Slot(object)
    def show_view(self, view: ProblemView) -> None:
        """Shows a problem, and itself if it is not open yet."""
        self.bar.set_title(view.row.problem.text, view.row.school)
        self.panel.show_view(view)
        if self.isHidden():
            self.open()
            self.after.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step_wanted.emit(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)
