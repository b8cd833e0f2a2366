"""A laptop restored from a backup or copied with its disk: it goes on under a new identity, and nothing is lost.

Whoever finds in the folder a valid segment of its own that it does not know must not go on numbering: the other
history is read like that of another device, and what only stands here is written anew under a new key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import to_text
from jiandu_desktop.sync import canonical, names, segment
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.identity import DeviceKey, is_signed
from jiandu_desktop.sync.invitation import ENROL
from jiandu_desktop.sync.operation import Draft
from jiandu_desktop.sync.pack import read_pack
from jiandu_desktop.sync.refusal import Refused
from jiandu_desktop.sync.replica import Consequences, Device, OwnSegment, Position, Replica
from jiandu_desktop.sync.root import Publisher, Root, lay_root, make_next_root
from jiandu_desktop.sync.segment import Segment

DOMAIN = "jiandu fork 1"


def unknown_own(folder: Folder, replica: Replica, listed: Collection[str]) -> tuple[Segment, ...]:
    """Valid segments of mine among the `listed` names of my journal that I have never written; usually none.

    Of my packs only those are read that reach beyond what I know.
    """
    me = replica.membership()
    own = replica.own_segments()
    known = {(each.seq, each.digest[:16]) for each in own}
    last = own[-1].seq if own else 0
    found: dict[str, Segment] = {}
    # Nearly all are what I wrote, under the name that I gave it.
    others = set(listed).difference(names.segment(each.seq, each.digest) for each in own)
    for raw in _unknown_bytes(folder, me.device, others, known, last):
        try:
            each = segment.decode(raw, me.repo_id)
        except Refused:
            continue
        if each.device == me.device and (each.seq, each.digest[:16]) not in known:
            found[each.digest] = each
    return tuple(sorted(found.values(), key=lambda each: (each.seq, each.digest)))


def branch_of(own: Sequence[OwnSegment], unknown: Iterable[Segment], confirmed: Position | None = None) -> Position:
    """The last segment that my history and the unknown one have in common, as far as it can be told. `confirmed` is
    the last one of mine that an office has told by its digest."""
    digests = {0: segment.FIRST_PREVIOUS, **{each.seq: each.digest for each in own}}
    others = list(unknown)
    chained = [each.seq - 1 for each in others if digests.get(each.seq - 1) == each.previous]
    # Where the link is not here, only what was confirmed is surely common: said twice is better than lost.
    sure = confirmed.seq if confirmed and digests.get(confirmed.seq) == confirmed.digest else 0
    seq = min(chained, default=min(sure, min(each.seq for each in others) - 1))
    seq = min(seq, max(digests))
    return Position(seq, digests[seq])


def renew_identity(folder: Folder | None, replica: Replica, root: Root | None, branch: Position, now: datetime) -> None:
    """Go on under a new key. A laptop proves by the old key that it is the same; an office's computer must hold the
    root key, names its new key in the next root file, and needs `folder` and `root`.

    Raises Trouble `device-forked` for an office's computer without the root key, and what writing the root meets.
    """
    me, spare = replica.membership(), replica.spare_key()
    if not me.is_office:
        if me.device not in replica.devices():
            # The office has not certified it yet; what it wrote is to be read all the same.
            old = Device(device=me.device, public_key=me.key.public, person=me.person, role=me.role)
            replica.record((), Consequences(devices=(old,)))
        replica.renew(branch, enrolment(me.key, spare, me.repo_id, branch, now))
        return
    root_key = replica.root_key()
    if root_key is None or folder is None or root is None:
        raise Trouble("device-forked", path=folder.shown if folder else "")
    if not root.is_publisher(spare.device):
        name = next((each.name for each in root.publishers if each.device == me.device), "")
        publishers = (*root.publishers, Publisher(spare.public, name))
        lay_root(folder, make_next_root(root, root_key, publishers=publishers, created_at=now))
    replica.renew(branch, None)


def renew_after_restore(replica: Replica, now: datetime) -> None:
    """A laptop whose data came back from a backup goes on anew before it looks into any folder: what it holds as sent
    is common history, what it has not sent may have been sent from the state that was lost.

    An office's computer must see its folder first (`renew_identity`).
    """
    if replica.membership().is_office:
        return
    branch = Position()
    for each in replica.own_segments():
        if not each.sent:
            break
        branch = Position(each.seq, each.digest)
    renew_identity(None, replica, None, branch, now)


def enrolment(old: DeviceKey, new: DeviceKey, repo_id: str, branch: Position, now: datetime) -> Draft:
    """The first operation under the new key: which device it was, up to where, signed by the old key."""
    return Draft(
        ENROL,
        new.device,
        {
            "forked_from": old.device,
            "branch": branch.seq,
            "public_key": new.public.hex(),
            "accepted_at": to_text(now),
            "proof": old.sign(DOMAIN, _statement(repo_id, new.public, branch.seq)).hex(),
        },
    )


def is_proven(old_key: bytes, new_key: bytes, repo_id: str, branch: int, proof: bytes) -> bool:
    """Whether the holder of `old_key` says that it goes on as `new_key`."""
    return is_signed(old_key, DOMAIN, _statement(repo_id, new_key, branch), proof)


def _statement(repo_id: str, new_key: bytes, branch: int) -> bytes:
    return canonical.to_bytes({"repo_id": repo_id, "key": new_key.hex(), "branch": branch})


def _unknown_bytes(
    folder: Folder, device: str, listed: Collection[str], known: set[tuple[int, str]], last: int
) -> Iterable[bytes]:
    for name in sorted(listed):
        parsed = names.parse_segment(name)
        if parsed is not None and parsed not in known:
            yield folder.read_listed(names.journal(device), name, segment.MAX_FILE) or b""
        packed = names.parse_pack(name)
        if packed is not None and packed.last > last:
            yield from read_pack(folder, device, name).values()
