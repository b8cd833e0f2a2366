"""One visit as JSON: all that the record holds, for programs that read no XForm (docs/exchange.md says each field)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.visit import VisitState
from jiandu_desktop.services.wire import to_wire

if TYPE_CHECKING:
    from jiandu_desktop.services.visit_filled import Filled

FORMAT, FORMAT_VERSION = "jiandu-visit", 1

_PART = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")
_NUMBERS = frozenset(("integer", "decimal", "range"))


def visit_document(filled: Filled) -> dict[str, Any]:
    """The document; times are ISO 8601 with offset, marks are texts so that no digit is lost."""
    visit, school, definition = filled.opened.visit, filled.opened.school, filled.opened.definition
    sheet = filled.instance.score()
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "instance_id": filled.instance_id,
        "deprecated_id": filled.deprecated_id,
        "form": {
            "id": definition.form_id,
            "version": definition.version,
            "title": definition.title,
            "sha256": definition.file_hash,
        },
        "school": to_wire(school),
        "visit": {
            "id": visit.id,
            "task": visit.task,
            "kind": visit.kind.value,
            "state": visit.state.value,
            "started_at": to_wire(visit.started_at),
            "finished_at": to_wire(visit.finished_at),
            "inspectors": [{"id": each.id, "name": each.name} for each in filled.opened.inspectors],
            "companions": visit.companions,
            "approach": visit.approach.value,
            "timing": visit.timing.value,
            "revision": visit.revision,
            "revises": visit.revises,
            "revision_reason": visit.revision_reason,
            "opinion": visit.opinion.value,
            "opinion_text": visit.opinion_text,
            "content_hash": visit.content_hash,
        },
        "score": {
            "percent": to_wire(visit.score if visit.state is not VisitState.DRAFT else sheet.percent),
            "provisional": sheet.provisional,
            "vetoed": list(sheet.veto_hits),
            "sections": to_wire(sheet.sections),
        },
        "answers": nested(filled.values, filled.kinds()),
        "items": _items(filled),
        "problems": [
            {**to_wire(problem), "photos": [photo.name for photo in filled.opened.photos if photo.ref == problem.ref]}
            for problem in filled.opened.problems
        ],
        "photos": [{**to_wire(photo), "file": filled.files.get(photo.id, "")} for photo in filled.opened.photos],
        "documents": to_wire(filled.documents),
        "signatures": [
            {
                "role": each.role,
                "name": each.name,
                "signed_at": to_wire(each.signed_at),
                "on_screen": bool(each.strokes),
            }
            for each in filled.signatures
        ],
        "trail": to_wire(filled.trail),
    }


def nested(values: Mapping[str, str], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Answers by ref as the form nests them: a group is an object, a repeat a list of them.

    Numbers are numbers, blanks null, everything else the text of the submission. The root's name is left out.
    """
    top: dict[str, Any] = {}
    for ref, value in values.items():
        parts = _PART.findall(ref)[1:]
        at = top
        for name, number in parts[:-1]:
            if not number:
                at = at.setdefault(_local(name), {})
                continue
            rows = at.setdefault(_local(name), [])
            while len(rows) < int(number):
                rows.append({})
            at = rows[int(number) - 1]
        if parts and parts[-1][1]:  # a row without values
            at.setdefault(_local(parts[-1][0]), []).append({})
        elif parts:
            at[_local(parts[-1][0])] = _typed(value, kinds.get(re.sub(r"\[\d+\]", "", ref), ""))
    return top


def _items(filled: Filled) -> list[dict[str, Any]]:
    """What was asked, in the order of the form, each answer in words beside its value."""
    from jiandu_desktop.form_engine.migrate import words

    instance, notes = filled.instance, filled.opened.notes
    found = []
    for section in instance.definition.sections:
        for ref in instance.section_items(section.ref):
            node = instance.node(ref)
            if node.item.kind == "note":
                continue
            found.append(
                {
                    "ref": ref,
                    "section": section.label,
                    "number": node.item.number,
                    "label": node.label,
                    "kind": node.item.kind,
                    "value": node.value or None,
                    "answer": words(node, node.value),
                    "failed": node.failed,
                    "veto_hit": node.veto_hit,
                    "not_applicable": node.not_applicable,
                    "note": notes.get(ref, ""),
                    "self_rating": filled.opened.self_ratings.get(ref),
                    "kept": ref in filled.opened.kept,
                }
            )
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _typed(value: str, kind: str) -> Any:
    if not value:
        return None
    if kind in _NUMBERS:
        try:
            return int(value) if kind == "integer" else float(value)
        except ValueError:
            return value
    return value
