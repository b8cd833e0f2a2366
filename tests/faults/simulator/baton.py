"""Several actors at once, one running at any moment: at every step the seed decides who holds the baton next."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType


class Outcome:
    """How a call ended: `error` is what it raised, death included."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def __enter__(self) -> Outcome:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return True


class Baton:
    """Runs calls in threads that take turns; between two turns nothing happens behind the scheduler's back."""

    def __init__(self, rng: random.Random, keenness: float = 0.4) -> None:
        self._rng = rng
        self._keenness = keenness
        self._turns: list[threading.Lock] = []
        self._alive: list[int] = []
        self._me = threading.local()

    def run(self, calls: Sequence[Callable[[], object]]) -> list[BaseException | None]:
        """Run all to their end, interleaved; returns what each raised, None where nothing."""
        if len(calls) == 1:
            with Outcome() as only:
                calls[0]()
            return [only.error]
        self._alive = list(range(len(calls)))
        self._turns = [threading.Lock() for _ in calls]
        for turn in self._turns:
            turn.acquire()
        with ThreadPoolExecutor(len(calls), thread_name_prefix="actor") as pool:
            running = [pool.submit(self._work, number, call) for number, call in enumerate(calls)]
            self._turns[self._rng.choice(self._alive)].release()
            ended = [future.result().error for future in running]
        self._turns = []
        return ended

    def step(self) -> None:
        """Called by whoever runs: perhaps somebody else goes on first."""
        if len(self._alive) < 2 or self._rng.random() >= self._keenness:
            return
        mine: int = self._me.number
        following = self._rng.choice(self._alive)
        if following != mine:
            self._turns[following].release()
            self._turns[mine].acquire()

    def _work(self, number: int, call: Callable[[], object]) -> Outcome:
        self._me.number = number
        self._turns[number].acquire()
        with Outcome() as outcome:
            call()
        self._alive.remove(number)
        if self._alive:
            self._turns[self._rng.choice(self._alive)].release()
        return outcome
