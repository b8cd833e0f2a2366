"""A small county for tests of sync: an office, its shared folder, laptops with invitations, visits with photos."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jiandu_desktop.progress import Progress
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.invitation import accept_invitation, make_invitation
from jiandu_desktop.sync.once import sync_once
from jiandu_desktop.sync.operation import BlobRef, Draft, Role
from jiandu_desktop.sync.receipt import Receipt
from jiandu_desktop.sync.replica import Membership
from jiandu_desktop.sync.root import Publisher, make_root
from tests.support.faulty_disk import FaultyDisk
from tests.support.test_replica import DiskReplica

NOW = datetime(2026, 11, 22, 9, 2, tzinfo=UTC)
REPO = "0193f3a0-0000-7000-8000-000000000001"


def key(seed: str) -> DeviceKey:
    """The same key for the same word, so that a failing test fails the same way again."""
    return DeviceKey.from_bytes(hashlib.sha256(seed.encode()).digest())


class Member:
    """One computer: its replica and its own way to the folder, with faults of its own."""

    def __init__(self, replica: DiskReplica, root: Path, mode: Mode = Mode.RENAME) -> None:
        self.replica = replica
        self.root = root
        self.disk = FaultyDisk()
        self.mode = mode
        self.slept = 0.0
        self.visits = 0

    @property
    def device(self) -> str:
        return self.replica.membership().device

    def folder(self) -> Folder:
        return Folder(self.root, device=self.device, mode=self.mode, disk=self.disk, sleep=self._sleep)

    def sync(self, *, now: datetime = NOW, scrub: bool = False, progress: Progress | None = None) -> Receipt:
        return sync_once(self.folder(), self.replica, progress or Progress(), now=now, scrub=scrub)

    def visit(self, photos: int = 2, documents: int = 1, size: int = 3000) -> str:
        """Finish a visit with photos and a notice, as the wizard does; returns its identifier."""
        self.visits += 1
        entity = f"{self.device}-visit-{self.visits}"
        blobs = []
        for number in range(photos + documents):
            data = (f"{entity}-{number}|".encode() * size)[:size]
            role = "photo" if number < photos else "document"
            blobs.append(BlobRef(self.replica.keep_blob(data), len(data), "2026q4", role).to_json())
        answers = {f"item-{n}": "yes" for n in range(20)}
        self.replica.record([Draft("visit.finished", entity, {"answers": answers, "blobs": blobs})])
        return entity

    def _sleep(self, seconds: float) -> None:
        self.slept += seconds


class County:
    """Office and shared folder under `home`; `laptop` joins one more."""

    def __init__(self, home: Path, name: str = "青原区督导室", repo_id: str = REPO) -> None:
        self.home = home
        self.root = home / "share"
        self.root.mkdir(parents=True)
        self.clock: Callable[[], datetime] = lambda: NOW
        self.root_key = key(name + "root")
        office_key = key(name + "office")
        self.made = make_root(
            Folder(self.root, device=office_key.device),
            repo_id=repo_id,
            office_name=name,
            root_key=self.root_key,
            publishers=[Publisher(office_key.public, "办公室")],
            created_at=NOW,
        )
        membership = Membership(
            key=office_key,
            repo_id=repo_id,
            root_key=self.root_key.public,
            person="office",
            role=Role.OFFICE,
            app_version="0.1.0",
        )
        self.office = Member(DiskReplica(home / "office", membership, self.clock), self.root)
        self.members = [self.office]

    def invite(self, person: str, nonce: str, days: int = 30) -> bytes:
        return make_invitation(
            self.made,
            self.root_key,
            person=person,
            person_name=person,
            nonce=nonce,
            issued_at=NOW,
            expires_at=NOW + timedelta(days=days),
            folders=["//srv/jx/dd-sync"],
        )

    def laptop(self, person: str, invitation: bytes | None = None, mode: Mode = Mode.RENAME) -> Member:
        data = invitation or self.invite(person, f"nonce-{person}")
        word = f"{person}-{len(self.members)}"
        accepted = accept_invitation(data, key(word), now=NOW, app_version="0.1.0")
        member = Member(DiskReplica(self.home / word, accepted.membership, self.clock), self.root, mode)
        member.replica.record([accepted.enrolment])
        self.members.append(member)
        return member

    def files(self) -> dict[str, bytes]:
        """Everything in the shared folder, by path."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def settle(self, rounds: int = 3) -> None:
        """Sync everybody in turn until nothing can be outstanding."""
        for _ in range(rounds):
            for member in self.members:
                member.sync(scrub=True)

    def close(self) -> None:
        for member in self.members:
            member.disk.leave()
            member.replica.close()
