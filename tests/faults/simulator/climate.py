"""Which faults a seed meets and how often, and the count of those that struck."""

from __future__ import annotations

import random
from collections import Counter

CALL_FAULTS = {
    "kill": 0.006,
    "transient": 0.02,
    "lost reply": 0.02,
    "stale listing": 0.15,
    "partial listing": 0.08,
    "spoilt read": 0.02,
    "flush fails": 0.03,
    "close fails": 0.02,
    "torn rename": 0.02,
    "disconnect": 0.004,
    "no access": 0.005,
    "kill in a transaction": 0.02,
    "short write": 0.05,
    "placeholder": 0.01,
}
"""At most so often per call of the kind it strikes."""

EVENTS = {
    "bit rot": 3,
    "truncated file": 2,
    "deleted file": 4,
    "deleted folder": 1,
    "former journal deleted": 3,
    "all heads deleted": 1,
    "conflict copy": 3,
    "sole copy renamed": 1,
    "foreign file": 2,
    "server power cut": 3,
    "share restored": 2,
    "laptop restored": 2,
    "office restored": 1,
    "laptop cloned": 1,
    "laptop stolen": 1,
    "clock jump": 4,
    "disk full": 2,
    "disk freed": 2,
    "read-only": 1,
    "mass rename": 1,
    "another office's root": 1,
    "newer program": 1,
    "raised min_writer": 1,
    "replayed segment": 2,
    "forged segment": 1,
    "root damaged": 1,
}
"""What happens to the folder and the laptops between calls, by weight."""


class Climate:
    """Swarm testing: every seed switches some faults off altogether, and gives the others a strength of their own."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.struck: Counter[str] = Counter()
        self.calm = False
        strength = rng.choice((0.3, 1.0, 1.0, 2.0))
        self._rates = {name: rate * strength * rng.random() for name, rate in CALL_FAULTS.items() if rng.random() < 0.5}
        self.events = {name: weight for name, weight in EVENTS.items() if rng.random() < 0.4}
        self.cloud = rng.random() < 0.25
        self.stick = rng.random() < 0.4
        self.folds_case = rng.random() < 0.3
        self.lies = rng.random() < 0.25
        self.refuses_rename = rng.random() < 0.15
        self.copies_on_rename = rng.random() < 0.15

    def strikes(self, fault: str) -> bool:
        """Whether this fault hits the present call."""
        rate = self._rates.get(fault)
        if rate is None or self.calm or self._rng.random() >= rate:
            return False
        self.struck[fault] += 1
        return True

    def event(self) -> str | None:
        """The next misfortune between calls, if any is on for this seed."""
        if not self.events or self.calm:
            return None
        names = list(self.events)
        return self._rng.choices(names, weights=[self.events[name] for name in names])[0]
