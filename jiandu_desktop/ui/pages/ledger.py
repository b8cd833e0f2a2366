"""问题台账: every problem with its date and how far it is, in views that answer the morning's questions.

LedgerPage(desk)   show_view(view, school_id) · show_board() · drill(field, value, view)
  title_row takes more buttons at its right end; table, search, tabs, panel, sheet, board are its parts
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from jiandu_desktop.domain.problem import ProblemState
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.ledger import Choice, Details, Ledger
from jiandu_desktop.services.ledger_views import Field, SavedView, Selection, View
from jiandu_desktop.services.rows import ProblemRow
from jiandu_desktop.ui.operations import reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.ledger_bulk import BulkDialog, BulkStep
from jiandu_desktop.ui.pages.ledger_frame import ALL_SCHOOLS, BOARD, LIST, MINE, PROPOSALS, LedgerFrame
from jiandu_desktop.ui.pages.ledger_large import LargeProblem
from jiandu_desktop.ui.pages.ledger_table import LedgerTable
from jiandu_desktop.ui.pages.ledger_tools import OwnViews, sums, view_words
from jiandu_desktop.ui.pages.listing import cell_value, shown_columns
from jiandu_desktop.ui.pages.view_tabs import Tab
from jiandu_desktop.ui.tasks import Lane
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.table_model import GroupHead

_STANDING = 9
"""Views before those of the user's own; the rest stand after them."""

_ISSUED = frozenset(each.value for each in ProblemState) - {ProblemState.FOUND.value, ProblemState.WITHDRAWN.value}


class LedgerPage(LedgerFrame):
    """The ledger of what is owed; `show_view` opens it on one view, as the counts of 今日 do."""

    def __init__(self, desk: Desk) -> None:
        self._ledger: Ledger | None = None
        self._large: LargeProblem | None = None
        super().__init__(desk)
        self._mine = desk.services.preferences.get("ledger_scope") == MINE
        self.bulk.set_role(desk.services.profile.current().role)
        self.own = OwnViews(desk, self._as_view, self)
        self._first = Query(desk.tasks, lambda whole: reading.read_ledger(desk.services, whole), self)
        self._rest = Query(desk.tasks, lambda ledger: reading.read_details(desk.services, ledger), self)
        self._problem = Query(desk.tasks, lambda row: reading.read_problem(desk.services, row), self)
        self._connect()
        self._show_tabs()

    def _connect(self) -> None:
        self._first.answered.connect(self._show)
        self._rest.answered.connect(self._complete)
        self._problem.answered.connect(self.panel.show_view)
        self.tabs.chosen.connect(self._choose_view)
        self.tabs.save_wanted.connect(self.own.save)
        self.tabs.rename_wanted.connect(self.own.rename)
        self.tabs.remove_wanted.connect(self.own.remove)
        self.own.changed.connect(self._own_changed)
        self.scope.chosen.connect(self._choose_scope)
        self.parts.chosen.connect(self._choose_part)
        self.filters.clicked.connect(self._open_filters)
        self.sheet.changed.connect(self.refilter)
        self.chips.removed.connect(self._remove_filter)
        self.group.chosen.connect(self._choose_group)
        self.bulk.wanted.connect(self._open_bulk)
        self.bulk.recheck_wanted.connect(lambda: self.desk.recheck_wanted.emit("", tuple(self._ids())))
        self.bulk.letter_wanted.connect(
            lambda: self.desk.letter_wanted.emit(LetterWish(problem_ids=tuple(self._ids())))
        )
        self.board.drill_wanted.connect(self.drill)
        self.table.current_changed.connect(self._selected)
        self.table.activated.connect(self._open)
        QShortcut(QKeySequence("Ctrl+Shift+F"), self).activated.connect(self._open_filters)
        QShortcut(QKeySequence("Ctrl+B"), self).activated.connect(self.bulk.open)
        self.enter.clicked.connect(lambda: self.desk.entry_wanted.emit("", ""))
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.enter.click)

    # --- what a page says of itself -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        # What is on the screen stays until all of the new is here: no filter falls away for a moment.
        self._first.ask(self._ledger is not None)

    def concerned(self, changes: Changes) -> bool:
        return bool(changes.problems or changes.visits or changes.assignments or changes.schools)

    def count_words(self, count: int) -> str:
        del count  # heads of groups and folded rows
        return self.tr("{count} 个").format(count=len(self._model.numbers()))

    # --- ways to see it -----------------------------------------------------------------------------------------------

    def show_view(self, view: str, school_id: str) -> None:
        """Opens one view, for one school or ("") for the inspector's own."""
        known = View(view) if view in set(View) else View.OPEN
        self._show_selection(known.value, mine=not school_id, values={Field.SCHOOL: {school_id}} if school_id else {})

    @Slot(str, str, str)
    def drill(self, field: str, value: str, view: str) -> None:
        """The problems behind a figure of the board."""
        values = {Field(field): {value}}
        if view == View.EVERY.value:
            values[Field.STATE] = set(_ISSUED)
        self._show_selection(view, mine=self._mine, values=values)

    def show_board(self) -> None:
        """清零进度 in place of the list."""
        self.parts.set_value(BOARD)
        self._choose_part(BOARD)

    @Slot()
    def clear_filters(self) -> None:
        self.sheet.set_values({})
        self.search.clear_at_once()
        self.refilter()

    @Slot()
    def refilter(self) -> None:
        """Shows what view, schools and filters let through."""
        selection = self._selection()
        self._clear.setVisible(bool(selection.values))
        self._name_filters(selection)
        self._model.set_shown(selection)
        self._fold()

    def _selection(self) -> Selection:
        key = self.tabs.value()
        own = self.own.by_key().get(key)
        view = own.selection.view if own is not None else View(key) if key in set(View) else View.OPEN
        return Selection(view=view, mine=self._is_mine(), values=self.sheet.values())

    def _is_mine(self) -> bool:
        """An office has no schools of its own: it sees all."""
        return self._mine and (self._ledger is None or bool(self._ledger.mine))

    def _show_selection(self, key: str, *, mine: bool, values: Mapping[Field, set[str] | frozenset[str]]) -> None:
        self.parts.set_value(LIST)
        self._choose_part(LIST)
        self._mine = mine
        self.sheet.set_values({field: frozenset(chosen) for field, chosen in values.items()})
        self.search.clear_at_once()
        self.tabs.set_value(key)
        self._show_scope()
        self.refilter()

    # --- what arrives -------------------------------------------------------------------------------------------------

    @Slot(object)
    def _show(self, ledger: Ledger) -> None:
        first, self._filled = not self._filled, True
        self._ledger, self._today = ledger, ledger.today
        self._show_scope()
        selection = self._selection()
        self.table.fill(lambda: self._model.set_ledger(ledger, selection))
        self._name_filters(selection)
        if first:
            self._take_up()
        if not ledger.is_whole:
            self._rest.ask(ledger)

    @Slot(object)
    def _complete(self, answer: tuple[Ledger, Details | None]) -> None:
        """The other half: what waited for it is shown now."""
        ledger, details = answer
        if ledger is not self._ledger:
            return
        ledger.take(details)
        if not ledger.is_whole:
            self.refresh()
            return
        self._show_tabs()
        selection = self._selection()
        section = self.table.view.head.sortIndicatorSection()
        waited = selection.values or self._model.selection().words or self._model.grouping
        if waited or (section >= 0 and self._model.columns[section].key != "due"):
            self.table.fill(lambda: self._model.set_ledger(ledger, selection))
        self._name_filters(selection)
        if self.board.isVisible():
            self.board.show_sums()

    def _show_scope(self) -> None:
        """Numbers, tabs, board and proposals of the inspector's own schools, or of all."""
        self.scope.setVisible(self._ledger is None or bool(self._ledger.mine))
        self.scope.set_value(MINE if self._mine else ALL_SCHOOLS)
        if self._ledger is not None:
            self._totals.setText(sums(self._ledger.numbers(mine=self._is_mine())))
            self._totals.setToolTip(self._totals.text())
            self.board.set_ledger(self._ledger, mine=self._is_mine())
        if self.proposals.isVisible():
            self._ask_proposals()
        self._show_tabs()

    def _show_tabs(self) -> None:
        ledger, mine = self._ledger, self._is_mine()
        sizes: Mapping[View, int] = ledger.sizes(View, mine=mine) if ledger is not None else {}
        tabs = [
            Tab(view.value, word, sizes.get(view, 0), "red" if view is View.LATE else "text2")
            for view, word in view_words().items()
        ]
        own = [
            Tab(key, view.name, sum(ledger.hits(view.selection)) if ledger is not None and ledger.is_whole else None)
            for key, view in self.own.by_key().items()
        ]
        standing = _STANDING if len(tabs) > _STANDING else len(tabs)
        self.tabs.set_tabs([*tabs[:standing], *own, *tabs[standing:]], [tab.key for tab in own])

    # --- views --------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _choose_view(self, key: str) -> None:
        own = self.own.by_key().get(key)
        if own is None:
            self.refilter()
            return
        self._show_selection(key, mine=own.selection.mine, values=own.selection.values)
        self.group.set_value(own.group)
        self._choose_group(own.group)
        self.search.set_text(own.selection.words)
        keys = [column.key for column in self._model.columns]
        if own.sort in keys:
            order = Qt.SortOrder.DescendingOrder if own.descending else Qt.SortOrder.AscendingOrder
            self.table.view.sortByColumn(keys.index(own.sort), order)

    @Slot(str)
    def _own_changed(self, key: str) -> None:
        """A view of one's own was saved, renamed, taken away or brought back."""
        self.tabs.set_value(View.OPEN.value)
        self._show_tabs()
        self.tabs.set_value(key)
        if key in self.own.by_key():
            self._choose_view(key)
        else:
            self.clear_filters()

    def _as_view(self) -> SavedView:
        """What is shown, as a view without a name."""
        head = self.table.view.head
        section = head.sortIndicatorSection()
        return SavedView(
            name="",
            selection=replace(self._selection(), words=self._model.selection().words),
            group=self.group.value(),
            sort=self._model.columns[section].key if section >= 0 else "",
            descending=head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder,
        )

    @Slot(str)
    def _choose_scope(self, scope: str) -> None:
        self._mine = scope == MINE
        self.desk.services.preferences.set("ledger_scope", scope)
        self._show_scope()
        self.refilter()

    @Slot(str)
    def _choose_part(self, part: str) -> None:
        for widget in (self.tabs, self._list):
            widget.setVisible(part == LIST)
        self.board.setVisible(part == BOARD)
        self.proposals.setVisible(part == PROPOSALS)
        lead_focus(self, {BOARD: self.board, PROPOSALS: self.proposals}.get(part, self.table))
        if part == BOARD:
            self.board.show_sums()
            self.board.table.focus()
        elif part == PROPOSALS:
            self._ask_proposals()
            self.proposals.table.focus()

    def _ask_proposals(self) -> None:
        """Of the schools that are looked at; asked only while they are."""
        mine = self._ledger.mine if self._ledger is not None and self._is_mine() else None
        self.proposals.set_schools(mine)
        self.proposals.ask()

    # --- filters and groups -------------------------------------------------------------------------------------------

    def choices(self, field: Field) -> Sequence[Choice]:
        """The values of a field among what everything but itself lets through."""
        if self._ledger is None:
            return ()
        shown = self._model.selection()
        others = {key: chosen for key, chosen in shown.values.items() if key is not field}
        return self._ledger.choices(field, self._ledger.hits(replace(shown, values=others)))

    def _name_filters(self, selection: Selection) -> None:
        chosen = {}
        for field, values in selection.values.items():
            words = self._ledger.words(field) if self._ledger is not None else {}
            chosen[field] = [words.get(value, value) for value in sorted(values)]
        self.chips.set_chips(chosen)
        count = len(selection.values)
        self.filters.setText(self.tr("筛选 {count}").format(count=count) if count else self.tr("筛选"))

    @Slot()
    def _open_filters(self) -> None:
        self.sheet.open_below(self.filters)

    @Slot(str)
    def _remove_filter(self, field: str) -> None:
        self.sheet.set_values({key: chosen for key, chosen in self.sheet.values().items() if key.value != field})
        self.refilter()

    @Slot(str)
    def _choose_group(self, field: str) -> None:
        self._model.set_groups(Field(field) if field else None)
        if field and self._model.rowCount():
            # The first problem, with the head of its group above it in sight.
            self.table.view.scrollToTop()
            self.table.select(self._model.key_at(min(1, self._model.rowCount() - 1)))

    # --- rows ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _selected(self, row: ProblemRow | GroupHead | None) -> None:
        if isinstance(row, ProblemRow):
            self._problem.ask(row)
        else:
            self.panel.show_nothing()

    @Slot(object)
    def _open(self, row: ProblemRow) -> None:
        """The problem as large as the window."""
        if self._large is None:
            self._large = LargeProblem(self.desk, self)
            self._large.step_wanted.connect(self._step)
            self._problem.answered.connect(self._follow)
        self._large.show_view(reading.read_problem(self.desk.services, row))

    @Slot(object)
    def _follow(self, view: reading.ProblemView) -> None:
        if self._large is not None and self._large.isVisible():
            self._large.show_view(view)

    @Slot(int)
    def _step(self, step: int) -> None:
        """The next problem of the list, or the one before; heads of groups are passed over."""
        position = self.table.view.currentIndex().row() + step
        while self._model.is_head(position):
            position += step
        if 0 <= position < self._model.rowCount():
            self.table.select(self._model.key_at(position))

    @Slot(str)
    def _open_bulk(self, step: str) -> None:
        dialog = BulkDialog(self.desk, BulkStep(step), self._ids(), self._today, self)
        dialog.reselect_wanted.connect(self._reselect)
        dialog.open()

    @Slot(object)
    def _reselect(self, ids: Sequence[str]) -> None:
        assert isinstance(self.table, LedgerTable)
        self.table.select_ids(ids)

    def export_to(self, path: Path) -> None:
        """As every list, but read where it is written: there may be very many."""
        columns, ids, today = shown_columns(self.table), self._model.ids(), self._today
        services, title = self.desk.services, self._title_text

        def work(progress: Progress) -> Path:
            progress.check()
            found = services.problems.rows_of(ids, today)
            rows = [[cell_value(column, found[each]) for column in columns] for each in ids if each in found]
            services.exports.table(path, title, [column.title for column in columns], rows)
            return path

        self.desk.tasks.run(Lane.POOL, work, done=self._exported, failed=self.desk.messages.error)
