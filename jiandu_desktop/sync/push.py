"""Publishing my journal: photos before the segment that names them, the head last, all of it read back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.sync import canonical, names, segment
from jiandu_desktop.sync.blobs import WHOLE, has_blob, is_named, put_blob
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.fork import branch_of, renew_identity, unknown_own
from jiandu_desktop.sync.heal import resend_former, serve
from jiandu_desktop.sync.look import Look, head_bytes, look
from jiandu_desktop.sync.operation import BlobRef, Op
from jiandu_desktop.sync.packing import PACK_AFTER, roll_up
from jiandu_desktop.sync.receipt import Count, Receipt
from jiandu_desktop.sync.refusal import Refusal, Why
from jiandu_desktop.sync.replica import OwnSegment, Position, Replica

TARGET_BYTES = 192 * 1024
"""Plain bytes after which a segment is closed: small files come through bad lines, and one visit is about 9 KB."""
TARGET_OPS = 1000
FILES_AT_ONCE = 4
"""Blobs per stream between two looks at the progress; what was read back is noted then, in one transaction."""

CHECKING = QT_TRANSLATE_NOOP("progress", "正在查看共享文件夹")
SENDING = QT_TRANSLATE_NOOP("progress", "正在放入共享文件夹")


def push(
    folder: Folder,
    replica: Replica,
    progress: Progress,
    *,
    now: datetime,
    seen: Look | None = None,
    listed: Collection[str] | None = None,
    scrub: bool = False,
    pack_after: timedelta = PACK_AFTER,
) -> Receipt:
    """Put what is mine and not yet confirmed into the folder; may be cancelled at any byte and repeated at will.

    A full folder is not raised but told in the receipt (`trouble` "folder-full"), because records are tried even where
    photos no longer fit. `listed` are the names in my own journal where they were listed already; with `scrub`,
    confirmed segments older than `pack_after` are rolled up. Raises Cancelled; Trouble as `Folder` and `read_root` do,
    and `device-forked` for an office's computer that cannot take a new identity.
    """
    folder = folder.checked_by(progress.check)
    progress.report(Step(0, 0, CHECKING))
    seen = seen or look(folder, replica, scrub=scrub)
    if listed is None:
        listed = folder.list(names.journal(replica.membership().device))
    renewed = go_on_after_fork(folder, replica, seen, listed, now)
    receipt = _Push(folder, replica, progress, seen, () if renewed else listed).run(now, scrub)
    if scrub and not receipt.trouble:
        roll_up(folder, replica, listed, now=now, older_than=pack_after)
    return replace(receipt, renewed=renewed)


def go_on_after_fork(folder: Folder, replica: Replica, seen: Look, listed: Collection[str], now: datetime) -> bool:
    """Whether this device was found to have another history in the folder, and goes on under a new identity."""
    unknown = unknown_own(folder, replica, listed)
    if not unknown:
        return False
    me = replica.membership().device
    confirmed = Position(replica.acknowledged().get(me, 0), replica.confirmed().get(me, ""))
    branch = branch_of(replica.own_segments(), unknown, confirmed)
    # What the office has confirmed of mine is the true history: then it is the other one that must go on anew.
    if branch.seq < confirmed.seq:
        return False
    renew_identity(folder, replica, seen.root, branch, now)
    return True


def freeze(replica: Replica) -> None:
    """Close my unfrozen operations into segments and keep their bytes, before the first byte leaves."""
    me = replica.membership()
    own = replica.own_segments()
    seq, previous = (own[-1].seq, own[-1].digest) if own else (0, segment.FIRST_PREVIOUS)
    have = {device: position.seq for device, position in replica.positions().items()}
    for ops in _cut(replica.unfrozen_ops()):
        seq += 1
        mine = segment.Segment(
            repo_id=me.repo_id,
            device=me.device,
            public_key=me.key.public,
            seq=seq,
            previous=previous,
            ops=ops,
            app_version=me.app_version,
            have=have,
        )
        raw = segment.encode(mine, me.key)
        previous = segment.digest_of(raw)
        frozen = OwnSegment(seq=seq, digest=previous, first_op=mine.first_op, last_op=mine.last_op, blobs=mine.blobs)
        replica.freeze(frozen, raw)


class _Sending:
    """One blob on its way: what a lane does with it, and what is to be noted of it afterwards."""

    def __init__(self, ref: BlobRef, *, fresh: bool) -> None:
        self.ref = ref
        self.fresh = fresh
        """Whether it was never read back from any folder."""
        self.done = False
        self.lost = False
        self.written = 0
        self.trouble: Trouble | None = None

    def run(self, folder: Folder, replica: Replica) -> None:
        """Raises Cancelled and what is no Trouble; a Trouble is kept for the thread that notes it."""
        try:
            if self.fresh or not has_blob(folder, self.ref):
                data = replica.read_blob(self.ref.name)
                if data is None or not is_named(self.ref, data):
                    self.lost = True
                    return
                self.written = put_blob(folder, self.ref, data, owner=True)
            self.done = True
        except Trouble as trouble:
            self.trouble = trouble


class _Push:
    """One push: what is where, what was sent, what stands in the way."""

    def __init__(
        self, folder: Folder, replica: Replica, progress: Progress, seen: Look, listed: Collection[str]
    ) -> None:
        self._folder = folder
        self._replica = replica
        self._progress = progress
        self._look = seen
        self._listed = set(listed)
        self._me = replica.membership()
        self._sent = Count()
        self._lost: list[Refusal] = []
        self._full: Trouble | None = None
        self._done = 0
        self._total = 0

    def run(self, now: datetime, scrub: bool = False) -> Receipt:
        freeze(self._replica)
        self._clear_parts()
        own = self._replica.own_segments()
        confirmed = self._replica.acknowledged().get(self._me.device, 0)
        unsent = {ref.name: ref for ref in self._replica.unsent_blobs()}
        packs = [found for name in self._listed if (found := names.parse_pack(name)) is not None]
        packed = {seq for found in packs for seq in range(found.first, found.last + 1)}
        leaving = [
            each
            for each in own
            if not each.sent
            # Sent is not delivered: what is neither confirmed nor in the folder any more goes again.
            or (
                each.seq > confirmed
                and each.seq not in packed
                and names.segment(each.seq, each.digest) not in self._listed
            )
        ]
        with_segment = {ref.name for each in leaving for ref in each.blobs}
        late = [ref for ref in unsent.values() if ref.name not in with_segment]
        self._total = sum(ref.length for each in leaving for ref in each.blobs) + sum(ref.length for ref in late)
        self._send_blobs(late, unsent)
        for each in leaving:
            self._send_blobs(each.blobs, unsent)
            self._send_segment(each)
        if scrub:
            self._read_again([each for each in own if each.seq > confirmed and each not in leaving])
        self._publish_head()
        self._serve()
        return self._receipt(now, confirmed)

    # -- one file

    def _send_blobs(self, refs: Sequence[BlobRef], unsent: dict[str, BlobRef]) -> None:
        """Several at once where the folder has lanes; what came of each is noted on this thread alone."""
        lanes = self._folder.lanes
        for batch in _batches(refs, lanes.width * FILES_AT_ONCE):
            sendings = [_Sending(ref, fresh=ref.name in unsent) for ref in batch]
            self._progress.report(Step(self._done, self._total, SENDING))
            if self._full is None:
                try:
                    lanes.run([partial(each.run, self._folder, self._replica) for each in sendings])
                finally:
                    self._note_all(sendings, unsent)
            else:
                for each in sendings:
                    self._not_sent(each.ref, unsent)
            self._done += sum(each.ref.length for each in sendings)

    def _note_all(self, sendings: Sequence[_Sending], unsent: dict[str, BlobRef]) -> None:
        """What became of a batch; what arrived is kept in one transaction, as each costs as much as a file."""
        arrived = [each.ref.name for each in sendings if each.done and each.fresh]
        if arrived:
            self._replica.mark_blobs_sent(arrived)
        for each in sendings:
            self._note(each, unsent)

    def _note(self, sending: _Sending, unsent: dict[str, BlobRef]) -> None:
        ref = sending.ref
        if sending.lost:
            self._lost.append(Refusal(Why.MISSING, names.blob(ref), self._me.device))
        elif sending.trouble is not None:
            self._note_full(sending.trouble)
            self._not_sent(ref, unsent)
        elif sending.done and sending.fresh:
            unsent.pop(ref.name, None)
            self._sent.blob(ref)
        elif sending.done and sending.written:
            self._sent.blob(ref)

    def _not_sent(self, ref: BlobRef, unsent: dict[str, BlobRef]) -> None:
        """Into another folder it went, into this one it did not: its record will be here, so it must go by itself."""
        if ref.name not in unsent:
            self._replica.mark_blob_unsent(ref.name)
            unsent[ref.name] = ref

    def _send_segment(self, mine: OwnSegment) -> None:
        self._progress.report(Step(self._done, self._total, SENDING))
        raw = self._replica.own_segment_bytes(mine.seq)
        path = f"{names.journal(self._me.device)}/{names.segment(mine.seq, mine.digest)}"
        try:
            self._folder.put(path, raw, mine=True)
        except Trouble as trouble:
            self._note_full(trouble)
            return
        self._replica.mark_segment_sent(mine.seq)
        self._count(raw)

    def _read_again(self, unconfirmed: Sequence[OwnSegment]) -> None:
        """Of what nobody has confirmed the content is looked at too, not the name alone: an office and a laptop that
        each find the other's journal damaged would otherwise never hear what the other asks for."""
        for each in unconfirmed:
            name = names.segment(each.seq, each.digest)
            if name not in self._listed or self._full is not None:
                continue
            raw = self._replica.own_segment_bytes(each.seq)
            try:
                if self._folder.put(f"{names.journal(self._me.device)}/{name}", raw, mine=True):
                    self._count(raw)
            except Trouble as trouble:
                self._note_full(trouble)

    def _count(self, raw: bytes) -> None:
        self._sent.segment(segment.decode(raw, self._me.repo_id).ops, len(raw))

    def _publish_head(self) -> None:
        """Say how far the folder holds my journal without a gap; my older heads go."""
        reached: OwnSegment | None = None
        for each in self._replica.own_segments():
            if not each.sent:
                break
            reached = each
        if reached is None:
            return
        head = names.head(self._me.device, reached.seq, reached.digest)
        present = self._look.heads.get(self._me.device, ())
        if head not in present:
            try:
                self._folder.put(f"{names.HEADS}/{head}", head_bytes(head, self._me.repo_id, self._me.key), mine=True)
            except Trouble as trouble:
                self._note_full(trouble)
                return
        for older in present:
            if older.seq < head.seq:
                self._folder.remove_mine(f"{names.HEADS}/{older}")

    def _serve(self) -> None:
        """Send again what others miss or found damaged."""
        try:
            resend_former(self._folder, self._replica)
            blobs, numbers = serve(self._folder, self._replica)
        except Trouble as trouble:
            self._note_full(trouble)
            return
        for ref in blobs:
            self._sent.blob(ref)
        for seq in numbers:
            self._count(self._replica.own_segment_bytes(seq))

    def _note_full(self, trouble: Trouble) -> None:
        if trouble.code != "folder-full":
            raise trouble
        self._full = trouble

    # -- my own folder

    def _clear_parts(self) -> None:
        """Half-written files of mine from a push that was killed."""
        for name in sorted(self._listed):
            if name.endswith(names.PART) and names.is_ours(name):
                self._folder.remove_mine(f"{names.journal(self._me.device)}/{name}")
        for name in self._look.parts:
            if name.startswith(self._me.device) and names.is_ours(name):
                self._folder.remove_mine(f"{names.HEADS}/{name}")

    def _receipt(self, now: datetime, confirmed: int) -> Receipt:
        waiting = Count()
        for each in self._replica.own_segments():
            if not each.sent:
                raw = self._replica.own_segment_bytes(each.seq)
                waiting.segment(segment.decode(raw, self._me.repo_id).ops, len(raw))
        for ref in self._replica.unsent_blobs():
            waiting.blob(ref)
        self._progress.report(Step(self._total, self._total, SENDING))
        return Receipt(
            checked_at=now,
            sent=self._sent.tally(),
            waiting=waiting.tally(),
            refused=tuple(self._lost),
            acknowledged={self._me.device: confirmed},
            trouble=self._full.code if self._full else "",
            trouble_values={name: str(value) for name, value in self._full.values.items()} if self._full else {},
        )


def _batches(refs: Sequence[BlobRef], size: int) -> Iterator[Sequence[BlobRef]]:
    """Stretches of at most `size`; what is long goes by itself, as every stream holds the whole of what it sends."""
    batch: list[BlobRef] = []
    for ref in refs:
        if batch and (len(batch) == size or ref.length > WHOLE):
            yield batch
            batch = []
        if ref.length > WHOLE:
            yield [ref]
        else:
            batch.append(ref)
    if batch:
        yield batch


def _cut(ops: Sequence[Op]) -> Iterator[tuple[Op, ...]]:
    """Stretches that make segments of the target size; an operation is never split."""
    stretch: list[Op] = []
    size = 0
    for op in ops:
        length = len(canonical.to_bytes(op.to_json())) + 1
        if stretch and (size + length > TARGET_BYTES or len(stretch) >= TARGET_OPS):
            yield tuple(stretch)
            stretch, size = [], 0
        stretch.append(op)
        size += length
    if stretch:
        yield tuple(stretch)
