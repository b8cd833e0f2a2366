"""The import rules of pyproject.toml hold, and each of them really catches what it is there to catch."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "jiandu_desktop"
FOLDERS = ["ui", "services", "storage", "documents", "spreadsheets", "sync", "form_engine", "domain"]
MODULES = ["__main__", "bootstrap", "cli", "settings", "paths", "logs", "progress"]

BREACHES = [
    ("layers", "domain/school.py", "import jiandu_desktop.services"),
    ("layers", "form_engine/graph.py", "import jiandu_desktop.storage"),
    ("layers", "storage/engine.py", "import jiandu_desktop.documents"),
    ("layers", "sync/journal.py", "import jiandu_desktop.spreadsheets"),
    ("layers", "services/visits.py", "import jiandu_desktop.ui"),
    ("layers", "ui/window.py", "import jiandu_desktop.cli"),
    ("layers", "cli.py", "import jiandu_desktop.ui"),
    ("layers", "paths.py", "import jiandu_desktop.form_engine"),
    ("layers", "helpers.py", ""),  # a new module that nobody has given a place
    ("qt", "services/visits.py", "from PySide6.QtCore import QObject"),
    ("qt", "bootstrap.py", "import PySide6"),
    ("qt", "cli.py", "import shiboken6"),
    ("sqlalchemy", "services/visits.py", "from sqlalchemy import select"),
    ("sqlalchemy", "sync/journal.py", "import sqlite3"),
    ("sqlalchemy", "ui/window.py", "import sqlcipher3"),
    ("reportlab", "services/notices.py", "import reportlab"),
    ("reportlab", "services/notices.py", "import docx"),
    ("workbooks", "storage/tables.py", "import openpyxl"),
    ("workbooks", "form_engine/definition.py", "from pyxform.xls2xform import convert"),
    ("ui-services", "ui/pages/today.py", "import jiandu_desktop.storage"),
    ("ui-services", "ui/pages/today.py", "import jiandu_desktop.sync.journal"),
    ("cycles", "domain/visit.py", "import jiandu_desktop.domain.score"),
]


def lint_imports(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """import-linter over the package in `folder`, with this project's contracts."""
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml"), *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The layers as empty packages and modules: quick to read, and only the breach of the test is in it."""
    package = tmp_path / "jiandu_desktop"
    for folder in FOLDERS:
        (package / folder).mkdir(parents=True)
        (package / folder / "__init__.py").touch()
    for module in ["__init__", *MODULES, "sync/journal", "domain/score"]:
        (package / f"{module}.py").touch()
    (package / "domain/score.py").write_text("import jiandu_desktop.domain.visit\n", encoding="utf-8")
    (package / "domain/visit.py").touch()
    return tmp_path


def test_the_program_keeps_the_import_rules() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_the_empty_layers_break_nothing(skeleton: Path) -> None:
    """Otherwise the breaches below would prove nothing."""
    done = lint_imports(skeleton)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "module", "line"), BREACHES)
def test_each_rule_fails_when_it_is_broken(skeleton: Path, contract: str, module: str, line: str) -> None:
    path = skeleton / "jiandu_desktop" / module
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(line + "\n", encoding="utf-8")
    done = lint_imports(skeleton, "--contract", contract)
    assert done.returncode == 1, done.stdout
    assert "1 broken" in done.stdout


def test_the_domain_knows_no_library() -> None:
    """Schools, visits and problems are plain Python: they can be read, tested and kept without any of the rest."""
    allowed = {*sys.stdlib_module_names, "jiandu_desktop"}
    strangers = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path in sorted((PACKAGE / "domain").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imported_names(node)
        if name.split(".")[0] not in allowed
    ]
    assert strangers == []


def imported_names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []
