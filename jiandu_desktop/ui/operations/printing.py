"""Issued documents to paper and to files, from whatever page they are shown on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.tasks import Lane, Tasks

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document


class PaperDesk(QObject):
    """Prints and saves documents; what was printed is counted."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        messages: Messages,
        print_to: Path | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._messages = messages
        self._print_to = print_to
        self._waiting: _Job | None = None

    def print(self, document: Document, page: QWidget) -> None:
        """Asks for the printer over `page`; one job at a time."""
        self.print_all((document,), page)

    def print_all(self, documents: Sequence[Document], page: QWidget) -> None:
        """Prints several as one job; with both sides printed each begins on a sheet of its own."""
        papers = self._services.papers
        self._begin(_Job(tuple(documents), page), papers.pdf)

    def print_slip(self, document: Document, page: QWidget) -> None:
        """Prints the 现场告知单 of a document on the receipt printer; that is no print of the document."""
        files, width = self._services.paper_files, int(self._services.preferences.get("slip_width"))
        self._begin(_Job((document,), page, slip=True), lambda document_id: files.slip(document_id, width))

    def _begin(self, job: _Job, read: Callable[[str], bytes]) -> None:
        if self._waiting is not None or not job.documents:
            return
        self._waiting = job

        def work(progress: Progress) -> tuple[bytes, ...]:
            made = []
            for document in job.documents:
                progress.check()
                made.append(read(document.id))
            return tuple(made)

        self._tasks.run(Lane.DATABASE, work, done=self._send, failed=self._failed)

    def save_as(self, document: Document, page: QWidget) -> None:
        """Asks where to, and writes the very bytes that were issued."""
        self._ask(document, page, ".pdf", self.tr("PDF 文件 (*.pdf)"), self.save_to)

    def save_word_as(self, document: Document, page: QWidget) -> None:
        """Asks where to, and writes the document as a Word file, to be edited on."""
        self._ask(document, page, ".docx", self.tr("Word 文档 (*.docx)"), self.save_word_to)

    def save_slip_as(self, document: Document, page: QWidget) -> None:
        """Asks where to, and writes the slip as a PDF."""
        self._ask(document, page, " 小票.pdf", self.tr("PDF 文件 (*.pdf)"), self.save_slip_to)

    def _ask(
        self,
        document: Document,
        page: QWidget,
        ending: str,
        kinds: str,
        save: Callable[[Document, Path], None],
    ) -> None:
        name = self._services.paper_files.name(document, ending)
        chosen, _ = QFileDialog.getSaveFileName(page, self.tr("另存为"), name, kinds)
        if chosen:
            save(document, Path(chosen))

    def save_to(self, document: Document, path: Path) -> None:
        """Writes the document to a file and says so."""
        papers = self._services.papers
        self._write(path, lambda: papers.save_as(document.id, path))

    def save_word_to(self, document: Document, path: Path) -> None:
        """Writes it as a Word file and says so."""
        files = self._services.paper_files
        self._write(path, lambda: files.save_word(document.id, path))

    def save_draft_word_to(self, words: bytes, path: Path) -> None:
        """Writes a draft as a Word file and says so; `words` is what the draft says."""
        files = self._services.paper_files
        self._write(path, lambda: files.save_draft_word(words, path))

    def save_slip_to(self, document: Document, path: Path) -> None:
        """Writes its slip and says so."""
        files, width = self._services.paper_files, int(self._services.preferences.get("slip_width"))
        self._write(path, lambda: files.save_slip(document.id, width, path))

    def _write(self, path: Path, save: Callable[[], None]) -> None:
        def write(progress: Progress) -> Path:
            progress.check()
            save()
            return path

        self._tasks.run(Lane.DATABASE, write, done=self._tell_saved, failed=self._messages.error)

    @Slot(object)
    def _tell_saved(self, path: Path) -> None:
        self._messages.toast(self.tr("已另存为 {name}").format(name=path.name))

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._waiting = None
        self._messages.error(error)

    @Slot(object)
    def _send(self, pdfs: tuple[bytes, ...]) -> None:
        # Asked for only when something is printed: Qt's printing takes its time to load.
        from jiandu_desktop.ui.printing import print_pdf

        if self._waiting is None:
            return
        job = self._waiting
        named = [(document.title, pdf) for document, pdf in zip(job.documents, pdfs, strict=True)]
        try:
            copies = print_pdf(job.page, named, self._services.preferences, self._print_to)
        except Trouble as trouble:
            self._messages.error(trouble)
            return
        finally:
            self._waiting = None
        if copies == 0:
            return
        if job.slip:
            self._messages.toast(self.tr("现场告知单已打印 {copies} 份").format(copies=copies))
            return
        papers = self._services.papers

        def record(progress: Progress) -> None:
            del progress
            for document in job.documents:
                papers.record_print(document.id, copies)

        self._tasks.run(Lane.DATABASE, record, failed=self._messages.error)
        if len(job.documents) == 1:
            words = self.tr("{number} 已打印 {copies} 份").format(number=job.documents[0].number, copies=copies)
        else:
            words = self.tr("{count} 份文书各打印 {copies} 份").format(count=len(job.documents), copies=copies)
        self._messages.toast(words)


@dataclass(frozen=True, slots=True)
class _Job:
    documents: tuple[Document, ...]
    page: QWidget
    slip: bool = False
