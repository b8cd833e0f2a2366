"""Buttons with icon, word and key in one line, and links in running text.

Button(text, kind="", icon="", hint="", parent=None)     kind: "" | "primary" | "quiet" | "bar"
IconButton(icon, tip, parent=None)                       only for 列设置, 导出 and the like; the tip names it
Link(text, size=14, bold=False, parent=None)             signal clicked
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from jiandu_desktop.ui.look import icons, paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_META, SIZE_TEXT

ICON = 18
_GAP = 8
_PADDING = {"": 15, "primary": 14, "quiet": 6, "bar": 10}


class Button(QPushButton):
    """A push button: edge and ground from the style sheet, icon, word and key hint painted in one line."""

    def __init__(
        self, text: str, kind: str = "", icon: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._kind = kind
        self._icon_name = icon
        self._hint = hint
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if hint:
            self.setToolTip(f"{text}  {hint}")
        theme().changed.connect(self.take_theme)

    @property
    def hint(self) -> str:
        """The key printed on the button; the shortcut itself is the page's."""
        return self._hint

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        self._icon_name = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Makes it primary, quiet, bar or ordinary ("")."""
        self._kind = kind
        self.setProperty("kind", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = round(self._content_width()) + 2 * _PADDING[self._kind]
        return QSize(width, theme().tokens.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        color, faint = self._colors()
        bold = self._kind == "primary"
        x = (self.width() - self._content_width()) / 2
        if self._icon_name:
            size = float(theme().px(ICON))
            paint.icon(painter, self._icon_name, x, self.height() / 2, size, color)
            x += size + _GAP
        area = QRectF(max(x, 4), 0, self.width() - max(x, 4) - 4, self.height())
        x += paint.text(painter, area, self.text(), color, SIZE_TEXT, bold)
        if self._hint:
            area = QRectF(x + _GAP, 0, self.width() - x - _GAP, self.height())
            paint.text(painter, area, self._hint, faint, SIZE_META)
        painter.end()

    @Slot()
    def take_theme(self) -> None:
        self.updateGeometry()

    def _content_width(self) -> float:
        width = paint.text_width(self.text(), SIZE_TEXT, self._kind == "primary")
        if self._icon_name:
            width += theme().px(ICON) + (_GAP if self.text() else 0)
        if self._hint:
            width += _GAP + paint.text_width(self._hint, SIZE_META)
        return width

    def _colors(self) -> tuple[str, str]:
        if not self.isEnabled():
            return "text3", "text3"
        if self._kind == "primary":
            return "on_accent", "on_accent"
        if self._kind == "quiet" or self.isChecked():
            return "accent", "text3"
        return "text", "text3"


class IconButton(QToolButton):
    """A square button that is only an icon; its tip is its name."""

    def __init__(self, icon: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "icon")
        self.setIcon(icons.icon(icon))
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.take_theme()
        theme().changed.connect(self.take_theme)

    @Slot()
    def take_theme(self) -> None:
        self.setIconSize(QSize(theme().px(20), theme().px(20)))

    def sizeHint(self) -> QSize:
        side = theme().tokens.control
        return QSize(side, side)


class Link(QAbstractButton):
    """A word that acts, in accent, without an edge; hit area at least as high as a control when alone in a row."""

    def __init__(self, text: str, size: int = SIZE_TEXT, bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._bold = bold
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.take_theme)

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), self._size, self._bold)
        return QSize(round(width) + 2, theme().px(self._size + 12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        color = "accent_hover" if self.underMouse() else "accent"
        area = QRectF(1, 0, self.width() - 1, self.height())
        paint.text(painter, area, self.text(), color if self.isEnabled() else "text3", self._size, self._bold)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), 4)
        painter.end()

    @Slot()
    def take_theme(self) -> None:
        self.updateGeometry()
        self.update()
