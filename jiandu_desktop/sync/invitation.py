"""The office's invitation to one inspector's laptop (a .jdyq file), and the laptop's answer to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import from_text, to_text
from jiandu_desktop.sync import signed
from jiandu_desktop.sync.identity import KEY_BYTES, DeviceKey
from jiandu_desktop.sync.operation import Draft, Role
from jiandu_desktop.sync.replica import Membership
from jiandu_desktop.sync.root import Root

DOMAIN = "jiandu invitation 1"
SUFFIX = ".jdyq"
ENROL = "device.enrol"

_NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A verified invitation. `folders` are hints where the shared folder may lie; the office's key is in `root_key`."""

    repo_id: str
    office_name: str
    root_key: bytes
    person: str
    person_name: str
    nonce: str
    issued_at: datetime
    expires_at: datetime
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the laptop keeps after accepting: its membership, and the first operation of its journal."""

    invitation: Invitation
    membership: Membership
    enrolment: Draft


def make_invitation(
    root: Root,
    root_key: DeviceKey,
    *,
    person: str,
    person_name: str,
    nonce: str,
    issued_at: datetime,
    expires_at: datetime,
    folders: Sequence[str],
) -> bytes:
    """The bytes of a .jdyq file for one laptop of one person; `nonce` is 8–64 characters and used only once.

    Raises ValueError where the key is not the root's, or the times are in the wrong order: faults of ours.
    """
    if root_key.public != root.root_key or not _NONCE.fullmatch(nonce) or expires_at <= issued_at:
        raise ValueError("an invitation is signed by the folder's root key and ends after it begins")
    content: dict[str, Any] = {
        "type": "jiandu-invitation",
        "repo_id": root.repo_id,
        "office_name": root.office_name,
        "root_key": root.root_key.hex(),
        "person": person,
        "person_name": person_name,
        "nonce": nonce,
        "issued_at": to_text(issued_at),
        "expires_at": to_text(expires_at),
        "folders": list(folders),
    }
    return signed.seal(content, DOMAIN, root_key)


def read_invitation(data: bytes) -> Invitation:
    """The invitation in `data`, signed by the office key that it names (which the laptop pins from here on).

    Raises Trouble `invitation-unreadable` (not such a file) or `invitation-forged` (changed after signing).
    """
    try:
        content = signed.content_of(data)
        if content.get("type") != "jiandu-invitation":
            raise Trouble("invitation-unreadable")
        invitation = _invitation(content)
    except (signed.NotSigned, ValueError, KeyError, TypeError) as error:
        raise Trouble("invitation-unreadable") from error
    try:
        signed.unseal(data, DOMAIN, invitation.root_key)
    except signed.NotSigned as error:
        raise Trouble("invitation-forged", office=invitation.office_name) from error
    return invitation


def accept_invitation(data: bytes, key: DeviceKey, *, now: datetime, app_version: str) -> Acceptance:
    """Join the office with this laptop's key; the owner stores the membership and records the enrolment first of all.

    Raises Trouble `invitation-unreadable`, `invitation-forged` or `invitation-expired`.
    """
    invitation = read_invitation(data)
    if now > invitation.expires_at:
        raise Trouble("invitation-expired", until=f"{invitation.expires_at:%Y-%m-%d}", office=invitation.office_name)
    membership = Membership(
        key=key,
        repo_id=invitation.repo_id,
        root_key=invitation.root_key,
        person=invitation.person,
        role=Role.INSPECTOR,
        app_version=app_version,
    )
    enrolment = Draft(
        ENROL,
        key.device,
        {"invitation": data.decode("utf-8"), "public_key": key.public.hex(), "accepted_at": to_text(now)},
    )
    return Acceptance(invitation, membership, enrolment)


def _invitation(content: dict[str, Any]) -> Invitation:
    root_key = bytes.fromhex(content["root_key"])
    folders = content["folders"]
    if len(root_key) != KEY_BYTES or not isinstance(folders, list) or not _NONCE.fullmatch(content["nonce"]):
        raise ValueError("fields of an invitation")
    return Invitation(
        repo_id=str(content["repo_id"]),
        office_name=str(content["office_name"]),
        root_key=root_key,
        person=str(content["person"]),
        person_name=str(content["person_name"]),
        nonce=content["nonce"],
        issued_at=from_text(content["issued_at"]),
        expires_at=from_text(content["expires_at"]),
        folders=tuple(str(folder) for folder in folders),
    )
