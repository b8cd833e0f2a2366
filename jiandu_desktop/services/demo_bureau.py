"""Where the demo bureau lies; `services.demo` builds it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jiandu_desktop.paths import DataFolder

DEMO_PERSON = "周明元"
SHARED_NAME = "共享文件夹"


@dataclass(frozen=True, slots=True)
class DemoBureau:
    """Where the demo lies: the office's data, the shared folder, the laptop of the inspector the demo opens as."""

    root: Path

    @property
    def office(self) -> DataFolder:
        return DataFolder(self.root / "office")

    @property
    def shared(self) -> Path:
        return self.root / SHARED_NAME

    @property
    def workbooks(self) -> Path:
        return self.root / "工作簿"

    def laptop(self, person: str) -> DataFolder:
        return DataFolder(self.root / "laptops" / person)

    @property
    def own(self) -> DataFolder:
        return self.laptop(DEMO_PERSON)

    @property
    def complete(self) -> bool:
        return (self.root / "complete").exists()
