"""The window stands before the heavy libraries are loaded: a laptop of five years takes a second for each of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support.bureau import copy_bureau

HEAVY = (
    "sqlalchemy", "pyxform", "openpyxl", "lxml", "reportlab", "pypdfium2", "PIL", "cryptography", "pypinyin",
    "asyncio", "jiandu_desktop.form_engine", "jiandu_desktop.documents", "jiandu_desktop.spreadsheets",
)  # fmt: skip

PROGRAM = """
import sys
from jiandu_desktop import bootstrap

def say():
    print("ready", *(name for name in sys.argv[2:] if name in sys.modules), flush=True)

bootstrap._say_ready = say
sys.exit(bootstrap.start(["--data", sys.argv[1], "open", "--quit-when-ready"]))
"""


def test_today_can_be_used_before_the_heavy_libraries_are_loaded(tmp_path: Path) -> None:
    copy_bureau(tmp_path / "demo")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path), *HEAVY],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["ready"], "loaded before the list could be used"
