"""The record of a visit in words: what was asked, answered, noted, photographed and found wrong, section by section."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.domain.issued import Document
from jiandu_desktop.domain.problem import Problem
from jiandu_desktop.domain.visit import Photo, Visit
from jiandu_desktop.form_engine import NodeState
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.trail import TrailLine


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordItem:
    """One item as it was answered. `verdict`: good, failed, veto, na, or "" where nothing was answered or judged.

    `self_rating`: what the school says of itself, in words.
    """

    ref: str
    number: str
    label: str
    answer: str
    verdict: str
    note: str
    self_rating: str
    photos: tuple[Photo, ...]
    problem: Problem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSection:
    """One section with the items that were asked in it."""

    number: str
    label: str
    items: tuple[RecordItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A visit to be read."""

    visit: Visit
    school: str
    checklist: str
    inspectors: str
    sections: tuple[RecordSection, ...]
    vetoes: tuple[str, ...]
    problems: tuple[Problem, ...]
    photos: tuple[Photo, ...]
    documents: tuple[Document, ...]
    trail: tuple[TrailLine, ...]


def read_record(services: Services, visit_id: str) -> Record:
    """Puts a stored visit into words; raises Trouble `media-lost` while its checklist has not arrived."""
    opened = services.visits.resume(visit_id)
    instance = services.finishing.instance(opened)
    sections = []
    for section in opened.definition.sections:
        items = tuple(
            _item(opened, node)
            for node in map(instance.node, instance.section_items(section.ref))
            if node.item.kind not in ("note", "calculate", "hidden")
        )
        if items:
            sections.append(RecordSection(number=section.number, label=section.label, items=items))
    labels = {item.ref: item.label for section in sections for item in section.items}
    return Record(
        visit=opened.visit,
        school=opened.school.name,
        checklist=f"{opened.definition.title} {opened.definition.version}".strip(),
        inspectors="、".join(inspector.name for inspector in opened.inspectors),
        sections=tuple(sections),
        vetoes=tuple(labels.get(ref, ref) for ref in opened.visit.vetoed),
        problems=opened.problems,
        photos=opened.photos,
        documents=services.papers.of_visit(visit_id),
        trail=services.trails.lines(opened, instance),
    )


def _item(opened: OpenVisit, node: NodeState) -> RecordItem:
    answer = _words(node, node.value)
    verdict = ""
    if node.veto_hit:
        verdict = "veto"
    elif node.failed:
        verdict = "failed"
    elif node.not_applicable:
        verdict = "na"
    elif node.answered and node.choices:
        verdict = "good"
    return RecordItem(
        ref=node.ref,
        number=node.item.number,
        label=node.label or node.item.name,
        answer=answer,
        verdict=verdict,
        note=opened.notes.get(node.ref, ""),
        self_rating=_words(node, opened.self_ratings.get(node.ref, "")),
        photos=tuple(photo for photo in opened.photos if photo.ref == node.ref),
        problem=next((problem for problem in opened.problems if problem.ref == node.ref), None),
    )


def _words(node: NodeState, value: str) -> str:
    """A value as it is read: labels of the choices, a number with its unit."""
    chosen = value.split()
    labels = [choice.label for choice in node.choices if choice.value in chosen]
    return "、".join(labels) or (f"{value} {node.item.inspection.unit}".strip() if value else "")
