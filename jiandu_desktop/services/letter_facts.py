"""From problems and their lives to what a letter, form or list tells of them: nothing that anybody retypes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jiandu_desktop.domain.document import (
    DeliveryReceipt,
    DocumentKind,
    DocumentNumber,
    FourLists,
    PressedProblem,
    PressingLetter,
    PressingPaper,
    Standing,
    StrikeOffForm,
    StruckOff,
    Talk,
    TalkRecord,
    Warned,
    WarningLevel,
)
from jiandu_desktop.domain.problem import (
    OPEN_STATES,
    PROBLEM_STATE_NAMES,
    SOURCE_NAMES,
    Problem,
    ProblemEvent,
    ProblemState,
    Recheck,
    Step,
)
from jiandu_desktop.services.recheck import RESULT_NAMES
from jiandu_desktop.services.unit import Unit, read_unit
from jiandu_desktop.storage import county, lives, visits

if TYPE_CHECKING:
    from jiandu_desktop.domain.school import School
    from jiandu_desktop.services.letter_draft import LetterDraft
    from jiandu_desktop.storage.records import Work

RANKING_RULE = "按办结率从高到低排列；办结率相同的，逾期问题少的在前；两项都相同的，位次并列"
LIFTING = "所涉问题全部销号，且三个月内没有反弹"
_MOST_NAMED = 5
_CLOSED = (ProblemState.STRUCK_OFF, ProblemState.FIXED_ON_THE_SPOT)
_NOT_COUNTED = (ProblemState.FOUND, ProblemState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The problems in the order they were chosen, as the record has them and as a document tells them."""

    problems: tuple[Problem, ...]
    pressed: tuple[PressedProblem, ...]
    schools: dict[str, School]

    def school_names(self) -> list[str]:
        return list(dict.fromkeys(each.school for each in self.pressed))


def read(work: Work, problem_ids: Collection[str]) -> tuple[Problem, ...]:
    """The problems; raises LookupError for one that is not here."""
    found = []
    for each in problem_ids:
        problem = visits.problem(work, each)
        if problem is None:
            raise LookupError(each)
        found.append(problem)
    return tuple(found)


def gather(work: Work, problem_ids: Collection[str], today: date) -> Gathered:
    """Everything that documents tell of these problems."""
    problems = read(work, problem_ids)
    schools = {each.school_id: county.school(work, each.school_id) for each in problems}
    photos = visits.photo_counts(work)
    pressed = tuple(
        _pressed(
            work, problem, place, schools[problem.school_id], photos.get((problem.visit_id, problem.ref), 0), today
        )
        for place, problem in enumerate(problems, start=1)
    )
    return Gathered(problems, pressed, schools)


def _pressed(work: Work, problem: Problem, place: int, school: School, photos: int, today: date) -> PressedProblem:
    events = lives.events(work, problem.id)
    reported = [event for event in events if event.step == Step.REPORTED]
    late = (today - problem.due).days if problem.due and problem.state in OPEN_STATES else 0
    return PressedProblem(
        ordinal=place,
        school=school.name,
        text=problem.text,
        matter=problem.matter,
        basis=problem.basis,
        grade=problem.grade,
        measure=problem.measure,
        number=problem.notice_number,
        found=problem.found_at.date(),
        due=problem.due,
        days_over=max(0, late),
        responsible=problem.responsible,
        leader=problem.leader,
        unit=problem.unit,
        supervising=problem.supervising,
        source=SOURCE_NAMES[problem.source],
        state=PROBLEM_STATE_NAMES[problem.state],
        returned=problem.returned,
        evidence_count=photos,
        proof_count=len({name for event in events for name in event.proof}),
        done=reported[-1].note if reported else "",
    )


def standings(work: Work, gathered: Gathered, today: date) -> tuple[Standing, ...]:
    """Figures per school: of those chosen, or of every school that has problems; equal figures share a rank."""
    names = {school.id: school.name for school in county.schools(work)}
    found: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for problem in visits.problems(work):
        if problem.state in _NOT_COUNTED or (gathered.schools and problem.school_id not in gathered.schools):
            continue
        found[problem.school_id] += 1
        closed[problem.school_id] += problem.state in _CLOSED
        late = problem.due is not None and problem.due < today and problem.state in OPEN_STATES
        overdue[problem.school_id] += late
    keys = {each: (-(closed[each] / found[each]), overdue[each]) for each in found}
    ordered = sorted(found, key=lambda each: (*keys[each], names[each]))
    ranked: list[Standing] = []
    for place, each in enumerate(ordered, start=1):
        same = place > 1 and keys[ordered[place - 2]] == keys[each]
        ranked.append(
            Standing(
                rank=ranked[-1].rank if same else place,
                school=names[each],
                found=found[each],
                closed=closed[each],
                overdue=overdue[each],
            )
        )
    return tuple(ranked)


def addressee(
    kind: DocumentKind, gathered: Gathered, unit: Unit, school_ids: Sequence[str], ranked: Sequence[Standing]
) -> str:
    """Whom it goes to by default; "" where only a person can know."""
    if kind is DocumentKind.REPORT:
        return higher_bodies(unit)[0]
    if kind in (DocumentKind.CONSULTATION, DocumentKind.HANDOVER, DocumentKind.COPY_NOTICE):
        return ""
    names = gathered.school_names() or [each.school for each in ranked]
    if not names:
        return ""
    return "、".join(names) if len(names) <= _MOST_NAMED else "各有关学校"


def higher_bodies(unit: Unit) -> tuple[str, str]:
    """The bureau and the government to which an office reports (双报告)."""
    place = unit.county or "县"
    return f"{place}教育局", f"{place}人民政府"


def subject(gathered: Gathered) -> str:
    """What it is about: the matter that all problems share, or problems in general."""
    matters = {problem.matter for problem in gathered.problems}
    matter = next(iter(matters)) if len(matters) == 1 else ""
    # A matter's name that is a key of the checklist says nothing to the reader.
    return f"{matter}问题整改" if matter and not matter.isascii() else "督导问题整改"


def warned(gathered: Gathered) -> Warned:
    """Level, figure and threshold from the worst of the problems."""
    late = [each.days_over for each in gathered.pressed if each.days_over > 0]
    worst = max(late, default=0)
    veto = any(problem.veto for problem in gathered.problems)
    level = WarningLevel.RED if veto or worst > 30 else WarningLevel.ORANGE if worst > 15 else WarningLevel.YELLOW
    figure = f"{len(late)}项问题超过整改期限，最长逾期{worst}天" if late else f"{len(gathered.pressed)}项问题未销号"
    return Warned(level=level, figure=figure, threshold="超过整改期限", lifting=LIFTING)


def talk(gathered: Gathered) -> Talk:
    """The school's head is who is talked to; time and place are for a person to fix."""
    heads = [school.head for school in gathered.schools.values() if school.head]
    return Talk(person=heads[0] if len(gathered.schools) == 1 and heads else "")


def paper(
    work: Work, draft: LetterDraft, gathered: Gathered, number: DocumentNumber | None, today: date
) -> PressingPaper:
    """The facts of the document that the draft asks for."""
    unit = read_unit(work)
    office, to = unit.office(), draft.addressee.strip()
    match draft.kind:
        case DocumentKind.FOUR_LISTS:
            return FourLists(
                office=office,
                number=number,
                dated=today,
                addressee=to if len(gathered.schools) == 1 else unit.county,
                problems=gathered.pressed,
                separate=draft.separate,
            )
        case DocumentKind.STRIKE_OFF_FORM:
            sheets = tuple(
                _struck_off(work, problem, told)
                for problem, told in zip(gathered.problems, gathered.pressed, strict=True)
            )
            return StrikeOffForm(office=office, number=number, dated=today, addressee=to, sheets=sheets)
        case DocumentKind.TALK_RECORD:
            return TalkRecord(
                office=office,
                number=number,
                dated=today,
                addressee=to,
                subject=draft.subject,
                talk=draft.talk or Talk(),
                problems=gathered.pressed,
                demand=draft.demand,
            )
        case DocumentKind.RECEIPT:
            handed = [visits.document(work, each) for each in draft.document_ids]
            papers = tuple((each.title, each.number) for each in handed)
            return DeliveryReceipt(office=office, number=number, dated=today, addressee=to, papers=papers)
    return PressingLetter(
        kind=draft.kind,
        office=office,
        number=number,
        dated=today,
        addressee=to,
        subject=draft.subject,
        problems=gathered.pressed,
        opening=draft.opening,
        demand=draft.demand,
        advice=draft.advice,
        answer_by=draft.answer_by,
        warned=draft.warned,
        talk=draft.talk,
        standings=draft.standings,
        ranking_rule=draft.ranking_rule,
        signer=draft.signer,
        copies_to=draft.copies_to,
    )


def _struck_off(work: Work, problem: Problem, told: PressedProblem) -> StruckOff:
    """The re-check that found it good and the office's decision, as its life tells them."""
    events = lives.events(work, problem.id)
    names = {inspector.id: inspector.name for inspector in county.inspectors(work)}
    checked = [event for event in events if event.step == Step.RECHECKED]
    decided = [event for event in events if event.step == Step.STRUCK_OFF]
    good = bool(decided) and problem.state is ProblemState.STRUCK_OFF
    return StruckOff(
        problem=told,
        recheck=_said(checked[-1], names, f"复查：{_result(checked[-1])}。") if checked else "",
        decision=_said(decided[-1], names, "同意销号。") if good else "",
    )


def _said(event: ProblemEvent, names: dict[str, str], words: str) -> str:
    day = event.at.date()
    who = names.get(event.person, "")
    return f"{day.year}年{day.month}月{day.day}日{who}{words}{event.note}"


def _result(event: ProblemEvent) -> str:
    return RESULT_NAMES[Recheck(event.data["result"])]
