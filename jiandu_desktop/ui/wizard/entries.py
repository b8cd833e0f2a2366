"""The lines of a section: items, the sub-heads of their groups, the heads of repeated rows, and where one is added."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from jiandu_desktop.form_engine import Definition
from jiandu_desktop.form_engine.xform.model import Spec
from jiandu_desktop.ui.questions.question import Kind

ROW_NUMBER = re.compile(r"\[(\d+)\]")


class EntryKind(Enum):
    """What one line of the list is."""

    ITEM = auto()
    GROUP = auto()
    ROW = auto()
    ADD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a section. `ref` is the item's, the row's (`/data/class[2]`) or the repeat's."""

    key: str
    kind: EntryKind
    ref: str
    label: str = ""
    level: int = 0
    question_kind: Kind = Kind.SHOWN
    removable: bool = False


class Layout:
    """Walks a section's items and puts the heads between them."""

    def __init__(
        self, refs: tuple[str, ...], kind_of: Callable[[str], Kind], definition: Definition, section: str
    ) -> None:
        self._refs = refs
        self._kind_of = kind_of
        self._model = definition.form.model
        self._language = self._model.default_language
        self._section = section
        self._open: list[tuple[str, Spec]] = []
        self._grown: set[str] = set()

    def lines(self) -> Iterator[Entry]:
        """The entries in order."""
        for ref in self._refs:
            path = self._path(ref)
            shared = 0
            while shared < min(len(path), len(self._open)) and path[shared][0] == self._open[shared][0]:
                shared += 1
            yield from self._close(shared, path)
            for level, (place, spec) in enumerate(path[shared:], shared + 1):
                yield from self._head(place, spec, level)
            self._open = path
            yield Entry(key=ref, kind=EntryKind.ITEM, ref=ref, question_kind=self._kind_of(ref))
        yield from self._close(0, [])
        yield from self._empty_repeats()

    def _path(self, ref: str) -> list[tuple[str, Spec]]:
        """Groups and rows around an item inside its section, outermost first, by where they are."""
        parts = ref.strip("/").split("/")
        path = []
        for count in range(1, len(parts)):
            place = "/" + "/".join(parts[:count])
            spec = self._model.by_ref.get(ROW_NUMBER.sub("", place))
            inside = place.startswith(f"{self._section}/") or (spec is not None and spec.repeat)
            if spec is not None and inside and spec is not self._model.root:
                path.append((place, spec))
        return path

    def _head(self, place: str, spec: Spec, level: int) -> Iterator[Entry]:
        label = self._label(spec)
        if spec.repeat:
            number = cut_row(place)[1]
            yield Entry(
                key=place,
                kind=EntryKind.ROW,
                ref=place,
                label=f"{label or spec.name} {number}",
                level=level,
                removable=not spec.fixed_rows,
            )
        elif label:
            yield Entry(key=place, kind=EntryKind.GROUP, ref=place, label=label, level=level)

    def _close(self, shared: int, path: list[tuple[str, Spec]]) -> Iterator[Entry]:
        """The adding line of every repeat that ends here: the next item is in no further row of it."""
        for depth in range(len(self._open) - 1, shared - 1, -1):
            place, spec = self._open[depth]
            if not spec.repeat or spec.fixed_rows:
                continue
            repeat = cut_row(place)[0]
            goes_on = len(path) > depth and path[depth][1] is spec and cut_row(path[depth][0])[0] == repeat
            if not goes_on:
                yield self._adding(repeat, spec, depth)

    def _empty_repeats(self) -> Iterator[Entry]:
        """A repeat without rows has no item that would lead to it."""
        section = self._model.by_ref.get(self._section)
        if section is None or section is self._model.root:
            return
        for spec in section.below():
            nested = len(spec.repeats()) > 1
            if spec.repeat and not spec.fixed_rows and not nested and spec.ref not in self._grown:
                yield self._adding(spec.ref, spec, 1)

    def _adding(self, repeat: str, spec: Spec, level: int) -> Entry:
        self._grown.add(repeat)
        return Entry(
            key=f"{repeat}+", kind=EntryKind.ADD, ref=repeat, label=self._label(spec) or spec.name, level=level
        )

    def _label(self, spec: Spec) -> str:
        wording = spec.control.label if spec.control is not None else None
        if wording is None:
            return ""
        parts = wording.parts.get(self._language) or next(iter(wording.parts.values()), ())
        return "".join(part for part in parts if isinstance(part, str)).strip()


def cut_row(row: str) -> tuple[str, int]:
    """`/data/class[2]` as (`/data/class`, 2); a path without a number is the first row."""
    head, _, number = row.rpartition("[")
    if not head or not number.endswith("]"):
        return row, 1
    return head, int(number[:-1])
