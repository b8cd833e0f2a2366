"""Room on a laptop's disk: photos that the office has confirmed and that are old go, by the two settings."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from jiandu_desktop import settings
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.services.store import Store
from jiandu_desktop.storage import county, identities
from jiandu_desktop.sync.operation import BlobRef
from jiandu_desktop.sync.retention import Retention, purge


def make_room(store: Store) -> tuple[BlobRef, ...]:
    """Give up what may go and say what went; an office gives up nothing. See `sync.retention` for the rules."""
    retention = Retention(
        keep_for=timedelta(days=_setting(store, "keep_media_days")),
        enough_free=_setting(store, "keep_media_free_gb") << 30,
    )
    free = shutil.disk_usage(store.folder.root).free
    return purge(StoredReplica(store), retention, now=store.clock(), free_bytes=free)


def purged(store: Store) -> frozenset[str]:
    """SHA-256 of photos that were given up here; `Exchange.fetch` brings one back."""
    with store.reading() as work:
        return identities.purged(work)


def _setting(store: Store, key: str) -> int:
    with store.reading() as work:
        value: Any = county.fact(work, f"setting.{key}")
    return int(settings.DECLARED[key].default if value is None else value)
