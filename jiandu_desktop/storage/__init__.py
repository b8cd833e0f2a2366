"""The local database: the only place that knows SQLAlchemy and SQL.

`county`, `journal`, `numbers` and `visits`, taken from here, are loaded when something is first asked of them: they
need SQLAlchemy, which takes as long to load as all the rest of the window's start.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__all__ = ["county", "journal", "numbers", "visits"]

if TYPE_CHECKING:
    from jiandu_desktop.storage import county, journal, numbers, visits
else:

    class _Later(ModuleType):
        """Stands for a module of this package until it is used."""

        def __getattr__(self, name: str) -> Any:
            # Asked for by name each time and not kept, so that a test that replaces a function replaces it for all.
            return getattr(sys.modules.get(self.__name__) or importlib.import_module(self.__name__), name)

    county, journal, numbers, visits = (_Later(f"{__name__}.{name}") for name in __all__)
