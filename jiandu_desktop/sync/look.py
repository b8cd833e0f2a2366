"""The first look at the folder in every sync: the root file and one listing of the heads, shared by push and pull."""

from __future__ import annotations

from dataclasses import dataclass

from jiandu_desktop.sync import names, signed
from jiandu_desktop.sync.folder import Folder, Mode
from jiandu_desktop.sync.identity import DeviceKey, device_id
from jiandu_desktop.sync.replica import Position, Replica
from jiandu_desktop.sync.root import Root, lay_root, newer_root, read_root

DOMAIN = "jiandu head 1"


@dataclass(frozen=True, slots=True)
class Look:
    """The verified root and the heads by device, highest number first. A head's name is a hint until it is checked.
    `parts` are half-written files among the heads."""

    root: Root
    heads: dict[str, tuple[names.HeadName, ...]]
    parts: tuple[str, ...] = ()

    def seq_of(self, device: str) -> int:
        """The highest segment that the heads of a device speak of; 0 for none."""
        heads = self.heads.get(device, ())
        return heads[0].seq if heads else 0


def look(folder: Folder, replica: Replica, *, scrub: bool = False) -> Look:
    """Read the root and list the heads: one small read and one listing; with news or a `scrub` a newer root is looked
    for, and a folder (a stick, a backup put back) whose root is older than the known one gets that.

    Raises Trouble as `root.read_root` does; nothing is read or written in a folder that is not my office's.
    """
    me = replica.membership()
    root = read_root(folder, repo_id=me.repo_id, root_key=me.root_key, known=me.root_number)
    listed = folder.list(names.HEADS)
    heads: dict[str, list[names.HeadName]] = {}
    for name in listed:
        head = names.parse_head(name)
        if head is not None:
            heads.setdefault(head.device, []).append(head)
    positions = replica.positions()
    news = any(
        max(head.seq for head in found) > positions.get(device, Position()).seq
        for device, found in heads.items()
        if device != me.device
    )
    if scrub or news:
        root = newer_root(folder, root)
    if root.number < me.root_number and folder.mode is not Mode.READ_ONLY:
        root = lay_root(folder, me.root_file)
    if root.number > me.root_number:
        replica.keep_root(root.number, root.file)
    return Look(
        root,
        {device: tuple(sorted(found, key=lambda head: -head.seq)) for device, found in heads.items()},
        tuple(name for name in listed if name.endswith(names.PART)),
    )


def head_bytes(head: names.HeadName, repo_id: str, key: DeviceKey) -> bytes:
    """The body of a head: its own name, signed."""
    content = {"type": "jiandu-head", "repo_id": repo_id, "head": str(head), "key": key.public.hex()}
    return signed.seal(content, DOMAIN, key)


def is_head_true(folder: Folder, head: names.HeadName, repo_id: str) -> bool:
    """Whether the device itself published this head; asked only where a head speaks of what cannot be found."""
    data = folder.read(f"{names.HEADS}/{head}", signed.MAX_BYTES)
    if data is None:
        return False
    try:
        key = bytes.fromhex(signed.content_of(data)["key"])
        content = signed.unseal(data, DOMAIN, key)
    except (signed.NotSigned, ValueError, KeyError, TypeError):
        return False
    return device_id(key) == head.device and content["head"] == str(head) and content["repo_id"] == repo_id
