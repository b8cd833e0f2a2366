"""How a command speaks: its result on standard output, troubles on standard error, each in a whole sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence


def told(work: Callable[[], int]) -> int:
    """Run `work`; a trouble becomes its sentence on standard error and the exit code 1."""
    try:
        return work()
    except Trouble as trouble:
        complain(sentence(trouble.code, trouble.values))
        for line in _lines_below(trouble):
            complain(f"  {line}")
    return 1


def say_step(done: int, total: int) -> None:
    """A counter that stays on its line until the last step."""
    print(f"\r{done}/{total}", end="\n" if done == total else "", flush=True)


def complain(text: str) -> None:
    """One line on standard error."""
    print(text, file=sys.stderr)


def _lines_below(trouble: Trouble) -> list[str]:
    """What an import has to say line by line; the sentence of a form's faults has its lines within."""
    from jiandu_desktop.services.importing import ImportRefused

    return list(trouble.faults) if isinstance(trouble, ImportRefused) else []
