"""Words on the window: labels by role, and running text with the line height of a page.

Label(text="", role="", tone="", parent=None)      role, tone: see look.style
Prose(text="", size=14, tone="text", bold=False, parent=None)   wraps, 1.55 line height; set_text(str)
Hairline(parent=None)                              a horizontal line 1 px high; VerticalHairline
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import LINE_HEIGHT, SIZE_TEXT
from jiandu_desktop.ui.widgets.painted import Painted


class Label(QLabel):
    """One line of words, dressed by the style sheet."""

    def __init__(self, text: str = "", role: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Changes the colour: text, text2, text3, accent, caution or red."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class Prose(Painted):
    """Running text that wraps to its width, with 1.55 line height."""

    def __init__(
        self,
        text: str = "",
        size: int = SIZE_TEXT,
        tone: str = "text",
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._size = size
        self._tone = tone
        self._bold = bold
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str, tone: str | None = None) -> None:
        """Shows another text, and in another tone if one is given."""
        self._text = text
        self._tone = tone if tone is not None else self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        return round(len(self._lines(width)) * self._line_height())

    def sizeHint(self) -> QSize:
        widest = max((paint.text_width(line, self._size, self._bold) for line in self._text.split("\n")), default=0)
        width = min(round(widest) + 1, self.px(480))
        return QSize(width, self.heightForWidth(max(width, 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.px(self._size * 4), round(self._line_height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        line_height = self._line_height()
        font = theme().font(self._size, self._bold)
        painter.setFont(font)
        painter.setPen(theme().color(self._tone))
        for number, line in enumerate(self._lines(self.width())):
            middle = number * line_height + line_height / 2
            painter.drawText(QPointF(0, middle + paint.baseline(font)), line)
        painter.end()

    def _line_height(self) -> float:
        return self.px(self._size) * LINE_HEIGHT

    def _lines(self, width: int) -> list[str]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        lines: list[str] = []
        for paragraph in self._text.split("\n"):
            layout = QTextLayout(paragraph, theme().font(self._size, self._bold))
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(width, 1))
                lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
            layout.endLayout()
            if not paragraph:
                lines.append("")
        return lines


class Elided(Painted):
    """One line that gives way to what stands beside it: shortened with …, the whole of it in the tooltip."""

    def __init__(self, tone: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._tone = "", tone
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        return self._words

    def setText(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        paint.text(painter, self.area(), self._words, self._tone)
        painter.end()


class Hairline(Painted):
    """A horizontal line that separates."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.hairline(painter, 0, self.width(), 0)
        painter.end()


class VerticalHairline(Painted):
    """A vertical line between the parts of a bar."""

    def __init__(self, height: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(1, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.vertical_hairline(painter, 0, 0, self.height())
        painter.end()
