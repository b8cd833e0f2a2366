"""The head that stays above the list: number, title, 6/10, and 本节其余全部符合 with how many that is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.painted import Painted

LEFT, NUMBER_LEFT, RIGHT = 68, 24, 24


class SectionHead(Painted):
    """Painted words and one real button, which says in its tooltip what it leaves alone."""

    def __init__(self) -> None:
        super().__init__()
        self._number, self._title, self._count, self._rest = "", "", "", 0
        self.bulk = Button(self.tr("本节其余全部符合"), "", "check-check", parent=self)
        self.bulk.setToolTip(self.tr("只答未答的题；否决项和要佐证的题不答，可以撤销  {}").format("Ctrl+Shift+Enter"))
        self.setToolTip(self.tr("到本节第 1 题到第 10 题：{}").format("Alt+1 … Alt+9，Alt+0"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_section(self, number: str, title: str, answered: int, total: int, rest: int) -> None:
        """`rest` is how many items the button would answer; with none it stays, disabled, beside the reason."""
        shown = (number, title, f"{answered}/{total}", rest)
        if shown == (self._number, self._title, self._count, self._rest):
            return
        self._number, self._title, self._count, self._rest = shown
        self.bulk.setEnabled(rest > 0)
        self.setAccessibleName(f"{number} {title} {self._count}")
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(400), theme().tokens.top_bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme().tokens.top_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        area = self.area()
        painter.fillRect(area, theme().color("surface"))
        number = QRectF(NUMBER_LEFT, 0, LEFT - NUMBER_LEFT - 4, area.height() - 1)
        paint.text(painter, number, self._number, "accent", SIZE_ITEM, bold=True)
        words = self._words()
        words_width = paint.text_width(words, SIZE_META)
        right = self.bulk.x() - 12 - words_width - 16
        count = paint.text_width(self._count, SIZE_TEXT)
        title = QRectF(LEFT, 0, max(right - LEFT - count - 12, self.px(60)), area.height() - 1)
        used = paint.text(painter, title, self._title, "text", SIZE_ITEM, bold=True)
        spot = QRectF(LEFT + used + 12, 0, count + 1, area.height() - 1)
        if spot.right() <= self.bulk.x() - 8:
            paint.text(painter, spot, self._count, "text2", SIZE_TEXT)
        aside = QRectF(self.bulk.x() - 12 - words_width, 0, words_width + 1, area.height() - 1)
        if aside.left() >= spot.right() + 8:
            paint.text(painter, aside, words, "text2", SIZE_META)
        paint.hairline(painter, 0, area.width(), area.height() - 1)
        painter.end()

    def _words(self) -> str:
        if self._rest:
            return self.tr("{} 题，可撤销").format(self._rest)
        answered, _, total = self._count.partition("/")
        return "" if answered == total else self.tr("其余要逐题看")

    def _place(self) -> None:
        size = self.bulk.sizeHint()
        width = max(size.width(), self.px(190))
        self.bulk.setGeometry(
            self.width() - RIGHT - width, (self.height() - 1 - size.height()) // 2, width, size.height()
        )
