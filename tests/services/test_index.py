"""The monthly index beside the papers: colleagues find every visit; what somebody does to it is put right, not lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jiandu_desktop.progress import Progress
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.program import Services
from tests.conftest import StandingClock
from tests.support.visiting import do_visit

MONTH = "2026-11"


@pytest.fixture
def month(bureau: DemoBureau) -> Path:
    return bureau.shared / "督导文书" / MONTH


def finish_one(services: Services) -> str:
    row = next(row for row in services.today.rows(services.store.today()) if row.visit_id is None)
    do_visit(services, row.assignment_id)
    services.exchange.sync(Progress())
    return row.school


def schools_in(path: Path, sheet: str = "督导") -> list[str]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=4, values_only=True)
    return [str(row[1]) for row in rows]


def own_index(month: Path) -> Path:
    (found,) = (month / "各人目录").glob("*周明元*.xlsx")
    return found


def test_a_laptop_writes_its_own_and_the_office_everything(laptop: Services, office: Services, month: Path) -> None:
    school = finish_one(laptop)
    assert school in schools_in(own_index(month))
    office.exchange.sync(Progress())
    index = month / f"{MONTH} 督导目录.xlsx"
    assert school in schools_in(index)
    assert len(schools_in(index)) >= len(schools_in(own_index(month)))
    sheet = openpyxl.load_workbook(index)["文书"]
    links = [cell.hyperlink.target for (cell,) in sheet.iter_rows(min_row=4, min_col=8, max_col=8) if cell.hyperlink]
    assert links
    for link in links:
        assert (month / link.replace("%20", " ")).is_file(), link


def test_nothing_new_writes_nothing(laptop: Services, month: Path) -> None:
    finish_one(laptop)
    before = own_index(month).stat().st_mtime_ns
    laptop.exchange.sync(Progress())
    assert own_index(month).stat().st_mtime_ns == before


def test_an_index_that_was_edited_is_kept_aside_and_written_again(
    laptop: Services, month: Path, clock: StandingClock
) -> None:
    finish_one(laptop)
    index = own_index(month)
    good = index.read_bytes()
    book = openpyxl.load_workbook(index)
    book["督导"]["B4"] = "我改的"
    book.save(index)
    edited = index.read_bytes()
    for _ in range(2):
        clock.advance(days=2)
        laptop.exchange.sync(Progress())
        assert "我改的" not in schools_in(index)
        aside = list(index.parent.glob("*被改动*.xlsx"))
        assert [path.read_bytes() for path in aside] == [edited]
    assert schools_in(index)
    assert good != edited


def test_an_index_or_a_paper_that_was_renamed_is_there_again(
    laptop: Services, month: Path, clock: StandingClock
) -> None:
    finish_one(laptop)
    index = own_index(month)
    index.rename(index.with_name("我的.xlsx"))
    paper = next(month.rglob("*.pdf"))
    content = paper.read_bytes()
    paper.rename(paper.with_name("给局长看.pdf"))
    clock.advance(days=2)
    laptop.exchange.sync(Progress())
    assert index.exists()
    assert paper.read_bytes() == content


def test_an_index_that_cannot_be_replaced_does_not_stop_sync(laptop: Services, month: Path) -> None:
    finish_one(laptop)
    index = own_index(month)
    index.unlink()
    index.mkdir()
    school = finish_one(laptop)
    index.rmdir()
    report = laptop.exchange.sync(Progress())
    assert not report.trouble
    finish_one(laptop)
    assert school in schools_in(index)
