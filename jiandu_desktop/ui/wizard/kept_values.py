"""Values that stand beside the answers of a visit: shown at once, kept by `save`, taken back like any answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from jiandu_desktop.ui.wizard.undo import Step, UndoList, Way


class KeptValues:
    """One value per key, "" for none: what the school says of itself by item, what was found of a problem by its id."""

    def __init__(
        self,
        known: Mapping[str, str],
        save: Callable[[str, str], None],
        undo_list: UndoList,
        tell: Callable[[frozenset[str]], None],
    ) -> None:
        self._values = dict(known)
        self._save = save
        self._undo_list = undo_list
        self._tell = tell

    def value(self, key: str) -> str:
        return self._values.get(key, "")

    def put(self, key: str, value: str) -> None:
        """Keeps a value, "" for nothing."""
        before = self.value(key)
        if value != before:
            self._undo_list.push(Step(key, partial(self._swap, key, before)))
            self._swap(key, value)

    def _swap(self, key: str, value: str) -> Way:
        before = self.value(key)
        if value:
            self._values[key] = value
        else:
            self._values.pop(key, None)
        self._save(key, value)
        self._tell(frozenset({key}))
        return partial(self._swap, key, before)
