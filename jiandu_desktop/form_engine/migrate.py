"""From one version of a checklist to another: what an instance keeps, under which name, and what it would lose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from jiandu_desktop.form_engine import typed
from jiandu_desktop.form_engine.build import UNASKED
from jiandu_desktop.form_engine.definition import Definition
from jiandu_desktop.form_engine.instance import Instance
from jiandu_desktop.form_engine.runtime.tree import Refused
from jiandu_desktop.form_engine.state import NodeState
from jiandu_desktop.form_engine.xform.model import Model, Spec

_ROW: Final = re.compile(r"\[(\d+)\]")
_PLAIN: Final = frozenset((*UNASKED, "text"))
_WIDER: Final[Mapping[str, frozenset[str]]] = {
    "integer": frozenset(("decimal", "range")),
    "decimal": frozenset(("integer", "range")),
    "range": frozenset(("integer", "decimal")),
    "select_one": frozenset(("select_multiple",)),
    "date": frozenset(("datetime",)),
    "image": frozenset(("file",)),
    "audio": frozenset(("file",)),
}
"""Kinds whose answers may stand in another kind of question without losing anything."""


class Why(StrEnum):
    """Why an answer is lost (the first five), or has to be looked at again."""

    REMOVED = "removed"
    TYPE = "type"
    CHOICE = "choice"
    IRRELEVANT = "irrelevant"
    ROW = "row"
    CONSTRAINT = "constraint"
    REWORDED = "reworded"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Carried:
    """An answer that goes over as it is."""

    ref: str
    new_ref: str
    value: str


@dataclass(frozen=True, slots=True)
class Affected:
    """An answer that is lost or means something else: `answer` is what was said, in words; `detail` what the new
    version says instead (its rule, its wording). `new_ref`: "" where the item has no place any more."""

    ref: str
    new_ref: str
    number: str
    label: str
    answer: str
    why: Why
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move would do. `places`: each leaf's ref → its ref in the new version, None where it has no place;
    `renamed`: those that differ; `added`: items asked only by the new version; `values`: what the moved visit holds."""

    carried: tuple[Carried, ...]
    renamed: Mapping[str, str]
    lost: tuple[Affected, ...]
    changed: tuple[Affected, ...]
    added: tuple[str, ...]
    places: Mapping[str, str | None]
    values: Mapping[str, str]
    moved: Instance


def plan(
    old: Instance,
    new: Definition,
    *,
    now: Callable[[], datetime],
    username: str = "",
    deviceid: str = "",
    prefill: Mapping[str, str] | None = None,
) -> Plan:
    """Move `old` to the version `new` of its checklist, in memory; nothing of `old` changes.

    An item is found again by its ref, by `bind::jiandu:was`, below a group that was found again, or by a name that
    only moved to another group. An answer breaking a rule of the new version goes over and is named in `changed`.
    """
    found = _Places(old.definition.form.model, new.form.model)
    before = old.values()
    wanted = {ref: found.ref(ref) for ref in before}
    handed = {
        place: before[ref]
        for ref, place in wanted.items()
        if place is not None and _fits(_kind(old.definition, ref), _kind(new, place), before[ref])
    }
    moved = Instance(new, now=now, username=username, deviceid=deviceid, prefill=prefill, values=handed)
    # The new version may say how many rows there are: those beyond have no place.
    places = {ref: place if _after(moved, place) is not None else None for ref, place in wanted.items()}
    carried: list[Carried] = []
    lost: list[Affected] = []
    changed: list[Affected] = []
    dropped: dict[str, str] = {}
    for node in _answered(old):
        after = _after(moved, places[node.ref])
        loss = _loss(node, after, wanted[node.ref], handed)
        if loss is not None:
            lost.append(loss)
            if after is not None and loss.why is Why.CHOICE:
                dropped[after.ref] = after.value
            continue
        if after is not None:
            carried.append(Carried(node.ref, after.ref, node.value))
            changed += _changes(node, after)
    return Plan(
        carried=tuple(carried),
        renamed={ref: place for ref, place in places.items() if place is not None and place != ref},
        lost=tuple(lost),
        changed=tuple(changed),
        added=tuple(_added(new, old.definition, found)),
        places=places,
        values={**moved.values(), **dropped},
        moved=moved,
    )


def current_names(new: Definition, names: Mapping[str, str]) -> dict[str, str]:
    """Of what was kept by item name: name in `new` → the name it stands under in `names`, by `bind::jiandu:was`."""
    found = {}
    for item in new.items.values():
        kept = next((name for name in (item.name, *item.inspection.was) if name in names), None)
        if kept is not None:
            found[item.name] = kept
    return found


def words(node: NodeState, value: str) -> str:
    """An answer as one reads it: the labels of choices, else the value with its unit."""
    labels = {choice.value: choice.label for choice in node.choices}
    if node.item.kind == "select_one":
        return labels.get(value, value)
    if node.item.kind in ("select_multiple", "rank"):
        return "、".join(labels.get(word, word) for word in value.split())
    return f"{value} {node.item.inspection.unit}".strip() if value else ""


class _Places:
    """Where each node of the old version stands in the new one."""

    def __init__(self, old: Model, new: Model) -> None:
        self._old, self._new = old, new
        self._of: dict[int, Spec] = {}
        taken: set[int] = set()
        for spec in old.specs:
            same = new.by_ref.get(spec.ref)
            if same is not None and _alike(spec, same):
                self._of[spec.index] = same
                taken.add(same.index)
        for spec in old.specs:
            if spec.index not in self._of:
                other = self._elsewhere(spec, taken)
                if other is not None:
                    self._of[spec.index] = other
                    taken.add(other.index)
        self.taken = taken

    def ref(self, ref: str) -> str | None:
        """The ref with its rows in the new version; None where it has no place."""
        spec = self._old.by_ref.get(_ROW.sub("", ref))
        place = self._of.get(spec.index) if spec is not None else None
        if spec is None or place is None:
            return None
        numbers = dict(zip((each.index for each in spec.repeats()), map(int, _ROW.findall(ref)), strict=True))
        into: dict[int, int] = {}
        left = []
        for repeat in spec.repeats():
            target = self._of.get(repeat.index)
            if target is not None and target in place.repeats():
                into[target.index] = numbers[repeat.index]
            else:
                left.append(numbers[repeat.index])
        for repeat in reversed(place.repeats()):
            if repeat.index not in into:
                into[repeat.index] = left.pop() if left else 1
        if any(number > 1 for number in left):
            return None
        return _shown(place, into)

    def _elsewhere(self, spec: Spec, taken: set[int]) -> Spec | None:
        free = [each for each in self._new.specs if each.index not in taken and _alike(spec, each)]
        around = self._of.get(spec.parent.index) if spec.parent is not None else None
        named = [each for each in free if spec.name in _was(each)]
        near = [each for each in named if each.parent is around]
        if near or len(named) == 1:
            return (near or named)[0]
        same = [each for each in free if each.name == spec.name and each.ref not in self._old.by_ref]
        near = [each for each in same if each.parent is around]
        homeless = [each for each in self._old.specs if each.name == spec.name and each.index not in self._of]
        return near[0] if near else same[0] if len(same) == len(homeless) == 1 else None


def _alike(old: Spec, new: Spec) -> bool:
    return old.leaf == new.leaf and old.repeat == new.repeat and old.namespace == new.namespace


def _was(spec: Spec) -> list[str]:
    return spec.bind.extras.get("was", "").split() if spec.bind is not None else []


def _shown(spec: Spec, rows: Mapping[int, int]) -> str:
    return "".join(
        f"/{each.ref.rpartition('/')[2]}" + (f"[{rows[each.index]}]" if each.repeat else "")
        for each in reversed([spec, *spec.above()])
    )


def _kind(definition: Definition, ref: str) -> str:
    item = definition.items.get(_ROW.sub("", ref))
    return item.kind if item is not None else "hidden"


def _fits(old: str, new: str, value: str) -> bool:
    """Whether an answer to a question of kind `old` may stand in one of kind `new` as it is."""
    if old == new or old in UNASKED or new in UNASKED or not value:
        return True
    if new == "integer":
        number = typed.number_of(value)
        return old in ("decimal", "range") and number is not None and number == number.to_integral_value()
    if new in _PLAIN:
        return old in ("integer", "decimal", "range", "date", "time", "datetime", "barcode")
    return new in _WIDER.get(old, frozenset())


def _answered(instance: Instance) -> Iterator[NodeState]:
    """Items that were asked and answered by somebody, in the order of the form."""
    for ref, value in instance.values().items():
        kind = _kind(instance.definition, ref)
        if not value or kind in UNASKED or kind == "note" or _ROW.sub("", ref) not in instance.definition.items:
            continue
        node = instance.node(ref)
        if node.relevant and node.value and not node.readonly:
            yield node


def _after(moved: Instance, place: str | None) -> NodeState | None:
    try:
        return moved.node(place) if place is not None else None
    except Refused:
        return None


def _loss(node: NodeState, after: NodeState | None, place: str | None, handed: Mapping[str, str]) -> Affected | None:
    gone, why = node.value, Why.REMOVED
    if after is None:
        why = Why.ROW if place is not None else Why.REMOVED
    elif after.ref not in handed:
        why = Why.TYPE
    elif not after.relevant:
        why = Why.IRRELEVANT
    elif after.choices or node.choices:
        kept = set(after.value.split())
        missing = [word for word in node.value.split() if word not in kept]
        if not missing:
            return None
        gone, why = " ".join(missing), Why.CHOICE
    else:
        return None
    new_ref = after.ref if after is not None else ""
    return Affected(node.ref, new_ref, node.item.number, node.label or node.item.name, words(node, gone), why)


def _changes(node: NodeState, after: NodeState) -> Iterator[Affected]:
    """What the inspector has to look at once more, the gravest first and once per item."""
    was, is_now = words(node, node.value), words(after, after.value)
    why, detail = None, ""
    if after.violation is not None and (node.violation is None or node.violation.kind == "required"):
        why, detail = Why.CONSTRAINT, after.violation.message
    elif node.failed != after.failed:
        why, detail = Why.VERDICT, is_now
    elif node.label != after.label:
        why, detail = Why.REWORDED, after.label
    elif was != is_now:
        why, detail = Why.REWORDED, is_now
    if why is not None:
        yield Affected(node.ref, after.ref, node.item.number, node.label or node.item.name, was, why, detail)


def _added(new: Definition, old: Definition, found: _Places) -> Iterator[str]:
    for spec in new.form.model.specs:
        item = new.items.get(spec.ref)
        asked = item is not None and item.kind not in UNASKED and item.kind != "note"
        if asked and spec.index not in found.taken and spec.ref not in old.items:
            yield spec.ref
