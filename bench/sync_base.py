"""A new laptop takes the office's base of 10^5 visits: the time, and the memory of a process of its own.

`python -m bench.sync_base LAPTOP SHARED` is that process; it prints milliseconds, megabytes, and the processor's time.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.measuring import Figure, Result, alone, peak_memory, since
from bench.sync_county import ITEMS, PHOTOS, SCHOOLS, county_under
from bench.workplace import ROOT, Workplace
from jiandu_desktop.domain.identity import new_id, system_clock, to_text
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import open_services
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.services.store import Store
from jiandu_desktop.sync.base import publish_base, take_base
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.look import look

VISITS = 100_000
SECONDS = 60
MEGABYTES = 300
_ANSWERS = ("yes", "no", "na", "制度健全，记录完整", "灭火器压力不足，已当场要求更换", "3")


def measure(place: Workplace) -> Iterator[Result]:
    """Told too: what the office needs to publish it, and the laptop's disk for writing and flushing as many bytes."""
    with county_under(place.folder / "base") as county:
        laptop = county.laptop("i1")
        own = laptop.store.folder.root
        laptop.close()
        office = county.office.store
        fill_office(office, VISITS)
        folder = Folder(county.shared, device=office.device())

        def publish() -> None:
            publish_base(folder, StoredReplica(office), Progress(), now=system_clock())

        yield Result("base of 10^5 visits: published", alone(publish, runs=1))
        command = [sys.executable, "-m", "bench.sync_base", str(own), str(county.shared)]
        told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split()
        took, peak, busy = map(float, told)
        size = (own / "jiandu.db").stat().st_size
        flushed = alone(lambda: _flush(place.folder / "flushed", size), runs=1)
        yield Result("base of 10^5 visits: taken", Figure((took,)), limit=SECONDS * 1000)
        yield Result("  of the processor", Figure((busy,)))
        yield Result(f"  {size >> 20} MB written and flushed", flushed)
        yield Result("base of 10^5 visits: memory", Figure((peak,)), limit=MEGABYTES, unit="MB")


def fill_office(store: Store, count: int, seed: int = 1) -> None:
    """Give a database `count` finished visits of 60 answers, six photos and one problem each, by the driver itself."""
    chance = random.Random(seed)
    now = to_text(system_clock())
    visits = [f"0193f3a0-{n >> 16:04x}-7000-8000-{n:012x}" for n in range(count)]
    texts = {"task": "秋季开学督导", "kind": "routine", "form_id": "routine", "checklist_hash": "a" * 64}
    ends = {"started_at": now, "finished_at": now, "state": "finished", "content_hash": "b" * 64, "score": "86.4"}
    lists = {"inspector_ids": '["i-1"]', "vetoed": "[]", "opinion": "unsaid", "device": "a" * 16}
    with store.database.connection() as connection:
        connection.execute("BEGIN")
        filling = _Filling(connection)
        filling.fill(
            "visits",
            {**texts, **ends, **lists},
            ({"id": visit, "school_id": f"s{n % SCHOOLS}"} for n, visit in enumerate(visits)),
        )
        filling.fill(
            "answers",
            {},
            (
                {"visit_id": visit, "ref": f"section_{n // 10}/item_{n}", "value": chance.choice(_ANSWERS)}
                for visit in visits
                for n in range(ITEMS)
            ),
        )
        photos = [(visit, n, f"{chance.getrandbits(256):064x}") for visit in visits for n in range(PHOTOS)]
        filling.fill(
            "photos",
            {"ref": "section_0/item_3", "name": "IMG_0001.jpg", "bytes": 2_500_000, "added_at": now},
            ({"id": f"{visit}-{n}", "visit_id": visit, "sha256": sha256} for visit, n, sha256 in photos),
        )
        filling.fill(
            "blob_refs",
            {"device": "a" * 16, "seq": 1, "length": 2_500_000, "period": "2026q4", "role": "photo", "stored": 1},
            ({"name": sha256} for _, _, sha256 in photos),
        )
        problem = {"text": "消防通道堆放杂物，灭火器过期", "matter": "校园安全", "basis": "第三条", "measure": "清理"}
        state = {"grade": "general", "handling": "by_date", "found_at": now, "state": "rectifying"}
        filling.fill(
            "problems",
            {**problem, **state, "ref": "section_0/item_3"},
            ({"id": f"p-{n}", "visit_id": v, "school_id": f"s{n % SCHOOLS}"} for n, v in enumerate(visits)),
        )
        connection.execute("COMMIT")


class _Filling:
    """Rows of which only some columns are said: the rest is what the column has by default, or nothing."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def fill(self, table: str, same: dict[str, Any], rows: Iterable[dict[str, Any]]) -> None:
        columns = []
        base: dict[str, Any] = {}
        for _, name, kind, needed, default, _ in self._connection.execute(f"PRAGMA table_info({table})"):
            if default is not None and name not in same:
                continue
            columns.append(name)
            nothing: Any = 0 if kind in ("INTEGER", "BOOLEAN") else ""
            base[name] = same.get(name, nothing if needed else None)
        listed, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" for _ in columns)
        self._connection.executemany(
            f"INSERT INTO {table} ({listed}) VALUES ({marks})",
            ([row.get(name, base[name]) for name in columns] for row in rows),
        )


def _flush(path: Path, size: int) -> None:
    piece = random.Random(1).randbytes(1 << 20)
    with path.open("wb") as target:
        for _ in range(size >> 20):
            target.write(piece)
        target.flush()
        os.fsync(target.fileno())
    path.unlink()


def _take(own: Path, shared: Path) -> None:
    services = open_services(DataFolder(own), clock=system_clock, new_id=new_id)
    replica = StoredReplica(services.store)
    folder = Folder(shared, device=services.store.device())
    root = look(folder, replica).root
    began = time.perf_counter()
    if not take_base(folder, replica, Progress(), root):
        raise RuntimeError("the base was not taken")
    took = since(began)
    services.close()
    sys.stdout.write(f"{took} {peak_memory()} {time.process_time() * 1000}\n")


if __name__ == "__main__":
    _take(Path(sys.argv[1]), Path(sys.argv[2]))
