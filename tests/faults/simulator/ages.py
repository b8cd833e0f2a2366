"""Programs of several ages in one process: what each understands is asked of the computer that is running now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING
from unittest import mock

from jiandu_desktop.sync import blobs, identity, packing, pull, segment, signed
from jiandu_desktop.sync.identity import DeviceKey

if TYPE_CHECKING:
    from tests.faults.simulator.world import World

_proved = cache(identity.is_signed)


class _Understood:
    """The highest schema that the running program knows; `segment.decode` compares with it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __lt__(self, other: int) -> bool:
        return self._world.running_schema() < other


@contextmanager
def programs_of_several_ages(world: World) -> Iterator[None]:
    """Newer programs write schema 2, older ones hold such a journal. Signatures are proven and segments
    decoded once: the same bytes give the same answer, and a seed asks for the same ones a hundred times."""
    encode = segment.encode

    def encode_as_new(made: segment.Segment, key: DeviceKey) -> bytes:
        return encode(replace(made, schema=world.running.schema if world.running else 1), key)

    decode = segment.decode
    decoded: dict[tuple[bytes, str, int], segment.Segment] = {}

    def decode_once(data: bytes, repo_id: str) -> segment.Segment:
        asked = (data, repo_id, world.running_schema())
        if asked not in decoded:
            decoded[asked] = decode(data, repo_id)
        return decoded[asked]

    with (
        mock.patch.object(segment, "decode", decode_once),
        mock.patch.object(segment, "SCHEMA", _Understood(world)),
        mock.patch.object(segment, "encode", encode_as_new),
        mock.patch.object(segment, "is_signed", _proved),
        mock.patch.object(signed, "is_signed", _proved),
        # Sizes of a small county: two segments make a pack, a photo of some hundred bytes is cut into chunks.
        mock.patch.object(packing, "LEAST", 2),
        mock.patch.object(pull, "WORTH_A_BASE", 2),
        mock.patch.object(blobs, "WHOLE", 250),
        mock.patch.object(blobs, "CHUNK", 100),
    ):
        yield
