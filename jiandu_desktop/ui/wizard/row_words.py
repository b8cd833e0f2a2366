"""What a row shows, and the words it paints: the question in one or more lines, its hint, warnings and troubles."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_META
from jiandu_desktop.ui.questions.marked import MarkedText
from jiandu_desktop.ui.questions.question import Question
from jiandu_desktop.ui.questions.wrapping import wrapped
from jiandu_desktop.ui.wizard.problem_card import CardContent

LEFT, RIGHT, NUMBER_LEFT = 68, 14, 24
"""RIGHT and the list's scroll bar together are the margin of 24."""

CELL_GAP = 8
"""Between the cells of a table."""

LINE, META_LINE = 24, 20
"""Height of a further line of the question, and of a line of 12 below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """All that one row shows. `note_open` keeps an empty note in sight while it is being written.

    `self_rating`: what the school says of itself, None where the item does not ask for it.
    """

    number: str
    question: Question
    veto: bool = False
    kept: bool = False
    self_rating: str | None = None
    note: str = ""
    note_open: bool = False
    unsaved_note: str = ""
    trouble: str = ""
    card: CardContent | None = None


class RowWords:
    """Measures the words once per width and paints them from what it measured."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._hint: list[str] = []
        self._hint_beside = False
        self._marked: MarkedText | None = None

    def measure(self, question: Question, width: int) -> int:
        """Wraps the question and its hint to `width`; returns how much higher than one line the words are."""
        line = theme().px(LINE)
        if question.marked:
            if self._marked is None or self._marked.text != question.marked:
                self._marked = MarkedText(question.marked)
            self._lines = []
            more = max(0, round(self._marked.height(width)) - line)
            used = float(width)
        else:
            self._marked = None
            self._lines = wrapped(question.label, width, SIZE_ITEM)
            more = line * max(0, len(self._lines) - 1)
            used = paint.text_width(self._lines[0], SIZE_ITEM) if len(self._lines) == 1 else float(width)
        hint = question.hint
        self._hint_beside = "\n" not in hint and used + 12 + paint.text_width(hint, SIZE_META) <= width
        self._hint = [hint] if self._hint_beside else wrapped(hint, width, SIZE_META) if hint else []
        if hint and not self._hint_beside:
            more += theme().px(META_LINE) * len(self._hint) - theme().px(6)
        return more

    def paint_question(self, painter: QPainter, question: Question, first: QRectF) -> None:
        """Paints from the line `first` downwards."""
        area, used = QRectF(first), 0.0
        if self._marked is not None:
            height = self._marked.height(first.width())
            self._marked.paint(painter, first.left(), first.center().y() - self._marked.first_line() / 2)
            area.translate(0, max(height, theme().px(LINE)))
        for line in self._lines:
            used = paint.text(painter, area, line, "text", SIZE_ITEM)
            area.translate(0, theme().px(LINE))
        if not question.hint:
            return
        if self._hint_beside:
            paint.text(painter, first.adjusted(used + 12, 1, 0, 1), question.hint, "text2", SIZE_META)
            return
        area.translate(0, -theme().px(2))
        for line in self._hint:
            paint.text(painter, area, line, "text2", SIZE_META)
            area.translate(0, theme().px(META_LINE))


def paint_warning(painter: QPainter, view: ItemView, top: float, right: float) -> None:
    """A broken rule in one line: 请核对 in ochre, 必须改 likewise, quiet once it was kept."""
    tone, icon = ("text2", "check") if view.kept else ("caution", "triangle-alert")
    _line(painter, icon, _warning_words(view), tone, top, right - theme().px(90))


def cell_warning_height(view: ItemView, width: int) -> int:
    """How high the lines of a broken rule under a cell of a table are."""
    return len(_cell_warning(view, width)) * theme().px(META_LINE)


def paint_cell_warning(painter: QPainter, view: ItemView, width: int, top: float) -> None:
    """Under the cell, as many lines as it takes."""
    step = theme().px(META_LINE)
    for place, line in enumerate(_cell_warning(view, width)):
        paint.text(painter, QRectF(0, top + place * step, width - CELL_GAP, step), line, "caution", SIZE_META)


def _cell_warning(view: ItemView, width: int) -> list[str]:
    return wrapped(_warning_words(view), width - CELL_GAP, SIZE_META) if view.question.warning else []


def paint_trouble(painter: QPainter, view: ItemView, top: float, right: float) -> None:
    """Why a picture was not taken in."""
    _line(painter, "circle-alert", view.trouble, "caution", top, right)


def _line(painter: QPainter, icon: str, words: str, tone: str, top: float, right: float) -> None:
    area = QRectF(LEFT, top, right - LEFT, theme().px(22))
    paint.icon(painter, icon, LEFT, area.center().y(), theme().px(16), tone)
    paint.text(painter, area.adjusted(theme().px(23), 0, 0, 0), words, tone, SIZE_META)


def _warning_words(view: ItemView) -> str:
    if view.kept:
        template = QCoreApplication.translate("Wizard", "{}（已核对，保留）")
    elif view.question.soft:
        said = QCoreApplication.translate("Wizard", "请核对") in view.question.warning
        template = "{}" if said else QCoreApplication.translate("Wizard", "请核对：{}")
    else:
        template = QCoreApplication.translate("Wizard", "必须改：{}")
    return template.format(view.question.warning)
