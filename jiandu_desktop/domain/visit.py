"""Visits (督导记录): what an inspector filled in at a school, from the first answer to the frozen record."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from jiandu_desktop.domain.assignment import VisitKind


class VisitState(StrEnum):
    """未开始 is the absence of a visit; a finished visit is frozen, and awaits ink until it is signed or printed."""

    DRAFT = "draft"
    AWAITING_SIGNATURE = "awaiting_signature"
    FINISHED = "finished"


class AnswerSource(StrEnum):
    """How an answer came to be, kept in the trail."""

    BY_HAND = "by_hand"
    BULK = "bulk"
    PREFILLED = "prefilled"
    UNDO = "undo"
    IMPORTED = "imported"
    """It stood in a submission that was opened."""

    MOVED = "moved"
    """The visit was moved to another version of its checklist."""

    REOPENED = "reopened"
    """It stands in the record that this revision replaces."""


class SchoolOpinion(StrEnum):
    """What the school says to the findings (学校意见)."""

    AGREES = "agrees"
    OBJECTS = "objects"
    UNSAID = "unsaid"


class Approach(StrEnum):
    """Whether the school knew that an inspector was coming (明察, 暗访)."""

    OPEN = "open"
    COVERT = "covert"


class Timing(StrEnum):
    """Whether the day was planned or drawn (定期, 随机)."""

    PLANNED = "planned"
    RANDOM = "random"


APPROACH_NAMES: dict[Approach, str] = {Approach.OPEN: "明察", Approach.COVERT: "暗访"}
TIMING_NAMES: dict[Timing, str] = {Timing.PLANNED: "定期", Timing.RANDOM: "随机"}


def manner_words(approach: Approach, timing: Timing) -> str:
    """督导方式 as forms name it: 明察、定期."""
    return f"{APPROACH_NAMES[approach]}、{TIMING_NAMES[timing]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the inspector was in the wizard, so that reopening returns there; `unsaved` holds half-typed text by
    field key, `scroll` is in pixels of the item list."""

    ref: str = ""
    scroll: int = 0
    unsaved: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit. `checklist_hash` pins the version of the checklist for ever; `score` is percent (0–100).

    `origin`: instanceID of the OpenRosa submission that it goes on from, "" where it began here.
    """

    id: str
    assignment_id: str | None
    school_id: str
    task: str
    kind: VisitKind
    form_id: str
    checklist_hash: str
    inspector_ids: tuple[str, ...]
    started_at: datetime
    state: VisitState = VisitState.DRAFT
    companions: str = ""
    finished_at: datetime | None = None
    content_hash: str = ""
    revision: int = 1
    revises: str | None = None
    revision_reason: str = ""
    score: Decimal | None = None
    vetoed: tuple[str, ...] = ()
    answered: int = 0
    item_total: int = 0
    opinion: SchoolOpinion = SchoolOpinion.UNSAID
    opinion_text: str = ""
    device: str = ""
    origin: str = ""
    approach: Approach = Approach.OPEN
    timing: Timing = Timing.PLANNED

    @property
    def manner(self) -> str:
        """督导方式 in words: 明察、定期."""
        return manner_words(self.approach, self.timing)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One change of one answer (or note), never rewritten. `person`: id of the inspector; `reason`: why it was
    changed, said where a frozen record was opened again."""

    ref: str
    old: str | None
    new: str | None
    at: datetime
    source: AnswerSource
    person: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo taken at a visit, or a file that answers a question: then it has no width and no height.

    The bytes lie in the media folder under `sha256`; `ref` is the item it proves or answers. `name` is unique in the
    visit: as ODK has it, the answer of a photo or file question is that name. `original` is the SHA-256 of the file as
    it was taken, where what is kept was made of it (smaller, turned into JPEG, faces covered), else "".
    """

    id: str
    visit_id: str
    ref: str
    sha256: str
    name: str
    bytes: int
    width: int
    height: int
    added_at: datetime
    taken_at: datetime | None = None
    after: bool = False
    original: str = ""

    @property
    def is_picture(self) -> bool:
        return self.width > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature on screen: strokes of (x, y), both 0…1 of a box twice as wide as high; no strokes = ink.

    `refused` is the reason of a person who would not sign (拒签), with up to two `witnesses` who saw it.
    """

    role: str
    name: str
    signed_at: datetime | None = None
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()
    refused: str = ""
    witnesses: tuple[str, ...] = ()
