"""Troubles of the world (disk full, folder gone, file newer): a code and values, never a finished sentence."""

from __future__ import annotations

from typing import Any


class Trouble(Exception):
    """Something in the world stands in the way and the user can act on it.

    `code` names a template in `domain.sentences`; `values` fill it. Faults of the program itself are ordinary
    exceptions and never a `Trouble`.
    """

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in sorted(self.values.items()))
        return f"{self.code}({shown})"
