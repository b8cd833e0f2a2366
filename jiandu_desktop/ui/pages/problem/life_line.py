"""The life of a problem, step below step: who, when, on which laptop, why, with which proof; what is to come is pale.

LifeLine(pictures)      show_life(RecordView); signals photo_opened(Photo), file_opened(Photo),
                        document_opened(id)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jiandu_desktop.domain.problem import ProblemEvent, ProblemState, Step
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.services.proofs import proof_photos
from jiandu_desktop.ui.look import paint
from jiandu_desktop.ui.look.tokens import SIZE_META
from jiandu_desktop.ui.pages.problem.reading import RecordView
from jiandu_desktop.ui.pages.problem.words import limit_words, step_word, told, why_words
from jiandu_desktop.ui.pages.words import join, short_day
from jiandu_desktop.ui.questions.pictures import Pictures
from jiandu_desktop.ui.widgets.buttons import Link
from jiandu_desktop.ui.widgets.painted import Painted
from jiandu_desktop.ui.widgets.photos import Photo as Tile
from jiandu_desktop.ui.widgets.photos import PhotoStrip
from jiandu_desktop.ui.widgets.text import Label

PASSED, BACK, NOW, COMING, DISPUTED = "passed", "back", "now", "coming", "disputed"

_GOES_BACK = frozenset({Step.STRIKE_OFF_REFUSED, Step.REOPENED})


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One line of a life: its name, who took it, when, what it said, why, its proof; `why` that it is not valid;
    `document` the one that was issued with it."""

    title: str
    who: str = ""
    day: str = ""
    state: str = PASSED
    told: tuple[str, ...] = ()
    note: str = ""
    proof: tuple[Photo, ...] = ()
    why: str = ""
    document: str = ""


def steps_of(view: RecordView) -> list[LifeStep]:
    """Every step that was taken, the one it stands at, and those to come until 销号."""
    disputed = {each.event.id: each.why for each in view.record.life.disputed}
    return [_taken(view, event, disputed.get(event.id, "")) for event in view.record.events] + _ahead(view)


def _taken(view: RecordView, event: ProblemEvent, why: str) -> LifeStep:
    tr = QCoreApplication.translate
    laptop = tr("Life", "本机") if event.device == view.device else tr("Life", "电脑 {id}").format(id=event.device[:6])
    first = view.record.task if event.step == Step.FOUND else ""
    back = event.step in _GOES_BACK or (event.step == Step.RECHECKED and event.data.get("result") != "done")
    return LifeStep(
        title=step_word(event.step),
        who=join((view.record.names.get(event.person, event.person), laptop, first)),
        day=short_day(event.at.date(), view.today),
        state=DISPUTED if why else BACK if back else PASSED,
        told=tuple(told(event)),
        note=event.note if event.note != first else "",
        proof=proof_photos(event),
        why=why_words(why) if why else "",
        document=str(event.data.get("document") or ""),
    )


def _ahead(view: RecordView) -> list[LifeStep]:
    tr, problem = QCoreApplication.translate, view.problem
    state = problem.state
    if state in (ProblemState.STRUCK_OFF, ProblemState.WITHDRAWN):
        return []
    steps = []
    if state is ProblemState.FOUND:
        words = tr("Life", "督导定稿后下达") if problem.visit_id else tr("Life", "补齐四个清单后下达")
        if not view.record.events:
            who = join(("、".join(view.record.inspectors), view.record.task))
            steps.append(LifeStep(step_word(Step.FOUND), who, short_day(problem.found_at.date(), view.today)))
        steps.append(LifeStep(step_word(Step.ISSUED), words, state=NOW))
    if state in (ProblemState.FOUND, ProblemState.RECTIFYING):
        person = tr("Life", "{person}负责").format(person=problem.responsible) if problem.responsible else ""
        due = short_day(problem.due, view.today) if problem.due is not None else ""
        now = state is ProblemState.RECTIFYING
        steps.append(LifeStep(tr("Life", "整改"), person, due, NOW if now else COMING))
    if state is ProblemState.OBJECTED:
        steps.append(LifeStep(step_word(Step.OBJECTION_DECIDED), tr("Life", "督导室答复学校"), state=NOW))
    if state is not ProblemState.AWAITING_STRIKE_OFF:
        waits = state in (ProblemState.AWAITING_RECHECK, ProblemState.FIXED_ON_THE_SPOT)
        running = "；".join(limit_words(each, view.today) for each in view.limits if waits)
        words = running or tr("Life", "看现场或材料，判已改、部分、未改")
        steps.append(LifeStep(tr("Life", "复查"), words, state=NOW if waits else COMING))
    now = state is ProblemState.AWAITING_STRIKE_OFF
    steps.append(LifeStep(tr("Life", "销号"), tr("Life", "由第二人审核后销号"), state=NOW if now else COMING))
    return steps


class LifeLine(QWidget):
    """Rows joined by a thread; words wrap, photos open."""

    photo_opened = Signal(object)
    file_opened = Signal(object)
    document_opened = Signal(str)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.steps: tuple[LifeStep, ...] = ()

    def show_life(self, view: RecordView) -> None:
        """The life as it is now."""
        self.show_steps(steps_of(view))

    def show_steps(self, steps: Sequence[LifeStep]) -> None:
        """These steps, the oldest first."""
        self.steps = tuple(steps)
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [
            _Row(step, self._pictures, last=number == len(steps) - 1, reached=_reached(steps, number + 1))
            for number, step in enumerate(steps)
        ]
        for row in self._rows:
            row.opened.connect(self._open)
            row.document_opened.connect(self.document_opened)
            self._column.addWidget(row)
        self.setAccessibleName("; ".join(join((each.day, each.title, each.who, each.note, each.why)) for each in steps))

    @Slot(object)
    def _open(self, photo: Photo) -> None:
        (self.photo_opened if photo.is_picture else self.file_opened).emit(photo)


def _reached(steps: Sequence[LifeStep], number: int) -> bool:
    return number < len(steps) and steps[number].state != COMING


class _Row(Painted):
    """One step: a mark on the thread at the left, words at the right."""

    opened = Signal(object)
    document_opened = Signal(str)

    def __init__(self, step: LifeStep, pictures: Pictures, *, last: bool, reached: bool) -> None:
        super().__init__()
        self._state, self._last, self._reached = step.state, last, reached
        self._pictures = pictures
        self._photos = {photo.id: photo for photo in step.proof}
        column = QVBoxLayout(self)
        column.setContentsMargins(self.px(28), 0, 0, self.px(10))
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(self.px(8))
        title = Label(step.title, role="strong" if step.state == NOW else "")
        title.set_tone({NOW: "accent", BACK: "caution", COMING: "text2", DISPUTED: "text2"}.get(step.state, "text"))
        head.addWidget(title)
        head.addStretch(1)
        if step.state == DISPUTED:
            head.addWidget(Label(self.tr("有争议，不算数"), "meta", "caution"))
        head.addWidget(Label(step.day, "meta"))
        column.addLayout(head)
        for words, tone in ((step.who, ""), *((line, "text") for line in step.told), (step.note, "text")):
            if words:
                column.addWidget(_wrapped(words, tone))
        if step.why:
            column.addWidget(_wrapped(step.why, "caution"))
        self._strip = self._add_photos(column)
        if step.document:
            paper = Link(self.tr("看这份文书"), SIZE_META)
            paper.clicked.connect(lambda: self.document_opened.emit(step.document))
            column.addWidget(paper)
        for photo in step.proof:
            if not photo.is_picture:
                link = Link(photo.name or photo.sha256[:12], SIZE_META)
                link.clicked.connect(lambda _=False, photo=photo: self.opened.emit(photo))
                column.addWidget(link)

    def _add_photos(self, column: QVBoxLayout) -> PhotoStrip | None:
        shown = [photo for photo in self._photos.values() if photo.is_picture]
        if not shown:
            return None
        strip = PhotoStrip()
        strip.set_read_only(True)
        strip.set_photos([Tile(each.id, self._pictures.get(each.sha256), each.name) for each in shown])
        strip.opened.connect(lambda key: self.opened.emit(self._photos[key]))
        self._pictures.arrived.connect(self._arrived)
        column.addSpacing(3)
        column.addWidget(strip)
        return strip

    @Slot(str)
    def _arrived(self, sha256: str) -> None:
        image = self._pictures.get(sha256)
        for photo in self._photos.values():
            if self._strip is not None and photo.sha256 == sha256 and image is not None:
                self._strip.set_image(photo.id, image)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self.painter()
        center = QPointF(self.px(8), self.px(10))
        dot = self.px(12)
        if not self._last:
            top = center.y() + dot / 2 + 2
            area = QRectF(center.x() - 0.75, top, 1.5, self.height() + center.y() - dot / 2 - 2 - top)
            painter.save()
            painter.setClipRect(self.rect())
            paint.rounded(painter, area, 0, "done" if self._reached else "line")
            painter.restore()
        if self._state in (BACK, DISPUTED):
            paint.dot(painter, center, dot + 3, "surface", "caution")
            size = self.px(9)
            mark = "undo-2" if self._state == BACK else "triangle-alert"
            paint.icon(painter, mark, center.x() - size / 2, center.y(), size, "caution")
        elif self._state == NOW:
            paint.dot(painter, center, dot + 6, "accent_soft")
            paint.dot(painter, center, dot - 2, "accent")
        elif self._state == COMING:
            paint.dot(painter, center, dot - 1, "surface", "line2")
        else:
            paint.dot(painter, center, dot, "done")
        painter.end()


def _wrapped(words: str, tone: str) -> Label:
    label = Label(words, "meta", tone)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
