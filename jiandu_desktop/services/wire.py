"""The domain's records as JSON, for operations that travel: readable for decades, tolerant of what was added later."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from jiandu_desktop.domain import identity

R = TypeVar("R")


def to_wire(value: Any) -> Any:
    """A record (or list, time, figure …) as JSON values; raises TypeError for what has no such form."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return identity.to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [to_wire(each) for each in value]
    if isinstance(value, frozenset):
        return sorted(to_wire(each) for each in value)
    if isinstance(value, Mapping):
        return {str(key): to_wire(each) for key, each in value.items()}
    if dataclasses.is_dataclass(value):
        return {field.name: to_wire(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} cannot travel")


def from_wire(kind: type[R], value: Mapping[str, Any]) -> R:
    """The record that `to_wire` gave.

    A field that this program does not know is left out, one that the writer did not know gets its default; raises
    ValueError, TypeError or KeyError where a value cannot be what the field wants.
    """
    whole: Any = kind
    known = _fields(whole)
    return kind(**{name: _read(known[name], each) for name, each in value.items() if name in known})


@lru_cache(maxsize=64)
def _fields(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _read(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        (kind,) = [each for each in typing.get_args(kind) if each is not type(None)]
        return _read(kind, value)
    if origin is tuple:
        inner = typing.get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_read(inner[0], each) for each in value)
        return tuple(_read(each_kind, each) for each_kind, each in zip(inner, value, strict=True))
    if origin in (dict, Mapping):
        return {str(key): _read(typing.get_args(kind)[1], each) for key, each in value.items()}
    return _leaf(kind, value)


def _leaf(kind: Any, value: Any) -> Any:
    if kind is datetime:
        return identity.from_text(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return from_wire(kind, value)
    if kind is float and isinstance(value, int):
        return float(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is not Any and not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
