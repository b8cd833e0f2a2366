"""Files that are small and would become large, deep or endless, and names that are traps."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.county import Member
from tests.support.hostile import crafted, op_of, place, seal_segment

NAMES = (
    *("NUL", "con.seg", "..seg", "x" * 255, "\u202egse.1", "é", "e\u0301", " ", "a b.seg", "-rf", "%00.seg", "\r\n"),
    *("00000009-0000000000000000.SEG", "99999999-ffffffffffffffff.seg", "00000001-0000000000000000.pack", "*", "?"),
    *("00000000-00000000-0000000000000000.pack", "٠٠٠٠٠٠٠١-0000000000000000.seg", "aaaaaaaaaaaaaaaa.99999999.ffffffff"),
)


def _bomb(make: Callable[[Member], bytes]) -> Callable[[Member], tuple[str, bytes]]:
    def laid(attacker: Member) -> tuple[str, bytes]:
        data = make(attacker)
        return place("segment", attacker, 0), data

    return laid


def _long_header(attacker: Member) -> bytes:
    return seal_segment(b"{}", b"", attacker.replica.membership().key, length=2**31)


def _zeros(attacker: Member) -> bytes:
    return crafted(attacker, plain=b"0" * (200 << 20), plain_len=15 << 20)


def _deep(attacker: Member) -> bytes:
    return crafted(attacker, plain=b'{"a":' * 400_000 + b"1" + b"}" * 400_000 + b"\n")


def _deep_header(attacker: Member) -> bytes:
    return seal_segment(b"[" * 200_000 + b"]" * 200_000, b"", attacker.replica.membership().key)


def _million_ops(attacker: Member) -> bytes:
    return crafted(attacker, plain=b'{"a":1}\n' * 1_000_000)


def _nan(attacker: Member) -> bytes:
    return crafted(attacker, [op_of(attacker.device, 99, data={"x": float("nan")})])


def _surrogates(attacker: Member) -> bytes:
    return crafted(attacker, [op_of(attacker.device, 99, data={"x": "\ud800"})])


def _large(attacker: Member) -> bytes:
    return seal_segment(b"{}", bytes(60 << 20), attacker.replica.membership().key)


def _long_number(attacker: Member) -> bytes:
    return crafted(attacker, plain=b'{"a":' + b"9" * 1_000_000 + b"}\n")


BOMBS: dict[str, Callable[[Member], tuple[str, bytes]]] = {
    "a header of 2 GB": _bomb(_long_header),
    "200 MiB of zeros": _bomb(_zeros),
    "deep JSON": _bomb(_deep),
    "a deep header": _bomb(_deep_header),
    "a million operations": _bomb(_million_ops),
    "NaN": _bomb(_nan),
    "lone surrogates": _bomb(_surrogates),
    "60 MiB": _bomb(_large),
    "a number of a million digits": _bomb(_long_number),
}
