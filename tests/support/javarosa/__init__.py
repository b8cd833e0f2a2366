"""JavaRosa, the engine inside ODK Collect, for comparison: its classes come with pyxform, Java with the machine.

`Driver.java` stands in a JVM that lives as long as the `JavaRosa` object, so that timings are those of a warm machine.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_SOURCE = Path(__file__).parent / "Driver.java"


class JavaRosaRefused(Exception):
    """JavaRosa raised an error; the text is its own."""


def missing() -> str:
    """Why there can be no JavaRosa on this machine; empty where there can."""
    if shutil.which("java") is None:
        return "JavaRosa needs Java, and there is none on this machine"
    modules = subprocess.run(["java", "--list-modules"], capture_output=True, text=True, check=False).stdout
    if "jdk.compiler" not in modules:
        return "JavaRosa's driver is compiled at its start: this Java has no compiler (install a JDK)"
    return "" if _jar().is_file() else "this pyxform comes without ODK Validate"


def _jar() -> Path:
    return Path(str(files("pyxform"))) / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"


class JavaRosa:
    """One JVM with at most one form in it. Every call raises JavaRosaRefused where JavaRosa raises.

    References are `/data/row[2]/name`, places from 1. Times are nanoseconds.
    """

    def __init__(self, *options: str) -> None:
        """`options` go to the JVM (`-Xmx1g`)."""
        self._process = subprocess.Popen(
            ["java", "-Djava.awt.headless=true", *options, "-cp", str(_jar()), str(_SOURCE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def load(self, xform: str, folder: Path | None = None) -> int:
        """Parse and compute for the first time; `folder` holds what the form attaches (`jr://file-csv/…`)."""
        took = self._ask("load", xform=xform, folder="" if folder is None else str(folder))
        return int(took["parse_ns"]) + int(took["start_ns"])

    def answer(self, ref: str, text: str) -> int:
        return int(self._ask("answer", ref=ref, text=text)["ns"])

    def add_row(self, ref: str) -> None:
        """`ref` with the place that the new row will have: `/data/row[3]`."""
        self._ask("add", ref=ref)

    def remove_row(self, ref: str) -> None:
        self._ask("remove", ref=ref)

    def walk(self) -> None:
        """Leaf through the form: only then JavaRosa makes counted rows and drops choices no longer on offer."""
        self._ask("walk")

    def state(self) -> dict[str, dict[str, Any]]:
        """By reference: relevant, required, readonly, and of leaves value and holds (the constraint)."""
        fields: dict[str, dict[str, Any]] = self._ask("state")["fields"]
        return fields

    def choices(self, ref: str) -> tuple[int, int, list[str]]:
        """Time to put the choices of a question together, their number, and the first thousand values."""
        answer = self._ask("choices", ref=ref)
        return int(answer["ns"]), int(answer["count"]), list(answer["values"])

    def evaluate(self, expression: str, ref: str = "") -> str:
        """The expression's value as text, in the form that is loaded."""
        return str(self._ask("evaluate", text=expression, ref=ref)["value"])

    def time(
        self,
        xform: str,
        answers: Sequence[tuple[str, str]],
        rounds: int,
        *,
        rows: Sequence[str] = (),
        folder: Path | None = None,
    ) -> tuple[list[int], list[list[int]]]:
        """`rounds` times load afresh, add `rows` (as in `add_row`) and give all answers: (per load, per answer)."""
        shown = "" if folder is None else str(folder)
        found = self._ask("time", xform=xform, answers=list(answers), rounds=rounds, rows=list(rows), folder=shown)
        return found["load_ns"], found["answer_ns"]

    def _ask(self, order: str, **values: Any) -> Mapping[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": order, **values}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the JVM ended with {self._process.wait(timeout=10)}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise JavaRosaRefused(answer["error"])
        return answer
