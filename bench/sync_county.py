"""A county for the measurements of sync: office, shared folder, laptops, and full visits as the wizard leaves them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from jiandu_desktop.domain.assignment import VisitKind
from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.domain.school import School, Stage
from jiandu_desktop.domain.visit import AnswerSource, Photo, Signature, TrailEntry, Visit, VisitState
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.progress import Progress
from jiandu_desktop.services import frozen_record
from jiandu_desktop.services.program import Services, open_services
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import Unit
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county, tables, visits
from jiandu_desktop.sync.operation import Draft

ITEMS = 60
PHOTOS = 6
SCHOOLS = 40
_ANSWERS = ("yes", "no", "na", "制度健全，记录完整", "灭火器压力不足，已当场要求更换", "3")


class BenchCounty:
    """Folders under `home`; `office` and the laptops are open until the county is closed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.shared = home / "shared"
        self.shared.mkdir(parents=True)
        self.office = self._open("office")
        self.office.profile.found_office(self.shared, Unit(name="青禾县人民政府教育督导室", code_letters="青教"))
        schools = [School(id=f"s{n}", code=f"{n:010d}", name=f"第{n}小学", stage=Stage.PRIMARY) for n in range(SCHOOLS)]
        with self.office.store.writing() as work:
            county.put_schools(work, *schools)
            drafts = [Draft("school.put", each.id, {"school": to_wire(each)}) for each in schools]
            self.office.store.record(work, drafts)
        self.office.exchange.sync(Progress())

    def laptop(self, person: str) -> Services:
        """One more laptop, invited and joined, which has read what the office published."""
        with self.office.store.writing() as work:
            inspector = Inspector(id=f"i-{person}", name=person)
            county.put_inspectors(work, inspector)
            self.office.store.record(work, [Draft("inspector.put", inspector.id, {"inspector": to_wire(inspector)})])
        invitations = self.home / "invitations"
        invitations.mkdir(exist_ok=True)
        path = self.office.office.invite(person, invitations)
        services = self._open(person)
        services.profile.join(path, str(self.shared))
        services.exchange.sync(Progress())
        return services

    def _open(self, name: str) -> Services:
        return open_services(DataFolder(self.home / name), clock=system_clock, new_id=new_id)


@contextmanager
def county_under(home: Path) -> Iterator[BenchCounty]:
    """A county whose office is closed at the end; laptops are closed by whoever opened them."""
    made = BenchCounty(home)
    try:
        yield made
    finally:
        made.office.close()


def finish_visits(store: Store, count: int, *, photo_bytes: tuple[int, int] | None, seed: int = 1) -> None:
    """Record `count` finished visits of 60 answers with their trail, a signature and six photos each.

    Photos are random bytes (as JPEG they would not pack either) of a length in `photo_bytes`, evenly spread; None
    names photos whose bytes are nowhere.
    """
    chance = random.Random(seed)
    for start in range(0, count, 50):
        with store.writing() as work:
            drafts: list[Draft] = []
            for _ in range(start, min(start + 50, count)):
                visit = _visit(store, chance)
                entries = [_entry(visit, number, chance) for number in range(ITEMS)]
                visits.put_visit(work, visit)
                visits.write_received_answers(work, visit.id, {each.ref: each.new or "" for each in entries}, entries)
                visits.write_note(work, visit.id, "item_7", "校方称本周内整改")
                visits.put_signature(work, visit.id, Signature(role="head", name="李校长", signed_at=visit.finished_at))
                for number in range(PHOTOS):
                    visits.put_photo(work, _photo(store, visit, number, chance, photo_bytes))
                drafts += frozen_record.drafts(work, visit)
            store.record(work, drafts)


def forget_sent(store: Store) -> None:
    """As if nothing had been frozen or sent yet: the next push does all of it again."""
    device = store.device()
    with store.writing() as work:
        work.execute(tables.operations.update().where(tables.operations.c.device == device).values(segment=None))
        work.execute(tables.segments.delete().where(tables.segments.c.device == device))
        work.execute(tables.blob_refs.delete().where(tables.blob_refs.c.device == device))


def _visit(store: Store, chance: random.Random) -> Visit:
    now = store.clock()
    return Visit(
        id=store.new_id(),
        assignment_id=None,
        school_id=f"s{chance.randrange(SCHOOLS)}",
        task="秋季开学督导",
        kind=VisitKind.ROUTINE,
        form_id="routine",
        checklist_hash="a" * 64,
        inspector_ids=("i-1",),
        started_at=now - timedelta(hours=2),
        state=VisitState.FINISHED,
        finished_at=now,
        content_hash=f"{chance.getrandbits(256):064x}",
        answered=ITEMS,
        item_total=ITEMS,
        device=store.device(),
    )


def _entry(visit: Visit, number: int, chance: random.Random) -> TrailEntry:
    return TrailEntry(
        ref=f"section_{number // 10}/item_{number}",
        old=None,
        new=chance.choice(_ANSWERS),
        at=visit.started_at + timedelta(seconds=100 * number),
        source=AnswerSource.BY_HAND,
        person="i-1",
    )


def _photo(
    store: Store, visit: Visit, number: int, chance: random.Random, photo_bytes: tuple[int, int] | None
) -> Photo:
    if photo_bytes is None:
        length, sha256 = 2_500_000, f"{chance.getrandbits(256):064x}"
    else:
        content = chance.randbytes(chance.randint(*photo_bytes))
        length, sha256 = len(content), hashlib.sha256(content).hexdigest()
        path = store.media.path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Photo(
        id=store.new_id(),
        visit_id=visit.id,
        ref=f"section_{number}/item_{number * 10}",
        sha256=sha256,
        name=f"IMG_{number:04d}.jpg",
        bytes=length,
        width=4000,
        height=3000,
        added_at=visit.finished_at or visit.started_at,
    )
