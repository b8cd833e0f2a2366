"""XForm XML → Model. What the form says wrongly is raised as XFormFault with the node it concerns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from jiandu_desktop.form_engine.xform import body, itext
from jiandu_desktop.form_engine.xform.attachments import Attachments, Instances, node_of
from jiandu_desktop.form_engine.xform.expressions import Expressions, XFormFault, single_paths
from jiandu_desktop.form_engine.xform.model import (
    JAVAROSA,
    JIANDU,
    ODK,
    OPENROSA,
    XFORMS,
    XHTML,
    Action,
    Bind,
    Expression,
    Model,
    Row,
    Spec,
)
from jiandu_desktop.form_engine.xpath.nodes import Node, split_name

_CONSTRAINT_MESSAGE: Final = f"{{{JAVAROSA}}}constraintMsg"
_REQUIRED_MESSAGE: Final = f"{{{JAVAROSA}}}requiredMsg"
_PRELOAD: Final = f"{{{JAVAROSA}}}preload"
_PRELOAD_PARAMETERS: Final = f"{{{JAVAROSA}}}preloadParams"
_READ_APART: Final = frozenset((_CONSTRAINT_MESSAGE, _REQUIRED_MESSAGE, _PRELOAD, _PRELOAD_PARAMETERS))
_EVENTS: Final = frozenset(("odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"))
LAST_SAVED: Final = "jr://instance/last-saved"
_LARGEST: Final = 50_000_000  # bytes of one XForm
_ACTION_TAGS: Final = (f"{{{XFORMS}}}setvalue", f"{{{ODK}}}setgeopoint")


_IDENTIFIER: Final = Bind(
    type="string", relevant=None, required=None, readonly=None, calculate=None, constraint=None,
    constraint_message=None, required_message=None, preload="uid", preload_parameters="", extras={},
    parameters={}, constants={},
)  # fmt: skip


def parse_xform(xml: bytes, attachments: Attachments | None = None) -> Model:
    """Raises XFormFault; entities, external references and networks are never followed."""
    if len(xml) > _LARGEST:
        raise XFormFault("xform-too-large", "")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        top = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise XFormFault("xform-not-xml", "", reason=str(error)) from error
    model = top.find(f"{{{XHTML}}}head/{{{XFORMS}}}model")
    body_element = top.find(f"{{{XHTML}}}body")
    if model is None or body_element is None:
        raise XFormFault("xform-incomplete", "")
    instance = model.find(f"{{{XFORMS}}}instance")
    primary = None if instance is None else next(instance.iterchildren("*"), None)
    if primary is None:
        raise XFormFault("xform-no-instance", "")
    repeats = {
        body.resolved(element.get("nodeset") or element.get("ref") or "", "")
        for element in body_element.iter(f"{{{XFORMS}}}repeat")
    }
    root = _spec(primary, None, repeats)
    _give_identity(root, declared="orx" in top.nsmap)
    specs = tuple(root.below())
    for index, spec in enumerate(specs):
        spec.index = index
    by_ref = {spec.ref: spec for spec in specs}
    expressions = Expressions(_namespaces(top), single_paths(specs), by_ref)
    texts = itext.read_texts(model, expressions)
    title = top.findtext(f"{{{XHTML}}}head/{{{XHTML}}}title") or ""
    form = Model(
        title=" ".join(title.split()),
        form_id=primary.get("id") or root.namespace,
        version=primary.get("version") or primary.get(f"{{{JAVAROSA}}}version") or "",
        root=root,
        specs=specs,
        by_ref=by_ref,
        languages=texts.languages,
        default_language=texts.default,
        instances=_secondary(model, attachments or Attachments({})),
        texts=texts.by_id,
        media=texts.media,
        last_saved=frozenset(
            element.get("id") or ""
            for element in model.iterfind(f"{{{XFORMS}}}instance")
            if element.get("src") == LAST_SAVED
        ),
        load_actions=tuple(_actions(model, expressions, by_ref)),
        namespaces=expressions.namespaces,
    )
    if any("odk-new-repeat" in action.events for action in form.load_actions):
        raise XFormFault("xform-unsupported", "", name="setvalue odk-new-repeat")
    for element in model.iterfind(f"{{{XFORMS}}}submission"):
        if element.get("method", "post") not in ("post", "form-data-post"):
            raise XFormFault("xform-unsupported", "", name=f"submission {element.get('method')}")
    for element in model.iterfind(f"{{{XFORMS}}}bind"):
        _read_bind(element, form, expressions, texts)
    body.read_body(body_element, form, expressions, texts)
    ownerless = _nested_actions(body_element, form, expressions)
    return replace(
        form, expressions=expressions.known, single=expressions.used, load_actions=(*form.load_actions, *ownerless)
    )


def _namespaces(top: etree._Element) -> dict[str, str]:
    """Prefixes of the form; names without prefix match by local name, as every ODK engine has it."""
    spaces = {"jr": JAVAROSA, "orx": OPENROSA}
    for element in top.iter():
        for prefix, uri in element.nsmap.items():
            if prefix:
                spaces.setdefault(prefix, uri)
        break
    return {**spaces, "": "*"}


def _spec(element: etree._Element, parent: Spec | None, repeats: set[str]) -> Spec:
    namespace, name = split_name(str(element.tag))
    prefix = element.prefix or ""
    shown = f"{prefix}:{name}" if prefix else name
    ref = f"{parent.ref if parent else ''}/{shown}"
    spec = Spec(name, namespace, prefix, ref, parent, 0, repeat=ref in repeats)
    spec.attributes = tuple(
        _attribute(element, str(key), str(value))
        for key, value in element.attrib.items()
        if key != f"{{{JAVAROSA}}}template"
    )
    children = list(element.iterchildren("*"))
    if not children:
        spec.text = element.text or ""
        return spec
    seen: dict[str, Spec] = {}
    for child in children:
        tag = str(child.tag)
        known = seen.get(tag)
        is_template = child.get(f"{{{JAVAROSA}}}template") is not None
        if known is None:
            known = seen[tag] = _spec(child, spec, repeats)
            spec.children.append(known)
            if known.repeat and not is_template:
                known.first_rows.append(_row(child, known))
        elif known.repeat and not is_template:
            known.first_rows.append(_row(child, known))
        elif not known.repeat:
            raise XFormFault("xform-node-twice", known.ref)
    return spec


def _give_identity(root: Spec, *, declared: bool) -> None:
    """Every submission carries `meta/instanceID` (OpenRosa); a form that defines none gets it."""
    if any(child.name == "meta" and any(c.name == "instanceID" for c in child.children) for child in root.children):
        return
    meta = next((child for child in root.children if child.name == "meta"), None)
    if meta is None:
        name, space, prefix = ("orx:meta", OPENROSA, "orx") if declared else ("meta", XFORMS, "")
        meta = Spec("meta", space, prefix, f"{root.ref}/{name}", root, 0)
        root.children.append(meta)
    prefix = f"{meta.prefix}:" if meta.prefix else ""
    ref = f"{meta.ref}/{prefix}instanceID"
    meta.children.append(Spec("instanceID", meta.namespace, meta.prefix, ref, meta, 0, bind=_IDENTIFIER))


def _row(element: etree._Element, spec: Spec) -> Row:
    """Texts and inner rows that a row of a repeat brings along, by ref."""
    texts: dict[str, str] = {}
    rows: dict[str, list[Row]] = {}
    for child in spec.children:
        found = element.findall(f"{{{child.namespace}}}{child.name}" if child.namespace else child.name)
        if child.repeat:
            rows[child.ref] = [_row(e, child) for e in found if e.get(f"{{{JAVAROSA}}}template") is None]
        elif found and child.leaf:
            texts[child.ref] = found[0].text or ""
        elif found:
            inner = _row(found[0], child)
            texts.update(inner.texts)
            rows.update(inner.rows)
    return Row(texts, rows)


def _attribute(element: etree._Element, key: str, value: str) -> tuple[str, str, str, str]:
    namespace, name = split_name(key)
    prefix = next((p or "" for p, uri in element.nsmap.items() if uri == namespace and p), "") if namespace else ""
    return name, namespace, prefix, value


def _secondary(model: etree._Element, attachments: Attachments) -> Instances:
    found: dict[str, Node | Callable[[], Node]] = {}
    for element in list(model.iterfind(f"{{{XFORMS}}}instance"))[1:]:
        name = element.get("id") or ""
        source = element.get("src")
        inner = next(element.iterchildren("*"), None)
        if source is not None and inner is None:
            node = attachments.nodes.get(source)
            kept_elsewhere = source == LAST_SAVED
            if node is None and not attachments.missing_is_empty and not kept_elsewhere:
                raise XFormFault("xform-missing-file", "", name=source)
            found[name] = node if node is not None else Node("element", "root")
        elif inner is not None:
            wrapper = Node("element", "instance")
            wrapper.append(node_of(inner))
            found[name] = wrapper
    for address, node in attachments.nodes.items():
        # Lists that only `search(…)` names are declared nowhere.
        found.setdefault(address.rpartition("/")[2].rpartition(".")[0], node)
    return Instances(found)


def _read_bind(element: etree._Element, form: Model, expressions: Expressions, texts: itext.Texts) -> None:
    reference = element.get("nodeset") or element.get("ref") or ""
    spec = form.by_ref.get(reference) or form.by_ref.get(body.resolved(reference, form.root.ref))
    if spec is None:
        return  # a bind without node binds nothing, as in every ODK engine
    constants: dict[str, bool] = {}
    given = {str(key): str(value) for key, value in element.items()}

    def condition(name: str) -> Expression | None:
        text = given.get(name)
        if text is None or not (text := text.strip()):
            return None
        if text in ("true()", "false()"):
            constants[name] = text == "true()"
            return None
        return expressions.get(text, spec.ref, name)

    calculate = given.get("calculate", "").strip()
    others = [(*split_name(key), value) for key, value in given.items() if key[0] == "{" and key not in _READ_APART]
    spec.bind = Bind(
        type=(given.get("type") or "string").strip().rpartition(":")[2],
        relevant=condition("relevant"),
        required=condition("required"),
        readonly=condition("readonly"),
        calculate=expressions.get(calculate, spec.ref, "calculate") if calculate else None,
        constraint=condition("constraint"),
        constraint_message=itext.message(given.get(_CONSTRAINT_MESSAGE), texts),
        required_message=itext.message(given.get(_REQUIRED_MESSAGE), texts),
        preload=given.get(_PRELOAD, ""),
        preload_parameters=given.get(_PRELOAD_PARAMETERS, ""),
        extras={name: value for space, name, value in others if space == JIANDU},
        parameters={name: value for space, name, value in others if space in (ODK, OPENROSA)},
        constants=constants,
    )


def _actions(parent: etree._Element, expressions: Expressions, by_ref: Mapping[str, Spec]) -> list[Action]:
    actions = []
    for tag in _ACTION_TAGS:
        for element in parent.iterfind(tag):
            target = (element.get("ref") or element.get("bind") or "").strip()
            path = None
            if target not in by_ref:
                if "[" not in target and "@" not in target:
                    raise XFormFault("xform-action-nowhere", target)
                path = expressions.get(target, "", "setvalue")
            events = frozenset((element.get("event") or "").split())
            here = tag != _ACTION_TAGS[0]
            unknown = events - _EVENTS
            if here and unknown:
                raise XFormFault("xform-unsupported", target, name=f"setgeopoint {min(unknown)}")
            text = (element.get("value") or "").strip()
            value = expressions.get(text, target, "setvalue") if text else None
            actions.append(Action(events, target, path, value, "" if text else (element.text or ""), here))
    return actions


def _nested_actions(body_element: etree._Element, form: Model, expressions: Expressions) -> list[Action]:
    """Actions inside a control fire for that control's node, those inside a repeat for its rows.

    Returns the others: they stand in groups without node, and fire for the form.
    """
    ownerless: list[Action] = []
    around = [action.getparent() for tag in _ACTION_TAGS for action in body_element.iter(tag)]
    for element in dict.fromkeys(found for found in around if found is not None):
        actions = _actions(element, expressions, form.by_ref)
        reference = element.get("ref") or element.get("nodeset") or ""
        owner = form.by_ref.get(body.resolved(reference, form.root.ref)) if reference else None
        if owner is None:
            ownerless.extend(actions)
        else:
            owner.actions.extend(actions)
    return ownerless
