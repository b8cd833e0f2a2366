"""camelCase in ui always means: this overrides a method of Qt. A misspelt override would silently never be called."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from PySide6 import QtCore, QtGui, QtPrintSupport, QtWidgets

ROOT = Path(__file__).resolve().parents[2]


def names_of_qt() -> set[str]:
    """Every attribute of every class in the Qt modules that the window is made of."""
    modules = (QtCore, QtGui, QtWidgets, QtPrintSupport)
    things = [getattr(module, name) for module in modules for name in dir(module)]
    return {name for kind in things if isinstance(kind, type) for name in dir(kind)}


def test_camel_case_methods_override_qt() -> None:
    known = names_of_qt()
    assert "paintEvent" in known
    strangers = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sorted((ROOT / "jiandu_desktop" / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and re.search("[a-z][A-Z]", node.name) and node.name not in known
    ]
    assert strangers == []
