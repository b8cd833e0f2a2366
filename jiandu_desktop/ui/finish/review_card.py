"""定稿前看一遍: what is missing in four groups, each line a way back to its item; below, what the visit found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import GRADE_NAMES, HANDLING_NAMES, Grade, Handling, Problem
from jiandu_desktop.services.completion import Review, ReviewEntry
from jiandu_desktop.ui.finish.words import short_name, why
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Hairline, Label

_EDGE = 19
_LABEL = 72
_LOW = 460


class ReviewCard(QFrame):
    """The list scrolls, the counts stay."""

    chosen = Signal(str)
    """The item a line leads to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._heading = Label(self.tr("定稿前看一遍"), role="heading")
        self._hint = Label(self.tr("点一条就到那一题"), role="meta")
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 12, _EDGE, 8)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._hint)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._counts = _Counts()
        self._fields = QVBoxLayout()
        self._fields.setSpacing(8)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(Hairline())
        foot.addWidget(self._counts)
        foot.addLayout(self._fields)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self._foot)
        self._inner: QVBoxLayout | None = None
        self.rows: list[ReviewRow] = []

    def show_review(self, review: Review) -> None:
        """Shows what is missing; groups without a line vanish."""
        groups = (
            ("x", self.tr("必须改"), self.tr("改完才能定稿"), review.must_fix, "caution"),
            ("circle-question-mark", self.tr("未答"), self.tr("可以留空"), review.unanswered, "text2"),
            ("triangle-alert", self.tr("请核对"), self.tr("属实就保留"), review.please_check, "text2"),
            ("camera", self.tr("缺照片"), self.tr("可以后补"), review.missing_photos, "text2"),
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._column.addWidget(self._foot)  # out of the list of before, which is about to be deleted
        self.rows = []
        for icon, name, rule, entries, tone in groups:
            if not entries:
                continue
            column.addWidget(_GroupHead(icon, name, len(entries), rule, tone))
            for place, entry in enumerate(entries):
                first = tone == "caution" and place == 0
                row = ReviewRow(entry, tone == "caution", first, place > 0)
                row.clicked.connect(lambda _=False, ref=entry.ref: self.chosen.emit(ref))
                self.rows.append(row)
                column.addWidget(row)
        if not self.rows:
            column.addWidget(_AllDone(self.tr("都齐了"), self.tr("没有要补的内容，签字后即可定稿。")), 1)
        column.addStretch(1)
        self._inner = column
        self._scroll.setWidget(inner)
        self._place_foot()
        self._heading.setText(self.tr("定稿前看一遍") if review.must_fix else self.tr("可以定稿"))
        self._hint.setVisible(bool(self.rows))

    def add_field(self, label: str, field: QWidget) -> None:
        """A field below the counts, in line with them."""
        row = QHBoxLayout()
        row.setSpacing(0)
        words = Label(label, role="label")
        words.setFixedWidth(theme().px(_LABEL))
        row.addWidget(words)
        row.addWidget(field, 1)
        self._fields.addLayout(row)
        self._fields.setContentsMargins(_EDGE, 0, _EDGE, 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    def _place_foot(self) -> None:
        """In a low window the counts scroll with the list."""
        low = self.height() < theme().px(_LOW)
        if low and self._inner is not None:
            self._inner.addWidget(self._foot)
        else:
            self._column.addWidget(self._foot)

    def show_counts(self, problems: Sequence[Problem], kinds: Sequence[DocumentKind]) -> None:
        """Shows the problems by grade and by handling, and the documents to come."""
        self._counts.show_counts(problems, kinds)


class ReviewRow(QAbstractButton):
    """One line: number, item, why; the whole row is the link, the first that must be fixed has a button besides."""

    def __init__(self, entry: ReviewEntry, must: bool, primary: bool, ruled: bool) -> None:
        super().__init__()
        self.entry = entry
        self._must, self._ruled = must, ruled
        self._why = "" if entry.code == "review-unanswered" else why(entry)
        self.setText(f"{entry.number} {entry.label} {self._why}")
        self.setToolTip(self.text())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.button: Button | None = None
        if primary:
            self.button = Button(self.tr("去改"), "primary", parent=self)
            self.button.clicked.connect(self.click)

    def sizeHint(self) -> QSize:
        lines = 2 if self._needs_two() else 1
        least = theme().tokens.control + 16 if self.button is not None else theme().tokens.link_row
        return QSize(theme().px(300), max(least, theme().px(54) if lines == 2 else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.button is not None:
            hint = self.button.sizeHint()
            width = max(hint.width(), theme().px(76))
            self.button.setGeometry(
                self.width() - _EDGE - width, (self.height() - hint.height()) // 2, width, hint.height()
            )
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(area, theme().color("hover"))
        if self._ruled:
            paint.hairline(painter, _EDGE, self.width() - _EDGE, 0)
        two = self._needs_two()
        first = QRectF(_EDGE, area.top() + 5, area.width(), area.height() / 2) if two else area
        line = QRectF(_EDGE, first.top(), self._right() - _EDGE, first.height())
        paint.text(painter, line, self.entry.number, "accent", SIZE_TEXT, bold=True)
        left = _EDGE + self._number_width()
        right = self._right()
        why_width = paint.text_width(self._why, SIZE_META)
        if two:
            second = QRectF(left, area.height() / 2 - 1, right - left, area.height() / 2 - 4)
            paint.text(painter, second, self._why, "caution" if self._must else "text2", SIZE_META)
            paint.text(painter, QRectF(left, first.top(), right - left, first.height()), self.entry.label, middle=True)
        elif self._must:
            room = right - left - why_width - theme().px(10)
            x = paint.text(painter, QRectF(left, 0, room, area.height()), self.entry.label, middle=True)
            rest = QRectF(left + x + theme().px(10), 0, why_width + 2, area.height())
            paint.text(painter, rest, self._why, "caution", SIZE_META)
        else:
            room = right - left - (why_width + 12 if self._why else 0)
            paint.text(painter, QRectF(left, 0, room, area.height()), self.entry.label, middle=True)
            paint.text(
                painter, QRectF(left, 0, right - left, area.height()), self._why, "text2", SIZE_META, align="right"
            )
        if self.button is None:
            paint.icon(painter, "chevron-right", self.width() - _EDGE - 16, area.center().y(), 16, "text2")
        if self.hasFocus():
            paint.focus_ring(painter, area.adjusted(2, 2, -2, -2), 6)
        painter.end()

    def _number_width(self) -> float:
        return max(theme().px(40), paint.text_width(self.entry.number, SIZE_TEXT, True) + 10)

    def _right(self) -> float:
        """Where the words must end."""
        if self.button is not None:
            return float(self.width() - _EDGE - max(self.button.sizeHint().width(), theme().px(76)) - 10)
        return float(self.width() - _EDGE - 28)

    def _needs_two(self) -> bool:
        """The reason goes below where both do not fit beside each other."""
        if not self._why:
            return False
        room = self._right() - _EDGE - self._number_width()
        return paint.text_width(self.entry.label) + paint.text_width(self._why, SIZE_META) + 16 > room


class _GroupHead(Painted):
    def __init__(self, icon: str, name: str, count: int, rule: str, tone: str) -> None:
        super().__init__()
        self._icon, self._name, self._count, self._rule, self._tone = icon, name, count, rule, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name} {count}")

    def sizeHint(self) -> QSize:
        return QSize(self.px(200), self.px(37))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        area = self.area()
        painter.fillRect(area, theme().color("sunken"))
        paint.hairline(painter, 0, self.width(), 0)
        color = "text" if self._tone == "text2" else self._tone
        paint.icon(painter, self._icon, _EDGE, area.center().y(), self.px(18), self._tone)
        row = area.adjusted(_EDGE + self.px(28), 0, -_EDGE, 0)
        used = paint.text(painter, row, self._name, color, SIZE_TEXT, bold=True)
        paint.text(painter, row.adjusted(used + 8, 0, 0, 0), str(self._count), color, SIZE_TEXT)
        paint.text(painter, row, self._rule, "text2", SIZE_META, align="right")
        painter.end()


class _AllDone(Painted):
    """Nothing is missing."""

    def __init__(self, title: str, line: str) -> None:
        super().__init__()
        self._title, self._line = title, line
        self.setMinimumHeight(self.px(160))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        paint.hairline(painter, 0, self.width(), 0)
        middle, center = self.height() / 2, self.width() / 2
        paint.dot(painter, QPointF(center, middle - self.px(40)), self.px(40), "accent_soft")
        paint.icon(painter, "check", center - self.px(10), middle - self.px(40), self.px(20), "accent")
        row = QRectF(12, middle - self.px(10), self.width() - 24, self.px(28))
        paint.text(painter, row, self._title, "text", SIZE_ITEM, True, "center")
        paint.text(painter, row.translated(0, self.px(28)), self._line, "text2", SIZE_TEXT, False, "center")
        painter.end()


class _Counts(Painted):
    """本次问题 5 个 1 严重 …; 处理 …; 将生成 …"""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, list[tuple[str, str]]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, problems: Sequence[Problem], kinds: Sequence[DocumentKind]) -> None:
        grades = Counter(problem.grade for problem in problems)
        ways = Counter(problem.handling for problem in problems)
        found = [(str(len(problems) or "—"), self.tr("个") if problems else "")]
        order = (Grade.SERIOUS, Grade.COMPLEX, Grade.GENERAL, Grade.MINOR)
        found += [(str(grades[grade]), self.tr(GRADE_NAMES[grade])) for grade in order if grades[grade]]
        handled = [(str(ways[way]), self.tr(HANDLING_NAMES[way])) for way in Handling if ways[way]]
        names = "、".join(short_name(kind) for kind in kinds)
        self._lines = [(self.tr("本次问题"), found)]
        if handled:
            self._lines.append((self.tr("处理"), handled))
        self._lines.append((self.tr("将生成"), [("", names)]))
        said = [f"{label} {' '.join(figure + word for figure, word in parts)}" for label, parts in self._lines]
        self.setAccessibleName("；".join(said))
        self.setToolTip(names)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.px(300), self.px(34) * len(self._lines) + self.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        for number, (label, parts) in enumerate(self._lines):
            row = QRectF(_EDGE, self.px(6) + number * self.px(34), self.width() - 2 * _EDGE, self.px(34))
            paint.text(painter, row, label, "text2", SIZE_META)
            left = float(_EDGE + self.px(_LABEL))
            for figure, word in parts:
                area = QRectF(left, row.top(), row.right() - left, row.height())
                if figure:
                    used = paint.text(painter, area, figure, "text", SIZE_ITEM, bold=True) + 6
                    left += used
                    area = area.adjusted(used, 0, 0, 0)
                left += paint.text(painter, area, word, "text2") + self.px(16)
        painter.end()
