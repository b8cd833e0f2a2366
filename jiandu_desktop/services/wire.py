"""The domain's records as JSON, for operations that travel: readable for decades, tolerant of what was added later."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial
from typing import Any, TypeVar

from jiandu_desktop.domain import identity

R = TypeVar("R")
Reader = Callable[[Any], Any]


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
    return kind(**_fields(kind, value))


def _fields(kind: Any, value: Mapping[str, Any]) -> dict[str, Any]:
    known = _readers(kind)
    return {name: known[name](each) for name, each in value.items() if name in known}


# What a field wants is found out once per type: an office reads some hundred fields of every visit that arrives.


@lru_cache(maxsize=64)
def _readers(kind: Any) -> dict[str, Reader]:
    hints = typing.get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}


def _reader(kind: Any) -> Reader:
    """What makes a value of this type of its JSON."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        (only,) = [each for each in typing.get_args(kind) if each is not type(None)]
        read = _reader(only)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        inner = typing.get_args(kind)
        each_read = [_reader(each) for each in inner if each is not Ellipsis]
        if inner[-1] is Ellipsis:
            return lambda value: tuple(map(each_read[0], value))
        return lambda value: tuple(one(each) for one, each in zip(each_read, value, strict=True))
    if origin in (dict, Mapping):
        read_value = _reader(typing.get_args(kind)[1])
        return lambda value: {str(key): read_value(each) for key, each in value.items()}
    return _leaf(kind)


def _leaf(kind: Any) -> Reader:
    plain: dict[Any, Reader] = {
        datetime: identity.from_text,
        date: date.fromisoformat,
        Decimal: Decimal,
        Any: lambda value: value,
    }
    if kind in plain:
        return plain[kind]
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return partial(from_wire, kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind

    def same(value: Any) -> Any:
        if not isinstance(value, kind):
            if kind is float and isinstance(value, int):
                return float(value)
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return value

    return same
