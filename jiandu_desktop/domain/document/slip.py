"""What the slip from a receipt printer says (现场告知单): told at once, while the notice follows on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiandu_desktop.domain.document.kinds import Office

SLIP_WIDTHS = (80, 58)
"""Widths of paper in mm that receipt printers take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipProblem:
    """One problem: what to do about it, by when (None for at once), and who answers for it."""

    text: str
    measure: str = ""
    due: date | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """`number` is that of the document it goes with, `qr` what a telephone reads from the slip: the same as from the
    document. `title` names that document."""

    office: Office
    title: str
    school: str
    dated: date
    number: str
    inspectors: tuple[str, ...] = ()
    problems: tuple[SlipProblem, ...] = ()
    qr: str = ""
