"""What is wrong with a checklist's workbook: sheet, row, column, and a sentence that says what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `row` counts as Excel does; None where the fault concerns the whole sheet; `column` is its header.

    A `warning` does not keep the checklist from being used. `letter` is Excel's name of the column, "" where unknown.
    """

    sheet: str
    row: int | None
    column: str | None
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    warning: bool = False
    letter: str = ""

    @property
    def place(self) -> str:
        """Where it is, as one says it: 工作表“survey”第 2 行 C 列（label）."""
        said = f"工作表“{self.sheet}”" if self.sheet else ""
        if self.row is not None:
            said += f"第 {self.row} 行"
        if self.column:
            said += f" {self.letter} 列（{self.column}）" if self.letter else f"“{self.column}”列"
        return said

    @property
    def cell(self) -> str:
        """Excel's name of the cell (C2), as far as it is known."""
        return f"{self.letter}{self.row or ''}"

    def words(self) -> str:
        """What is wrong and what to write instead; in Chinese."""
        return sentence(f"form-fault-{self.code}", self.values)

    def sentence(self) -> str:
        """Where it is, what is wrong, what to write instead; in Chinese."""
        return f"{self.place}：{self.words()}" if self.place else self.words()


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
