"""What the measurements work on: a demo bureau built once per run, and copies of it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path

from jiandu_desktop.domain.identity import new_id, system_clock
from jiandu_desktop.paths import DataFolder
from jiandu_desktop.services.demo import DemoBureau, make_demo
from jiandu_desktop.services.program import Services, open_services

ROOT = Path(__file__).resolve().parent.parent


class Workplace:
    """A folder on the disk, gone at the end; `root` is a data root whose demo bureau is built."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def root(self) -> Path:
        root = self.folder / "root"
        make_demo(root / "demo", clock=system_clock, new_id=new_id)
        return root

    @property
    def demo(self) -> DemoBureau:
        return DemoBureau(self.root / "demo")

    def laptop(self) -> AbstractContextManager[Services]:
        """The services of the demo's inspector."""
        return self._services(self.demo.own)

    def office(self) -> AbstractContextManager[Services]:
        """The services of the demo's office, which may add checklists."""
        return self._services(self.demo.office)

    @contextmanager
    def _services(self, folder: DataFolder) -> Iterator[Services]:
        services = open_services(folder, clock=system_clock, new_id=new_id)
        try:
            yield services
        finally:
            services.close()

    def rows_file(self, titles: list[str], rows: list[list[str]]) -> Path:
        """What the bare window shows."""
        path = self.folder / "rows.json"
        path.write_text(json.dumps({"titles": titles, "rows": rows}, ensure_ascii=False), encoding="utf-8")
        return path

    def environment(self) -> dict[str, str]:
        """For programs that are started: offscreen, and with compiled bytecode, as after any first start."""
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"),
            "PYTHONUTF8": "1",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment


@contextmanager
def workplace() -> Iterator[Workplace]:
    """A workplace on the disk that holds the system's temporary files."""
    folder = Path(tempfile.mkdtemp(prefix="jiandu-bench-"))
    try:
        yield Workplace(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=sys.platform == "win32")
