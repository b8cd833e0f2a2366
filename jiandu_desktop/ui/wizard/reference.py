"""The panel at the right: what the item in hand asks for, rests on, was last time, and what the school still owes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import RADIUS_BADGE, SIZE_ITEM, SIZE_META
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose
from jiandu_desktop.ui.wizard.basis import split_basis

PANEL_WIDTH, LOW_PANEL_WIDTH = 308, 284
"""In a wide window and in one below 1200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The same item at the visit before: read-only."""

    at: date
    label: str
    note: str = ""
    failed: bool = False
    photo: str = ""
    """SHA-256 of its first photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """All the panel shows of one item."""

    number: str
    label: str
    standard: str = ""
    basis: str = ""
    last: LastTime | None = None


class ReferencePanel(QFrame):
    """Scrolls when the window is low; a part with nothing to say is not there."""

    wants_school = Signal()

    def __init__(
        self, open_problems: Sequence[Problem], today: date, pictures: Pictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        pictures.arrived.connect(self._picture_arrived)
        self.setProperty("ground", "panel")
        self._problems = tuple(open_problems)
        self._today = today
        self._shown: Reference | None = None
        body = QWidget()
        body.setProperty("ground", "sunken")
        column = QVBoxLayout(body)
        column.setContentsMargins(19, 16, 19, 16)
        column.setSpacing(0)
        self._head = _Head()
        self._standard = _Part(self.tr("标准"), first=True)
        self._basis = _Part(self.tr("依据"), quoted=True)
        self._last = _Part(self.tr("上次情况"))
        column.addWidget(self._head)
        for part in (self._standard, self._basis, self._last):
            column.addWidget(part)
        self._owed = self._owed_part()
        column.addWidget(self._owed)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head.setToolTip(self.tr("收起或打开这一栏  {}").format("F4"))
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(scroll)

    def show_reference(self, reference: Reference) -> None:
        """Shows another item; the same again costs nothing."""
        if reference == self._shown:
            return
        self._shown = reference
        self._head.show_item(reference.number, reference.label)
        self._standard.show_text(reference.standard)
        title, words = split_basis(reference.basis)
        self._basis.show_text(words or title, title if words else "")
        last = reference.last
        if last is None:
            self._last.show_text("")
        else:
            self._last.set_aside(self.tr("{} · 只读").format(day_words(last.at)))
            self._last.show_text(last.note, last.label, strong=True, caution=last.failed)
        self._show_photo()

    @Slot(str)
    def _picture_arrived(self, sha256: str) -> None:
        last = self._shown.last if self._shown is not None else None
        if last is not None and last.photo == sha256:
            self._show_photo()

    def _show_photo(self) -> None:
        last = self._shown.last if self._shown is not None else None
        photo = last.photo if last is not None else ""
        self._last.picture.show_picture(self._pictures.get(photo) if photo else None, bool(photo))

    def _owed_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(2)
        column.addWidget(Hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 2)
        count = len(self._problems)
        row.addWidget(Label(self.tr("本校未销号问题 {}").format(count or "—"), "section"), 1)
        link = Link(self.tr("学校情况"), SIZE_META)
        link.clicked.connect(self.wants_school)
        row.addWidget(link)
        column.addLayout(row)
        for problem in self._problems:
            column.addWidget(Prose(problem.text))
            column.addWidget(self._due_line(problem))
            column.addSpacing(8)
        return part

    def _due_line(self, problem: Problem) -> QWidget:
        words, tone = owed_words(problem, self._today)
        return Label(words, "meta") if tone == "text2" else Prose(words, SIZE_META, tone, bold=True)


class _Part(QWidget):
    """A heading, perhaps words at its right, and a text below; hidden when the text is empty."""

    def __init__(self, title: str, quoted: bool = False, first: bool = False) -> None:
        super().__init__()
        self._quoted = quoted
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        if not first:
            column.addWidget(Hairline())
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(Label(title, "section"), 1)
        self._aside = Label("", "meta")
        row.addWidget(self._aside)
        column.addLayout(row)
        self.picture = _Thumbnail()
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 4, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout()
        box.setContentsMargins(14 if quoted else 0, 0, 0, 0)
        box.setSpacing(2)
        self._title = Prose("", SIZE_META if quoted else 14, "text2" if quoted else "text")
        self._text = Prose("")
        box.addWidget(self._title)
        box.addWidget(self._text)
        beside.addLayout(box, 1)
        column.addLayout(beside)

    def set_aside(self, words: str) -> None:
        self._aside.setText(words)

    def show_text(self, text: str, title: str = "", strong: bool = False, caution: bool = False) -> None:
        self._title.set_text(title, "caution" if caution else "text" if strong else None)
        self._title.setVisible(bool(title))
        self._text.set_text(text)
        self._text.setVisible(bool(text))
        self.setVisible(bool(text or title))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._quoted:
            return
        painter = QPainter(self)
        top = min((part.geometry().top() for part in (self._title, self._text) if not part.isHidden()), default=0)
        painter.fillRect(0, top, 2, self.height() - top, theme().color("accent_line"))
        painter.end()


class _Thumbnail(Painted):
    """The photo of the last visit, 64 × 48; grey until it has been read, not there without one."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setFixedSize(64, 48)
        self.hide()

    def show_picture(self, image: QImage | None, wanted: bool) -> None:
        self._image = image
        self.setVisible(wanted)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint.rounded(painter, self.area(), RADIUS_BADGE, "hover", "line")
        if self._image is not None and not self._image.isNull():
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            share_x, share_y = self.width() / size.width(), self.height() / size.height()
            wide, high = self._image.width() * share_x, self._image.height() * share_y
            middle = QRectF((self._image.width() - wide) / 2, (self._image.height() - high) / 2, wide, high)
            painter.drawImage(self.area(), self._image, middle)
        painter.end()


class _Head(Painted):
    """Number in accent and the item's words, at most two lines."""

    def __init__(self) -> None:
        super().__init__()
        self._number, self._label = "", ""
        self._words = Prose("", SIZE_ITEM - 2, "text", bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._words)

    def show_item(self, number: str, label: str) -> None:
        self._number = number
        indent = round(paint.text_width(number, 14, bold=True)) + 12 if number else 0
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(indent, 0, 0, 0)
        self._words.set_text(label)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = self.painter()
        area = self.area()
        area.setHeight(round(self.px(14) * 1.55))
        paint.text(painter, area, self._number, "accent", 14, bold=True)
        painter.end()


def day_words(day: date | datetime) -> str:
    """11月24日, as dates read in running text."""
    return f"{day.month}月{day.day}日"


def owed_words(problem: Problem, today: date) -> tuple[str, str]:
    """When a problem was found and until when it is to be put right, and the tone: late is red, today ochre."""
    tr = QCoreApplication.translate
    found = problem.found_at.strftime("%m-%d")
    if problem.due is None:
        return tr("Owed", "{} 提出").format(found), "text2"
    days = (problem.due - today).days
    if days < 0:
        return tr("Owed", "{0} 提出 · 逾期 {1} 天").format(found, -days), "red"
    if days == 0:
        return tr("Owed", "{} 提出 · 今天到期").format(found), "caution"
    return tr("Owed", "{0} 提出 · {1} 到期").format(found, problem.due.strftime("%m-%d")), "text2"
