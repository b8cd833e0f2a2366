"""Of 完成: a head who will not sign, and the office's electronic signature on what was just issued."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.visit import Signature
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.certificates import KeptCertificate
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.finish.desk import FinishDesk, Issue
from jiandu_desktop.ui.finish.issued_card import IssuedCard
from jiandu_desktop.ui.finish.signing_card import SigningCard
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.paperwork.dialogs import RefusalDialog, SignDialog
from jiandu_desktop.ui.tasks import Lane, Tasks


class Proof(QObject):
    """Connects the cards of the room with what keeps refusals and signs documents; `told` is called after a refusal."""

    def __init__(
        self,
        room: QWidget,
        services: Services,
        tasks: Tasks,
        messages: Messages,
        cards: tuple[SigningCard, IssuedCard],
        desk: FinishDesk,
        told: Callable[[], object],
    ) -> None:
        super().__init__(room)
        self._room, self._services, self._tasks, self._messages = room, services, tasks, messages
        self._signing, self._issued = cards
        self._desk, self._told = desk, told
        self._documents: tuple[Document, ...] = ()
        self._certificate = Query(tasks, services.certificates.current, self)
        self._certificate.answered.connect(self._offer)
        self._signing.refusal_wanted.connect(self._ask)
        self._signing.refusal_withdrawn.connect(self._withdraw)
        self._issued.signature_wanted.connect(self._sign)
        desk.issued.connect(self._take_issue)

    @Slot()
    def _ask(self) -> None:
        line = self.tr("理由和见证人会印在文书上，见证人在纸上签名；记录不再等待学校签字。")
        dialog = RefusalDialog(self._tasks, self._desk.head, line, self._desk.refuse, self._room.window())
        dialog.done_with.connect(self._noted)
        dialog.open()

    @Slot()
    def _withdraw(self) -> None:
        desk = self._desk

        def work(progress: Progress) -> Signature:
            progress.check()
            return desk.refuse("", ())

        self._tasks.run(Lane.DATABASE, work, done=self._noted, failed=self._messages.error)

    @Slot(object)
    def _noted(self, signature: Signature) -> None:
        self._signing.show_refusal(signature if signature.refused else None)
        self._desk.draft_soon()
        self._told()

    @Slot(object)
    def _take_issue(self, issue: Issue) -> None:
        self._documents = issue.documents
        self._certificate.ask()

    @Slot(object)
    def _offer(self, certificate: KeptCertificate | None) -> None:
        self._subject = certificate.subject if certificate is not None else ""
        self._issued.offer_signature(offered=certificate is not None)

    @Slot()
    def _sign(self) -> None:
        chosen = self._issued.chosen()
        documents = [document for document in self._documents if document.kind in chosen]
        if documents:
            dialog = SignDialog(self._services, self._tasks, documents, self._subject, self._room.window())
            dialog.done_with.connect(self._signed)
            dialog.open()

    @Slot(object)
    def _signed(self, events: tuple[object, ...]) -> None:
        self._messages.toast(self.tr("{} 份文书已作电子签名，另存为的 PDF 带着签名").format(len(events)))
