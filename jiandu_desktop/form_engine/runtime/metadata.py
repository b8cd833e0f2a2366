"""What a form notes by itself: `start`, `today`, `username` …, and the identifier of the submission."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.runtime.tree import Tree
from jiandu_desktop.form_engine.xform.model import Spec


def fill_in(tree: Tree, now: datetime, properties: Mapping[str, str], *, fresh: bool, edit: bool = False) -> None:
    """Before the first computation; a restored form (`fresh` false) keeps what it has.

    A submission that is edited gets a new identifier and names the old one in `deprecatedID` (OpenRosa metadata).
    """
    for field in list(tree.root.all_below()):
        bind = field.spec.bind
        if not field.spec.leaf or field.spec.name == "deprecatedID":
            continue
        text = "" if bind is None else _preloaded(bind.preload, bind.preload_parameters, now, properties)
        if field.name == "instanceID" and edit and field.stored:
            _deprecate(tree, field)
            field.stored = field.text = text or field.stored
        # The identifier names one filling: whoever left it out of a draft gets it at the next filling (JavaRosa).
        missing = not field.stored and (bind is None or bind.preload != "uid")
        if text and (fresh or missing):
            field.stored = field.text = text


def _preloaded(kind: str, parameter: str, now: datetime, properties: Mapping[str, str]) -> str:
    if kind == "timestamp":
        return now.isoformat(timespec="milliseconds") if parameter == "start" else ""
    if kind == "date":
        return now.date().isoformat()
    if kind == "property":
        return properties.get(parameter, "")
    return f"uuid:{uuid.uuid4()}" if kind == "uid" else ""


def _deprecate(tree: Tree, identifier: Field) -> None:
    meta = identifier.above
    if meta is None:
        return
    old = next((field for field in meta.fields() if field.name == "deprecatedID"), None)
    if old is None:
        spec = identifier.spec
        shown = f"{spec.prefix}:deprecatedID" if spec.prefix else "deprecatedID"
        made = Spec("deprecatedID", spec.namespace, spec.prefix, f"{meta.spec.ref}/{shown}", meta.spec, -1)
        old = tree.add_leaf(meta, made)
    old.stored = old.text = identifier.stored
