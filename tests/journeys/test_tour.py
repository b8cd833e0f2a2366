"""The tour as a user runs it: every scene is played, and it leaves what it promises."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

pytestmark = pytest.mark.timeout(300)

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Told:
    """The folder the tour left, and what it said."""

    out: Path
    said: str
    code: int


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Told:
    base = tmp_path_factory.getbasetemp()
    home = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out, log = home / "tour" / "out", home / "tour" / "said.txt"
    with FileLock(home / "tour.lock"):  # one of the workers runs it, the others look at what it left
        if not log.exists():
            log.parent.mkdir()
            done = _run_tour(out)
            log.write_text(f"{done.returncode}\n{done.stdout.decode()}", encoding="utf-8")
    code, _, said = log.read_text(encoding="utf-8").partition("\n")
    return Told(out, said, int(code))


def test_every_scene_is_played(tour: Told) -> None:
    assert tour.code == 0, tour.said
    scenes = re.findall(r"^ *(\d+)/(\d+) .*  好  ", tour.said, re.MULTILINE)
    assert scenes, tour.said
    assert [int(number) for number, _ in scenes] == list(range(1, int(scenes[0][1]) + 1))


def test_it_says_where_to_look(tour: Told) -> None:
    assert str(tour.out) in tour.said
    for name in ("index.html", "截图", "文书", "督导汇总.xlsx", "数据/demo/共享文件夹"):
        assert name in tour.said
        assert (tour.out / name).exists(), name


def test_pictures_are_numbered_light_and_dark(tour: Told) -> None:
    folder = tour.out / "截图"
    light = sorted(path.name for path in folder.glob("*.png") if "-dark" not in path.name)
    assert [int(name[:2]) for name in light] == list(range(1, len(light) + 1))
    assert len(light) >= 30
    pairs = [name for name in light if (folder / name.replace(".png", "-dark.png")).exists()]
    assert len(pairs) >= 15
    sizes = set()
    for path in folder.glob("*.png"):
        with Image.open(path) as picture:
            sizes.add(picture.size)
            assert len(picture.convert("RGB").getcolors(maxcolors=1_000_000) or ()) > 8, path.name
    assert {(1366, 768), (1097, 617), (1920, 1080)} <= sizes
    for name in pairs[1:4]:
        with Image.open(folder / name) as day, Image.open(folder / name.replace(".png", "-dark.png")) as night:
            assert day.convert("L").resize((1, 1)).getpixel((0, 0)) > 150
            assert night.convert("L").resize((1, 1)).getpixel((0, 0)) < 80


def test_the_papers_are_there_issued_and_printed(tour: Told) -> None:
    papers = sorted((tour.out / "文书").glob("青教督*.pdf"))
    assert len(papers) == 3
    pages = 0
    for path in papers:
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
        assert "城关第二小学" in "".join(text.split()), path.name
        pages += len(PdfReader(path).pages)
    assert len(PdfReader(tour.out / "文书" / "打印出来的（现场督导）.pdf").pages) == pages
    assert (tour.out / "文书" / "打印出来的（复查）.pdf").exists()
    assert not (tour.out / "文书" / "刚打印的.pdf").exists()


def test_the_office_has_collected_the_visit(tour: Told) -> None:
    book = load_workbook(tour.out / "督导汇总.xlsx")
    assert book.sheetnames == ["督导记录", "问题台账", "文书登记", "得分汇总"]
    words = {cell for row in book["问题台账"].iter_rows(values_only=True) for cell in row}
    assert "整改报告与现场情况不符。" in words


def test_the_commands_of_the_office_are_kept_with_their_answers(tour: Told) -> None:
    commands = (tour.out / "命令记录.txt").read_text(encoding="utf-8")
    for words in ("office import-schools", "没有变化 36", "约三百", "office publish", "office collect", "没有改动"):
        assert words in commands, words
    assert str(tour.out) not in commands


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_text("mine")
    done = _run_tour(tmp_path)
    assert done.returncode == 1
    assert "没有改动" in done.stdout.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["报告.docx"]


def _run_tour(out: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "jiandu_desktop", "tour", "--out", str(out)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=280,
    )
