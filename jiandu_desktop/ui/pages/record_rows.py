"""The rows of a record: a section's title, and an item with its answer, note, photos and problem."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import GRADE_NAMES, HANDLING_NAMES, PROBLEM_STATE_NAMES, Problem
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import SIZE_ITEM, SIZE_META, SIZE_TEXT
from jiandu_desktop.ui.operations.records import RecordItem
from jiandu_desktop.ui.pages.words import join
from jiandu_desktop.ui.questions.attachments import FileRow
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.badges import Badge
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.photos import Photo, PhotoStrip
from jiandu_desktop.ui.widgets.text import Hairline, Label, Prose

_VERDICTS = {
    "good": ("accent", "check"),
    "failed": ("caution", "diamond"),
    "veto": ("red", "octagon-minus"),
    "na": ("neutral", "minus"),
    "": ("neutral", ""),
}

NUMBER = 44
"""Width of the numbers' column at 100 %."""

SHORT = 14
"""Answers longer than this many characters stand below the question instead of in a badge beside it."""


class SectionTitle(Painted):
    """Number and name of a section."""

    def __init__(self, number: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._label = number, label
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{number} {label}")

    def sizeHint(self) -> QSize:
        return QSize(self.px(200), self.px(48))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        area = QRectF(0, self.px(8), self.width(), self.px(38))
        paint.text(painter, area, self._number, "text2", SIZE_META)
        paint.text(painter, area.adjusted(self.px(NUMBER), 0, 0, 0), self._label, "text", SIZE_ITEM, bold=True)
        painter.end()


class RecordRow(QWidget):
    """One item, to be read."""

    photo_opened = Signal(str)
    """A photo's or file's id."""

    file_saved = Signal(str)

    def __init__(self, item: RecordItem, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._pictures = pictures
        self._strip: PhotoStrip | None = None
        number = Label(item.number, tone="text2")
        number.setFixedWidth(theme().px(NUMBER))
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(Prose(item.label))
        short = len(item.answer) <= SHORT
        tone, icon = _VERDICTS[item.verdict]
        badge = Badge(item.answer or self.tr("未答"), tone, icon)
        if not short:
            right.addWidget(Prose(item.answer, tone="text2"))
        if item.self_rating:
            words = (
                self.tr("学校自评：{answer}")
                if item.self_rating == item.answer
                else self.tr("学校自评：{answer}（与督评不同）")
            )
            right.addWidget(Prose(words.format(answer=item.self_rating), SIZE_TEXT, "text2"))
        if item.note:
            right.addWidget(Prose(self.tr("备注：{note}").format(note=item.note), SIZE_TEXT, "text2"))
        if item.problem is not None:
            right.addWidget(_ProblemLine(item.problem))
        self._taken = tuple(photo for photo in item.photos if photo.is_picture)
        if self._taken:
            self._strip = PhotoStrip()
            self._strip.set_read_only(True)
            self._strip.opened.connect(self.photo_opened)
            self._show_photos()
            pictures.arrived.connect(self._arrived)
            right.addWidget(self._strip)
        for photo in item.photos:
            if not photo.is_picture:
                file = FileRow(photo, False)
                file.opened.connect(self.photo_opened)
                file.saved.connect(self.file_saved)
                right.addWidget(file)
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(0)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        if short:
            row.addSpacing(12)
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Hairline())
        self.setAccessibleName(f"{item.number} {item.label} {item.answer}")

    def _show_photos(self) -> None:
        if self._strip is not None:
            self._strip.set_photos(
                [Photo(photo.id, self._pictures.get(photo.sha256), photo.name) for photo in self._taken]
            )

    @Slot(str)
    def _arrived(self, sha256: str) -> None:
        image = self._pictures.get(sha256)
        if self._strip is not None and image is not None:
            for photo in self._taken:
                if photo.sha256 == sha256:
                    self._strip.set_image(photo.id, image)


class _ProblemLine(QWidget):
    """The problem that the answer became."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        due = f"{problem.due:%Y-%m-%d}" if problem.due is not None else ""
        facts = join(
            (
                GRADE_NAMES[problem.grade],
                HANDLING_NAMES[problem.handling],
                problem.responsible,
                due,
                PROBLEM_STATE_NAMES[problem.state],
                problem.notice_number,
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 2, 0, 2)
        column.setSpacing(2)
        column.addWidget(Prose(self.tr("问题：{text}").format(text=problem.text), tone="caution"))
        column.addWidget(Prose(self.tr("措施：{text}").format(text=problem.measure), tone="text2"))
        column.addWidget(Prose(facts, SIZE_META, "text2"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.rounded(painter, QRectF(0, 3, 3, self.height() - 6), 1.5, "caution")
        painter.end()
