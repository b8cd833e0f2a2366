"""What a visit found of the problems that its school still owes, kept while the visit is open."""

from __future__ import annotations

from sqlalchemy import select

from jiandu_desktop.storage import records, tables
from jiandu_desktop.storage.records import Work


def owed_results(work: Work, visit_id: str) -> dict[str, str]:
    """Results (`domain.problem.Recheck` values) by the problem's identifier; those taken back are left out."""
    columns = tables.owed_results.c
    rows = work.execute(
        select(columns.problem_id, columns.result).where(columns.visit_id == visit_id, columns.result != "")
    )
    return dict(rows.all())


def put_owed_result(work: Work, visit_id: str, problem_id: str, result: str) -> None:
    """Keep a result, "" for none."""
    records.put_values(work, tables.owed_results, {"visit_id": visit_id, "problem_id": problem_id, "result": result})
