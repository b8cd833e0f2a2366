"""Why a file from the folder was not taken in: a code that is the same on every laptop, and values for its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """The reasons of sync.md on quarantine, one word each."""

    INCOMPLETE = "incomplete"
    CORRUPT = "corrupt"
    BAD_SIGNATURE = "bad_signature"
    WRONG_REPO = "wrong_repo"
    FUTURE_SCHEMA = "future_schema"
    OVERSIZE = "oversize"
    SENSELESS = "senseless"
    UNKNOWN_DEVICE = "unknown_device"
    REVOKED_DEVICE = "revoked_device"
    BAD_ROLE = "bad_role"
    FORK = "fork"
    MISSING = "missing"
    NO_ACCESS = "no_access"
    INVITATION_EXPIRED = "invitation_expired"
    INVITATION_USED = "invitation_used"
    INVITATION_FORGED = "invitation_forged"


class Refused(Exception):
    """The bytes were read and are not taken in; nothing of them was applied."""

    def __init__(self, why: Why, **values: str) -> None:
        super().__init__(why, values)
        self.why = why
        self.values = values


@dataclass(frozen=True, slots=True)
class Refusal:
    """One file that waits or was refused; `name` is its path in the folder, `device` the journal it stands in."""

    why: Why
    name: str
    device: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of its sentence in `domain.sentences`; the values to fill in are `shown`."""
        return "refused-" + self.why.value.replace("_", "-")

    @property
    def shown(self) -> dict[str, str]:
        """Everything its sentence may name."""
        return {"name": self.name, "device": self.device, **self.values}
