"""Labels and hints with markdown, laid out by Qt's own reader of it: no HTML, no pictures, no live links."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from jiandu_desktop.domain.marked_words import BOLD, LOW, STAR, is_list, is_list_line
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_TITLE

_OPENING = re.compile(r"<(span|p|font|div|b|strong|i|em|u)(|\s[^<>]*)>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:span|p|font|div|b|strong|i|em|u)>", re.IGNORECASE)
_TAGS = {"b": "bold", "strong": "bold", "i": "slanted", "em": "slanted"}
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COLOR = re.compile(r"color\s*[:=]\s*[\"']?\s*(#[0-9a-f]{3,8}|[a-z]+)", re.IGNORECASE)
_NUMBER = re.compile(r"^([ ]*\d+)([.)])(?=[ \t])")
_TIMES = re.compile(r"(?<=[A-Za-z0-9])\*(?=[A-Za-z0-9])")
_BEGIN, _END, _MOST = 0xE100, "\ue001", 500
"""Private signs that stand for the ends of a dressed stretch while the markdown is read; the first names the dress."""

_HEADS = {1: SIZE_TITLE, 2: 18}


class MarkedText:
    """One text, laid out for a width; painted in the colours of the theme."""

    def __init__(self, text: str, size: float = SIZE_ITEM, tone: str = "text") -> None:
        self.text, self._size, self._tone = text, size, tone
        self._document = _Document()
        self._document.setDocumentMargin(0)
        self._width = -1.0
        self._scale: object = None

    def height(self, width: float) -> float:
        """Lays the text out and returns how high it is."""
        tokens = theme().tokens
        if self._scale is not tokens:
            self._scale, self._width = tokens, -1.0
            self._read()
        if width != self._width:
            self._width = width
            self._document.setTextWidth(width)
        return self._document.size().height()

    def first_line(self) -> float:
        """Height of the first line, so that a number beside it stands level."""
        block = self._document.firstBlock()
        return block.layout().lineAt(0).height() if block.layout().lineCount() else 0.0

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, theme().color(self._tone))
        context.palette = palette
        painter.save()
        painter.translate(left, top)
        self._document.documentLayout().draw(painter, context)
        painter.restore()

    def plain(self) -> str:
        """The words as they stand on the screen."""
        return self._document.toPlainText()

    def _read(self) -> None:
        document = self._document
        document.setIndentWidth(theme().px(22))
        document.setDefaultFont(theme().font(self._size))
        source, dresses = _prepared(self.text)
        document.setMarkdown(source, QTextDocument.MarkdownFeature.MarkdownNoHTML)
        _tidy(document)
        _dress(document, dresses)


class _Document(QTextDocument):
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Nothing is fetched, from the disk or elsewhere, because a label names it."""
        del kind, name
        return None


def _prepared(text: str) -> tuple[str, list[str]]:
    """The text as strict markdown, and the dress of its stretches: "bold", "slanted" or the name of a colour."""
    dresses: list[str] = []

    def begin(dress: str) -> str:
        dresses.append(dress)
        return chr(_BEGIN + len(dresses) - 1) if len(dresses) <= _MOST else ""

    def opening(found: re.Match[str]) -> str:
        color = _COLOR.search(found[2])
        return begin(color[1] if color is not None else _TAGS.get(found[1].lower(), ""))

    text = "".join(sign for sign in text if not "\ue000" <= sign <= "\uf8ff")
    text = _BREAK.sub("\n", text)
    text = _CLOSING.sub(_END, _OPENING.sub(opening, text))
    text = BOLD.sub(lambda found: f"{begin('bold')}{found[2]}{_END}", text)
    for slanted in (STAR, LOW):
        text = slanted.sub(lambda found: f"{begin('slanted')}{found[1]}{_END}", text)
    text = _TIMES.sub(r"\\*", text.replace("![", "!\\["))
    listed = is_list(text)
    lines = []
    for line in text.splitlines():
        if listed and is_list_line(line):
            lines.append(line.replace("\t", "    "))
        else:
            bare = _NUMBER.sub(r"\1\\\2", line.strip())
            bare = f"\\{bare}" if bare[:2] in ("- ", "+ ", "* ", "> ") else bare
            lines.append(f"{bare}  " if bare else "")
    return "\n".join(lines), dresses


def _tidy(document: QTextDocument) -> None:
    """Heads in our sizes, links as words, no room above or below but between paragraphs."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        level = block.blockFormat().headingLevel()
        shape = QTextBlockFormat()
        shape.setTopMargin(4.0 if level and block.blockNumber() else 0.0)
        shape.setBottomMargin(2.0)
        cursor.mergeBlockFormat(shape)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        words.setAnchor(False)
        words.setAnchorHref("")
        words.setFontUnderline(False)
        words.clearForeground()
        if level:
            words.setFont(theme().font(_HEADS.get(level, SIZE_ITEM), bold=True))
            words.setProperty(QTextFormat.Property.FontSizeAdjustment.value, 0)
        cursor.mergeCharFormat(words)
        block = block.next()
    _unlink(document)


def _unlink(document: QTextDocument) -> None:
    """Takes the colour of links away, which the reader of markdown has put on them."""
    block = document.begin()
    while block.isValid():
        for stretch in block.textFormats():
            if stretch.format.foreground().style() != Qt.BrushStyle.NoBrush:
                cursor = QTextCursor(document)
                cursor.setPosition(block.position() + stretch.start)
                cursor.setPosition(block.position() + stretch.start + stretch.length, QTextCursor.MoveMode.KeepAnchor)
                shape = QTextCharFormat(stretch.format)
                shape.clearForeground()
                cursor.setCharFormat(shape)
        block = block.next()


def _dress(document: QTextDocument, dresses: list[str]) -> None:
    """Dresses each stretch between its two signs and takes the signs out."""
    open_at: list[tuple[int, int]] = []
    signs: list[int] = []
    for place, sign in enumerate(document.toPlainText()):
        number = ord(sign) - _BEGIN
        if sign != _END and not 0 <= number < len(dresses):
            continue
        signs.append(place)
        if sign != _END:
            open_at.append((place, number))
        elif open_at:
            begin, opened = open_at.pop()
            _dress_stretch(document, begin, place, dresses[opened])
    for place in reversed(signs):
        cursor = QTextCursor(document)
        cursor.setPosition(place)
        cursor.deleteChar()


def _dress_stretch(document: QTextDocument, begin: int, end: int, dress: str) -> None:
    shape = QTextCharFormat()
    color = readable(dress) if dress not in ("bold", "slanted") else None
    if dress == "bold":
        shape.setFontWeight(QFont.Weight.Bold)
    elif dress == "slanted":
        shape.setFontItalic(True)
    elif color is not None:
        shape.setForeground(color)
    cursor = QTextCursor(document)
    cursor.setPosition(begin)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    # An inner stretch is dressed before the one around it, and keeps its own colour.
    own = cursor.charFormat()
    if color is not None and own.foreground().style() != Qt.BrushStyle.NoBrush:
        return
    cursor.mergeCharFormat(shape)


def readable(name: str) -> QColor | None:
    """The colour a form names, made lighter or darker until it can be read on the ground; None for no colour."""
    color = QColor(name)
    if not name or not color.isValid():
        return None
    color.setAlpha(255)
    ground = theme().color("surface")
    toward = 255 if _light(ground) < 0.5 else 0
    for _ in range(24):
        if _contrast(color, ground) >= 4.5:
            break
        parts = [round(part + (toward - part) * 0.12) for part in (color.red(), color.green(), color.blue())]
        color = QColor(*parts)
    return color


def _contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _light(color: QColor) -> float:
    """Relative luminance after WCAG 2.1, 0 (black) to 1 (white)."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
