"""The desk at which one works: the open data, the lanes, and what a page wishes of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.operations.printing import PaperDesk
from jiandu_desktop.ui.operations.relay import ChangesRelay
from jiandu_desktop.ui.operations.syncing import SyncController
from jiandu_desktop.ui.tasks import Tasks


class Desk(QObject):
    """What pages share. There is one per open data folder; joining a unit clears the desk and sets up another."""

    start_wanted = Signal(str)
    """Begin the visit of this assignment, or go on with it."""

    free_visit_wanted = Signal(str, str, str)
    """Begin a visit of one's own: school, checklist (form id), task."""

    recheck_wanted = Signal(str, object)
    """Begin a re-check of this school's problems, or of those named (identifiers); "" for the school of those."""

    letter_wanted = Signal(object)
    """Write a document about problems: a `operations.letter_wish.LetterWish`."""

    resume_wanted = Signal(str)
    """Go on with this visit."""

    reopen_wanted = Signal(str, str)
    """Begin a revision of this visit, for this reason."""

    school_wanted = Signal(str)
    record_wanted = Signal(str)
    """The page of a school, the record of a visit."""

    problem_wanted = Signal(str)
    """One problem, as large as the window."""

    entry_wanted = Signal(str, str)
    """登记问题: a school's id, "" for one to be chosen; or "" and the id of a problem that was put down before."""

    ledger_wanted = Signal(str, str)
    """A view of 问题台账 and a school's id, "" for all schools."""

    papers_wanted = Signal(str)
    """文书, with the papers of this visit."""

    paper_wanted = Signal(object)
    """One `Document`, to be read at full height."""

    register_wanted = Signal()
    """文书登记簿."""

    form_check_wanted = Signal(str)
    trial_wanted = Signal(str)
    """The faults of a checklist's workbook; a trial of it in a window of its own: the path of the file."""

    conflicts_wanted = Signal()
    """What two computers wrote differently."""

    indicators_wanted = Signal()
    """优质均衡: the county's seven indicators."""

    page_wanted = Signal(str)

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        messages: Messages,
        print_to: Path | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.tasks = tasks
        self.messages = messages
        self.print_to = print_to
        self.relay = ChangesRelay(services.store.feed, self)
        self.syncing = SyncController(services, tasks, self)
        self.papers = PaperDesk(services, tasks, messages, print_to, self)

    def clear(self) -> None:
        """Hears no more of the data; before it is closed."""
        self.syncing.cancel()
        self.relay.close()
