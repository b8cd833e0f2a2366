"""What becomes of a document after it was issued: signed copy back, refused, superseded, voided; nothing is erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

MOST_WITNESSES = 2
"""Witnesses that a refusal names at most; two is what 留置送达 asks for."""


class PaperStep(StrEnum):
    """One thing that happened to an issued document, or to a number that never became one."""

    RETURNED = "returned"
    """The signed paper came back and was scanned."""

    REFUSED = "refused"
    """The school would not sign; the reason and who saw it are in the event."""

    NUMBERED = "numbered"
    """A provisional number got its formal one."""

    CERTIFIED = "certified"
    """The PDF was signed with the office's certificate: another file, the same document."""

    SUPERSEDED = "superseded"
    VOIDED = "voided"


class PaperState(StrEnum):
    """Where a document stands now."""

    ISSUED = "issued"
    RETURNED = "returned"
    REFUSED = "refused"
    SUPERSEDED = "superseded"
    VOIDED = "voided"


PAPER_STATE_NAMES: dict[PaperState, str] = {
    PaperState.ISSUED: "已出具",
    PaperState.RETURNED: "已签回",
    PaperState.REFUSED: "拒签",
    PaperState.SUPERSEDED: "已被替代",
    PaperState.VOIDED: "作废",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEvent:
    """`number` is the number as it stands on the paper; `document_id` is empty where a bare number was voided.

    `data` by step: `scan`, `pages`, `name` (RETURNED), `witnesses` (REFUSED), `number` (NUMBERED), `sha256`, `subject`,
    `issuer`, `fingerprint` (CERTIFIED), `by` (SUPERSEDED: identifier of the document that takes its place).
    """

    id: str
    document_id: str
    number: str
    step: PaperStep
    at: datetime
    person: str = ""
    device: str = ""
    note: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A word of `data`, "" where it is missing or no text."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words of `data`."""
        value = self.data.get(name)
        return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list | tuple) else ()


_STATES: dict[PaperStep, PaperState] = {
    PaperStep.RETURNED: PaperState.RETURNED,
    PaperStep.REFUSED: PaperState.REFUSED,
    PaperStep.SUPERSEDED: PaperState.SUPERSEDED,
    PaperStep.VOIDED: PaperState.VOIDED,
}


def state_of(events: Iterable[PaperEvent]) -> PaperState:
    """Where the document stands after these events, in whatever order they are given."""
    return state_after([each.step for each in sorted(events, key=lambda each: (each.at, each.id))])


def state_after(steps: Sequence[PaperStep]) -> PaperState:
    """Voided for good, else superseded for good, else what came last of signed and refused."""
    for final in (PaperStep.VOIDED, PaperStep.SUPERSEDED):
        if final in steps:
            return _STATES[final]
    last = [_STATES[step] for step in steps if step in _STATES]
    return last[-1] if last else PaperState.ISSUED
