"""Real file systems that are full, out of names, read-only or gone: tmpfs and ext4 on a loop device."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from tests.support.county import County, Member
from tests.support.mounts import Mount, why_not
from tests.support.programs import copy_bureau, faults_of, finish_visit, opened, program, run_program, settle

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "mounting works here")]

PAGE = 4096
EVERY = 1 if os.environ.get("JIANDU_FAULTS") == "all" else 4


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    made = Mount(tmp_path / "mount")
    yield made
    made.close()


def county_on(home: Path, mount: Mount, *options: str, image: str = "") -> tuple[County, Member]:
    """A county whose shared folder is moved onto the mount, and a laptop with a visit to hand in."""
    county = County(home)
    laptop = county.laptop("li")
    laptop.visit(photos=3, documents=1, size=9_000)
    mount.put(*options, image=image)
    _move(county, mount.root)
    return county, laptop


def _move(county: County, root: Path) -> None:
    shutil.copytree(county.root, root, dirs_exist_ok=True)
    county.root = root
    for member in county.members:
        member.root = root


def arrives(county: County, laptop: Member) -> None:
    county.settle()
    assert len(county.office.replica.ops("visit.")) == len(laptop.replica.ops("visit."))
    assert not county.office.replica.missing_blobs(None)
    assert laptop.replica.acknowledged()[laptop.device] == len(laptop.replica.own_segments())
    assert not [name for name in county.files() if name.endswith(".part")]


@pytest.mark.fault(16, 18)
@pytest.mark.parametrize("kind", ["bytes", "names"])
def test_a_full_tmpfs_of_every_size(tmp_path: Path, mount: Mount, kind: str) -> None:
    """What does not fit is told and not claimed; when there is room, everything goes."""
    fulls = 0
    for size in range(3, 24, EVERY) if kind == "bytes" else range(9, 26, EVERY):
        limits = (f"size={size * PAGE}",) if kind == "bytes" else (f"nr_inodes={size}",)
        try:
            county, laptop = county_on(tmp_path / f"{size}", mount, *limits)
        except OSError:
            continue  # not even the empty shared folder fits
        receipt = laptop.sync()
        fulls += receipt.trouble == "folder-full"
        assert receipt.trouble in ("", "folder-full"), receipt.trouble
        assert not laptop.replica.acknowledged()
        own = [name for name in county.files() if name.startswith(f"dev/{laptop.device}/")]
        assert len(own) == sum(each.sent for each in laptop.replica.own_segments())
        mount.again("size=4m", "nr_inodes=1000")
        arrives(county, laptop)
        county.close()
        mount.close()
    assert fulls >= 2


@pytest.mark.fault(16, 18)
@pytest.mark.parametrize("options", [["-N", "32"], ["-N", "256"]], ids=["few names", "few bytes"])
def test_a_full_ext4(tmp_path: Path, mount: Mount, options: list[str]) -> None:
    image = mount.make_image(tmp_path / "image", 512 * 1024, *options)
    county, laptop = county_on(tmp_path / "county", mount, image=image)
    for _ in range(12):
        laptop.visit(photos=2, documents=0, size=40_000)
    receipt = laptop.sync()
    assert receipt.trouble == "folder-full"
    assert receipt.waiting
    bigger = tmp_path / "bigger"
    bigger.mkdir()
    _move(county, bigger)
    assert laptop.sync().complete
    arrives(county, laptop)
    county.close()


@pytest.mark.fault(19)
def test_made_read_only_in_mid_push(tmp_path: Path, mount: Mount) -> None:
    """A stick whose switch is pushed, a share that falls back to read-only: told, and made good when it is writable."""
    for step in range(8, 40, 4 * EVERY):
        county, laptop = county_on(tmp_path / f"{step}", mount, "size=4m")
        _at(laptop, step, lambda: mount.again("ro"))
        assert laptop.sync().trouble == "folder-read-only"
        mount.again("rw")
        laptop.disk.edit_names = lambda folder, found: found
        arrives(county, laptop)
        county.close()
        mount.close()


@pytest.mark.fault(21, 61)
def test_unmounted_in_mid_push(tmp_path: Path, mount: Mount) -> None:
    """A stick is pulled: nothing is written into the empty folder where it was; what is on it stays usable."""
    image = mount.make_image(tmp_path / "image", 2 << 20)
    for step in range(8, 40, 4 * EVERY):
        county, laptop = county_on(tmp_path / f"{step}", mount, image=image)
        _at(laptop, step, mount.pull)
        code = ""
        try:
            laptop.sync()
        except Trouble as trouble:
            code = trouble.code
        assert code in ("", "folder-missing", "folder-not-jiandu", "folder-unreachable")
        assert list(mount.root.iterdir()) == []
        laptop.disk.leave()
        mount.put(image=image)
        arrives(county, laptop)
        county.close()
        mount.close()
        image = mount.make_image(tmp_path / "image", 2 << 20)


def _at(laptop: Member, step: int, happen: object) -> None:
    """Let something happen to the disk before the laptop's call number `step`."""
    honest = laptop.disk._step
    left = [step]

    def count(call: str, **more: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            assert callable(happen)
            happen()
        honest(call, **more)  # type: ignore[arg-type]

    laptop.disk._step = count  # type: ignore[method-assign]


@pytest.mark.fault(17)
def test_the_laptops_own_disk_is_full(tmp_path: Path, mount: Mount) -> None:
    """While it receives: a sentence, no damage, and everything once there is room."""
    bureau = copy_bureau(tmp_path / "bureau", 2)
    sender, receiver = bureau.laptops
    services = opened(sender)
    for _ in range(3):
        finish_visit(services)
    services.exchange.sync(Progress(), str(bureau.share))
    services.close()
    used = sum(path.stat().st_size for path in receiver.rglob("*") if path.is_file())
    full = 0
    for room in (8, 16, 48, 96):
        mount.put(f"size={(used // PAGE + room) * PAGE}")
        inside = mount.root / "data"
        try:
            shutil.copytree(receiver, inside)
        except shutil.Error:
            mount.close()
            continue
        done = run_program(program(inside, "sync", str(bureau.share)))
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1)
        full += done.returncode
        mount.again("size=64m")
        done = run_program(program(inside, "sync", str(bureau.share)))
        assert done.returncode == 0, done.stdout + done.stderr
        mount.close()
    assert full
    settle(bureau)
    assert faults_of(bureau) == []


@pytest.mark.fault(20)
def test_no_right_to_the_own_journal(tmp_path: Path) -> None:
    """A folder of ours that we may not enter: said by name, nothing crashes, made good when the right is given."""
    county = County(tmp_path / "county")
    laptop = county.laptop("li")
    laptop.sync()
    laptop.visit()
    journal = county.root / "dev" / laptop.device
    if subprocess.run(["chattr", "+i", str(journal)], check=False, capture_output=True).returncode:
        pytest.skip("the file system knows no files that nobody may change")
    try:
        receipt = laptop.sync()
    finally:
        subprocess.run(["chattr", "-i", str(journal)], check=False, capture_output=True)
    assert receipt.trouble == "folder-read-only"
    county.settle()
    assert len(county.office.replica.ops("visit.")) == 1
    county.close()
