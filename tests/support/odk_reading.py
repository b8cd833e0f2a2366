"""How ODK Collect opens a submission to edit it: JavaRosa's own classes, from the jar that comes with pyxform."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

_SOURCE = Path(__file__).parent / "OpenSubmission.java"


@cache
def missing() -> str:
    """Why it cannot be asked on this machine, "" where it can."""
    if shutil.which("java") is None:
        return "JavaRosa needs Java, and there is none on this machine"
    modules = subprocess.run(["java", "--list-modules"], capture_output=True, text=True, check=False).stdout
    if "jdk.compiler" not in modules:
        return "the driver is compiled at its start: this Java has no compiler (install a JDK)"
    return "" if _jar().is_file() else "this pyxform comes without ODK Validate"


def open_in_odk(folder: Path, pairs: Sequence[tuple[str, bytes]]) -> list[dict[str, str]]:
    """For each (XForm, submission): value by ref of every field that is not blank, as Collect would show it.

    Raises ValueError with JavaRosa's own words where it refuses a submission.
    """
    arguments = []
    for place, (xform, submission) in enumerate(pairs):
        paths = (folder / f"{place}-form.xml", folder / f"{place}-submission.xml")
        paths[0].write_text(xform, encoding="utf-8")
        paths[1].write_bytes(submission)
        arguments += [str(path) for path in paths]
    command = ["java", "-Djava.awt.headless=true", "-Dstdout.encoding=UTF-8", "-cp", str(_jar()), str(_SOURCE)]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ValueError(done.stderr[-2000:])
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _jar() -> Path:
    return Path(str(files("pyxform"))) / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
