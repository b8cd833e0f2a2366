"""What a screen sees of one item, and of a visit as a whole: frozen values, made anew at each look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from jiandu_desktop.form_engine.definition import Item


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on offer. `score`: share of the weight (0–1), None for N/A; `key`: its key on the keyboard.

    `media`: as in NodeState.
    """

    value: str
    label: str
    score: Decimal | None
    failed: bool
    key: str
    media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with an answer: at most one per item.

    `kind`: "required" (blank but must be answered), "constraint" (the form's rule is broken), "type" (no number, no
    date …). `message` is the form's own wording, "" where it has none. `soft`: asks to check, and may stay.
    """

    kind: str
    message: str
    soft: bool


@dataclass(frozen=True, slots=True)
class NodeState:
    """One item as it stands. `value` is the instance string; a select_multiple is separated by spaces.

    `label`, `hint` and `guidance` are as written, with their markdown. `media`: `image big-image audio video` → name of
    the attached file (its bytes: `Instance.attachment`).
    """

    ref: str
    item: Item
    label: str
    hint: str
    guidance: str
    value: str
    relevant: bool
    required: bool
    readonly: bool
    choices: tuple[Choice, ...]
    violation: Violation | None
    failed: bool
    veto_hit: bool
    answered: bool
    not_applicable: bool
    media: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A group that may be filled in several times.

    `ref` is what `add_repeat` takes; `fixed`: the form itself says how many rows there are. `groups`: the relevant
    rows, each with the ref that `remove_repeat` takes. `appearances`: `table` … as of its group.
    """

    ref: str
    label: str
    rows: int
    fixed: bool
    appearances: frozenset[str] = frozenset()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together, or one row of a repeat. `appearances`: `field-list`, `table-list` …

    `parts` in order: refs of items, groups, repeats; only what is relevant and shown.
    """

    ref: str
    label: str
    hint: str
    appearances: frozenset[str]
    media: Mapping[str, str]
    parts: tuple[Part, ...]


Part = str | Group | Repeat


@dataclass(frozen=True, slots=True)
class Proposal:
    """The problem that a failed answer proposes."""

    text: str
    basis: str
    measure: str
    days: int | None
    grade: str
    matter: str
    evidence: int


@dataclass(frozen=True, slots=True)
class SectionScore:
    """Marks of one section: `possible` over the answered items, `weight_total` over all that could count."""

    ref: str
    earned: Decimal
    possible: Decimal
    weight_total: Decimal
    unanswered: int


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """Marks of the whole visit. `percent`: 0–100 with one decimal, None while nothing counts.

    `provisional`: scored items are still unanswered. A veto that was hit stands beside the score and is never
    averaged into it.
    """

    sections: tuple[SectionScore, ...]
    earned: Decimal
    possible: Decimal
    percent: Decimal | None
    provisional: bool
    unanswered: int
    veto_hits: tuple[str, ...]
    veto_open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts over the items that are asked: relevant, visible, no notes, nothing that the form works out itself.

    `failed` counts the verdicts of the form as well: they become problems too.
    """

    answered: int
    total: int
    veto_open: int
    failed: int
