"""A real Samba server at its worst: lines that break, flushes that are ignored, rights that are missing, slow links."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.once import sync_once
from jiandu_desktop.sync.probe import probe
from jiandu_desktop.sync.receipt import Receipt
from tests.support.county import NOW, County, Member
from tests.support.line import Line
from tests.support.samba import Reader, SambaDisk, SambaServer, why_not

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "Samba is here"),
]
Serve = Callable[..., SambaServer]
ROOT = Path("/")


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path / "county")
    yield made
    made.close()


@pytest.fixture
def serve(county: County, tmp_path: Path) -> Iterator[Serve]:
    made: list[SambaServer] = []

    def start(*settings: str, user: str = "", shared: Path | None = None) -> SambaServer:
        server = SambaServer(tmp_path / f"samba-{len(made)}", shared or county.root, settings, user)
        made.append(server)
        if not server.wait():
            pytest.skip("smbd does not start here")
        return server

    yield start
    for server in made:
        server.stop()


def sync(
    member: Member, disk: SambaDisk, mode: Mode = Mode.RENAME, careful: bool = True, scrub: bool = False
) -> Receipt:
    folder = Folder(ROOT, device=member.device, mode=mode, disk=disk, careful=careful, sleep=lambda seconds: None)
    return sync_once(folder, member.replica, Progress(), now=NOW, scrub=scrub)


def arrived(county: County, laptop: Member) -> None:
    """Everything is at the office, once and whole, and confirmed; nothing half-written is left."""
    for _ in range(2):
        county.office.sync(scrub=True)
        laptop.sync(scrub=True)
    mine = [op.op_id for op in laptop.replica.ops("visit.")]
    assert [op.op_id for op in county.office.replica.ops("visit.")] == mine
    assert not county.office.replica.missing_blobs(None)
    assert laptop.replica.acknowledged()[laptop.device] == len(laptop.replica.own_segments())
    assert not [name for name in county.files() if name.endswith(".part")]


@pytest.mark.fault(8, 10)
@pytest.mark.parametrize("killed", [False, True], ids=["line cut", "server's process killed"])
@pytest.mark.parametrize("after", [2_000, 400_000])
def test_a_connection_dropped_in_mid_put(county: County, serve: Serve, after: int, killed: bool) -> None:
    server = serve()
    resident = server.children()

    def kill() -> None:
        for child in server.children() - resident:
            os.kill(child, signal.SIGKILL)

    line = Line(server.port, cut_after=after, on_cut=kill if killed else lambda: None)
    try:
        li = county.laptop("li")
        li.visit(photos=1, documents=0, size=600_000)
        receipt = sync(li, SambaDisk(line.port))
    finally:
        line.close()
    assert line.cuts == 1
    assert receipt.complete, "a dropped connection is waited out and the one file begun anew"
    assert line.passed < 600_000 * 2 + after
    arrived(county, li)


@pytest.mark.fault(8)
@pytest.mark.parametrize("mode", [Mode.RENAME, Mode.DIRECT])
def test_a_server_that_dies_in_mid_put_and_comes_back(county: County, serve: Serve, mode: Mode) -> None:
    """What is left under a final name is no whole file, and nobody takes it for one."""
    server = serve()
    line = Line(server.port, cut_after=250_000, on_cut=server.stop)
    li = county.laptop("li")
    li.visit(photos=1, documents=0, size=600_000)
    try:
        with pytest.raises(Trouble) as trouble:
            sync(li, SambaDisk(line.port), mode)
    finally:
        line.close()
    assert trouble.value.code == "folder-unreachable"
    assert county.office.sync(scrub=True).arrived.visits == 0
    assert not county.office.replica.acknowledged().get(li.device)
    assert sync(li, SambaDisk(serve().port), mode).complete
    arrived(county, li)


@pytest.mark.fault(6, 7)
def test_a_server_that_ignores_flushes(county: County, serve: Serve) -> None:
    """What it had not written when its power failed is noticed, asked for and sent again; confirmed only then."""
    server = serve("strict sync = no", "sync always = no")
    li = county.laptop("li")
    li.visit(photos=1, documents=0, size=30_000)
    assert sync(li, SambaDisk(server.port)).complete
    for path in (*(county.root / "blob").rglob("*"), *(county.root / "dev" / li.device).iterdir()):
        if path.is_file():
            os.truncate(path, 0)
    county.office.sync(scrub=True)
    assert not county.office.replica.acknowledged().get(li.device)
    for _ in range(2):
        sync(li, SambaDisk(server.port), scrub=True)
        county.office.sync(scrub=True)
    arrived(county, li)


@pytest.mark.fault(12)
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root: files belong to another user")
def test_a_share_that_lets_create_but_not_rename(serve: Serve, drop_box: County) -> None:
    """Files belong to the server as soon as they are made: they can be neither renamed nor deleted."""
    county = drop_box
    settings = ("inherit owner = unix only", "create mask = 0644", "force directory mode = 1777")
    disk = SambaDisk(serve(*settings, user="nobody", shared=county.root).port)
    found = probe(ROOT, disk, device="li", nonce="n1", now=NOW)
    assert found.mode is Mode.DIRECT
    li = county.laptop("li")
    li.visit(photos=1, documents=0, size=30_000)
    assert sync(li, disk, found.mode).complete
    assert not [name for name in county.files() if name.endswith(".part") and not name.startswith("probe/")]
    with pytest.raises(PermissionError):
        disk.remove(ROOT / next(name for name in county.files() if name.endswith(".seg")))
    assert county.office.sync(scrub=True).arrived.visits == 1
    sync(li, disk, found.mode)
    assert li.replica.acknowledged()[li.device] == 1


@pytest.fixture
def drop_box() -> Iterator[County]:
    """As an administrator makes one: everybody may create, nobody but the owner may rename or delete. Not below
    pytest's own folder, which no other user may enter."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        county = County(Path(home))
        for path in (county.root, *county.root.rglob("*")):
            path.chmod(0o1777 if path.is_dir() else 0o644)
        yield county
        county.close()


@pytest.mark.fault(14, 15)
def test_a_reader_that_lets_nobody_rename(county: County, serve: Serve) -> None:
    """A virus scanner or another reader holds what was just written: waited for, without a word to the user."""
    server = serve()
    li = county.laptop("li")
    li.visit(photos=1, documents=0)
    disk = SambaDisk(server.port, windows=True)
    readers: list[Reader] = []
    waits: list[float] = []
    honest = disk.rename

    def rename(old: Path, new: Path) -> None:
        if not readers:
            readers.append(Reader(server.port, old))
            assert readers[0].holds
        honest(old, new)

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if sum(waits) > 3:
            readers[0].let_go()

    disk.rename = rename  # type: ignore[method-assign]
    folder = Folder(ROOT, device=li.device, disk=disk, sleep=sleep)
    receipt = sync_once(folder, li.replica, Progress(), now=NOW)
    readers[0].let_go()
    assert disk.refused["NT_STATUS_SHARING_VIOLATION"] + disk.refused["NT_STATUS_ACCESS_DENIED"] > 0
    assert sum(waits) > 3
    assert receipt.complete
    arrived(county, li)


@pytest.mark.fault(58)
def test_names_that_another_client_wrote_in_capitals(county: County, serve: Serve) -> None:
    """On a share that folds case the file is there and equal; whoever lists it finds it by its own spelling."""
    server = serve()
    li = county.laptop("li")
    li.visit(photos=0, documents=0)
    assert sync(li, SambaDisk(server.port)).complete
    (path,) = (county.root / "dev" / li.device).iterdir()
    path.rename(path.with_name(path.name.upper()))
    assert not probe(ROOT, SambaDisk(server.port), device="li", nonce="n1", now=NOW).keeps_case
    assert sync(county.office, SambaDisk(server.port)).arrived.visits == 1
    assert sync(li, SambaDisk(server.port)).complete
    assert li.replica.acknowledged()[li.device] == 1
    assert len(list((county.root / "dev" / li.device).iterdir())) == 1, "no twin"


@pytest.mark.fault(12)
def test_a_server_that_vetoes_names(county: County, serve: Serve) -> None:
    disk = SambaDisk(serve("veto files = /*.part/desktop.ini/Thumbs.db/").port)
    mode = probe(ROOT, disk, device="li", nonce="n1", now=NOW).mode
    assert mode is Mode.DIRECT
    li = county.laptop("li")
    li.visit(photos=1, documents=0)
    assert sync(li, disk, mode).complete
    assert sync(county.office, disk, mode).arrived.visits == 1
    arrived(county, li)


@pytest.mark.fault(71)
def test_a_slow_and_distant_share(county: County, serve: Serve) -> None:
    """4 Mb/s and 4 ms each way: slower, and the same bytes."""
    line = Line(serve().port, bytes_per_second=500_000, delay=0.004)
    try:
        li = county.laptop("li")
        li.visit(photos=1, documents=0, size=60_000)
        assert sync(li, SambaDisk(line.port), careful=False).complete
        assert sync(county.office, SambaDisk(line.port)).arrived.visits == 1
    finally:
        line.close()
    arrived(county, li)
