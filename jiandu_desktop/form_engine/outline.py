"""The shape of a section as the screen lays it out: groups within groups, repeats with their rows, items in between."""

from __future__ import annotations

from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.runtime.wordings import Wordings
from jiandu_desktop.form_engine.state import Group, Part, Repeat
from jiandu_desktop.form_engine.xform.model import Spec


def parts_below(field: Field, words: Wordings, shown: frozenset[str]) -> tuple[Part, ...]:
    """What is relevant directly below a group or row; `shown`: refs (without row numbers) of the items to show."""
    parts: list[Part] = []
    first: dict[int, Field] = {}
    for child in field.fields():
        first.setdefault(child.spec.index, child)
    empty = [spec for spec in field.spec.children if spec.repeat and spec.index not in first]
    # A repeat without rows stands where its rows would.
    for spec in sorted([*(child.spec for child in first.values()), *empty], key=lambda spec: spec.index):
        if spec.repeat:
            found = repeat_below(field, spec, words, shown)
            if found is not None:
                parts.append(found)
            continue
        child = first[spec.index]
        if not child.relevant:
            continue
        if spec.leaf:
            if spec.ref in shown:
                parts.append(child.ref())
        else:
            group = group_at(child, words, shown)
            if group.parts:
                parts.append(group)
    return tuple(parts)


def group_at(field: Field, words: Wordings, shown: frozenset[str]) -> Group:
    """A group, or one row of a repeat."""
    control = field.spec.control
    return Group(
        ref=field.ref(),
        label=field.label.strip(),
        hint=field.hint.strip(),
        appearances=frozenset(control.appearance.split()) if control is not None else frozenset(),
        media=words.media(control.media) if control is not None else {},
        parts=parts_below(field, words, shown),
    )


def repeat_below(around: Field, spec: Spec, words: Wordings, shown: frozenset[str]) -> Repeat | None:
    """The repeat `spec` directly below `around`; None where it is not relevant."""
    rows = around.rows(spec)
    stand_in = Field(spec)
    stand_in.parent = around
    if not (any(row.relevant for row in rows) if rows else around.relevant and stand_in.own_relevant):
        return None
    control = spec.control
    label = ""
    if control is not None:
        label = rows[0].label if rows else words.wording(control.label, stand_in)
    return Repeat(
        ref=f"{around.ref()}/{spec.shown}",
        label=label.strip(),
        rows=len(rows),
        fixed=spec.fixed_rows,
        appearances=frozenset(control.appearance.split()) if control is not None else frozenset(),
        groups=tuple(group_at(row, words, shown) for row in rows if row.relevant),
    )
