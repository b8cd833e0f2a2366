"""What an invitation file says before it is accepted, for a program that belongs to nobody yet."""

from __future__ import annotations

from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.services.joining import InvitationView
from jiandu_desktop.sync.invitation import SUFFIX as INVITATION_SUFFIX
from jiandu_desktop.sync.invitation import read_invitation

__all__ = ["INVITATION_SUFFIX", "InvitationView", "look_at"]

_LARGEST = 1 << 20


def look_at(path: Path) -> InvitationView:
    """Reads a `.jdyq` file; raises Trouble `invitation-unreadable`, `invitation-forged`, `file-not-…`."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except FileNotFoundError as error:
        raise Trouble("file-not-found", path=str(path)) from error
    except OSError as error:
        raise Trouble("file-not-readable", path=str(path), reason=error.strerror or str(error)) from error
    found = read_invitation(content)
    return InvitationView(
        unit=found.office_name, person=found.person_name, expires_at=found.expires_at, folders=found.folders
    )
