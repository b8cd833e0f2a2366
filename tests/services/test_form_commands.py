"""`jiandu form …` as an official types it: check, show, try and new, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from jiandu_desktop.form_engine import Instance, load_form
from jiandu_desktop.spreadsheets.form_columns import INSPECTION_COLUMNS
from tests.support.checklists import clock, q, workbook

FORMS = Path(__file__).parents[2] / "forms"
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs Java")
needs_qt = pytest.mark.skipif(
    subprocess.run([sys.executable, "-c", "import PySide6"], capture_output=True, check=False).returncode != 0,
    reason="the window needs PySide6",
)


def jiandu(*words: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the program; `environment` adds to what a plain shell has."""
    plain = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    plain.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "jiandu_desktop", "form", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**plain, **environment},
        cwd=Path(__file__).parents[2],
    )


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "坏表.xlsx"
    path.write_bytes(
        workbook([q("integr", "a", "甲"), q("text", "b", "乙", relevant="${aa} = 1", constraint=". != ''")])
    )
    return path


def test_check_lists_errors_and_warnings_apart_and_fails(bad: Path) -> None:
    done = jiandu("check", bad)
    assert done.returncode == 1
    assert "坏表.xlsx：2 处错误" in done.stdout
    assert "第 2 行 A 列（type）：不认识的题型“integr”。是不是“integer”？" in done.stdout
    assert "第 3 行 D 列（relevant）：引用的“${aa}”不存在" in done.stdout
    assert done.stdout.index("不存在") < done.stdout.index("处请留意") < done.stdout.index("constraint_message")


def test_check_answers_scripts_in_json(bad: Path) -> None:
    done = jiandu("check", "--json", bad, FORMS / "routine.xlsx")
    assert done.returncode == 1
    first, second = json.loads(done.stdout)
    assert [(fault["code"], fault["row"], fault["letter"]) for fault in first["errors"]] == [
        ("unknown-type", 2, "A"),
        ("unknown-reference", 3, "D"),
    ]
    assert first["warnings"]
    assert second["errors"] == second["warnings"] == []
    assert second["questions"] > 60


def test_check_says_what_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "照片.xlsx"
    path.write_bytes(b"no workbook")
    done = jiandu("check", path)
    assert done.returncode == 1
    assert "不是 Excel 工作簿" in done.stderr
    assert "Traceback" not in done.stderr


def test_show_prints_a_checklist_readably(tmp_path: Path) -> None:
    out = tmp_path / "表.txt"
    done = jiandu("show", FORMS / "routine.xlsx", "--out", out)
    assert done.returncode == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("中小学校责任督学经常性督导\n")
    assert "满分 100" in text
    assert re.search(r"\n  1\.1 学校章程.*〔单选，charter，1\.5 分〕\n", text)
    assert "选项：符合（得 1）；部分（得 0.5，形成问题）" in text
    assert re.search(r"出现：“寄宿学生数”大于 0", text)
    assert "一票否决" in text


def test_show_prints_a_faulty_checklist_with_its_faults(bad: Path) -> None:
    done = jiandu("show", bad)
    assert done.returncode == 0
    assert "需要改正：" in done.stdout
    assert "乙" in done.stdout


@pytest.mark.parametrize("kind", ["inspection", "plain"])
def test_new_writes_a_workbook_without_fault(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "safe-school"
    done = jiandu("new", path, "--title", "校园安全专项督导", "--kind", kind)
    assert done.returncode == 0, done.stderr
    made = tmp_path / "safe-school.xlsx"
    told = json.loads(jiandu("check", "--json", made).stdout)[0]
    assert told["errors"] == told["warnings"] == []
    assert (told["title"], told["form_id"]) == ("校园安全专项督导", "safe-school")
    again = jiandu("new", made)
    assert again.returncode == 1
    assert "已经有了" in again.stderr


def test_the_new_workbook_shows_every_inspection_column_at_work(tmp_path: Path) -> None:
    jiandu("new", tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    survey = book["survey"]
    heads = {cell.value: cell.column for cell in survey[1]}
    assert survey.freeze_panes == "D2"
    assert all(cell.comment is not None for cell in survey[1])
    assert "说明" in book.sheetnames
    for column in INSPECTION_COLUMNS:
        values = [survey.cell(row, heads[column.header]).value for row in range(2, survey.max_row + 1)]
        assert any(values), column.header
    form = load_form(tmp_path / "a.xlsx")
    visit = Instance(form, now=clock, prefill={"school_pupils": "1200"})
    refs = {item.name: ref for ref, item in form.items.items()}
    visit.answer(refs["guards"], "1")
    state = visit.node(refs["guards_ok"])
    assert state.failed
    proposal = visit.proposal(refs["guards_ok"], "")
    assert proposal is not None
    assert proposal.text == "专职保安配备不足，应配3名，实配1名。"


@needs_java
@pytest.mark.parametrize("kind", ["inspection", "plain"])
def test_odk_accepts_the_new_workbook(tmp_path: Path, kind: str) -> None:
    jiandu("new", tmp_path / "a.xlsx", "--kind", kind)
    assert convert(xlsform=str(tmp_path / "a.xlsx"), validate=True).xform


def test_try_says_that_there_is_no_screen() -> None:
    if sys.platform != "linux":
        pytest.skip("a screen is always there on this system")
    done = jiandu("try", FORMS / "routine.xlsx")
    assert done.returncode == 1
    assert "没有图形界面" in done.stderr


@needs_qt
def test_try_opens_the_wizard_and_leaves_nothing(tmp_path: Path) -> None:
    picture = tmp_path / "试填.png"
    done = jiandu("try", FORMS / "routine.xlsx", "--screenshot", picture, TMPDIR=str(tmp_path), HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert picture.stat().st_size > 10_000
    assert not list(tmp_path.glob("jiandu-try-*"))


@needs_qt
def test_try_tells_the_faults_of_a_workbook(bad: Path) -> None:
    done = jiandu("try", bad, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert "不认识的题型" in done.stderr
