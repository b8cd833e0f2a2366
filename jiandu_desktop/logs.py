"""The program's own diary: a rotating file in the data folder; never the content of a visit."""

from __future__ import annotations

import logging
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def start_logging(folder: Path) -> logging.Handler:
    """Write records of level INFO and above to `folder`/jiandu.log, five files of 1 MB; returns the handler."""
    handler = _Diary(folder)
    root = logging.getLogger("jiandu_desktop")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    return handler


class _Diary(logging.Handler):
    """Opens the file, and loads what that needs, with the first record: most starts have nothing to say."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._folder / "jiandu.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8"
            )
            self._file.setFormatter(logging.Formatter(FORMAT))
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()
