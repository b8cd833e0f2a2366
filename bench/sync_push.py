"""Push of 60 visits with 360 photos beside copying and flushing the same files: a local disk, a slow line, rsync."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.measuring import Figure, Result, in_turn, peak_memory, since
from bench.sync_county import BenchCounty, county_under, finish_visits, forget_sent
from bench.workplace import ROOT, Workplace
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.services.threads import Threads
from jiandu_desktop.sync.disk import Disk, LocalDisk
from jiandu_desktop.sync.folder import CHUNK, Folder
from jiandu_desktop.sync.lanes import Lanes, OneLane
from jiandu_desktop.sync.look import look
from jiandu_desktop.sync.push import push

VISITS = 60
VISITS_ON_THE_LINE = 10
PHOTO_BYTES = (500_000, 2_500_000)
LINE_BYTES = 100_000_000 / 8
"""Bytes per second of a line of 100 Mb/s, both directions together."""
LINE_DELAY = 0.020
"""Seconds that every call takes on it."""
MEMORY_LIMIT = 150.0
"""Megabytes that a push may add to the process, whatever it sends."""


class SlowLine(LocalDisk):
    """A folder behind a line: every call waits for its round trip, and all bytes share one width."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free_at = 0.0

    def _pass(self, length: int = 0) -> None:
        with self._lock:
            now = time.monotonic()
            self._free_at = max(now, self._free_at) + length / LINE_BYTES
            until = self._free_at + LINE_DELAY
        time.sleep(max(0.0, until - now))

    def names(self, folder: Path) -> list[str]:
        self._pass()
        return super().names(folder)

    def size(self, path: Path) -> int:
        self._pass()
        return super().size(path)

    def read(self, path: Path, limit: int) -> bytes:
        data = super().read(path, limit) if path.exists() else b""
        self._pass(len(data))
        return super().read(path, limit)

    def create(self, path: Path) -> int:
        self._pass()
        return super().create(path)

    def write(self, handle: int, data: bytes) -> int:
        self._pass(len(data))
        return super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._pass()
        super().sync(handle)

    def close(self, handle: int) -> None:
        self._pass()
        super().close(handle)

    def rename(self, old: Path, new: Path) -> None:
        self._pass()
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self._pass()
        super().remove(path)

    def make_folder(self, path: Path) -> None:
        self._pass()
        super().make_folder(path)

    def sync_folder(self, path: Path) -> None:
        self._pass()
        super().sync_folder(path)


def measure(place: Workplace) -> Iterator[Result]:
    """On the local disk one and four streams; on the line four; beside rsync; and the memory of a push."""
    with county_under(place.folder / "push") as county:
        laptop = county.laptop("i1")
        finish_visits(laptop.store, VISITS, photo_bytes=PHOTO_BYTES)
        pushing = _Pushing(county, laptop, place.folder / "copied")
        for width, limit in ((1, 2.0), (4, 1.3)):
            ours, copied = in_turn(pushing.ours(LocalDisk(), width), pushing.copy(LocalDisk()), runs=7, warm_up=1)
            yield Result(f"push, local disk, {_streams(width)}", ours, copied, limit)
        yield Result("push, 4 streams: memory it adds", _memory(laptop, county.shared), limit=MEMORY_LIMIT, unit="MB")
        if shutil.which("rsync"):
            ours, copied = in_turn(pushing.ours(LocalDisk(), 4), pushing.rsync, runs=5, warm_up=1)
            yield Result("push, four streams : rsync --fsync", ours, copied, 1.0)
        else:
            print("rsync is not installed: push is not compared with it", flush=True)
        laptop.close()
    with county_under(place.folder / "line") as county:
        laptop = county.laptop("i1")
        finish_visits(laptop.store, VISITS_ON_THE_LINE, photo_bytes=PHOTO_BYTES)
        pushing = _Pushing(county, laptop, place.folder / "copied")
        ours, copied = in_turn(pushing.ours(SlowLine(), 4), pushing.copy(SlowLine()), runs=2, warm_up=0)
        yield Result("push, 100 Mb/s and 20 ms, four", ours, copied, 0.85)
        laptop.close()


class _Pushing:
    """The same visits pushed and copied again and again, each time into an empty place."""

    def __init__(self, county: BenchCounty, laptop: Services, copied: Path) -> None:
        self._shared = county.shared
        self._laptop = laptop
        self._copied = copied
        self._files = sorted(path for path in laptop.store.folder.media.rglob("*") if path.is_file())

    def ours(self, disk: Disk, width: int) -> Callable[[], float]:
        """A push as a laptop does it on a network share or local folder, from freezing to the head."""

        def run() -> float:
            forget_sent(self._laptop.store)
            _clear(self._shared)
            replica = StoredReplica(self._laptop.store)
            lanes: Lanes = Threads(width) if width > 1 else OneLane()
            folder = Folder(self._shared, device=self._laptop.store.device(), disk=disk, lanes=lanes, careful=False)
            began = time.perf_counter()
            receipt = push(folder, replica, Progress(), now=system_clock())
            took = since(began)
            if isinstance(lanes, Threads):
                lanes.close()
            if receipt.sent.photos != len(self._files) or receipt.waiting or receipt.refused:
                raise RuntimeError(f"not everything was sent: {receipt}")
            return took

        return run

    def copy(self, disk: Disk) -> Callable[[], float]:
        """Each file read, written in pieces of the same length, flushed and closed."""

        def run() -> float:
            self._empty()
            began = time.perf_counter()
            for path in self._files:
                data = path.read_bytes()
                handle = disk.create(self._copied / path.name)
                for start in range(0, len(data), CHUNK):
                    disk.write(handle, data[start : start + CHUNK])
                disk.sync(handle)
                disk.close(handle)
            return since(began)

        return run

    def rsync(self) -> float:
        """The program for it."""
        self._empty()
        began = time.perf_counter()
        command = ["rsync", "-a", "--fsync", f"{self._laptop.store.folder.media}/", str(self._copied)]
        subprocess.run(command, check=True, capture_output=True)
        return since(began)

    def _empty(self) -> None:
        shutil.rmtree(self._copied, ignore_errors=True)
        self._copied.mkdir()
        os.sync()


def _memory(laptop: Services, shared: Path) -> Figure:
    """Megabytes by which a process of its own grows while it pushes everything with four streams."""
    forget_sent(laptop.store)
    _clear(shared)
    command = [sys.executable, "-m", "bench.sync_push", str(laptop.store.folder.root), str(shared)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return Figure((float(told),))


def _push_alone(own: Path, shared: Path) -> None:
    services = open_services(DataFolder(own), clock=system_clock, new_id=new_id)
    replica = StoredReplica(services.store)
    lanes = Threads()
    folder = Folder(shared, device=services.store.device(), lanes=lanes, careful=False)
    look(folder, replica)
    before = peak_memory()
    push(folder, replica, Progress(), now=system_clock())
    lanes.close()
    services.close()
    sys.stdout.write(f"{peak_memory() - before}\n")


def _clear(shared: Path) -> None:
    for name in ("blob", "dev", "head"):
        shutil.rmtree(shared / name, ignore_errors=True)
        (shared / name).mkdir()
    os.sync()


def _streams(width: int) -> str:
    return "one stream" if width == 1 else f"{width} streams"


if __name__ == "__main__":
    _push_alone(Path(sys.argv[1]), Path(sys.argv[2]))
