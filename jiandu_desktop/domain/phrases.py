"""常用话语: what an inspector may say of an item with one key; what is used often and lately comes first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

HALVES_IN_DAYS = 90.0
"""A use counts half after so long: about the half of a term."""


@dataclass(frozen=True, slots=True)
class PhrasePlace:
    """Where a wording is offered: one item of a checklist (its name, the same in every version) and one field of it
    (`text`, `measure` of its problem, or `note`)."""

    form_id: str
    item: str
    field: str


@dataclass(frozen=True, slots=True)
class KeptPhrase:
    """A wording that was used or added here. `own`: added by the inspector, not the checklist's; `weight`: uses, each
    halved every `HALVES_IN_DAYS`, as they stood at `used_at`."""

    text: str
    own: bool
    weight: float
    used_at: datetime

    def used_again(self, at: datetime) -> KeptPhrase:
        days = max(0.0, (at - self.used_at).total_seconds() / 86_400)
        return replace(self, weight=self.weight * 0.5 ** (days / HALVES_IN_DAYS) + 1, used_at=max(at, self.used_at))

    @property
    def rank(self) -> float:
        """Compares weights of different days: higher is used more and later."""
        return math.log2(self.weight) + self.used_at.timestamp() / 86_400 / HALVES_IN_DAYS


def in_order(ready: Sequence[str], kept: Iterable[KeptPhrase]) -> tuple[str, ...]:
    """The checklist's wordings and one's own: the used by rank, then the rest as the checklist has them."""
    offered = [each for each in kept if each.own or each.text in ready]
    offered.sort(key=lambda each: each.rank, reverse=True)
    return tuple(dict.fromkeys([*(each.text for each in offered), *ready]))
