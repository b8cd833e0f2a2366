"""What stands above a table: counts that filter, the search field and filter buttons.

SummaryLine(parent=None)    set_counts(Sequence[Count]); signal chosen(str key)
Count(key, number, words, tone="text")          tone "red" only for what is late
SearchField(placeholder, key_hint="Ctrl+F", parent=None)
  signals searched(str) after 60 ms of rest, submitted() on Enter, left_down() on ↓ (go to the list)
  text() · set_text(str) · clear() · focus()    Esc clears, and leaves when empty
FilterButton(label, choices: Sequence[tuple[str value, str word]], parent=None)   first choice = 全部
  signal chosen(str value); value() · set_value(value) · set_choices(choices)
Segmented(choices: Sequence[tuple[str value, str word]], value="", parent=None)
  signal chosen(str value); value() · set_value(value)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_CONTROL, SIZE_META, SIZE_TEXT, SIZE_TITLE

REST_MS = 60


@dataclass(frozen=True, slots=True)
class Count:
    """A count with its words, which sets the filter `key` when clicked."""

    key: str
    number: int
    words: str
    tone: str = "text"


class SummaryLine(QWidget):
    """Counts 20 bold and words 14, 24 apart; each is a link that sets the filter."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._links: list[_CountLink] = []

    def set_counts(self, counts: Sequence[Count]) -> None:
        """Shows these counts in order."""
        if [count.key for count in counts] != [link.count.key for link in self._links]:
            for old in self._links:
                self._row.removeWidget(old)
                old.deleteLater()
            self._links = [_CountLink(count) for count in counts]
            for link in self._links:
                link.clicked.connect(self._pressed)
                self._row.addWidget(link)
        for link, count in zip(self._links, counts, strict=True):
            link.set_count(count)

    def _pressed(self) -> None:
        link = self.sender()
        if isinstance(link, _CountLink):
            self.chosen.emit(link.count.key)


class _FlatButton(QAbstractButton):
    """What the painted buttons of this file share: keys, focus and following the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


class _CountLink(_FlatButton):
    def __init__(self, count: Count) -> None:
        super().__init__()
        self.count = count

    def set_count(self, count: Count) -> None:
        self.count = count
        self.setAccessibleName(f"{count.number} {count.words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = paint.text_width(str(self.count.number), SIZE_TITLE, True) + paint.text_width(self.count.words)
        return QSize(round(width) + theme().px(8) + 8, theme().px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(4, 0, 0, 0)
        red = self.count.tone == "red" and self.count.number
        used = paint.text(painter, area, str(self.count.number), "red" if red else "text", SIZE_TITLE, True)
        area.setLeft(area.left() + used + theme().px(6))
        words = "red" if red else "accent" if self.underMouse() else "text2"
        paint.text(painter, area.adjusted(0, 1, 0, 1), self.count.words, words, SIZE_TEXT)
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), RADIUS_CONTROL)
        painter.end()


class SearchField(QLineEdit):
    """A field with a lens, and the key that reaches it while it is empty."""

    searched = Signal(str)
    submitted = Signal()
    left_down = Signal()

    def __init__(self, placeholder: str, key_hint: str = "Ctrl+F", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key_hint = key_hint
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(24, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clear = _ClearCross(self)
        self._clear.clicked.connect(self.clear_at_once)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._tell)
        self.textChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(296), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(150), super().minimumSizeHint().height())

    def set_text(self, text: str) -> None:
        """Puts a text in and tells it at once."""
        self.setText(text)
        self._rest.stop()
        self._tell()

    def clear_at_once(self) -> None:
        self.set_text("")

    def focus(self) -> None:
        """Takes the keyboard, with what stands there selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear_at_once()
            else:
                self.clearFocus()
                event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._rest.stop()
            self._tell()
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._clear.move(self.width() - 34, (self.height() - self._clear.height()) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        paint.icon(painter, "search", 10, self.height() / 2, 18, "text2")
        if self._key_hint and not self.text():
            room = QRectF(self.rect()).adjusted(0, 0, -10, 0)
            wanted = paint.text_width(self._key_hint, SIZE_META) + paint.text_width(self.placeholderText()) + 60
            if wanted < self.width():
                paint.text(painter, room, self._key_hint, "text2", SIZE_META, align="right")
        painter.end()

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self.setTextMargins(24, 0, 24 if text else 0, 0)
        self._rest.start()

    def _tell(self) -> None:
        self.searched.emit(self.text().strip())


class _ClearCross(_FlatButton):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(28, 28)
        self.setToolTip(self.tr("清除"))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.icon(painter, "x", 6, 14, 16, "text" if self.underMouse() else "text2")
        painter.end()


class FilterButton(_FlatButton):
    """`责任区 城关 ▾`: label, chosen word, menu. An active filter has an accent edge and word."""

    chosen = Signal(str)

    def __init__(self, label: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._choices = tuple(choices)
        self._value = self._choices[0][0] if self._choices else ""
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._picked)
        self.clicked.connect(self._open)
        self._name()

    def value(self) -> str:
        return self._value

    def menu(self) -> QMenu:
        """The menu, for tests and journeys; it is filled when it opens."""
        return self._menu

    def set_value(self, value: str) -> None:
        """Shows a choice; emits nothing. An unknown value shows the first choice."""
        known = [choice for choice, _ in self._choices]
        self._value = value if value in known else (known[0] if known else "")
        self._name()
        self.updateGeometry()
        self.update()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        self._choices = tuple(choices)
        self.set_value(self._value)

    def choose(self, value: str) -> None:
        """As if the user had picked `value` in the menu."""
        if value != self._value:
            self.set_value(value)
            self.chosen.emit(self._value)

    def sizeHint(self) -> QSize:
        width = paint.text_width(self._label) + paint.text_width(self._word(), SIZE_TEXT, True)
        return QSize(round(width) + 12 + 8 + 8 + 16 + 10, theme().tokens.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        active = self._is_active()
        ground = "hover" if self.underMouse() else "surface"
        paint.rounded(painter, self.rect(), RADIUS_CONTROL, ground, "accent" if active else "line2")
        area = QRectF(self.rect()).adjusted(12, 0, -30, 0)
        used = paint.text(painter, area, self._label, "text2" if not active else "accent", SIZE_TEXT)
        area.setLeft(area.left() + used + 8)
        paint.text(painter, area, self._word(), "accent" if active else "text", SIZE_TEXT, bold=active)
        paint.icon(painter, "chevron-down", self.width() - 26, self.height() / 2, 16, "text2")
        if self.hasFocus():
            paint.focus_ring(painter, self.rect(), RADIUS_CONTROL)
        painter.end()

    def _is_active(self) -> bool:
        return bool(self._choices) and self._value != self._choices[0][0]

    def _word(self) -> str:
        return dict(self._choices).get(self._value, "")

    def _name(self) -> None:
        self.setAccessibleName(f"{self._label} {self._word()}")

    def _open(self) -> None:
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _fill_menu(self) -> None:
        self._menu.clear()
        for value, word in self._choices:
            action = self._menu.addAction(word)
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(value == self._value)

    def _picked(self, action: QAction) -> None:
        self.choose(str(action.data()))
