"""XForm and inspection columns → Definition: sections, numbers, kinds of items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from jiandu_desktop.form_engine.attached import Attachment
from jiandu_desktop.form_engine.definition import Definition, Inspection, Item, Section
from jiandu_desktop.form_engine.runtime.running import CompiledForm
from jiandu_desktop.form_engine.typed import THRESHOLD
from jiandu_desktop.form_engine.xform.model import Model, Spec

_INPUT_KINDS: Final = {
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "datetime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
}
_CONTROL_KINDS: Final = {
    "select1": "select_one",
    "select": "select_multiple",
    "rank": "rank",
    "range": "range",
    "trigger": "acknowledge",
}
_NO_LANGUAGE: Final = "default"  # pyxform's name for the wordings of a form without translations
_TABLE_TITLE: Final = "generated_table_list_label_"
_MADE_OF_TABLES: Final = (_TABLE_TITLE, "reserved_name_for_field_list_labels_")
"""What pyxform makes of a group with `table-list`: its label as a note, and a select that only heads the columns."""

_NOTHING: Final = Inspection()
_BLANK: Final = re.compile(r"\{([^{}]*)\}")
YES: Final = frozenset(("yes", "true", "true()", "1", "是"))
UNASKED: Final = frozenset(("calculate", "hidden"))


def build_definition(
    form: CompiledForm,
    *,
    file_hash: str,
    xform: str,
    matters: Mapping[str, str],
    phrases: Mapping[str, tuple[str, ...]],
    notes: frozenset[str],
    attachments: Mapping[str, Attachment],
) -> Definition:
    """`phrases`: list name → wordings; `notes`: refs of the rows that are notes (in an XForm they look like texts)."""
    model = form.model
    sections: list[Section] = []
    items: dict[str, Item] = {}
    loose = [spec for spec in model.root.children if spec.leaf and spec.name != "meta"]
    groups = [spec for spec in model.root.children if not spec.leaf and not _is_meta(spec)]
    order: list[tuple[str, str, list[Spec]]] = []
    # Loose questions come where the first of them stands among the groups.
    shown_loose = [spec for spec in loose if spec.control is not None]
    first_loose = shown_loose[0].index if shown_loose else None
    for group in groups:
        order.append((group.ref, fixed_label(group, model), [spec for spec in group.below() if spec.leaf]))
    if loose:
        at = sum(1 for group in groups if first_loose is None or group.index < first_loose)
        order.insert(at, (model.root.ref, model.title, loose))
    limits = thresholds(model)
    number = 0
    for ref, label, specs in order:
        asked = any(spec.control is not None for spec in specs)
        number += asked
        section_number = str(number) if asked else ""
        refs = _add_items(items, specs, ref, section_number, notes, phrases, limits)
        if asked:
            control = model.by_ref[ref].control
            appearances = frozenset(control.appearance.split()) if control is not None else frozenset()
            sections.append(Section(ref, section_number, label, refs, appearances))
    return Definition(
        form_id=model.form_id,
        version=model.version,
        title=model.title,
        file_hash=file_hash,
        languages=tuple(name for name in model.languages if name != _NO_LANGUAGE),
        sections=tuple(sections),
        items={spec.ref: items[spec.ref] for spec in model.specs if spec.ref in items},
        xform=xform,
        matters=matters,
        attachments=attachments,
        form=form,
    )


def _add_items(
    items: dict[str, Item],
    specs: list[Spec],
    section_ref: str,
    section_number: str,
    notes: frozenset[str],
    phrases: Mapping[str, tuple[str, ...]],
    limits: Mapping[str, str],
) -> tuple[str, ...]:
    place = 0
    for spec in specs:
        kind = kind_of(spec, notes)
        asked = kind not in UNASKED and kind != "note"
        place += asked
        control = spec.control
        repeats = spec.repeats()
        items[spec.ref] = Item(
            ref=spec.ref,
            name=spec.name,
            number=f"{section_number}.{place}" if asked else "",
            kind=kind,
            appearance=control.appearance if control else "",
            parameters=_parameters(spec),
            section_ref=section_ref,
            inspection=inspection_of(spec, phrases, limits),
            repeat_ref=repeats[-1].ref if repeats else None,
        )
    return tuple(spec.ref for spec in specs)


def _parameters(spec: Spec) -> dict[str, str]:
    found = dict(spec.bind.parameters) if spec.bind is not None else {}
    control = spec.control
    if control is not None:
        found.update(control.parameters)
        if control.item_set is not None and control.item_set.nodes.text.startswith("randomize("):
            found["randomize"] = "true"
    return found


def kind_of(spec: Spec, notes: frozenset[str]) -> str:
    """The kind of an item, in the words of XLSForm."""
    bind, control = spec.bind, spec.control
    if control is None:
        return "calculate" if bind is not None and (bind.calculate is not None or bind.preload) else "hidden"
    if spec.ref in notes or spec.name.startswith(_MADE_OF_TABLES):
        return "note"
    if control.kind == "upload":
        media = control.parameters.get("mediatype", "")
        return {"image/*": "image", "audio/*": "audio", "video/*": "video"}.get(media, "file")
    if control.kind == "input":
        return _INPUT_KINDS.get(bind.type if bind is not None else "string", "text")
    return _CONTROL_KINDS[control.kind]


def thresholds(model: Model) -> dict[str, str]:
    """What stands as a bare number or a quoted text in a calculation (`limit_guards` → 2), by the item's name."""
    found: dict[str, str] = {}
    for spec in model.specs:
        formula = spec.bind.calculate.text if spec.bind is not None and spec.bind.calculate is not None else ""
        if THRESHOLD.fullmatch(formula):
            found.setdefault(spec.name, formula.strip().strip("'\""))
    return found


def inspection_of(spec: Spec, phrases: Mapping[str, tuple[str, ...]], limits: Mapping[str, str]) -> Inspection:
    """The inspection columns of a node; values were checked when the workbook was loaded.

    `limits`: thresholds of the form, filled into the standard where it names them (`{limit_guards}`).
    """
    extras = spec.bind.extras if spec.bind is not None else {}
    if not extras:
        return _NOTHING
    return Inspection(
        weight=decimal_of(extras.get("weight", "")),
        veto=extras.get("veto", "").strip().lower() in YES,
        failed=frozenset(extras.get("failed", "").split()),
        matter=extras.get("matter", "").strip(),
        basis=extras.get("basis", "").strip(),
        standard=_BLANK.sub(
            lambda found: limits.get(found.group(1).strip(), found.group(0)), extras.get("standard", "").strip()
        ),
        problem=extras.get("problem", "").strip(),
        measure=extras.get("measure", "").strip(),
        days=whole_of(extras.get("days", "")),
        grade=extras.get("grade", "").strip(),
        evidence=whole_of(extras.get("evidence", "")) or 0,
        phrases=phrases.get(extras.get("phrases", "").strip(), ()),
        self_rated=extras.get("self", "").strip().lower() in YES,
        soft=extras.get("soft", "").strip().lower() in YES,
        was=tuple(extras.get("was", "").split()),
        indicator=extras.get("indicator", "").strip(),
        unit=extras.get("unit", "").strip(),
    )


def decimal_of(text: str) -> Decimal | None:
    """The number written in a cell; None for an empty or unreadable one."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def whole_of(text: str) -> int | None:
    value = decimal_of(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def fixed_label(spec: Spec, model: Model) -> str:
    """The label in the form's own language without what is filled in, else the name."""
    label = spec.control.label if spec.control is not None else None
    first = spec.children[0] if spec.children else spec
    if label is None and first.name.startswith(_TABLE_TITLE) and first.control is not None:
        label = first.control.label
    if label is None:
        return spec.name
    parts = label.parts.get(model.default_language) or next(iter(label.parts.values()), ())
    return "".join(part for part in parts if isinstance(part, str)).strip() or spec.name


def _is_meta(spec: Spec) -> bool:
    return spec.name == "meta" and any(child.name == "instanceID" for child in spec.children)
