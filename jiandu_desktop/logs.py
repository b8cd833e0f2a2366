"""The program's own diary: a rotating file in the data folder; never the content of a visit."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def start_logging(folder: Path) -> logging.Handler:
    """Write records of level INFO and above to `folder`/jiandu.log, five files of 1 MB; returns the handler."""
    handler = RotatingFileHandler(
        folder / "jiandu.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger("jiandu_desktop")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler
