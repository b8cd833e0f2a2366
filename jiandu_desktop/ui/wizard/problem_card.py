"""The problem card: opens in place under a failed answer, already filled from the checklist; Enter confirms it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from jiandu_desktop.domain.problem import GRADE_NAMES, Grade, Handling, Problem
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.domain.working_days import HolidayList
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import RADIUS_CARD
from jiandu_desktop.ui.questions.long_text import LongText
from jiandu_desktop.ui.questions.photos import PhotoField
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.badges import Badge
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.segmented import Segmented
from jiandu_desktop.ui.widgets.text import Label
from jiandu_desktop.ui.wizard.problem_card_parts import BasisLine, CardHead, Responsibility, WrappingRow

LABEL_WIDTH = 56
DUTY_WIDTH = 360
"""In less than this three names of units and people are not to be read; in px at 100 %."""

TEXT, MEASURE, RESPONSIBLE = "text", "measure", "responsible"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardContent:
    """What a card shows: the problem, its item's photos, what the item demands, half-typed text."""

    problem: Problem
    photos: tuple[Photo, ...]
    evidence: int
    found_on: date
    unsaved: Mapping[str, str]
    moved: bool = False
    """Whether the date was moved off a day off (遇休息日顺延)."""


class ProblemCard(QWidget):
    """问题 · 依据 · 措施 · 处理、期限、责任人 · 照片."""

    edited = Signal(object)
    """A dict of `Problem` fields with their new values."""

    typing = Signal(str, str)
    """Field and half-typed text, which is kept before it becomes part of the problem."""

    confirmed = Signal()
    phrases_wanted = Signal()
    photo_wanted = Signal(bool)
    """Pictures are to be chosen from files; true when they show the state after it was put right."""
    photo_removed = Signal(str)
    photo_opened = Signal(str)
    files_dropped = Signal(object, bool)
    image_pasted = Signal(object, bool)
    refit = Signal()

    def __init__(
        self,
        people: Sequence[str],
        pictures: Pictures,
        today: date,
        holidays: HolidayList,
        watches: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._content: CardContent | None = None
        self._holidays = holidays
        self._watches = watches
        self.setAccessibleName(self.tr("问题"))
        self._head = CardHead()
        self.grade = Badge("", "caution")
        self.phrases = Button(self.tr("选用话语"), "quiet", "message-square-text")
        self.phrases.setToolTip(self.tr("从备好的说法里选，可输拼音首字母  {}").format("Ctrl+K"))
        self.phrases.clicked.connect(self.phrases_wanted)
        self.confirm = Button(self.tr("确认"), "", "check", "Enter")
        self.confirm.setToolTip(self.tr("问题、措施、期限和责任人都对  {}").format("Enter"))
        self.text = LongText(2, 6)
        self._basis = BasisLine()
        self.measure = LongText(1, 4)
        self.handling = Segmented(
            [(Handling.ON_THE_SPOT.value, self.tr("即知即改")), (Handling.BY_DATE.value, self.tr("限期整改"))]
        )
        self._due_label = Label(self.tr("期限"), "label")
        self.due = DateField(today)
        self._days = Label("", "meta")
        self._person_label = Label(self.tr("责任人"), "label")
        self.responsible = QComboBox()
        self.responsible.setEditable(True)
        self.responsible.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.responsible.addItems(list(people))
        self.responsible.setMinimumWidth(96)
        self._duty_label = Label(self.tr("责任"), "label")
        self.duty = Responsibility()
        self._spot_words = Label(self.tr("当场改好后拍 1 张"), "meta")
        self.photos = PhotoField(pictures)
        self.after_photos = PhotoField(pictures)
        self._photos_label = Label(self.tr("照片"), "label")
        self._after_label = Label(self.tr("改后"), "label")
        self._name_fields()
        self._lay_out()
        self._connect()

    def show_content(self, content: CardContent) -> None:
        """Shows the problem as it stands; a field that has the focus keeps what is being typed in it."""
        before, self._content = self._content, content
        problem = content.problem
        first = before is None or before.problem.id != problem.id
        for name, field, value in (
            (TEXT, self.text, problem.text),
            (MEASURE, self.measure, problem.measure),
        ):
            if first or not field.hasFocus():
                field.set_text(content.unsaved.get(name, value))
        if first or not self.responsible.hasFocus():
            self.responsible.setEditText(content.unsaved.get(RESPONSIBLE, problem.responsible))
            edit = self.responsible.lineEdit()
            if edit is not None:
                edit.setCursorPosition(0)
        self.duty.show_problem(problem, content.unsaved, first=first)
        self._basis.show_basis(problem.basis)
        self.handling.set_value(problem.handling.value)
        self.due.set_day(problem.due)
        self.due.set_earliest(content.found_on)
        self._show_days(problem.due)
        self._show_grade(problem)
        self._head.show_state(problem, self._missing_words(problem))
        self.confirm.setVisible(not problem.confirmed)
        self._show_handling(problem.handling)
        self._show_photos(content)
        self.refit.emit()

    def open(self) -> None:
        """Gives the focus to 问题 with its text selected."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.selectAll()

    def focus_text(self) -> None:
        """Gives the focus to 问题 with the cursor where typing stopped: at the end."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Makes everything half-typed part of the problem."""
        self._commit_text()
        self._commit_measure()
        self._commit_person()
        self.duty.commit_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._confirm()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint.rounded(painter, area, RADIUS_CARD, "caution")
        paint.rounded(painter, area.adjusted(3, 0, 0, 0), RADIUS_CARD - 2, "sunken")
        paint.rounded(painter, area.adjusted(3, 0, 0, 0), RADIUS_CARD - 2, None, "line")
        painter.end()

    def _name_fields(self) -> None:
        self.text.setAccessibleName(self.tr("问题"))
        self.measure.setAccessibleName(self.tr("措施"))
        self.handling.setAccessibleName(self.tr("处理"))
        self.due.setAccessibleName(self.tr("期限"))
        self.responsible.setAccessibleName(self.tr("责任人"))
        self.photos.setAccessibleName(self.tr("照片"))
        self.after_photos.setAccessibleName(self.tr("改后照片"))
        for field in (self.due, self.responsible):
            field.setProperty("size", "small")
        edit = self.responsible.lineEdit()
        if edit is not None:
            edit.setAcceptDrops(False)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 4, 16, 12)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._head, 1)
        head.addWidget(self.grade)
        head.addWidget(self.phrases)
        head.addWidget(self.confirm)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(_top(Label(self.tr("问题"), "label")), 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 1, 1)
        grid.addWidget(Label(self.tr("依据"), "label"), 2, 0)
        grid.addWidget(self._basis, 2, 1)
        grid.addWidget(_top(Label(self.tr("措施"), "label")), 3, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.measure, 3, 1)
        grid.addWidget(_top(Label(self.tr("处理"), "label")), 4, 0, Qt.AlignmentFlag.AlignTop)
        when = (self._spot_words, self._due_label, self.due, self._days)
        self._rows = (
            WrappingRow((self.handling,), when),
            WrappingRow((self._person_label, self.responsible), (self.duty,), DUTY_WIDTH),
        )
        self.responsible.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        grid.addWidget(self._rows[0], 4, 1)
        grid.addWidget(_top(self._duty_label), 5, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._rows[1], 5, 1)
        for row in self._rows:
            row.wrapped.connect(self.refit)
        grid.addWidget(self._photos_label, 6, 0)
        grid.addWidget(self.photos, 6, 1)
        grid.addWidget(self._after_label, 7, 0)
        grid.addWidget(self.after_photos, 7, 1)

    def _connect(self) -> None:
        self.text.typed.connect(self._typed_text)
        self.text.left.connect(self._commit_text)
        self.text.confirmed.connect(self._confirm)
        self.text.height_changed.connect(self.refit)
        self.measure.typed.connect(self._typed_measure)
        self.measure.left.connect(self._commit_measure)
        self.measure.confirmed.connect(self._confirm)
        self.measure.height_changed.connect(self.refit)
        self.confirm.clicked.connect(self._confirm)
        self.handling.chosen.connect(self._handled)
        self.due.day_changed.connect(self._dated)
        edit = self.responsible.lineEdit()
        if edit is not None:
            edit.textEdited.connect(self._typed_person)
            edit.editingFinished.connect(self._commit_person)
        self.responsible.activated.connect(self._commit_person)
        self.duty.typed.connect(self.typing)
        self.duty.committed.connect(self._commit)
        self.photos.wanted.connect(self._want_photo)
        self.after_photos.wanted.connect(self._want_after_photo)
        for field, after in ((self.photos, False), (self.after_photos, True)):
            field.removed.connect(self.photo_removed)
            field.opened.connect(self.photo_opened)
            field.files_dropped.connect(lambda files, after=after: self.files_dropped.emit(files, after))
            field.image_pasted.connect(lambda image, after=after: self.image_pasted.emit(image, after))

    def _missing_words(self, problem: Problem) -> str:
        names = {
            "text": self.tr("问题"),
            "measure": self.tr("措施"),
            "responsible": self.tr("责任人"),
            "due": self.tr("期限"),
        }
        return "、".join(names[name] for name in problem.missing() if name in names)

    def _show_grade(self, problem: Problem) -> None:
        name = GRADE_NAMES[problem.grade]
        self.grade.set(name if problem.grade is Grade.MINOR else self.tr("{}问题").format(name), "caution")

    def _show_handling(self, handling: Handling) -> None:
        by_date = handling is Handling.BY_DATE
        dated: tuple[QWidget, ...] = (
            self._due_label,
            self.due,
            self._days,
            self._person_label,
            self.responsible,
            self._duty_label,
            self.duty,
        )
        for widget in dated:
            widget.setVisible(by_date)
        on_the_spot: tuple[QWidget, ...] = (self._spot_words, self._after_label, self.after_photos)
        for widget in on_the_spot:
            widget.setVisible(not by_date)
        for row in self._rows:
            row.fit()

    def _show_photos(self, content: CardContent) -> None:
        before = tuple(photo for photo in content.photos if not photo.after)
        after = tuple(photo for photo in content.photos if photo.after)
        first_line = self.tr("拖入、粘贴或选文件")
        wanted = max(content.evidence, content.problem.evidence_wanted)
        count = self.tr("已有 {} 张").format(len(before)) if before else ""
        if wanted:
            count = self.tr("至少 {0} 张，已有 {1} 张").format(wanted, len(before))
        watching = self.tr("手机拍的会自动进来") if self._watches else ""
        second_line = " · ".join(part for part in (watching, count) if part)
        self.photos.show_photos(before, "\n".join(line for line in (first_line, second_line) if line))
        self.after_photos.show_photos(after, self.tr("整改后的样子"))

    def _show_days(self, due: date | None) -> None:
        if due is None or self._content is None:
            self._days.setText("")
            return
        days, start = (due - self._content.found_on).days, self._content.found_on
        moved = self._content.moved and due == self._content.problem.due
        self._days.setText((self.tr("{} 天，遇休息日顺延") if moved else self.tr("{} 天")).format(days))
        words = self.tr("{days} 天，其中 {working} 个工作日").format(
            days=days, working=self._holidays.between(start, due)
        )
        if moved:
            words += self.tr("；最后一天是休息日，顺延到下一个工作日")
        self._days.setToolTip(words)

    @Slot()
    def _confirm(self) -> None:
        self.commit()
        self.confirmed.emit()

    @Slot()
    def _typed_text(self) -> None:
        self.typing.emit(TEXT, self.text.text())

    @Slot()
    def _typed_measure(self) -> None:
        self.typing.emit(MEASURE, self.measure.text())

    @Slot(str)
    def _typed_person(self, text: str) -> None:
        self.typing.emit(RESPONSIBLE, text)

    @Slot()
    def _commit_text(self) -> None:
        self._commit(TEXT, self.text.text().strip())

    @Slot()
    def _commit_measure(self) -> None:
        self._commit(MEASURE, self.measure.text().strip())

    @Slot()
    def _commit_person(self) -> None:
        self._commit(RESPONSIBLE, self.responsible.currentText().strip())

    @Slot(str, str)
    def _commit(self, name: str, value: str) -> None:
        if self._content is not None and getattr(self._content.problem, name) != value:
            self.edited.emit({name: value})
        elif self._content is not None and name in self._content.unsaved:
            self.edited.emit({})

    @Slot(str)
    def _handled(self, value: str) -> None:
        self.edited.emit({"handling": Handling(value)})

    @Slot(object)
    def _dated(self, due: object) -> None:
        self._show_days(due if isinstance(due, date) else None)
        self.edited.emit({"due": due})

    @Slot()
    def _want_photo(self) -> None:
        self.photo_wanted.emit(False)

    @Slot()
    def _want_after_photo(self) -> None:
        self.photo_wanted.emit(True)


def _top(label: Label) -> Label:
    label.setContentsMargins(0, 9, 0, 0)
    return label
