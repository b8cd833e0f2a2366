"""印章: the office keeps its seal as a picture and lends it to named computers for named kinds of documents.

What travels is the picture under a fresh secret, and the secret wrapped for each computer that may use it. That keeps
the picture from whoever else reads the shared folder and from other computers; who holds a computer to which it was
lent holds the picture. Taken back, the next documents bear no seal; what was printed stays what it is.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.seal import NARROWEST, USUAL_WIDTH, WIDEST, Lent, Seal
from jiandu_desktop.services.changes import Changes
from jiandu_desktop.services.photos import bytes_of
from jiandu_desktop.storage import county, journal
from jiandu_desktop.sync.operation import BlobRef, Draft, period_of

if TYPE_CHECKING:
    from jiandu_desktop.services.store import Store
    from jiandu_desktop.storage.records import Work

SEAL_FACT = "seal"
"""What everyone knows: the locked picture by its hash, its width, and to whom it is lent."""
_OWN_FACT = "seal_picture"
"""What only the office's computer keeps: the picture itself, by its hash."""
_PURPOSE = "jiandu seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A computer that may get the seal, and for which kinds it has it."""

    device: str
    person: str
    own: bool
    kinds: tuple[DocumentKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealView:
    """What 设置 shows. `picture` is a PNG, None where there is none or it is not for this computer; `waiting` says that
    the seal is lent to this computer and has not been synced to it yet."""

    is_office: bool
    picture: bytes | None
    width: float
    holders: tuple[Holder, ...]
    kinds: tuple[DocumentKind, ...]
    waiting: bool = False


class Seals:
    """Keeping, lending and taking back; only the office's own computer changes anything."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def view(self) -> SealView:
        """The seal as this computer knows it."""
        belongs = self._store.belongs()
        with self._store.reading() as work:
            known: dict[str, Any] = county.fact(work, SEAL_FACT) or {}
            own: dict[str, Any] = county.fact(work, _OWN_FACT) or {}
            me = self._store.device()
            is_office = belongs and county.fact(work, "role") == "office"
            lent = {each.device: each.kinds for each in _lent(known)}
            picture = self._picture(own) if is_office else None
            if not is_office and belongs:
                seal = _opened(self._store, known)
                picture = seal.png if seal is not None else None
            return SealView(
                is_office=is_office,
                picture=picture,
                width=float(known.get("width", own.get("width", USUAL_WIDTH))),
                holders=_holders(work, me, lent) if is_office else (),
                kinds=lent.get(me, ()),
                waiting=me in lent and picture is None,
            )

    def set_picture(self, path: Path, width: float = USUAL_WIDTH) -> None:
        """Take the seal from a picture; `width` in millimetres. This computer may use it for every kind at once.

        Raises Trouble `seal-…`, `file-…`, `not-office`; the seal before stays then.
        """
        from jiandu_desktop.documents.seal_picture import LARGEST, prepared_seal

        self._must_be_office()
        content = bytes_of(path, path.name, LARGEST, "seal-too-large")
        png = prepared_seal(content, path.name)
        self._change(png, _checked(width), None)

    def set_width(self, width: float) -> None:
        """How wide the seal is on paper, in millimetres; raises Trouble `seal-width`, `seal-missing`, `not-office`."""
        self._must_be_office()
        self._change(None, _checked(width), None)

    def lend(self, device: str, kinds: Sequence[DocumentKind]) -> None:
        """Let a computer use the seal for these kinds and no others; none of them takes it back.

        Raises Trouble `device-unknown`, `seal-missing`, `not-office`.
        """
        self._must_be_office()
        with self._store.reading() as work:
            if device not in self._public_keys(work):
                raise Trouble("device-unknown", device=device)
        self._change(None, None, Lent(device=device, kinds=tuple(dict.fromkeys(kinds))))

    def remove(self) -> None:
        """No seal any more, on no computer; raises Trouble `not-office`."""
        self._must_be_office()
        with self._store.writing() as work:
            county.forget_fact(work, _OWN_FACT)
            county.keep_fact(work, SEAL_FACT, {})
            self._store.record(work, [Draft("office.seal", "seal", {"seal": {}})])
        self._store.publish(Changes(settings=True, sync=True))

    def _change(self, png: bytes | None, width: float | None, lent: Lent | None) -> None:
        """Lock the picture anew for everyone who may use it: who may not any more cannot open what comes now."""
        with self._store.writing() as work:
            own: dict[str, Any] = county.fact(work, _OWN_FACT) or {}
            known: dict[str, Any] = county.fact(work, SEAL_FACT) or {}
            if png is None:
                if not own:
                    raise Trouble("seal-missing")
                png = self._store.media.read(str(own["sha256"]))
            wide = width if width is not None else float(own.get("width", USUAL_WIDTH))
            county.keep_fact(work, _OWN_FACT, {"sha256": self._store.media.keep(png), "width": wide})
            keys = self._public_keys(work)
            hands = {each.device: each for each in _lent(known)}
            if not hands and not own:
                me = self._store.device()
                hands[me] = Lent(device=me, kinds=tuple(DocumentKind))
            if lent is not None:
                hands[lent.device] = lent
            kept = [each for each in hands.values() if each.kinds and each.device in keys]
            told, ref = self._locked(png, wide, kept, keys)
            county.keep_fact(work, SEAL_FACT, told)
            self._store.record(work, [Draft("office.seal", "seal", {"seal": told, "blobs": [ref.to_json()]})])
        self._store.publish(Changes(settings=True, sync=True))

    def _locked(
        self, png: bytes, width: float, lent: Sequence[Lent], keys: dict[str, bytes]
    ) -> tuple[dict[str, Any], BlobRef]:
        from jiandu_desktop.sync import lending

        secret = lending.new_secret()
        cipher = lending.locked(secret, png, _PURPOSE)
        sha256 = self._store.media.keep(cipher)
        hands = [
            {
                "device": each.device,
                "kinds": [kind.value for kind in each.kinds],
                "key": base64.b64encode(lending.wrap(keys[each.device], secret, _PURPOSE)).decode("ascii"),
            }
            for each in lent
        ]
        ref = BlobRef(sha256, len(cipher), period_of(self._store.clock()), "seal")
        return {"picture": sha256, "width": width, "lent": hands}, ref

    def _public_keys(self, work: Work) -> dict[str, bytes]:
        """Of this computer and of every laptop in use."""
        keys = {each.device: each.public_key for each in journal.devices(work) if each.last_seq is None}
        me = self._store.membership()
        return {**keys, me.device: me.key.public}

    def _picture(self, own: dict[str, Any]) -> bytes | None:
        sha256 = str(own.get("sha256", ""))
        return self._store.media.read(sha256) if sha256 and self._store.media.has(sha256) else None

    def _must_be_office(self) -> None:
        if not self._store.membership().is_office:
            raise Trouble("not-office", path=str(self._store.folder.root))


def seal_for(store: Store, work: Work, kind: DocumentKind) -> Seal | None:
    """The seal to be pressed on a document of this kind that this computer issues now; None leaves its place free."""
    known = county.fact(work, SEAL_FACT) or {}
    if not any(each.device == store.device() and kind in each.kinds for each in _lent(known)):
        return None
    return _opened(store, known)


def _opened(store: Store, known: dict[str, Any]) -> Seal | None:
    """The picture, opened with this computer's key; None where it is not for it, or not here yet."""
    from jiandu_desktop.sync import lending

    hand = next((each for each in known.get("lent", ()) if each.get("device") == store.device()), None)
    sha256 = str(known.get("picture", ""))
    if hand is None or not sha256 or not store.media.has(sha256):
        return None
    try:
        wrapped = base64.b64decode(str(hand.get("key", "")), validate=True)
        secret = lending.unwrap(store.membership().key, wrapped, _PURPOSE)
        png = lending.unlocked(secret, store.media.read(sha256), _PURPOSE)
    except (ValueError, binascii.Error):
        # Locked for another identity of this computer, as after a restore: the office lends it anew.
        return None
    return Seal(png=png, width=float(known.get("width", USUAL_WIDTH)))


def _lent(known: dict[str, Any]) -> list[Lent]:
    kinds = {kind.value: kind for kind in DocumentKind}
    return [
        Lent(
            device=str(each.get("device", "")),
            kinds=tuple(kinds[value] for value in each.get("kinds", ()) if value in kinds),
        )
        for each in known.get("lent", ())
    ]


def _holders(work: Work, me: str, lent: dict[str, tuple[DocumentKind, ...]]) -> tuple[Holder, ...]:
    people = {each.id: each.name for each in county.inspectors(work)}
    holders = [Holder(device=me, person="", own=True, kinds=lent.get(me, ()))]
    rows = [each for each in journal.devices(work) if each.last_seq is None and each.device != me]
    replaced = {each.forked_from for each in rows}
    holders += sorted(
        (
            Holder(
                device=each.device,
                person=people.get(each.person, each.person),
                own=False,
                kinds=lent.get(each.device, ()),
            )
            for each in rows
            if each.device not in replaced
        ),
        key=lambda holder: (holder.person, holder.device),
    )
    return tuple(holders)


def _checked(width: float) -> float:
    if not NARROWEST <= width <= WIDEST:
        raise Trouble("seal-width", least=f"{NARROWEST:g}", most=f"{WIDEST:g}")
    return width
