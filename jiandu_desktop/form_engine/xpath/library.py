"""How a function enters the library: its name, what it takes, what it yields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from jiandu_desktop.form_engine.xpath.scope import Function

Body = TypeVar("Body", bound=Callable[..., Any])


class FunctionTable:
    """Functions by name, filled by the decorator `add`."""

    def __init__(self) -> None:
        self.functions: dict[str, Function] = {}

    def add(
        self, name: str, parameters: str, result: str, *, context: bool = False, lazy: bool = False
    ) -> Callable[[Body], Body]:
        """Register the decorated function.

        `parameters`: kinds separated by spaces: `s` text, `n` number, `b` boolean, `ns` nodes, `v` as it comes;
        a trailing `?` may be left out, a trailing `*` stands any number of times (also none), `+` at least once.
        `context`: the function wants the Context first. `lazy`: it wants unevaluated arguments (and the Context).
        """
        kinds = parameters.split()
        least = sum(1 for kind in kinds if kind[-1] not in "?*")
        most = None if any(kind[-1] in "*+" for kind in kinds) else len(kinds)

        def register(body: Body) -> Body:
            plain = tuple(kind.rstrip("?*+") for kind in kinds)
            self.functions[name] = Function(name, plain, least, most, result, body, context or lazy, lazy)
            return body

        return register
