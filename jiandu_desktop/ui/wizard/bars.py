"""The wizard's two bars: who and where above, how far and what next below."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.badges import KeyHint
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.progress import ProgressLine
from jiandu_desktop.ui.widgets.text import VerticalHairline

LOW_BAR = 48
"""Height of the bars in a narrow window."""


class TopBar(QFrame):
    """‹ 今日, the school, what is done there, when it was last saved, and ways out of the list.

    `reference` is there only where the panel at the right is a drawer, `language` only where the checklist has several,
    `redo` only while something was taken back.
    """

    def __init__(self, school: str, meta: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "bar-top")
        self.back = Button(self.tr("今日"), "bar", "chevron-left")
        self.back.setToolTip(self.tr("回到今日，已答的都已保存  {}").format("Alt+←"))
        self._title = _Title(school, meta)
        self.saved = SavedMark()
        self.language = Button("", "bar", "type")
        self.undo = Button(self.tr("撤销"), "bar", "undo-2")
        self.undo.setToolTip(self.tr("撤销上一步  {}").format("Ctrl+Z"))
        self.redo = Button(self.tr("重做"), "bar", "redo-2")
        self.redo.setToolTip(self.tr("把刚撤销的再做一遍  {}").format("Ctrl+Y"))
        self.redo.hide()
        self.school = Button(self.tr("学校情况"), "bar", "school")
        self.photos = Button(self.tr("照片"), "bar", "camera")
        self.photos.setToolTip(self.tr("给当前题加照片  {}").format("Ctrl+P"))
        self.reference = Button(self.tr("标准依据"), "bar", "book-open")
        self.reference.setToolTip(self.tr("打开或收起标准、依据和上次情况  {}").format("F4"))
        self.reference.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addSpacing(4)
        row.addWidget(VerticalHairline())
        row.addSpacing(8)
        row.addWidget(self._title, 1)
        row.addWidget(self.saved)
        row.addSpacing(8)
        row.addWidget(VerticalHairline())
        row.addSpacing(8)
        # 重做 comes and goes at the left of 撤销, which stays under the mouse.
        for button in (self.reference, self.language, self.redo, self.undo, self.school, self.photos):
            row.addWidget(button)

    def show_photo_count(self, count: int) -> None:
        self.photos.setText(self.tr("照片 {}").format(count) if count else self.tr("照片"))
        self.photos.setAccessibleName(self.tr("照片，共 {} 张").format(count))
        self.photos.updateGeometry()


class BottomBar(QFrame):
    """已答 47/62, vetoes left, problems; the keys; 去完成 and the primary 下一未答."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "bar-bottom")
        self.tally = TallyLine()
        self.hints = (
            KeyHint("1–4", self.tr("作答")),
            KeyHint("F8", self.tr("下一未答")),
            KeyHint("Ctrl+D", self.tr("备注")),
            KeyHint("Ctrl+P", self.tr("照片")),
            KeyHint("Ctrl+Enter", self.tr("下一节")),
        )
        self.finish = Button(self.tr("去完成"))
        self.finish.setToolTip(self.tr("看还缺什么，然后定稿、打印"))
        self.next = Button(self.tr("下一未答"), "primary", hint="F8")
        self.next.setToolTip(self.tr("下一道未答的题 F8，上一道 Shift+F8"))
        self.finish.setMinimumWidth(theme().px(96))
        self.next.setMinimumWidth(theme().px(132))
        self._rule = VerticalHairline()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(0)
        row.addWidget(self.tally)
        row.addSpacing(16)
        row.addWidget(self._rule)
        row.addSpacing(18)
        for hint in self.hints:
            row.addWidget(hint)
            row.addSpacing(14)
        row.addStretch(1)
        row.addWidget(self.finish)
        row.addSpacing(8)
        row.addWidget(self.next)

    def minimumSizeHint(self) -> QSize:
        # The hints give way one by one, so they count for nothing here.
        return QSize(20 + self.tally.sizeHint().width() + 24 + self._buttons_width() + 24, theme().tokens.bottom_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_hints()

    def fit_hints(self) -> None:
        """Shows as many keys as there is room for; buttons never give way."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self.tally.sizeHint().width() - 16 - 1 - 18
        room -= self._buttons_width() + len(self.hints) * 14 + 8
        for hint in self.hints:
            room -= hint.sizeHint().width()
            hint.setVisible(room >= 0)
        self._rule.setVisible(not self.hints[0].isHidden())

    def _buttons_width(self) -> int:
        widths = [max(button.sizeHint().width(), button.minimumWidth()) for button in (self.finish, self.next)]
        return sum(widths) + 8


class SavedMark(Painted):
    """已保存 10:42:18 with a tick; while something is not yet durable, that in words and ochre."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = "", "text2", "check"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_saved(self, at: datetime) -> None:
        """`at` is the time of the last durable write, shown in its own zone."""
        self._show(self.tr("已保存 {}").format(at.strftime("%H:%M:%S")), "text2", "check")

    def show_unsaved(self) -> None:
        self._show(self.tr("尚未保存，正在重试"), "caution", "triangle-alert")

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        if not self._text:
            return QSize(0, self.px(24))
        return QSize(round(self.px(20) + paint.text_width(self._text, SIZE_META)) + 2, self.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._text:
            return
        painter = self.painter()
        tick = "accent" if self._tone == "text2" else self._tone
        paint.icon(painter, self._icon, 0, self.height() / 2, self.px(16), tick)
        paint.text(painter, self.area().adjusted(self.px(20), 0, 0, 0), self._text, self._tone, SIZE_META)
        painter.end()

    def _show(self, text: str, tone: str, icon: str) -> None:
        if (text, tone) == (self._text, self._tone):
            return
        longer = len(text) != len(self._text)
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        if longer:
            self.updateGeometry()
        self.update()


class TallyLine(Painted):
    """已答 47/62 with its line, 否决项剩 3, 问题 4: how far the visit is, in words first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answered = self._total = self._veto_open = self._problems = 0
        self._line = ProgressLine(0.0, 96, 5, self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_tally(self, answered: int, total: int, veto_open: int, problems: int) -> None:
        tally = (answered, total, veto_open, problems)
        if tally == (self._answered, self._total, self._veto_open, self._problems):
            return
        before = self.sizeHint()
        self._answered, self._total, self._veto_open, self._problems = tally
        self._line.set_share(answered / total if total else 0.0)
        words = self.tr("已答 {} 题，共 {} 题；否决项剩 {}；问题 {}").format(*tally)
        self.setAccessibleName(words)
        if self.sizeHint() != before:
            self.updateGeometry()
        self._place_line()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._draw(None)) + 2, theme().tokens.control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_line()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        self._draw(painter)
        painter.end()

    def _place_line(self) -> None:
        left = paint.text_width(self.tr("已答")) + 8
        left += paint.text_width(f"{self._answered}/{self._total}", SIZE_ITEM, bold=True) + self.px(14)
        self._line.setGeometry(round(left), round(self.height() / 2 - 2.5), 96, 5)

    def _draw(self, painter: QPainter | None) -> float:
        """Draws the line of words, or only measures it for None; returns its width."""
        area, middle, left = self.area(), self.height() / 2, 0.0

        def words(text: str, size: int, color: str, bold: bool) -> None:
            nonlocal left
            width = paint.text_width(text, size, bold)
            if painter is not None:
                paint.text(painter, QRectF(left, area.top(), width + 1, area.height()), text, color, size, bold)
            left += width

        words(self.tr("已答"), SIZE_TEXT, "text2", False)
        left += 8
        words(f"{self._answered}/{self._total}", SIZE_ITEM, "text", True)
        left += self.px(14) + 96 + self.px(18)
        if self._veto_open:
            if painter is not None:
                paint.icon(painter, "octagon-minus", left, middle, self.px(18), "red")
            left += self.px(24)
            words(self.tr("否决项剩 {}").format(self._veto_open), SIZE_TEXT, "red", True)
            left += self.px(16)
        if painter is not None:
            paint.diamond(painter, QPointF(left + self.px(6), middle), self.px(12))
        left += self.px(19)
        words(self.tr("问题 {}").format(self._problems or "—"), SIZE_TEXT, "text", False)
        return left


class _Title(Painted):
    """School in bold, then task, date and people; the people give way first, then the middle of the name."""

    def __init__(self, school: str, meta: str) -> None:
        super().__init__()
        self._school, self._meta = school, meta
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"{school} {meta}")
        self.setToolTip(f"{school}\n{meta}")

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        area = self.area()
        width = paint.text(painter, area, self._school, "text", SIZE_ITEM, bold=True, middle=True)
        rest = area.adjusted(width + self.px(14), 0, -8, 0)
        if rest.width() > self.px(60):
            paint.text(painter, rest, self._meta, "text2", SIZE_META)
        painter.end()
