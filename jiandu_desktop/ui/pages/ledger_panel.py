"""The panel at the side of 问题台账: photos, the line of its life, and the four lists 问题 · 措施 · 责任 · 时限."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from jiandu_desktop.domain.problem import GRADE_NAMES, HANDLING_NAMES, STEP_NAMES, Grade, ProblemState, Step
from jiandu_desktop.ui.operations.desk import Desk
from jiandu_desktop.ui.operations.reading import ProblemView
from jiandu_desktop.ui.pages.photo_pair import PhotoPair, Picture
from jiandu_desktop.ui.pages.words import due_words, join, short_day
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.badges import Badge
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.page import SidePanel
from jiandu_desktop.ui.widgets.text import Label
from jiandu_desktop.ui.widgets.timeline import TimeLine, TimeStep
from jiandu_desktop.ui.wizard.photo_view import PhotoView


class ProblemPanel(SidePanel):
    """One problem, to be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(324)
        self._desk = desk
        self._view: ProblemView | None = None
        self._large: PhotoView | None = None
        self._pictures = Pictures(desk.tasks, desk.services.visits.thumbnail, self)
        self.record = Button(self.tr("查看督导记录"), hint="Enter")
        self.school = Button(self.tr("学校情况"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.record, 1)
        row.addWidget(self.school, 1)
        self.foot.addLayout(row)
        self.record.clicked.connect(self._show_record)
        self.school.clicked.connect(self._show_school)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is selected."""
        self._view = None
        self.clear()
        self.record.hide()
        self.school.hide()

    @Slot(object)
    def show_view(self, view: ProblemView) -> None:
        """The selected problem."""
        self._view = view
        problem = view.row.problem
        self.clear()
        self.record.show()
        self.school.show()
        head = QHBoxLayout()
        title = Label(problem.text, role="heading")
        title.setWordWrap(True)
        grave = problem.grade in (Grade.SERIOUS, Grade.COMPLEX)
        badge = Badge(GRADE_NAMES[problem.grade], "caution" if grave else "neutral")
        head.addWidget(title, 1)
        head.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        person = self.tr("责任人 {name}").format(name=problem.responsible) if problem.responsible else ""
        line = Label(join((problem.item, view.row.school, person)), role="meta")
        line.setWordWrap(True)
        self.body.addWidget(line)
        if view.photos:
            pair = PhotoPair(self._pictures)
            pair.set_pictures(
                [
                    Picture(
                        photo.sha256,
                        self.tr("整改后") if photo.after else self.tr("整改前"),
                        short_day((photo.taken_at or photo.added_at).date(), view.today),
                    )
                    for photo in view.photos
                ]
            )
            pair.opened.connect(self._open_photo)
            self.body.addSpacing(4)
            self.body.addWidget(pair)
        self.add_line()
        steps = TimeLine()
        steps.set_steps(life_of(view))
        self.body.addWidget(steps)
        self.add_line()
        self.add_facts(
            [
                (self.tr("依据"), problem.basis),
                (self.tr("措施"), problem.measure),
                (self.tr("处理"), HANDLING_NAMES[problem.handling]),
                (self.tr("期限"), f"{problem.due:%Y-%m-%d}" if problem.due is not None else ""),
                (self.tr("包抓"), problem.leader),
                (self.tr("文号"), problem.notice_number),
                (self.tr("督学"), view.row.inspectors),
            ]
        )

    @Slot(int)
    def _open_photo(self, number: int) -> None:
        """As large as the page."""
        if self._view is None:
            return
        if self._large is None:
            self._large = PhotoView(self.parentWidget() or self, removable=False)
        self._large.show_photo(self._view.photos[number], self._desk.tasks, self._desk.services.visits.photo_bytes)

    @Slot()
    def _show_record(self) -> None:
        if self._view is not None:
            self._desk.record_wanted.emit(self._view.row.problem.visit_id)

    @Slot()
    def _show_school(self) -> None:
        if self._view is not None:
            self._desk.school_wanted.emit(self._view.row.problem.school_id)


def life_of(view: ProblemView) -> list[TimeStep]:
    """Every step that was taken, the one it stands at, and those to come until 销号."""
    tr = QCoreApplication.translate
    problem = view.row.problem
    steps = []
    for event in view.events:
        line = join((event.person, view.row.visit_task)) if event.step == Step.FOUND else event.note or event.person
        day = short_day(event.at.date(), view.today)
        steps.append(
            TimeStep(
                tr("Life", STEP_NAMES[Step(event.step)]) if event.step in set(Step) else event.step, line, day, "passed"
            )
        )
    if problem.state in (ProblemState.STRUCK_OFF, ProblemState.WITHDRAWN):
        return steps
    if problem.state is ProblemState.FOUND:
        # Not frozen yet: its visit is still being filled in.
        day = short_day(problem.found_at.date(), view.today)
        steps = [
            TimeStep(
                tr("Life", STEP_NAMES[Step.FOUND]), join((view.row.inspectors, view.row.visit_task)), day, "passed"
            ),
            TimeStep(tr("Life", STEP_NAMES[Step.ISSUED]), tr("Life", "督导定稿后下达"), "", "now"),
        ]
    if problem.state in (ProblemState.FOUND, ProblemState.RECTIFYING):
        now = problem.state is ProblemState.RECTIFYING
        until = due_words(problem.due, view.today)[0] if problem.due is not None else ""
        person = tr("Life", "{person}负责").format(person=problem.responsible) if problem.responsible else ""
        steps.append(TimeStep(tr("Life", "整改"), join((person, until)), "", "now" if now else "coming"))
    waits = problem.state in (ProblemState.AWAITING_RECHECK, ProblemState.FIXED_ON_THE_SPOT)
    steps.append(TimeStep(tr("Life", "复查"), tr("Life", "看现场，判到位或不到位"), "", "now" if waits else "coming"))
    steps.append(TimeStep(tr("Life", "销号"), tr("Life", "督导室审核后销号"), "", "coming"))
    return steps
