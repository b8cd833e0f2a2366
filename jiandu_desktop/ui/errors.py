"""From an exception to what the user reads: a translated sentence for the world's troubles, a report for our faults."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication, qVersion

from jiandu_desktop.domain import sentences
from jiandu_desktop.domain.errors import Trouble

log = logging.getLogger(__name__)


def sentence_for(trouble: Trouble) -> str:
    """What happened and what to do next, in the language of the window."""
    template = QCoreApplication.translate("errors", sentences.TEMPLATES[trouble.code])
    return sentences.sentence(trouble.code, trouble.values, template)


def is_expected(error: BaseException) -> bool:
    """Whether the user can act on it; all else is a fault of the program."""
    return isinstance(error, Trouble) and error.code in sentences.TEMPLATES


def report_for(error: BaseException) -> str:
    """The text to be copied to those who maintain the program: versions and where it happened, nothing of a visit."""
    import platform

    lines = [
        f"{QCoreApplication.applicationName()} {QCoreApplication.applicationVersion()}".strip(),
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        "",
        *(line.rstrip("\n") for line in traceback.format_exception(error)),
    ]
    return "\n".join(lines)


def install_hook(show: Callable[[BaseException], None]) -> None:
    """Logs what no one caught and hands it to `show`; the program lives on. Ctrl+C in a terminal still ends it."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("uncaught", exc_info=(kind, error, trace))
        show(error)

    sys.excepthook = hook
