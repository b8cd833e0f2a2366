"""The readable copies of documents in a shared folder: new ones at once, every one again once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jiandu_desktop.services.monthly_index import readable_of
from jiandu_desktop.services.replica import StoredReplica
from jiandu_desktop.storage import arrived_documents, county
from jiandu_desktop.sync.tree import write_tree

if TYPE_CHECKING:
    from jiandu_desktop.progress import Progress
    from jiandu_desktop.services.store import Store
    from jiandu_desktop.sync.folder import Folder


def write_copies(store: Store, folder: Folder, progress: Progress, *, again: bool) -> int:
    """Put the copies of what came here since the last round, with `again` of everything; how many were written.

    Bytes that are not here yet are tried again in every round by an office, which fetches them; a laptop fetches those
    of others on demand, and its daily round takes them along. Raises Cancelled; Trouble as `Folder.put` does.
    """
    key = f"tree.{folder.root}"
    with store.reading() as work:
        known = county.fact(work, key)
        newest = arrived_documents.last_place(work)
        # A database that was put together anew counts its rows anew.
        if again or not isinstance(known, dict) or known["upto"] > newest:
            known = {"upto": 0, "absent": []}
        todo = arrived_documents.documents_after(work, known["upto"]) if newest > known["upto"] else ()
        todo += arrived_documents.documents_named(work, known["absent"])
        schools = {school.id: school.name for school in county.schools(work)} if todo else {}
    if not todo:
        return 0
    done = write_tree(folder, [readable_of(each, schools) for each in todo], StoredReplica(store).read_blob, progress)
    lacking = set(done.absent) if store.membership().is_office else set()
    absent = sorted(each.id for each in todo if each.sha256 in lacking)
    with store.writing() as work:
        county.keep_fact(work, key, {"upto": newest, "absent": absent})
    return len(done.written)
