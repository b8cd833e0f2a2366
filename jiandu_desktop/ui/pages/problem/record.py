"""The record of one problem from top to bottom: what it is, what is in dispute, photos, four lists, its life."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import (
    ESCALATION_NAMES,
    GRADE_NAMES,
    OPEN_STATES,
    PROBLEM_STATE_NAMES,
    Grade,
    ProblemState,
    Recheck,
    Step,
)
from jiandu_desktop.domain.problem.life import Conflict
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.photo_pair import PhotoPair, Picture
from jiandu_desktop.ui.pages.problem.reading import RecordView, read_record
from jiandu_desktop.ui.pages.problem.step_keys import StepKeys
from jiandu_desktop.ui.pages.problem.taking import StepTaking
from jiandu_desktop.ui.pages.problem.words import field_word, reason_words, value_words
from jiandu_desktop.ui.pages.words import short_day
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.badges import Badge
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.wizard.photo_view import PhotoView


class RecordDesk(QObject):
    """What panel and room share: reading the record, its step keys, its photos opened over the page."""

    shown = Signal(object)
    """A `RecordView`, whenever it was read."""

    def __init__(self, desk: Desk, keys: StepKeys, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._large: PhotoView | None = None
        self.view: RecordView | None = None
        self.problem_id = ""
        self.pictures = Pictures(desk.tasks, desk.services.visits.thumbnail, self)
        self.taking = StepTaking(desk, self.pictures, over)
        self._query = Query(desk.tasks, lambda problem_id: read_record(desk.services, problem_id), self)
        self._query.answered.connect(self._show)
        keys.wanted.connect(self._begin)
        keys.settle_wanted.connect(self.settle)
        keys.entry_wanted.connect(self.enter)
        keys.drop_wanted.connect(self._drop)
        desk.relay.changed.connect(self._take_changes)

    def ask(self, problem_id: str) -> None:
        """Reads a problem, "" for none; `shown` tells it."""
        self.problem_id = problem_id
        self.view = None
        if problem_id:
            self._query.ask(problem_id)

    @Slot()
    def settle(self) -> None:
        """The dialog in which the office decides the conflicts."""
        if self.view is not None:
            self.taking.begin(self.view, Step.SETTLED)

    @Slot()
    def enter(self) -> None:
        """Goes on with a problem that was put down and not issued."""
        if self.view is not None:
            self._desk.entry_wanted.emit("", self.problem_id)

    @Slot()
    def press(self) -> None:
        """The dialog of the step that is proposed."""
        if self.view is not None:
            self.taking.begin(self.view, Step.ESCALATED)

    @Slot(object)
    def open_photo(self, photo: Photo) -> None:
        """As large as the page."""
        if self._large is None:
            self._large = PhotoView(self._over.window(), removable=False)
        self._large.show_photo(photo, self._desk.tasks, self._desk.services.visits.photo_bytes)

    @Slot(object)
    def open_file(self, photo: Photo) -> None:
        """In the system's own program."""
        visits = self._desk.services.visits

        def work(progress: Progress) -> Path:
            progress.check()
            return visits.file_to_open(photo)

        self._desk.tasks.run(Lane.POOL, work, done=self._open_path, failed=self._desk.messages.error)

    @Slot(str)
    def open_document(self, document_id: str) -> None:
        """An issued document, to be read; one that has not arrived here yet is said so."""
        papers = self._desk.services.papers
        events = self.view.record.events if self.view is not None else ()
        told = (str(each.data.get("number", "")) for each in events if each.data.get("document") == document_id)
        number = next(told, "")

        def work(progress: Progress) -> Document:
            progress.check()
            found = next((row.document for row in papers.rows() if row.document.id == document_id), None)
            if found is None:
                raise Trouble("document-elsewhere", number=number)
            return found

        self._desk.tasks.run(Lane.DATABASE, work, done=self._show_document, failed=self._desk.messages.error)

    @Slot(object)
    def _show_document(self, document: Document) -> None:
        self._desk.paper_wanted.emit(document)

    @Slot(object)
    def _open_path(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.messages.error(Trouble("file-not-found", path=str(path)))

    @Slot(object)
    def _show(self, view: RecordView) -> None:
        if view.problem.id == self.problem_id:
            self.view = view
            self.shown.emit(view)

    @Slot(object, object)
    def _begin(self, step: Step, result: Recheck | None) -> None:
        if self.view is not None:
            self.taking.begin(self.view, step, result=result)

    @Slot()
    def _drop(self) -> None:
        entry, problem_id = self._desk.services.entry, self.problem_id

        def work(progress: Progress) -> None:
            progress.check()
            entry.drop(problem_id)

        self._desk.tasks.run(Lane.DATABASE, work, failed=self._desk.messages.error)

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if self.problem_id and (self.problem_id in changes.problems or changes.settings):
            self._query.ask(self.problem_id)


def badges(view: RecordView) -> QHBoxLayout:
    """State, grade, 一票否决, the highest pressing."""
    problem = view.problem
    row = QHBoxLayout()
    row.setSpacing(6)
    over = problem.state in (ProblemState.STRUCK_OFF, ProblemState.WITHDRAWN)
    row.addWidget(Badge(PROBLEM_STATE_NAMES[problem.state], "neutral" if over else "accent"))
    grave = problem.grade in (Grade.SERIOUS, Grade.COMPLEX)
    row.addWidget(Badge(GRADE_NAMES[problem.grade], "caution" if grave else "neutral"))
    if problem.veto:
        row.addWidget(Badge(QCoreApplication.translate("Record", "一票否决"), "red", "octagon-minus"))
    late = problem.due is not None and problem.due < view.today and problem.state in OPEN_STATES
    if late and problem.due is not None:
        words = QCoreApplication.translate("Record", "逾期 {days} 天")
        row.addWidget(Badge(words.format(days=(view.today - problem.due).days), "red", "clock"))
    row.addStretch(1)
    return row


def notices(view: RecordView, settle: Callable[[], None], press: Callable[[], None]) -> list[InlineNotice]:
    """What waits for a decision: conflicts with every value, and a harder step that the rules propose."""
    tr = QCoreApplication.translate
    found = []
    for number, conflict in enumerate(view.record.life.conflicts):
        words = tr("Record", "{field}不一致：{values}。").format(
            field=field_word(conflict.field), values=conflict_words(view, conflict)
        )
        if not view.may_settle:
            words += tr("Record", "由督导室裁定。")
        link = tr("Record", "裁定") if view.may_settle and number == 0 else ""
        notice = InlineNotice(words, "caution", link)
        notice.linked.connect(settle)
        found.append(notice)
    if view.proposal is not None:
        words = tr("Record", "建议{level}：{reason}。").format(
            level=ESCALATION_NAMES[view.proposal.level], reason=reason_words(view.proposal)
        )
        notice = InlineNotice(words, "caution", tr("Record", "采纳"))
        notice.linked.connect(press)
        found.append(notice)
    return found


def conflict_words(view: RecordView, conflict: Conflict) -> str:
    """Both values, each with who set it: 2026-12-11（周明元）与 2026-12-18（督导室）."""
    tr, names = QCoreApplication.translate, view.record.names
    return tr("Record", "与").join(
        tr("Record", "{value}（{person}）").format(
            value=value_words(conflict.field, value), person=names.get(event.person, event.person)
        )
        for event, value in zip(conflict.events, conflict.values, strict=True)
    )


def photo_pair(view: RecordView, pictures: Pictures, opened: Callable[[Photo], None]) -> PhotoPair | None:
    """The photos of the visit that found it, before and after; None where there are none."""
    shown = [photo for photo in view.photos if photo.is_picture]
    if not shown:
        return None
    tr = QCoreApplication.translate
    pair = PhotoPair(pictures)
    pair.set_pictures(
        [
            Picture(
                photo.sha256,
                tr("Record", "整改后") if photo.after else tr("Record", "整改前"),
                short_day((photo.taken_at or photo.added_at).date(), view.today),
            )
            for photo in shown
        ]
    )
    pair.opened.connect(lambda number: opened(shown[number]))
    return pair
