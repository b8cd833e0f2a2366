"""One fact of a journal (an operation), the stored bytes it refers to, and who may write which kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from jiandu_desktop.sync import canonical, hlc

_DIGEST = re.compile(r"[0-9a-f]{64}")
_PERIOD = re.compile(r"[0-9]{4}q[1-4]")
_DEVICE = re.compile(r"[a-z2-7]{16}")

INSPECTOR_KINDS = ("visit.", "problem.", "document.", "number.", "conflict.", "device.enrol", "device.want")
OFFICE_KINDS = (
    "school.",
    "inspector.",
    "checklist.",
    "assignment.",
    "number.block",
    "device.certified",
    "device.revoked",
    "ack",
    "want",
    "office.",
)


class Role(StrEnum):
    """What a device may write: an office's computer (publisher), or an inspector's laptop."""

    OFFICE = "office"
    INSPECTOR = "inspector"


def may_write(role: Role, kind: str) -> bool:
    """Whether a device of this role may write this kind; unknown kinds belong to nobody but the office.

    The office may write everything (it takes in earlier records, takes back, resolves conflicts) but one: only a
    laptop enrols itself.
    """
    if role is Role.OFFICE:
        return kind not in ("device.enrol", "device.want")
    return _is_one_of(kind, INSPECTOR_KINDS) and not _is_one_of(kind, OFFICE_KINDS)


@dataclass(frozen=True, slots=True)
class BlobRef:
    """Stored bytes by their SHA-256. `period` (2026q4) is the quarter they were made in; `role` is what they are:
    photo, file, document, words (what a document says) or checklist."""

    name: str
    length: int
    period: str
    role: str

    def to_json(self) -> dict[str, Any]:
        """The form it has in an operation's `data["blobs"]` and in a segment's header."""
        return {"name": self.name, "len": self.length, "period": self.period, "role": self.role}

    @classmethod
    def from_json(cls, value: Any) -> Self:
        """Raises ValueError for anything but what `to_json` gives."""
        if not isinstance(value, dict) or set(value) != {"name", "len", "period", "role"}:
            raise ValueError("not a blob reference")
        name, length, period, role = value["name"], value["len"], value["period"], value["role"]
        if not (isinstance(name, str) and _DIGEST.fullmatch(name)):
            raise ValueError("blob name")
        if not (isinstance(length, int) and not isinstance(length, bool) and length >= 0):
            raise ValueError("blob length")
        if not (isinstance(period, str) and _PERIOD.fullmatch(period)):
            raise ValueError("blob period")
        if not isinstance(role, str):
            raise ValueError("blob role")
        return cls(name, length, period, role)


def period_of(moment: datetime) -> str:
    """The quarter that bytes made at this time belong to: 2026q4."""
    return f"{moment.year}q{(moment.month + 2) // 3}"


@dataclass(frozen=True, slots=True)
class Op:
    """One operation. `op_id` is "device:n" with n counting from 1; `parents` are the op_ids it was written in view of;
    `entity` is the identifier of the school, visit, problem … that it is about."""

    op_id: str
    hlc: str
    parents: tuple[str, ...]
    person: str
    entity: str
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    spelled: str = field(default="", compare=False, repr=False)
    """`data` as JSON, as it came in a segment; "" where it was written here."""

    @property
    def device(self) -> str:
        return self.op_id.partition(":")[0]

    @property
    def number(self) -> int:
        return int(self.op_id.partition(":")[2])

    @property
    def blobs(self) -> tuple[BlobRef, ...]:
        """The stored bytes named in `data["blobs"]`."""
        return tuple(
            BlobRef(value["name"], value["len"], value["period"], value["role"]) for value in self.data.get("blobs", ())
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "op_id": self.op_id,
            "hlc": self.hlc,
            "parents": list(self.parents),
            "person": self.person,
            "entity": self.entity,
            "kind": self.kind,
            "data": dict(self.data),
        }

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """The operation that a line of a segment spells; raises ValueError for anything but its canonical form."""
        value = canonical.from_bytes(line)
        # Sorted keys: `data` comes first, and the last such comma is the one behind it, as quotes within strings follow
        # a backslash.
        return cls.from_json(value, line[len(b'{"data":') : line.rfind(b',"entity":')].decode("utf-8"))

    @classmethod
    def from_json(cls, value: Mapping[str, Any], spelled: str = "") -> Self:
        """Raises ValueError for anything but what `to_json` gives."""
        if set(value) != {"op_id", "hlc", "parents", "person", "entity", "kind", "data"}:
            raise ValueError("fields of an operation")
        texts = [value[name] for name in ("op_id", "hlc", "person", "entity", "kind")]
        parents, data = value["parents"], value["data"]
        if not all(isinstance(text, str) for text in texts) or not isinstance(data, dict):
            raise ValueError("types of an operation")
        if not isinstance(parents, list) or not all(isinstance(parent, str) for parent in parents):
            raise ValueError("parents of an operation")
        if not hlc.is_stamp(value["hlc"]) or not value["kind"]:
            raise ValueError("stamp or kind of an operation")
        device, _, number = value["op_id"].partition(":")
        if not is_device(device) or not re.fullmatch(r"[1-9][0-9]{0,11}", number):
            raise ValueError("identifier of an operation")
        blobs = data.get("blobs", [])
        if not isinstance(blobs, list):
            raise ValueError("blobs of an operation")
        for blob in blobs:
            BlobRef.from_json(blob)
        op_id, stamp, person, entity, kind = texts
        return cls(op_id, stamp, tuple(parents), person, entity, kind, data, spelled)


@dataclass(frozen=True, slots=True)
class Draft:
    """An operation before the replica gives it its number and stamp."""

    kind: str
    entity: str
    data: Mapping[str, Any]
    parents: tuple[str, ...] = ()


def is_device(text: str) -> bool:
    """Whether this is the spelling of a device id."""
    return _DEVICE.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Whether this is a SHA-256 in 64 lower-case hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def _is_one_of(kind: str, table: tuple[str, ...]) -> bool:
    return any(kind.startswith(entry) if entry.endswith(".") else kind == entry for entry in table)
