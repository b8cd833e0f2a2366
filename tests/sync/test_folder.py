"""The folder itself: whose it is, what it can do, and a put that may be repeated and never overwrites."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.sync import names
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.probe import is_gvfs, probe
from jiandu_desktop.sync.root import Publisher, make_root, read_any_root, read_root
from tests.support.county import NOW, County, key
from tests.support.faulty_disk import FaultyDisk

BOTH = pytest.mark.parametrize("mode", [Mode.RENAME, Mode.DIRECT])


@pytest.fixture
def disk() -> Iterator[FaultyDisk]:
    made = FaultyDisk()
    yield made
    made.leave()


def folder(county: County, disk: FaultyDisk, mode: Mode = Mode.RENAME) -> Folder:
    return Folder(county.root, device="abcdefgh", mode=mode, disk=disk, sleep=lambda seconds: None)


def code_of(call: object) -> str:
    assert callable(call)
    with pytest.raises(Trouble) as trouble:
        call()
    assert sentence(trouble.value.code, trouble.value.values)
    return trouble.value.code


# -- whose folder


def test_missing_empty_foreign_damaged_and_newer_folders_are_told_apart(county: County, tmp_path: Path) -> None:
    def read(root: Path) -> object:
        return lambda: read_root(Folder(root), repo_id=county.made.repo_id, root_key=county.made.root_key)

    assert code_of(read(tmp_path / "nowhere")) == "folder-missing"
    (tmp_path / "mount").mkdir()
    assert code_of(read(tmp_path / "mount")) == "folder-not-jiandu"
    other = County(tmp_path / "o", "另一个区", "other-repo")
    assert code_of(read(other.root)) == "folder-wrong-repo"
    assert read_any_root(Folder(other.root)).office_name == "另一个区"
    other.close()

    path = county.root / "root-0001.json"
    whole = path.read_bytes()
    for position in range(0, len(whole), 7):
        spoilt = bytearray(whole)
        spoilt[position] ^= 0x01
        path.write_bytes(bytes(spoilt))
        assert code_of(read(county.root)) in ("folder-root-damaged", "folder-wrong-repo")
    path.unlink()
    assert code_of(read(county.root)) == "folder-not-jiandu"
    (county.root / "root-0001 (conflicted copy 2026-11-22).json").write_bytes(whole)
    assert read_root(Folder(county.root), repo_id=county.made.repo_id, root_key=county.made.root_key)


def test_a_newer_layout_is_refused_by_name(county: County) -> None:
    from jiandu_desktop.sync import root, signed

    path = county.root / "root-0001.json"
    content = json.loads(path.read_bytes())["content"]
    (county.root / "root-0002.json").write_bytes(
        signed.seal(content | {"number": 2, "min_reader": 2}, root.DOMAIN, county.root_key)
    )
    made = county.made
    call = lambda: read_root(Folder(county.root), repo_id=made.repo_id, root_key=made.root_key)  # noqa: E731
    assert code_of(call) == "folder-newer"


def test_a_folder_is_founded_once_and_only_where_it_exists(county: County, tmp_path: Path) -> None:
    def found(path: Path) -> object:
        return lambda: make_root(
            Folder(path),
            repo_id="r",
            office_name="o",
            root_key=key("r"),
            publishers=[Publisher(key("o").public, "o")],
            created_at=NOW,
        )

    assert code_of(found(county.root)) == "folder-taken"
    assert code_of(found(tmp_path / "nowhere")) == "folder-missing"
    assert (county.root / ".stignore").read_text().endswith("*.part\n")


# -- put


@BOTH
def test_put_is_idempotent_and_leaves_no_half_file(county: County, disk: FaultyDisk, mode: Mode) -> None:
    shared = folder(county, disk, mode)
    assert shared.put("blob/2026q4/ab/x", b"abc", mine=True) == 3
    assert shared.put("blob/2026q4/ab/x", b"abc", mine=True) == 0
    assert code_of(lambda: shared.put("blob/2026q4/ab/x", b"other", mine=False)) == "folder-name-taken"
    assert (county.root / "blob/2026q4/ab/x").read_bytes() == b"abc"
    assert shared.put("blob/2026q4/ab/x", b"other", mine=True) == 5
    assert not [name for name in county.files() if name.endswith(".part")]


@pytest.mark.fault(70)
@BOTH
@pytest.mark.parametrize("call", ["create", "write", "sync", "rename", "sync_folder", "read", "remove"])
@pytest.mark.parametrize("number", [errno.EINTR, errno.EAGAIN, errno.EIO, errno.ESTALE, errno.ETIMEDOUT])
def test_errors_that_pass_are_waited_out(county: County, disk: FaultyDisk, mode: Mode, call: str, number: int) -> None:
    disk.fail_next[call] = [OSError(number, "passing"), OSError(number, "passing")]
    assert folder(county, disk, mode).put("head/x", b"abc", mine=True) in (0, 3)
    assert (county.root / "head/x").read_bytes() == b"abc"


@pytest.mark.fault(69)
def test_a_failed_flush_is_never_tried_on_the_same_file(county: County, disk: FaultyDisk) -> None:
    disk.fail_next["sync"] = [OSError(errno.EIO, "I/O error")]
    folder(county, disk).put("head/x", b"abc", mine=True)
    assert disk.calls["create"] == 2
    assert disk.calls["write"] == 2


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "folder-full"),
        (errno.EDQUOT, "folder-full"),
        (errno.EROFS, "folder-read-only"),
        (errno.EACCES, "folder-read-only"),
        (errno.ENAMETOOLONG, "folder-name-refused"),
        (errno.EIO, "folder-unreachable"),
    ],
)
@pytest.mark.parametrize("call", ["create", "write"])
def test_lasting_errors_have_their_own_trouble(
    county: County, disk: FaultyDisk, call: str, number: int, code: str
) -> None:
    disk.fail_next[call] = [OSError(number, "lasting")] * 100
    shared = folder(county, disk)
    assert code_of(lambda: shared.put("head/x", b"abc", mine=True)) == code
    assert "head/x" not in county.files()


@pytest.mark.fault(15)
def test_a_virus_scanner_that_holds_the_file_is_waited_for(county: County, disk: FaultyDisk) -> None:
    held = OSError(errno.EACCES, "Access is denied")
    held.winerror = 5  # type: ignore[attr-defined]
    disk.fail_next["rename"] = [held] * 5
    waited: list[float] = []
    shared = Folder(county.root, device="abcdefgh", disk=disk, sleep=waited.append)
    shared.put("head/x", b"abc", mine=True)
    assert 3 < sum(waited) < 4
    disk.fail_next["rename"] = [held] * 100
    assert code_of(lambda: shared.put("head/y", b"abc", mine=True)) == "folder-read-only"
    assert sum(waited) < 90


def test_a_share_that_spoils_bytes_is_found_out(county: County, disk: FaultyDisk) -> None:
    honest = disk.read
    disk.read = lambda path, limit: honest(path, limit)[:-1] + b"!"  # type: ignore[method-assign]
    assert code_of(lambda: folder(county, disk).put("head/x", b"abc", mine=True)) == "folder-spoils"


@pytest.mark.fault(21)
def test_an_empty_mount_point_is_never_written(county: County, disk: FaultyDisk, tmp_path: Path) -> None:
    empty = tmp_path / "mnt"
    empty.mkdir()
    shared = Folder(empty, device="abcdefgh", disk=disk)
    assert code_of(lambda: shared.put("head/x", b"abc", mine=True)) == "folder-missing"
    assert code_of(lambda: shared.put_readable(("督导文书", "2026-11", "a.pdf"), b"x")) == "folder-missing"
    assert list(empty.iterdir()) == []


def test_a_top_folder_that_a_cloud_client_dropped_is_made_again(county: County, disk: FaultyDisk) -> None:
    (county.root / "head").rmdir()
    folder(county, disk).put("head/x", b"abc", mine=True)
    assert (county.root / "head/x").exists()


@pytest.mark.fault(58)
@pytest.mark.parametrize(
    "path",
    ["../x", "head/../../x", "/etc/x", "head//x", "head\\x", "head/NUL", "head/a:b", "head/x.", "head/" + "a" * 81,
     "a/" * 60 + "x", "head/\u202ex", "blob/é/x"],
)  # fmt: skip
def test_names_that_are_not_ours_are_never_opened(county: County, disk: FaultyDisk, path: str) -> None:
    shared = folder(county, disk)
    for call in (lambda: shared.put(path, b"x", mine=True), lambda: shared.read(path, 10), lambda: shared.list(path)):
        with pytest.raises(ValueError, match="not a name"):
            call()
    assert not disk.calls


def test_names_that_a_listing_may_hold() -> None:
    assert names.parse_segment("00000001-0123456789abcdef.seg") == (1, "0123456789abcdef")
    assert names.parse_segment("00000001-0123456789abcdef (conflicted copy [李] 2026-11-22).seg")
    assert names.parse_segment("00000001-0123456789abcdef-冲突.seg")
    for name in ("../00000001-0123456789abcdef.seg", "00000001-0123456789abcdef.seg.part", "desktop.ini", "~$x.seg"):
        assert names.parse_segment(name) is None
    assert not names.is_plain("..")
    assert not names.is_plain("a/b")


# -- probe


@pytest.mark.fault(12, 50)
def test_probe_finds_how_a_folder_can_be_used(county: County, disk: FaultyDisk) -> None:
    def found() -> object:
        return probe(county.root, disk, device="abcdefgh", nonce="n1", now=NOW)

    good = probe(county.root, disk, device="abcdefgh", nonce="n1", now=NOW)
    assert (good.mode, good.reads_back, good.keeps_case, good.is_gvfs) == (Mode.RENAME, True, True, False)
    assert good.skew_seconds is not None
    assert good.free_bytes
    disk.fail_next["rename"] = [OSError(errno.EACCES, "no delete right")]
    assert probe(county.root, disk, device="abcdefgh", nonce="n1", now=NOW).mode is Mode.DIRECT
    disk.read_only = True
    refused = probe(county.root, disk, device="abcdefgh", nonce="n1", now=NOW)
    assert (refused.mode, refused.refusal) == (Mode.READ_ONLY, "Read-only file system")
    disk.read_only = False
    disk.capacity = 0
    assert probe(county.root, disk, device="abcdefgh", nonce="n1", now=NOW).full
    assert not list((county.root / "probe").iterdir()), "nothing is left behind"


def test_gnomes_mounts_are_recognised() -> None:
    assert is_gvfs(Path("/run/user/1000/gvfs/smb-share:server=srv,share=jx"))
    assert not is_gvfs(Path("/media/usb"))
