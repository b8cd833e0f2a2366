"""完成: look through, sign, print. The room between the checklist and the paper in the inspector's hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services.completion import Review, review
from jiandu_desktop.services.drafting import HEAD_ROLE, kinds_for
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.finish.bars import CHECKING, PRINTING, SIGNING, BottomBar, TopBar
from jiandu_desktop.ui.finish.desk import FinishDesk, Issue
from jiandu_desktop.ui.finish.frame import Frame
from jiandu_desktop.ui.finish.issued_card import IssuedCard
from jiandu_desktop.ui.finish.manner_field import MannerField
from jiandu_desktop.ui.finish.paper_side import PaperSide, Shown
from jiandu_desktop.ui.finish.proof import Proof
from jiandu_desktop.ui.finish.review_card import ReviewCard
from jiandu_desktop.ui.finish.score_card import ScoreCard
from jiandu_desktop.ui.finish.signing_card import SigningCard
from jiandu_desktop.ui.finish.words import short_name, visit_line
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.printing import print_pdf
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.notices import InlineNotice


class FinishRoom(QWidget):
    """Entered from the wizard with its instance, which is at rest meanwhile.

    `open_visit` is the visit as it is stored now, with its problems and photos.
    """

    back = Signal(str)
    """To the checklist, at this item; "" for where one was."""
    letter_wanted = Signal(object)
    """A `LetterWish`: what the rules propose after a re-check."""

    done = Signal()
    """The visit is frozen and one wants to leave."""

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        messages: Messages,
        open_visit: OpenVisit,
        instance: Instance,
        print_to: Path | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "canvas")
        self._services, self._messages, self._print_to = services, messages, print_to
        self._open, self._instance = open_visit, instance
        self._issue: Issue | None = None
        self._busy = False
        self._to_print: tuple[DocumentKind, ...] = ()
        self._retry = ""
        self.desk = FinishDesk(services, tasks, open_visit, instance, self)
        self.top = TopBar(visit_line(open_visit))
        self.review = ReviewCard()
        self.issued = IssuedCard()
        self.score = ScoreCard()
        people = [inspector.name for inspector in open_visit.inspectors]
        self.signing = SigningCard(people, open_visit.school.head, self.desk.known_companions())
        self.manner = MannerField()
        self.review.add_field(self.tr("督导方式"), self.manner)
        self.review.add_field(self.tr("同行人员"), self.signing.companions)
        self.papers = PaperSide(tasks)
        self.bottom = BottomBar()
        self.frame = Frame(
            self, self.top, (self.review, self.issued), (self.score, self.signing), self.papers, self.bottom
        )
        self._connect()
        Proof(self, services, tasks, messages, (self.signing, self.issued), self.desk, self._show_step)
        self._show_visit()

    # --- public ---------------------------------------------------------------------------------------------------

    @property
    def frozen(self) -> bool:
        """Whether the visit has been finished."""
        return self._issue is not None

    @property
    def notice(self) -> InlineNotice:
        """The sentence in place."""
        return self.frame.notice

    def may_leave(self) -> bool:
        """Asked before the window closes: not while a visit is being frozen, nor with words that are not yet kept."""
        self.signing.commit()
        return not self._busy and self.desk.flush()

    def bar_height(self) -> int:
        return self.bottom.height()

    def save_to(self, folder: Path) -> None:
        """Writes drafts, or after 定稿 the ticked documents, into a folder."""
        self.desk.file(folder, [(name, each.pdf) for name, each in self._named()])

    def save_words_to(self, folder: Path) -> None:
        """Writes the same as Word files."""
        self.desk.file_words(folder, self._named())

    def _named(self) -> list[tuple[str, Shown]]:
        if self._issue is None:
            school = self._open.school.name
            return [(f"{school} {each.title}（草稿）", each) for each in self.papers.documents()]
        kinds = self.issued.chosen()
        return [(each.title, each) for each in self._issue.shown if each.kind in kinds]

    # --- building -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.top.back.clicked.connect(self._leave)
        self.review.chosen.connect(self._go_back)
        self.issued.letter_wanted.connect(self.letter_wanted)
        self.score.section_chosen.connect(self._go_to_section)
        self.signing.signed.connect(self.desk.sign)
        self.signing.signed.connect(self._show_step)
        self.signing.opinion_said.connect(self.desk.say_opinion)
        self.signing.companions_named.connect(self.desk.name_companions)
        self.manner.chosen.connect(self.desk.say_manner)
        self.papers.failed.connect(lambda error: self._failed("draft", error))
        self.notice.linked.connect(self._try_again)
        self.bottom.save.clicked.connect(self._choose_folder)
        self.bottom.save_issued.clicked.connect(self._choose_folder)
        self.bottom.save_word.clicked.connect(self._choose_word_folder)
        self.bottom.slip.clicked.connect(self._print_slip)
        self.bottom.print_draft.clicked.connect(self._print_draft)
        self.bottom.freeze.clicked.connect(self._ask)
        self.bottom.confirmed.connect(self._freeze)
        self.bottom.print_again.clicked.connect(self._print_issued)
        self.bottom.signed.clicked.connect(self._mark_signed)
        self.bottom.leave.clicked.connect(self.done)
        self.desk.drafted.connect(self.papers.show_documents)
        self.desk.issued.connect(self._show_issue)
        self.desk.filed.connect(self._tell_filed)
        self.desk.slip_made.connect(self._send_slip)
        self.desk.failed.connect(self._failed)
        for keys, act in (("Ctrl+P", self._primary), ("Esc", self._escape), ("Alt+Left", self._leave)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _show_visit(self) -> None:
        opened = self._open
        self.score.show_score(self._instance)
        self.manner.show_visit(opened.visit)
        self.signing.show_visit(opened.visit, self._services.visits.signatures(opened.visit.id))
        self.review.show_counts(opened.problems, kinds_for(opened.problems, opened.visit))
        if opened.visit.state is not VisitState.DRAFT:
            self.desk.look_up()
            return
        self._review = self._look()
        self.review.show_review(self._review)
        self._say_reason()
        self._show_step()
        self.desk.draft_now()

    def _look(self) -> Review:
        return review(self._instance, self._open.problems, self._open.photos, self._open.kept)

    # --- what stands in the way ---------------------------------------------------------------------------------------

    def _say_reason(self) -> None:
        missing = len(self._review.must_fix)
        self.bottom.freeze.setEnabled(not missing)
        if missing:
            words = self.tr("还有 {} 处必须改。改完即可定稿；定稿后不能再动，要改须写明理由。").format(missing)
            self.bottom.reason.say(words, "circle-alert", "caution")
            self.bottom.freeze.setToolTip(words)
            return
        self.bottom.freeze.setToolTip(self.tr("定稿并打印  {}").format("Ctrl+P"))
        blank = len(self._review.unanswered)
        if blank:
            words = self.tr("可以定稿，{} 题将留空。定稿后不能再动，要改须写明理由。").format(blank)
        else:
            words = self.tr("可以定稿。定稿后不能再动，要改须写明理由。")
        self.bottom.reason.say(words, "circle-check", "accent")

    @Slot()
    def _show_step(self) -> None:
        if self.frozen:
            self.top.steps.set_current(PRINTING)
        elif self._review.must_fix:
            self.top.steps.set_current(CHECKING)
        else:
            self.top.steps.set_current(PRINTING if self.signing.is_signed(HEAD_ROLE) else SIGNING)

    def _say(self, text: str, link: str = "", retry: str = "") -> None:
        self._retry = retry
        self.notice.set(text, "caution", link)
        self.notice.show()

    @Slot(str, object)
    def _failed(self, wish: str, error: Exception) -> None:
        """A sentence in place; nothing is lost, and the link tries again."""
        self._set_busy(False)
        if not (isinstance(error, Trouble) and is_expected(error)):
            self._messages.error(error)
            return
        words = sentence_for(error)
        if wish == "freeze":
            self.bottom.show_buttons()
            words = self.tr("没有定稿，内容都还在。{}").format(words)
        link = "" if wish == "save" else self.tr("重试")
        self._say(words, link, wish)

    @Slot()
    def _try_again(self) -> None:
        wish, self._retry = self._retry, ""
        self.notice.hide()
        ways: dict[str, Callable[[], object]] = {
            "freeze": lambda: self._freeze(self._to_print),
            "draft": self.desk.draft_now,
            "file": self._choose_folder,
            "no-printer": self._choose_folder,
            "issue": self.desk.again,
            "print": self._primary,
            "slip": self._print_slip,
        }
        if wish in ways:
            ways[wish]()

    # --- freezing -----------------------------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        if self.bottom.freeze.isEnabled() and not self._busy:
            self.notice.hide()
            self.bottom.ask(kinds_for(self._open.problems, self._open.visit))

    @Slot(object)
    def _freeze(self, kinds: tuple[DocumentKind, ...]) -> None:
        if self._busy:
            return
        self._to_print = kinds
        self.signing.commit()
        if not self.desk.flush():
            return
        self.desk.forget_drafts()
        self.bottom.show_buttons()
        self._set_busy(True)
        self.bottom.reason.say(self.tr("正在定稿，生成文书…"), "lock")
        self.desk.freeze()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.bottom.set_busy(busy)
        self.frame.left.setEnabled(not busy)
        self.signing.setEnabled(not busy)
        if not busy and not self.frozen:
            self._say_reason()

    @Slot(object)
    def _show_issue(self, issue: Issue) -> None:
        fresh = self._issue is None
        self._issue = issue
        self._set_busy(False)
        self.notice.hide()
        self.top.show_frozen()
        self.issued.show_issued(issue.visit, issue.documents)
        self.issued.show_proposed(issue.proposed)
        self.frame.show_left(self.issued)
        self.signing.set_read_only(True)
        self.papers.show_documents(issue.shown)
        waits = issue.visit.state is VisitState.AWAITING_SIGNATURE
        printed = any(document.prints for document in issue.documents)
        self.bottom.show_frozen(waits, printed)
        self.bottom.slip.setVisible(any(document.has_slip for document in issue.documents))
        if printed:
            words = self.tr("已定稿，文书已打印。")
        else:
            words = self.tr("已定稿，{} 份文书还没有打印。").format(len(issue.documents))
        self.bottom.reason.say(words, "circle-check", "accent")
        self._show_step()
        if fresh:
            self.papers.show_pages()
        if fresh and self._to_print:
            for kind, box in self.issued.boxes.items():
                box.setChecked(kind in self._to_print)
            self._print_issued()
        self.bottom.print_again.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- paper and files ----------------------------------------------------------------------------------------------

    @Slot()
    def _print_draft(self) -> None:
        drafts = self.papers.documents()
        if drafts:
            self._print(drafts)

    @Slot()
    def _print_issued(self) -> None:
        if self._issue is None:
            return
        kinds = self.issued.chosen()
        copies = self._print([each for each in self._issue.shown if each.kind in kinds])
        if copies:
            printed = [document for document in self._issue.documents if document.kind in kinds]
            self.desk.count_prints(printed, copies)
            names = "、".join(short_name(document.kind) for document in printed)
            self._messages.toast(self.tr("{} 已打印，每种 {} 份").format(names, copies))

    def _print(self, shown: tuple[Shown, ...] | list[Shown]) -> int:
        if not shown:
            self._say(self.tr("没有勾选文书。请在左边勾选要打印的文书。"))
            return 0
        self.notice.hide()
        named = [(each.title, each.pdf) for each in shown]
        try:
            return print_pdf(self, named, self._services.preferences, self._print_to)
        except Trouble as trouble:
            if trouble.code == "no-printer":
                self._say(sentence_for(trouble), self.tr("另存为"), "no-printer")
            else:
                self._failed("print", trouble)
            return 0

    @Slot()
    def _mark_signed(self) -> None:
        self.desk.mark_signed()

    @Slot()
    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("把 PDF 存到哪个文件夹")):
            self.save_to(Path(chosen))

    @Slot()
    def _choose_word_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("把 Word 文档存到哪个文件夹")):
            self.save_words_to(Path(chosen))

    @Slot()
    def _print_slip(self) -> None:
        if self._issue is not None:
            self.desk.make_slip(self._issue.documents)

    @Slot(object)
    def _send_slip(self, shown: Shown) -> None:
        copies = self._print([shown])
        if copies:
            self._messages.toast(self.tr("现场告知单已打印 {} 份").format(copies))

    @Slot(object)
    def _tell_filed(self, paths: tuple[Path, ...]) -> None:
        if paths:
            words = self.tr("{} 份文件已存到“{}”").format(len(paths), paths[0].parent)
            self._messages.toast(words)

    # --- ways out -----------------------------------------------------------------------------------------------------

    @Slot()
    def _primary(self) -> None:
        if self.bottom.asks:
            self.bottom.question.accept.click()
        elif self.frozen:
            self.bottom.print_again.click()
        else:
            self._ask()

    @Slot()
    def _escape(self) -> None:
        if self.bottom.asks:
            self.bottom.show_buttons()
        else:
            self._leave()

    @Slot()
    def _leave(self) -> None:
        self._go_back("")

    @Slot(str)
    def _go_back(self, ref: str) -> None:
        if not self.may_leave():
            return
        if self.frozen:
            self.done.emit()
        else:
            self.back.emit(ref)

    @Slot(str)
    def _go_to_section(self, section: str) -> None:
        items = self._instance.section_items(section)
        if items and not self.frozen:
            self._go_back(items[0])
