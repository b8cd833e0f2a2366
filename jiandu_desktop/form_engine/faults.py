"""What is wrong with a checklist's workbook: sheet, row, column, and a sentence that says what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `row` counts as Excel does; None where the fault concerns the whole sheet; `column` is its header."""

    sheet: str
    row: int | None
    column: str | None
    code: str
    values: dict[str, Any] = field(default_factory=dict)

    def sentence(self) -> str:
        """Where it is, what is wrong, what to write instead; in Chinese."""
        place = f"工作表“{self.sheet}”" if self.sheet else ""
        if self.row is not None:
            place += f"第 {self.row} 行"
        if self.column:
            place += f"“{self.column}”列"
        said = sentence(f"form-fault-{self.code}", self.values)
        return f"{place}:{said}" if place else said


class FormFaults(Trouble):
    """The workbook cannot be used as a checklist; `faults` lists everything that was found, in reading order."""

    def __init__(self, file_name: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            "form-faults",
            name=file_name,
            count=len(faults),
            faults="\n".join(fault.sentence() for fault in faults),
        )
        self.faults = faults
