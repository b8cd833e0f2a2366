"""常用话语 on this laptop: what the checklist has ready, ordered by what is used here, and the inspector's own."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.phrases import KeptPhrase, PhrasePlace, in_order
from jiandu_desktop.storage import county

if TYPE_CHECKING:
    from jiandu_desktop.services.store import Store

_MARK = "phrases."


class Phrases:
    """One fact of the database per place; they are habits of who works here and are not sent to anybody."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        with store.reading() as work:
            facts = county.facts(work)
        self._kept: dict[PhrasePlace, dict[str, KeptPhrase]] = {
            _place(key): {each.text: each for each in map(_read, value)}
            for key, value in facts.items()
            if key.startswith(_MARK)
        }

    def offered(self, place: PhrasePlace, ready: Sequence[str]) -> tuple[str, ...]:
        """What can be said at a place, what is used most first; `ready` is what the checklist has for it."""
        with self._lock:
            return in_order(ready, self._kept.get(place, {}).values())

    def own(self) -> tuple[tuple[PhrasePlace, str], ...]:
        """What the inspector added, place by place."""
        with self._lock:
            found = [(place, each.text) for place, kept in self._kept.items() for each in kept.values() if each.own]
        return tuple(sorted(found, key=lambda each: (each[0].form_id, each[0].item, each[0].field, each[1])))

    def use(self, place: PhrasePlace, text: str) -> None:
        """A wording was taken: from now on it stands further up."""
        now = self._store.clock()
        with self._lock:
            known = self._kept.get(place, {}).get(text)
            self._keep(place, known.used_again(now) if known else KeptPhrase(text, False, 1.0, now))

    def add(self, place: PhrasePlace, text: str) -> None:
        """A wording of one's own for this place."""
        with self._lock:
            self._keep(place, KeptPhrase(text, True, 1.0, self._store.clock()))

    def remove(self, place: PhrasePlace, text: str) -> None:
        """A wording of one's own is offered no more; nothing that was said with it changes."""
        with self._lock:
            kept = {name: each for name, each in self._kept.get(place, {}).items() if name != text}
            self._write(place, kept)

    def _keep(self, place: PhrasePlace, phrase: KeptPhrase) -> None:
        self._write(place, {**self._kept.get(place, {}), phrase.text: phrase})

    def _write(self, place: PhrasePlace, kept: dict[str, KeptPhrase]) -> None:
        with self._store.writing() as work:
            if kept:
                county.keep_fact(work, _key(place), [_written(each) for each in kept.values()])
            else:
                county.forget_fact(work, _key(place))
        self._kept[place] = kept


def _key(place: PhrasePlace) -> str:
    return _MARK + json.dumps([place.form_id, place.item, place.field], ensure_ascii=False)


def _place(key: str) -> PhrasePlace:
    form_id, item, field = json.loads(key.removeprefix(_MARK))
    return PhrasePlace(form_id, item, field)


def _written(phrase: KeptPhrase) -> dict[str, Any]:
    return {
        "text": phrase.text,
        "own": phrase.own,
        "weight": phrase.weight,
        "used_at": phrase.used_at.isoformat(),
    }


def _read(value: dict[str, Any]) -> KeptPhrase:
    used_at = datetime.fromisoformat(value["used_at"])
    return KeptPhrase(value["text"], bool(value["own"]), float(value["weight"]), used_at)
