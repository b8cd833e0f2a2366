"""What the window says in place of a dialog.

InlineNotice(text, tone="caution", link="", icon="", parent=None)   tone: caution | red | info; signal linked()
  set(text, tone, link)
Toast(parent_window)   show_text(text, action_text="", action=None, icon="check"): bottom centre, 6 s
  withdraw(): the action no longer fits; signal acted()
  lift(px): how far above the window's lower edge it stands (a bar's height)
EmptyState(title, line="", icon="check", primary="", secondary="", parent=None)
  signals primary_clicked(), secondary_clicked(); set(title, line, icon, primary, secondary)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStyle, QVBoxLayout, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CARD, RADIUS_CONTROL, SIZE_TEXT
from jiandu_desktop.ui.widgets.buttons import Button, Link
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label

_TONES: dict[str, tuple[str, str | None, str, str]] = {
    "caution": ("caution_soft", "caution_line", "caution", "triangle-alert"),
    "red": ("red_soft", "red_line", "red", "octagon-minus"),
    "info": ("sunken", None, "text2", "info"),
}

TOAST_MS = 6000


class InlineNotice(Painted):
    """A line 40 high: icon, sentence, at most one link. A long sentence wraps and the line grows."""

    linked = Signal()

    def __init__(
        self, text: str, tone: str = "caution", link: str = "", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._link = Link("", bold=True, parent=self)
        self._link.clicked.connect(self.linked)
        self._words = Label(parent=self)
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(42, 8, 12, 8)
        row.addWidget(self._words, 1)
        row.addWidget(self._link)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(self.px(40))
        self.set(text, tone, link)

    def set(self, text: str, tone: str = "caution", link: str = "") -> None:
        """Says something else."""
        self._tone = tone
        self._words.setText(text)
        self._words.setProperty("role", "strong" if tone == "red" else "")
        self._words.set_tone(_TONES[tone][2])
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, edge, color, icon = _TONES[self._tone]
        painter = self.painter()
        paint.rounded(painter, self.area(), RADIUS_CONTROL, fill, edge)
        middle = min(self.height() / 2, 20.0)
        paint.icon(painter, self._icon or icon, 12, middle, 20, color)
        painter.end()


class Toast(Painted):
    """A short-lived line above the window's lower edge, with one action for what was just done."""

    acted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._text = ""
        self._action_text = ""
        self._action: Callable[[], Any] | None = None
        self._icon = "check"
        self._lift = 16
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._rise = QPropertyAnimation(self, b"pos", self)
        self._rise.setDuration(150)
        self._rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        window.installEventFilter(self)

    def show_text(
        self, text: str, action_text: str = "", action: Callable[[], Any] | None = None, icon: str = "check"
    ) -> None:
        """Replaces whatever the toast said before and shows it for six seconds."""
        self._text, self._action_text, self._action, self._icon = text, action_text, action, icon
        self.setAccessibleName(text)
        self.resize(self.sizeHint())
        end = self._place()
        self.move(end)
        self.show()
        self.raise_()
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animate, None, self):
            self._rise.stop()
            self._rise.setStartValue(end + QPoint(0, 12))
            self._rise.setEndValue(end)
            self._rise.start()
        self._timer.start(TOAST_MS)

    def text(self) -> str:
        return self._text

    def lift(self, height: int) -> None:
        """Keeps the toast `height` px above the window's lower edge."""
        self._lift = height

    def take_action(self) -> None:
        """As if the action had been clicked: runs it and hides."""
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()
        self.acted.emit()

    def withdraw(self) -> None:
        """Hides a toast that offers an action; one that only says something stays its time."""
        if self._action is not None:
            self._action = None
            self.hide()

    def sizeHint(self) -> QSize:
        width = 46 + paint.text_width(self._text) + 24 + 16
        if self._action_text:
            width += 32 + paint.text_width(self._action_text, SIZE_TEXT, True)
        room = self._window.width() - 48
        return QSize(min(round(max(width, 280)), max(room, 200)) + 16, self.px(48) + 16)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.move(self._place())
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._action_text and event.position().x() >= self._action_left() - 12:
            self.take_action()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = bool(self._action_text) and event.position().x() >= self._action_left() - 12
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        body = self.area().adjusted(8, 8, -8, -8)
        for spread in range(1, 8):
            shade = QColor(0, 0, 0, 14 - spread * 2 if spread < 7 else 1)
            around = body.adjusted(-spread, -spread + 2, spread, spread + 1)
            paint.rounded(painter, around, RADIUS_CARD + spread, edge=shade)
        paint.rounded(painter, body, RADIUS_CARD, "text")
        middle = body.center().y()
        paint.icon(painter, self._icon, body.left() + 16, middle, 20, "surface")
        right = self._action_left() - 24 if self._action_text else body.right() - 16
        words = QRectF(body.left() + 46, body.top(), right - body.left() - 46, body.height())
        paint.text(painter, words, self._text, "surface")
        if self._action_text:
            area = QRectF(self._action_left(), body.top(), body.right() - self._action_left(), body.height())
            paint.text(painter, area, self._action_text, "surface", SIZE_TEXT, bold=True)
        painter.end()

    def take_theme(self) -> None:
        self.resize(self.sizeHint())
        self.update()

    def _action_left(self) -> float:
        return self.width() - 8 - 16 - paint.text_width(self._action_text, SIZE_TEXT, True)

    def _place(self) -> QPoint:
        window = self._window
        return QPoint((window.width() - self.width()) // 2, window.height() - self._lift - self.height() + 8)


class EmptyState(QWidget):
    """An empty screen that says what to do next."""

    primary_clicked = Signal()
    secondary_clicked = Signal()

    def __init__(
        self,
        title: str,
        line: str = "",
        icon: str = "check",
        primary: str = "",
        secondary: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._disc = _Disc(icon)
        self._title = Label(role="heading")
        self._line = Label(tone="text2")
        self._line.setWordWrap(True)
        self._primary = Button("", kind="primary")
        self._secondary = Button("")
        self._primary.clicked.connect(self.primary_clicked)
        self._secondary.clicked.connect(self.secondary_clicked)
        keys = QHBoxLayout()
        keys.setSpacing(6)
        keys.addStretch(1)
        keys.addWidget(self._primary)
        keys.addWidget(self._secondary)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self._line)
        column.addSpacing(18)
        column.addLayout(keys)
        column.addStretch(1)
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.set(title, line, icon, primary, secondary)

    def set(self, title: str, line: str = "", icon: str = "check", primary: str = "", secondary: str = "") -> None:
        """Says something else; an empty word hides its button."""
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self._disc.set_icon(icon)
        for button, word in ((self._primary, primary), (self._secondary, secondary)):
            button.setText(word)
            button.setMinimumWidth(120)
            button.setVisible(bool(word))


class _Disc(Painted):
    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(40, 40)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.rounded(painter, self.area(), 20, "accent_soft")
        paint.icon(painter, self._icon, 10, 20, 20, "accent")
        painter.end()
