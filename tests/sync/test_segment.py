"""A segment is taken in whole and true, or refused with the right word; nothing in between."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.sync import canonical, segment
from jiandu_desktop.sync.identity import DeviceKey
from jiandu_desktop.sync.operation import BlobRef, Op
from jiandu_desktop.sync.refusal import Refused, Why
from jiandu_desktop.sync.segment import FIRST_PREVIOUS, Segment, decode, digest_of, encode
from tests.support.county import REPO, key

KEY = key("li")
STAMP = "1795338120000.0000"
BLOB = BlobRef("ab" * 32, 2_500_000, "2026q4", "photo")


def make(count: int = 2, signer: DeviceKey = KEY, **data: Any) -> Segment:
    ops = tuple(
        Op(f"{signer.device}:{n}", STAMP, (), "li", f"v{n}", "visit.finished", {"note": "校门口有积水", **data})
        for n in range(1, count + 1)
    )
    return Segment(
        repo_id=REPO,
        device=signer.device,
        public_key=signer.public,
        seq=1,
        previous=FIRST_PREVIOUS,
        ops=ops,
        app_version="0.1.0",
        have={key("office").device: 7},
    )


def why(data: bytes, repo_id: str = REPO) -> Why:
    with pytest.raises(Refused) as refused:
        decode(data, repo_id)
    return refused.value.why


def signed_raw(header: bytes, body: bytes, signer: DeviceKey = KEY, container: int = 1) -> bytes:
    """Bytes that prove themselves, whatever nonsense they hold: what an insider with a key could craft."""
    content = struct.pack(">4sBI", b"DDSG", container, len(header)) + header + body
    digest = hashlib.sha256(content).digest()
    return content + digest + signer.sign(segment.DOMAIN, digest)


def crafted(body_plain: bytes | None = None, **changes: Any) -> bytes:
    """A true segment with header fields changed and signed again."""
    whole = encode(make(), KEY)
    length = struct.unpack_from(">I", whole, 5)[0]
    header = canonical.from_bytes(whole[9 : 9 + length])
    body = whole[9 + length : -96]
    if body_plain is not None:
        body = zlib.compress(body_plain, 9)
        header |= {"body_len": len(body), "plain_len": len(body_plain)}
    header |= changes
    return signed_raw(canonical.to_bytes(header), body)


def test_what_was_written_is_what_is_read() -> None:
    written = make(blobs=[BLOB.to_json()])
    whole = encode(written, KEY)
    assert decode(whole, REPO) == replace(written, digest=digest_of(whole))
    assert decode(whole, REPO).blobs == (BLOB,)
    assert encode(written, KEY) == whole, "the same facts are the same bytes"


@pytest.mark.fault(34)
def test_every_truncation_is_refused() -> None:
    whole = encode(make(note=hashlib.sha512(b"answers").hexdigest() * 2), KEY)
    assert 750 < len(whole) < 1500
    for length in range(len(whole)):
        assert why(whole[:length]) in (Why.INCOMPLETE, Why.CORRUPT)
    assert why(whole[: len(whole) // 2]) is Why.INCOMPLETE, "the beginning of a true file may still be arriving"


@pytest.mark.fault(31)
def test_every_flipped_bit_is_refused() -> None:
    whole = encode(make(1), KEY)
    for position in range(len(whole)):
        for bit in range(8):
            spoilt = bytearray(whole)
            spoilt[position] ^= 1 << bit
            assert why(bytes(spoilt)) in (Why.INCOMPLETE, Why.CORRUPT, Why.BAD_SIGNATURE)


def test_more_bytes_at_the_end_are_refused() -> None:
    assert why(encode(make(), KEY) + b"\0") is Why.CORRUPT


def test_another_county_and_another_key_are_told_apart() -> None:
    whole = encode(make(), KEY)
    assert why(whole, "another-repo") is Why.WRONG_REPO
    other = key("thief")
    assert why(whole[:-64] + other.sign(segment.DOMAIN, whole[-96:-64])) is Why.BAD_SIGNATURE
    assert why(whole[:-64] + KEY.sign("jiandu head 1", whole[-96:-64])) is Why.BAD_SIGNATURE
    assert why(crafted(dev=other.device)) is Why.BAD_SIGNATURE
    assert why(crafted(key=other.public.hex(), dev=other.device)) is Why.BAD_SIGNATURE


@pytest.mark.fault(52)
def test_newer_programs_are_waited_for() -> None:
    assert why(crafted(schema=2)) is Why.FUTURE_SCHEMA
    assert why(crafted(need=["merge-2"])) is Why.FUTURE_SCHEMA
    assert why(crafted(suite="sm2-sm3-sm4")) is Why.FUTURE_SCHEMA
    assert why(crafted(codec="zstd")) is Why.FUTURE_SCHEMA
    assert why(signed_raw(b"{}", b"", container=2)) is Why.FUTURE_SCHEMA


@pytest.mark.fault(57)
def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert why(b"DDSG" + b"\0" * (segment.MAX_FILE + 1)) is Why.OVERSIZE
    assert why(crafted(b"[" * 4_000_000)) is Why.OVERSIZE, "ratio above 50"
    assert why(crafted(plain_len=1 << 40)) is Why.OVERSIZE
    assert why(signed_raw(b"{" + b" " * segment.MAX_HEADER + b"}", b"")) is Why.OVERSIZE
    assert why(signed_raw(b'{"a":' * 40 + b"1" + b"}" * 40, b"")) is Why.CORRUPT, "too deep"
    lines = b"".join(b'{"n":%d}\n' % n for n in range(segment.MAX_OPS + 1))
    assert why(crafted(lines)) is Why.OVERSIZE
    lying = crafted()
    assert why(lying[:5] + struct.pack(">I", 2**31) + lying[9:]) in (Why.CORRUPT, Why.INCOMPLETE)


@pytest.mark.fault(57)
@pytest.mark.parametrize(
    "line",
    [
        b'{"a":NaN}\n',
        b'{"a":1,"a":2}\n',
        b'{"a":"\\ud800"}\n',
        b'{"a": 1}\n',
        b'{"a":1e999}\n',
        b"[]\n",
        b"\xff\n",
        b'{"a":1' + b"".join(b"%d" % (n * n) for n in range(2000)) + b"}\n",
    ],
)
def test_json_that_could_be_read_two_ways_is_refused(line: bytes) -> None:
    assert why(crafted(line)) is Why.CORRUPT


def test_operations_must_be_the_writers_own_and_in_order() -> None:
    def lines(*ops: Op) -> bytes:
        return b"".join(canonical.to_bytes(op.to_json()) + b"\n" for op in ops)

    first, second = make().ops
    assert why(crafted(lines(second, first))) is Why.CORRUPT
    assert why(crafted(lines(first))) is Why.CORRUPT
    assert why(crafted(lines(first, replace(second, op_id=f"{key('x').device}:2")))) is Why.CORRUPT
    assert why(crafted(lines(first, replace(second, hlc="yesterday")))) is Why.CORRUPT
    assert why(crafted(lines(first, replace(second, data={"blobs": [{"name": "../../etc"}]})))) is Why.CORRUPT
    assert why(crafted(seq=0)) is Why.CORRUPT
    assert why(crafted(seq=True)) is Why.CORRUPT


@given(st.binary(max_size=400))
def test_noise_is_refused_and_never_crashes(noise: bytes) -> None:
    assert isinstance(why(noise), Why)
    assert isinstance(why(b"DDSG\x01" + noise), Why)
    assert isinstance(why(signed_raw(noise, b"")), Why)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["note", "score", "answers"]), JSON))
def test_any_answers_survive_the_way(data: dict[str, Any]) -> None:
    written = make(1, **data)
    assert decode(encode(written, KEY), REPO).ops == written.ops


@given(JSON)
def test_depth_is_that_of_the_value(value: Any) -> None:
    def nested(inner: Any) -> int:
        children = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
        return max((1 + nested(child) for child in children), default=1) if isinstance(inner, dict | list) else 0

    assert canonical.depth(canonical.to_bytes({"a": value})) == nested({"a": value})
