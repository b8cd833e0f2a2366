"""Many visits as CSV tables, laid out as ODK Central does: one row per visit, repeats in files of their own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from jiandu_desktop.domain.identity import to_text
from jiandu_desktop.services.trail import AUDIT_COLUMNS, OWN_COLUMNS, audit_rows

if TYPE_CHECKING:
    from jiandu_desktop.form_engine import Definition
    from jiandu_desktop.services.visit_filled import Filled

KEY, PARENT_KEY = "KEY", "PARENT_KEY"
OWN_PREFIX = "jiandu-"
_ROW = re.compile(r"\[\d+\]")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_PROBLEM = (
    "item", "text", "basis", "measure", "grade", "handling", "state", "due", "responsible", "notice_number", "ref",
)  # fmt: skip

Table = list[list[str]]


def tables(form_id: str, filled: Sequence[Filled]) -> dict[str, Table]:
    """File name → rows with a header, for visits of one checklist in whatever versions.

    The columns are those of all versions, in the order in which they first stand. A row's KEY is the instanceID, in a
    repeat the instanceID with the row's place; PARENT_KEY is the KEY of the row around it.
    """
    made: dict[str, Table] = {}
    columns, repeats = _layout([each.opened.definition for each in filled])
    own = [OWN_PREFIX + name for name in _facts(filled[0])]
    made[f"{form_id}.csv"] = [["SubmissionDate", *map(_heading, columns[""]), KEY, *own]]
    for repeat in repeats:
        made[f"{form_id}-{_heading(repeat)}.csv"] = [[*_inner(repeat, columns[repeat]), PARENT_KEY, KEY]]
    made[f"{form_id}-problems.csv"] = [[*_PROBLEM, PARENT_KEY, KEY]]
    made[f"{form_id}-audit.csv"] = [[*AUDIT_COLUMNS, *OWN_COLUMNS, PARENT_KEY]]
    for each in filled:
        finished = each.opened.visit.finished_at
        row = [to_text(finished) if finished else "", *_cells(each, "", columns[""]), each.instance_id]
        made[f"{form_id}.csv"].append([*row, *_facts(each).values()])
        for repeat in repeats:
            made[f"{form_id}-{_heading(repeat)}.csv"] += _repeat_rows(each, repeat, columns[repeat])
        made[f"{form_id}-problems.csv"] += _problem_rows(each)
        names = {inspector.id: inspector.name for inspector in each.opened.inspectors}
        made[f"{form_id}-audit.csv"] += [
            [*line, each.instance_id] for line in audit_rows(each.opened.visit, each.trail, names)
        ]
    return {name: table for name, table in made.items() if len(table) > 1}


def encoded(table: Table) -> bytes:
    """UTF-8 with a mark at the front, by which Excel knows it; lines end as RFC 4180 says.

    What a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def _layout(definitions: Sequence[Definition]) -> tuple[dict[str, list[str]], list[str]]:
    """(refs of leaves by the repeat they stand in, "" outside any; the repeats themselves), over all versions."""
    columns: dict[str, list[str]] = {"": []}
    for definition in {each.file_hash: each for each in definitions}.values():
        for spec in definition.form.model.specs:
            inside = spec.repeats()
            if spec.repeat:
                columns.setdefault(spec.ref, [])
            elif spec.leaf:
                found = columns.setdefault(inside[-1].ref if inside else "", [])
                if spec.ref not in found:
                    found.append(spec.ref)
    return columns, [repeat for repeat in columns if repeat]


def _heading(ref: str) -> str:
    """`/data/g/a` → `g-a`, as Central and Briefcase name columns."""
    return "-".join(part.rpartition(":")[2] for part in ref.split("/")[2:])


def _inner(repeat: str, refs: Sequence[str]) -> list[str]:
    return [_heading(f"/data{ref.removeprefix(repeat)}") for ref in refs]


def _cells(filled: Filled, row: str, refs: Sequence[str]) -> Iterator[str]:
    """`row`: the row's ref with its number, "" for the visit itself."""
    for ref in refs:
        place = row + ref.removeprefix(_ROW.sub("", row)) if row else ref
        yield filled.media.get(place) or filled.values.get(place, "")


def _repeat_rows(filled: Filled, repeat: str, refs: Sequence[str]) -> Iterator[list[str]]:
    rows = dict.fromkeys(
        _row_of(ref, repeat) for ref in filled.values if f"{_ROW.sub('', ref)}/".startswith(f"{repeat}/")
    )
    for place in rows:
        above = place.rpartition("[")[0]
        around = above[: above.rfind("]") + 1] if "]" in above else ""
        yield [*_cells(filled, place, refs), _key(filled, around), _key(filled, place)]


def _row_of(ref: str, repeat: str) -> str:
    """The row of `repeat` that the field `ref` stands in."""
    depth = repeat.count("/")
    return "/".join(ref.split("/")[: depth + 1])


def _key(filled: Filled, row: str) -> str:
    """`uuid:…/g/room[2]`: Briefcase's way to name a row."""
    return f"{filled.instance_id}/{row.split('/', 2)[2]}" if row else filled.instance_id


def _problem_rows(filled: Filled) -> Iterator[list[str]]:
    for problem in filled.opened.problems:
        cells = (getattr(problem, name) for name in _PROBLEM)
        yield ["" if cell is None else str(cell) for cell in cells] + [filled.instance_id, problem.id]


def _facts(filled: Filled) -> Mapping[str, str]:
    visit, school = filled.opened.visit, filled.opened.school
    return {
        "visit": visit.id,
        "form-version": filled.opened.definition.version,
        "school-code": school.code,
        "school": school.name,
        "task": visit.task,
        "inspectors": "、".join(inspector.name for inspector in filled.opened.inspectors),
        "started": to_text(visit.started_at),
        "state": visit.state.value,
        "revision": str(visit.revision),
        "replaces": filled.deprecated_id,
        "score": "" if visit.score is None else str(visit.score),
        "vetoed": " ".join(visit.vetoed),
        "problems": str(len(filled.opened.problems)),
    }


def _harmless(cell: str) -> str:
    if not cell.startswith(_RISKY):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
