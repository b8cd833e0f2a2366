"""新文书: the room in which a document is written: kind, what it is about and words at the left, the page beside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import (
    ABOUT_A_VISIT,
    DOCUMENT_KIND_NAMES,
    INSPECTION_KINDS,
    VISIT_KINDS,
    DocumentKind,
)
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import OPEN_STATES
from jiandu_desktop.services.letter_draft import LetterDraft
from jiandu_desktop.services.letters import WITHOUT_ADDRESSEE, WITHOUT_PROBLEMS
from jiandu_desktop.services.paper_subjects import PaperSubjects, paper_subjects, tasks_of
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.finish.desk import safe_name
from jiandu_desktop.ui.finish.paper_side import PaperSide, Shown
from jiandu_desktop.ui.letter.choosing import ProblemChoice
from jiandu_desktop.ui.letter.fields import LetterFields
from jiandu_desktop.ui.letter.subjects import SubjectPanel
from jiandu_desktop.ui.look.theme import theme
from jiandu_desktop.ui.look.tokens import CARD_GAP, WINDOW_MARGIN
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.page import Card
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.text import Label

if TYPE_CHECKING:
    from jiandu_desktop.domain.issued import Document
    from jiandu_desktop.services.finishing import PreviewDocument
    from jiandu_desktop.services.rows import ProblemRow

SETTLED_MS = 350
"""The page is made anew this long after the last change."""
LEFT_WIDTH = 460


class LetterRoom(QWidget):
    """Nothing is kept before it is issued; issuing takes a number and cannot be undone, so it asks once."""

    leave = Signal()
    issued = Signal(object)
    """The `Document`s that were issued."""

    def __init__(self, desk: Desk, wish: LetterWish) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._desk, self._wish = desk, wish
        self._asked = False
        self._busy = False
        self._words = b""
        services = desk.services
        self.bar = RoomBar(self.tr("返回"))
        self.bar.set_title(self.tr("新文书"), "")
        self.issue = Button(self.tr("出具并编号"), kind="primary", icon="lock", hint="Ctrl+Enter")
        self.issue.setEnabled(False)
        self.save_word = Button(self.tr("草稿存为 Word…"))
        self.save_word.setToolTip(self.tr("把现在的草稿存成可以再编辑的 Word 文档，不取文号"))
        self.save_word.setEnabled(False)
        self.bar.add(self.save_word)
        self.bar.add(self.issue)
        self.notice = InlineNotice("", "caution")
        self.notice.hide()
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("文书种类"))
        self.kind.setMaxVisibleItems(len(DocumentKind))
        for kind in self._kinds():
            self.kind.addItem(self.tr(DOCUMENT_KIND_NAMES[kind]), kind.value)
        wanted = wish.kind or DocumentKind.REMINDER
        self.kind.setCurrentIndex(self.kind.findData(wanted.value))
        self.problems = ProblemChoice(services.store.today())
        self.subjects = SubjectPanel(services.store.today())
        if wish.first is not None and wish.last is not None:
            self.subjects.period.set_days(wish.first, wish.last)
        self.fields = LetterFields(services.store.today())
        self.papers = PaperSide(desk.tasks)
        self._lay_out()
        self._rows = Query(desk.tasks, self._read_rows, self)
        self._tasks = Query(desk.tasks, lambda *days: tasks_of(services.store, *days), self)
        self._drafting = Query(desk.tasks, self._make_draft, self, tells_failure=True)
        self._wording = Query(desk.tasks, services.letters.reworded, self, tells_failure=True)
        self._drawing = Query(desk.tasks, services.letters.preview, self, Lane.POOL, tells_failure=True)
        self._issuing = Query(desk.tasks, services.letters.issue, self, tells_failure=True)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._connect()
        self._rows.ask()
        lead_focus(self, self.kind)

    def draft(self) -> LetterDraft | None:
        """The document as it stands."""
        return self.fields.draft()

    def _kinds(self) -> list[DocumentKind]:
        if self._wish.document_ids:
            return [DocumentKind.RECEIPT]
        return [kind for kind in DocumentKind if kind not in VISIT_KINDS and kind is not DocumentKind.RECEIPT]

    def _read_rows(self) -> tuple[tuple[ProblemRow, ...], PaperSubjects]:
        store = self._desk.services.store
        return self._desk.services.problems.rows(store.today()), paper_subjects(store)

    def _make_draft(
        self, kind: DocumentKind, ids: tuple[str, ...], about: LetterDraft | None
    ) -> tuple[LetterDraft, str]:
        wish, letters = self._wish, self._desk.services.letters
        if about is not None:
            return letters.begin(about), ""
        level = wish.level if wish.kind is kind else None
        made = letters.draft(kind, ids, addressee=wish.addressee, document_ids=wish.document_ids, level=level)
        made = replace(made, replaces=wish.replaces, replaces_reason=wish.replaces_reason)
        return made, letters.report_addressees()[1]

    def _lay_out(self) -> None:
        card = Card()
        card.column.addWidget(Label(self.tr("种类和内容"), role="heading"))
        card.column.addWidget(self.kind)
        card.column.addWidget(self.problems)
        card.column.addWidget(self.subjects)
        words = self._editable = Card()
        words.column.addWidget(Label(self.tr("可以修改的内容"), role="heading"))
        words.column.addWidget(self.fields)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(CARD_GAP)
        column.addWidget(card)
        column.addWidget(words)
        column.addStretch(1)
        self._left = QScrollArea()
        self._left.setAccessibleName(self.tr("函的内容"))
        self._left.setWidget(inner)
        self._left.setWidgetResizable(True)
        self._left.setFixedWidth(theme().px(LEFT_WIDTH))
        body = QHBoxLayout()
        body.setContentsMargins(WINDOW_MARGIN, 0, WINDOW_MARGIN, CARD_GAP)
        body.setSpacing(CARD_GAP)
        body.addWidget(self._left)
        body.addWidget(self.papers, 1)
        notice = QHBoxLayout()
        notice.setContentsMargins(WINDOW_MARGIN, 0, WINDOW_MARGIN, 0)
        notice.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.bar)
        column.addLayout(notice)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.bar.left.connect(self._leave)
        self.issue.clicked.connect(self._ask)
        self.kind.currentIndexChanged.connect(self._redraft)
        self.problems.chosen.connect(self._redraft)
        self.subjects.chosen.connect(self._redraft)
        self._tasks.answered.connect(self.subjects.period.show_tasks)
        self.fields.edited.connect(self._edited)
        self.papers.failed.connect(self._failed)
        self.save_word.clicked.connect(self._save_word)
        self._rows.answered.connect(self._show_rows)
        self._drafting.answered.connect(self._show_draft)
        self._drafting.failed.connect(self._failed)
        self._wording.answered.connect(self._reworded)
        self._wording.failed.connect(self._failed)
        self._drawing.answered.connect(self._show_page)
        self._drawing.failed.connect(self._failed)
        self._issuing.answered.connect(self._done)
        self._issuing.failed.connect(self._failed)
        self._settled.timeout.connect(self._settle)
        for keys, act in (("Ctrl+Return", self.issue.click), ("Esc", self._leave), ("Alt+Left", self._leave)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # --- what is written ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _show_rows(self, answer: tuple[tuple[ProblemRow, ...], PaperSubjects]) -> None:
        rows, subjects = answer
        given = self._wish.problem_ids
        shown = [row for row in rows if row.problem.state in OPEN_STATES or row.problem.id in given]
        self.problems.show_rows(shown, given)
        self.subjects.visits.show_rows(subjects.visits, (self._wish.visit_id,))
        self.subjects.assignments.show_rows(subjects.assignments, self._wish.assignment_ids)
        self._redraft()

    @Slot()
    def _redraft(self) -> None:
        """Another kind, or about something else: the draft is made anew."""
        kind = DocumentKind(self.kind.currentData())
        around = kind in INSPECTION_KINDS
        self.problems.setVisible(not around and not self._wish.document_ids)
        self.subjects.setVisible(around)
        self.subjects.show_kind(kind)
        if around and (days := self.subjects.period.days()) is not None:
            self._tasks.ask(*days)
        self._drafting.ask(kind, self.problems.ids(), self.subjects.subject(kind) if around else None)

    @Slot(object)
    def _show_draft(self, answer: tuple[LetterDraft, str]) -> None:
        draft, government = answer
        self.fields.show_draft(draft, government)
        self._editable.setVisible(self.fields.isVisibleTo(self._editable))
        self.notice.hide()
        self._say_state()
        if self._lacks(draft):
            self.papers.show_documents(())
        else:
            self._drawing.ask(draft)

    @Slot(object)
    def _edited(self, draft: LetterDraft) -> None:
        del draft  # read again once the hands rest
        self._say_state()
        self._settled.start()

    @Slot()
    def _settle(self) -> None:
        draft = self.fields.draft()
        if draft is not None and not self._lacks(draft):
            self._wording.ask(draft)

    @Slot(object)
    def _reworded(self, draft: LetterDraft) -> None:
        self.fields.take_wording(draft)
        now = self.fields.draft()
        if now is not None:
            self._drawing.ask(now)

    @Slot(object)
    def _show_page(self, made: PreviewDocument) -> None:
        shown = Shown(kind=made.kind, title=made.title, pdf=made.pdf, pages=made.pages, missing=made.missing)
        self.papers.show_documents((shown,))
        self._words = made.words
        self.save_word.setEnabled(bool(made.words))

    def _say_state(self) -> None:
        """What is missing before it can be issued stands on the button."""
        draft = self.fields.draft()
        missing = self.tr("先选学校，勾选要写进文书的问题") if draft is None else self._missing(draft)
        self.issue.setEnabled(not missing and not self._busy)
        self.issue.setToolTip(missing or self.tr("取得文号，生成正式文书  {}").format("Ctrl+Enter"))
        name = DOCUMENT_KIND_NAMES[draft.kind] if draft is not None else ""
        self.bar.set_title(self.tr("新文书"), missing or self.tr(name))

    def _missing(self, draft: LetterDraft) -> str:
        if self._lacks(draft):
            about_visit = draft.kind in ABOUT_A_VISIT
            return self.tr("先选是哪一次督导") if about_visit else self.tr("先勾选要通知的学校和任务")
        if not draft.problem_ids and draft.kind not in WITHOUT_PROBLEMS:
            return self.tr("先选学校，勾选要写进文书的问题")
        if not draft.addressee.strip() and draft.kind not in WITHOUT_ADDRESSEE:
            return self.tr("先填写发给谁")
        return ""

    def _lacks(self, draft: LetterDraft) -> bool:
        """Whether it is not known yet what a paper around visits is about: then there is no page to show."""
        return draft.kind in INSPECTION_KINDS and not self._desk.services.letters.inspections.is_complete(draft)

    # --- issuing and leaving ------------------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        """The first press says what will happen, the second does it."""
        draft = self.fields.draft()
        if draft is None or self._busy or not self.issue.isEnabled():
            return
        if not self._asked:
            self._asked = True
            if draft.kind in INSPECTION_KINDS:
                words = self.tr("出具后取得文号，不能再改。再按一次确认出具。")
            else:
                words = self.tr("出具后取得文号，写进 {count} 个问题的办理经过，不能再改。再按一次确认出具。")
            self.notice.set(words.format(count=len(draft.problem_ids)), "info")
            self.notice.show()
            self.issue.setText(self.tr("确认出具"))
            return
        self._set_busy(True)
        self._issuing.ask(draft)

    @Slot(object)
    def _done(self, documents: tuple[Document, ...]) -> None:
        self._set_busy(False)
        numbers = "、".join(document.number for document in documents)
        self._desk.messages.toast(self.tr("已出具 {}").format(numbers))
        self.issued.emit(documents)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, Trouble) and is_expected(error):
            self.notice.set(sentence_for(error), "caution")
            self.notice.show()
        else:
            self._desk.messages.error(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy, self._asked = busy, False
        self.issue.setText(self.tr("出具并编号"))
        self._left.setEnabled(not busy)
        self._say_state()

    @Slot()
    def _save_word(self) -> None:
        draft = self.fields.draft()
        if draft is None or not self._words:
            return
        name = f"{safe_name(f'{DOCUMENT_KIND_NAMES[draft.kind]} {draft.addressee}')}.docx"
        kinds = self.tr("Word 文档 (*.docx)")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("草稿存为 Word"), name, kinds)
        if chosen:
            self._desk.papers.save_draft_word_to(self._words, Path(chosen))

    @Slot()
    def _leave(self) -> None:
        """Esc takes back the question first, then leaves; what was written by hand is asked about once."""
        if self._busy:
            return
        if self._asked:
            self._asked = False
            self.notice.hide()
            self.issue.setText(self.tr("出具并编号"))
        elif self.fields.is_touched() and self.notice.isHidden():
            self.notice.set(self.tr("还没有出具，离开后改过的内容不保留。再按一次 Esc 离开。"), "caution")
            self.notice.show()
        else:
            self.leave.emit()
