"""The same notice set by the `typst` package with the same fonts: warm, and from the start of a process.

typst is no part of the program: `python -m pip install --target DIR typst==0.15.2`, then PYTHONPATH=DIR.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.measuring import Result, in_turn
from bench.notice import ISSUED, NOTICE
from bench.workplace import Workplace
from jiandu_desktop.documents import told
from jiandu_desktop.documents.build import build
from jiandu_desktop.domain.document import VerifyMark
from jiandu_desktop.paths import resources

RUNS, WARM_UP, COLD_RUNS = 30, 5, 5
LIMIT = 1.0
MARK = VerifyMark(laptop="abcdefgh23456723", document_id="019a9b1c-7a30-7c11-9a6b-3a2b1c0d4e5f")
_ALONE = """
import sys, typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sys.argv[2]])
typst.compile(open(sys.argv[1], "rb").read(), font_paths=fonts)
"""
_SETTINGS = """
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#set text(font: "FandolFang", size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 13.6pt, first-line-indent: (amount: 2em, all: true))
"""


def measure(place: Workplace) -> Iterator[Result]:
    """Ours also draws the QR code and hashes the content; typst is given the words alone. Nothing without typst."""
    del place
    if importlib.util.find_spec("typst") is None:
        sys.stdout.write("typst is not here: pip install --target DIR typst==0.15.2, then PYTHONPATH=DIR\n")
        return
    source, fonts, runs = page_source(), _fonts(), count()
    # typst remembers what it has set before: each run has a word of its own, as each notice has.
    warm = in_turn(_ours, lambda: _typst(f"{source}\n\n{next(runs)}", fonts), runs=RUNS, warm_up=WARM_UP)
    yield Result("one notice, warm, against typst", *warm, LIMIT)
    with TemporaryDirectory() as folder:
        page = Path(folder) / "notice.typ"
        page.write_text(source, encoding="utf-8")
        alone = [sys.executable, "-c", _ALONE, str(page), str(resources() / "fonts")]
        own = [sys.executable, "-m", "bench.typst_page"]
        cold = in_turn(lambda: _process(own), lambda: _process(alone), runs=COLD_RUNS, warm_up=1)
    yield Result("one notice, new process, against typst", *cold, LIMIT)


def page_source() -> str:
    """The words of the notice as typst's source: title, headings and paragraphs, in their order."""
    words = told.from_json(build(NOTICE, issued_at=ISSUED, verify=MARK).words)
    lines = [_SETTINGS]
    for part in (said for sheet in words.parts for said in sheet.said):
        if isinstance(part, told.Head):
            title = " \\ ".join(_escaped(line) for line in part.title)
            lines.append(f'#align(center, text(font: "FandolSong", weight: "bold", size: 22pt)[{title}])')
        elif isinstance(part, told.Heading):
            lines.append(f'#text(font: "FandolHei")[{_escaped(part.heading)}] {_escaped(part.text)}')
        elif isinstance(part, told.Paragraph):
            lines.append(_escaped(part.text))
    return "\n\n".join(lines)


def _escaped(text: str) -> str:
    return "".join(f"\\{mark}" if mark in "\\#$*_@<>[]`~=-+/" else mark for mark in text)


def _ours() -> None:
    build(NOTICE, issued_at=ISSUED, verify=MARK)


def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(resources() / "fonts")]
    )


def _typst(source: str, fonts: Any) -> None:
    import typst

    typst.compile(source.encode(), font_paths=fonts)


def _process(command: list[str]) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    _ours()
