"""The container of a journal segment: signed, self-proving bytes that are either whole and ours or refused by name."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jiandu_desktop.sync import canonical, hlc
from jiandu_desktop.sync.identity import KEY_BYTES, SIGNATURE_BYTES, DeviceKey, device_id, is_signed
from jiandu_desktop.sync.operation import BlobRef, Op, is_device, is_digest
from jiandu_desktop.sync.refusal import Refused, Why

MAGIC: Final = b"DDSG"
CONTAINER: Final = 1
SCHEMA: Final = 1
SUITE: Final = "ed25519-sha256-plain"
"""Signed with Ed25519 over SHA-256, not encrypted; a later suite encrypts body and blobs under another name."""
DOMAIN: Final = "jiandu segment 1"
FEATURES: Final[frozenset[str]] = frozenset()
"""Features this program can honour in `need`."""

MAX_FILE: Final = 8 * 1024 * 1024
MAX_HEADER: Final = 256 * 1024
MAX_BODY: Final = 16 * 1024 * 1024
MAX_OPS: Final = 5000
MAX_RATIO: Final = 50

FIRST_PREVIOUS: Final = "0" * 64
"""`previous` of a device's first segment."""
MAX_COUNT: Final = 2**53
"""Above every number and length of a header: what every database and every reader of JSON can hold."""

_PREFIX: Final = struct.Struct(">4sBI")
_DIGEST_BYTES: Final = 32
_TRAILER: Final = _DIGEST_BYTES + SIGNATURE_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of one device's journal as read from proven bytes. `digest` is the SHA-256 that names and chains it;
    `have` says which segments of others its writer had applied."""

    repo_id: str
    device: str
    public_key: bytes
    seq: int
    previous: str
    ops: tuple[Op, ...]
    app_version: str
    have: Mapping[str, int] = field(default_factory=dict)
    schema: int = SCHEMA
    digest: str = ""

    @property
    def first_op(self) -> int:
        return self.ops[0].number

    @property
    def last_op(self) -> int:
        return self.ops[-1].number

    @property
    def blobs(self) -> tuple[BlobRef, ...]:
        """The stored bytes its operations refer to, each once, in the order of mention."""
        return tuple({ref.name: ref for op in self.ops for ref in op.blobs}.values())


def encode(segment: Segment, key: DeviceKey) -> bytes:
    """The bytes of a segment, signed; `segment.digest` is not looked at (read the last 96 bytes, or `decode`).

    Raises ValueError where the segment itself breaks a limit or is not this key's: a fault of ours.
    """
    if key.public != segment.public_key or not segment.ops or len(segment.ops) > MAX_OPS:
        raise ValueError("a segment has operations of its own key within the limits")
    plain = b"".join(canonical.to_bytes(op.to_json()) + b"\n" for op in segment.ops)
    packed = zlib.compress(plain, 6)
    codec, body = ("zlib", packed) if len(plain) <= MAX_RATIO * len(packed) else ("none", plain)
    header = canonical.to_bytes(
        {
            "suite": SUITE,
            "repo_id": segment.repo_id,
            "dev": segment.device,
            "key": segment.public_key.hex(),
            "seq": segment.seq,
            "prev_hash": segment.previous,
            "first_op": segment.first_op,
            "last_op": segment.last_op,
            "hlc_max": max(op.hlc for op in segment.ops),
            "schema": segment.schema,
            "need": [],
            "app_version": segment.app_version,
            "codec": codec,
            "body_len": len(body),
            "plain_len": len(plain),
            "blobs": [ref.to_json() for ref in segment.blobs],
            "have": dict(segment.have),
        }
    )
    content = _PREFIX.pack(MAGIC, CONTAINER, len(header)) + header + body
    digest = hashlib.sha256(content).digest()
    whole = content + digest + key.sign(DOMAIN, digest)
    if len(whole) > MAX_FILE or len(plain) > MAX_BODY or len(header) > MAX_HEADER:
        raise ValueError("a segment must stay within the limits")
    return whole


def digest_of(whole: bytes) -> str:
    """The digest written in the trailer of encoded bytes."""
    return whole[-_TRAILER:-SIGNATURE_BYTES].hex()


def decode(data: bytes, repo_id: str) -> Segment:
    """The segment in `data`, proven whole and signed by the device it names; whether that device may is for `trust`.

    Raises Refused with the first of: oversize, incomplete, corrupt, future_schema, wrong_repo, bad_signature.
    """
    if len(data) > MAX_FILE:
        raise Refused(Why.OVERSIZE, limit=str(MAX_FILE))
    if len(data) < _PREFIX.size + _TRAILER or hashlib.sha256(data[:-_TRAILER]).digest() != _written_digest(data):
        raise Refused(_short_or_spoilt(data))
    magic, container, header_length = _PREFIX.unpack_from(data)
    if magic != MAGIC:
        raise Refused(Why.CORRUPT, detail="magic")
    if container != CONTAINER:
        raise Refused(Why.FUTURE_SCHEMA, detail=f"container {container}")
    if header_length > MAX_HEADER:
        raise Refused(Why.OVERSIZE, limit=str(MAX_HEADER))
    body_start = _PREFIX.size + header_length
    if body_start > len(data) - _TRAILER:
        raise Refused(Why.CORRUPT, detail="header length")
    try:
        header = _Header(canonical.from_bytes(data[_PREFIX.size : body_start]))
        header.check_suite(repo_id)
        if not is_signed(header.public_key, DOMAIN, _written_digest(data), data[-SIGNATURE_BYTES:]):
            raise Refused(Why.BAD_SIGNATURE)
        header.check_version()
        return Segment(
            repo_id=repo_id,
            device=header.device,
            public_key=header.public_key,
            ops=header.read_ops(data[body_start:-_TRAILER]),
            seq=header.count("seq"),
            previous=header.text("prev_hash"),
            app_version=header.text("app_version"),
            have=header.have(),
            schema=header.count("schema"),
            digest=_written_digest(data).hex(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(Why.CORRUPT, detail=str(error)) from error


class _Header:
    """The parsed header, asked for its fields with their types; ValueError where one is not as it must be."""

    def __init__(self, fields: dict[str, Any]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        value = self._fields[name]
        if not isinstance(value, str):
            raise ValueError(name)
        return value

    def count(self, name: str) -> int:
        value = self._fields[name]
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MAX_COUNT:
            raise ValueError(name)
        return value

    @property
    def device(self) -> str:
        return self.text("dev")

    @property
    def public_key(self) -> bytes:
        return bytes.fromhex(self.text("key"))

    def have(self) -> dict[str, int]:
        value = self._fields["have"]
        if not isinstance(value, dict) or not all(is_device(device) for device in value):
            raise ValueError("have")
        return {device: _Header(value).count(device) for device in value}

    def check_suite(self, repo_id: str) -> None:
        """What must hold before the signature can be looked at."""
        if self.text("suite") != SUITE:
            raise Refused(Why.FUTURE_SCHEMA, detail=self.text("suite"))
        if self.text("repo_id") != repo_id:
            raise Refused(Why.WRONG_REPO, found=self.text("repo_id"))
        if len(self.public_key) != KEY_BYTES or device_id(self.public_key) != self.device:
            raise Refused(Why.BAD_SIGNATURE)

    def check_version(self) -> None:
        """A newer schema or an unknown need holds the journal here until the program is renewed."""
        need = self._fields["need"]
        if not isinstance(need, list):
            raise ValueError("need")
        unknown = [str(feature) for feature in need if feature not in FEATURES]
        if self.count("schema") > SCHEMA or unknown:
            raise Refused(Why.FUTURE_SCHEMA, detail=", ".join(unknown) or str(self.count("schema")))

    def read_ops(self, body: bytes) -> tuple[Op, ...]:
        """The operations, after every limit that can be checked without parsing."""
        plain_length = self.count("plain_len")
        if len(body) != self.count("body_len"):
            raise ValueError("body length")
        if plain_length > MAX_BODY or plain_length > MAX_RATIO * max(len(body), 1):
            raise Refused(Why.OVERSIZE, limit=str(MAX_BODY))
        plain = _unpack(body, self.text("codec"), plain_length)
        if plain.count(b"\n") > MAX_OPS:
            raise Refused(Why.OVERSIZE, limit=str(MAX_OPS))
        ops = tuple(Op.from_line(line) for line in plain.split(b"\n")[:-1])
        first, last = self.count("first_op"), self.count("last_op")
        # The count first: a range as long as a hostile header claims must never be built.
        if not ops or last - first + 1 != len(ops) or any(op.number != first + n for n, op in enumerate(ops)):
            raise ValueError("operation numbers")
        if any(op.device != self.device for op in ops):
            raise ValueError("operation of another device")
        if self.count("seq") < 1 or not is_digest(self.text("prev_hash")) or not hlc.is_stamp(self.text("hlc_max")):
            raise ValueError("chain")
        return ops


def _unpack(body: bytes, codec: str, length: int) -> bytes:
    if codec == "none":
        plain = body
    elif codec == "zlib":
        stream = zlib.decompressobj()
        try:
            plain = stream.decompress(body, length + 1)
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if not stream.eof or stream.unused_data:
            raise ValueError("body")
    else:
        raise Refused(Why.FUTURE_SCHEMA, detail=codec)
    if len(plain) != length or not plain.endswith(b"\n"):
        raise ValueError("plain length")
    return plain


def _written_digest(data: bytes) -> bytes:
    return data[-_TRAILER:-SIGNATURE_BYTES]


def _short_or_spoilt(data: bytes) -> Why:
    """Of bytes that do not prove themselves: shorter than they declare (may still be arriving), or spoilt."""
    start = data[: len(MAGIC)]
    if not MAGIC.startswith(start):
        return Why.CORRUPT
    if len(data) < _PREFIX.size:
        return Why.INCOMPLETE
    _, _, header_length = _PREFIX.unpack_from(data)
    if header_length > MAX_HEADER:
        return Why.CORRUPT
    body_start = _PREFIX.size + header_length
    if len(data) < body_start + _TRAILER:
        return Why.INCOMPLETE
    try:
        declared = _Header(canonical.from_bytes(data[_PREFIX.size : body_start])).count("body_len")
    except (ValueError, KeyError):
        return Why.CORRUPT
    return Why.INCOMPLETE if len(data) < body_start + declared + _TRAILER else Why.CORRUPT
