"""The room one enters with a school and leaves with 今日 or 完成: frame, keys, saving, and the way around."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.pinyin import initials
from jiandu_desktop.services.program import Services
from jiandu_desktop.ui.errors import is_expected, sentence_for
from jiandu_desktop.ui.messages import Messages
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.notices import InlineNotice
from jiandu_desktop.ui.widgets.reading_order import go_on
from jiandu_desktop.ui.wizard.bars import BottomBar, TopBar
from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.frame import Frame
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.keys import add_keys
from jiandu_desktop.ui.wizard.label_media import LabelMedia
from jiandu_desktop.ui.wizard.languages import LanguageSwitch
from jiandu_desktop.ui.wizard.navigation import first_item, next_unanswered
from jiandu_desktop.ui.wizard.opened_files import OpenedFiles
from jiandu_desktop.ui.wizard.outline_side import OutlineSide, RingSide
from jiandu_desktop.ui.wizard.owed import OwedProblems
from jiandu_desktop.ui.wizard.photo_intake import PhotoIntake
from jiandu_desktop.ui.wizard.photo_view import PhotoView
from jiandu_desktop.ui.wizard.phrase_choice import PhraseChoice
from jiandu_desktop.ui.wizard.phrases import PhraseMenu
from jiandu_desktop.ui.wizard.problem_card import ProblemCard
from jiandu_desktop.ui.wizard.reference import ReferencePanel
from jiandu_desktop.ui.wizard.saving import Saving
from jiandu_desktop.ui.wizard.section_view import SectionView
from jiandu_desktop.ui.wizard.surroundings import Surroundings, meta_words
from jiandu_desktop.ui.wizard.version_change import VersionNotice

TYPING_MS = 250
"""Half-typed text is kept this long after the last key, scroll and place likewise."""


class WizardRoom(QWidget):
    """Fills in one visit. Everything that was answered is durable at once; `flush()` waits for the last of it."""

    leave = Signal()
    finish_requested = Signal(object)
    show_school = Signal(str)

    def __init__(
        self, services: Services, tasks: Tasks, messages: Messages, open_visit: OpenVisit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self.setAcceptDrops(True)
        self._services, self._tasks, self._messages = services, tasks, messages
        self._open = open_visit
        self._today = services.store.clock().date()
        self._saving = Saving(tasks, self)
        self.filling = Filling(
            services.visits,
            services.preferences,
            services.deadlines,
            self._saving,
            open_visit,
            services.store.clock,
            self,
        )
        self._paper = self.filling.paper
        self.intake = PhotoIntake(self, self.filling, tasks, messages, services.store.clock, lambda: self.current_ref)
        self.intake.watch(str(services.preferences.get("watched_folder")))
        self._pictures = Pictures(tasks, services.visits.thumbnail, self, whole=services.visits.photo_bytes)
        self.top = TopBar(open_visit.school.name, meta_words(open_visit))
        self.bottom = BottomBar()
        self.side = OutlineSide(lambda: self.around.findables())
        self.rings = RingSide()
        self.view = SectionView(self.filling, self._pictures, self._today, self._make_card)
        self.reference = ReferencePanel(open_visit.open_problems, self._today, self._pictures)
        self.around = Surroundings(
            self.filling, open_visit, self.top, self.bottom, self.side, self.rings, self.reference
        )
        self.notice = InlineNotice("")
        self.notice.hide()
        self.owed = OwedProblems(open_visit.owed, self._today, self.filling.owed)
        self.version = VersionNotice(services, tasks, messages, open_visit.visit.id, self.flush)
        self.phrases = PhraseMenu(initials, self)
        self.photo = PhotoView(self)
        self.files = OpenedFiles(self.photo, self.filling, services.visits, tasks, messages)
        self.wordings = PhraseChoice(self.view, self.filling, self.phrases, services.phrases, messages)
        self.language = LanguageSwitch(self.top.language, self.filling, self)
        self.label_media = LabelMedia(self, self._paper, messages)
        self._place_timer = QTimer(self)
        self._place_timer.setSingleShot(True)
        self._place_timer.setInterval(TYPING_MS)
        self._place_timer.timeout.connect(self.filling.save_place)
        self.frame = Frame(self, self.top, self.side, self.rings, self._middle(), self.reference, self.bottom)
        self._connect()
        add_keys(self)
        self.around.show_outline()
        self.around.show_counts()
        self._go_to_start()

    @property
    def instance(self) -> Instance:
        """The answers as they stand."""
        return self.filling.instance

    @property
    def current_ref(self) -> str:
        """The item in hand."""
        return self.view.list.current

    def jump_to(self, ref: str) -> None:
        """Turns to an item, as from a line of 完成; opens its problem card if it has one."""
        self.frame.close_overlays()
        self.view.go_to(ref)
        if ref in self.filling.problems:
            self.view.open_card(ref)

    def flush(self) -> bool:
        """Waits until every answer is durable; False when that could not be reached in ten seconds."""
        self.view.commit()
        self._place_timer.stop()
        self.filling.save_place()
        return self._saving.flush()

    def may_leave(self) -> bool:
        """Asked before the window closes: only when the last answer is durable."""
        return self.flush()

    def bar_height(self) -> int:
        """How high the lower bar is, above which toasts stand."""
        return self.bottom.height()

    def close_room(self) -> None:
        """No picture is taken in any more; called before the room is thrown away."""
        self.intake.watch("")
        self._place_timer.stop()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward)

    # --- building ---------------------------------------------------------------------------------------------------

    def _middle(self) -> QWidget:
        middle = QWidget()
        middle.setProperty("ground", "surface")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        notice = QHBoxLayout()
        notice.setContentsMargins(24, 0, 24, 0)
        notice.addWidget(self.notice)
        column.addLayout(notice)
        column.addWidget(self.version)
        column.addWidget(self.owed)
        column.addWidget(self.view, 1)
        return middle

    def _make_card(self) -> ProblemCard:
        holidays = self._services.deadlines.holidays()
        return ProblemCard(self._open.people, self._pictures, self._today, holidays, self.intake.watches)

    def _connect(self) -> None:
        self.top.back.clicked.connect(self.go_back)
        self.top.undo.clicked.connect(self.undo)
        self.top.redo.clicked.connect(self.redo)
        self.top.school.clicked.connect(self._show_school)
        self.top.reference.clicked.connect(self.frame.toggle_reference)
        self.top.photos.clicked.connect(self.choose_photo)
        self.bottom.finish.clicked.connect(self._finish)
        self.bottom.next.clicked.connect(self.next_unanswered)
        self.reference.wants_school.connect(self._show_school)
        self.side.section_chosen.connect(self._choose_section)
        self.rings.section_chosen.connect(self._choose_section)
        self.side.cell_chosen.connect(self._choose_cell)
        self.side.found.connect(self.jump_to)
        self.side.search_left.connect(self._leave_search)
        self.rings.search_wanted.connect(self.start_search)
        self.view.head.bulk.clicked.connect(self.answer_rest)
        self.view.current_changed.connect(self._current_changed)
        self.view.section_changed.connect(self._section_changed)
        self.view.place_changed.connect(self._place_timer.start)
        self.view.typed.connect(self._place_timer.start)
        self.view.answered_on.connect(self._go_on)
        self.view.photo_wanted.connect(self.intake.choose)
        self.view.media_opened.connect(self.label_media.open_media)
        self.view.row_removed.connect(self._row_removed)
        self.view.files_dropped.connect(self.intake.take_files)
        self.view.image_pasted.connect(self.intake.take_image)
        self.files.wire(self.view, self.intake)
        self.label_media.closed.connect(self._focus_current)
        self.photo.closed.connect(self._focus_current)
        self.owed.left.connect(self._focus_current)
        self.filling.changed.connect(self._changed)
        self.filling.saved.connect(self._saved)
        self.filling.stuck.connect(self._stuck)

    def _go_to_start(self) -> None:
        """Where the inspector was, to the pixel and with the half-typed text; at the first item in a new visit."""
        place = self._open.place
        ref = place.ref if self._paper.section_of(place.ref) else next_unanswered(self._paper, "")
        self.view.go_to(ref or first_item(self._paper, self._paper.sections[0].ref), focus=False)
        QTimer.singleShot(0, self, self.view.restore_place)

    # --- what keys and buttons do -----------------------------------------------------------------------------------

    @Slot()
    def next_unanswered(self) -> None:
        self._go_unanswered(1)

    @Slot()
    def previous_unanswered(self) -> None:
        self._go_unanswered(-1)

    @Slot()
    def next_section(self) -> None:
        """The next section, at its first unanswered item; after the last comes the first."""
        refs = [section.ref for section in self._paper.sections if self._paper.section_refs(section.ref)]
        if not refs:
            return
        place = refs.index(self.view.section) + 1 if self.view.section in refs else 0
        self.view.go_to(first_item(self._paper, refs[place % len(refs)]))

    @Slot()
    def answer_rest(self) -> None:
        """本节其余全部符合, and how to take it back."""
        count = self.filling.answer_rest(self.view.section)
        if count:
            self._go_to_rest()
            words = self.tr("本节 {} 题已答“符合”").format(count)
            self._messages.toast(words, self.tr("撤销 {}").format("Ctrl+Z"), self.undo)

    def _go_to_rest(self) -> None:
        """To what was left alone in this section, else on to the next unanswered item."""
        rest = first_item(self._paper, self.view.section)
        if self._paper.is_unanswered(rest):
            self.view.go_to(rest)
        else:
            self._go_unanswered(1)

    @Slot()
    def undo(self) -> None:
        """Takes the last step back and turns to the item it was about."""
        self._turn_to(self.filling.undo())

    @Slot()
    def redo(self) -> None:
        """Does again what was taken back last, and turns to the item it was about."""
        self._turn_to(self.filling.redo())

    def _turn_to(self, ref: str) -> None:
        if ref and self._paper.section_of(ref):
            self.view.go_to(ref)

    @Slot()
    def look_at_owed(self) -> None:
        """To the school's open problems, which stand above the first section."""
        if self.owed.problems:
            self.view.show_section(self._paper.sections[0].ref)
            self.owed.take_keyboard()

    def go_to_place(self, place: int) -> None:
        """Turns to the item at a place of the section that is shown, 0 for the first."""
        refs = self._paper.section_refs(self.view.section)
        if place < len(refs):
            self.view.go_to(refs[place])

    @Slot(str)
    def _row_removed(self, label: str) -> None:
        words = self.tr("已删除“{}”").format(label)
        self._messages.toast(words, self.tr("撤销 {}").format("Ctrl+Z"), self.undo)

    @Slot()
    def open_note(self) -> None:
        if self.current_ref:
            self.view.open_note(self.current_ref)

    @Slot()
    def start_search(self) -> None:
        self.frame.show_search()
        self.side.start_search()

    @Slot()
    def paste(self) -> None:
        if self.current_ref:
            self.intake.paste(self.current_ref)

    @Slot()
    def _leave_search(self) -> None:
        self.frame.close_overlays()
        self._focus_current()

    @Slot()
    def escape(self) -> None:
        """Leaves a field for its item, a search for the outline; a drawer closes first."""
        self.side.end_search()
        if not self.frame.close_overlays():
            self.view.commit()
        self._focus_current()

    @Slot()
    def _focus_current(self) -> None:
        row = self.view.list.row(self.current_ref)
        if row is not None:
            row.focus_field()

    @Slot()
    def go_back(self) -> None:
        if self.flush():
            self.leave.emit()

    @Slot()
    def _finish(self) -> None:
        self.view.commit_all()
        if self.flush():
            self.finish_requested.emit(self.instance)

    @Slot()
    def _show_school(self) -> None:
        self.show_school.emit(self._open.school.id)

    @Slot(str)
    def _go_on(self, ref: str) -> None:
        self._go_unanswered(1, ref)

    def _go_unanswered(self, step: int, ref: str = "") -> None:
        found = next_unanswered(self._paper, ref or self.current_ref, step)
        if found:
            self.view.go_to(found)
        else:
            self._messages.toast(self.tr("全部答完，可以去完成了"))
            self.bottom.finish.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def _choose_section(self, place: int) -> None:
        self.view.go_to(first_item(self._paper, self._paper.sections[place].ref))

    @Slot(int, int)
    def _choose_cell(self, place: int, cell: int) -> None:
        refs = self._paper.summary(self._paper.sections[place].ref).refs
        if 0 <= cell < len(refs):
            self.jump_to(refs[cell])

    # --- photos and files -----------------------------------------------------------------------------------------

    @Slot()
    def choose_photo(self) -> None:
        if self.current_ref:
            self.intake.choose(self.current_ref, False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A picture dropped on an item is that item's; anywhere else it is for the one in hand."""
        widget = self.childAt(event.position().toPoint())
        while widget is not None and not isinstance(widget, ItemRow):
            widget = widget.parentWidget()
        if self.intake.take(event.mimeData(), widget.ref if widget is not None else ""):
            event.acceptProposedAction()

    # --- what changed -----------------------------------------------------------------------------------------------

    @Slot(object)
    def _changed(self, changed: frozenset[str]) -> None:
        self._messages.withdraw()
        self.owed.show_results()
        self.around.follow(changed, self.current_ref)

    @Slot(str)
    def _current_changed(self, ref: str) -> None:
        self.around.show_reference(ref)

    @Slot(str)
    def _section_changed(self, section: str) -> None:
        place = [each.ref for each in self._paper.sections].index(section)
        self.side.outline.set_current(place)
        self.rings.outline.set_current(place)
        self.owed.show_for(first_section=place == 0)

    @Slot(object)
    def _saved(self, at: datetime) -> None:
        self.top.saved.show_saved(at)
        self.notice.hide()

    @Slot(object)
    def _stuck(self, error: Exception) -> None:
        """Says what stands in the way, in place; the answers wait in memory and are tried again."""
        self.top.saved.show_unsaved()
        cause = sentence_for(error) if isinstance(error, Trouble) and is_expected(error) else str(error)
        self.notice.set(self.tr("还没有存到硬盘，正在重试，请不要关闭。{}").format(cause))
        self.notice.show()
