"""Full visits of another laptop's journal read, proven and stored, beside the same rows given to the driver alone."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measuring import Figure, Result, in_turn, since
from bench.sync_county import county_under, finish_visits
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import open_services
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.storage.driver import connect
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.look import look
from jiandu_desktop.sync.pull import pull
from jiandu_desktop.sync.push import freeze, push

VISITS = 1_000
PER_SECOND = 1_000
_TABLES = (
    "visits",
    "answers",
    "received_trails",
    "remarks",
    "photos",
    "signatures",
    "operations",
    "segments",
    "blob_refs",
)


def measure(place: Workplace) -> Iterator[Result]:
    """Each run by a fresh copy of the reading laptop. The processor's own time is told beside the clock's."""
    with county_under(place.folder / "import") as county:
        writer, reader = county.laptop("i1"), county.laptop("i2")
        finish_visits(writer.store, VISITS, photo_bytes=None)
        replica = StoredReplica(writer.store)
        freeze(replica)
        with writer.store.writing() as work:
            # The records alone: what photos cost is measured with the push.
            work.exec_driver_sql("UPDATE blob_refs SET sent = 1")
        push(Folder(county.shared, device=writer.store.device()), replica, Progress(), now=system_clock())
        writer.close()
        reader.close()
        processor: list[float] = []
        empty, copied = reader.store.folder.root, place.folder / "reading"

        def ours() -> float:
            _copy(empty, copied)
            services = open_services(DataFolder(copied), clock=system_clock, new_id=new_id)
            mine = StoredReplica(services.store)
            folder = Folder(county.shared, device=services.store.device())
            began, busy = time.perf_counter(), time.process_time()
            receipt = pull(folder, mine, Progress(), now=system_clock(), seen=look(folder, mine), roles=())
            took = since(began)
            processor.append((time.process_time() - busy) * 1000)
            services.close()
            if receipt.arrived.visits != VISITS:
                raise RuntimeError(f"not everything arrived: {receipt}")
            return took

        full = place.folder / "full.db"
        ours()
        shutil.copy(DataFolder(copied).database, full)
        processor.clear()
        taken, rows = in_turn(ours, lambda: _insert(full, empty, copied), runs=5, warm_up=0)
        yield Result(f"import of {VISITS} visits : bare rows", taken, rows)
        yield Result(f"import of {VISITS} visits", taken, limit=VISITS / PER_SECOND * 1000)
        yield Result("  of the processor", Figure(tuple(processor)), limit=VISITS / PER_SECOND * 1000)


def _insert(full: Path, empty: Path, copied: Path) -> float:
    """The rows of the tables that a visit fills, in one transaction, into the same indexes."""
    _copy(empty, copied)
    source, target = connect(full), connect(DataFolder(copied).database)
    rows: dict[str, list[Any]] = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name in _TABLES}
    began = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for name, each in rows.items():
        marks = ", ".join("?" for _ in each[0])
        target.executemany(f"INSERT OR REPLACE INTO {name} VALUES ({marks})", each)
    target.execute("COMMIT")
    took = since(began)
    source.close()
    target.close()
    return took


def _copy(empty: Path, copied: Path) -> None:
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(empty, copied)
