"""The ODK family's own cases, where they are at hand: `JIANDU_CONFORMANCE` names the folder with cases and runners."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.conformance.adapter import evaluate_xpath, open_form

FOLDER = Path(os.environ.get("JIANDU_CONFORMANCE", ""))
DIFFERENCES = tomllib.loads((Path(__file__).parent / "differences.toml").read_text(encoding="utf-8"))
pytestmark = [
    pytest.mark.skipif(
        not (FOLDER / "xpath_open.jsonl").is_file(), reason="JIANDU_CONFORMANCE names no folder of cases"
    ),
    pytest.mark.slow,
]


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """The runner of that name, imported from the folder; the cases are set in Arizona."""
    monkeypatch.setenv("TZ", "America/Phoenix")
    time.tzset()
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    yield importlib.import_module(request.param)
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("runner", ["consume_xpath"], indirect=True)
def test_expressions_answer_as_the_reference_engines_do(runner: ModuleType) -> None:
    lines = (FOLDER / "xpath_open.jsonl").read_text(encoding="utf-8").split("\n")
    cases = [json.loads(line) for line in lines if line]
    failed = {case["id"]: reason for case, reason in runner.run(evaluate_xpath, cases) if reason is not None}
    assert sorted(failed) == sorted(DIFFERENCES["xpath"])


@pytest.mark.timeout(600)
@pytest.mark.parametrize("runner", ["run_scenarios"], indirect=True)
def test_forms_behave_as_in_the_reference_engines(runner: ModuleType) -> None:
    reader = importlib.import_module("scenario_reader")
    failed = set()
    for trace in reader.read(str(FOLDER / "scenario_open.jsonl")):
        _, problems = runner.run_trace(open_form, trace, str(FOLDER))
        if problems:
            failed.add(trace["id"])
    assert sorted(failed) == sorted(DIFFERENCES["scenarios"])
