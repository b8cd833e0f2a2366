"""Filled forms out and in: OpenRosa's submission XML, and the values by ref that the database keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.runtime.tree import Refused, Tree
from jiandu_desktop.form_engine.xform.model import OPENROSA, XFORMS, Model, Spec
from jiandu_desktop.form_engine.xpath.nodes import split_name

_PART: Final = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")
_LARGEST: Final = 20_000_000  # bytes of one submission


def to_xml(root: Field) -> bytes:
    """The submission of a filled form, without declaration of the XForms namespace, as Collect writes it."""
    spaces = {"orx": OPENROSA}
    for field in root.all_below():
        if field.prefix and field.namespace:
            spaces[field.prefix] = field.namespace
    element = _element(root, spaces)
    result: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=True)
    return result


def _element(field: Field, spaces: Mapping[str, str]) -> etree._Element:
    element = etree.Element(_tag(field), nsmap=dict(spaces))
    for node in field.attributes:
        element.set(f"{{{node.namespace}}}{node.name}" if node.namespace else node.name, node.text)
    if field.spec.leaf:
        element.text = _xml_text(field.text) or None
    for child in field.fields():
        if child.relevant:
            element.append(_element(child, spaces))
    return element


def _tag(field: Field) -> str:
    if field.namespace and (field.prefix or field.namespace != XFORMS):
        return f"{{{field.namespace}}}{field.name}"
    return field.name


def _xml_text(text: str) -> str:
    """Without the control characters that XML cannot hold (they come in by pasting from other programs)."""
    return "".join(letter for letter in text if letter in "\t\n\r" or (letter >= " " and letter not in "\ufffe\uffff"))


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a submission says of itself; "" where it does not. `deprecated_id`: the submission that it replaces."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str


def envelope(xml: bytes) -> Envelope:
    """Of any tool's submission; raises Trouble `submission-unreadable`."""
    root = _parse(xml)
    meta = {split_name(each.tag)[1]: (each.text or "").strip() for each in root.iterfind("{*}meta/*")}
    version = root.get("version") or root.get(f"{{{OPENROSA}}}version") or ""
    return Envelope(root.get("id") or "", version, meta.get("instanceID", ""), meta.get("deprecatedID", ""))


def with_identity(xml: bytes, instance_id: str, deprecated_id: str = "", audit: str = "") -> bytes:
    """The submission under another identifier, naming the one it replaces (OpenRosa metadata) and, where the form
    asks for an audit, the file that holds it."""
    root = _parse(xml)
    meta = root.find("{*}meta")
    if meta is None:
        meta = etree.SubElement(root, f"{{{OPENROSA}}}meta", nsmap={"orx": OPENROSA})
    namespace = etree.QName(meta).namespace
    known = {split_name(each.tag)[1]: each for each in meta.iterchildren("*")}
    wanted = {"instanceID": instance_id, "deprecatedID": deprecated_id, "audit": audit if "audit" in known else ""}
    for name, text in wanted.items():
        element = known.get(name)
        if element is None and text:
            element = etree.SubElement(meta, f"{{{namespace}}}{name}" if namespace else name)
        if element is not None and text:
            element.text = text
        elif element is not None and name == "deprecatedID":
            meta.remove(element)
    result: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return result


def read(model: Model, xml: bytes) -> dict[str, str]:
    """Values by ref of a submission, and "" for a row that holds none; raises Trouble where it is none of this form.

    Elements that the form has not are passed over: other tools add some of their own (`formhub`, `__version__`).
    """
    root = _parse(xml)
    found = root.get("id") or ""
    if found != model.form_id and (found or split_name(root.tag)[1] != model.root.name):
        raise Trouble("submission-other-form", found=found or split_name(root.tag)[1], wanted=model.form_id)
    values: dict[str, str] = {}
    _read(root, model.root, model.root.ref, values)
    return values


def _parse(xml: bytes) -> etree._Element:
    if len(xml) > _LARGEST:
        raise Trouble("submission-unreadable", reason=f"> {_LARGEST} B")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise Trouble("submission-unreadable", reason=str(error)) from error


def _read(element: etree._Element, spec: Spec, ref: str, values: dict[str, str]) -> None:
    if spec.leaf:
        values[ref] = element.text or ""
        return
    rows: dict[str, int] = {}
    for inner in element.iterchildren("*"):
        name = split_name(inner.tag)[1]
        child = next((child for child in spec.children if child.name == name), None)
        if child is None:
            continue
        shown = child.ref.rpartition("/")[2]
        if child.repeat:
            rows[name] = rows.get(name, 0) + 1
            shown = f"{shown}[{rows[name]}]"
            # A row in which nothing is relevant is a row all the same.
            known = len(values)
            _read(inner, child, f"{ref}/{shown}", values)
            if len(values) == known:
                values[f"{ref}/{shown}"] = ""
            continue
        _read(inner, child, f"{ref}/{shown}", values)


def restore(tree: Tree, former: Mapping[str, str], values: Mapping[str, str]) -> None:
    """Put kept values back before the first computation: rows first, then leaves.

    `former`: former name of an item → its ref now, so that a draft of an earlier version finds its place.
    What `values` lacks (it was not relevant, or is new in this version) keeps the form's default, but in a row of a
    repeat not what the form brings along for that very row (JavaRosa).
    """
    current: dict[str, str] = {}
    for ref, value in values.items():
        current.setdefault(_renamed(ref, former, tree.model), value)
    _restore_rows(tree, current)
    for field in tree.root.all_below() if current else ():
        if field.spec.leaf and field.stored != field.spec.text and field.spec.repeats():
            field.stored = field.text = ""
    for ref, value in current.items():
        try:
            field = tree.find(ref)
        except Refused:
            continue  # an item that this version of the checklist no longer has
        if field.spec.leaf:
            field.stored = field.text = value


def _renamed(ref: str, former: Mapping[str, str], model: Model) -> str:
    plain = re.sub(r"\[\d+\]", "", ref)
    if plain in model.by_ref:
        return ref
    return former.get(plain.rpartition("/")[2], ref)


def _restore_rows(tree: Tree, values: Mapping[str, str]) -> None:
    wanted: dict[str, int] = {}
    for ref in values:
        path = ""
        for name, number in _PART.findall(ref):
            if number:
                wanted[f"{path}/{name}"] = max(wanted.get(f"{path}/{name}", 0), int(number))
            path += f"/{name}[{number}]" if number else f"/{name}"
    _match_rows(tree, tree.root, wanted)


def _match_rows(tree: Tree, field: Field, wanted: Mapping[str, int]) -> None:
    base = field.ref()
    for spec in field.spec.children:
        if spec.repeat:
            number = wanted.get(f"{base}/{spec.ref.rpartition('/')[2]}", 0)
            tree.set_rows(field, spec, number)
    for child in field.fields():
        if not child.spec.leaf:
            _match_rows(tree, child, wanted)
