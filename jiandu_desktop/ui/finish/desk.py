"""The work behind 完成: saving what is said there, drafts made anew, freezing, printing, filing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import ProblemState
from jiandu_desktop.domain.recheck import problem_of
from jiandu_desktop.domain.visit import Approach, SchoolOpinion, Signature, Timing, Visit
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.companions import known_companions
from jiandu_desktop.services.drafting import HEAD_ROLE
from jiandu_desktop.services.escalations import EscalationRow
from jiandu_desktop.services.finishing import Finished
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.recheck import is_recheck
from jiandu_desktop.ui.finish.paper_side import Shown
from jiandu_desktop.ui.tasks import Lane, Task, Tasks
from jiandu_desktop.ui.widgets.signature import Strokes
from jiandu_desktop.ui.wizard.saving import Saving

SETTLED_MS = 350
"""Drafts are made anew this long after the last change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A frozen visit with its documents and their very bytes."""

    visit: Visit
    documents: tuple[Document, ...]
    shown: tuple[Shown, ...]
    proposed: tuple[EscalationRow, ...] = ()
    """What a re-check leaves to be pressed for harder, with the reasons."""


class FinishDesk(QObject):
    """Nothing here runs on the window's thread but the wishes and their answers."""

    drafted = Signal(object)
    """The drafts, a tuple of `Shown`."""
    issued = Signal(object)
    """An `Issue`: the visit has been frozen, or its documents have been counted anew."""
    filed = Signal(object)
    """Paths that were written."""
    slip_made = Signal(object)
    """The 现场告知单, as `Shown`."""

    failed = Signal(str, object)
    """Which wish ("draft", "freeze", "file", "issue", "save") and the exception."""

    def __init__(
        self, services: Services, tasks: Tasks, open_visit: OpenVisit, instance: Instance, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._open = open_visit
        self._instance = instance
        self._saving = Saving(tasks, self)
        self._saving.kept.connect(self.draft_soon)
        self._saving.stuck.connect(lambda error: self.failed.emit("save", error))
        self._round = 0
        self._last: Callable[[], Issue] = lambda: _issue(services, open_visit.visit.id)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self.draft_now)

    # --- saving ---------------------------------------------------------------------------------------------------

    def sign(self, role: str, name: str, strokes: Strokes) -> None:
        """Keeps a signature, or its absence."""
        at = self._services.store.clock() if strokes else None
        signature = Signature(role=role, name=name, signed_at=at, strokes=strokes)
        visits, visit_id = self._services.visits, self._open.visit.id
        self._saving.put(lambda: visits.save_signature(visit_id, signature), key=f"signature:{role}:{name}")

    @property
    def head(self) -> str:
        """The school's head, who signs for it."""
        return self._open.school.head

    def refuse(self, reason: str, witnesses: tuple[str, ...]) -> Signature:
        """Keeps that the head would not sign, why, and who saw it; "" takes it back. To be called off the window's
        thread."""
        services = self._services
        signature = Signature(
            role=HEAD_ROLE,
            name=self.head,
            signed_at=services.store.clock() if reason else None,
            refused=reason,
            witnesses=witnesses,
        )
        services.visits.save_signature(self._open.visit.id, signature)
        return signature

    def say_opinion(self, value: str, text: str) -> None:
        """Keeps what the school says."""
        visits, visit_id = self._services.visits, self._open.visit.id
        self._saving.put(lambda: visits.save_opinion(visit_id, SchoolOpinion(value), text), key="opinion")

    def name_companions(self, text: str) -> None:
        """Keeps who came along."""
        visits, visit_id = self._services.visits, self._open.visit.id
        self._saving.put(lambda: visits.save_companions(visit_id, text), key="companions")

    def known_companions(self) -> tuple[str, ...]:
        """Whom the field 同行人员 offers."""
        return known_companions(self._services.store, self._open)

    def say_manner(self, approach: Approach, timing: Timing) -> None:
        """Keeps 督导方式."""
        visits, visit_id = self._services.visits, self._open.visit.id
        self._saving.put(lambda: visits.save_manner(visit_id, approach, timing), key="manner")

    def flush(self) -> bool:
        """Waits until all of it is durable; False where that was not reached."""
        return self._saving.flush()

    # --- drafts ---------------------------------------------------------------------------------------------------

    @Slot()
    def draft_soon(self) -> None:
        self._settled.start()

    @Slot()
    def draft_now(self) -> None:
        """Builds every document in the pool; of several rounds the last one counts."""
        self._settled.stop()
        self._round += 1
        this, finishing = self._round, self._services.finishing
        # A copy of the answers: the form engine's own instance belongs to the window's thread.
        copied = replace(self._open, values=self._instance.values())

        def build(progress: Progress) -> tuple[Shown, ...]:
            progress.check()
            made = finishing.preview(copied.visit.id, finishing.instance(copied))
            return tuple(
                Shown(
                    kind=each.kind,
                    title=each.title,
                    pdf=each.pdf,
                    pages=each.pages,
                    missing=each.missing,
                    words=each.words,
                )
                for each in made
            )

        def done(drafts: tuple[Shown, ...]) -> None:
            if this == self._round and not self._tasks.is_closed:
                self.drafted.emit(drafts)

        def failed(error: Exception) -> None:
            if this == self._round:
                self.failed.emit("draft", error)

        self._tasks.run(Lane.POOL, build, done=done, failed=failed)

    def forget_drafts(self) -> None:
        """Drafts under way are no longer of interest."""
        self._settled.stop()
        self._round += 1

    # --- freezing and after ---------------------------------------------------------------------------------------

    def freeze(self) -> Task:
        """Freezes the visit and issues its documents; what stands in the way leaves everything as it was."""
        finishing, visit_id, instance = self._services.finishing, self._open.visit.id, self._instance

        def work(progress: Progress) -> Finished:
            del progress  # a freezing is one transaction and is not stopped half-way
            return finishing.finish(visit_id, instance)

        def done(finished: Finished) -> None:
            del finished
            self.look_up()

        return self._tasks.run(Lane.DATABASE, work, done=done, failed=lambda error: self.failed.emit("freeze", error))

    def look_up(self) -> Task:
        """Reads a visit that is frozen already."""
        services, visit_id = self._services, self._open.visit.id
        return self._run(lambda: _issue(services, visit_id))

    def count_prints(self, documents: Sequence[Document], copies: int) -> Task:
        """Notes what left the printer; a visit that waited for its paper is then done."""
        services, visit_id = self._services, self._open.visit.id

        def work() -> Issue:
            for document in documents:
                services.papers.record_print(document.id, copies)
            return _issue(services, visit_id)

        return self._run(work)

    def mark_signed(self) -> Task:
        """The paper was signed in ink."""
        services, visit_id = self._services, self._open.visit.id

        def work() -> Issue:
            services.finishing.mark_signed(visit_id)
            return _issue(services, visit_id)

        return self._run(work)

    def again(self) -> Task:
        """Tries once more what was wished last of the issued documents."""
        return self._run(self._last)

    def file(self, folder: Path, named: Sequence[tuple[str, bytes]]) -> Task:
        """Writes PDFs into a folder; a file of the same name is replaced."""

        def work(progress: Progress) -> tuple[Path, ...]:
            written = []
            for name, pdf in named:
                progress.check()
                path = folder / f"{safe_name(name)}.pdf"
                write_atomically(path, pdf)
                written.append(path)
            return tuple(written)

        return self._tasks.run(
            Lane.POOL, work, done=self.filed.emit, failed=lambda error: self.failed.emit("file", error)
        )

    def make_slip(self, documents: Sequence[Document]) -> Task:
        """Sets the slip that goes with the notice, or with the opinion where there is none."""
        with_slip = [each for each in documents if each.has_slip]
        notices = [each for each in with_slip if each.kind is DocumentKind.RECTIFICATION_NOTICE]
        document = (notices or with_slip)[0]
        files, width = self._services.paper_files, int(self._services.preferences.get("slip_width"))

        def work(progress: Progress) -> Shown:
            progress.check()
            title = f"现场告知单 {document.number}"
            return Shown(kind=document.kind, title=title, pdf=files.slip(document.id, width), pages=1)

        return self._tasks.run(
            Lane.DATABASE, work, done=self.slip_made.emit, failed=lambda error: self.failed.emit("slip", error)
        )

    def file_words(self, folder: Path, named: Sequence[tuple[str, Shown]]) -> Task:
        """Writes Word files into a folder: drafts from what they say, issued documents from what they said."""
        files = self._services.paper_files

        def work(progress: Progress) -> tuple[Path, ...]:
            written = []
            for name, shown in named:
                progress.check()
                path = folder / f"{safe_name(name)}.docx"
                if shown.document_id:
                    files.save_word(shown.document_id, path)
                else:
                    files.save_draft_word(shown.words, path)
                written.append(path)
            return tuple(written)

        return self._tasks.run(
            Lane.POOL, work, done=self.filed.emit, failed=lambda error: self.failed.emit("file", error)
        )

    def _run(self, work: Callable[[], Issue]) -> Task:
        self._last = work

        def told(progress: Progress) -> Issue:
            del progress
            return work()

        return self._tasks.run(
            Lane.DATABASE, told, done=self.issued.emit, failed=lambda error: self.failed.emit("issue", error)
        )


def safe_name(name: str) -> str:
    """A file name that every system takes."""
    return "".join("－" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in name).strip(" .")[:80]


def _issue(services: Services, visit_id: str) -> Issue:
    documents = services.papers.of_visit(visit_id)
    shown = tuple(
        Shown(
            kind=each.kind,
            title=f"{DOCUMENT_KIND_NAMES[each.kind]} {each.number}",
            pdf=services.papers.pdf(each.id),
            pages=each.pages,
            document_id=each.id,
        )
        for each in documents
    )
    opened = services.visits.resume(visit_id)
    proposed: tuple[EscalationRow, ...] = ()
    if is_recheck(opened.visit):
        looked_at = {problem_of(item.name) for item in opened.definition.items.values()}
        rows = services.escalations.proposals(services.store.today())
        # What was just found put right waits for the office alone: nobody presses the school for it.
        proposed = tuple(
            row
            for row in rows
            if row.problem.id in looked_at and row.problem.state is not ProblemState.AWAITING_STRIKE_OFF
        )
    return Issue(visit=opened.visit, documents=documents, shown=shown, proposed=proposed)
