"""A laptop gives up photos only when the office has them for certain, and gets them back when they are wanted."""

from __future__ import annotations

from datetime import timedelta

from jiandu_desktop.progress import Progress
from jiandu_desktop.sync.pull import fetch_blob
from jiandu_desktop.sync.retention import Retention, purge, purgeable
from tests.support.county import NOW, County, Member

LATER = NOW + timedelta(days=31)
AT_ONCE = Retention()


def photos_here(member: Member) -> int:
    return sum(held.ref.role == "photo" for held in member.replica.held_blobs())


def test_never_on_mere_upload_and_never_when_young(county: County) -> None:
    li = county.laptop("li")
    li.visit(photos=2)
    assert not purgeable(li.replica, now=LATER), "not even in the folder"
    li.sync()
    assert not purgeable(li.replica, now=LATER), "in the folder is not at the office"
    county.office.sync()
    assert not purgeable(li.replica, now=LATER), "the office's word was not read yet"
    li.sync()
    assert not purgeable(li.replica, now=NOW + timedelta(days=29))
    assert len(purgeable(li.replica, now=LATER)) == 2


def test_only_as_much_as_space_is_needed_the_oldest_first(county: County) -> None:
    li = county.laptop("li")
    for _ in range(3):
        li.visit(photos=1, documents=1, size=1000)
        li.sync()
    county.settle()
    enough = Retention(enough_free=10_000)
    assert purge(li.replica, enough, now=LATER, free_bytes=10_000) == ()
    assert len(purge(li.replica, enough, now=LATER, free_bytes=9_500)) == 1
    assert photos_here(li) == 2
    assert len(purge(li.replica, AT_ONCE, now=LATER, free_bytes=0)) == 2
    assert photos_here(li) == 0
    assert purge(county.office.replica, AT_ONCE, now=LATER, free_bytes=0) == (), "the office keeps everything"


def test_what_was_given_up_comes_back_on_demand(county: County) -> None:
    li = county.laptop("li")
    li.visit(photos=1)
    county.settle()
    (ref,) = purge(li.replica, AT_ONCE, now=LATER, free_bytes=0)
    li.sync()
    assert li.replica.read_blob(ref.name) is None
    assert fetch_blob(li.folder(), li.replica, ref)
    assert li.replica.read_blob(ref.name) is not None


def test_a_photo_that_the_folder_lost_is_asked_for_and_the_office_puts_it_back(county: County) -> None:
    li = county.laptop("li")
    li.visit(photos=1)
    county.settle()
    (ref,) = purge(li.replica, AT_ONCE, now=LATER, free_bytes=0)
    (path,) = (path for path in county.root.rglob(ref.name))
    path.unlink()
    assert not fetch_blob(li.folder(), li.replica, ref)
    li.sync()
    county.office.sync()
    county.office.sync()
    assert path.read_bytes()
    li.sync(scrub=True)
    assert li.replica.read_blob(ref.name) is not None, "it comes by itself once it is there"
    assert not li.replica.wants().get(li.device)


def test_a_photo_that_somebody_misses_is_not_given_up(county: County) -> None:
    li, wang = county.laptop("li"), county.laptop("wang")
    li.visit(photos=1)
    county.settle()
    (ref,) = purgeable(li.replica, now=LATER)
    next(iter(county.root.rglob(ref.name))).unlink()
    assert not fetch_blob(wang.folder(), wang.replica, ref)
    wang.sync(progress=Progress())
    li.sync()
    assert not purgeable(li.replica, now=LATER)
    assert fetch_blob(wang.folder(), wang.replica, ref), "the owner has put it there again"
