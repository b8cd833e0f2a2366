"""Issued documents to paper and to files, from whatever page they are shown on."""

from __future__ import annotations

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
        self._waiting: tuple[Document, QWidget] | None = None
        self._saved: Path | None = None

    def print(self, document: Document, page: QWidget) -> None:
        """Asks for the printer over `page`; one document at a time."""
        if self._waiting is not None:
            return
        self._waiting = (document, page)
        papers = self._services.papers

        def read(progress: Progress) -> bytes:
            progress.check()
            return papers.pdf(document.id)

        self._tasks.run(Lane.DATABASE, read, done=self._send, failed=self._failed)

    def save_as(self, document: Document, page: QWidget) -> None:
        """Asks where to, and writes the very bytes that were issued."""
        from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES

        name = f"{DOCUMENT_KIND_NAMES[document.kind]} {document.number}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(page, self.tr("另存为"), name, self.tr("PDF 文件 (*.pdf)"))
        if chosen:
            self.save_to(document, Path(chosen))

    def save_to(self, document: Document, path: Path) -> None:
        """Writes the document to a file and says so."""
        papers = self._services.papers
        self._saved = path

        def write(progress: Progress) -> Path:
            progress.check()
            papers.save_as(document.id, path)
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
    def _send(self, pdf: bytes) -> None:
        # Asked for only when something is printed: Qt's printing takes its time to load.
        from jiandu_desktop.ui.printing import print_pdf

        if self._waiting is None:
            return
        document, page = self._waiting
        try:
            copies = print_pdf(page, [(document.title, pdf)], self._services.preferences, self._print_to)
        except Trouble as trouble:
            self._messages.error(trouble)
            return
        finally:
            self._waiting = None
        if copies == 0:
            return
        papers = self._services.papers

        def record(progress: Progress) -> Document:
            del progress
            return papers.record_print(document.id, copies)

        self._tasks.run(Lane.DATABASE, record, failed=self._messages.error)
        words = self.tr("{number} 已打印 {copies} 份").format(number=document.number, copies=copies)
        self._messages.toast(words)
