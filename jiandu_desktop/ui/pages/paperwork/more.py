"""更多: what can be done with an issued document beside printing and saving, at the side and in its room alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES
from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.paper_life import PaperState, PaperStep, state_of
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.certificates import KeptCertificate
from jiandu_desktop.services.letters import RENEWABLE
from jiandu_desktop.services.paper_life import PROVISIONAL_MARK, formal_number
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.paperwork.dialogs import AttachDialog, RefusalDialog, SignDialog
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What the menu must know of a document before it opens."""

    document: Document
    state: PaperState
    has_scan: bool
    may_number: bool
    certificate: KeptCertificate | None


def read_fate(services: Services, document: Document) -> Fate:
    """What became of a document, and what can be done with it here."""
    events = services.paper_life.events(document.id)
    return Fate(
        document=document,
        state=state_of(events),
        has_scan=any(each.step is PaperStep.RETURNED for each in events),
        may_number=document.number.endswith(PROVISIONAL_MARK) and not formal_number(events),
        certificate=services.certificates.current(),
    )


class MoreButton(Button):
    """Opens the menu for the document that `document` gives."""

    scan_wanted = Signal(object)
    """Show the signed copy of this document."""

    def __init__(self, desk: Desk, document: Callable[[], Document | None], parent: QWidget | None = None) -> None:
        super().__init__("", icon="ellipsis", parent=parent)
        self.setText(self.tr("更多"))
        self.setToolTip(self.tr("签回件、拒签、电子签名、作废"))
        self._desk, self._document = desk, document
        self.menu_shown = QMenu(self)
        self._query = Query(desk.tasks, lambda wanted: read_fate(desk.services, wanted), self)
        self._query.answered.connect(self._open)
        self.clicked.connect(self._ask)

    @Slot()
    def _ask(self) -> None:
        document = self._document()
        if document is not None:
            self._query.ask(document)

    @Slot(object)
    def _open(self, fate: Fate) -> None:
        self.fill(fate)
        self.menu_shown.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def fill(self, fate: Fate) -> None:
        """The actions that fit the document as it stands."""
        document, menu = fate.document, self.menu_shown
        menu.clear()
        if fate.has_scan:
            self._add(self.tr("看签回件"), lambda: self.scan_wanted.emit(document))
        if fate.state is PaperState.VOIDED:
            if not fate.has_scan:
                menu.addAction(self.tr("已作废，没有可办的事")).setEnabled(False)
            return
        again = self.tr("换一份签回件…") if fate.has_scan else self.tr("放入签回件…")
        self._add(again, lambda: AttachDialog(self._desk, document, self.window()).open())
        self._add(self.tr("登记拒签…"), lambda: self._refuse(document))
        if fate.may_number:
            self._add(self.tr("补正式文号"), lambda: self._give_number(document))
        if fate.certificate is not None:
            subject = fate.certificate.subject
            self._add(self.tr("电子签名…"), lambda: self._sign(document, subject))
        menu.addSeparator()
        if document.kind in RENEWABLE and fate.state is not PaperState.SUPERSEDED:
            self._add(self.tr("改正后重新出具…"), lambda: self._renew(document))
        self._add(self.tr("作废…"), lambda: self._void(document))

    def _add(self, words: str, act: Callable[[], object]) -> QAction:
        action = self.menu_shown.addAction(words)
        action.triggered.connect(lambda: act())
        return action

    def _sign(self, document: Document, subject: str) -> None:
        ask_signature(self._desk, [document], subject, self.window())

    def _refuse(self, document: Document) -> None:
        life = self._desk.services.paper_life
        line = self.tr("{kind} {number} 已经出具，拒签记在登记簿里；纸上请写明“拒签”，由见证人签名。")
        RefusalDialog(
            self._desk.tasks,
            document.number,
            line.format(kind=DOCUMENT_KIND_NAMES[document.kind], number=document.number),
            lambda reason, names: life.refuse(document.id, reason, names),
            self.window(),
        ).open()

    def _void(self, document: Document) -> None:
        life = self._desk.services.paper_life

        def then(reason: str | None) -> None:
            if reason:
                told = self.tr("{} 已作废").format(document.number)
                self._run(lambda: life.void(document.id, reason), told)

        self._desk.messages.ask_text(
            self.tr("作废 {}，理由是？").format(document.number),
            then,
            self.tr("文号和文书都留在登记簿里，注明作废和理由；文号不再使用。已经送出的纸请收回。问题的状态不变。"),
            word=self.tr("作废"),
        )

    def _renew(self, document: Document) -> None:
        desk = self._desk

        def then(reason: str | None) -> None:
            if reason:
                wish = LetterWish(
                    kind=document.kind,
                    problem_ids=document.problems,
                    addressee=document.addressee,
                    replaces=document.id,
                    replaces_reason=reason,
                )
                desk.letter_wanted.emit(wish)

        desk.messages.ask_text(
            self.tr("重新出具 {}，理由是？").format(document.number),
            then,
            self.tr("改好出具后是一份新文书、新文号，正文写明替代哪一份；原来的记为已被替代。"),
            word=self.tr("去改"),
        )

    def _give_number(self, document: Document) -> None:
        life = self._desk.services.paper_life
        self._run(lambda: life.give_number(document.id), self.tr("已补正式文号，登记簿里两个号对照列出"))

    def _run(self, work: Callable[[], object], told: str) -> None:
        def run(progress: Progress) -> str:
            progress.check()
            work()
            return told

        messages = self._desk.messages
        self._desk.tasks.run(Lane.DATABASE, run, done=messages.toast, failed=messages.error)


def ask_signature(desk: Desk, documents: Sequence[Document], subject: str, window: QWidget) -> SignDialog:
    """Asks for the password and signs the documents."""
    dialog = SignDialog(desk.services, desk.tasks, documents, subject, window)
    words = QCoreApplication.translate("MoreButton", "{} 份文书已作电子签名，另存为的 PDF 带着签名")
    dialog.done_with.connect(lambda made: desk.messages.toast(words.format(len(made))))
    dialog.open()
    return dialog


def offer_signature(desk: Desk, documents: Sequence[Document], window: QWidget) -> None:
    """Of what was just issued, where this computer has a certificate; without one nothing is asked."""

    def work(progress: Progress) -> KeptCertificate | None:
        progress.check()
        return desk.services.certificates.current()

    def then(kept: KeptCertificate | None) -> None:
        if kept is not None:
            ask_signature(desk, documents, kept.subject, window)

    desk.tasks.run(Lane.DATABASE, work, done=then, failed=desk.messages.error)
