"""What the folder loses or spoils comes back, from its owner or from the office, and nobody's file is changed."""

from __future__ import annotations

import random

import pytest

from jiandu_desktop.sync import blobs
from jiandu_desktop.sync.blobs import put_blob, read_blob
from jiandu_desktop.sync.operation import BlobRef, Draft
from jiandu_desktop.sync.refusal import Why
from tests.support.county import County, Member


def large(member: Member, size: int) -> BlobRef:
    data = random.Random(size).randbytes(size)
    return BlobRef(member.replica.keep_blob(data), size, "2026q4", "photo")


@pytest.mark.fault(37)
def test_a_segment_that_rots_after_the_office_read_it_is_laid_beside(county: County) -> None:
    """Row 37: the reader asks, the office answers; the damaged file stays as it is."""
    li, wang = county.laptop("li"), county.laptop("wang")
    li.visit()
    li.sync()
    county.office.sync()
    li.sync()
    (path,) = (county.root / "dev" / li.device).iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    spoilt = path.read_bytes()
    assert wang.sync(scrub=True).arrived.visits == 0
    wang.sync()
    county.office.sync()
    assert wang.sync().arrived.visits == 1
    assert path.read_bytes() == spoilt
    assert not wang.sync(scrub=True).refused


@pytest.mark.fault(38)
def test_a_photo_that_rots_after_the_office_read_it_is_laid_beside(county: County) -> None:
    """Row 38."""
    li, wang = county.laptop("li"), county.laptop("wang")
    li.visit(photos=1, documents=0)
    county.settle()
    (ref,) = (each.ref for each in li.replica.held_blobs())
    li.replica.purge_blob(ref.name)
    (path,) = county.root.rglob(ref.name)
    path.write_bytes(b"?" * ref.length)
    assert read_blob(wang.folder(), ref) is None
    wang.replica.record([Draft("device.want", "want", {"names": [ref.name], "segments": []})])
    wang.sync()
    county.office.sync()
    assert read_blob(wang.folder(), ref) is not None
    assert path.read_bytes() == b"?" * ref.length


def test_what_the_office_refuses_is_told_to_everybody(county: County) -> None:
    li = county.laptop("li")
    li.replica.record([Draft("assignment.made", "a1", {})])
    li.sync()
    county.office.sync()
    li.sync()
    (told,) = (wants.quarantined for wants in li.replica.wants().values() if wants.quarantined)
    ((name, why),) = told
    assert why == Why.BAD_ROLE.value
    assert li.device in name


def test_a_large_video_goes_in_chunks_and_only_the_missing_one_goes_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "WHOLE", 1000)
    monkeypatch.setattr(blobs, "CHUNK", 400)
    li = county.laptop("li")
    ref = large(li, 1900)
    data = li.replica.read_blob(ref.name)
    assert data is not None
    folder = li.folder()
    assert put_blob(folder, ref, data, owner=True) > 1900
    assert read_blob(folder, ref) == data
    assert put_blob(folder, ref, data, owner=True) == 0
    victim = sorted(path for path in (county.root / "blob").rglob("*") if path.is_file() and "." not in path.name)[2]
    length = victim.stat().st_size
    victim.write_bytes(b"?")
    assert read_blob(folder, ref) is None
    assert put_blob(folder, ref, data, owner=True) == length
    assert read_blob(folder, ref) == data


def test_a_list_of_chunks_that_lies_proves_nothing(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "WHOLE", 1000)
    monkeypatch.setattr(blobs, "CHUNK", 400)
    li = county.laptop("li")
    ref, other = large(li, 1900), large(li, 1900 + 1)
    folder = li.folder()
    for each in (ref, other):
        put_blob(folder, each, li.replica.read_blob(each.name) or b"", owner=True)
    paths = {path.name: path for path in (county.root / "blob").rglob("*.chunks")}
    paths[f"{ref.name}.chunks"].write_bytes(paths[f"{other.name}.chunks"].read_bytes())
    assert read_blob(folder, ref) is None
    paths[f"{ref.name}.chunks"].write_bytes(b'{"chunks":[["../../x",1900]]}')
    assert read_blob(folder, ref) is None


def test_a_visit_with_a_video_goes_the_whole_way(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "WHOLE", 1000)
    monkeypatch.setattr(blobs, "CHUNK", 400)
    li = county.laptop("li")
    ref = large(li, 5000)
    li.replica.record([Draft("visit.finished", "v", {"blobs": [ref.to_json()]})])
    county.settle()
    assert county.office.replica.read_blob(ref.name) == li.replica.read_blob(ref.name)
    assert li.replica.acknowledged()[li.device] == 1
