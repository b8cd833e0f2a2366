"""The body of an XForm: which control shows which node, with labels, choices and parameters."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from jiandu_desktop.form_engine.xform import itext, searching
from jiandu_desktop.form_engine.xform.expressions import Expressions, XFormFault
from jiandu_desktop.form_engine.xform.model import (
    JAVAROSA,
    XFORMS,
    ChoiceItem,
    Control,
    ItemSet,
    Model,
    Spec,
    Wording,
)
from jiandu_desktop.form_engine.xpath.nodes import split_name

_TEXT_ID: Final = re.compile(r"jr:itext\((.*)\)", re.DOTALL)
_LABEL: Final = f"{{{XFORMS}}}label"
_HINT: Final = f"{{{XFORMS}}}hint"
_VALUE: Final = f"{{{XFORMS}}}value"
_ITEM: Final = f"{{{XFORMS}}}item"
_ITEMSET: Final = f"{{{XFORMS}}}itemset"
_COLUMN: Final = re.compile(r"[^\W\d][\w.\-]*")
_CONTROLS: Final = {
    f"{{{XFORMS}}}input": "input",
    f"{{{XFORMS}}}select1": "select1",
    f"{{{XFORMS}}}select": "select",
    f"{{{XFORMS}}}range": "range",
    f"{{{XFORMS}}}trigger": "trigger",
    f"{{{XFORMS}}}upload": "upload",
    f"{{{XFORMS}}}group": "group",
}
_NOT_PARAMETERS: Final = frozenset(("ref", "nodeset", "bind", "appearance", "class", "query"))


def read_body(element: etree._Element, form: Model, expressions: Expressions, texts: itext.Texts) -> None:
    """Give each node its control; raises XFormFault for a control that shows no node of the form."""
    _Reader(form, expressions, texts).read(element, form.root)


def resolved(reference: str, around: str) -> str:
    """An absolute ref from one that may be relative (`name`, `./name`, `../name`, `current()/name`)."""
    text = reference.strip()
    if text.startswith("/") and "/." not in text and not text.endswith("/") and "//" not in text:
        return text
    parts = [] if text.startswith("/") else around.strip("/").split("/")
    for part in text.strip("/").split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part == "current()":
            parts = parts if parts else around.strip("/").split("/")
        elif part != ".":
            parts.append(part)
    return "/" + "/".join(parts)


class _Reader:
    def __init__(self, form: Model, expressions: Expressions, texts: itext.Texts) -> None:
        self._form = form
        self._expressions = expressions
        self._texts = texts

    def read(self, parent: etree._Element, around: Spec) -> None:
        for element in parent.iterchildren("*"):
            if element.tag == f"{{{XFORMS}}}repeat":
                self._repeat(element, None, around)
            elif element.tag == f"{{{XFORMS}}}group":
                self._group(element, around)
            else:
                # The rank control stands in ODK's namespace, which forms spell in two ways.
                kind = "rank" if element.tag.endswith("}rank") else _CONTROLS.get(element.tag)
                if kind == "input" and element.get("query"):
                    kind = "select1"
                spec = self._form.by_ref.get(resolved(element.get("ref") or "", around.ref))
                if kind is not None and spec is not None:  # a control without node shows nothing
                    spec.control = self._control(kind, element, spec)

    def _group(self, element: etree._Element, around: Spec) -> None:
        repeat = element.find(f"{{{XFORMS}}}repeat")
        reference = element.get("ref")
        if repeat is not None and reference in (None, repeat.get("nodeset"), repeat.get("ref")):
            self._repeat(repeat, element, around)
            return
        spec = around
        if reference is not None:
            spec = self._spec(reference, around)
            spec.control = self._control("group", element, spec)
        self.read(element, spec)

    def _repeat(self, element: etree._Element, group: etree._Element | None, around: Spec) -> None:
        spec = self._spec(element.get("nodeset") or element.get("ref"), around)
        spec.repeat = True
        labelled = group if group is not None else element
        spec.control = self._control("repeat", labelled, spec, element)
        count = (element.get(f"{{{JAVAROSA}}}count") or "").strip()
        if count:
            spec.count = self._expressions.get(count, spec.ref, "repeat_count")
        spec.fixed_rows = bool(count) or element.get(f"{{{JAVAROSA}}}noAddRemove") == "true()"
        self.read(element, spec)

    def _spec(self, reference: str | None, around: Spec) -> Spec:
        ref = resolved(reference or "", around.ref)
        spec = self._form.by_ref.get(ref)
        if spec is None:
            raise XFormFault("xform-control-nowhere", ref)
        return spec

    def _control(self, kind: str, element: etree._Element, spec: Spec, repeat: etree._Element | None = None) -> Control:
        parts: dict[str, etree._Element] = {}
        for part in element:
            parts.setdefault(part.tag, part)
        label, _ = self._wording(parts.get(_LABEL), spec)
        hint, guidance = self._wording(parts.get(_HINT), spec)
        source = element if repeat is None else repeat
        if kind == "upload" and "/" not in element.get("mediatype", "*/*"):
            raise XFormFault("xform-unsupported", spec.ref, name=element.get("mediatype", ""))
        named = [(split_name(str(key))[1], str(value)) for key, value in source.items()]
        parameters = {name: value for name, value in named if name not in _NOT_PARAMETERS}
        appearance = (source.get("appearance") or element.get("appearance") or "").strip()
        appearance, search = searching.split_appearance(appearance)
        items = self._items(element, spec) if _ITEM in parts else ()
        item_set = (
            self._item_set(element, parts.get(_ITEMSET), spec)
            if search is None
            else self._found_by(search, items, spec)
        )
        if search is not None:
            items = tuple(item for item in items if not searching.is_template(item.value))
        return Control(
            kind,
            appearance,
            label,
            hint,
            guidance,
            items,
            item_set,
            parameters,
            itext.media_of(parts.get(_LABEL), self._texts),
        )

    def _wording(self, element: etree._Element | None, spec: Spec) -> tuple[Wording | None, Wording | None]:
        return itext.wording(element, self._texts, self._expressions, spec.ref)

    def _items(self, element: etree._Element, spec: Spec) -> tuple[ChoiceItem, ...]:
        items = []
        for item in element.iterfind(_ITEM):
            value = (item.findtext(_VALUE) or "").strip()
            label = item.find(_LABEL)
            items.append(ChoiceItem(value, self._wording(label, spec)[0], itext.media_of(label, self._texts)))
        return tuple(items)

    def _item_set(self, element: etree._Element, found: etree._Element | None, spec: Spec) -> ItemSet | None:
        if found is None:
            query = (element.get("query") or "").strip()  # select_one_external
            return self._made_set(query, "name", "label", spec) if query else None
        value, label = found.find(_VALUE), found.find(_LABEL)
        if value is None:
            raise XFormFault("xform-itemset-no-value", spec.ref)
        label_text = "" if label is None else (label.get("ref") or "").strip()
        return self._made_set((found.get("nodeset") or "").strip(), (value.get("ref") or "").strip(), label_text, spec)

    def _found_by(self, search: str, items: tuple[ChoiceItem, ...], spec: Spec) -> ItemSet:
        """The rows of a table that `search(…)` finds; the choice whose value is no number names their columns."""
        template = next((item for item in items if searching.is_template(item.value)), None)
        if template is None:
            raise searching.search_fault(spec.ref, search)
        parts = next(iter(template.label.parts.values()), ()) if template.label is not None else ()
        columns = "".join(part for part in parts if isinstance(part, str)) or template.value
        rows = searching.rows_of(search, spec.ref)
        return self._made_set(rows, template.value, searching.label_of(columns, spec.ref), spec)

    def _made_set(self, text: str, value_text: str, label_text: str, spec: Spec) -> ItemSet:
        text_id = _TEXT_ID.fullmatch(label_text)
        return ItemSet(
            nodes=self._expressions.get(text, spec.ref, "choice_filter"),
            value=self._expressions.get(value_text, spec.ref, "value"),
            label=self._expressions.get(label_text, spec.ref, "label") if label_text else None,
            value_name=value_text if _COLUMN.fullmatch(value_text) else "",
            label_name=label_text if _COLUMN.fullmatch(label_text) else "",
            text_id=self._expressions.get(text_id.group(1), spec.ref, "label") if text_id else None,
            fixed="[" not in text and text.startswith("instance("),
        )
