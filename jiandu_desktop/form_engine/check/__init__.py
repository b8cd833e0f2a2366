"""Our own pass over the workbook: every fault at once, before pyxform (which stops at the first) is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.workbook import Workbook
from jiandu_desktop.form_engine.xform.expressions import XFormFault


@dataclass(frozen=True, slots=True)
class Checked:
    """`faults` in reading order; the rest is what only the workbook knows and the XForm does not."""

    faults: tuple[Fault, ...]
    matters: Mapping[str, str]
    phrases: Mapping[str, tuple[str, ...]]
    notes: frozenset[str]
    rows: Mapping[str, int]  # ref → row in the survey sheet

    def refused(self, message: str, row: int | None) -> Fault:
        return Fault("survey" if row is not None else "", row, None, "pyxform", {"message": message})

    def located(self, fault: XFormFault) -> Fault:
        row = self.rows.get(fault.ref)
        return Fault("survey" if row is not None else "", row, None, "pyxform", {"message": str(fault)})

    def cycle(self, steps: Sequence[tuple[str, str]]) -> Fault:
        path = " → ".join(ref for ref, _ in [*steps, steps[0]])
        return Fault("survey", self.rows.get(steps[0][0]), steps[0][1], "cycle", {"path": path})


def check_workbook(book: Workbook) -> Checked:
    return Checked((), {}, {}, frozenset(), {})
