"""What the conformance runners call: one expression evaluated, and (see `open_form`) one form filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from jiandu_desktop.form_engine.xpath.compile import compile_expression
from jiandu_desktop.form_engine.xpath.functions import FORMS, PLAIN
from jiandu_desktop.form_engine.xpath.nodes import ATTRIBUTE, COMMENT, DOCUMENT, INSTRUCTION, TEXT, Node, document
from jiandu_desktop.form_engine.xpath.parser import parse
from jiandu_desktop.form_engine.xpath.scope import Scope
from jiandu_desktop.form_engine.xpath.values import Days, Shown, Value, to_boolean, to_number, to_string
from tests.conformance.session import open_form

__all__ = ["evaluate_xpath", "open_form"]

ZONE = ZoneInfo("America/Phoenix")
NOW = datetime.fromisoformat("2026-03-04T05:06:07.089-07:00")


def evaluate_xpath(
    expression: str, document_xml: str, context_path: str, kind: str, namespaces: dict[str, str], case: dict[str, Any]
) -> Any:
    tree = document(etree.fromstring(document_xml.encode()))
    paths = _paths(tree)
    names = {found.identity(): path for path, found in paths.items()}
    node = paths[context_path]
    library = FORMS if case["library"] == "xforms" else PLAIN
    root = tree
    instances: dict[str, Node] = {}
    if case["library"] == "xforms":
        instances = {found.attribute("id") or "": found for found in paths.values() if found.name == "instance"}
    if case.get("root"):
        root = paths[case["root"]]
        root.parent = None  # nothing above it is visible
    services = _Services(tree, case.get("language"))
    scope = Scope(root, lambda: NOW, ZONE if library is FORMS else None, instances, services, node)
    value = compile_expression(parse(expression), library, namespaces, late=True).value(node, scope)
    if kind == "number":
        number = to_number(value, scope.zone)
        # A measure is handed out as it is written; within an expression it has its full precision.
        return number.written if isinstance(number, Shown) and not isinstance(number, Days) else float(number)
    if kind == "string":
        return to_string(value)
    if kind == "boolean":
        return to_boolean(value)
    if kind == "nodeset":
        assert isinstance(value, list)
        return [names.get(found.identity()) or _path_of(found) for found in value]
    return value


class _Services:
    def __init__(self, tree: Node, language: str | None) -> None:
        self._tree = tree
        self._language = language

    def itext(self, name: str, node: Node) -> Value:
        """The nodes of the text; the running form hands out the text itself."""
        pending = [self._tree]
        found = []
        while pending:
            at = pending.pop()
            if at.name == "translation":
                found.append(at)
            pending.extend(at.elements())
        found.sort(key=lambda t: (t.attribute("lang") != self._language, t.attribute("default") is None))
        for translation in found:
            for text in translation.named("text"):
                if text.attribute("id") == name:
                    return text.named("value")
        return []


def _paths(tree: Node) -> dict[str, Node]:
    paths = {"/": tree}
    pending = [tree]
    while pending:
        node = pending.pop()
        for child in [*node.attributes, *node.content()]:
            paths[_path_of(child)] = child
            pending.append(child)
    return paths


def _path_of(node: Node) -> str:
    if node.kind == DOCUMENT:
        return "/"
    parent = node.parent
    if parent is None:
        return ""
    above = "" if parent.kind == DOCUMENT else _path_of(parent)
    if node.kind == ATTRIBUTE:
        if node.namespace:
            return f"{above}/@*[local-name()='{node.name}' and namespace-uri()='{node.namespace}']"
        return f"{above}/@{node.name}"
    if node.kind == "namespace":
        return f"{above}/namespace::{node.name}"
    test = {TEXT: "text()", COMMENT: "comment()", INSTRUCTION: "processing-instruction()"}.get(node.kind, "*")
    like = [sibling for sibling in parent.content() if sibling.kind == node.kind]
    place = next(i for i, sibling in enumerate(like, 1) if sibling.same(node))
    return f"{above}/{test}[{place}]"
