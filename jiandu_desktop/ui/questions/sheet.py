"""The sheet one draws on: a picture as large as it fits, marks by mouse, pen or keyboard, undo and redo."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import INKS
from jiandu_desktop.ui.questions.ink_marks import Mark, Tool, paint_mark, put, rendered
from jiandu_desktop.ui.widgets.painted import Painted

THIN, MEDIUM, THICK = 1, 2, 4
_STEP, _FINE = 24, 4
"""Logical pixels that an arrow key moves the cross; the fine step with Shift."""

_LARGEST_ZOOM = 8.0


class Sheet(Painted):
    """Draws on a copy. Arrow keys move a cross, Space begins and ends a mark there; Esc takes back a begun one."""

    changed = Signal()
    left = Signal()
    """Esc while no mark is begun."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = QImage(4, 3, QImage.Format.Format_RGB32)
        self._done = self._base
        self._marks: list[Mark] = []
        self._undone: list[Mark] = []
        self._running: Mark | None = None
        self._by_key = False
        self._cross: QPointF | None = None
        self._tool, self._ink, self._width = Tool.PEN, INKS[0], MEDIUM
        self._zoom, self._middle = 1.0, QPointF()
        self._writing = QLineEdit(self)
        self._writing.setPlaceholderText(self.tr("写好按 Enter"))
        self._writing.setAccessibleName(self.tr("写在画上的字"))
        self._writing.hide()
        self._writing.editingFinished.connect(self._written)
        self._writing_at = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription(self.tr("方向键移动十字，空格键下笔和收笔，Esc 放弃这一笔"))

    def show_picture(self, base: QImage) -> None:
        """A new picture, without marks."""
        self._base = base.convertToFormat(QImage.Format.Format_RGB32)
        self._done = self._base.copy()
        self._marks, self._undone = [], []
        self._running, self._cross = None, None
        self._zoom, self._middle = 1.0, QPointF(self._base.width() / 2, self._base.height() / 2)
        self._writing.hide()
        self._told()

    def picture(self) -> QImage:
        """The picture with all its marks."""
        self._written()
        return self._done.copy()

    def marks(self) -> tuple[Mark, ...]:
        return tuple(self._marks)

    def hides(self) -> bool:
        """Whether something was covered that is not to be seen, as a child's face."""
        return any(mark.tool is Tool.MOSAIC for mark in self._marks)

    def can_redo(self) -> bool:
        return bool(self._undone)

    def choose(self, tool: Tool) -> None:
        self._written()
        self._tool = tool

    def set_ink(self, ink: str) -> None:
        self._ink = ink

    def set_width(self, width: int) -> None:
        """THIN, MEDIUM or THICK, for what is drawn from now on."""
        self._width = width

    @Slot()
    def undo(self) -> None:
        """Takes the last mark back."""
        self._writing.hide()
        if self._running is not None:
            self._running = None
        elif self._marks:
            self._undone.append(self._marks.pop())
            self._done = rendered(self._base, self._marks)
        self._told()

    @Slot()
    def redo(self) -> None:
        if self._undone:
            self._add(self._undone.pop(), keep_undone=True)

    @Slot()
    def clear(self) -> None:
        """Takes all marks off; they come back one by one with redo."""
        while self._marks:
            self._undone.append(self._marks.pop())
        self._running = None
        self._done = self._base.copy()
        self._told()

    def spot(self, x: float, y: float) -> QPointF:
        """Where a pixel of the picture lies on the widget."""
        scale = self._scale()
        return QPointF(self.width() / 2, self.height() / 2) + (QPointF(x, y) - self._middle) * scale

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        painter.fillRect(self.rect(), theme().color("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        scale, origin = self._scale(), self.spot(0, 0)
        painter.save()
        painter.translate(origin)
        painter.scale(scale, scale)
        painter.drawImage(QPointF(0, 0), self._done)
        if self._running is not None:
            paint_mark(painter, self._running)
        painter.restore()
        edge = QRectF(origin, self.spot(self._base.width(), self._base.height()))
        paint.rounded(painter, edge.adjusted(-1, -1, 1, 1), 0, edge="line2")
        if self._cross is not None and self.hasFocus():
            self._paint_cross(painter, self.spot(self._cross.x(), self._cross.y()))
        if self.hasFocus():
            paint.focus_ring(painter, self.area(), 4)
        painter.end()

    def _paint_cross(self, painter: QPainter, at: QPointF) -> None:
        for color, width in (("surface", 5.0), ("accent", 2.0)):
            painter.setPen(QPen(theme().color(color), width))
            painter.drawLine(at - QPointF(12, 0), at + QPointF(12, 0))
            painter.drawLine(at - QPointF(0, 12), at + QPointF(0, 12))

    # --- mouse and pen ----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._cross, self._by_key = None, False
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin(self._pixel(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._running is not None and not self._by_key:
            self._move(self._pixel(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._running is not None and not self._by_key:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        at = self._pixel(event.position())
        if event.type() == QEvent.Type.TabletPress:
            self._cross, self._by_key = None, False
            self._begin(at)
        elif event.type() == QEvent.Type.TabletMove and self._running is not None:
            self._move(at)
        elif event.type() == QEvent.Type.TabletRelease and self._running is not None:
            self._end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_to(1.25 if event.angleDelta().y() > 0 else 0.8, event.position())

    # --- keyboard ---------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            length = _FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            self._move_cross(QPointF(*steps[key]) * length / self._scale())
        elif key == Qt.Key.Key_Space:
            self._stamp()
        elif key == Qt.Key.Key_Escape and self._running is not None:
            self._running = None
            self.update()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text() in ("+", "=", "-"):
            self._zoom_to(0.8 if event.text() == "-" else 1.25, QPointF(self.width() / 2, self.height() / 2))
        else:
            event.ignore()

    def focusOutEvent(self, event: QEvent) -> None:
        self.update()

    def _move_cross(self, way: QPointF) -> None:
        at = self._cross or QPointF(self._base.width() / 2, self._base.height() / 2)
        self._cross = self._inside(at + way) if self._cross is not None else at
        if self._running is not None:
            self._move(self._cross)
        self.update()

    def _stamp(self) -> None:
        if self._cross is None:
            self._move_cross(QPointF())
        assert self._cross is not None
        if self._running is not None:
            self._end()
        else:
            self._by_key = True
            self._begin(self._cross)

    # --- marks ------------------------------------------------------------------------------------------------------

    def _begin(self, at: QPointF) -> None:
        self._written()
        mark = Mark(self._tool, ((at.x(), at.y()),), self._ink, self._pen_width())
        if self._tool is Tool.WORDS:
            self._write_at(at)
            return
        self._running = mark if self._tool is Tool.PEN else replace(mark, points=(*mark.points, *mark.points))
        self.update()

    def _move(self, at: QPointF) -> None:
        if self._running is not None:
            self._running = self._running.moved_to(at.x(), at.y())
            self.update()

    def _end(self) -> None:
        mark, self._running = self._running, None
        if mark is not None and mark.is_seen():
            self._add(mark)
        self.update()

    def _add(self, mark: Mark, keep_undone: bool = False) -> None:
        if not keep_undone:
            self._undone.clear()
        self._marks.append(mark)
        put(self._done, mark)
        self._told()

    def _write_at(self, at: QPointF) -> None:
        self._writing_at = at
        spot = self.spot(at.x(), at.y())
        self._writing.clear()
        self._writing.resize(self.px(220), theme().tokens.control)
        x = min(spot.x(), self.width() - self._writing.width())
        y = min(max(spot.y() - self._writing.height(), 0), self.height() - self._writing.height())
        self._writing.move(round(max(x, 0)), round(y))
        self._writing.show()
        # Put off, for the release of the mouse gives the focus back to the sheet.
        QTimer.singleShot(0, self._writing, self._writing.setFocus)

    @Slot()
    def _written(self) -> None:
        if self._writing.isHidden():
            return
        words = self._writing.text().strip()
        self._writing.hide()
        self.setFocus()
        if words:
            at = self._writing_at
            self._add(Mark(Tool.WORDS, ((at.x(), at.y()),), self._ink, self._pen_width(), words))

    def _told(self) -> None:
        self.setAccessibleName(self.tr("画面，已画 {} 笔").format(len(self._marks)))
        self.update()
        self.changed.emit()

    # --- places -----------------------------------------------------------------------------------------------------

    def _pen_width(self) -> float:
        """The same to the eye on a photo of any size."""
        return max(1.0, max(self._base.width(), self._base.height()) / 400 * self._width)

    def _scale(self) -> float:
        fit = min(self.width() / max(self._base.width(), 1), self.height() / max(self._base.height(), 1))
        return fit * 0.96 * self._zoom

    def _pixel(self, spot: QPointF) -> QPointF:
        middle = QPointF(self.width() / 2, self.height() / 2)
        return self._inside(self._middle + (spot - middle) / self._scale())

    def _inside(self, at: QPointF) -> QPointF:
        return QPointF(min(max(at.x(), 0), self._base.width()), min(max(at.y(), 0), self._base.height()))

    def _zoom_to(self, factor: float, around: QPointF) -> None:
        before = self._pixel(around)
        self._zoom = min(max(self._zoom * factor, 1.0), _LARGEST_ZOOM)
        whole = QPointF(self._base.width() / 2, self._base.height() / 2)
        spread = (around - QPointF(self.width() / 2, self.height() / 2)) / self._scale()
        self._middle = whole if self._zoom == 1.0 else before - spread
        self.update()
