"""One computer of the county: its replica, its clock, what it puts down, and its syncs with one folder or another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.sync.base import publish_base
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.once import stage_of, sync_once
from jiandu_desktop.sync.operation import BlobRef, Draft
from jiandu_desktop.sync.probe import probe
from jiandu_desktop.sync.pull import fetch_blob
from jiandu_desktop.sync.receipt import Stage
from jiandu_desktop.sync.retention import Retention, purge
from jiandu_desktop.sync.root import read_root
from tests.faults.simulator.memory import MemoryReplica, State
from tests.faults.simulator.tree import Tree
from tests.faults.simulator.truth import PERIOD, REPO, fact_of, name_of
from tests.faults.simulator.wire import Killed, Wire

if TYPE_CHECKING:
    from tests.faults.simulator.world import World

ROOT = Path("/f")
"""Where every simulated folder is mounted; no real file is ever touched."""
PACK_AFTER = timedelta(days=30)


@dataclass(eq=False)
class Actor:
    """A laptop or an office. `stolen` works for a thief from then on; `schema` is the age of its program."""

    name: str
    replica: MemoryReplica
    world: World
    skew: float = 0.0
    schema: int = 1
    stolen: bool = False
    read_only: bool = False
    backup: State | None = None
    wire: Wire | None = None
    troubles: list[str] = field(default_factory=list)

    @property
    def is_office(self) -> bool:
        return self.replica.membership().is_office

    @property
    def device(self) -> str:
        return self.replica.device

    @property
    def identities(self) -> tuple[str, ...]:
        """The device that this is, and those that it was before it was restored."""
        return (self.device, *self.replica.state.former)

    def clock(self) -> float:
        return self.world.now + self.skew

    def time(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC)

    # -- work

    def visit(self) -> None:
        """Finish a visit with photos and a notice; some of its items become problems."""
        world = self.world
        entity = f"visit-{world.next_fact()}"
        blobs = [self._blob("photo", 40 + world.pick(400)) for _ in range(world.pick(3))]
        blobs += [self._blob("document", 200)] if world.pick(2) else []
        drafts = [self._draft("visit.finished", entity, answers={"a": "yes", "b": "no"}, blobs=blobs)]
        for _ in range(world.pick(3)):
            problem = f"problem-{world.next_fact()}"
            drafts.append(self._draft("problem.opened", problem, visit=entity, state="open", deadline="2026-12-01"))
        self.record(drafts)

    def amend(self) -> None:
        """Correct or take back a finished visit of mine, or write on a problem that I know of, whosever it is."""
        known = self.replica.ops
        visits = [op.entity for op in known if op.kind == "visit.finished" and op.person == self.person]
        problems = list(dict.fromkeys(op.entity for op in known if op.kind == "problem.opened"))
        if problems and (not visits or self.world.pick(3)):
            state = self.world.choose(["open", "rectifying", "claimed", "closed", "reopened"])
            entity = self.world.choose(problems)
            kind = self.world.choose(["problem.state", "problem.edited", "problem.comment"])
            photo = [self._blob("photo", 60)] if kind == "problem.comment" and not self.is_office else []
            self.record([self._draft(kind, entity, state=state, text=f"t{self.world.pick(1000)}", blobs=photo)])
        elif visits and not self.is_office:
            entity = self.world.choose(visits)
            first = next(op for op in known if op.entity == entity)
            self.record([self._draft("visit.amended", entity, answers={"a": "no"}, blobs=first.data["blobs"])])

    def administer(self) -> None:
        """What only the office writes."""
        kind = self.world.choose(["school.added", "assignment.made", "checklist.published"])
        blobs = [self._blob("checklist", 100)] if kind == "checklist.published" else []
        self.record([self._draft(kind, f"{kind}-{self.world.next_fact()}", blobs=blobs)])

    @property
    def person(self) -> str:
        return self.replica.membership().person

    def record(self, drafts: list[Draft]) -> None:
        self.replica.record(drafts)

    def _draft(self, kind: str, entity: str, **data: object) -> Draft:
        return Draft(kind, entity, {"fact": self.world.next_fact(), **data})

    def _blob(self, role: str, length: int) -> dict[str, object]:
        data = self.world.bytes(length)
        name = name_of(data)
        self.world.truth.blobs[name] = data
        self.replica.capture(data)
        return BlobRef(name, length, PERIOD, role).to_json()

    # -- sync

    def sync(self, tree: Tree, *, scrub: bool = False) -> None:
        """One sync with one folder."""

        def once(folder: Folder) -> None:
            receipt = sync_once(folder, self.replica, Progress(), now=self.time(), scrub=scrub, pack_after=PACK_AFTER)
            self.note(receipt.trouble or "done")

        self._at(tree, once)

    def publish_base(self, tree: Tree) -> None:
        """The office prepares everything for new laptops."""
        self._at(tree, lambda folder: publish_base(folder, self.replica, Progress(), now=self.time()))

    def fetch(self, tree: Tree) -> None:
        """Look at a photo that is not here: of somebody else, or one's own that was given up."""
        names = [name for name, _, _ in self.replica.state.needed if name not in self.replica.state.blobs]
        names += [ref.name for own in self.replica.own_segments() for ref in own.blobs]
        if names:
            refs = self.replica.blob_refs({self.world.choose(names)})
            self._at(tree, lambda folder: fetch_blob(folder, self.replica, refs[0]))

    def tidy(self) -> None:
        """Give up what may be given up."""
        purge(self.replica, Retention(keep_for=PACK_AFTER), now=self.time(), free_bytes=0)

    def _at(self, tree: Tree, act: Callable[[Folder], object]) -> None:
        """Do something in a folder; troubles of the world are noted, everything else is a fault of ours (I9)."""
        world = self.world
        world.running = self
        self.wire = Wire(world, tree, ROOT, lambda: self.identities, is_office=self.is_office, read_only=self.read_only)
        try:
            act(self._folder(self.wire, tree))
        except Trouble as trouble:
            self.note(trouble.code)
        except Killed:
            self.note("killed")
        finally:
            world.operations += self.wire.calls
            self.wire = None
            world.running = None

    def note(self, what: str) -> None:
        self.troubles.append(what)
        self.world.trace.append(f"{self.name} sync: {what}")

    def _folder(self, wire: Wire, tree: Tree) -> Folder:
        """The folder in the mode that a probe finds, as the program does it."""
        mode = Mode.RENAME
        if tree.refuses_rename or self.read_only or self.world.pick(20) == 0:
            read_root(Folder(ROOT, disk=wire, sleep=self.world.sleep), repo_id=REPO, root_key=self.world.root.root_key)
            nonce = f"{self.world.pick(10**6):06d}"
            mode = probe(ROOT, wire, device=self.device, nonce=nonce, now=self.time()).mode
        return Folder(ROOT, device=self.device, mode=mode, disk=wire, sleep=self.world.sleep)

    # -- what its window says

    def claims(self, check: Callable[[str, str], None]) -> None:
        """I10: no visit is shown further than it is."""
        if self.is_office:
            return
        own = self.replica.own_segments()
        confirmed = self.replica.acknowledged().get(self.device, 0)
        office = self.world.office.replica
        for op in self.replica.ops:
            number = fact_of(op)
            if op.device != self.device or number is None or op.kind != "visit.finished":
                continue
            if stage_of(op.number, own, confirmed) is not Stage.CONFIRMED:
                continue
            if self.world.office_restored:
                continue
            if op.op_id not in office.state.known or any(ref.name not in office.state.blobs for ref in op.blobs):
                check("I10", f"{self.name} shows visit {op.entity} as confirmed; the office does not have it whole")
