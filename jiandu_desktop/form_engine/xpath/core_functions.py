"""The functions of XPath 1.0 §4, and `current()`."""

from __future__ import annotations

import math
from typing import Final

from jiandu_desktop.form_engine.xpath.library import FunctionTable
from jiandu_desktop.form_engine.xpath.nodes import ATTRIBUTE, ELEMENT, INSTRUCTION, NAMESPACE, XML_NAMESPACE, Node
from jiandu_desktop.form_engine.xpath.scope import Context
from jiandu_desktop.form_engine.xpath.values import NAN, Value, string_number, to_number, to_string

CORE: Final = FunctionTable()


@CORE.add("last", "", "number", context=True)
def last(c: Context) -> float:
    return float(c.size)


@CORE.add("position", "", "number", context=True)
def position(c: Context) -> float:
    return float(c.position)


@CORE.add("count", "ns", "number")
def count(nodes: list[Node]) -> float:
    return float(len(nodes))


@CORE.add("current", "", "nodeset", context=True)
def current(c: Context) -> list[Node]:
    return [] if c.scope.current is None else [c.scope.current]


@CORE.add("id", "v", "nodeset", context=True)
def by_id(c: Context, value: Value) -> list[Node]:
    texts = [node.string() for node in value] if isinstance(value, list) else [to_string(value)]
    wanted = {word for text in texts for word in text.split()}
    found: list[Node] = []
    pending = [c.scope.root]
    while pending:
        node = pending.pop()
        if node.attribute("id") in wanted:
            found.append(node)
        pending.extend(reversed(node.elements()))
    return found


@CORE.add("local-name", "ns?", "string", context=True)
def local_name(c: Context, nodes: list[Node] | None = None) -> str:
    return next((node.name for node in _or_here(c, nodes) if node.kind != "text"), "")


@CORE.add("namespace-uri", "ns?", "string", context=True)
def namespace_uri(c: Context, nodes: list[Node] | None = None) -> str:
    return next((node.namespace for node in _or_here(c, nodes)), "")


@CORE.add("name", "ns?", "string", context=True)
def name(c: Context, nodes: list[Node] | None = None) -> str:
    for node in _or_here(c, nodes):
        if node.kind in (ELEMENT, ATTRIBUTE) and node.prefix:
            return f"{node.prefix}:{node.name}"
        return node.name if node.kind in (ELEMENT, ATTRIBUTE, INSTRUCTION, NAMESPACE) else ""
    return ""


def _or_here(c: Context, nodes: list[Node] | None) -> list[Node]:
    return [c.node] if nodes is None else nodes


@CORE.add("string", "v?", "string", context=True)
def string(c: Context, value: Value | None = None) -> str:
    return c.node.string() if value is None else to_string(value)


@CORE.add("concat", "v*", "string")
def concat(*values: Value) -> str:
    """ODK's: a node-set stands for all its nodes, not for the first."""
    return "".join(
        "".join(node.string() for node in value) if isinstance(value, list) else to_string(value) for value in values
    )


@CORE.add("starts-with", "s s", "boolean")
def starts_with(text: str, start: str) -> bool:
    return text.startswith(start)


@CORE.add("contains", "s s", "boolean")
def contains(text: str, part: str) -> bool:
    return part in text


@CORE.add("substring-before", "s s", "string")
def substring_before(text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


@CORE.add("substring-after", "s s", "string")
def substring_after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


@CORE.add("substring", "s n n?", "string")
def substring(text: str, start: float, length: float | None = None) -> str:
    """Positions count from 1 and are rounded; NaN anywhere yields nothing (XPath §4.2)."""
    first = _half_up(start)
    end = math.inf if length is None else first + _half_up(length)
    return "".join(letter for place, letter in enumerate(text, 1) if first <= place < end)


@CORE.add("string-length", "s?", "number", context=True)
def string_length(c: Context, text: str | None = None) -> float:
    return float(len(c.node.string() if text is None else text))


@CORE.add("normalize-space", "s?", "string", context=True)
def normalize_space(c: Context, text: str | None = None) -> str:
    shown = c.node.string() if text is None else text
    return " ".join(word for word in _spaced(shown) if word)


def _spaced(text: str) -> list[str]:
    """Split at XML's white space only: an ideographic space is a letter like any other."""
    return text.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" ")


@CORE.add("translate", "s s s", "string")
def translate(text: str, letters: str, instead: str) -> str:
    table: dict[str, str] = {}
    for place, letter in enumerate(letters):
        table.setdefault(letter, instead[place] if place < len(instead) else "")
    return "".join(table.get(letter, letter) for letter in text)


@CORE.add("boolean", "b", "boolean")
def boolean(value: bool) -> bool:
    return value


@CORE.add("not", "b", "boolean")
def negation(value: bool) -> bool:
    return not value


@CORE.add("true", "", "boolean")
def true() -> bool:
    return True


@CORE.add("false", "", "boolean")
def false() -> bool:
    return False


@CORE.add("lang", "s", "boolean", context=True)
def lang(c: Context, wanted: str) -> bool:
    node: Node | None = c.node
    while node is not None:
        found = node.attribute("lang", XML_NAMESPACE)
        if found is not None:
            return found.lower() == wanted.lower() or found.lower().startswith(wanted.lower() + "-")
        node = node.parent
    return False


@CORE.add("number", "v?", "number", context=True)
def number(c: Context, value: Value | None = None) -> float:
    return to_number([c.node] if value is None else value, c.scope.zone)


@CORE.add("sum", "ns", "number", context=True)
def total(c: Context, nodes: list[Node]) -> float:
    zone = c.scope.zone
    return sum((string_number(node.string(), zone) for node in nodes), 0.0)


@CORE.add("floor", "n", "number")
def floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else value


@CORE.add("ceiling", "n", "number")
def ceiling(value: float) -> float:
    return float(math.ceil(value)) if math.isfinite(value) else value


@CORE.add("round", "n", "number")
def rounded(value: float) -> float:
    return _half_up(value)


def _half_up(value: float) -> float:
    """XPath §4.4: halves go up (-1.5 → -1); NaN and infinities stay."""
    if value != value:
        return NAN
    return float(math.floor(value + 0.5)) if math.isfinite(value) else value
