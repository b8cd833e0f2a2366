"""督导方式 in one line: 明察 or 暗访, 定期 or 随机; the usual pair stands there already."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.domain.visit import APPROACH_NAMES, TIMING_NAMES, Approach, Timing, Visit
from jiandu_desktop.ui.widgets.segmented import Segmented


class MannerField(QWidget):
    """Two switches side by side."""

    chosen = Signal(object, object)
    """`Approach` and `Timing`, by the user alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.approach = Segmented([(each.value, APPROACH_NAMES[each]) for each in Approach], Approach.OPEN.value)
        self.timing = Segmented([(each.value, TIMING_NAMES[each]) for each in Timing], Timing.PLANNED.value)
        self.approach.setAccessibleName(self.tr("明察还是暗访"))
        self.timing.setAccessibleName(self.tr("定期还是随机"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.approach)
        row.addWidget(self.timing)
        row.addStretch(1)
        for switch in (self.approach, self.timing):
            switch.chosen.connect(self._chosen)

    def show_visit(self, visit: Visit) -> None:
        """What is stored; emits nothing."""
        self.approach.set_value(visit.approach.value)
        self.timing.set_value(visit.timing.value)

    @Slot()
    def _chosen(self) -> None:
        self.chosen.emit(Approach(self.approach.value()), Timing(self.timing.value()))
