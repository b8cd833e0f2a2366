"""Declares pytest-qt's settings, so that --strict-config holds in the run where pytest-qt is left out."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "a setting of pytest-qt, which this run does without")
    parser.addini("qt_log_ignore", "a setting of pytest-qt, which this run does without", type="linelist")
