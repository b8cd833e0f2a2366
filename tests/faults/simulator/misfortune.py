"""What happens between syncs: to the folder by third parties, servers and cloud clients; to laptops by life."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jiandu_desktop.sync import names, signed
from jiandu_desktop.sync.operation import Draft
from jiandu_desktop.sync.review import revoke
from jiandu_desktop.sync.root import DOMAIN as ROOT_DOMAIN
from tests.faults.simulator.cloud import conflict_name
from tests.faults.simulator.hostile import forged_segment, replayed_segment
from tests.faults.simulator.tree import FOREIGN, Tree
from tests.faults.simulator.world import World, key

OURS = ("head/", "dev/", "blob/", "base/")
YEARS = 365 * 86400.0


def strike(world: World, event: str) -> None:
    """Let one misfortune happen and count it, if there is anything it can happen to."""
    if EVENTS[event](world):
        world.climate.struck[event] += 1
        world.trace.append(f"event: {event}")
        world.survey()


def _victim(world: World, areas: Sequence[str] = OURS) -> tuple[Tree, str] | None:
    tree = world.choose(world.trees())
    paths = [path for path, entry in tree.files() if path.startswith(tuple(areas)) and not entry.foreign]
    packs = [path for path in paths if path.endswith(".pack")]
    if packs and world.pick(2):
        paths = packs
    return (tree, world.choose(paths)) if paths else None


def bit_rot(world: World) -> bool:
    found = _victim(world)
    if found is None:
        return False
    tree, path = found
    data = tree.file(path).data
    if not data:
        return False
    at = world.pick(len(data))
    tree.harm(path, data[:at] + bytes([data[at] ^ (1 << world.pick(8))]) + data[at + 1 :])
    return True


def pack_rots(world: World) -> None:
    """A flipped bit in a pack, if there is one: its originals must not go by it."""
    trees = world.trees()
    packs = [(tree, path) for tree in trees for path, entry in tree.files() if path.endswith(".pack") and entry.data]
    if packs:
        tree, path = world.choose(packs)
        data = tree.file(path).data
        at = world.pick(len(data))
        tree.harm(path, data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        world.climate.struck["bit rot in a pack"] += 1
        world.survey()


def truncated(world: World) -> bool:
    found = _victim(world)
    if found is None or not found[0].file(found[1]).data:
        return False
    data = found[0].file(found[1]).data
    found[0].harm(found[1], data[: world.pick(len(data))])
    return True


def deleted_file(world: World) -> bool:
    found = _victim(world)
    if found is not None:
        found[0].remove(found[1])
    return found is not None


def deleted_folder(world: World) -> bool:
    found = _victim(world)
    if found is None:
        return False
    tree, path = found
    folder = path.rpartition("/")[0]
    for each, entry in tree.files():
        if each.startswith(folder + "/") and not entry.foreign:
            tree.remove(each)
    return True


def former_journal_deleted(world: World) -> bool:
    """A laptop hands in, is restored, goes on under a new identity, and somebody tidies away the old one's folder."""
    actor = world.choose([actor for actor in world.laptops if not actor.stolen])
    place = world.tree_of(actor)
    actor.visit()
    world.sync([(actor, place)])
    before = actor.replica.state.copy()
    actor.visit()
    world.sync([(actor, place)])
    actor.replica.state = before
    world.sync([(actor, place)])
    former = set(actor.replica.state.former)
    victims = [(tree, path) for tree in world.trees() for path, _ in tree.files() if _owner(path) in former]
    for tree, path in victims:
        tree.remove(path)
    return bool(victims)


def _owner(path: str) -> str:
    """The device whose journal or head this is."""
    area, _, rest = path.partition("/")
    return rest[:16] if area in ("dev", "head") else ""


def all_heads_deleted(world: World) -> bool:
    heads = [path for path, entry in world.share.files() if path.startswith("head/") and not entry.foreign]
    for path in heads:
        world.share.remove(path)
    return bool(heads)


def conflict_copy(world: World) -> bool:
    """The client makes a copy beside the file; at times the copy is an older, shorter state of it."""
    found = _victim(world, (*OURS, "root-"))
    if found is None:
        return False
    tree, path = found
    data = tree.file(path).data
    tree.place(conflict_name(path, "李老师", world.pick(4)), data if world.pick(3) else data[: len(data) // 2])
    return True


def sole_copy_renamed(world: World) -> bool:
    found = _victim(world, ("dev/",))
    if found is None:
        return False
    tree, path = found
    data = tree.remove(path).data
    tree.place(conflict_name(path, "王老师", world.pick(4)), data)
    return True


def mass_rename(world: World) -> bool:
    """Ransomware: every file gets another ending."""
    victims = [path for path, entry in world.share.files() if path.startswith(OURS) and not entry.foreign]
    for path in victims:
        data = world.share.remove(path).data
        world.share.place(path + ".locked", FOREIGN + data[::-1])
    return bool(victims)


def foreign_file(world: World) -> bool:
    tree = world.choose(world.trees())
    folder = world.choose(sorted(tree.folders))
    name = world.choose(("desktop.ini", ".DS_Store", "Thumbs.db", "~$x", "x.sync-conflict-1.seg", "Head", "DEV"))
    path = f"{folder}/{name}" if folder else name
    if tree.find(path) is not None or tree.fold(name) in tree.listing(folder):
        return False
    if world.pick(4) == 0:
        made = f"{folder}/00000001-{'0' * 16}.seg" if folder.startswith("dev/") else ""
        if made and made not in tree.folders:
            tree.make_folders(made)
        return bool(made)
    tree.place(path, FOREIGN + name.encode())
    return True


def server_power_cut(world: World) -> bool:
    return world.share.lose_power(world.luck) > 0


def share_restored(world: World) -> bool:
    """The server comes back with an old state; on the way there, one is kept for the next time."""
    if world.share_backup is None or world.pick(3) == 0:
        world.share_backup = world.share.backup()
        return False
    world.share.restore(world.share_backup)
    return True


def laptop_restored(world: World) -> bool:
    kept = [actor for actor in world.laptops if actor.backup is not None and not actor.stolen]
    if not kept:
        return False
    actor = world.choose(kept)
    assert actor.backup is not None
    actor.replica.state = actor.backup.copy()
    return True


def office_restored(world: World) -> bool:
    """The office's computer fails; it comes back as it was some time ago, with the root key from the safe."""
    office = world.office
    if office.backup is None or world.share.find(names.root(2)) is not None:
        return False
    office.replica.state = office.backup.copy()
    world.office_restored = True
    return True


def laptop_cloned(world: World) -> bool:
    if any(actor.name.endswith("'") for actor in world.actors):
        return False
    original = world.choose(world.laptops)
    if original.stolen:
        return False
    world.clone(original)
    return True


def laptop_stolen(world: World) -> bool:
    """A thief has it; some time later the office revokes it. What it had not handed in is gone with it."""
    actor = world.choose(world.laptops)
    known = world.office.replica.devices()
    if actor.stolen or actor.device not in known or sum(not each.stolen for each in world.laptops) < 2:
        return False
    actor.stolen = True
    for each in world.laptops:
        if each.device == actor.device:
            each.stolen = True
    world.truth.thieves.update(actor.identities)
    revoke(world.office.replica, known[actor.device], "stolen")
    return True


def clock_jump(world: World) -> bool:
    """Far off or a little; and somebody writes while it is wrong."""
    actor = world.choose(world.actors)
    actor.skew = world.choose((-10 * YEARS, 10 * YEARS, 10 * YEARS, -3600.0, 86400.0, 0.0))
    actor.amend()
    return True


def disk_full(world: World) -> bool:
    tree = world.choose(world.trees())
    tree.capacity = tree.used + world.pick(3000)
    return True


def disk_freed(world: World) -> bool:
    full = [tree for tree in world.trees() if tree.capacity is not None]
    for tree in full:
        tree.capacity = None
    return bool(full)


def read_only(world: World) -> bool:
    actor = world.choose(world.actors)
    actor.read_only = not actor.read_only
    return actor.read_only


def newer_program(world: World) -> bool:
    """A laptop is renewed: it writes what the others cannot read yet, and kinds that they have never heard of."""
    actor = world.choose(world.laptops)
    actor.schema = 2
    actor.record([Draft("visit.something-new", f"visit-{world.next_fact()}", {"fact": world.next_fact()})])
    return True


def raised_min_writer(world: World) -> bool:
    """A second root file wants newer programs for writing; visits are handed in all the same."""
    if world.share.find(names.root(2)) is not None or world.office_restored:
        return False
    content = {**signed.content_of(world.root.file), "number": 2, "min_writer": 2}
    for tree in world.trees():
        tree.place(names.root(2), signed.seal(content, ROOT_DOMAIN, key("root")))
    return True


def wrong_folder(world: World) -> bool:
    """An empty mount point, or another county's folder: nothing may be written there."""
    tree = Tree("elsewhere")
    tree.make_folders("dev")
    if world.pick(2):
        other = {**signed.content_of(world.root.file), "repo_id": "another", "root_key": key("another").public.hex()}
        tree.place(names.root(1), signed.seal(other, ROOT_DOMAIN, key("another")))
    before = tree.fingerprint()
    world.sync([(world.choose(world.actors), tree)])
    if tree.fingerprint() != before:
        world.violated("I8", "something was written into a folder that is not the office's")
    return True


def root_damaged(world: World) -> bool:
    """The root file is harmed; a sync finds that; the administrator puts it back."""
    data = world.share.file(names.root(1)).data
    world.share.harm(names.root(1), data[: world.pick(len(data))])
    world.sync([(world.choose(world.actors), world.share)])
    world.share.harm(names.root(1), data)
    return True


EVENTS: dict[str, Callable[[World], bool]] = {
    "bit rot": bit_rot,
    "truncated file": truncated,
    "deleted file": deleted_file,
    "deleted folder": deleted_folder,
    "former journal deleted": former_journal_deleted,
    "all heads deleted": all_heads_deleted,
    "conflict copy": conflict_copy,
    "sole copy renamed": sole_copy_renamed,
    "mass rename": mass_rename,
    "foreign file": foreign_file,
    "server power cut": server_power_cut,
    "share restored": share_restored,
    "laptop restored": laptop_restored,
    "office restored": office_restored,
    "laptop cloned": laptop_cloned,
    "laptop stolen": laptop_stolen,
    "clock jump": clock_jump,
    "disk full": disk_full,
    "disk freed": disk_freed,
    "read-only": read_only,
    "newer program": newer_program,
    "raised min_writer": raised_min_writer,
    "replayed segment": replayed_segment,
    "forged segment": forged_segment,
    "another office's root": wrong_folder,
    "root damaged": root_damaged,
}
