"""A county in memory: an office, laptops, a shared folder, perhaps a stick and a cloud client, one source of luck."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeVar

from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.invitation import accept_invitation, make_invitation
from jiandu_desktop.sync.operation import Role
from jiandu_desktop.sync.replica import Membership
from jiandu_desktop.sync.root import Publisher, Root, lay_root, make_root
from tests.faults.simulator.actor import ROOT, Actor
from tests.faults.simulator.baton import Baton
from tests.faults.simulator.climate import Climate
from tests.faults.simulator.cloud import Cloud
from tests.faults.simulator.memory import MemoryReplica
from tests.faults.simulator.tree import Tree
from tests.faults.simulator.truth import REPO, Truth
from tests.faults.simulator.wire import Killed, Wire, is_proven

START = datetime(2026, 11, 22, 9, 2, tzinfo=UTC)

_T = TypeVar("_T")


@cache
def key(word: str) -> DeviceKey:
    """The same key for the same word, so that a seed is the same story every time."""
    return DeviceKey.from_bytes(hashlib.sha256(word.encode()).digest())


class World:
    """Everything of one run. All luck comes from `seed`; nothing outside is looked at."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.luck = random.Random(seed)
        self.climate = Climate(self.luck)
        self.baton = Baton(self.luck)
        self.now = START.timestamp()
        self.authors: dict[str, set[str]] = {}
        self.trace: list[str] = []
        self.violations: list[tuple[str, str]] = []
        self.operations = 0
        self.syncs = 0
        self._facts = 0
        self._keys = 0
        self.crash: BaseException | None = None
        self.truth = Truth(self.violated)
        self.truth.tree_of = self._tree_of
        self.truth.office_replicas = lambda: [actor.replica for actor in self.actors if actor.is_office]
        self.share = Tree("share", folds_case=self.climate.folds_case)
        self.share.now = self.now
        self.share_backup: list[tuple[str, bytes]] | None = None
        self.office_restored = False
        self.rogue: MemoryReplica | None = None
        self.stick: Tree | None = None
        self.cloud: Cloud | None = None
        self.actors: list[Actor] = []
        self.running: Actor | None = None
        self.root = self._found()
        if self.climate.stick:
            self.stick = Tree("stick")
            lay_root(self._admins_folder(self.stick), self.root.file)
        if self.climate.cloud:
            self.cloud = Cloud(self.share)
        for number in range(2 + self.pick(2)):
            self.join(f"laptop{number}")
        self.share.settle()
        self.share.lies = self.climate.lies
        self.share.refuses_rename = self.climate.refuses_rename
        self.share.copies_on_rename = self.climate.copies_on_rename

    # -- luck

    def random(self) -> float:
        return self.luck.random()

    def pick(self, below: int) -> int:
        return int(self.luck.random() * below)

    def choose(self, values: Sequence[_T]) -> _T:
        return values[self.pick(len(values))]

    def bytes(self, length: int) -> bytes:
        return self.luck.randbytes(length)

    def shuffled(self, values: Sequence[_T]) -> list[_T]:
        copy = list(values)
        self.luck.shuffle(copy)
        return copy

    def next_fact(self) -> int:
        self._facts += 1
        return self._facts

    # -- people

    @property
    def office(self) -> Actor:
        return self.actors[0]

    @property
    def laptops(self) -> list[Actor]:
        return self.actors[1:]

    @property
    def honest(self) -> list[Actor]:
        """Everybody but thieves, the office first."""
        return [actor for actor in self.actors if not actor.stolen]

    def join(self, name: str, person: str = "") -> Actor:
        """A new laptop with an invitation of its own."""
        person = person or f"person-{name}"
        data = make_invitation(
            self.root,
            key("root"),
            person=person,
            person_name=person,
            nonce=f"nonce-{name}",
            issued_at=START,
            expires_at=START + timedelta(days=20_000),
            folders=[],
        )
        accepted = accept_invitation(data, key(name), now=START, app_version="0.1.0")
        actor = self._settle_in(name, accepted.membership)
        actor.replica.record([accepted.enrolment])
        return actor

    def clone(self, actor: Actor) -> Actor:
        """A second laptop with a copy of the first one's disk."""
        twin = self._settle_in(actor.name + "'", actor.replica.membership())
        twin.replica.state = actor.replica.state.copy()
        twin.skew, twin.schema = actor.skew, actor.schema
        return twin

    def _found(self) -> Root:
        office_key = key("office")
        root = make_root(
            self._admins_folder(self.share),
            repo_id=REPO,
            office_name="青原区督导室",
            root_key=key("root"),
            publishers=[Publisher(office_key.public, "办公室")],
            created_at=START,
        )
        self.truth.offices.add(office_key.device)
        membership = Membership(
            key=office_key,
            repo_id=REPO,
            root_key=root.root_key,
            person="office",
            role=Role.OFFICE,
            app_version="0.1.0",
        )
        self._settle_in("office", membership)
        return root

    def _settle_in(self, name: str, membership: Membership) -> Actor:
        actor: Actor
        replica = MemoryReplica(
            membership,
            lambda: actor.clock(),
            self.truth,
            lambda what: self._gate(actor, what),
            self._new_key,
            key("root") if membership.is_office else None,
        )
        actor = Actor(name, replica, self)
        self.actors.append(actor)
        return actor

    def _new_key(self) -> DeviceKey:
        self._keys += 1
        return key(f"spare {self._keys}")

    def _admins_folder(self, tree: Tree) -> Folder:
        """The folder as the office's administrator sets it up, before anything goes wrong."""
        admin = key("office").device
        wire = Wire(_Calm(self), tree, ROOT, lambda: (admin,), is_office=True)
        return Folder(ROOT, device=admin, disk=wire)

    # -- places

    def tree_of(self, actor: Actor) -> Tree:
        """The shared folder as this computer sees it."""
        return self.cloud.view(actor.name) if self.cloud is not None else self.share

    def places(self, actor: Actor) -> list[Tree]:
        return [self.tree_of(actor), *([self.stick] if self.stick is not None else [])]

    def trees(self) -> list[Tree]:
        """Every place where a file may survive."""
        return [
            self.share,
            *([self.stick] if self.stick is not None else []),
            *(self.cloud.views() if self.cloud is not None else ()),
        ]

    def survey(self) -> None:
        living = [actor.replica for actor in self.honest]
        self.truth.survey(self.office.replica, living, self.trees())

    # -- time

    def turn(self, who: str, call: str, path: str) -> None:
        """Before every call on a folder: time passes, the cloud delivers, others take their turn."""
        self.now += 0.02
        for tree in self.trees():
            tree.now = self.now
        self.trace.append(f"{who} {call} {path}")
        running = self.running
        if self.cloud is not None and not self.climate.calm and self.pick(6) == 0:
            self.trace.append(self.cloud.deliver(self.luck))
        self.baton.step()
        self.running = running

    def running_schema(self) -> int:
        """The age of the program that runs right now."""
        return self.running.schema if self.running is not None else 2

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def _gate(self, actor: Actor, what: str) -> None:
        """Both ends of a transaction: the process may die there."""
        if actor.wire is None:
            return
        if actor.wire.dead:
            raise Killed
        self.trace.append(f"{actor.name} {what}")
        self.baton.step()
        self.running = actor
        if self.climate.strikes("kill in a transaction"):
            actor.wire.dead = True
            raise Killed

    # -- what goes on

    def sync(self, pairs: Sequence[tuple[Actor, Tree]], *, scrub: bool = False) -> None:
        """Some computers sync at the same time; a fault of ours in any of them is a violation (I9)."""
        self.syncs += len(pairs)
        calls = [lambda actor=actor, tree=tree: actor.sync(tree, scrub=scrub) for actor, tree in pairs]
        self.do([actor for actor, _ in pairs], calls)

    def do(self, actors: Sequence[Actor], calls: Sequence[Callable[[], object]]) -> None:
        """Run calls of these computers at the same time."""
        for actor, error in zip(actors, self.baton.run(calls), strict=True):
            if error is not None:
                self.violated("I9", f"{actor.name} failed with {type(error).__name__}: {error}")
                self.crash = error

    def violated(self, invariant: str, message: str) -> None:
        self.violations.append((invariant, message))

    def going(self, tree: Tree, path: str, data: bytes) -> None:
        """I5 for records: a whole segment leaves the folder only once an office has it and a whole pack holds it."""
        known = self.truth.published.get(data)
        if known is None or not path.startswith("dev/") or path.endswith(".part"):
            return
        if any((known.device, known.seq) in office.state.segments for office in self.truth.office_replicas()):
            held = [entry.data for where, entry in tree.files() if where.startswith(f"dev/{known.device}/")]
            if any(data in other and is_proven(other) for other in held if other != data):
                self.truth.exercised["segments packed and removed"] += 1
                return
        elif known.device in self.truth.offices:
            return
        self.violated("I5", f"{path} is removed by its owner; it is not confirmed and packed")

    def _tree_of(self, replica: MemoryReplica) -> Tree | None:
        return next(
            (actor.wire.tree for actor in self.actors if actor.replica is replica and actor.wire is not None), None
        )


class _Calm:
    """Surroundings without any fault, for the administrator who sets the folders up."""

    def __init__(self, world: World) -> None:
        self.climate = Climate(random.Random(0))
        self.climate.calm = True
        self.now = world.now
        self.authors = world.authors
        self.violated = world.violated

    def random(self) -> float:
        return 0.5

    def pick(self, below: int) -> int:
        return 0

    def turn(self, who: str, call: str, path: str) -> None:
        """Nothing else happens."""

    def going(self, tree: Tree, path: str, data: bytes) -> None:
        """The administrator removes trial files only."""
