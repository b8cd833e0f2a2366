"""The fault catalogue and the tests that show its rows; `python -m tests.faults.catalogue` writes docs/faults.md.

A test names its rows by `@pytest.mark.fault(8, 10)`; the part on the simulator is kept as its report wrote it.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.faults.catalogue_rows import BENCHED, LONG_RUNS, NOT_SHOWN, PARTLY, ROWS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "faults.md"
SIMULATOR = "## Simulator"

_HEAD = """# Faults

What can go wrong with a shared folder and the computers around it, what must come of it, and the test that shows it.
Made by `python -m tests.faults.catalogue` from `tests/faults/catalogue_rows.py` and the marks of the tests
(`@pytest.mark.fault`); a test sees to it that this page is up to date. Row numbers are those of the tests' marks.

| Injected by | Where | More of it |
|---|---|---|
| the simulator: in memory, one seed for all luck | `tests/faults/simulator/` | `dev.py faults --seeds 100000` |
| a disk in Python that fails at call n or byte k | `tests/support/faulty_disk.py` | – |
| strace: a call of a real program kills it or fails | `tests/support/strace.py` | `JIANDU_FAULTS=all` |
| tmpfs and ext4 of a small size, remounted, pulled (needs root) | `tests/support/mounts.py` | `JIANDU_FAULTS=all` |
| a real Samba server, a line that is slow or cut | `tests/support/samba.py`, `tests/support/line.py` | – |
| real programs at once, killed | `tests/faults/test_processes.py` | `JIANDU_LAPTOPS=300`, `JIANDU_SOAK=1200` |
| hostile files: spoilt, or signed by an insider | `tests/support/hostile.py`, `bombs.py` | `JIANDU_HOSTILE=100000` |

"""


_RUNS = "\n\n## Long runs\n\n" + "\n".join(f"- {line}" for line in LONG_RUNS) + "\n\n"


def marked(folder: Path = ROOT / "tests") -> Mapping[int, list[str]]:
    """Row → the tests that name it, as `tests/faults/test_x.py::test_y`, read without running them."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for row in _rows_of(node):
                    found[row].append(f"{path.relative_to(ROOT).as_posix()}::{node.name}")
    return found


def _rows_of(test: ast.FunctionDef) -> Iterator[int]:
    for each in test.decorator_list:
        if isinstance(each, ast.Call) and ast.unparse(each.func) == "pytest.mark.fault":
            for argument in each.args:
                yield int(ast.literal_eval(argument))


def page(simulator: str) -> str:
    """The whole page; `simulator` is its last part, from its heading on."""
    return _HEAD + "\n".join(_table()) + "\n\n" + "\n".join(_left_out()) + _RUNS + simulator


def _table() -> Iterator[str]:
    shown = marked()
    yield "## Rows"
    yield ""
    yield "| # | Fault | Injected | Result | Tests |"
    yield "|---|---|---|---|---|"
    for number, (fault, injected, result) in ROWS.items():
        tests = [f"`{name.removeprefix('tests/').replace('.py::test_', ' ')}`" for name in shown.get(number, ())]
        tests += [f"`{name}`" for name in BENCHED.get(number, ())]
        if number in NOT_SHOWN:
            tests = ["not shown, see below"]
        elif number in PARTLY:
            tests.append("(in part, see below)")
        yield f"| {number} | {fault} | {injected} | {result} | {'<br>'.join(tests)} |"


def _left_out() -> Iterator[str]:
    yield "## Not shown"
    yield ""
    for number, why in sorted({**NOT_SHOWN, **PARTLY}.items()):
        yield f"- {number}, {ROWS[number][0]}: {why}"


def kept_part(text: str) -> str:
    """The simulator's part of a page."""
    return text[text.index(SIMULATOR) :]


if __name__ == "__main__":
    PAGE.write_text(page(kept_part(PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
