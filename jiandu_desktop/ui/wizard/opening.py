"""A card opens in 150 ms, by height alone; at once where the system wants no motion."""

from __future__ import annotations

from PySide6.QtCore import QObject, QVariantAnimation, Signal, Slot
from PySide6.QtWidgets import QStyle, QWidget

OPEN_MS = 150


class Opening(QObject):
    """`share` of the full height that is open now; `moved` at every step of the way."""

    moved = Signal()

    def __init__(self, row: QWidget) -> None:
        super().__init__(row)
        self._row = row
        self._animation: QVariantAnimation | None = None
        self.share = 1.0

    def start(self) -> None:
        """From nothing to the whole height."""
        self.stop()
        wish = self._row.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._row)
        if wish <= 0 or not self._row.isVisible():
            return
        self.share = 0.0
        animation = QVariantAnimation(self)
        animation.setStartValue(0.0)
        animation.setEndValue(1.0)
        animation.setDuration(OPEN_MS)
        animation.valueChanged.connect(self._step)
        self._animation = animation
        animation.start()

    def stop(self) -> None:
        """Wholly open at once."""
        if self._animation is not None:
            self._animation.stop()
            self._animation.deleteLater()
            self._animation = None
        self.share = 1.0

    @Slot(object)
    def _step(self, share: float) -> None:
        self.share = share
        self.moved.emit()
