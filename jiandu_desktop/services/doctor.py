"""jiandu sync doctor: what a shared folder can do, told in words, and what to ask the network administrator for."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.services.mounts import Place, place_of
from jiandu_desktop.services.store import Store
from jiandu_desktop.sync.disk import LocalDisk
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.probe import Probe, probe
from jiandu_desktop.sync.root import read_any_root

LITTLE_SPACE = 2 << 30
"""Bytes below which more space should be asked for: about 130 visits with their photos."""
SKEW_SECONDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """`findings` are sentences about the folder, `requests` what an administrator should change (often none). `office`
    is whose folder it is, "" for nobody's; the figures are None where they could not be had."""

    path: str
    office: str
    usable: bool
    mode: str
    place: str
    file_system: str
    free_bytes: int | None
    clock_ahead_seconds: float | None
    list_seconds: float | None
    write_mb_per_second: float | None
    reads_back: bool
    exclusive_create: bool
    lists_at_once: bool
    keeps_case: bool
    findings: tuple[str, ...]
    requests: tuple[str, ...]


def diagnose(store: Store, path: Path) -> Diagnosis:
    """Try the folder for a few seconds with files of our own, which are removed again.

    Any folder will do, also one that is not yet an office's. Raises Trouble `folder-missing`.
    """
    device = store.device() or "doctor"
    folder = Folder(path, device=device)
    if not folder.exists():
        raise Trouble("folder-missing", path=str(path))
    try:
        office = read_any_root(folder).office_name
    except Trouble:
        office = ""
    bare = not office and "probe" not in folder.list("")
    found = probe(
        path, LocalDisk(), device=device, nonce=secrets.token_hex(4), now=store.clock(), timer=time.perf_counter
    )
    if bare:
        _tidy(path)
    place, system = place_of(path)
    return Diagnosis(
        path=str(path),
        office=office,
        usable=found.reads_back or found.mode is Mode.READ_ONLY,
        mode=found.mode.value,
        place=place.value,
        file_system=system,
        free_bytes=found.free_bytes,
        clock_ahead_seconds=found.skew_seconds,
        list_seconds=found.list_seconds,
        write_mb_per_second=found.write_mb_per_second,
        reads_back=found.reads_back,
        exclusive_create=found.exclusive,
        lists_at_once=found.lists_at_once,
        keeps_case=found.keeps_case,
        findings=tuple(_findings(found, place, system)),
        requests=tuple(sentence(code, {}) for code in _requests(found, place)),
    )


def _findings(found: Probe, place: Place, system: str) -> list[str]:
    told: list[tuple[str, dict[str, object]]] = []
    told.append((f"doctor-place-{place.value}", {"system": f"（{system}）" if system else ""}))
    if found.full:
        told.append(("doctor-full", {}))
    else:
        told.append((f"doctor-mode-{found.mode.value}", {"refusal": found.refusal}))
    if found.free_bytes is not None:
        told.append(("doctor-free", {"free": found.free_bytes >> 20}))
    if found.write_mb_per_second is not None and found.list_seconds is not None:
        figures = {"speed": f"{found.write_mb_per_second:.1f}", "listing": f"{found.list_seconds * 1000:.0f}"}
        told.append(("doctor-speed", dict(figures)))
    if found.skew_seconds is not None and abs(found.skew_seconds) > SKEW_SECONDS:
        direction = "快" if found.skew_seconds > 0 else "慢"
        told.append(("doctor-clock", {"direction": direction, "seconds": f"{abs(found.skew_seconds):.0f}"}))
    written = found.mode is not Mode.READ_ONLY and not found.full
    if written:
        faults = {
            "doctor-spoils": not found.reads_back,
            "doctor-late-listing": not found.lists_at_once,
            "doctor-shared-names": not found.exclusive,
            "doctor-case": not found.keeps_case,
        }
        told += [(code, {}) for code, is_so in faults.items() if is_so]
    return [sentence(code, values) for code, values in told]


def _requests(found: Probe, place: Place) -> list[str]:
    written = found.mode is not Mode.READ_ONLY and not found.full
    wanted = {
        "ask-space": found.full or (found.free_bytes is not None and found.free_bytes < LITTLE_SPACE),
        "ask-write": found.mode is Mode.READ_ONLY and not found.full,
        "ask-mount": place is Place.FILE_MANAGER,
        "ask-rename": found.mode is Mode.DIRECT and place is not Place.FILE_MANAGER,
        "ask-disk": written and not found.reads_back,
        "ask-clock": found.skew_seconds is not None and abs(found.skew_seconds) > SKEW_SECONDS,
    }
    return [code for code, is_so in wanted.items() if is_so]


def _tidy(path: Path) -> None:
    """A folder that was nobody's stays as it was found."""
    try:
        (path / "probe").rmdir()
    except OSError:
        return
