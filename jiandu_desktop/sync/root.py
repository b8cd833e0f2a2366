"""The root file of a shared folder: whose it is, which office may publish, which program may read; signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.identity import to_text
from jiandu_desktop.sync import names, segment, signed
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.identity import DeviceKey, device_id

DOMAIN = "jiandu root 1"
FORMAT = 1
"""The layout this program reads and writes; `min_reader` and `min_writer` of a root are compared with it."""

_SYNC_CLIENT_IGNORES = b"// Jiandu: half-written files are nobody's business\n*.part\n"


@dataclass(frozen=True, slots=True)
class Publisher:
    """An office's computer that may publish schools, checklists, assignments, certificates and acknowledgements."""

    public_key: bytes
    name: str

    @property
    def device(self) -> str:
        return device_id(self.public_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """What a verified root file says. `number` grows with every new list of publishers; the highest one counts.

    `file` holds the very bytes: signed by the office, so that anyone may lay them into another folder of it.
    """

    number: int
    repo_id: str
    office_name: str
    root_key: bytes
    publishers: tuple[Publisher, ...]
    min_reader: int
    min_writer: int
    created_at: str
    file: bytes = field(default=b"", repr=False)

    @property
    def may_write(self) -> bool:
        """Whether this program is new enough to change shared records; visits are pushed all the same."""
        return self.min_writer <= FORMAT

    def is_publisher(self, device: str) -> bool:
        return any(publisher.device == device for publisher in self.publishers)


def make_root(
    folder: Folder,
    *,
    repo_id: str,
    office_name: str,
    root_key: DeviceKey,
    publishers: Iterable[Publisher],
    created_at: datetime,
) -> Root:
    """Make the shared folder's own folders and its first root file, and return the root as read back.

    Raises Trouble `folder-missing`, `folder-taken` (it already belongs to an office, whichever), or what writing meets.
    """
    if not folder.exists():
        raise Trouble("folder-missing", path=folder.shown)
    if taken := [name for name in folder.list("") if names.parse_root(name) is not None]:
        raise Trouble("folder-taken", path=folder.shown, name=taken[0])
    file = _seal(root_key, 1, repo_id, office_name, publishers, FORMAT, FORMAT, created_at)
    folder.make_top_folders()
    folder.put(names.root(1), file, mine=True)
    folder.put_ignore_list(_SYNC_CLIENT_IGNORES)
    return read_root(folder, repo_id=repo_id, root_key=root_key.public)


def make_next_root(
    root: Root,
    root_key: DeviceKey,
    *,
    publishers: Iterable[Publisher] | None = None,
    min_reader: int | None = None,
    min_writer: int | None = None,
    created_at: datetime,
) -> bytes:
    """The bytes of the root file after `root`: other publishers, or a newer program demanded; `lay_root` publishes it.

    Raises ValueError where the key is not the root's.
    """
    if root_key.public != root.root_key:
        raise ValueError("a root file is signed by the key that the laptops pinned")
    return _seal(
        root_key,
        root.number + 1,
        root.repo_id,
        root.office_name,
        root.publishers if publishers is None else publishers,
        root.min_reader if min_reader is None else min_reader,
        root.min_writer if min_writer is None else min_writer,
        created_at,
    )


def _seal(
    root_key: DeviceKey,
    number: int,
    repo_id: str,
    office_name: str,
    publishers: Iterable[Publisher],
    min_reader: int,
    min_writer: int,
    created_at: datetime,
) -> bytes:
    content: dict[str, Any] = {
        "type": "jiandu-root",
        "repo_id": repo_id,
        "office_name": office_name,
        "fmt": FORMAT,
        "min_reader": min_reader,
        "min_writer": min_writer,
        "suite": segment.SUITE,
        "root_key": root_key.public.hex(),
        "publishers": [{"key": each.public_key.hex(), "name": each.name} for each in publishers],
        "limits": {"segment": segment.MAX_FILE, "ops": segment.MAX_OPS},
        "created_at": to_text(created_at),
        "number": number,
    }
    return signed.seal(content, DOMAIN, root_key)


def read_root(folder: Folder, *, repo_id: str, root_key: bytes, known: int = 0) -> Root:
    """The highest root signed by the pinned key; where `known` is its number, one small read is enough.

    Raises Trouble: `folder-missing` (no such path), `folder-not-jiandu` (no root file: empty mount point, wrong
    folder), `folder-wrong-repo` (another office's), `folder-newer` (this program is too old), `folder-root-damaged`.
    """
    # One or two small reads find the newest root in the usual case; listing is for the unusual one (copies, deletions).
    found = [_at(folder, known)] if known else _consecutive(folder)
    ours = [root for root in found if root is not None and (root.repo_id, root.root_key) == (repo_id, root_key)]
    if not ours:
        there = _listed(folder)
        ours = [root for root in there if (root.repo_id, root.root_key) == (repo_id, root_key)]
        if not ours and there:
            raise Trouble("folder-wrong-repo", path=folder.shown, found=there[0].office_name)
        if not ours:
            raise Trouble("folder-root-damaged", path=folder.shown)
    newest = max(ours, key=lambda root: root.number)
    if newest.min_reader > FORMAT:
        raise Trouble("folder-newer", path=folder.shown, needed=newest.min_reader, known=FORMAT)
    return newest


def lay_root(folder: Folder, file: bytes) -> Root:
    """Make a blank folder (a stick) one more folder of the office whose verified root file is `file`, or give a folder
    of this office the newer root file; roots of others and newer ones stay what they are.

    Raises Trouble `folder-missing`, `folder-root-damaged` and what writing meets.
    """
    root = open_root(file)
    if root is None:
        raise Trouble("folder-root-damaged", path=folder.shown)
    if not folder.exists():
        raise Trouble("folder-missing", path=folder.shown)
    if not any(names.parse_root(name) is not None for name in folder.list("")):
        folder.make_top_folders()
        folder.put(names.root(root.number), file, mine=True)
        folder.put_ignore_list(_SYNC_CLIENT_IGNORES)
        return root
    there = _listed(folder)
    ours = [each.number for each in there if (each.repo_id, each.root_key) == (root.repo_id, root.root_key)]
    if ours and max(ours) < root.number:
        # What stands under this name and is no root was cut short when it was laid.
        folder.put(names.root(root.number), file, mine=_at(folder, root.number) is None)
    return root


def read_any_root(folder: Folder) -> Root:
    """The root of a folder that is not joined yet, proven only by the key it carries itself: for showing its name.

    Raises Trouble as `read_root` does, but for another office's.
    """
    found = _listed(folder)
    if not found:
        raise Trouble("folder-root-damaged", path=folder.shown)
    return found[0]


def newer_root(folder: Folder, root: Root) -> Root:
    """The root that comes after this one in the folder, as far as they go on, or this one; one small read if none."""
    for number in range(root.number + 1, 10_000):
        later = _at(folder, number)
        if later is None or (later.repo_id, later.root_key) != (root.repo_id, root.root_key):
            break
        root = later
    if root.min_reader > FORMAT:
        raise Trouble("folder-newer", path=folder.shown, needed=root.min_reader, known=FORMAT)
    return root


def _at(folder: Folder, number: int) -> Root | None:
    data = folder.read(names.root(number), signed.MAX_BYTES)
    return None if data is None else open_root(data)


def _consecutive(folder: Folder) -> list[Root | None]:
    """The roots 1, 2, 3 … as far as they go; an unreadable one is None."""
    roots: list[Root | None] = []
    for number in range(1, 10_000):
        data = folder.read(names.root(number), signed.MAX_BYTES)
        if data is None:
            break
        roots.append(open_root(data))
    return roots


def _listed(folder: Folder) -> list[Root]:
    """All roots in the folder, copies made by cloud clients included, highest number first."""
    listed = [name for name in folder.list("") if names.parse_root(name) is not None]
    if not listed:
        raise Trouble("folder-not-jiandu" if folder.exists() else "folder-missing", path=folder.shown)
    found = [folder.read_listed("", name, signed.MAX_BYTES) for name in listed]
    roots = [root for data in found if data is not None and (root := open_root(data)) is not None]
    return sorted(roots, key=lambda root: -root.number)


def open_root(data: bytes) -> Root | None:
    """The root in `data`, if it is whole and signed by the key it names."""
    try:
        key = bytes.fromhex(signed.content_of(data)["root_key"])
        return _root(signed.unseal(data, DOMAIN, key), key, data)
    except (signed.NotSigned, ValueError, KeyError, TypeError):
        return None


def _root(content: Mapping[str, Any], key: bytes, data: bytes) -> Root:
    return Root(
        number=int(content["number"]),
        repo_id=str(content["repo_id"]),
        office_name=str(content["office_name"]),
        root_key=key,
        publishers=tuple(Publisher(bytes.fromhex(each["key"]), str(each["name"])) for each in content["publishers"]),
        min_reader=int(content["min_reader"]),
        min_writer=int(content["min_writer"]),
        created_at=str(content["created_at"]),
        file=data,
    )
