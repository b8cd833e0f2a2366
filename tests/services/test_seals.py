"""The office lends its seal: who has it presses it, nobody else can, and taken back it is gone from the next paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from jiandu_desktop.domain.document import DocumentKind
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.program import Services
from jiandu_desktop.storage import county
from tests.conftest import StandingClock
from tests.support.bureau import open_laptop
from tests.support.seals import seal_picture

TIP, CIRCULAR = DocumentKind.WORK_TIP, DocumentKind.CIRCULAR


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "公章.png"
    path.write_bytes(seal_picture())
    return path


def sealed(services: Services, kind: DocumentKind) -> bool:
    """Whether what is issued now bears a picture."""
    document = services.letters.issue(services.letters.draft(kind, addressee="各学校"))[0]
    read = pypdfium2.PdfDocument(services.papers.pdf(document.id))
    found = any(each.type == 3 for page in read for each in page.get_objects())
    read.close()
    return found


def meet(office: Services, *laptops: Services) -> None:
    office.exchange.sync(Progress())
    for laptop in laptops:
        laptop.exchange.sync(Progress())


def test_only_the_computer_it_is_lent_to_presses_it_and_only_on_the_kinds_named(
    laptop: Services, office: Services, bureau: DemoBureau, clock: StandingClock, picture: Path
) -> None:
    other_name = next(path.name for path in (bureau.root / "laptops").iterdir() if path != bureau.own.root)
    other = open_laptop(bureau, clock, other_name)
    try:
        office.seals.set_picture(picture, 42.0)
        assert sealed(office, TIP)
        meet(office, laptop, other)
        assert not sealed(laptop, TIP)
        office.seals.lend(laptop.store.device(), [TIP])
        meet(office, laptop, other)
        assert sealed(laptop, TIP)
        assert not sealed(laptop, CIRCULAR)
        assert not sealed(other, TIP)
        assert other.seals.view().picture is None
        assert laptop.seals.view().kinds == (TIP,)
        # The picture lies on no laptop in the open, and the shared folder holds none.
        kept = [path.read_bytes() for path in other.store.folder.media.rglob("*") if path.is_file()]
        assert not any(b"\x89PNG" in content[:8] for content in kept)
        office.seals.lend(laptop.store.device(), [])
        meet(office, laptop)
        assert not sealed(laptop, TIP)
    finally:
        other.close()


def test_another_computers_key_opens_nothing(
    laptop: Services, office: Services, bureau: DemoBureau, clock: StandingClock, picture: Path
) -> None:
    """What protects the picture is the key, not the good manners of the program."""
    office.seals.set_picture(picture)
    office.seals.lend(laptop.store.device(), [TIP])
    meet(office, laptop)
    with laptop.store.writing() as work:
        known = county.fact(work, "seal")
        wrong = next(each for each in known["lent"] if each["device"] != laptop.store.device())
        county.keep_fact(work, "seal", {**known, "lent": [{**wrong, "device": laptop.store.device()}]})
    assert laptop.seals.view().picture is None
    assert not sealed(laptop, TIP)


def test_a_laptop_changes_nothing_and_a_bad_picture_leaves_the_seal_as_it_was(
    laptop: Services, office: Services, picture: Path, tmp_path: Path
) -> None:
    with pytest.raises(Trouble, match="not-office"):
        laptop.seals.set_picture(picture)
    with pytest.raises(Trouble, match="seal-missing"):
        office.seals.lend(laptop.store.device(), [TIP])
    office.seals.set_picture(picture)
    before = office.seals.view()
    broken = tmp_path / "坏.png"
    broken.write_bytes(seal_picture()[:500])
    with pytest.raises(Trouble, match="seal-unreadable"):
        office.seals.set_picture(broken)
    with pytest.raises(Trouble, match="seal-width"):
        office.seals.set_width(90)
    with pytest.raises(Trouble, match="device-unknown"):
        office.seals.lend("nobody", [TIP])
    assert office.seals.view() == before
    office.seals.remove()
    assert office.seals.view().picture is None
    assert not sealed(office, TIP)
