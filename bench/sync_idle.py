"""A sync that has nothing to do, with few and with many visits in the county; beside rsync and unison."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Figure, Result, in_turn
from bench.sync_base import fill_office
from bench.sync_county import BenchCounty, county_under, finish_visits
from bench.workplace import Workplace
from jiandu_desktop.domain.identity import system_clock
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.storage import journal
from jiandu_desktop.sync import names
from jiandu_desktop.sync.disk import LocalDisk
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.look import head_bytes
from jiandu_desktop.sync.once import sync_once
from jiandu_desktop.sync.push import freeze

FEW, MANY = 1_000, 100_000
DEVICES = 100
ROUNDS = 21


class CountingDisk(LocalDisk):
    """Counts what is asked of the folder."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def names(self, folder: Path) -> list[str]:
        self.calls["listings"] += 1
        return super().names(folder)

    def size(self, path: Path) -> int:
        self.calls["others"] += 1
        return super().size(path)

    def read(self, path: Path, limit: int) -> bytes:
        self.calls["reads"] += 1
        return super().read(path, limit)

    def create(self, path: Path) -> int:
        self.calls["others"] += 1
        return super().create(path)

    def rename(self, old: Path, new: Path) -> None:
        self.calls["others"] += 1
        super().rename(old, new)


def measure(place: Workplace) -> Iterator[Result]:
    """Calls on the folder and time of an idle round; then the programs that compare two trees."""
    with county_under(place.folder / "few") as few, county_under(place.folder / "many") as many:
        small, large = _Idle(few, FEW), _Idle(many, MANY)
        for idle, label in ((small, "10^3"), (large, "10^5")):
            calls = idle.calls()
            for kind, limit in (("listings", 2), ("reads", 1), ("others", 0)):
                figure = Figure((float(calls[kind]),))
                yield Result(f"idle, {label} visits: {kind}", figure, limit=limit, unit="calls")
        ours, fewer = in_turn(large.protocol, small.protocol, runs=ROUNDS, warm_up=3)
        yield Result("idle round: 10^5 : 10^3 visits", ours, fewer, 1.1)
        ours, fewer = in_turn(large.program, small.program, runs=ROUNDS, warm_up=3)
        yield Result("  with what the program adds", ours, fewer)
        copied = place.folder / "copied"
        # Hard links: the two trees are the same in every name, length and time, which is all that is looked at.
        subprocess.run(["cp", "-al", str(many.shared), str(copied)], check=True)
        for name, command in _comparisons(many.shared, copied, place.folder / "unison"):
            if shutil.which(name) is None:
                print(f"{name} is not installed: an idle sync is not compared with it", flush=True)
                continue
            environment = {**os.environ, "UNISON": str(place.folder / "unison")}

            def theirs(command: list[str] = command, environment: dict[str, str] = environment) -> None:
                subprocess.run(command, check=True, capture_output=True, env=environment)

            ours, yardstick = in_turn(large.program, theirs, runs=5, warm_up=1)
            yield Result(f"idle round : {name}", ours, yardstick, 1 / 20)
        small.close()
        large.close()


class _Idle:
    """A laptop that knows everything of a county with `visits` visits, its share of which it wrote itself."""

    def __init__(self, county: BenchCounty, visits: int) -> None:
        self._county = county
        self._laptop = county.laptop("i1")
        store = self._laptop.store
        fill_office(store, visits)
        finish_visits(store, visits // DEVICES, photo_bytes=None)
        freeze(StoredReplica(store))
        with store.writing() as work:
            work.exec_driver_sql("UPDATE blob_refs SET sent = 1, stored = 1")
        self._add_devices(visits)
        # The first round tries the folder, sends what is there, and looks at everything once.
        for _ in range(3):
            self.program()

    def calls(self) -> Counter[str]:
        """What one idle round asks of the folder."""
        disk = CountingDisk()
        self._round(disk)
        return disk.calls

    def protocol(self) -> float:
        """The round itself: milliseconds of the processor, as what else the machine does is longer than a round."""
        began = time.process_time()
        self._round(LocalDisk())
        return (time.process_time() - began) * 1000

    def program(self) -> None:
        """What the button does: the round, the readable copies, the line in the list of rounds."""
        self._laptop.exchange.sync(Progress())

    def close(self) -> None:
        self._laptop.close()

    def _round(self, disk: LocalDisk) -> None:
        folder = Folder(self._county.shared, device=self._laptop.store.device(), disk=disk)
        receipt = sync_once(folder, StoredReplica(self._laptop.store), Progress(), now=system_clock())
        if receipt.sent or receipt.arrived or receipt.waiting:
            raise RuntimeError(f"not idle: {receipt}")

    def _add_devices(self, visits: int) -> None:
        """The heads of 98 more laptops, read as far as they go, and a file for each visit of theirs."""
        store, shared = self._laptop.store, self._county.shared
        me = store.membership()
        period = shared / "blob" / "2026q4"
        for place in range(256):
            (period / f"{place:02x}").mkdir(parents=True, exist_ok=True)
        for number in range(visits):
            name = hashlib.sha256(str(number).encode()).hexdigest()
            (period / name[:2] / name).write_bytes(b"photo")
        with store.writing() as work:
            for _ in range(DEVICES - 2):
                key = DeviceKey.generate()
                head = names.HeadName(key.device, 40, "0" * 8)
                (shared / "head" / str(head)).write_bytes(head_bytes(head, me.repo_id, key))
                (shared / "dev" / key.device).mkdir()
                journal.put_position(work, key.device, 40, "0" * 64)


def _comparisons(tree: Path, copied: Path, archives: Path) -> list[tuple[str, list[str]]]:
    archives.mkdir()
    return [
        ("rsync", ["rsync", "-a", "--delete", f"{tree}/", f"{copied}/"]),
        ("unison", ["unison", "-batch", "-silent", str(tree), str(copied)]),
    ]
