"""Publishing my journal: photos before the segment that names them, the head last, all of it read back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.sync import canonical, names, segment
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.look import Look, head_bytes, look
from jiandu_desktop.sync.operation import BlobRef, Op
from jiandu_desktop.sync.receipt import Count, Receipt
from jiandu_desktop.sync.refusal import Refusal, Refused, Why
from jiandu_desktop.sync.replica import OwnSegment, Replica

TARGET_BYTES = 192 * 1024
"""Plain bytes after which a segment is closed: small files come through bad lines, and one visit is about 9 KB."""
TARGET_OPS = 1000

CHECKING = QT_TRANSLATE_NOOP("progress", "正在查看共享文件夹")
SENDING = QT_TRANSLATE_NOOP("progress", "正在放入共享文件夹")


def push(folder: Folder, replica: Replica, progress: Progress, *, now: datetime, seen: Look | None = None) -> Receipt:
    """Put what is mine and not yet confirmed into the folder; may be cancelled at any byte and repeated at will.

    A full folder is not raised but told in the receipt (`trouble` "folder-full"), because records are tried even where
    photos no longer fit. Raises Cancelled; Trouble as `Folder` and `read_root` do, and `device-forked`.
    """
    folder = folder.checked_by(progress.check)
    progress.report(Step(0, 0, CHECKING))
    return _Push(folder, replica, progress, seen or look(folder, replica.membership())).run(now)


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


class _Push:
    """One push: what is where, what was sent, what stands in the way."""

    def __init__(self, folder: Folder, replica: Replica, progress: Progress, seen: Look) -> None:
        self._folder = folder
        self._replica = replica
        self._progress = progress
        self._look = seen
        self._me = replica.membership()
        self._sent = Count()
        self._lost: list[Refusal] = []
        self._full: Trouble | None = None
        self._done = 0
        self._total = 0

    def run(self, now: datetime) -> Receipt:
        listed = set(self._folder.list(names.journal(self._me.device)))
        self._stop_if_forked(listed)
        freeze(self._replica)
        self._clear_parts(listed)
        own = self._replica.own_segments()
        confirmed = self._replica.acknowledged().get(self._me.device, 0)
        unsent = {ref.name: ref for ref in self._replica.unsent_blobs()}
        leaving = [
            each
            for each in own
            if not each.sent
            # Sent is not delivered: what is neither confirmed nor in the folder any more goes again.
            or (each.seq > confirmed and names.segment(each.seq, each.digest) not in listed)
        ]
        with_segment = {ref.name for each in leaving for ref in each.blobs}
        late = [ref for ref in unsent.values() if ref.name not in with_segment]
        self._total = sum(ref.length for each in leaving for ref in each.blobs) + sum(ref.length for ref in late)
        for ref in late:
            self._send_blob(ref, unsent)
        for each in leaving:
            for ref in each.blobs:
                self._send_blob(ref, unsent)
            self._send_segment(each)
        self._publish_head()
        self._serve_wants(own)
        return self._receipt(now, confirmed)

    # -- one file

    def _send_blob(self, ref: BlobRef, unsent: dict[str, BlobRef]) -> None:
        path = names.blob(ref)
        self._progress.report(Step(self._done, self._total, SENDING))
        self._done += ref.length
        if self._full is not None:
            self._not_sent(ref, unsent)
            return
        if ref.name not in unsent and self._folder.size(path) == ref.length:
            return
        data = self._replica.read_blob(ref.name)
        if data is None or hashlib.sha256(data).hexdigest() != ref.name:
            self._lost.append(Refusal(Why.MISSING, path, self._me.device))
            return
        try:
            self._folder.put(path, data, mine=True)
        except Trouble as trouble:
            self._note_full(trouble)
            self._not_sent(ref, unsent)
            return
        self._replica.mark_blob_sent(ref.name)
        unsent.pop(ref.name, None)
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

    def _serve_wants(self, own: Sequence[OwnSegment]) -> None:
        """Send again what an office misses or found damaged, if it is mine."""
        lists = self._replica.wants().values()
        blobs = {name for wants in lists for name in wants.blobs}
        seqs = {seq for wants in lists for device, seq in wants.segments if device == self._me.device}
        if not blobs and not seqs:
            return
        for each in own:
            for ref in each.blobs:
                if ref.name in blobs:
                    self._send_blob(ref, {ref.name: ref})
            if each.seq in seqs:
                self._send_segment(each)

    def _note_full(self, trouble: Trouble) -> None:
        if trouble.code != "folder-full":
            raise trouble
        self._full = trouble

    # -- my own folder

    def _stop_if_forked(self, listed: set[str]) -> None:
        """A valid segment of mine that I do not know: this laptop was restored from a backup, or its disk copied.

        Writing on would use numbers twice, so nothing is written; reading still works.
        """
        known = {(each.seq, each.digest[:16]) for each in self._replica.own_segments()}
        for name in sorted(listed):
            parsed = names.parse_segment(name)
            if parsed is None or parsed in known:
                continue
            raw = self._folder.read_listed(names.journal(self._me.device), name, segment.MAX_FILE)
            try:
                found = segment.decode(raw or b"", self._me.repo_id)
            except Refused:
                continue
            if found.device == self._me.device and (found.seq, found.digest[:16]) not in known:
                raise Trouble("device-forked", seq=found.seq, path=self._folder.shown)

    def _clear_parts(self, listed: set[str]) -> None:
        """Half-written files of mine from a push that was killed."""
        for name in sorted(listed):
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
