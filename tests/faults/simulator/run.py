"""One seed from beginning to end: work and trouble, then peace, then the invariants; and many seeds with a report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from tests.faults.simulator import ages, misfortune
from tests.faults.simulator.actor import Actor
from tests.faults.simulator.invariants import check_all
from tests.faults.simulator.world import World

SHARE = 50
"""Seeds that one process takes at a time."""
ROUNDS = 14
"""Rounds of syncs within which peace must have come (I9)."""


@dataclass(slots=True)
class Story:
    """What one seed came to. `trace` is the digest of everything that happened (I11)."""

    seed: int
    trace: str
    syncs: int
    operations: int
    facts: int
    excused: int
    rounds: int
    faults: dict[str, int]
    exercised: dict[str, int]
    violations: list[tuple[str, str]]


@dataclass
class Report:
    """Many seeds together."""

    seeds: int = 0
    first: int = 0
    syncs: int = 0
    operations: int = 0
    facts: int = 0
    excused: int = 0
    seeds_by_fault: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    exercised: Counter[str] = field(default_factory=Counter)
    failures: list[dict[str, object]] = field(default_factory=list)

    def add(self, story: Story) -> None:
        self.seeds += 1
        self.syncs += story.syncs
        self.operations += story.operations
        self.facts += story.facts
        self.excused += story.excused
        self.faults.update(story.faults)
        self.exercised.update(story.exercised)
        self.seeds_by_fault.update(story.faults.keys())
        if story.violations:
            self.failures.append({"seed": story.seed, "violations": story.violations[:5]})

    def merge(self, other: Report) -> None:
        """Take in what another process ran."""
        self.seeds += other.seeds
        self.syncs += other.syncs
        self.operations += other.operations
        self.facts += other.facts
        self.excused += other.excused
        for mine, theirs in (
            (self.seeds_by_fault, other.seeds_by_fault),
            (self.faults, other.faults),
            (self.exercised, other.exercised),
        ):
            mine.update(theirs)
        self.failures += other.failures

    def to_json(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False, indent=1, sort_keys=True)

    def lines(self) -> Iterator[str]:
        """The report for the eye."""
        yield f"seeds {self.seeds} from {self.first}: {self.syncs} syncs, {self.operations} operations on folders"
        yield f"facts put down {self.facts}, of which nobody held a copy any more {self.excused}"
        for name, count in sorted(self.faults.items()):
            yield f"  {count:8d}  {name} (in {self.seeds_by_fault[name]} seeds)"
        for name, count in sorted(self.exercised.items()):
            yield f"  {count:8d}  {name}"
        yield f"failures {len(self.failures)}"
        for failure in self.failures[:20]:
            yield f"  seed {failure['seed']}: {failure['violations']}"


def run_many(seeds: Sequence[int], workers: int) -> Report:
    """Run in several processes, each with a share of the seeds."""
    report = Report(first=seeds[0] if seeds else 0)
    shares = [seeds[start : start + SHARE] for start in range(0, len(seeds), SHARE)]
    if workers < 2:
        for share in shares:
            report.merge(run_seeds(share))
        return report
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for part in pool.map(run_seeds, shares):
            report.merge(part)
    return report


def run_seeds(seeds: Iterable[int]) -> Report:
    """Run one after the other in this process."""
    report = Report()
    for seed in seeds:
        if not report.seeds:
            report.first = seed
        report.add(run_seed(seed))
    return report


def run_seed(seed: int) -> Story:
    """The whole story of one seed; the same one every time."""
    world = World(seed)
    with ages.programs_of_several_ages(world):
        for _ in range(14 + world.pick(18)):
            _step(world)
            if world.violations:
                break
        rounds = _peace(world) if not world.violations else 0
        if not world.violations:
            check_all(world)
    return Story(
        seed=seed,
        trace=hashlib.sha256("\n".join(world.trace).encode()).hexdigest(),
        syncs=world.syncs,
        operations=world.operations,
        facts=len(world.truth.facts),
        excused=len(world.truth.gone_facts),
        rounds=rounds,
        faults=dict(world.climate.struck),
        exercised=dict(world.truth.exercised),
        violations=world.violations,
    )


# --- the story ----------------------------------------------------------------------------------------------


def _step(world: World) -> None:
    """Some time later somebody works, somebody syncs, or something happens."""
    world.now += world.choose((0.5, 5.0, 40.0, 600.0, 86400.0, 40 * 86400.0))
    lengths = {actor.name: len(actor.replica.ops) for actor in world.actors}
    struck = ""
    if world.pick(3) == 0:
        kept = world.choose(world.actors)
        kept.backup = kept.replica.state.copy()
    kind = world.pick(100)
    if kind < 30:
        _work(world, world.choose(world.actors))
    elif kind < 62:
        _some_sync(world)
    elif kind < 65:
        actor = world.choose(world.laptops)
        world.do([actor], [lambda: actor.fetch(world.choose(world.places(actor)))])
    elif kind < 68:
        world.choose(world.laptops).tidy()
    elif kind < 70:
        world.do([world.office], [lambda: world.office.publish_base(world.choose(world.places(world.office)))])
    elif kind < 72 and len(world.actors) < 6:
        world.join(f"joined{len(world.actors)}")
    elif world.cloud is not None and kind < 78:
        for _ in range(world.pick(8)):
            world.trace.append(world.cloud.deliver(world.luck))
    elif kind < 76:
        world.share.settle()
    elif (event := world.climate.event()) is not None:
        struck = event
        misfortune.strike(world, event)
    for actor in world.actors:
        if (
            len(actor.replica.ops) < lengths.get(actor.name, 0)
            and not struck.endswith("restored")
            and struck != "former journal deleted"
        ):
            world.violated("I7", f"{actor.name} forgets operations that it had")
    for actor in world.laptops:
        actor.claims(world.violated)


def _work(world: World, actor: Actor) -> None:
    choice = world.pick(5)
    if actor.is_office:
        actor.administer() if choice < 3 else actor.amend()
    elif choice < 3:
        actor.visit()
    else:
        actor.amend()


def _some_sync(world: World) -> None:
    """One computer, or several at the same time, with the share or the stick."""
    together = world.choose((1, 1, 2, 3))
    actors = world.shuffled(world.actors)[:together]
    pairs = [(actor, world.choose(world.places(actor))) for actor in actors]
    world.sync(pairs, scrub=world.pick(3) == 0)
    # What a killed process left half-written in the folder stays; the process itself starts anew at its next sync.


def _peace(world: World) -> int:
    """Faults stop, programs are renewed, the administrator gives back rights and room; then everybody syncs."""
    world.climate.calm = True
    for tree in world.trees():
        tree.settle()
        tree.capacity = None
        tree.lies = tree.refuses_rename = tree.copies_on_rename = False
    if world.pick(3) == 0:
        # Somebody new must learn everything, at times without the office's base.
        if world.pick(2):
            for tree in world.trees():
                for path, _ in tree.files():
                    # What a stolen laptop had published, only the office can put back.
                    if path.startswith(("base/", *(f"dev/{device}/" for device in sorted(world.truth.thieves)))):
                        tree.remove(path)
        world.join("newcomer")
    for actor in world.actors:
        actor.skew, actor.schema, actor.read_only = 0.0, 2, False
    last = None
    for round_number in range(1, ROUNDS + 1):
        world.now += 86400.0
        if world.cloud is not None:
            world.cloud.deliver(world.luck, everything=True)
        for actor in world.honest:
            for tree in world.places(actor):
                world.sync([(actor, tree)], scrub=True)
        if world.cloud is not None:
            world.cloud.deliver(world.luck, everything=True)
        state = (
            tuple(tree.fingerprint() for tree in world.trees()),
            tuple((len(actor.replica.ops), len(actor.replica.state.blobs)) for actor in world.honest),
            tuple(str(actor.replica.refusals) for actor in world.honest),
        )
        if round_number in (1, 2, 3) and world.pick(2):
            misfortune.pack_rots(world)
        elif world.violations or state == last:
            return round_number
        last = state
    world.violated("I9", f"no peace after {ROUNDS} rounds")
    return ROUNDS
