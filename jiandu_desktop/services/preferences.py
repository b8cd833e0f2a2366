"""The user's settings, kept in the database and read from memory."""

from __future__ import annotations

import threading
from typing import Any

from jiandu_desktop import settings
from jiandu_desktop.domain.problem import Grade
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county

_MARK = "setting."


class Preferences:
    """Declared settings only; an undeclared key raises KeyError."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        with store.glancing() as glance:
            facts = glance.facts()
        self._values: dict[str, Any] = {}
        for key in settings.DECLARED:
            if _MARK + key in facts:
                self._values[key] = settings.checked(key, facts[_MARK + key])

    def get(self, key: str) -> Any:
        """The value, of the type of the declared default."""
        with self._lock:
            return self._values.get(key, settings.DECLARED[key].default)

    def set(self, key: str, value: Any) -> None:
        """Keep a value durably; raises ValueError for one that the setting does not allow."""
        good = settings.checked(key, value)
        with self._store.writing() as work:
            county.keep_fact(work, _MARK + key, good)
        with self._lock:
            self._values[key] = good
        self._store.publish(Changes(settings=True))

    def days_for(self, grade: Grade) -> int:
        """Calendar days to put right a problem of this grade where the form says nothing."""
        return int(self.get(f"days_{grade.value}"))
