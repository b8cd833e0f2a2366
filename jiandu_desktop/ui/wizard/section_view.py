"""The middle of the room: one section's items, wired to the visit that is being filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jiandu_desktop.ui.questions.factory import fits
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.wizard.asked import BROKEN_RULE, WRONG_TYPE
from jiandu_desktop.ui.wizard.column import Column
from jiandu_desktop.ui.wizard.entries import EntryKind
from jiandu_desktop.ui.wizard.filling import Filling
from jiandu_desktop.ui.wizard.headings import GroupHeading, RepeatFoot
from jiandu_desktop.ui.wizard.item_list import ItemList
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.opening import OPEN_MS
from jiandu_desktop.ui.wizard.problem_card import CardContent, ProblemCard
from jiandu_desktop.ui.wizard.proposing import TYPED
from jiandu_desktop.ui.wizard.repeat_rows import RepeatRows
from jiandu_desktop.ui.wizard.row_words import ItemView
from jiandu_desktop.ui.wizard.section_head import SectionHead
from jiandu_desktop.ui.wizard.table_parts import TableEnd

IDLE_MS = 120
"""After so long without a key the next section is built, so that turning to it costs nothing."""


class SectionView(QWidget):
    """Shows one section; its rows ask the filling for every change and are shown anew by what it tells."""

    current_changed = Signal(str)
    section_changed = Signal(str)
    place_changed = Signal()
    typed = Signal()
    answered_on = Signal(str)
    """An item is done with by key: on to the next unanswered."""
    photo_wanted = Signal(str, bool)
    photo_opened = Signal(str)
    phrases_wanted = Signal(str)
    files_dropped = Signal(str, object, bool)
    image_pasted = Signal(str, object, bool)
    file_saved = Signal(str)
    drawn = Signal(str, object)
    row_removed = Signal(str)
    """The head of a row of a repeat that was taken away; it can be brought back by an undo."""
    media_opened = Signal(str, str, str)
    """Ref, kind and name of a file of the label."""

    def __init__(
        self,
        filling: Filling,
        pictures: Pictures,
        today: date,
        card_maker: Callable[[], ProblemCard],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "surface")
        self._filling = filling
        self._paper = filling.paper
        self._rows = RepeatRows(filling)
        self._pictures = pictures
        self._today = today
        self._card_maker = card_maker
        self._spare: ProblemCard | None = None
        self._opening: ItemRow | None = None
        self._opened = QTimer(self)
        self._opened.setSingleShot(True)
        self._opened.setInterval(2 * OPEN_MS)
        self._opened.timeout.connect(self._opening_over)
        self._columns: dict[str, Column] = {}
        self._texts = {text: QCoreApplication.translate("Wizard", text) for text in (WRONG_TYPE, BROKEN_RULE)}
        self._open_notes: set[str] = set()
        self.section = ""
        self.head = SectionHead()
        self.list = ItemList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        self.list.current_changed.connect(self._current_changed)
        self.list.scrolled.connect(self._scrolled)
        self.list.go_on.connect(self._go_on)
        filling.changed.connect(self.refresh)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self._build_next)

    # --- showing --------------------------------------------------------------------------------------------------

    def show_section(self, section: str) -> None:
        """Turns to a section and begins at its top, or where it was left."""
        if section == self.section:
            return
        self.section = section
        column = self._column(section)
        if column.stale:
            self._fill(column)
        self.list.show_column(column)
        self._show_head()
        self.section_changed.emit(section)
        self._idle.start()

    def go_to(self, ref: str, focus: bool = True) -> None:
        """Turns to an item wherever it is."""
        section = self._paper.section_of(ref)
        if not section:
            return
        self.show_section(section)
        self.list.go_to(ref, focus)

    def open_card(self, ref: str) -> None:
        """Gives the keyboard to the problem card of an item."""
        row = self.list.row(ref)
        if row is not None and row.card is not None:
            self.list.set_current(ref)
            row.card.open()
            self._opening = row
            self._opened.start()
            self.list.reveal(row)

    def open_note(self, ref: str) -> None:
        """Opens the note in place under its item."""
        row = self.list.row(ref)
        if row is None:
            return
        self._open_notes.add(ref)
        self.refresh(frozenset({ref}))
        if row.note is not None:
            row.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def restore_place(self) -> None:
        """To the pixel where the inspector was, the keyboard in the text that was half typed."""
        place = self._filling.open.place
        row = self.list.row(self.list.current)
        if row is None:
            return
        half = {key.partition(":")[0] for key in place.unsaved if key.partition(":")[2] == row.ref}
        if half & set(TYPED) and row.card is not None:
            row.card.focus_text()
        elif "note" in half and row.note is not None:
            row.note.setFocus()
        else:
            row.focus_field()
        self.list.verticalScrollBar().setValue(place.scroll)

    def commit(self) -> None:
        """Makes what is half typed in the card in hand part of the problem."""
        row = self.list.row(self.list.current)
        if row is not None and row.card is not None:
            row.card.commit()

    def commit_all(self) -> None:
        """Makes everything half typed in the row in hand an answer, note or problem."""
        self.commit()
        row = self.list.row(self.list.current)
        if row is not None:
            row.commit()

    @Slot(object)
    def refresh(self, changed: frozenset[str]) -> None:
        """Shows the changed items anew; only when items came or went is the section laid out again."""
        column = self._columns.get(self.section)
        for section, other in self._columns.items():
            if section != self.section and any(self._paper.section_of(ref) == section for ref in changed):
                other.stale = True
        if column is None:
            return
        moved = self.section in self._paper.moving and self._paper.entries(self.section) != column.entries
        if moved or column.shown_refs is not self._paper.section_refs(self.section):
            self.list.hold(lambda: self._fill(column))
        else:
            self._refresh_rows(column, changed)
        self._show_head()
        self._idle.start()

    def view_of(self, ref: str) -> ItemView:
        """All that the item's row shows."""
        filling, paper = self._filling, self._paper
        rated = paper.item(ref).inspection.self_rated
        return ItemView(
            number=paper.item(ref).number,
            question=paper.question(ref, filling.photos_of(ref), self._texts),
            veto=paper.is_veto(ref),
            kept=ref in filling.kept,
            note=filling.notes.get(ref, ""),
            note_open=ref in self._open_notes,
            self_rating=filling.self_ratings.value(ref) if rated else None,
            unsaved_note=filling.unsaved.get(f"note:{ref}", ""),
            trouble=filling.troubles.get(ref, ""),
            card=self._card_content(ref),
        )

    def _card_content(self, ref: str) -> CardContent | None:
        problem = self._filling.problems.get(ref)
        if problem is None:
            return None
        inspection = self._paper.item(ref).inspection
        return CardContent(
            problem=problem,
            photos=self._filling.photos_of(ref),
            evidence=inspection.evidence,
            found_on=self._filling.found_on(),
            moved=self._filling.proposer.is_moved(problem),
            unsaved={n: half for n in TYPED if (half := self._filling.unsaved.get(f"{n}:{ref}")) is not None},
        )

    def _column(self, section: str) -> Column:
        column = self._columns.get(section)
        if column is None:
            column = self._columns[section] = Column(section, self._pictures, self._today, self._take_card, self.list)
            column.hide()
            column.resize(max(self.list.viewport().width(), 1), 1)
        return column

    def _fill(self, column: Column) -> None:
        column.show_entries(self._paper.entries(column.section), self.view_of, self._wire)
        column.shown_refs = self._paper.section_refs(column.section)
        if column is self.list.column:
            self.list.build_seen()
        current = self.list.row(self.list.current)
        if current is not None:
            current.set_current(True)

    def _refresh_rows(self, column: Column, changed: frozenset[str]) -> None:
        taller = False
        for ref in changed:
            row = column.built(ref)
            if row is None:
                continue
            view = self.view_of(ref)
            if row.kind is not view.question.kind or not fits(row.field, view.question):
                self.list.hold(lambda: self._fill(column))
                return
            taller = row.show_view(view, animate=True) or taller
        if taller:
            self.list.hold(column.arrange)

    def _show_head(self) -> None:
        section = next(each for each in self._paper.sections if each.ref == self.section)
        summary = self._paper.summary(self.section)
        rest = self._paper.rest(self.section)
        self.head.show_section(section.number, section.label, summary.answered, len(summary.cells), rest)

    def _take_card(self) -> ProblemCard:
        """The card that was made ready, so that a failed answer opens it at once."""
        card, self._spare = self._spare, None
        return card if card is not None else self._card_maker()

    @Slot()
    def _build_next(self) -> None:
        if self._spare is None:
            self._spare = self._card_maker()
            self._spare.setParent(self)
            self._spare.hide()
            for widget in (self._spare, *self._spare.findChildren(QWidget)):
                widget.ensurePolished()
        refs = [each.ref for each in self._paper.sections]
        place = refs.index(self.section) + 1 if self.section in refs else len(refs)
        if place < len(refs):
            column = self._column(refs[place])
            if column.stale:
                self._fill(column)

    # --- what the rows tell -----------------------------------------------------------------------------------------

    def _wire(self, widget: QWidget) -> None:
        if isinstance(widget, ItemRow):
            half = self._filling.unsaved.get(f"value:{widget.ref}")
            if half is not None:
                widget.field.show_unsaved(half)
            widget.media_opened.connect(self.media_opened)
            widget.answered.connect(self._answered)
            widget.typing.connect(self._typing)
            widget.went_on.connect(self._entered)
            widget.noted.connect(self._noted)
            widget.kept.connect(self._filling.keep_warning)
            widget.self_rated.connect(self._filling.self_ratings.put)
            widget.photo_wanted.connect(self.photo_wanted)
            widget.photo_removed.connect(self._filling.remove_photo)
            widget.photo_opened.connect(self.photo_opened)
            widget.files_dropped.connect(self.files_dropped)
            widget.image_pasted.connect(self.image_pasted)
            widget.file_saved.connect(self.file_saved)
            widget.drawn.connect(self.drawn)
            widget.problem_edited.connect(self._filling.edit_problem)
            widget.problem_confirmed.connect(self._confirmed)
            widget.phrases_wanted.connect(self.phrases_wanted)
            widget.height_changed.connect(self._row_grew)
        elif isinstance(widget, GroupHeading | TableEnd):
            widget.remove_wanted.connect(self._remove_row)
        elif isinstance(widget, RepeatFoot):
            widget.add_wanted.connect(self._add_row)

    @Slot(str, str, bool)
    def _answered(self, ref: str, value: str, by_key: bool) -> None:
        opened = ""
        if value != self._paper.value(ref):
            opened = self._filling.answer(ref, value).opened
        elif by_key and ref in self._filling.problems:
            opened = ref
        if opened:
            self.open_card(opened)
        elif by_key:
            self.answered_on.emit(ref)

    @Slot(str, str, str)
    def _typing(self, ref: str, name: str, text: str) -> None:
        self._filling.set_unsaved(f"{name}:{ref}", text)
        self.typed.emit()

    @Slot(str, str)
    def _noted(self, ref: str, text: str) -> None:
        self._open_notes.discard(ref)
        self._filling.note(ref, text)
        self.refresh(frozenset({ref}))

    @Slot(str)
    def _confirmed(self, ref: str) -> None:
        self._filling.confirm_problem(ref)
        self.answered_on.emit(ref)

    @Slot(str)
    def _entered(self, ref: str) -> None:
        """Enter in a field: the next cell in a table, a new line after its last one; else the next unanswered."""
        column = self.list.column
        entry = column.in_table(ref) if column is not None else None
        if column is None or entry is None:
            self.answered_on.emit(ref)
            return
        place = column.entries.index(entry)
        for after in column.entries[place + 1 :]:
            if after.cell is not None:
                self.go_to(after.ref)
                return
            if after.kind is EntryKind.ADD:
                self._add_row(after.ref)
                return
            if not after.row:
                break
        self.answered_on.emit(ref)

    @Slot(str)
    def _add_row(self, repeat: str) -> None:
        row = self._rows.add(repeat)
        first = next((ref for ref in self._paper.section_refs(self.section) if ref.startswith(f"{row}/")), "")
        if first:
            self.go_to(first)

    @Slot(str)
    def _remove_row(self, row: str) -> None:
        column = self.list.column
        entries = column.entries if column is not None else ()
        label = next((entry.label for entry in entries if entry.key == row), row)
        self._rows.remove(row)
        self.row_removed.emit(label)

    @Slot(str)
    def _go_on(self, ref: str) -> None:
        """Enter on an item: an open problem first, then the next unanswered one."""
        problem = self._filling.problems.get(ref)
        if problem is not None and not problem.confirmed:
            self.open_card(ref)
        else:
            self.answered_on.emit(ref)

    @Slot()
    def _row_grew(self) -> None:
        column = self.list.column
        sender: QObject = self.sender()
        if column is not None and isinstance(sender, QWidget) and column.isAncestorOf(sender):
            self.list.hold(column.arrange)
            if self._opening is not None and self._opening is sender:
                self.list.reveal(self._opening)

    @Slot()
    def _opening_over(self) -> None:
        """From here on the inspector scrolls as he likes."""
        self._opening = None

    @Slot(str)
    def _current_changed(self, ref: str) -> None:
        self._filling.ref = ref
        self._filling.undo_list.close()
        self.current_changed.emit(ref)
        self.place_changed.emit()

    @Slot()
    def _scrolled(self) -> None:
        self._filling.scroll = self.list.verticalScrollBar().value()
        self.place_changed.emit()
