"""The bars of 完成: where one is (检查 · 签字 · 打印) above; below, what stands in the way and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import VISIT_KINDS, DocumentKind
from jiandu_desktop.ui.finish.words import short_name
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Label, Prose, VerticalHairline

CHECKING, SIGNING, PRINTING = range(3)


class TopBar(QFrame):
    """‹ 继续督导, 完成, which visit, and the three steps."""

    def __init__(self, meta: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "bar-top")
        self.back = Button(self.tr("继续督导"), "bar", "chevron-left")
        self.back.setToolTip(self.tr("回到检查表  {}").format("Esc"))
        self.steps = StepTrail((self.tr("检查"), self.tr("签字"), self.tr("打印")))
        self._title = _Title(self.tr("完成"), meta)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 24, 0)
        row.setSpacing(4)
        row.addWidget(self.back)
        row.addSpacing(2)
        row.addWidget(VerticalHairline())
        row.addSpacing(10)
        row.addWidget(self._title, 1)
        row.addWidget(self.steps)
        self.take_theme()
        theme().changed.connect(self.take_theme)

    def show_frozen(self) -> None:
        """A frozen visit is not gone on with: the way out leads to today."""
        self.back.setText(self.tr("今日"))
        self.back.setToolTip(self.tr("回到今日  {}").format("Esc"))
        self.back.updateGeometry()

    @Slot()
    def take_theme(self) -> None:
        self.setFixedHeight(theme().tokens.top_bar)


class StepTrail(Painted):
    """Numbered rings joined by short lines; the current one filled, passed ones ticked."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, number: int) -> None:
        self._current = number
        names = (self.tr("第 {} 步").format(number + 1), self._words[min(number, len(self._words) - 1)])
        self.setAccessibleName(" ".join(names))
        self.update()

    def current(self) -> int:
        return self._current

    def sizeHint(self) -> QSize:
        words = sum(paint.text_width(word, SIZE_TEXT, True) for word in self._words)
        rings = len(self._words) * self.px(30)
        return QSize(round(words + rings + (len(self._words) - 1) * self.px(42)) + 2, self.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        middle, left = self.height() / 2, 0.0
        for number, word in enumerate(self._words):
            now, passed = number == self._current, number < self._current
            size = self.px(24)
            center = QPointF(left + size / 2, middle)
            if passed:
                paint.dot(painter, center, size, "accent_soft")
                paint.icon(painter, "check", left + size / 2 - self.px(8), middle, self.px(16), "accent")
            else:
                paint.dot(painter, center, size, "accent" if now else None, None if now else "line2", 1.0)
                area = QRectF(left, 0, size, self.height())
                color = "on_accent" if now else "text2"
                paint.text(painter, area, str(number + 1), color, SIZE_META, True, "center")
            left += self.px(30)
            area = QRectF(left, 0, self.width(), self.height())
            left += paint.text(painter, area, word, "text" if now else "text2", SIZE_TEXT, now)
            if number + 1 < len(self._words):
                paint.hairline(painter, left + self.px(10), left + self.px(33), middle, "line2")
                left += self.px(42)
        painter.end()


class BottomBar(QFrame):
    """One of three: what stands in the way; the confirmation, in place; what can be done with issued documents."""

    confirmed = Signal(object)
    """The kinds to be printed, a tuple of DocumentKind; may be empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "bar-bottom")
        self.reason = Reason()
        self.save = Button(self.tr("保存"), icon="save")
        self.save.setToolTip(self.tr("把 PDF 存到您选的文件夹"))
        self.save_word = Button(self.tr("存为 Word"))
        self.save_word.setToolTip(self.tr("把文书存成可以再编辑的 Word 文档"))
        self.slip = Button(self.tr("小票"))
        self.slip.setToolTip(self.tr("在小票打印机上打印现场告知单；纸宽在“设置”的“打印与字体”里选"))
        self.print_draft = Button(self.tr("打印草稿"))
        self.print_draft.setToolTip(self.tr("草稿没有文号，可以再改"))
        self.freeze = Button(self.tr("定稿并打印"), "primary", "printer", "Ctrl+P")
        self.signed = Button(self.tr("已手签"), icon="signature")
        self.signed.setToolTip(self.tr("纸上已由学校签字，记录改为已完成"))
        self.save_issued = Button(self.tr("另存为"), icon="save")
        self.print_again = Button(self.tr("再次打印"), "primary", "printer", "Ctrl+P")
        self.leave = Button(self.tr("回到今日"))
        self.question = _Question()
        self.question.confirmed.connect(self.confirmed)
        self.question.put_off.connect(self.show_buttons)
        self._editing = [self.save, self.print_draft, self.freeze]
        self._frozen = [self.leave, self.signed, self.slip, self.save_issued, self.print_again]
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        for button in (*self._frozen[:3], self.save_word, *self._editing, *self._frozen[3:]):
            row.addWidget(button)
        self._buttons = buttons
        self._stack = QStackedLayout(self)
        self._stack.addWidget(buttons)
        self._stack.addWidget(self.question)
        self.show_editing()
        self.take_theme()
        theme().changed.connect(self.take_theme)

    def show_editing(self) -> None:
        """Before the visit is frozen."""
        self._show(self._editing, self._frozen)

    def show_frozen(self, awaits_ink: bool, printed: bool) -> None:
        """After it; 已手签 is there while the paper waits for ink."""
        self._show(self._frozen, self._editing)
        self.signed.setVisible(awaits_ink)
        self.print_again.setText(self.tr("再次打印") if printed else self.tr("打印"))
        self.print_again.updateGeometry()

    def set_busy(self, busy: bool) -> None:
        """While the visit is being frozen nothing else can be begun."""
        for button in (self.save_word, *self._editing, *self._frozen):
            button.setEnabled(not busy)

    def ask(self, kinds: Sequence[DocumentKind]) -> None:
        """Asks once, here, what freezing asks."""
        self.question.prepare(kinds)
        self._stack.setCurrentWidget(self.question)
        self.take_theme()
        self.question.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def asks(self) -> bool:
        return self._stack.currentWidget() is self.question

    @Slot()
    def show_buttons(self) -> None:
        """Takes the question back."""
        self._stack.setCurrentWidget(self._buttons)
        self.take_theme()
        self.freeze.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def take_theme(self) -> None:
        height = theme().tokens.bottom_bar + 4
        self.setFixedHeight(height + theme().px(36) if self.asks else height)

    def _show(self, shown: Sequence[Button], hidden: Sequence[Button]) -> None:
        for button in shown:
            button.show()
        for button in hidden:
            button.hide()
        self._stack.setCurrentWidget(self._buttons)
        self.take_theme()


class Reason(Painted):
    """Why the primary button is off, or what it will do; elided, with the whole sentence as its tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._icon, self._tone = "", "info", "text2"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, text: str, icon: str = "info", tone: str = "text2") -> None:
        self._text, self._icon, self._tone = text, icon, tone
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def text(self) -> str:
        return self._text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        middle = self.height() / 2
        paint.icon(painter, self._icon, 0, middle, self.px(18), self._tone)
        left = self.px(26)
        paint.text(painter, QRectF(left, 0, self.width() - left - 8, self.height()), self._text)
        painter.end()


class _Question(QWidget):
    """What freezing means, which documents to print, and the two answers."""

    confirmed = Signal(object)
    put_off = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = Prose()
        self._label = Label(self.tr("打印"), role="label")
        self.later = Button(self.tr("再看看"), hint="Esc")
        self.accept = Button(self.tr("确认定稿"), "primary", "lock", "Enter")
        self._boxes: dict[DocumentKind, QCheckBox] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self._row.addWidget(self._label)
        for kind in (each for each in DocumentKind if each in VISIT_KINDS):
            box = QCheckBox(short_name(kind))
            self._boxes[kind] = box
            self._row.addWidget(box)
        self._row.addStretch(1)
        self._row.addWidget(self.later)
        self._row.addSpacing(-8)
        self._row.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 8)
        column.setSpacing(4)
        column.addWidget(self._words, 1)
        column.addLayout(self._row)
        self.accept.clicked.connect(self._accept)
        self.later.clicked.connect(self.put_off)

    def prepare(self, kinds: Sequence[DocumentKind]) -> None:
        for kind, box in self._boxes.items():
            box.setVisible(kind in kinds)
            box.setChecked(kind in kinds)
        names = "、".join(short_name(kind) for kind in kinds)
        words = self.tr("定稿后，记录、照片、签字和{}都不能再改，文书同时取得文号；要改须写明理由，另出修订版。")
        self._words.set_text(words.format(names))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.put_off.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _accept(self) -> None:
        chosen = tuple(kind for kind, box in self._boxes.items() if box.isChecked() and not box.isHidden())
        self.confirmed.emit(chosen)


class _Title(Painted):
    """完成, and behind it the visit; the visit gives way in its middle."""

    def __init__(self, title: str, meta: str) -> None:
        super().__init__()
        self._title, self._meta = title, meta
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"{title} {meta}")
        self.setToolTip(meta)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        area = self.area()
        width = paint.text(painter, area, self._title, "text", SIZE_ITEM, bold=True)
        rest = area.adjusted(width + self.px(14), 0, -12, 0)
        paint.text(painter, rest, self._meta, "text2", SIZE_META, middle=True)
        painter.end()
