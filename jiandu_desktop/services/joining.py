"""Becoming part of a unit: the office is founded, a laptop joins by invitation, the demo is left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop import __version__
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.inspector import Inspector
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.store import Store
from jiandu_desktop.services.unit import Unit, keep_unit, read_unit, unit_of
from jiandu_desktop.services.wire import to_wire
from jiandu_desktop.storage import county

if TYPE_CHECKING:
    from jiandu_desktop.sync.operation import Role

# What founding and joining need is imported where they are done: the window's start only asks who this is.

INVITATION_DAYS = 90
"""How long an invitation may be used where the office says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who this program is: the window's head and foot, and what it may do."""

    role: str
    unit: str
    county: str
    person: Inspector | None
    area: str
    is_demo: bool
    device: str
    data_folder: str
    joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationView:
    """What an invitation file says, before it is accepted."""

    unit: str
    person: str
    expires_at: datetime
    folders: tuple[str, ...]


class Joining:
    """Founding an office and joining one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self) -> Profile:
        """Who this program is now."""
        with self._store.glancing() as glance:
            facts = glance.facts()
            people = {inspector.id: inspector for inspector in glance.inspectors()}
        unit = unit_of(facts)
        person = people.get(str(facts.get("person", "")))
        joined = "repo_id" in facts
        return Profile(
            role=str(facts.get("role", "")),
            unit=unit.name if joined else "",
            county=unit.county or unit.name if joined else "",
            person=person,
            area=person.area if person else "",
            is_demo=bool(facts.get("demo")),
            device=self._store.device() if joined else "",
            data_folder=str(self._store.folder.root),
            joined=joined,
        )

    def found_office(self, folder: Path, unit: Unit) -> None:
        """Make this program the office's and `folder` its shared folder.

        Raises Trouble `office-exists`, `folder-missing`, `folder-taken` and what writing to the folder meets.
        """
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.identity import DeviceKey
        from jiandu_desktop.sync.operation import Role
        from jiandu_desktop.sync.root import Publisher, make_root

        if self._store.belongs():
            with self._store.reading() as work:
                name = read_unit(work).name
            raise Trouble("office-exists", path=str(self._store.folder.root), name=name)
        key, root_key = self._store.make_key(), DeviceKey.generate()
        repo_id, now = self._store.new_id(), self._store.clock()
        # The root key is kept before the folder bears its public half: a crash in between leaves a folder nobody uses.
        write_atomically(self._root_key_path(), root_key.to_bytes())
        make_root(
            Folder(folder, device=key.device),
            repo_id=repo_id,
            office_name=unit.name,
            root_key=root_key,
            publishers=[Publisher(key.public, unit.name)],
            created_at=now,
        )
        self._belong(repo_id, root_key.public, Role.OFFICE, "office", folder=str(folder), office_name=unit.name)
        self.set_unit(unit)

    def set_unit(self, unit: Unit) -> None:
        """Change what documents say of the office; laptops hear of it with the next publication."""
        from jiandu_desktop.sync.operation import Draft

        with self._store.writing() as work:
            keep_unit(work, unit)
            self._store.record(work, [Draft("office.unit", "unit", {"unit": to_wire(unit)})])
        self._store.publish(Changes(settings=True))

    def invite(self, person: Inspector, out: Path, *, days: int = INVITATION_DAYS) -> Path:
        """Write an invitation for one laptop of one inspector into the folder `out` (or as `out`, a `.jdyq` file).

        Returns its path.
        """
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.identity import DeviceKey
        from jiandu_desktop.sync.invitation import SUFFIX, make_invitation
        from jiandu_desktop.sync.root import read_root

        me = self._store.membership()
        with self._store.reading() as work:
            folder = str(county.fact(work, "folder"))
        root_key = DeviceKey.from_bytes(self._root_key_path().read_bytes())
        root = read_root(Folder(Path(folder), device=me.device), repo_id=me.repo_id, root_key=me.root_key)
        now = self._store.clock()
        content = make_invitation(
            root,
            root_key,
            person=person.id,
            person_name=person.name,
            nonce=self._store.new_id(),
            issued_at=now,
            expires_at=now + timedelta(days=days),
            folders=[folder],
        )
        path = out if out.suffix == SUFFIX else out / f"邀请-{person.name}{SUFFIX}"
        write_atomically(path, content)
        return path

    def read_invitation(self, path: Path) -> InvitationView:
        """What an invitation says; raises Trouble `invitation-…` or `file-not-…`."""
        from jiandu_desktop.sync.invitation import read_invitation

        invitation = read_invitation(_read(path))
        return InvitationView(
            unit=invitation.office_name,
            person=invitation.person_name,
            expires_at=invitation.expires_at,
            folders=invitation.folders,
        )

    def join(self, path: Path, folder: str) -> Profile:
        """Join the office that invited: only in a data folder that belongs to nobody yet.

        Raises Trouble `invitation-…`, `office-exists`, and those of `sync.root.read_root` for the folder; nothing is
        kept then.
        """
        from jiandu_desktop.sync.folder import Folder
        from jiandu_desktop.sync.invitation import accept_invitation
        from jiandu_desktop.sync.operation import Role
        from jiandu_desktop.sync.root import read_root

        if self._store.belongs():
            profile = self.current()
            raise Trouble("office-exists", path=profile.data_folder, name=profile.unit)
        content = _read(path)
        key = self._store.make_key()
        accepted = accept_invitation(content, key, now=self._store.clock(), app_version=__version__)
        invitation = accepted.invitation
        read_root(Folder(Path(folder), device=key.device), repo_id=invitation.repo_id, root_key=invitation.root_key)
        self._belong(
            invitation.repo_id,
            invitation.root_key,
            Role.INSPECTOR,
            invitation.person,
            folder=folder,
            office_name=invitation.office_name,
        )
        with self._store.writing() as work:
            self._store.record(work, [accepted.enrolment])
        self._store.publish(Changes(settings=True, sync=True))
        return self.current()

    def mark_demo(self) -> None:
        """Say that this data is invented; the window shows it and offers the way to real use."""
        with self._store.writing() as work:
            county.keep_fact(work, "demo", True)

    def _belong(self, repo_id: str, root_key: bytes, role: Role, person: str, *, folder: str, office_name: str) -> None:
        facts = {
            "repo_id": repo_id,
            "root_key": root_key.hex(),
            "role": role.value,
            "person": person,
            "folder": folder,
            "office_name": office_name,
            "device": self._store.make_key().device,
        }
        with self._store.writing() as work:
            for name, value in facts.items():
                county.keep_fact(work, name, value)

    def _root_key_path(self) -> Path:
        return self._store.folder.root / "office-root.key"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Trouble("file-not-found", path=str(path)) from error
    except OSError as error:
        raise Trouble("file-not-readable", path=str(path), reason=error.strerror or str(error)) from error
