"""`python -m tests.support.crowd HOME LAPTOPS`: that many processes push into one folder in the same moment.

The office reads while they write. Prints one line of JSON: what arrived, what is wrong, and how long a push took.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from jiandu_desktop.progress import Progress
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.once import sync_once
from tests.support.county import NOW, County, Member
from tests.support.test_replica import DiskReplica

PATIENCE = 300.0  # seconds for the slowest
PHOTO = 40_000  # bytes


def main() -> int:
    home, count = Path(sys.argv[1]), int(sys.argv[2])
    county = County(home)
    laptops = [county.laptop(f"p{number:03d}") for number in range(count)]
    for laptop in laptops:
        laptop.visit(photos=1, documents=1, size=PHOTO)
        laptop.replica.close()
    go = home / "go"
    children = [_begin(laptop, county, go) for laptop in laptops]
    go.touch()
    failed, office_rounds = _wait(children, county.office)
    for laptop in laptops:
        laptop.replica = DiskReplica(laptop.replica.home, laptop.replica.membership(), county.clock)
    county.settle(2)
    told = {
        "failed": failed,
        "office_rounds": office_rounds,
        "visits": len(county.office.replica.ops("visit.")),
        "missing": len(county.office.replica.missing_blobs(None)),
        "parts": len([name for name in county.files() if name.endswith(".part")]),
        "refused": len(county.office.replica.refusals),
        "unconfirmed": sum(
            laptop.replica.acknowledged().get(laptop.device) != len(laptop.replica.own_segments()) for laptop in laptops
        ),
        "seconds": sorted(float((laptop.replica.home / "seconds").read_text()) for laptop in laptops if not failed),
    }
    county.close()
    sys.stdout.write(json.dumps(told) + "\n")
    return 1 if failed else 0


def _begin(laptop: Member, county: County, go: Path) -> int:
    """A child process that waits for the signal and then pushes; its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        while not go.exists():
            time.sleep(0.01)
        replica = DiskReplica(laptop.replica.home, laptop.replica.membership(), county.clock)
        began = time.monotonic()
        # Real disk, real patience: whatever stands in the way must pass by itself.
        receipt = sync_once(Folder(county.root, device=laptop.device), replica, Progress(), now=NOW)
        (laptop.replica.home / "seconds").write_text(str(time.monotonic() - began))
        replica.close()
        code = 0 if receipt.complete else 1
    finally:
        os._exit(code)


def _wait(children: list[int], office: Member) -> tuple[int, int]:
    """How many children failed, and how often the office read meanwhile."""
    left, failed, rounds = set(children), 0, 0
    end = time.monotonic() + PATIENCE
    while left and time.monotonic() < end:
        office.sync()
        rounds += 1
        for child in sorted(left):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                left.discard(child)
                failed += status != 0
    for child in left:
        os.kill(child, 9)
        os.waitpid(child, 0)
    return failed + len(left), rounds


if __name__ == "__main__":
    sys.exit(main())
