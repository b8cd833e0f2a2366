"""The parameters column (start=0 end=10 step=1 …) and the number of a repeat's rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from jiandu_desktop.form_engine.check.columns import Columns
from jiandu_desktop.form_engine.check.lists import Lists
from jiandu_desktop.form_engine.check.near import suggestion
from jiandu_desktop.form_engine.check.questions import Question, Survey
from jiandu_desktop.form_engine.faults import Fault
from jiandu_desktop.form_engine.typed import number_of

_PAIR: Final = re.compile(r"([A-Za-z][\w\-]*)\s*=\s*(\S+)")
_BETWEEN: Final = re.compile(r"[\s,;]*")
_SELECT: Final = ("randomize", "seed")
_GEO: Final = ("capture-accuracy", "warning-accuracy", "allow-mock-accuracy", "incremental", "reference-geometry")
_ACCEPTED: Final[Mapping[str, tuple[str, ...]]] = {
    "range": ("start", "end", "step", "tick_interval", "placeholder", "tick_labelset"),
    "text": ("rows",),
    "string": ("rows",),
    "image": ("max-pixels", "app"),
    "photo": ("max-pixels", "app"),
    "audio": ("quality",),
    "select_one": _SELECT,
    "select_multiple": _SELECT,
    "rank": _SELECT,
    "geopoint": _GEO,
    "geotrace": _GEO,
    "geoshape": _GEO,
    "start-geopoint": _GEO,
    "audit": (
        *("location-priority", "location-min-interval", "location-max-age"),
        *("track-changes", "track-changes-reasons", "identify-user"),
    ),
}
_NUMBERS: Final = frozenset(
    [
        *("start", "end", "step", "tick_interval", "placeholder", "rows", "max-pixels"),
        *("capture-accuracy", "warning-accuracy", "location-min-interval", "location-max-age"),
    ]
)
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "randomize": ("true", "false"),
    "allow-mock-accuracy": ("true", "false"),
    "incremental": ("true",),
    "quality": ("voice-only", "low", "normal", "external"),
    "track-changes": ("true", "false"),
    "identify-user": ("true", "false"),
    "track-changes-reasons": ("on-form-edit",),
    "location-priority": ("no-power", "low-power", "balanced", "high-accuracy"),
}
_DEFAULTS: Final = {"start": Decimal(1), "end": Decimal(10), "step": Decimal(1)}
_MOST_ROWS: Final = 1000


def check_parameters(columns: Columns, survey: Survey, lists: Lists) -> list[Fault]:
    faults: list[Fault] = []
    for question in survey.questions:
        text = columns.get(question.row, "parameters")
        if text and question.kind:
            header = columns.header("parameters")
            for code, values in _check(question, text, lists):
                faults.append(Fault(columns.sheet.name, question.row.number, header, code, values))
        count = columns.get(question.row, "repeat_count")
        if count:
            header, number = columns.header("repeat_count"), question.row.number
            if question.kind != "repeat" and question.kind:
                faults.append(Fault(columns.sheet.name, number, header, "count-outside-repeat", {}, warning=True))
            elif (value := number_of(count)) is not None and not _is_count(value):
                filled = {"value": count, "most": _MOST_ROWS}
                faults.append(Fault(columns.sheet.name, number, header, "bad-repeat-count", filled))
    return faults


def _is_count(value: Decimal) -> bool:
    return value == value.to_integral_value() and 0 <= value <= _MOST_ROWS


def _check(question: Question, text: str, lists: Lists) -> list[tuple[str, dict[str, object]]]:
    if not _BETWEEN.fullmatch(_PAIR.sub("", text)):
        return [("bad-parameters", {"text": text})]
    pairs = {name.lower(): value.rstrip(",;") for name, value in _PAIR.findall(text)}
    accepted = _ACCEPTED.get(question.kind, ())
    if question.file:
        accepted = (*accepted, "value", "label")
    found: list[tuple[str, dict[str, object]]] = []
    for name, value in pairs.items():
        if name not in accepted:
            known = "、".join(accepted)
            values = {"name": name, "type": question.kind, "known": known, "hint": suggestion(name, accepted)}
            found.append(("unknown-parameter" if accepted else "no-parameters", values))
        elif name in _NUMBERS and number_of(value) is None:
            found.append(("parameter-not-number", {"name": name, "value": value}))
        elif name in _WORDS and value not in _WORDS[name]:
            found.append(("parameter-other-word", {"name": name, "value": value, "known": "、".join(_WORDS[name])}))
    if not found and "seed" in pairs and "randomize" not in pairs:
        found.append(("seed-without-randomize", {}))
    if found or question.kind != "range":
        return found
    return _check_range(pairs, lists)


def _check_range(pairs: Mapping[str, str], lists: Lists) -> list[tuple[str, dict[str, object]]]:
    numbers = {name: number_of(pairs.get(name, "")) or default for name, default in _DEFAULTS.items()}
    for name in _DEFAULTS:
        if name in pairs:
            numbers[name] = number_of(pairs[name]) or Decimal(0)
    start, end, step = numbers["start"], numbers["end"], numbers["step"]
    said = {"start": start, "end": end, "step": step}
    if step == 0 or start == end or abs(step) > abs(end - start):
        return [("bad-range", {**said})]
    interval, shown = number_of(pairs.get("tick_interval", "")), number_of(pairs.get("placeholder", ""))
    if interval is not None and (interval == 0 or interval % step != 0 or abs(interval) > abs(end - start)):
        return [("bad-tick-interval", {"value": interval, "step": step})]
    if shown is not None and ((shown - start) % step != 0 or not min(start, end) <= shown <= max(start, end)):
        return [("bad-placeholder", {**said, "value": shown})]
    labelled = pairs.get("tick_labelset")
    if labelled and labelled not in lists.by_name:
        return [("unknown-list", {"list": labelled, "hint": suggestion(labelled, lists.by_name)})]
    return []
