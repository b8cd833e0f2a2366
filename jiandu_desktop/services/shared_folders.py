"""共享文件夹: the share at the office, the stick on the road; which is used, what each can do, when it was last met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.identity import from_text
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.store import Store

_LIST = "folders"
OLD_ROUND = timedelta(hours=12)
"""A folder that is there when the program starts is synchronised by itself when the last round is older than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFolder:
    """One folder of the office that this computer knows. `mode` as `sync.folder.Mode`, "" before it was tried; `last`
    is the last round with it and `complete` whether that one took in everything."""

    path: str
    in_use: bool
    mode: str
    tried_at: datetime | None
    last: datetime | None
    complete: bool


class SharedFolders:
    """The list; nothing here looks into a folder, so that a dead share keeps nobody waiting."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self) -> tuple[SharedFolder, ...]:
        """The one in use first, then in the order in which they were added."""
        from jiandu_desktop.storage import county, journal

        with self._store.reading() as work:
            facts = county.facts(work)
            receipts = journal.receipts(work)
        used = str(facts.get("folder") or "")
        rows = []
        for path in _paths(facts):
            probe = facts.get(f"probe.{path}") or {}
            rounds = [each for each in receipts if each.folder == path]
            last = max(rounds, key=lambda each: each.at, default=None)
            rows.append(
                SharedFolder(
                    path=path,
                    in_use=path == used,
                    mode=str(probe.get("mode", "")),
                    tried_at=from_text(probe["at"]) if probe else None,
                    last=last.at if last else None,
                    complete=last is not None and not last.report["trouble"],
                )
            )
        return tuple(rows)

    def add(self, path: str) -> None:
        """Remember a folder; the one in use stays what it is."""
        self._keep(lambda paths: [*paths, path] if path not in paths else paths)

    def use(self, path: str) -> None:
        """Synchronise with this one from now on; the others stay in the list."""
        from jiandu_desktop.storage import county

        with self._store.writing() as work:
            paths = _paths(county.facts(work))
            county.keep_fact(work, _LIST, paths if path in paths else [*paths, path])
            county.keep_fact(work, "folder", path)
        self._store.publish(Changes(sync=True))

    def forget(self, path: str) -> None:
        """Take it off the list; nothing in it is touched. Of the one in use the next takes its place."""
        from jiandu_desktop.storage import county

        with self._store.writing() as work:
            facts = county.facts(work)
            paths = [each for each in _paths(facts) if each != path]
            county.keep_fact(work, _LIST, paths)
            if facts.get("folder") == path:
                county.keep_fact(work, "folder", paths[0] if paths else "")
        self._store.publish(Changes(sync=True))

    def present(self) -> tuple[str, ...]:
        """Those that can be reached now; takes its time where a share is dead: for a lane."""
        with self._store.glancing() as glance:
            paths = _paths(glance.facts())
        return tuple(path for path in paths if Path(path).is_dir())

    def is_round_old(self) -> bool:
        """Whether the last round with the folder in use was so long ago that one is due by itself."""
        row = next((row for row in self.rows() if row.in_use), None)
        return row is not None and (row.last is None or self._store.clock() - row.last > OLD_ROUND)

    def _keep(self, change: Any) -> None:
        from jiandu_desktop.storage import county

        with self._store.writing() as work:
            county.keep_fact(work, _LIST, change(_paths(county.facts(work))))
        self._store.publish(Changes(sync=True))


def _paths(facts: Any) -> list[str]:
    used = str(facts.get("folder") or "")
    listed = [str(each) for each in facts.get(_LIST) or ()]
    return [*([used] if used else []), *(each for each in listed if each != used)]
