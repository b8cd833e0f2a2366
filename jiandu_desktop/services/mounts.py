"""What kind of place a folder is: local disk, network drive, stick, or a file manager's view of a share."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "davfs", "9p", "fuse.sshfs", "fuse.davfs2"})
_STICKS = frozenset({"vfat", "exfat", "msdos", "fuse.exfat"})
_STICK_PLACES = ("/media/", "/run/media/")


class Place(StrEnum):
    """How a folder is reached."""

    LOCAL = "local"
    NETWORK = "network"
    REMOVABLE = "removable"
    FILE_MANAGER = "file-manager"


def place_of(folder: Path) -> tuple[Place, str]:
    """The kind of place, and the file system's name where the system tells it ("" elsewhere)."""
    if os.name == "nt":
        return _windows(folder)
    system = file_system(folder, _MOUNTS.read_text(encoding="utf-8")) if _MOUNTS.exists() else ""
    path = str(folder.resolve())
    if system == "fuse.gvfsd-fuse" or "/gvfs/" in path:
        return Place.FILE_MANAGER, system
    if system in _NETWORK:
        return Place.NETWORK, system
    if system in _STICKS or path.startswith(_STICK_PLACES):
        return Place.REMOVABLE, system
    return Place.LOCAL, system


def file_system(folder: Path, mounts: str) -> str:
    """The type of the file system that holds `folder`, by the text of /proc/self/mounts; "" where none fits."""
    path, best, found = folder.resolve().as_posix(), "", ""
    for line in mounts.splitlines():
        _, _, rest = line.partition(" ")
        point, _, rest = rest.partition(" ")
        point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), point)
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, found = point, rest.partition(" ")[0]
    return found


def _windows(folder: Path) -> tuple[Place, str]:
    """By the drive's type (GetDriveTypeW: 2 removable, 4 network); a path that begins with two backslashes is UNC."""
    import ctypes

    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return Place.NETWORK, "UNC"
    # Only Windows has it, and mypy looks with another system's eyes.
    system = getattr(ctypes, "windll", None)
    kind = system.kernel32.GetDriveTypeW(drive + "\\") if system is not None else 0
    return {2: Place.REMOVABLE, 4: Place.NETWORK}.get(kind, Place.LOCAL), ""
