"""An inspector's whole day: workbooks in, a visit by keyboard alone, killed in the middle, paper and ledger out."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.journeys.keyboard_visit import INITIALS, NOTE
from tests.support.printed import MM, read_pages
from tests.support.workbooks import write_rows

pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).resolve().parents[2]
UNIT = "青石县人民政府教育督导室"
SCHOOL = "城关镇第一小学"
TASK = "秋季开学督导"
PERSON = "周明远"
TODAY = datetime.now().astimezone().date()
RED_HEAD_TOP = 37 + 35
"""Millimetres from the paper's edge: the upper edge of the red head, GB/T 9704-2012 §7.2.4."""


@dataclass
class County:
    """The office's computer, the shared folder and one laptop, each worked as its user works it."""

    home: Path

    @property
    def office(self) -> Path:
        return self.home / "督导室"

    @property
    def laptop(self) -> Path:
        return self.home / "笔记本"

    @property
    def shared(self) -> Path:
        return self.home / "共享文件夹"

    @property
    def book(self) -> Path:
        return self.home / "汇总.xlsx"

    @property
    def printed(self) -> Path:
        return self.home / "打印.pdf"

    def run(self, *words: object) -> str:
        """One command of the program; what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "jiandu_desktop", *map(str, words)],
            cwd=ROOT,
            env=_environment(self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        said = done.stdout.decode()
        assert done.returncode == 0, said
        return said

    def sit_down(self, what: str) -> subprocess.Popen[bytes]:
        """Starts the real window on the laptop, worked by keyboard."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.keyboard_visit", self.laptop, self.printed, what],
            cwd=ROOT,
            env=_environment(self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """The whole day, lived through once; the tests below look at what is left of it."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "whole-day"
    with FileLock(home.with_suffix(".lock")):  # one of the workers lives through it, the others look on
        if not (home / "told.json").exists():
            _live_through(County(home))
    told = json.loads((home / "told.json").read_text(encoding="utf-8"))
    return Day(County(home), **told)


@dataclass
class Day:
    county: County
    before: dict[str, Any]
    after: dict[str, Any]
    collected: str

    def papers(self) -> dict[str, Path]:
        """The issued documents as colleagues find them in the readable tree, by a word of their title."""
        found = sorted((self.county.shared / "督导文书").rglob("*.pdf"))
        return {word: path for path in found for word in ("意见书", "通知书", "清单") if word in path.name}

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """A sheet's rows by their heads, which stand below the title and the note."""
        cells = list(load_workbook(self.county.book)[sheet].iter_rows(values_only=True))
        return [dict(zip(cells[2], row, strict=True)) for row in cells[3:] if row[0] is not None]


def test_nothing_that_was_answered_is_lost_when_the_process_is_killed(day: Day) -> None:
    assert day.before["values"], "the inspector had answered something"
    assert day.after["values"] == day.before["values"]
    assert day.after["problems"] == day.before["problems"]
    assert day.before["confirmed"] == day.after["confirmed"] == 2
    assert any("校长已在场确认" in text for text in day.after["problems"])


def test_the_window_comes_back_to_the_same_item_and_the_half_written_note(day: Day) -> None:
    assert day.after["here"] == day.before["here"]
    assert day.after["scroll"] == day.before["scroll"]
    assert day.after["note"] == day.before["note"] == NOTE
    assert day.after["note_has_keyboard"]


def test_the_notice_is_an_official_page(day: Day) -> None:
    pdf = day.papers()["通知书"].read_bytes()
    pages = read_pages(pdf)
    for page in pages:
        assert (page.width, page.height) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    head = pages[0].find(UNIT)
    assert min(char.top for char in head) == pytest.approx(RED_HEAD_TOP, abs=1.5)
    assert (head[0].left + head[-1].right) / 2 == pytest.approx(28 + 156 / 2, abs=0.5)
    rule = next(rule for rule in pages[0].rules if rule[2] - rule[0] == pytest.approx(156, abs=0.5))
    assert rule[1] > max(char.bottom for char in head)
    assert not _fonts_without_file(pdf)
    text = "".join(page.text for page in pages)
    for words in (SCHOOL, "石教督改〔", "校长已在场确认", "整改", f"{TODAY.year}年"):
        assert words in text, words


def test_the_opinion_says_what_was_found_and_by_whom(day: Day) -> None:
    text = "".join(page.text for page in read_pages(day.papers()["意见书"].read_bytes()))
    for words in (SCHOOL, PERSON, TASK, "石教督意〔"):
        assert words in text, words


def test_what_was_printed_is_what_was_issued_page_by_page(day: Day) -> None:
    printed = PdfReader(day.county.printed).pages
    issued = sum(len(PdfReader(path).pages) for path in day.papers().values())
    assert len(printed) == issued > 2
    for page in printed:
        sides = sorted((float(page.mediabox.width) / MM, float(page.mediabox.height) / MM))
        assert sides == [pytest.approx(210, abs=1), pytest.approx(297, abs=1)]


def test_the_office_has_the_visit_as_a_row_with_real_dates_and_numbers(day: Day) -> None:
    assert "督导记录 1 份" in day.collected
    (visit,) = day.rows("督导记录")
    assert (visit["学校"], visit["督导任务"], visit["督学"]) == (SCHOOL, TASK, PERSON)
    assert isinstance(visit["督导日期"], datetime)
    assert abs(visit["督导日期"].date() - TODAY) <= timedelta(days=1)
    assert visit["已查项"] == visit["应查项"] > 50
    assert visit["问题数"] == 2
    assert 90 < visit["得分"] < 100


def test_the_ledger_has_the_problems_with_measure_person_and_date(day: Day) -> None:
    rows = day.rows("问题台账")
    assert len(rows) == 2
    written = next(row for row in rows if "校长已在场确认" in row["问题"])
    for column in ("依据", "措施", "责任人", "等级"):
        assert written[column], column
    assert isinstance(written["时限"], datetime)
    assert str(written["文书号"]).startswith("石教督改〔")


def test_the_register_lists_every_paper_under_its_number(day: Day) -> None:
    numbers = {row["文书号"] for row in day.rows("文书登记")}
    assert len(numbers) == len(day.papers()) == 3
    assert all(number.endswith("号") and "〔" in number for number in numbers)


def test_importing_the_same_roster_again_changes_nothing(day: Day) -> None:
    county = day.county
    said = county.run("--data", county.office, "office", "import-schools", county.home / "名册.xlsx")
    assert "新增 0 所学校，改动 0，没有变化 3" in said


def test_the_shared_paper_is_known_to_be_genuine(day: Day) -> None:
    said = day.county.run("--data", day.county.office, "verify", day.papers()["通知书"])
    assert "内容没有改动" in said


# --- the day --------------------------------------------------------------------------------------------------------


def _live_through(county: County) -> None:
    county.home.mkdir()
    _prepare(county)
    told: dict[str, Any] = {"before": _work_until_the_power_goes(county), "after": _come_back_and_finish(county)}
    told["collected"] = county.run("--data", county.office, "office", "collect", "--out", county.book)
    (county.home / "told.json").write_text(json.dumps(told), encoding="utf-8")


def _prepare(county: County) -> None:
    home = county.home
    due = TODAY + timedelta(days=5)
    write_rows(
        home / "名册.xlsx",
        ("青石县学校基本情况表",),
        ("学校代码", "学校名称", "责任区", "学校类型", "校长", "在校生数（人）"),
        ("0312000101", SCHOOL, "第一责任区", "小学", "陈立", 1186),
        ("0312000102", "城关镇初级中学", "第一责任区", "初级中学", "方圆", 934),
        ("0312000103", "河口镇中心幼儿园", "第二责任区", "幼儿园", "何田", 210),
    )
    write_rows(home / "督学.xlsx", ("姓名", "督学证号", "责任区"), (PERSON, "QS-017", "第一责任区"))
    write_rows(
        home / "计划.xlsx",
        ("学校", "任务", "督导类型", "表单", "督学", "期限"),
        (SCHOOL, TASK, "经常性督导", "中小学校责任督学经常性督导", PERSON, due),
    )
    office = ("--data", county.office, "office")
    county.run(*office, "init", county.shared, "--name", UNIT, "--code", "石教", "--county", "青石县")
    county.run(*office, "import-schools", home / "名册.xlsx")
    county.run(*office, "import-inspectors", home / "督学.xlsx")
    county.run(*office, "add-form", ROOT / "forms" / "routine.xlsx")
    county.run(*office, "assign", home / "计划.xlsx")
    county.run(*office, "publish")
    county.run(*office, "invite", PERSON, "--out", home)
    invitation = next(home.glob("*.jdyq"))
    county.run("--data", county.laptop, "join", invitation, county.shared)
    county.run(*office, "publish")  # the laptop is known now: it is lent its numbers
    county.run("--data", county.laptop, "sync")
    (county.laptop / "photo.jpg").write_bytes((ROOT / "resources" / "demo" / "photos" / "school-gate.jpg").read_bytes())


def _work_until_the_power_goes(county: County) -> dict[str, Any]:
    with county.sit_down("begin") as program:
        assert program.stdout is not None
        line = program.stdout.readline()
        if not line:
            assert program.stderr is not None
            pytest.fail(program.stderr.read().decode())
        os.kill(program.pid, signal.SIGKILL)
    assert program.returncode == -signal.SIGKILL
    return _told(line)


def _come_back_and_finish(county: County) -> dict[str, Any]:
    program = county.sit_down("finish")
    out, complaints = program.communicate(timeout=120)
    assert program.returncode == 0, complaints.decode()
    return _told(out)


def _told(line: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(line)
    return told


def _environment(home: Path) -> dict[str, str]:
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"), str(home / "用户"))
    return {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def _fonts_without_file(pdf: bytes) -> list[str]:
    """Fonts on any page whose program is not in the file: another computer would show another letter."""
    found = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        fonts: Any = page["/Resources"].get_object().get("/Font", {})
        for name, font in fonts.get_object().items():
            inner = font.get_object()
            if "/DescendantFonts" in inner:
                inner = inner["/DescendantFonts"][0].get_object()
            descriptor = inner.get("/FontDescriptor", {}).get_object()
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                found.append(name)
    return found


assert INITIALS == "cgzdyxx", "the school that the keyboard looks for is the one of the plan"
