"""What an operation changed, told once to everyone who shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Identifiers of what changed, by kind; an empty value says nothing changed."""

    schools: frozenset[str] = frozenset()
    assignments: frozenset[str] = frozenset()
    visits: frozenset[str] = frozenset()
    problems: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    checklists: bool = False
    settings: bool = False
    sync: bool = False

    def __or__(self, other: Changes) -> Changes:
        return Changes(
            schools=self.schools | other.schools,
            assignments=self.assignments | other.assignments,
            visits=self.visits | other.visits,
            problems=self.problems | other.problems,
            documents=self.documents | other.documents,
            checklists=self.checklists or other.checklists,
            settings=self.settings or other.settings,
            sync=self.sync or other.sync,
        )

    def __bool__(self) -> bool:
        return self != Changes()


class ChangeFeed:
    """Subscribers hear every non-empty change, on the thread that made it."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Changes], None]] = []
        self._lock = threading.Lock()

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call `listener` with every change until the returned function is called."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def publish(self, changes: Changes) -> None:
        if not changes:
            return
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)
