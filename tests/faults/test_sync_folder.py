"""What third parties, cloud clients and clocks do to a folder: nothing is lost, nothing wrong is taken in.

Rows of the fault catalogue (docs/faults.md): 19–29, 32–34, 36–39, 42, 49, 55, 63.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.sync.folder import Mode
from jiandu_desktop.sync.operation import Draft
from jiandu_desktop.sync.refusal import Why
from tests.support.county import NOW, County, Member
from tests.support.test_replica import DiskReplica


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


def whys(county: County) -> set[Why]:
    return {refusal.why for refusal in county.office.replica.refusals}


def code_of_sync(county: County) -> str:
    li = county.members[1]
    with pytest.raises(Trouble) as trouble:
        li.sync()
    return trouble.value.code


@pytest.mark.fault(21, 22)
def test_missing_unmounted_and_foreign_folders_are_left_untouched(county: County, tmp_path: Path) -> None:
    """Rows 21, 22."""
    li = county.laptop("li")
    li.visit()
    li.root = tmp_path / "nowhere"
    assert code_of_sync(county) == "folder-missing"
    li.root = tmp_path / "mount"
    li.root.mkdir()
    assert code_of_sync(county) == "folder-not-jiandu"
    assert list(li.root.iterdir()) == []
    other = County(tmp_path / "other", "另一个区")
    before = other.files()
    li.root = other.root
    assert code_of_sync(county) == "folder-wrong-repo"
    assert other.files() == before
    other.close()


@pytest.mark.fault(19)
def test_a_read_only_folder_can_still_be_read(county: County) -> None:
    """Row 19."""
    li = county.laptop("li")
    county.office.replica.record([Draft("school.added", "s1", {})])
    county.office.sync()
    li.visit()
    li.disk.read_only = True
    receipt = li.sync()
    assert (receipt.trouble, receipt.arrived.schools) == ("folder-read-only", 1)
    li.disk.read_only = False
    li.mode = Mode.READ_ONLY
    assert li.sync().trouble == "folder-read-only"


@pytest.mark.fault(20)
def test_one_unreadable_journal_does_not_stop_the_others(county: County) -> None:
    """Row 20."""
    li, wang = county.laptop("li"), county.laptop("wang")
    for laptop in (li, wang):
        laptop.visit()
        laptop.sync()
    honest = county.office.disk.read

    def denied(path: Path, limit: int) -> bytes:
        if li.device in path.parent.name:
            raise OSError(errno.EACCES, "Permission denied", str(path))
        return honest(path, limit)

    county.office.disk.read = denied  # type: ignore[method-assign]
    county.office.sync()
    assert whys(county) == {Why.NO_ACCESS}
    assert len(county.office.replica.ops("visit.")) == 1
    del county.office.disk.read  # type: ignore[method-assign]
    county.settle()
    assert len(county.office.replica.ops("visit.")) == 2


@pytest.mark.fault(23, 24)
def test_stale_and_partial_listings_cost_time_and_nothing_else(county: County) -> None:
    """Rows 23, 24: an old snapshot of every listing, then a listing that lacks names."""
    li = county.laptop("li")
    for number in range(3):
        li.visit()
        li.disk.edit_names = lambda folder, found: [] if folder != county.root else found
        li.sync()
        county.office.disk.edit_names = lambda folder, found, n=number: found[n:]
        county.office.sync()
    li.disk.edit_names = county.office.disk.edit_names = lambda folder, found: found
    county.settle()
    assert len(county.office.replica.ops("visit.")) == 3
    assert len([name for name in county.files() if name.startswith(f"dev/{li.device}/")]) == 3


@pytest.mark.fault(25, 26, 28, 35)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.randoms(use_true_random=False))
def test_cloud_clients_deliver_in_any_order(tmp_path_factory: pytest.TempPathFactory, order: object) -> None:
    """Rows 25, 26, 28: files trickle in shuffled, some twice under a copy's name; the end is the same."""
    county = County(tmp_path_factory.mktemp("cloud"))
    li = county.laptop("li")
    for _ in range(3):
        li.visit(photos=1, documents=1)
        li.sync()
    cloud = county.home / "cloud"
    cloud.mkdir()
    (cloud / "root-0001.json").write_bytes((county.root / "root-0001.json").read_bytes())
    names = [name for name in county.files() if name.startswith(("dev/", "blob/", "head/"))]
    order.shuffle(names)  # type: ignore[attr-defined]
    county.office.root = cloud
    for number, name in enumerate(names):
        target = cloud / name
        target.parent.mkdir(parents=True, exist_ok=True)
        data = (county.root / name).read_bytes()
        if name.endswith(".seg") and number % 2:
            target.with_name(target.stem + " (conflicted copy [李] 2026-11-22 090200).seg").write_bytes(data)
        target.write_bytes(data[: len(data) // 2])
        county.office.sync()
        assert not county.office.replica.acknowledged().get(li.device, 0) > len(county.office.replica.ops("visit."))
        target.write_bytes(data)
        county.office.sync(scrub=True)
    assert len(county.office.replica.ops("visit.")) == 3
    assert not county.office.replica.missing_blobs(None)
    assert county.office.replica.acknowledged()[li.device] == 3
    county.close()


@pytest.mark.fault(26)
def test_photos_hours_later_and_confirmed_only_then(county: County) -> None:
    """Row 26."""
    li = county.laptop("li")
    li.visit()
    li.sync()
    shutil.move(county.root / "blob", county.home / "aside")
    (county.root / "blob").mkdir()
    county.office.sync()
    assert len(county.office.replica.ops("visit.")) == 1
    assert not county.office.replica.acknowledged()
    shutil.rmtree(county.root / "blob")
    shutil.move(county.home / "aside", county.root / "blob")
    county.office.sync()
    assert county.office.replica.acknowledged() == {li.device: 1}


@pytest.mark.fault(27)
def test_all_heads_deleted(county: County) -> None:
    """Row 27: a scrub finds the segments; the owner says again how far it is."""
    li = county.laptop("li")
    li.visit()
    li.sync()
    for path in (county.root / "head").iterdir():
        path.unlink()
    assert county.office.sync().arrived.visits == 0
    assert county.office.sync(scrub=True).arrived.visits == 1
    li.sync()
    assert len([name for name in county.files() if name.startswith(f"head/{li.device}")]) == 1


@pytest.mark.fault(28)
def test_the_only_copy_under_a_conflict_name_is_taken(county: County) -> None:
    """Row 28."""
    li = county.laptop("li")
    li.visit()
    li.sync()
    (path,) = (county.root / "dev" / li.device).iterdir()
    path.rename(path.with_name(path.stem + "-冲突-李老师.seg"))
    assert county.office.sync().arrived.visits == 1


@pytest.mark.fault(29)
def test_foreign_files_are_nobodys_business(county: County) -> None:
    """Row 29."""
    li = county.laptop("li")
    li.visit()
    for place in ("", "head", "dev", f"dev/{li.device}", "blob"):
        folder = county.root / place
        folder.mkdir(exist_ok=True)
        for name in ("desktop.ini", ".DS_Store", "Thumbs.db", "~$x", "x.sync-conflict-20261122-090200-ABCDEFG.seg"):
            (folder / name).write_bytes(b"foreign")
        (folder / f"00000001-{'0' * 16}.seg").mkdir(exist_ok=True)
    before = {name: data for name, data in county.files().items() if data == b"foreign"}
    county.settle()
    assert len(county.office.replica.ops("visit.")) == 1
    assert {name: data for name, data in county.files().items() if data == b"foreign"} == before


@pytest.mark.fault(6, 31, 32, 34, 36)
@pytest.mark.parametrize("where", ["dev", "blob"])
@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "delete"])
def test_harm_before_the_office_has_read_is_healed_by_the_owner(county: County, where: str, harm: str) -> None:
    """Rows 6, 31, 32, 34, 36: never applied, wanted, sent again."""
    li = county.laptop("li")
    li.visit()
    li.sync()
    place = county.root / where / (li.device if where == "dev" else "")
    victim = next(path for path in sorted(place.rglob("*")) if path.is_file())
    data = victim.read_bytes()
    if harm == "delete":
        victim.unlink()
    else:
        spoilt = {"flip": data[:50] + bytes([data[50] ^ 1]) + data[51:], "cut": data[:-70], "empty": b""}[harm]
        victim.write_bytes(spoilt)
    county.office.sync()
    assert not county.office.replica.acknowledged().get(li.device)
    assert whys(county) <= {Why.CORRUPT, Why.INCOMPLETE, Why.MISSING}
    assert whys(county)
    county.settle()
    assert victim.read_bytes() == data
    assert county.office.replica.acknowledged()[li.device] == 1
    assert not county.office.replica.refusals
    assert not any(county.office.replica.wants().values())


@pytest.mark.fault(33)
def test_a_read_that_is_spoilt_once_raises_no_alarm(county: County) -> None:
    """Row 33."""
    li = county.laptop("li")
    li.visit()
    li.sync()
    honest, spoilt = county.office.disk.read, []

    def read(path: Path, limit: int) -> bytes:
        data = honest(path, limit)
        if path.suffix == ".seg" and not spoilt:
            spoilt.append(path)
            return data[:60] + b"\0" + data[61:]
        return data

    county.office.disk.read = read  # type: ignore[method-assign]
    assert county.office.sync().arrived.visits == 1
    assert spoilt
    assert not county.office.replica.refusals


@pytest.mark.fault(37)
def test_deleted_after_the_office_read_it_reaches_other_laptops_all_the_same(county: County) -> None:
    """Row 37: the office puts signed segments back."""
    li, wang = county.laptop("li"), county.laptop("wang")
    li.visit()
    li.sync()
    county.office.sync()
    li.sync()
    shutil.rmtree(county.root / "dev" / li.device)
    assert wang.sync().arrived.visits == 0
    county.office.sync(scrub=True)
    assert not county.office.replica.refusals
    (county.root / "dev" / li.device).mkdir(exist_ok=True)
    county.office.sync(scrub=True)
    assert wang.sync().arrived.visits == 1


@pytest.mark.fault(40)
def test_the_folder_set_back_to_an_old_backup(county: County) -> None:
    """Row 40: what is not confirmed goes again; nothing is double."""
    li = county.laptop("li")
    backup = county.home / "backup"
    shutil.copytree(county.root, backup)
    for _ in range(2):
        li.visit()
        li.sync()
    shutil.rmtree(county.root)
    shutil.copytree(backup, county.root)
    county.settle()
    assert len(county.office.replica.ops("visit.")) == 2


@pytest.mark.fault(42)
@pytest.mark.parametrize("read_between", [False, True])
def test_two_branches_of_one_journal_both_arrive(county: County, read_between: bool) -> None:
    """Row 42 where a cloud client brings both together: one goes on under the old identity, the other anew."""
    li = county.laptop("li")
    li.sync()
    county.office.sync()
    li.replica.close()
    shutil.copytree(li.replica.home, county.home / "image")
    shutil.copytree(county.root, county.home / "elsewhere")
    li.replica = DiskReplica(county.home / "image", li.replica.membership(), county.clock)
    li.root = county.home / "elsewhere"
    for _ in range(2):
        li.visit(photos=0, documents=0)
        li.sync()
    clone = Member(li.replica, county.root)
    li.replica = DiskReplica(county.home / "li-1", li.replica.membership(), county.clock)
    li.root = county.root
    li.replica.record([Draft("visit.finished", "on the original", {})])
    li.sync()
    if read_between:
        county.office.sync()
    for path in (county.home / "elsewhere" / "dev" / li.device).iterdir():
        shutil.copy(path, county.root / "dev" / li.device)
    county.office.sync(scrub=True)
    if read_between:
        assert [op.entity for op in county.office.replica.ops("visit.")] == ["on the original"]
        assert whys(county) == {Why.FORK}
    old, before = li.device, county.files()
    county.members.append(clone)
    county.settle()
    visits = {op.entity for op in county.office.replica.ops("visit.")}
    assert visits == {"on the original"} | {op.entity for op in clone.replica.ops("visit.")}
    assert len(visits) == 3
    assert old in (li.device, clone.device), "the one whose history was confirmed stays what it is"
    assert li.device != clone.device
    assert all(county.files()[name] == data for name, data in before.items() if name.startswith("dev/"))


@pytest.mark.fault(55)
def test_a_replayed_segment_under_another_journal(county: County) -> None:
    """Row 55."""
    li, wang = county.laptop("li"), county.laptop("wang")
    li.visit()
    li.sync()
    wang.sync()
    (path,) = (county.root / "dev" / li.device).iterdir()
    shutil.rmtree(county.root / "dev" / wang.device)
    (county.root / "dev" / wang.device).mkdir()
    shutil.copy(path, county.root / "dev" / wang.device / path.name)
    county.office.sync()
    assert Why.BAD_SIGNATURE in whys(county)
    assert len(county.office.replica.ops("visit.")) == 1


@pytest.mark.fault(49)
@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_wrong_by_years_loses_nothing(county: County, years: int) -> None:
    """Row 49: order is by number, not by time."""
    wrong = NOW + timedelta(days=365 * years)
    li = county.laptop("li")
    li.visit()
    county.clock = lambda: wrong
    li.replica._clock = lambda: wrong
    li.visit()
    li.sync(now=wrong)
    li.replica._clock = lambda: NOW
    li.visit()
    li.sync()
    county.settle()
    ops = county.office.replica.ops("visit.")
    assert [op.number for op in ops] == [2, 3, 4]
    assert [op.hlc for op in ops] == sorted(op.hlc for op in ops)
