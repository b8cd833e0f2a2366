"""The same sync over a real Samba server: what a laptop puts there by SMB, an office reads by SMB and confirms.

Rows of the fault catalogue (docs/faults.md): 13, 19, and a server that goes away.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.once import sync_once
from jiandu_desktop.sync.probe import probe
from jiandu_desktop.sync.receipt import Receipt
from jiandu_desktop.sync.tree import Readable, write_tree
from tests.support.county import NOW, County, Member
from tests.support.samba import SambaDisk, SambaServer, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "Samba is here")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


@pytest.fixture
def server(county: County, tmp_path: Path) -> Iterator[SambaServer]:
    made = SambaServer(tmp_path / "samba", county.root)
    if not made.wait():
        made.stop()
        pytest.skip("smbd does not start here: " + _log(tmp_path / "samba"))
    yield made
    made.stop()


def over_smb(member: Member, server: SambaServer, share: str = "share") -> Receipt:
    disk = SambaDisk(server.port, share)
    folder = Folder(Path("/"), device=member.device, disk=disk, sleep=lambda seconds: None)
    return sync_once(folder, member.replica, Progress(), now=NOW)


@pytest.mark.fault(13)
@pytest.mark.slow
def test_a_visit_goes_through_a_windows_share(county: County, server: SambaServer) -> None:
    li = county.laptop("li")
    visit = li.visit(photos=2, documents=1, size=50_000)
    sent = over_smb(li, server)
    assert (sent.sent.visits, sent.sent.photos, sent.sent.documents) == (1, 2, 1)
    stored = county.files()
    for ref in li.replica.own_segments()[0].blobs:
        assert stored[f"blob/{ref.period}/{ref.name[:2]}/{ref.name}"] == li.replica.read_blob(ref.name)
    assert not [name for name in stored if name.endswith(".part")]

    assert over_smb(county.office, server).arrived.visits == 1
    assert [op.entity for op in county.office.replica.ops("visit.")] == [visit]
    assert over_smb(li, server).acknowledged[li.device] == 1

    before = county.files()
    assert not over_smb(li, server).sent
    assert county.files() == before


@pytest.mark.slow
def test_chinese_names_of_the_readable_tree_pass_through_smb(county: County, server: SambaServer) -> None:
    li = county.laptop("li")
    li.visit(photos=0, documents=1)
    (ref,) = [ref for op in li.replica.ops("visit.") for ref in op.blobs]
    folder = Folder(Path("/"), device=li.device, disk=SambaDisk(server.port))
    wanted = [Readable(ref.name, NOW.date(), "青原区实验小学", "整改通知书(第3号)")]
    (path,) = write_tree(folder, wanted, li.replica.read_blob, Progress()).written
    assert (county.root / path).read_bytes() == li.replica.read_blob(ref.name)
    assert write_tree(folder, wanted, li.replica.read_blob, Progress()).unchanged == 1


@pytest.mark.fault(19)
@pytest.mark.slow
def test_a_share_without_write_permission_and_a_server_that_is_gone(county: County, server: SambaServer) -> None:
    li = county.laptop("li")
    li.visit()
    receipt = over_smb(li, server, "locked")
    assert receipt.trouble == "folder-read-only"
    found = probe(Path("/"), SambaDisk(server.port, "locked"), device=li.device, nonce="n1", now=NOW)
    assert found.mode is Mode.READ_ONLY
    assert probe(Path("/"), SambaDisk(server.port), device=li.device, nonce="n2", now=NOW).mode is Mode.RENAME
    server.stop()
    with pytest.raises(Trouble) as trouble:
        over_smb(li, server)
    assert trouble.value.code == "folder-unreachable"


def _log(home: Path) -> str:
    path = home / "log" / "smbd"
    return path.read_text(errors="replace")[-300:] if path.exists() else "no log"
