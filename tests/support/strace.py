"""Faults at one system call of a real program, put there by strace: killed before it, or an error in its place."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tests.support.programs import ROOT, environment

CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "mkdir", "ftruncate")
KILL = "signal=KILL"

_BEGUN = re.compile(r"^(?P<thread>\d+) +(?P<name>[a-z0-9]+)\((?P<rest>.*)$")
_OF_HANDLE = re.compile(r"^\d+<(?P<path>[^>]*)>")
_QUOTED = re.compile(r'"(?P<path>/(?:[^"\\]|\\.)*)"')
_OCTAL = re.compile(r"(?:\\[0-7]{1,3})+")


@dataclass(frozen=True, slots=True)
class Call:
    """The `nth` call of this name on this path (from 1); `index` counts all of this name in its thread."""

    name: str
    path: Path
    nth: int
    index: int
    changes: bool = True


@lru_cache(maxsize=1)
def why_not() -> str:
    """Why nothing can be injected here, or "" where it can."""
    if shutil.which("strace") is None:
        return "not installed: strace (Debian: apt install strace)"
    with tempfile.TemporaryDirectory() as aside:
        tried = subprocess.run(
            ["strace", "-f", "-o", f"{aside}/log", "-e", "inject=mkdir:error=EIO:when=1", "mkdir", f"{aside}/new"],
            capture_output=True,
            check=False,
        )
        made = Path(aside, "new").exists()
    return "" if tried.returncode != 0 and not made else "strace may not follow other processes here (ptrace refused)"


def calls_of(command: Sequence[str], under: Path) -> list[Call]:
    """Run the program undisturbed and list every call on a path below `under`, in order."""
    with tempfile.TemporaryDirectory() as aside:
        log = Path(aside) / "log"
        wanted = ["-o", str(log), "-e", "trace=" + ",".join(CALLS)]
        done = _strace([*wanted, *command])
        if done.returncode:
            raise AssertionError(f"the undisturbed run failed: {done.stdout}{done.stderr}")
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return list(_parsed(lines, str(under)))


def _parsed(lines: Sequence[str], under: str) -> list[Call]:
    of_path: Counter[tuple[str, str]] = Counter()
    of_thread: Counter[tuple[str, str]] = Counter()
    found = []
    for line in lines:
        begun = _BEGUN.match(line)
        if begun is None:
            continue
        name, rest = begun["name"], begun["rest"]
        of_thread[begun["thread"], name] += 1
        place = _OF_HANDLE.match(rest) or _QUOTED.search(rest)
        path = _plain(place["path"]) if place else ""
        if path.startswith(under):
            of_path[name, path] += 1
            writes = name != "openat" or "O_CREAT" in rest or "O_WRONLY" in rest or "O_RDWR" in rest
            found.append(Call(name, Path(path), of_path[name, path], of_thread[begun["thread"], name], writes))
    return found


def run_with(
    command: Sequence[str], call: Call, fault: str, *, by_path: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run the program with the fault (`signal=KILL`, `error=EIO` …) at this call; where the path differs from run to
    run (names made by chance), the call is found by its `index` instead."""
    with tempfile.TemporaryDirectory() as aside:
        when = call.nth if by_path else call.index
        wanted = ["-o", f"{aside}/log", "-e", f"trace={call.name}", "-e", f"inject={call.name}:{fault}:when={when}"]
        if by_path:
            wanted = ["-P", str(call.path), *wanted]
        return _strace([*wanted, *command])


def _strace(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", "-f", "-y", *words],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def _plain(shown: str) -> str:
    """A path as it is; strace writes bytes that are not ASCII as octal numbers."""

    def read(match: re.Match[str]) -> str:
        return os.fsdecode(bytes(int(each, 8) for each in match[0].split("\\")[1:]))

    return _OCTAL.sub(read, shown)
