"""A school's page: its facts, and in tabs its assignments, visits, problems and documents."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.problem import OPEN_STATES
from jiandu_desktop.domain.recheck import to_look_at
from jiandu_desktop.domain.school import STAGE_NAMES
from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.rows import DocumentRow, ProblemRow, VisitRow
from jiandu_desktop.services.rows_today import AssignmentState, TodayRow
from jiandu_desktop.ui.look.tokens import CARD_GAP, WINDOW_MARGIN
from jiandu_desktop.ui.operations import reading
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.letter_wish import LetterWish
from jiandu_desktop.ui.operations.query import Query
from jiandu_desktop.ui.pages.columns import paper_columns, problem_columns, visit_columns
from jiandu_desktop.ui.pages.panel import add_title, people_words
from jiandu_desktop.ui.pages.room_bar import RoomBar
from jiandu_desktop.ui.pages.view_tabs import Tab, ViewTabs
from jiandu_desktop.ui.pages.words import area_word, assignment_state, due_words, join, number_words, short_day
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.notices import EmptyState
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.reading_order import lead_focus
from jiandu_desktop.ui.widgets.table import DataTable
from jiandu_desktop.ui.widgets.table_model import Column, Due

TASKS, VISITS, PROBLEMS, PAPERS = "tasks", "visits", "problems", "papers"


class SchoolRoom(QWidget):
    """Everything about one school. `may_start` False: it was opened from a visit, and is only read."""

    leave = Signal()

    def __init__(self, desk: Desk, school_id: str, *, may_start: bool = True) -> None:
        super().__init__()
        self.setProperty("ground", "canvas")
        self._desk = desk
        self._may_start = may_start
        self._view: reading.SchoolView | None = None
        self._today = desk.services.store.today()
        self._revised: frozenset[str] = frozenset()
        self.bar = RoomBar(self.tr("返回"))
        self.letter = Button(self.tr("出具文书…"))
        self.recheck = Button(self.tr("复查…"))
        self.start = Button(self.tr("开始督导"), kind="primary")
        for button in (self.letter, self.recheck, self.start):
            button.hide()
            self.bar.add(button)
        self.menu = QMenu(self)
        self.facts = SidePanel(300)
        self.tabs = ViewTabs()
        self.tables = self._make_tables()
        self._stack = QStackedWidget()
        for table in self.tables.values():
            self._stack.addWidget(table)
        self._lay_out()
        self._query = Query(desk.tasks, lambda: reading.read_school(desk.services, school_id), self)
        self._query.answered.connect(self._show)
        self._connect()
        self._show_tabs((0, 0, 0, 0))
        lead_focus(self, self.tables[TASKS])
        self.refresh()

    def refresh(self) -> None:
        """Asks anew; called when a visit begun here is left."""
        self._query.ask()

    def choose_start(self) -> None:
        """Shows what can be begun here: the assignments that are open, and every checklist."""
        self._fill_menu()
        self.menu.popup(self.start.mapToGlobal(QPoint(0, self.start.height() + 4)))

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(CARD_GAP)
        right.addWidget(self.tabs)
        right.addWidget(self._stack, 1)
        body = QHBoxLayout()
        body.setContentsMargins(WINDOW_MARGIN, 20, WINDOW_MARGIN, WINDOW_MARGIN)
        body.setSpacing(CARD_GAP)
        body.addWidget(self.facts)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        self.bar.left.connect(self.leave)
        self.start.clicked.connect(self.choose_start)
        self.recheck.clicked.connect(self._recheck)
        self.letter.clicked.connect(self._write_letter)
        self.tabs.chosen.connect(self._choose_tab)
        self.menu.triggered.connect(self._begin)
        self.tables[TASKS].activated.connect(self._open_task)
        self.tables[VISITS].activated.connect(self._open_visit)
        self.tables[PROBLEMS].activated.connect(self._open_problem)
        self.tables[PAPERS].activated.connect(self._open_paper)
        self._desk.relay.changed.connect(self._take_changes)
        for keys in ("Esc", "Alt+Left"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.leave)

    def _make_tables(self) -> dict[str, DataTable]:
        tables = {
            TASKS: DataTable(
                "school-tasks",
                [
                    Column("task", self.tr("任务"), lambda row: row.task, kind="name", stretch=True, optional=False),
                    Column(
                        "due",
                        self.tr("期限"),
                        lambda row: f"{self._due(row).short} {self._due(row).distance}".strip(),
                        kind="due",
                        value=self._due,
                        width=140,
                    ),
                    Column(
                        "state",
                        self.tr("状态"),
                        lambda row: assignment_state(row.state).word,
                        kind="state",
                        value=lambda row: assignment_state(row.state),
                        width=110,
                    ),
                ],
                lambda row: row.assignment_id,
            ),
            VISITS: DataTable(
                "school-visits",
                visit_columns(lambda: self._today, lambda visit_id: visit_id in self._revised, None),
                lambda row: row.visit.id,
            ),
            PROBLEMS: DataTable("school-problems", problem_columns(lambda: self._today, None), _problem_key),
            PAPERS: DataTable("school-papers", paper_columns(lambda: self._today, None), lambda row: row.document.id),
        }
        for key, words in (
            (TASKS, self.tr("没有派给这所学校的任务")),
            (VISITS, self.tr("这所学校还没有督导过")),
            (PROBLEMS, self.tr("这所学校没有问题记录")),
            (PAPERS, self.tr("还没有给这所学校出过文书")),
        ):
            tables[key].set_empty(EmptyState(words, icon="files"))
        return tables

    def _due(self, row: TodayRow) -> Due:
        return Due(row.due, self._today, done=row.state is AssignmentState.DONE)

    @Slot(object)
    def _show(self, view: reading.SchoolView) -> None:
        self._view, self._today = view, view.today
        page = view.page
        self._revised = frozenset(row.visit.revises for row in page.visits if row.visit.revises)
        self.bar.set_title(page.school.name, join((STAGE_NAMES[page.school.stage], page.school.ownership)))
        self.start.setVisible(self._may_start and bool(view.checklists))
        owed = to_look_at(row.problem for row in page.problems)
        self.recheck.setVisible(self._may_start and bool(owed))
        self.recheck.setToolTip(self.tr("逐项回看 {count} 个问题，判定已改、部分或未改").format(count=len(owed)))
        self.letter.setVisible(self._may_start)
        self._show_facts(view)
        for key, rows in (
            (TASKS, page.assignments),
            (VISITS, page.visits),
            (PROBLEMS, page.problems),
            (PAPERS, page.documents),
        ):
            self.tables[key].set_rows(rows)
        self._show_tabs((len(page.assignments), len(page.visits), len(page.problems), len(page.documents)))
        self._choose_tab(self.tabs.value())

    def _show_facts(self, view: reading.SchoolView) -> None:
        school = view.page.school
        self.facts.clear()
        add_title(self.facts, school.name, self.tr("编号 {code}").format(code=school.code))
        people = self.tr("{count} 人")
        self.facts.add_facts(
            [
                (self.tr("学段"), STAGE_NAMES[school.stage]),
                (self.tr("性质"), join((school.ownership, school.setting))),
                (self.tr("校长"), school.head),
                (self.tr("电话"), school.phone),
                (self.tr("地址"), school.address),
            ]
        )
        self.facts.add_line()
        self.facts.add_facts(
            [
                (self.tr("在校"), people_words(school.pupils, school.classes)),
                (self.tr("寄宿"), people.format(count=number_words(school.boarders)) if school.boarders else ""),
                (self.tr("教师"), people.format(count=number_words(school.teachers)) if school.teachers else ""),
            ]
        )
        self.facts.add_line()
        next_task = reading.open_assignment(view.page)
        owed = [row for row in view.page.problems if row.problem.state in OPEN_STATES]
        late = sum(row.days_left is not None and row.days_left < 0 for row in owed)
        score = self.tr("{score} 分").format(score=view.last_score) if view.last_score else ""
        last = next((row.visit.started_at.date() for row in view.page.visits if row.visit.finished_at), None)
        self.facts.add_facts(
            [
                (self.tr("责任区"), area_word(school.area)),
                (self.tr("督学"), "、".join(view.page.inspectors) or self.tr("还没有派督学")),
                (self.tr("包抓"), " → ".join(school.chain)),
                (self.tr("上次"), join((short_day(last, view.today), score)) if last is not None else ""),
                (self.tr("下次"), due_words(next_task.due, view.today)[0] if next_task is not None else ""),
                (self.tr("逾期"), self.tr("{count} 个问题").format(count=late) if late else ""),
            ]
        )

    def _show_tabs(self, counts: tuple[int, int, int, int]) -> None:
        words = (self.tr("任务"), self.tr("督导记录"), self.tr("问题"), self.tr("文书"))
        keys = (TASKS, VISITS, PROBLEMS, PAPERS)
        self.tabs.set_tabs([Tab(key, word, count) for key, word, count in zip(keys, words, counts, strict=True)])

    @Slot(str)
    def _choose_tab(self, key: str) -> None:
        table = self.tables[key]
        self._stack.setCurrentWidget(table)
        if not table.selected_rows() and table.model.rowCount():
            table.select(table.model.key_at(0))

    def _fill_menu(self) -> None:
        self.menu.clear()
        if self._view is None:
            return
        for row in self._view.page.assignments:
            if row.state in (AssignmentState.NOT_STARTED, AssignmentState.IN_PROGRESS):
                words = self.tr("{task}（{due}）")
                action = self.menu.addAction(words.format(task=row.task, due=due_words(row.due, self._today)[0]))
                action.setData(("task", row.assignment_id))
        owed = len(to_look_at(row.problem for row in self._view.page.problems))
        if owed:
            action = self.menu.addAction(self.tr("复查 {count} 个问题").format(count=owed))
            action.setData(("recheck",))
        if not self.menu.isEmpty():
            self.menu.addSeparator()
        for checklist in self._view.checklists:
            action = self.menu.addAction(self.tr("不按任务，用《{title}》").format(title=checklist.title))
            action.setData(("free", checklist.form_id, checklist.title))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("登记问题（自查、举报、上级反馈、数据）")).setData(("entry",))

    @Slot(QAction)
    def _begin(self, action: QAction) -> None:
        data = action.data()
        if self._view is None or not data:
            return
        if data[0] == "task":
            self._desk.start_wanted.emit(data[1])
        elif data[0] == "recheck":
            self._recheck()
        elif data[0] == "entry":
            self._desk.entry_wanted.emit(self._view.page.school.id, "")
        else:
            self._desk.free_visit_wanted.emit(self._view.page.school.id, data[1], data[2])

    @Slot()
    def _recheck(self) -> None:
        if self._view is not None:
            self._desk.recheck_wanted.emit(self._view.page.school.id, ())

    @Slot()
    def _write_letter(self) -> None:
        """About the tasks or the visit that are selected, else the problems that are, or all that are open."""
        if self._view is None:
            return
        chosen = [row for row in self.tables[PROBLEMS].selected_rows() if row.problem.state in OPEN_STATES]
        rows = chosen if len(chosen) > 1 else [r for r in self._view.page.problems if r.problem.state in OPEN_STATES]
        wish = LetterWish(problem_ids=tuple(row.problem.id for row in rows))
        if self.tabs.value() == TASKS and (tasks := self._waiting_tasks()):
            wish = replace(wish, kind=DocumentKind.INSPECTION_NOTICE, assignment_ids=tasks)
        elif self.tabs.value() == VISITS and (done := self._done_visits()):
            wish = replace(wish, kind=DocumentKind.INSPECTION_OPINION, visit_id=done[0])
        self._desk.letter_wanted.emit(wish)

    def _waiting_tasks(self) -> tuple[str, ...]:
        """The selected tasks that nobody has begun."""
        rows: list[TodayRow] = self.tables[TASKS].selected_rows()
        return tuple(row.assignment_id for row in rows if row.state is AssignmentState.NOT_STARTED)

    def _done_visits(self) -> tuple[str, ...]:
        """The selected visits that are finished."""
        rows: list[VisitRow] = self.tables[VISITS].selected_rows()
        return tuple(row.visit.id for row in rows if row.visit.state is not VisitState.DRAFT)

    @Slot(object)
    def _open_task(self, row: TodayRow) -> None:
        if not self._may_start:
            return
        if row.state in (AssignmentState.NOT_STARTED, AssignmentState.IN_PROGRESS):
            self._desk.start_wanted.emit(row.assignment_id)
        elif row.visit_id is not None:
            self._desk.record_wanted.emit(row.visit_id)

    @Slot(object)
    def _open_visit(self, row: VisitRow) -> None:
        if row.visit.state is not VisitState.DRAFT:
            self._desk.record_wanted.emit(row.visit.id)
        elif self._may_start:
            self._desk.resume_wanted.emit(row.visit.id)

    @Slot(object)
    def _open_problem(self, row: ProblemRow) -> None:
        self._desk.problem_wanted.emit(row.problem.id)

    @Slot(object)
    def _open_paper(self, row: DocumentRow) -> None:
        if not row.document.visit_id:
            self._desk.paper_wanted.emit(row.document)
        elif self._may_start:
            self._desk.papers_wanted.emit(row.document.visit_id)

    @Slot(object)
    def _take_changes(self, changes: Changes) -> None:
        if self.isVisible() and (changes.visits or changes.problems or changes.documents or changes.assignments):
            self.refresh()


def _problem_key(row: ProblemRow) -> str:
    return row.problem.id
