"""A checklist with lists and pictures on its way from the office to an inspector's laptop."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine import Instance
from jiandu_desktop.form_engine.load import forget
from jiandu_desktop.progress import Progress
from tests.conftest import StandingClock
from tests.support.bureau import copy_bureau, open_laptop, open_office
from tests.support.checklists import SETTINGS, q, workbook

SURVEY = (
    q("select_one_from_file schools.csv", "school", **{"media::image": "gate.png"}),
    q("text", "guide", default="${last-saved#guide}"),
)


def put(home: Path, version: str, rows: str = "name,label\ns1,城关一小\n") -> Path:
    path = home / "tiny.xlsx"
    path.write_bytes(workbook(SURVEY, settings={**SETTINGS, "version": version}))
    media = home / "tiny-media"
    media.mkdir(exist_ok=True)
    (media / "schools.csv").write_text(rows, encoding="utf-8")
    (media / "gate.png").write_bytes(b"a picture")
    (home / "others.csv").write_text("nobody asks for this", encoding="utf-8")
    return path


def test_a_laptop_gets_the_checklist_with_its_files(tmp_path: Path, clock: StandingClock) -> None:
    bureau = copy_bureau(tmp_path / "bureau")
    office = open_office(bureau, clock)
    added = office.office.add_form(put(tmp_path, "1"))
    assert (added.title, added.new) == ("小表", True)
    assert not office.office.add_form(tmp_path / "tiny.xlsx").new
    office.office.publish(Progress())
    office.close()
    forget()  # another computer
    laptop = open_laptop(bureau, clock)
    try:
        laptop.exchange.sync(Progress())
        current = laptop.library.current("tiny")
        assert sorted(current.attachments) == ["gate.png", "schools.csv"]
        visit = Instance(laptop.library.definition(current.file_hash), now=clock)
        assert [choice.label for choice in visit.node("/data/school").choices] == ["城关一小"]
        assert visit.attachment("gate.png") == b"a picture"
        assert list(laptop.store.folder.compiled.glob("*.form"))
    finally:
        laptop.close()


def test_new_files_need_a_new_version(tmp_path: Path, clock: StandingClock) -> None:
    office = open_office(copy_bureau(tmp_path / "bureau"), clock)
    try:
        office.office.add_form(put(tmp_path, "1"))
        (tmp_path / "tiny-media" / "schools.csv").write_text("name,label\ns2,新校\n", encoding="utf-8")
        with pytest.raises(Trouble) as caught:
            office.office.add_form(tmp_path / "tiny.xlsx")
        assert caught.value.code == "checklist-files-changed"
        assert office.office.add_form(put(tmp_path, "2", "name,label\ns2,新校\n")).new
    finally:
        office.close()


def test_a_file_that_has_not_arrived_is_told_before_the_visit(tmp_path: Path, clock: StandingClock) -> None:
    office = open_office(copy_bureau(tmp_path / "bureau"), clock)
    try:
        office.office.add_form(put(tmp_path, "1"))
        current = office.library.current("tiny")
        office.store.media.path(current.attachments["schools.csv"]).unlink()
        assert [row.here for row in office.library.rows() if row.form_id == "tiny"] == [False]
        with pytest.raises(Trouble) as caught:
            office.library.definition(current.file_hash)
        assert caught.value.code == "media-lost"
    finally:
        office.close()
