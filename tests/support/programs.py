"""Real programs as processes: a small bureau on disk, `python -m jiandu_desktop`, and what became of its records."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from PIL import Image

from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.arrivals import known_kinds
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.services.unit import Unit
from jiandu_desktop.storage import journal
from jiandu_desktop.storage import visits as stored
from tests.support.checklists import SETTINGS, YES_NO_NA, q, workbook
from tests.support.unit import answer, begin
from tests.support.workbooks import write_rows, write_schools

ROOT = Path(__file__).resolve().parents[2]
HEADS = ("姓名", "督学证号", "责任区", "单位", "联系电话")


def person(number: int) -> str:
    return f"督学{number:03d}"


def program(data: Path, *words: str) -> list[str]:
    """The command line of a real program over a data folder."""
    return [sys.executable, "-m", "jiandu_desktop", "--data", str(data), *words]


def run_program(command: Sequence[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run to the end; a killed program is no error here, a traceback in its output is the caller's to look for."""
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=timeout, check=False
    )


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


class Bureau:
    """An office and laptops 0 … n-1 in folders below `home`, with one shared folder."""

    def __init__(self, home: Path, laptops: int) -> None:
        self.home = home
        self.share = home / "share"
        self.office = home / "office"
        self.laptops = [home / f"laptop-{number:03d}" for number in range(laptops)]

    def files(self) -> dict[str, bytes]:
        """Everything in the shared folder, by path."""
        found = (path for path in sorted(self.share.rglob("*")) if path.is_file())
        return {path.relative_to(self.share).as_posix(): path.read_bytes() for path in found}

    def parts(self) -> list[str]:
        """Half-written files in the shared folder."""
        return [path.name for path in self.share.rglob("*.part")]


def make_bureau(home: Path, laptops: int) -> Bureau:
    """Founded, enrolled and published through the program's own doors; every laptop has read what the office said."""
    bureau = Bureau(home, laptops)
    bureau.share.mkdir(parents=True)
    office = opened(bureau.office)
    try:
        office.profile.found_office(bureau.share, Unit(name="青石县教育督导室", code_letters="青教", county="青石县"))
        office.importing.schools(write_schools(home / "roster.xlsx"))
        people = [(person(number), f"DX{number:04d}", "第一责任区", "", "") for number in range(laptops)]
        office.importing.inspectors(write_rows(home / "people.xlsx", HEADS, *people, sheet="督学名单"))
        form = home / "tiny.xlsx"
        form.write_bytes(workbook([q("select_one ypn", "guard", "保安员持证上岗")], YES_NO_NA, SETTINGS))
        office.office.add_form(form)
        office.office.publish(Progress())
        for number, data in enumerate(bureau.laptops):
            invitation = office.office.invite(person(number), home)
            with closing(opened(data)) as laptop:
                laptop.profile.join(invitation, str(bureau.share))
                laptop.exchange.sync(Progress())
        office.office.publish(Progress())
    finally:
        office.close()
    for data in bureau.laptops:
        with closing(opened(data)) as laptop:
            laptop.exchange.sync(Progress())
    return bureau


@lru_cache(maxsize=4)
def _master(laptops: int) -> Path:
    home = Path(tempfile.mkdtemp(prefix="jiandu-programs-"))
    make_bureau(home / "bureau", laptops)
    return home / "bureau"


def copy_bureau(home: Path, laptops: int) -> Bureau:
    """A bureau of one's own, copied from the one that was made first. The programs in it are told the folder."""
    shutil.copytree(_master(laptops), home)
    return Bureau(home, laptops)


def opened(data: Path) -> Services:
    return open_services(DataFolder(data), clock=system_clock, new_id=new_id)


def finish_visit(services: Services, photos: int = 1, mark: str = "") -> str:
    """One visit from beginning to end, with photos that no other visit has; returns its identifier."""
    visit = begin(services, task=f"随机督导{mark}")
    answer(services, visit, {"guard": "yes"})
    ref = next(ref for ref, item in visit.definition.items.items() if item.name == "guard")
    for number in range(photos):
        services.visits.add_photo(visit.visit.id, ref, _photo(f"{visit.visit.id}{number}"), f"{number}.png")
    services.finishing.finish(visit.visit.id, services.finishing.instance(visit))
    return visit.visit.id


def _photo(seed: str) -> bytes:
    """A small picture of noise, different for every seed."""
    noise = b"".join(hashlib.sha256(f"{seed}{row}".encode()).digest() for row in range(24 * 32 * 3 // 32))
    out = io.BytesIO()
    Image.frombytes("RGB", (32, 24), noise).save(out, "PNG")
    return out.getvalue()


def settle(bureau: Bureau, rounds: int = 2) -> None:
    """Everybody in turn, without faults, until nothing can be outstanding."""
    for _ in range(rounds):
        for data in (*bureau.laptops, bureau.office):
            with closing(opened(data)) as services:
                services.exchange.sync(Progress(), str(bureau.share))


def finished(services: Services) -> set[str]:
    with services.store.reading() as work:
        return {each.id for each in stored.visits(work) if each.finished_at is not None}


def records_of(services: Services, devices: Iterable[str] | None = None) -> dict[str, str]:
    """SHA-256 of every record as it stands in this computer's journal, by op_id."""
    with services.store.reading() as work:
        rows = journal.of_kinds(work, known_kinds())
    wanted = None if devices is None else set(devices)
    return {
        row.op_id: hashlib.sha256(repr((row.hlc, row.person, row.kind, row.entity, row.data)).encode()).hexdigest()
        for row in rows
        if wanted is None or row.device in wanted
    }


def faults_of(bureau: Bureau) -> list[str]:
    """What is wrong by the invariants I1–I5 once everything has settled: one line each, none where all is well."""
    lines: list[str] = []
    with closing(opened(bureau.office)) as office:
        there, visits = records_of(office), finished(office)
        replica = StoredReplica(office.store)
        lines += [f"the office misses {missing.ref.name}" for missing in replica.missing_blobs(None)]
        confirmed = replica.acknowledged()
        held = {device: at.seq for device, at in replica.positions().items()}
        for data in bureau.laptops:
            with closing(opened(data)) as laptop:
                lines += _faults_between(laptop, there, visits, confirmed, held)
                mine = StoredReplica(laptop.store)
                for ref in {ref.name: ref for each in mine.own_segments() for ref in each.blobs}.values():
                    here, kept = mine.read_blob(ref.name), replica.read_blob(ref.name)
                    if here != kept or hashlib.sha256(kept or b"").hexdigest() != ref.name:
                        lines.append(f"{data.name}: {ref.name} is not the same at the office")
    lines += [f"left behind: {name}" for name in bureau.parts()]
    return lines


def _faults_between(
    laptop: Services, there: dict[str, str], visits: set[str], confirmed: object, held: dict[str, int]
) -> list[str]:
    device = laptop.store.device()
    mine = records_of(laptop, [device])
    at_office = {op_id: digest for op_id, digest in there.items() if op_id.startswith(device)}
    lines = (
        [] if mine == at_office else [f"{device}: records differ: {sorted(set(mine.items()) ^ set(at_office.items()))}"]
    )
    own = StoredReplica(laptop.store).own_segments()
    if not own or held.get(device) != own[-1].seq:
        lines.append(f"{device}: the office has read up to {held.get(device)} of {len(own)}")
    if StoredReplica(laptop.store).acknowledged().get(device) != len(own):
        lines.append(f"{device}: not everything is confirmed")
    with laptop.store.reading() as work:
        local = {each.id for each in stored.visits(work) if each.device == device and each.finished_at is not None}
    lines += [f"{device}: visit {visit} is not at the office" for visit in sorted(local - visits)]
    return lines
