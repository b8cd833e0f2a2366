"""Which choices a question offers, and what of its answer is still among them."""

from __future__ import annotations

from jiandu_desktop.form_engine.runtime.fields import Field, Option, Options
from jiandu_desktop.form_engine.xform.model import Control
from jiandu_desktop.form_engine.xpath.scope import Scope
from jiandu_desktop.form_engine.xpath.tables import Line


def written_choices(control: Control) -> Options:
    """Those that stand in the question itself."""
    return Options(Option(item.value, item) for item in control.items)


def found_choices(control: Control, field: Field, scope: Scope) -> Options:
    """Those that stand in the question itself, and what its list has for it now."""
    items = control.item_set
    nodes = items.nodes.compiled.value_or_blank(field, scope) if items is not None else []
    if items is None or not isinstance(nodes, list):
        return written_choices(control)
    name, value = items.value_name, items.value.compiled
    found = (
        Option((node.cell(name) or "") if name and isinstance(node, Line) else value.string(node, scope), node)
        for node in nodes
    )
    return Options((*written_choices(control), *found)) if control.items else Options(found)


def not_offered(field: Field, text: str) -> str:
    """The first part of an answer that is no choice; "" where all are."""
    control, values = field.spec.control, field.options.values
    if not text or control is None or control.kind not in ("select1", "select", "rank"):
        return ""
    return next((word for word in ([text] if control.kind == "select1" else text.split()) if word not in values), "")


def still_offered(field: Field) -> str:
    """The stored answer without what is no longer on offer."""
    text, control = field.stored, field.spec.control
    if not text or control is None or (control.item_set is None and not control.items):
        return text
    values = field.options.values
    if control.kind == "select1":
        return text if text in values else ""
    words = text.split()
    if control.kind == "rank":
        # A ranking ranks everything: what is newly on offer comes last.
        kept = [word for word in words if word in values]
        return " ".join([*kept, *(option.value for option in field.options if option.value not in kept)])
    return " ".join(option.value for option in field.options if option.value in words)
