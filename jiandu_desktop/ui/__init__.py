"""The window: the only package that knows Qt."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - what follows undoes something that this import does

# PySide6 looks into the source of every module imported after it for `from __feature__ import …`, which nobody here
# uses: a tenth of the program's own start, and a detour at every import inside a function.
if hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
