"""Hostile files in the folder: never applied, never a crash, little memory, and everybody else goes on.

The inputs lie in the folder, some at once, while an office reads it, beside the honest files of another laptop.
JIANDU_HOSTILE=100000 goes through so many inputs, else some thousands.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync.base import newest_base
from jiandu_desktop.sync.invitation import read_invitation
from jiandu_desktop.sync.operation import Draft
from tests.support import bombs, hostile
from tests.support.county import County, Member

INPUTS = int(os.environ.get("JIANDU_HOSTILE", "3000"))
MEMORY = 96 << 20
"""Bytes that reading one hostile file may cost at most: twelve times the largest segment."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(max(110, INPUTS // 10))]
KINDS = ("segment", "insider", "head", "root", "pack", "base", "chunks", "photo")


class Siege:
    """An office that has read everything, an attacker's laptop that it knows, and an honest one."""

    def __init__(self, home: Path) -> None:
        self.county = County(home)
        self.honest = self.county.laptop("wang")
        self.attacker = self.county.laptop("li")
        wanted = [ref.to_json() for ref in (hostile.PHOTO, hostile.FILM)]
        self.attacker.replica.record([Draft("visit.finished", "film", {"blobs": wanted})])
        for laptop in (self.honest, self.attacker):
            laptop.sync()
        self.county.office.sync()
        self.counted: Counter[str] = Counter()
        self.applied = self._known()

    @property
    def office(self) -> Member:
        return self.county.office

    def _known(self) -> tuple[object, ...]:
        replica = self.office.replica
        return (
            [op.op_id for op in replica.ops() if op.device != self.office.device],
            dict(replica.positions()),
            dict(replica.acknowledged()),
            dict(replica.devices()),
        )

    def strike(self, kind: str, batch: dict[str, bytes]) -> None:
        """Put the files there, let the office read, take them away; AssertionError where anything was applied."""
        for path, data in batch.items():
            target = self.county.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        try:
            self.office.sync(scrub=True)
        except Trouble:
            # A damaged root file beside the true one may be told; of everything else a sync makes nothing.
            if kind != "root":
                raise
        assert newest_base(self.honest.folder(), self.county.made) is None
        for path in batch:
            (self.county.root / path).unlink()
        assert self._known() == self.applied, (kind, [data[:400] for data in batch.values()])
        self.counted[kind] += len(batch)

    def goes_on(self) -> None:
        """An honest visit is read and confirmed as if nothing were."""
        visit = self.honest.visit(photos=1, documents=0)
        for _ in range(2):
            self.honest.sync()
            self.office.sync(scrub=True)
        assert visit in [op.entity for op in self.office.replica.ops("visit.")]
        self.honest.sync()
        own = self.honest.replica.own_segments()
        assert self.honest.replica.acknowledged()[self.honest.device] == len(own)
        self.applied = self._known()


@pytest.fixture
def siege(tmp_path: Path) -> Iterator[Siege]:
    made = Siege(tmp_path)
    yield made
    made.county.close()


@pytest.mark.fault(31, 32, 34, 55, 56, 57)
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_lies_in_the_folder_is_never_applied(siege: Siege, kind: str) -> None:
    dice = random.Random(kind)
    most = INPUTS // (16 if hostile.AT_ONCE[kind] == 1 else 6)
    source = hostile.SOURCES[kind](siege.county, siege.attacker, dice)
    while siege.counted[kind] < most:
        inputs = itertools.islice(source, hostile.AT_ONCE[kind])
        siege.strike(kind, {hostile.place(kind, siege.attacker, n): data for n, data in enumerate(inputs)})
    siege.goes_on()
    if folder := os.environ.get("JIANDU_HOSTILE_RESULT"):
        Path(folder, f"{kind}.json").write_text(json.dumps(dict(siege.counted)), encoding="utf-8")


def test_unspoilt_it_would_have_been_taken_in(siege: Siege) -> None:
    """The check of the check: what is spoilt above is good but for the harm."""
    path = siege.county.root / hostile.place("segment", siege.attacker, 0)
    path.write_bytes(hostile.crafted(siege.attacker))
    siege.office.sync(scrub=True)
    assert siege._known() != siege.applied


@pytest.mark.fault(57)
@pytest.mark.parametrize("bomb", sorted(bombs.BOMBS))
def test_a_bomb_costs_little_memory(siege: Siege, bomb: str) -> None:
    path, data = bombs.BOMBS[bomb](siege.attacker)
    siege.office.sync(scrub=True)
    tracemalloc.start()
    try:
        siege.strike(bomb, {path: data})
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY, f"{peak >> 20} MiB for {len(data) >> 20} MiB"
    siege.goes_on()


@pytest.mark.fault(57, 58)
def test_names_that_are_traps(siege: Siege) -> None:
    """A file under such a name is not opened, not answered, not removed."""
    siege.attacker.visit(photos=0, documents=0)
    siege.attacker.replica.record([Draft("visit.finished", "x", {})])
    journal = siege.county.root / "dev" / siege.attacker.device
    true = next(journal.iterdir()).read_bytes()
    for name in bombs.NAMES:
        for folder in (siege.county.root, siege.county.root / "head", siege.county.root / "dev", journal):
            (folder / name).write_bytes(true)
    before = siege.county.files()
    siege.office.sync(scrub=True)
    siege.applied = siege._known()
    after = siege.county.files()
    assert {path: after.get(path) for path in before if siege.office.device not in path} == {
        path: data for path, data in before.items() if siege.office.device not in path
    }
    siege.goes_on()


@pytest.mark.fault(57)
def test_an_invitation_that_was_tampered_with(siege: Siege) -> None:
    honest = siege.county.invite("zhao", "nonce-zhao")
    true, codes = read_invitation(honest), set()
    dice = random.Random(5)
    for data in itertools.islice(hostile.spoilt(honest, dice), INPUTS // 16):
        try:
            said = read_invitation(data)
        except Trouble as trouble:
            codes.add(trouble.code)
        else:
            # A blank more or less between signed words: it must say the very same.
            assert said == true, data
    assert codes == {"invitation-unreadable", "invitation-forged"}
    siege.goes_on()
