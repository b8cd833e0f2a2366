"""Into a visit and out of it again: from a list to the wizard, to 完成, and back to where it began."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from jiandu_desktop.progress import Progress
from jiandu_desktop.ui.main_window import MainWindow
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.tasks import Lane

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.form_engine import Instance
    from jiandu_desktop.services.open_visit import OpenVisit
    from jiandu_desktop.services.problem_entry import EntryView
    from jiandu_desktop.ui.operations.letter_wish import LetterWish
    from jiandu_desktop.ui.wizard.room import WizardRoom

# The rooms themselves are imported when they are first entered: 今日 is to stand on the screen before that.


class Rooms(QObject):
    """Opens what a page wishes to be opened; a second wish while a visit is being opened is not heard."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(desk)
        self._window = window
        self._desk = desk
        self._opening = False
        self._wizard: WizardRoom | None = None
        self._visit_id = ""
        self._instance: Instance | None = None
        desk.start_wanted.connect(self.start)
        desk.free_visit_wanted.connect(self.start_free)
        desk.recheck_wanted.connect(self.start_recheck)
        desk.letter_wanted.connect(self.show_letter)
        desk.resume_wanted.connect(self.resume)
        desk.reopen_wanted.connect(self.reopen)
        desk.school_wanted.connect(self.show_school)
        desk.record_wanted.connect(self.show_record)
        desk.problem_wanted.connect(self.show_problem)
        desk.entry_wanted.connect(self.enter_problem)
        desk.paper_wanted.connect(self.show_paper)
        desk.register_wanted.connect(self.show_register)
        desk.form_check_wanted.connect(self.show_form_check)
        desk.conflicts_wanted.connect(self.show_conflicts)
        desk.indicators_wanted.connect(self.show_indicators)

    @property
    def wizard(self) -> WizardRoom | None:
        """The wizard one is in, be it below 完成 or a school's page."""
        return self._wizard

    @Slot(str)
    def start(self, assignment_id: str) -> None:
        self._open(lambda: self._desk.services.visits.start(assignment_id), self._enter)

    @Slot(str, str, str)
    def start_free(self, school_id: str, form_id: str, task: str) -> None:
        self._open(lambda: self._desk.services.visits.start_free(school_id, form_id, task), self._enter)

    @Slot(str, object)
    def start_recheck(self, school_id: str, problem_ids: tuple[str, ...]) -> None:
        self._open(lambda: self._desk.services.visits.start_recheck(school_id, problem_ids), self._enter)

    @Slot(str)
    def resume(self, visit_id: str) -> None:
        self._open(lambda: self._desk.services.visits.resume(visit_id), self._enter)

    @Slot(str, str)
    def reopen(self, visit_id: str, reason: str) -> None:
        self._open(lambda: self._desk.services.finishing.reopen(visit_id, reason), self._enter)

    @Slot(str)
    def show_school(self, school_id: str) -> None:
        """A school's page; from the wizard it is only read."""
        from jiandu_desktop.ui.pages.school import SchoolRoom

        room = SchoolRoom(self._desk, school_id, may_start=self._wizard is None)
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    @Slot(str)
    def show_record(self, visit_id: str) -> None:
        """The record of a visit, to be read."""
        from jiandu_desktop.ui.pages.record import RecordRoom

        room = RecordRoom(self._desk, visit_id)
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    @Slot(str)
    def show_problem(self, problem_id: str) -> None:
        """One problem with its life."""
        from jiandu_desktop.ui.pages.problem.room import ProblemRoom

        room = ProblemRoom(self._desk, problem_id)
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    @Slot(str, str)
    def enter_problem(self, school_id: str, problem_id: str) -> None:
        """登记问题, or going on with one that was put down."""
        entry = self._desk.services.entry

        def read(progress: Progress) -> EntryView:
            progress.check()
            return entry.open(problem_id) if problem_id else entry.begin(school_id)

        self._desk.tasks.run(Lane.DATABASE, read, done=self._enter_problem, failed=self._desk.messages.error)

    @Slot(object)
    def _enter_problem(self, view: EntryView) -> None:
        from jiandu_desktop.ui.pages.problem.entry import EntryDialog

        EntryDialog(self._desk, view, self._window).open()

    @Slot(object)
    def show_paper(self, document: Document) -> None:
        """An issued document at the full height of the window."""
        from jiandu_desktop.ui.pages.paper_room import PaperRoom

        room = PaperRoom(self._desk, document)
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    @Slot()
    def show_register(self) -> None:
        """Every number and what it became."""
        from jiandu_desktop.ui.pages.paperwork.register import RegisterRoom

        room = RegisterRoom(self._desk)
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    @Slot(object)
    def show_letter(self, wish: LetterWish) -> None:
        """A document about problems, to be written and issued; issued, it is shown in place of the room."""
        from jiandu_desktop.ui.letter.room import LetterRoom

        room = LetterRoom(self._desk, wish)
        room.leave.connect(self._window.leave_room)
        room.issued.connect(self._letter_issued)
        self._window.enter_room(room)

    @Slot(object)
    def _letter_issued(self, documents: tuple[Document, ...]) -> None:
        from jiandu_desktop.ui.pages.paperwork.more import offer_signature

        self._window.leave_room()
        self.show_paper(documents[0])
        offer_signature(self._desk, documents, self._window)

    @Slot(str)
    def show_form_check(self, path: str) -> None:
        """What is to be put right in a checklist's workbook."""
        from jiandu_desktop.ui.pages.form_check import FormCheckRoom

        room = FormCheckRoom(self._desk, Path(path))
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    @Slot()
    def show_conflicts(self) -> None:
        """What computers wrote without knowing of each other."""
        from jiandu_desktop.ui.pages.conflicts import ConflictsRoom

        room = ConflictsRoom(self._desk)
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    @Slot()
    def show_indicators(self) -> None:
        """The county's picture of 优质均衡."""
        from jiandu_desktop.ui.pages.indicators import IndicatorsRoom

        room = IndicatorsRoom(self._desk)
        room.leave.connect(self._window.leave_room)
        self._window.enter_room(room)

    def leave_all(self) -> bool:
        """Back to the pages, out of rooms that are only read; False where a visit is being filled in."""
        while self._wizard is None and self._window.room() is not None:
            self._window.leave_room()
        return self._wizard is None

    def settle(self) -> None:
        """Before the window goes: everything answered is made durable, no more photos are taken in."""
        if self._wizard is not None:
            self._wizard.flush()
            self._wizard.close_room()

    def _open(self, work: Callable[[], OpenVisit], then: Callable[[OpenVisit], None]) -> None:
        if self._opening:
            return
        self._opening = True

        def opened(progress: Progress) -> OpenVisit:
            progress.check()
            return work()

        self._desk.tasks.run(Lane.DATABASE, opened, done=then, failed=self._desk.messages.error, finished=self._opened)

    @Slot()
    def _opened(self) -> None:
        self._opening = False

    @Slot(object)
    def _enter(self, opened: OpenVisit) -> None:
        from jiandu_desktop.ui.wizard.room import WizardRoom

        room = WizardRoom(self._desk.services, self._desk.tasks, self._desk.messages, opened)
        room.leave.connect(self._leave)
        room.finish_requested.connect(self._finish)
        room.show_school.connect(self.show_school)
        room.version.moved.connect(self._moved)
        self._desk.relay.changed.connect(room.version.take_changes)
        self._wizard, self._visit_id = room, opened.visit.id
        self._window.enter_room(room)

    @Slot(object)
    def _moved(self, opened: OpenVisit) -> None:
        """The visit was moved to another version of its checklist: the wizard is entered anew."""
        if self._wizard is not None and self._window.room() is self._wizard:
            self._leave()
            self._enter(opened)

    @Slot()
    def _leave(self) -> None:
        if self._wizard is not None and self._window.room() is self._wizard:
            self._wizard.close_room()
            self._wizard = None
            self._window.leave_room()

    @Slot(object)
    def _finish(self, instance: Instance) -> None:
        """完成 gets the visit as it is kept now: problems and photos were added since the wizard was entered."""
        self._instance, visit_id = instance, self._visit_id
        self._open(lambda: self._desk.services.visits.resume(visit_id), self._enter_finish)

    @Slot(object)
    def _enter_finish(self, opened: OpenVisit) -> None:
        from jiandu_desktop.ui.finish.room import FinishRoom

        desk = self._desk
        if self._instance is None or self._wizard is None or self._window.room() is not self._wizard:
            return
        room = FinishRoom(desk.services, desk.tasks, desk.messages, opened, self._instance, desk.print_to)
        room.back.connect(self._back)
        room.done.connect(self._done)
        room.letter_wanted.connect(self.show_letter)
        self._window.enter_room(room)

    @Slot(str)
    def _back(self, ref: str) -> None:
        self._window.leave_room()
        if ref and self._wizard is not None:
            self._wizard.jump_to(ref)

    @Slot()
    def _done(self) -> None:
        """The visit is frozen: 完成 and the wizard below it are left together."""
        self._window.leave_room()
        self._leave()
