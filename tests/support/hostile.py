"""Hostile files: spoilt ones by the thousand, and crafted ones that an insider has signed."""

from __future__ import annotations

import hashlib
import json
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from jiandu_desktop.sync import canonical, names, pack, segment, signed
from jiandu_desktop.sync.base import DOMAIN as BASE_DOMAIN
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.look import DOMAIN as HEAD_DOMAIN
from jiandu_desktop.sync.operation import BlobRef
from jiandu_desktop.sync.replica import Membership
from tests.support.county import REPO, County, Member, key

Source = Callable[[County, Member, random.Random], Iterator[bytes]]
STAMP = "1795338120000.0000"
_PHOTO = b"photo|" * 100
PHOTO = BlobRef(hashlib.sha256(_PHOTO).hexdigest(), len(_PHOTO), "2026q4", "photo")
FILM = BlobRef(hashlib.sha256(b"film").hexdigest(), 40 << 20, "2026q4", "photo")
"""Named in a record that the office has read; their bytes are nowhere, so it looks for them in every round."""
NASTY: tuple[Any, ...] = (
    *(
        None,
        True,
        -1,
        0,
        2**31,
        2**63,
        10**400,
        1.5,
        1e308,
        "",
        "x" * 70_000,
        "\x00",
        "..\\..\\x",
        "/etc/passwd",
        "NUL",
    ),
    *("\u202e", "é", "e\u0301", [], {}, [[]], {"": {}}, [None], {"a" * 16: -1}, {"a" * 16: 10**400}, ["x", 1]),
    *({"../x": 1}, [{"name": "ab" * 32, "len": 10**400, "period": "2026q4", "role": "photo"}], "٣", "0" * 64),
)


def spoilt(honest: bytes, dice: random.Random) -> Iterator[bytes]:
    """Every byte flipped, every length cut to, then endless random harm; never the honest bytes themselves."""
    for place in range(len(honest)):
        yield honest[:place] + bytes([honest[place] ^ 1 << dice.randrange(8)]) + honest[place + 1 :]
    for length in range(len(honest)):
        yield honest[:length]
    while True:
        data = bytearray(honest)
        for _ in range(dice.randint(1, 4)):
            _harm(data, dice)
        if bytes(data) != honest:
            yield bytes(data)


def _harm(data: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(data)) if data else 0
    end = min(len(data), at + dice.choice((1, 2, 4, 16, 256)))
    match dice.randrange(5):
        case 0:
            data[at:end] = dice.randbytes(end - at)
        case 1:
            del data[at:end]
        case 2:
            data[at:at] = dice.randbytes(dice.choice((1, 3, 32)))
        case 3:
            data[at:at] = data[at:end]
        case _:
            data[at:end] = bytes(end - at)


# --- segments -----------------------------------------------------------------------------------------------


def _next(attacker: Member) -> tuple[int, str]:
    """Number and chain of the attacker's next segment, as an office that has read the others expects it."""
    last = attacker.replica.own_segments()[-1]
    return last.seq + 1, last.digest


def op_of(device: str, number: int, **changes: Any) -> dict[str, Any]:
    return {
        "op_id": f"{device}:{number}",
        "hlc": STAMP,
        "parents": [],
        "person": "li",
        "entity": "v1",
        "kind": "visit.finished",
        "data": {"note": "校门口有积水"},
        **changes,
    }


def crafted(
    attacker: Member, ops: list[dict[str, Any]] | None = None, plain: bytes | None = None, **header: Any
) -> bytes:
    """A segment that proves itself, signed by the attacker's true key, whatever its fields say."""
    me, (seq, previous) = attacker.replica.membership(), _next(attacker)
    first = attacker.replica.own_segments()[-1].last_op + 1
    if ops is None:
        ops = [op_of(me.device, first)]
    return _segment(me, seq, previous, first, ops, plain, header)


def signed_segment(me: Membership, seq: int, previous: str, number: int, op: dict[str, Any]) -> bytes:
    """One operation in a segment of any member, signed by its true key."""
    return _segment(me, seq, previous, number, [op], None, {})


def _segment(
    me: Membership,
    seq: int,
    previous: str,
    first: int,
    ops: list[dict[str, Any]],
    plain: bytes | None,
    header: dict[str, Any],
) -> bytes:
    if plain is None:
        plain = b"".join(_loose(op) + b"\n" for op in ops)
    body = zlib.compress(plain, 9)
    fields = {
        "suite": segment.SUITE,
        "repo_id": me.repo_id,
        "dev": me.device,
        "key": me.key.public.hex(),
        "seq": seq,
        "prev_hash": previous,
        "first_op": first,
        "last_op": first + len(ops) - 1,
        "hlc_max": STAMP,
        "schema": segment.SCHEMA,
        "need": [],
        "app_version": "0.1.0",
        "codec": "zlib",
        "body_len": len(body),
        "plain_len": len(plain),
        "blobs": [],
        "have": {},
        **header,
    }
    return seal_segment(_loose({name: value for name, value in fields.items() if value is not ...}), body, me.key)


def seal_segment(header: bytes, body: bytes, signer: DeviceKey, length: int | None = None) -> bytes:
    content = struct.pack(">4sBI", segment.MAGIC, segment.CONTAINER, len(header) if length is None else length)
    content += header + body
    digest = hashlib.sha256(content).digest()
    return content + digest + signer.sign(segment.DOMAIN, digest)


def _loose(value: Any) -> bytes:
    """Our spelling of JSON, but whatever the value: numbers of any length, lone surrogates, NaN."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def segments(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """A small true segment that the office has not read yet, spoilt."""
    del county
    yield from spoilt(crafted(attacker), dice)


_FIELDS = ("suite", "repo_id", "dev", "key", "seq", "prev_hash", "first_op", "last_op", "hlc_max", "schema", "need")
_MORE = ("app_version", "codec", "body_len", "plain_len", "have")
_OP_FIELDS = ("op_id", "hlc", "parents", "person", "kind", "data")
_KINDS = (
    "ack",
    "want",
    "device.certified",
    "device.revoked",
    "assignment.put",
    "school.put",
    "number.block",
    "office.unit",
)


def insiders(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """Signed by a laptop that the office knows: fields missing or of the wrong kind, wrong roles, replays."""
    del county
    device = attacker.device
    number = attacker.replica.own_segments()[-1].last_op + 1
    for name in (*_FIELDS, *_MORE):
        yield crafted(attacker, **{name: ...})
        for value in NASTY:
            if not _is_fair(name, value):
                yield crafted(attacker, **{name: value})
    for name in _OP_FIELDS:
        whole = op_of(device, number)
        yield crafted(attacker, [{field: value for field, value in whole.items() if field != name}])
        for value in NASTY:
            if not _is_fair(name, value):
                yield crafted(attacker, [op_of(device, number, **{name: value})])
    for kind in _KINDS:
        for value in (
            {},
            {"device": device, "last_seq": 0, "acknowledged": {device: 9}},
            *({"x": each} for each in NASTY),
        ):
            yield crafted(attacker, [op_of(device, number, kind=kind, data=value)])
    for value in NASTY:
        yield crafted(attacker, [op_of(device, number, data={"blobs": [value]})])
        if value not in ("", [], {}):
            wanted = {"names": value, "segments": value}
            yield crafted(attacker, [op_of(device, number, kind="device.want", data=wanted)])
    yield from (attacker.replica.own_segment_bytes(each.seq) for each in attacker.replica.own_segments())
    while True:
        # Two or three fields at once, and an operation of another kind, person or device.
        changes = {dice.choice((*_FIELDS, *_MORE)): dice.choice(NASTY) for _ in range(dice.randint(1, 3))}
        name, value = dice.choice(_OP_FIELDS), dice.choice(NASTY)
        if _is_fair(name, value):
            continue
        op = op_of(device, number, **{name: value})
        yield crafted(attacker, [op], surplus=dice.randbytes(4).hex(), **changes)


def _is_fair(name: str, value: Any) -> bool:
    """Values that an honest program might write there too: they are taken in, rightly."""
    return (
        (name == "app_version" and isinstance(value, str))
        or (name == "need" and value == [])
        or (name == "have" and value == {})
        or (name == "parents" and value == [])
        or (name == "parents" and isinstance(value, list) and all(isinstance(each, str) for each in value))
        or (name == "data" and isinstance(value, dict))
        or (name == "schema" and isinstance(value, int) and value in (0, 1))
        or (name == "suite" and value == segment.SUITE)
    )


# --- everything else ----------------------------------------------------------------------------------------


def heads(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """Bodies of heads that speak of what is not there, spoilt and forged."""
    del county
    me = attacker.replica.membership().key
    head = str(names.HeadName(attacker.device, 9, "0" * 8))
    content = {"type": "jiandu-head", "repo_id": REPO, "head": head, "key": me.public.hex()}
    yield signed.seal(content, HEAD_DOMAIN, key("somebody"))
    yield from _nasty(content)
    yield from spoilt(signed.seal(content, HEAD_DOMAIN, me), dice)


def roots(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """A next root file that makes the attacker an office: spoilt, or signed by the wrong key."""
    own = attacker.replica.membership().key
    content = signed.content_of(county.made.file)
    evil = {**content, "number": 2, "publishers": [*content["publishers"], {"key": own.public.hex(), "name": "我"}]}
    yield signed.seal(evil, "jiandu root 1", own)
    yield signed.seal({**evil, "root_key": own.public.hex()}, "jiandu root 1", own)
    yield from _nasty(evil)
    yield from spoilt(county.made.file, dice)


def packs(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """A roll-up of the attacker's next segment, which is itself refused: spoilt, and lying about what it holds."""
    del county
    raw, (seq, _) = crafted(attacker, have=...), _next(attacker)
    me = attacker.replica.membership()
    for entry in (pack.Entry(seq, "0" * 64, raw[:-1]), pack.Entry(seq, "0" * 64, b"")):
        yield pack.encode(REPO, [entry], me.key)
    for value in NASTY:
        for said in (value, [[seq, "0" * 64, value]], [[value, "0" * 64, len(raw)]], [value]):
            index = _loose({"segments": said})
            yield struct.pack(">4sBI", pack.MAGIC, pack.CONTAINER, len(index)) + index + raw + bytes(96)
    yield from spoilt(pack.encode(REPO, [pack.Entry(seq, segment.digest_of(raw), raw)], me.key), dice)


def bases(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """A base that no publisher signed, or that was changed after signing."""
    del county
    me = attacker.replica.membership().key
    content = {
        **{"type": "jiandu-base", "repo_id": REPO, "number": 9, "key": me.public.hex(), "made_at": "2026-11-22"},
        **{"parts": [["0" * 64, 5]], "positions": {}, "devices": [], "acknowledged": {attacker.device: 99}},
    }
    yield from _nasty(content)
    yield from spoilt(signed.seal(content, BASE_DOMAIN, me), dice)


def chunks(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """Lists of chunks of a film that the office misses, which lead nowhere or to too much."""
    del county, attacker
    for value in NASTY:
        for said in (value, [["0" * 64, value]] * 5, [[value, 8 << 20]] * 5, [value]):
            yield _loose({"chunks": said})
    listed = {"sha256": FILM.name, "len": FILM.length, "chunks": [["0" * 64, 8 << 20]] * 5}
    yield from spoilt(canonical.to_bytes(listed), dice)


def photos(county: County, attacker: Member, dice: random.Random) -> Iterator[bytes]:
    """A photo that the office misses, spoilt."""
    del county, attacker
    yield from spoilt(_PHOTO, dice)


def _nasty(content: dict[str, Any]) -> Iterator[bytes]:
    """A signed document in form, one field at a time made nonsense; the signature is of nothing."""
    for name in content:
        for value in NASTY:
            document = {"content": {**content, name: value}, "signature": "00" * 64}
            yield json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def place(kind: str, attacker: Member, number: int) -> str:
    """Where input `number` of a round is put, so that several of a kind are read in one round."""
    seq = _next(attacker)[0]
    return {
        "segment": f"dev/{attacker.device}/{seq:08d}-{number:016x}.seg",
        "insider": f"dev/{attacker.device}/{seq:08d}-{number:016x}.seg",
        "head": f"head/{names.HeadName(attacker.device, 1000 + number, '0' * 8)}",
        "root": "root-0002.json",
        "pack": f"dev/{attacker.device}/{seq:08d}-{seq:08d}-{number:016x}.pack",
        "base": names.base(9, f"{number:064x}"[::-1]),
        "chunks": f"{names.manifest(FILM)}-{number:06d}",
        "photo": f"{names.blob(PHOTO)}-{number:06d}",
    }[kind]


AT_ONCE = {"segment": 40, "insider": 40, "head": 40, "root": 1, "pack": 1, "base": 40, "chunks": 40, "photo": 40}
"""Inputs of a kind that one round reads; of a root file and a pack only the first counts."""


SOURCES: dict[str, Source] = {
    "segment": segments,
    "insider": insiders,
    "head": heads,
    "root": roots,
    "pack": packs,
    "base": bases,
    "chunks": chunks,
    "photo": photos,
}
