"""全部导出: whoever has the folder needs no program of ours."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.progress import Cancelled, Progress, Step
from jiandu_desktop.services.full_export import export_everything
from jiandu_desktop.services.program import Services
from tests.support.visiting import do_visit


def test_everything_is_there_and_can_be_read_with_common_programs(laptop: Services, tmp_path: Path) -> None:
    row = next(row for row in laptop.today.rows(laptop.store.today()) if row.visit_id is None)
    do_visit(laptop, row.assignment_id)
    out = tmp_path / "导出"
    steps: list[Step] = []
    done = export_everything(laptop, out, Progress(steps.append))
    assert done.visits == len(laptop.visits.rows())
    assert (
        len(list((out / "记录").rglob("*.json"))) + len([each for each in done.missing if "（" in each]) == done.visits
    )
    record = json.loads(next((out / "记录").rglob("*.json")).read_text(encoding="utf-8"))
    assert record["format"] == "jiandu-visit"
    pdfs = {path.read_bytes() for path in (out / "督导文书").rglob("*.pdf")}
    here = [each.document for each in laptop.papers.rows() if laptop.store.media.has(each.document.sha256)]
    assert {laptop.papers.pdf(each.id) for each in here} == pdfs
    book = openpyxl.load_workbook(out / "督导汇总.xlsx")
    assert book["督导记录"].max_row > 3
    assert openpyxl.load_workbook(out / "名册和任务" / "学校.xlsx").active.max_row > 3
    assert "这些文件不用" in (out / "说明.txt").read_text(encoding="utf-8-sig")
    for line in (out / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((out / name).read_bytes()).hexdigest() == digest
    assert steps[-1].done < steps[-1].total


def test_what_is_not_on_this_computer_is_named(laptop: Services, tmp_path: Path) -> None:
    document = next(each.document for each in laptop.papers.rows() if laptop.store.media.has(each.document.sha256))
    laptop.store.media.path(document.sha256).unlink()
    done = export_everything(laptop, tmp_path / "out", Progress())
    assert any(document.number in each for each in done.missing)
    assert document.number in (tmp_path / "out" / "说明.txt").read_text(encoding="utf-8-sig")


def test_a_folder_with_something_in_it_is_not_touched(laptop: Services, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Trouble) as trouble:
        export_everything(laptop, tmp_path, Progress())
    assert trouble.value.code == "export-folder-in-use"
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        export_everything(laptop, tmp_path / "new", progress)
