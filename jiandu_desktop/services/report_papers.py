"""督导报告 from what was found in a period: figures, charts, problems by matter, annexes; and its public version."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import DocumentNumber, InspectionReport, Picture
from jiandu_desktop.domain.document.veil import Veil
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Grade, ProblemState
from jiandu_desktop.services.drafting import HIGHLIGHTS
from jiandu_desktop.services.letter_draft import LetterDraft
from jiandu_desktop.services.overview import read_overview
from jiandu_desktop.services.report_figures import (
    Round,
    charts,
    day_words,
    evaluation,
    figures,
    finished_visits,
    matter_of,
    organised,
    pressed,
    schools,
    told_matter,
)
from jiandu_desktop.services.unit import read_unit
from jiandu_desktop.storage import visits

if TYPE_CHECKING:
    from jiandu_desktop.services.checklists import Checklists
    from jiandu_desktop.services.store import Store

MOST_PHOTOS = 120
"""Of the problems of the gravest grade first: what is more makes no report clearer."""
MOST_HIGHLIGHTS = 12
_CAPTION = 38
"""Characters of what stands below a photo: two lines where six are on a page."""
_NOT_COUNTED = (ProblemState.FOUND, ProblemState.WITHDRAWN)
_GRAVITY = {grade: place for place, grade in enumerate(Grade)}
_ROW = re.compile(r"\[\d+\]")


class ReportPapers:
    """Drafts a report for a period, and lays its facts down."""

    def __init__(self, store: Store, checklists: Checklists) -> None:
        self._store = store
        self._checklists = checklists

    def draft(self, draft: LetterDraft) -> LetterDraft:
        """The report of the period that the draft names, else of this year so far: what was done, how it stands and the
        advice as the figures say it now."""
        from jiandu_desktop.documents import inspection_words

        today = self._store.today()
        first, last = draft.first or today.replace(month=1, day=1), draft.last or today
        draft = replace(draft, first=first, last=last)
        round_ = self._round(draft)
        about = draft.task or (round_.visits[0].task if len({each.task for each in round_.visits}) == 1 else "教育督导")
        period = f"{last.year}年" if first.year == last.year else f"{first.year}年至{last.year}年"
        draft = replace(
            draft,
            subject=f"{round_.unit.county}{period}{about}",
            opening=organised(round_),
            evaluation=evaluation(round_, self._store.today()),
            highlights="\n".join(self._highlights(round_)),
        )
        return replace(draft, advice=inspection_words.report_advice(self._facts(round_, draft)))

    def gather(self, draft: LetterDraft) -> Callable[[DocumentNumber | None], InspectionReport]:
        """The report under a number; the public version names no person anywhere."""
        round_ = self._round(draft)
        report = self._facts(round_, draft)
        if draft.public:
            report = _veiled(report, _veil(round_))
        return lambda number: replace(report, number=number)

    def _round(self, draft: LetterDraft) -> Round:
        if draft.first is None or draft.last is None:
            raise ValueError("a report needs a period")
        view = read_overview(self._store)
        with self._store.reading() as work:
            unit = read_unit(work)
        chosen = [
            visit
            for visit in finished_visits(view, draft.first, draft.last)
            if not draft.task or visit.task == draft.task
        ]
        ids = {visit.id for visit in chosen}
        found = [
            problem
            for problem in view.problems
            if problem.state not in _NOT_COUNTED
            and (
                problem.visit_id in ids
                or (not draft.task and not problem.visit_id and draft.first <= problem.found_at.date() <= draft.last)
            )
        ]
        found.sort(key=lambda each: (-_GRAVITY[each.grade], view.schools[each.school_id].code, each.found_at))
        return Round(
            view=view, unit=unit, first=draft.first, last=draft.last, visits=tuple(chosen), problems=tuple(found)
        )

    def _facts(self, round_: Round, draft: LetterDraft) -> InspectionReport:
        today = self._store.today()
        matters = Counter(matter_of(each) for each in round_.problems)
        return InspectionReport(
            office=round_.unit.office(),
            number=None,
            dated=today,
            subject=draft.subject,
            first=round_.first,
            last=round_.last,
            addressee=draft.addressee.strip(),
            organised=draft.opening,
            evaluation=draft.evaluation,
            highlights=draft.highlights,
            figures=figures(round_, matters),
            charts=charts(round_, matters),
            matters=tuple(told_matter(round_, matter, count) for matter, count in matters.most_common()),
            advice=draft.advice,
            schools=tuple(schools(round_, today)),
            problems=tuple(pressed(round_, each, place, today) for place, each in enumerate(round_.problems, 1)),
            pictures=tuple(self._pictures(round_)) if draft.photos else (),
            photos_per_page=draft.photos or 6,
            public=draft.public,
        )

    def _highlights(self, round_: Round) -> list[str]:
        """What the checklists noted under their item for it, with the school's name."""
        lines = []
        with self._store.reading() as work:
            for visit in round_.visits:
                try:
                    items = self._checklists.definition(visit.checklist_hash).items
                except Trouble:
                    continue  # the checklist has not arrived here
                refs = {ref for ref, item in items.items() if item.name == HIGHLIGHTS and item.kind == "text"}
                for ref, value in visits.answers(work, visit.id).items() if refs else ():
                    if _ROW.sub("", ref) in refs:
                        lines += [f"{round_.school(visit.school_id)}：{line}" for line in value.split("\n") if line]
        return lines[:MOST_HIGHLIGHTS]

    def _pictures(self, round_: Round) -> list[Picture]:
        """The photos that prove the problems and are on this computer, each under its school and what it shows."""
        found: list[Picture] = []
        with self._store.reading() as work:
            for problem in round_.problems:
                if not problem.visit_id or not round_.view.photo_counts.get((problem.visit_id, problem.ref)):
                    continue
                words = caption(round_.school(problem.school_id), problem.text, problem.found_at.date())
                for photo in visits.photos(work, visit_id=problem.visit_id):
                    proves = photo.is_picture and photo.ref == problem.ref and not photo.after
                    if proves and self._store.media.has(photo.sha256):
                        path = self._store.media.path(photo.sha256)
                        found.append(Picture(path=path, caption=words, sha256=photo.sha256))
                if len(found) >= MOST_PHOTOS:
                    break
        return found[:MOST_PHOTOS]


def caption(school: str, text: str, day: date) -> str:
    """学校：问题（日期）, short enough for two lines below a photo."""
    text = text.rstrip("。；，. ")
    words = f"（{day_words(day)}）"
    room = max(8, _CAPTION - len(school) - len(words))
    return f"{school}：{text if len(text) <= room else text[: room - 1] + '…'}{words}"


def _veil(round_: Round) -> Veil:
    """Over everybody whom the records name: inspectors, heads, companions, those who answer for a problem."""
    view = round_.view
    names = [inspector.name for inspector in view.inspectors.values()]
    names += [school.head for school in view.schools.values()]
    entries = [visit.companions for visit in view.visits]
    entries += [name for each in view.problems for name in (each.responsible, each.leader, each.supervising)]
    names.append(round_.unit.contact)
    return Veil(names, kept=[school.name for school in view.schools.values()], entries=entries)


def _veiled(report: InspectionReport, veil: Veil) -> InspectionReport:
    """The same report with every text veiled and nobody named as responsible or to be asked."""
    hide = veil.hide
    return replace(
        report,
        office=replace(report.office, contact="", telephone=""),
        subject=hide(report.subject),
        organised=hide(report.organised),
        evaluation=hide(report.evaluation),
        highlights=hide(report.highlights),
        matters=tuple(replace(each, cases=tuple(hide(case) for case in each.cases)) for each in report.matters),
        advice=hide(report.advice),
        problems=tuple(replace(each, text=hide(each.text), responsible="") for each in report.problems),
        pictures=tuple(replace(each, caption=hide(each.caption)) for each in report.pictures),
    )
