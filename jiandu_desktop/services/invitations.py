"""Invitations: what one says before it is accepted, and the same invitation as a QR code or as text."""

from __future__ import annotations

import io
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.paths import write_atomically
from jiandu_desktop.services.joining import InvitationView
from jiandu_desktop.sync.invitation import SUFFIX as INVITATION_SUFFIX
from jiandu_desktop.sync.invitation import read_invitation

__all__ = ["INVITATION_SUFFIX", "InvitationView", "keep_text", "look_at", "qr_png", "text_of", "write_qr"]

_LARGEST = 1 << 20
MOST_IN_A_CODE = 2900
"""Bytes that a QR code still holds (version 40, level L: 2,953); an invitation has about 700 to 900."""


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


def text_of(path: Path) -> str:
    """The invitation as text, which can be sent as a message and pasted where the file would be chosen."""
    return path.read_bytes().decode("utf-8")


def keep_text(text: str, folder: Path) -> Path:
    """An invitation that came as text, as a file in `folder`; one before it is replaced."""
    path = folder / f"pasted{INVITATION_SUFFIX}"
    write_atomically(path, text.strip().encode("utf-8", "replace"))
    return path


def qr_png(path: Path, scale: int = 6) -> bytes:
    """The whole invitation as a QR code; `scale` are pixels per module.

    Read with a telephone it gives the text that the joining dialog takes in place of the file. Raises Trouble
    `invitation-too-long` for one that no code holds (very many folders named in it).
    """
    import segno

    content = path.read_bytes()
    if len(content) > MOST_IN_A_CODE:
        raise Trouble("invitation-too-long", size=len(content))
    out = io.BytesIO()
    segno.make(content, error="l", mode="byte", micro=False, boost_error=True).save(out, kind="png", scale=scale)
    return out.getvalue()


def write_qr(path: Path, out: Path) -> None:
    """The QR code of an invitation file as a PNG picture."""
    write_atomically(out, qr_png(path))
