"""Re-check visits: their checklist made from the school's problems, and the steps that their answers become."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.problem import Problem, ProblemState, Recheck, Step
from jiandu_desktop.domain.recheck import (
    FORM_ID,
    RecheckResult,
    due_item,
    note_item,
    problem_of,
    to_look_at,
)
from jiandu_desktop.services.proofs import FILES
from jiandu_desktop.services.rows import LastAnswer, LastVisit
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, visits
from jiandu_desktop.sync.operation import BlobRef, period_of

if TYPE_CHECKING:
    from jiandu_desktop.domain.visit import Photo, Visit
    from jiandu_desktop.form_engine import Definition, Instance
    from jiandu_desktop.services.problem_steps import ProblemSteps
    from jiandu_desktop.storage.records import Work

TASK = "问题整改复查"
"""What a re-check is called where no assignment names it."""

RESULT_NAMES: dict[Recheck, str] = {Recheck.DONE: "已改", Recheck.PARTIAL: "部分整改", Recheck.NOT_DONE: "未改"}


def is_recheck(visit: Visit) -> bool:
    """Whether the visit's checklist was made from problems; assignments of the first program had another."""
    return visit.form_id == FORM_ID


def due_at(work: Work, school_id: str, only: Collection[str] = ()) -> tuple[Problem, ...]:
    """The school's problems to be looked at, or those of them that `only` names, in the checklist's order."""
    found = to_look_at(visits.problems(work, school_id=school_id))
    return tuple(problem for problem in found if not only or problem.id in only)


def school_of(work: Work, problem_ids: Collection[str]) -> str:
    """The one school of these problems; raises Trouble `recheck-several-schools`, LookupError for none that is here."""
    found = {problem.school_id for each in problem_ids if (problem := visits.problem(work, each)) is not None}
    if len(found) > 1:
        raise Trouble("recheck-several-schools", count=len(found))
    if not found:
        raise LookupError(", ".join(problem_ids))
    return next(iter(found))


def make_checklist(store: Store, school_id: str, only: Collection[str] = ()) -> str:
    """Make the workbook for a re-check at the school, keep its bytes, and return their SHA-256.

    Raises Trouble `recheck-nothing` where there is no problem to be looked at.
    """
    from jiandu_desktop.spreadsheets.recheck_form import recheck_workbook

    with store.reading() as work:
        school = county.school(work, school_id)
        problems = due_at(work, school_id, only)
    if not problems:
        raise Trouble("recheck-nothing", school=school.name)
    version = f"{store.today():%Y%m%d}-{store.new_id()[-6:]}"
    return store.media.keep(recheck_workbook(problems, version))


def blob_of(store: Store, visit: Visit) -> BlobRef:
    """The workbook as it travels with the finished visit."""
    length = store.media.path(visit.checklist_hash).stat().st_size
    return BlobRef(visit.checklist_hash, length, period_of(visit.started_at), "checklist")


def as_found(work: Work, definition: Definition, today: date) -> LastVisit:
    """What stands beside the checklist's items: each problem as it was found, with the photos of then."""
    answers: dict[str, LastAnswer] = {}
    for item in definition.items.values():
        problem = visits.problem(work, problem_of(item.name)) if problem_of(item.name) else None
        if problem is None:
            continue
        photos = _photos(work, problem)
        answers[item.name] = LastAnswer(
            value="",
            label="发现时",
            note=problem.text,
            failed=True,
            photos=tuple(photo.sha256 for photo in photos),
            day=problem.found_at.date(),
        )
    return LastVisit(visit_id="", day=today, task=TASK, score=None, answers=answers)


def results(instance: Instance) -> tuple[RecheckResult, ...]:
    """The results given so far, in the checklist's order; a problem that was not judged is left out."""
    refs = {item.name: ref for ref, item in instance.definition.items.items()}
    found = []
    for name, ref in refs.items():
        problem_id = problem_of(name)
        value = instance.node(ref).value if problem_id else ""
        if not value:
            continue
        result = Recheck(value)
        due = "" if result is Recheck.DONE else _value(instance, refs[due_item(problem_id)])
        note = "" if result is Recheck.DONE else _value(instance, refs[note_item(problem_id)])
        found.append(
            RecheckResult(
                problem_id=problem_id,
                ref=ref,
                result=result,
                new_due=date.fromisoformat(due) if due else None,
                note=note.strip(),
            )
        )
    return tuple(found)


def rechecked(work: Work, instance: Instance) -> tuple[Problem, ...]:
    """The problems that the checklist asks about, in its order; one that is not on this laptop is left out."""
    names = [item.name for item in instance.definition.items.values()]
    found = (visits.problem(work, problem_of(name)) for name in names if problem_of(name))
    return tuple(problem for problem in found if problem is not None)


def take_results(work: Work, steps: ProblemSteps, visit: Visit, instance: Instance) -> frozenset[str]:
    """Turn the visit's answers into steps of the problems' lives; returns whose.

    The photos of an item prove its result. A problem that went on meanwhile (struck off by the office, an objection)
    keeps the result as a note: a visit that took place is never lost to a rule.
    """
    told = results(instance)
    proof: dict[str, list[BlobRef]] = {}
    files: dict[str, dict[str, object]] = {}
    for photo in visits.photos(work, visit_id=visit.id):
        role = "photo" if photo.is_picture else "file"
        proof.setdefault(photo.ref, []).append(BlobRef(photo.sha256, photo.bytes, period_of(photo.added_at), role))
        facts = {"name": photo.name, "width": photo.width, "height": photo.height}
        files.setdefault(photo.ref, {})[photo.sha256] = facts
    notes = visits.remarks(work, visit.id)[0]
    for each in told:
        problem = visits.problem(work, each.problem_id)
        if problem is None:
            continue
        note = "；".join(part for part in (each.note, notes.get(each.ref, "").strip()) if part)
        shown = proof.get(each.ref, [])
        take_result(work, steps, visit, problem, replace(each, note=note), shown, files.get(each.ref))
    return frozenset(each.problem_id for each in told)


def take_result(
    work: Work,
    steps: ProblemSteps,
    visit: Visit,
    problem: Problem,
    found: RecheckResult,
    proof: Sequence[BlobRef] = (),
    files: dict[str, object] | None = None,
) -> None:
    """One result as a step of the problem's life, or as a note where the life has gone on meanwhile."""
    data: dict[str, object] = {"result": found.result.value, "where": "on_site", "visit": visit.id}
    if files is not None:
        data[FILES] = files
    if found.new_due is not None:
        data["set"] = {"due": found.new_due.isoformat()}
    try:
        steps.take_within(work, problem.id, Step.RECHECKED, note=found.note, proof=proof, data=data)
    except Trouble:
        said = f"复查结论：{RESULT_NAMES[found.result]}。{found.note}"
        step = Step.NOTED
        if found.result is not Recheck.DONE and problem.state is ProblemState.AWAITING_STRIKE_OFF:
            step = Step.STRIKE_OFF_REFUSED
        else:
            data.pop("set", None)
        steps.take_within(work, problem.id, step, note=said, proof=proof, data=data)


def _photos(work: Work, problem: Problem) -> tuple[Photo, ...]:
    """The pictures that prove a problem, those of before first."""
    if not problem.visit_id:
        return ()
    photos = visits.photos(work, visit_id=problem.visit_id)
    return tuple(
        sorted((each for each in photos if each.ref == problem.ref and each.is_picture), key=lambda each: each.after)
    )


def _value(instance: Instance, ref: str) -> str:
    node = instance.node(ref)
    return node.value if node.relevant else ""
