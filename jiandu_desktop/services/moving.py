"""搬到新电脑: database, photos and keys in one parcel; opened on the new laptop, while the old one rests.

The new laptop goes on under a new identity (as after a restore), so that the two can never number alike; the old one is
not opened any more until somebody says that it is to go on (docs/sync.md, Moving).
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import Clock, from_text, to_text
from jiandu_desktop.paths import DataFolder, disk_trouble, write_atomically
from jiandu_desktop.progress import Progress, Step
from jiandu_desktop.services.joining import Joining
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage.backup import back_up, fault_of
from jiandu_desktop.sync.parcel import ParcelReader, ParcelWriter

SUFFIX = ".jdbj"
_FORMAT = 1
_MANIFEST, _DATABASE = "manifest.json", "jiandu.db"
_NAMES = re.compile(r"manifest\.json|jiandu\.db|device\.key|device-[a-z2-7]{16}\.key|office-root\.key")
_MEDIA = re.compile(r"media/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_ARRIVING = "arriving"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What a parcel says of itself; `files` are photos and documents, `size` their bytes together."""

    unit: str
    person: str
    packed_at: datetime
    files: int
    size: int


def pack(store: Store, out: Path, passphrase: str, progress: Progress) -> Parcel:
    """Write everything of this data folder into `out` and read it back; safe to cancel.

    Raises Trouble `not-joined`, `passphrase-short`, `disk-full`, `file-not-writable`, `file-spoilt`.
    """
    profile = Joining(store).current()
    if not profile.joined:
        raise Trouble("not-joined")
    files = [path for path in sorted(store.folder.media.rglob("*")) if _MEDIA.fullmatch(_inside(store.folder, path))]
    parcel = Parcel(
        unit=profile.unit,
        person=profile.person.name if profile.person else profile.unit,
        packed_at=store.clock(),
        files=len(files),
        size=sum(path.stat().st_size for path in files),
    )
    database = back_up(store.database, store.folder.backups, store.clock(), reason="before-moving")
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as file:
            writer = ParcelWriter(cast(BinaryIO, file), passphrase)
            with tarfile.open(fileobj=cast(IO[bytes], writer), mode="w|", format=tarfile.PAX_FORMAT) as tar:
                _add_manifest(tar, parcel)
                for name, path in _small_files(store.folder, database):
                    tar.add(path, name)
                _add_media(tar, files, parcel, store.folder, progress)
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        _read_back(part, passphrase, parcel, progress)
        part.replace(out)
    except OSError as error:
        raise disk_trouble(error, out) from error
    finally:
        part.unlink(missing_ok=True)
    return parcel


def retire(folder: DataFolder, clock: Clock, parcel: Path) -> None:
    """From now on this data folder is not opened: its owner works on the new laptop."""
    told = {"at": to_text(clock()), "parcel": parcel.name}
    write_atomically(folder.moved_away, json.dumps(told, ensure_ascii=False).encode())


def moved_away(folder: DataFolder) -> Trouble | None:
    """Why a retired data folder is not opened; None for one in use."""
    try:
        told = json.loads(folder.moved_away.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Trouble("moved-away", path=str(folder.root), day=f"{from_text(told['at']):%Y-%m-%d}", parcel=told["parcel"])


def stay(folder: DataFolder) -> None:
    """The old laptop goes on after all."""
    folder.moved_away.unlink(missing_ok=True)


def unpack(parcel: Path, passphrase: str, folder: DataFolder, progress: Progress) -> Parcel:
    """Make an unused data folder what the parcel holds; nothing is kept of a parcel that is not whole.

    The caller has seen that the folder belongs to nobody. Raises Trouble `parcel-unreadable`, `parcel-newer`,
    `passphrase-wrong`, `file-not-found`, `disk-full`.
    """
    arriving = folder.make().root / _ARRIVING
    shutil.rmtree(arriving, ignore_errors=True)
    try:
        found = _take_out(parcel, passphrase, arriving, progress)
        if fault_of(arriving / _DATABASE):
            raise Trouble("parcel-unreadable", path=parcel.name)
        _move_in(arriving, folder)
    except OSError as error:
        raise disk_trouble(error, folder.root) from error
    finally:
        shutil.rmtree(arriving, ignore_errors=True)
    return found


def _inside(folder: DataFolder, path: Path) -> str:
    return path.relative_to(folder.root).as_posix()


def _small_files(folder: DataFolder, database: Path) -> Iterator[tuple[str, Path]]:
    yield _DATABASE, database
    for path in sorted(folder.root.glob("*.key")):
        if _NAMES.fullmatch(path.name):
            yield path.name, path


def _add_manifest(tar: tarfile.TarFile, parcel: Parcel) -> None:
    told = {
        "format": _FORMAT,
        "unit": parcel.unit,
        "person": parcel.person,
        "packed_at": to_text(parcel.packed_at),
        "files": parcel.files,
        "size": parcel.size,
    }
    content = json.dumps(told, ensure_ascii=False).encode()
    entry = tarfile.TarInfo(_MANIFEST)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))


def _add_media(tar: tarfile.TarFile, files: list[Path], parcel: Parcel, folder: DataFolder, progress: Progress) -> None:
    done = 0
    for path in files:
        progress.report(Step(done, 2 * parcel.size))
        tar.add(path, _inside(folder, path))
        done += path.stat().st_size


def _read_back(path: Path, passphrase: str, parcel: Parcel, progress: Progress) -> None:
    """A stick may take what is written and keep something else."""
    count = done = 0
    try:
        for name, content in _entries(path, passphrase):
            progress.report(Step(parcel.size + done, 2 * parcel.size))
            media = _MEDIA.fullmatch(name)
            if media is not None:
                data = content.read()
                if hashlib.sha256(data).hexdigest() != media[2]:
                    raise Trouble("file-spoilt", path=path.name.removesuffix(".part"))
                count, done = count + 1, done + len(data)
    except Trouble as trouble:
        raise Trouble("file-spoilt", path=path.name.removesuffix(".part")) from trouble
    if count != parcel.files:
        raise Trouble("file-spoilt", path=path.name.removesuffix(".part"))


def _take_out(path: Path, passphrase: str, target: Path, progress: Progress) -> Parcel:
    found: Parcel | None = None
    done = 0
    for name, content in _entries(path, passphrase):
        if name == _MANIFEST:
            found = _manifest(content.read(1 << 16), path)
            continue
        media = _MEDIA.fullmatch(name)
        if found is None or not (media or _NAMES.fullmatch(name)):
            raise Trouble("parcel-unreadable", path=path.name)
        digest = _copy(content, target / name)
        if media is not None and digest != media[2]:
            raise Trouble("parcel-unreadable", path=path.name)
        done += (target / name).stat().st_size if media else 0
        progress.report(Step(done, max(found.size, done)))
    if found is None or not (target / _DATABASE).exists() or not (target / "device.key").exists():
        raise Trouble("parcel-unreadable", path=path.name)
    return found


def _entries(path: Path, passphrase: str) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each file in a parcel, to its proven end."""
    try:
        with path.open("rb") as file:
            reader = ParcelReader(cast(BinaryIO, file), passphrase, path.name)
            with tarfile.open(fileobj=cast(IO[bytes], reader), mode="r|") as tar:
                for entry in tar:
                    content = tar.extractfile(entry) if entry.isreg() else None
                    if content is None:
                        raise Trouble("parcel-unreadable", path=path.name)
                    yield entry.name, content
            reader.finish()
    except FileNotFoundError as error:
        raise Trouble("file-not-found", path=str(path)) from error
    except tarfile.TarError as error:
        raise Trouble("parcel-unreadable", path=path.name) from error


def _manifest(content: bytes, path: Path) -> Parcel:
    try:
        told = json.loads(content)
        if told["format"] != _FORMAT:
            raise Trouble("parcel-newer", path=path.name)
        return Parcel(
            unit=str(told["unit"]),
            person=str(told["person"]),
            packed_at=from_text(told["packed_at"]),
            files=int(told["files"]),
            size=int(told["size"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Trouble("parcel-unreadable", path=path.name) from error


def _copy(content: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        while piece := content.read(1 << 20):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if os.name != "nt" and target.suffix == ".key":
        target.chmod(0o600)
    return digest.hexdigest()


def _move_in(arriving: Path, folder: DataFolder) -> None:
    """Photos and keys first, the database last: cut off in between, the folder still belongs to nobody."""
    for path in sorted((arriving / "media").rglob("*")):
        if path.is_file():
            target = folder.root / path.relative_to(arriving)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    for path in sorted(arriving.glob("*.key")):
        path.replace(folder.root / path.name)
    write_atomically(folder.restored, b"moved\n")
    for ending in ("-wal", "-shm"):
        folder.database.with_name(folder.database.name + ending).unlink(missing_ok=True)
    (arriving / _DATABASE).replace(folder.database)
