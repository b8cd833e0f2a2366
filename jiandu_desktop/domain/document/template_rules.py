"""What of which kind an office may word otherwise, which placeholders it may use, and which it may not leave out."""

from __future__ import annotations

from jiandu_desktop.domain.document.kinds import DocumentKind as Kind
from jiandu_desktop.domain.document.template import Blank, Part

LETTERS = frozenset(
    {
        Kind.WORK_TIP,
        Kind.REMINDER,
        Kind.WARNING,
        Kind.SUPERVISION,
        Kind.CIRCULAR,
        Kind.TALK_NOTICE,
        Kind.CONSULTATION,
        Kind.HANDOVER,
        Kind.COPY_NOTICE,
        Kind.REPORT,
    }
)
_OF_A_VISIT = frozenset(
    {Kind.FEEDBACK_OPINION, Kind.RECTIFICATION_NOTICE, Kind.RECHECK_OPINION, Kind.INSPECTION_OPINION}
)
_OPENED = LETTERS | _OF_A_VISIT | {Kind.INSPECTION_NOTICE}
_HEADED = _OPENED | {Kind.INSPECTION_REPORT}
_DEMANDING = LETTERS | {Kind.RECTIFICATION_NOTICE, Kind.INSPECTION_NOTICE, Kind.INSPECTION_OPINION}
_COPIED = LETTERS | {Kind.RECTIFICATION_NOTICE, Kind.INSPECTION_NOTICE, Kind.INSPECTION_OPINION}
_ANSWERED = frozenset({Kind.REMINDER, Kind.WARNING, Kind.SUPERVISION, Kind.CONSULTATION, Kind.HANDOVER})

_ALWAYS = frozenset({Blank.OFFICE, Blank.OURSELVES, Blank.DATE, Blank.NUMBER})
_VISIT = frozenset(
    {Blank.SCHOOL, Blank.TASK, Blank.VISITED, Blank.INSPECTORS, Blank.COMPANIONS, Blank.MATTERS, Blank.COUNT}
)
_DAYS = frozenset({Blank.PLAN_DAYS, Blank.REPORT_DAYS})


def parts_of(kind: Kind) -> tuple[Part, ...]:
    """In the order in which the workbook lists them."""
    parts = [Part.ISSUER, Part.MARK]
    if kind in _OPENED:
        parts.append(Part.OPENING)
    if kind in _HEADED:
        parts.append(Part.HEADING)
    if kind in _DEMANDING:
        parts.append(Part.DEMAND)
    if kind in _OPENED:
        parts.append(Part.ENDING)
    parts.append(Part.SIGNATORY)
    if kind in _COPIED:
        parts.append(Part.COPIES)
    return (*parts, Part.CONTACT, Part.TELEPHONE)


def blanks_of(kind: Kind) -> frozenset[Blank]:
    """What the placeholders of a kind may name: what such a document always knows."""
    if kind in LETTERS:
        return _ALWAYS | {Blank.SCHOOL, Blank.COUNT, Blank.SUBJECT, Blank.ANSWER_BY}
    if kind in _OF_A_VISIT:
        return _ALWAYS | _VISIT | (_DAYS if kind is Kind.RECTIFICATION_NOTICE else frozenset())
    if kind is Kind.INSPECTION_NOTICE:
        return _ALWAYS | {Blank.SCHOOL, Blank.TASK}
    return _ALWAYS


def required(kind: Kind, part: Part) -> frozenset[Blank]:
    """Placeholders without which a part would leave out what a school must be told: when one was there, by when an
    answer is due."""
    if part is Part.OPENING and kind in _OF_A_VISIT:
        return frozenset({Blank.VISITED})
    if part is Part.DEMAND and kind is Kind.RECTIFICATION_NOTICE:
        return _DAYS
    if part is Part.DEMAND and kind in _ANSWERED:
        return frozenset({Blank.ANSWER_BY})
    return frozenset()
