"""完成: what is missing before a visit may be frozen, as a list in which each line leads to its item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jiandu_desktop.domain.problem import Problem, Recheck
from jiandu_desktop.domain.recheck import problem_of
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.form_engine import Instance, NodeState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """One line: the item and why it stands here (`code` has its sentence in domain.sentences)."""

    ref: str
    number: str
    label: str
    code: str
    values: dict[str, str] = field(default_factory=dict)
    problem_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Must-fix lines block the freezing; the others only inform."""

    must_fix: tuple[ReviewEntry, ...]
    unanswered: tuple[ReviewEntry, ...]
    please_check: tuple[ReviewEntry, ...]
    missing_photos: tuple[ReviewEntry, ...]

    @property
    def ready(self) -> bool:
        return not self.must_fix


def review(instance: Instance, problems: Sequence[Problem], photos: Iterable[Photo], kept: frozenset[str]) -> Review:
    """Sort everything that is missing. Looks at relevant items only; reads nothing but its arguments."""
    found = {problem.ref: problem for problem in problems}
    pictures: dict[str, int] = {}
    for photo in photos:
        pictures[photo.ref] = pictures.get(photo.ref, 0) + 1
    must_fix: list[ReviewEntry] = []
    unanswered: list[ReviewEntry] = []
    please_check: list[ReviewEntry] = []
    missing_photos: list[ReviewEntry] = []
    for section in instance.definition.sections:
        for ref in instance.section_items(section.ref):
            node = instance.node(ref)
            violation = node.violation
            if violation is not None and violation.soft and violation.kind != "required":
                if ref not in kept:
                    please_check.append(_entry(node, "review-please-check", message=violation.message))
            elif violation is not None:
                code = "review-required" if violation.kind == "required" else "review-wrong"
                must_fix.append(_entry(node, code, message=violation.message))
            elif not node.answered and node.item.inspection.veto:
                must_fix.append(_entry(node, "review-veto-open"))
            elif not node.answered and not node.readonly and node.item.kind not in ("note", "calculate"):
                unanswered.append(_entry(node, "review-unanswered"))
            wanted = node.item.inspection.evidence
            if problem_of(node.item.name) and node.value == Recheck.DONE and pictures.get(ref, 0) < wanted:
                have = str(pictures.get(ref, 0))
                missing_photos.append(_entry(node, "review-photos", wanted=str(wanted), have=have))
            if node.failed:
                _look_at_problem(node, found.get(ref), pictures.get(ref, 0), must_fix, missing_photos)
    return Review(
        must_fix=tuple(must_fix),
        unanswered=tuple(unanswered),
        please_check=tuple(please_check),
        missing_photos=tuple(missing_photos),
    )


def _look_at_problem(
    node: NodeState,
    problem: Problem | None,
    pictures: int,
    must_fix: list[ReviewEntry],
    missing_photos: list[ReviewEntry],
) -> None:
    if problem is None:
        must_fix.append(_entry(node, "review-problem-missing"))
        return
    for name in problem.missing():
        must_fix.append(_entry(node, f"review-no-{name}", problem_id=problem.id))
    wanted = problem.evidence_wanted
    if pictures < wanted:
        missing_photos.append(
            _entry(node, "review-photos", problem_id=problem.id, wanted=str(wanted), have=str(pictures))
        )


def _entry(node: NodeState, code: str, *, problem_id: str | None = None, **values: str) -> ReviewEntry:
    return ReviewEntry(
        ref=node.ref, number=node.item.number, label=node.label, code=code, values=values, problem_id=problem_id
    )
