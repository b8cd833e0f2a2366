"""Killed at every step, full at every byte, cancelled anywhere: repeat, and nothing is lost and nothing is double.

Rows of the fault catalogue (docs/faults.md): 1, 2, 4, 8, 9, 16, 70.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Cancelled, Progress, Step
from jiandu_desktop.sync.folder import Mode
from jiandu_desktop.sync.operation import Draft
from tests.support.county import County, Member
from tests.support.faulty_disk import FaultyDisk, Killed

BOTH = pytest.mark.parametrize("mode", [Mode.RENAME, Mode.DIRECT])


def fresh(home: Path, name: str, mode: Mode = Mode.RENAME) -> tuple[County, Member]:
    """A county with one laptop that has a visit to hand in."""
    county = County(home / name)
    laptop = county.laptop("li", mode=mode)
    laptop.visit(photos=2, documents=1)
    return county, laptop


def steps_of(home: Path, act: Callable[[Member], object], mode: Mode) -> int:
    """How many calls on the folder a run without faults makes."""
    county, laptop = fresh(home, "measure", mode)
    laptop.disk.forget()
    act(laptop)
    county.close()
    return laptop.disk.steps


def all_arrived(county: County, laptop: Member) -> None:
    """I1–I4: every visit is at the office, once, with every photo, and confirmed only now."""
    assert not county.office.replica.ops("visit."), "nothing is confirmed that the office has not read"
    county.settle()
    visits = [op.entity for op in county.office.replica.ops("visit.")]
    assert visits == [op.entity for op in laptop.replica.ops("visit.")]
    assert not county.office.replica.missing_blobs(None)
    assert laptop.replica.acknowledged()[laptop.device] == len(laptop.replica.own_segments())
    assert not [name for name in county.files() if name.endswith(".part")]
    names = [name for name in county.files() if name.startswith(f"dev/{laptop.device}/")]
    assert len(names) == len(laptop.replica.own_segments()), "no segment twice"


@pytest.mark.fault(1, 8, 9, 13)
@BOTH
@pytest.mark.parametrize("tear", [False, True])
def test_killed_at_every_step_of_a_push(tmp_path: Path, mode: Mode, tear: bool) -> None:
    total = steps_of(tmp_path, lambda member: member.sync(), mode)
    assert total > 30
    for step in range(1, total + 1):
        county, laptop = fresh(tmp_path, f"{step}", mode)
        laptop.disk.forget()
        laptop.disk.kill_at, laptop.disk.tear = step, tear
        with pytest.raises(Killed):
            laptop.sync()
        laptop.disk.leave()
        assert len([name for name in county.files() if name.endswith(".part")]) <= 1
        laptop.disk = FaultyDisk()
        laptop.visit(photos=1, documents=0)
        laptop.sync()
        all_arrived(county, laptop)
        county.close()
        shutil.rmtree(county.home)


@pytest.mark.fault(1)
def test_killed_at_every_step_again_and_again(tmp_path: Path) -> None:
    """The same push, killed one step later each time, ends after all."""
    county, laptop = fresh(tmp_path, "county")
    for step in range(1, 200):
        laptop.disk = FaultyDisk()
        laptop.disk.kill_at = step
        try:
            laptop.sync()
        except Killed:
            laptop.disk.leave()
            continue
        break
    laptop.disk = FaultyDisk()
    all_arrived(county, laptop)
    county.close()


@pytest.mark.fault(2)
def test_killed_inside_every_transaction_of_the_office(tmp_path: Path) -> None:
    """Row 2: the office's database is as before or as after; reading again is harmless."""
    for kill in range(1, 30):
        county, laptop = fresh(tmp_path, f"{kill}")
        laptop.sync()
        left = [kill]

        def die(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed

        county.office.replica.before_commit = die
        try:
            county.office.sync()
            finished = True
        except Killed:
            finished = False
        county.office.replica.before_commit = lambda: None
        county.settle()
        assert len(county.office.replica.ops("visit.")) == 1
        assert not county.office.replica.missing_blobs(None)
        assert laptop.replica.acknowledged()[laptop.device] == 1
        county.close()
        if finished:
            return
    raise AssertionError("the office's sync has a bounded number of transactions")


@pytest.mark.fault(4)
def test_killed_between_the_folder_and_every_mark_of_the_laptop(tmp_path: Path) -> None:
    """Row 4: the file is in the folder and the laptop does not know: the same bytes are found and marked."""
    for kill in range(1, 30):
        county, laptop = fresh(tmp_path, f"{kill}")
        left = [kill]

        def die(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise Killed

        laptop.replica.before_commit = die
        try:
            laptop.sync()
            finished = True
        except Killed:
            finished = False
        laptop.replica.before_commit = lambda: None
        laptop.disk.leave()
        laptop.sync()
        all_arrived(county, laptop)
        county.close()
        if finished:
            return
    raise AssertionError("a push has a bounded number of transactions")


@pytest.mark.fault(16)
@BOTH
def test_full_at_every_thousandth_byte(tmp_path: Path, mode: Mode) -> None:
    """Row 16: nothing is claimed that does not fit; when there is room again, everything goes."""
    county, laptop = fresh(tmp_path, "measure", mode)
    laptop.disk.forget()
    laptop.sync()
    total = laptop.disk.written
    county.close()
    assert total > 9000
    for capacity in range(0, total, 1000):
        county, laptop = fresh(tmp_path, f"{capacity}", mode)
        laptop.disk.capacity = capacity
        receipt = laptop.sync()
        assert receipt.trouble == "folder-full"
        files = county.files()
        assert receipt.sent.segments == len([name for name in files if name.startswith(f"dev/{laptop.device}")])
        assert receipt.sent.photos + receipt.sent.documents == len([name for name in files if name.startswith("blob")])
        assert not [name for name in files if name.endswith(".part")], "cleaned up: space is short"
        laptop.disk.capacity = None
        assert laptop.sync().complete
        all_arrived(county, laptop)
        county.close()


@pytest.mark.fault(16)
def test_records_go_through_where_photos_no_longer_fit(tmp_path: Path) -> None:
    """Text first: the office reads the visit and waits for its photos, and confirms nothing before they are there."""
    county, laptop = fresh(tmp_path, "county")
    laptop.visit(photos=1, documents=0, size=400_000)
    laptop.disk.capacity = 30_000
    receipt = laptop.sync()
    assert (receipt.trouble, receipt.sent.visits, receipt.waiting.photos) == ("folder-full", 2, 1)
    assert county.office.sync().arrived.visits == 2
    assert not county.office.replica.acknowledged().get(laptop.device)
    laptop.disk.capacity = None
    county.settle()
    assert laptop.replica.acknowledged()[laptop.device] == 1
    county.close()


def test_the_head_never_speaks_of_more_than_is_there(tmp_path: Path) -> None:
    """A large segment does not fit, the small one after it does: the head must not reach over the gap."""
    county = County(tmp_path / "county")
    laptop = county.laptop("li")
    laptop.sync()
    noise = "".join(hashlib.sha256(b"%d" % number).hexdigest() for number in range(4000))
    laptop.replica.record([Draft("visit.finished", "large", {"note": noise})])
    laptop.replica.record([Draft("visit.finished", "small", {})])
    laptop.disk.forget()
    laptop.disk.capacity = 20_000
    assert laptop.sync().sent.visits == 1
    (head,) = [name for name in county.files() if name.startswith(f"head/{laptop.device}")]
    assert head.split(".")[1] == "00000001"
    laptop.disk.capacity = None
    laptop.sync()
    assert county.office.sync().arrived.visits == 2
    county.close()


@pytest.mark.fault(72)
@BOTH
def test_cancelled_at_every_report_leaves_nothing_half_done(tmp_path: Path, mode: Mode) -> None:
    county, laptop = fresh(tmp_path, "county", mode)
    laptop.visit(photos=1, documents=0, size=3_500_000)
    for after in range(1, 40):
        seen: list[Step] = []
        progress = Progress(seen.append)
        calls = [after]
        honest = progress.check

        def check(calls: list[int] = calls, progress: Progress = progress, honest: object = honest) -> None:
            calls[0] -= 1
            if calls[0] == 0:
                progress.cancel()
            assert callable(honest)
            honest()

        progress.check = check  # type: ignore[method-assign]
        try:
            laptop.sync(progress=progress)
        except Cancelled:
            assert not [name for name in county.files() if name.endswith(".part")]
            continue
        assert seen[-1].done == seen[-1].total
        break
    else:
        raise AssertionError("cancelling ever later must let it finish")
    all_arrived(county, laptop)
    county.close()


@pytest.mark.fault(21, 61)
def test_a_folder_that_vanishes_at_every_step(tmp_path: Path) -> None:
    """Row 21 and a stick that is pulled: a sentence, no writing beside the folder, and the rest next time."""
    total = steps_of(tmp_path, lambda member: member.sync(), Mode.RENAME)
    for step in range(1, total + 1):
        county, laptop = fresh(tmp_path, f"{step}")
        laptop.disk.forget()
        laptop.disk.gone_at = step
        # A listing that finds nothing any more is no news and never a deletion; a file that is to be written tells.
        code = ""
        try:
            laptop.sync()
        except Trouble as trouble:
            code = trouble.code
        assert code in ("", "folder-missing", "folder-not-jiandu")
        laptop.disk = FaultyDisk()
        laptop.sync()
        all_arrived(county, laptop)
        county.close()
