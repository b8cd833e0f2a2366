"""The thirteen axes of XPath §2.2 and the node tests on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from jiandu_desktop.form_engine.xpath.nodes import (
    ATTRIBUTE,
    COMMENT,
    ELEMENT,
    INSTRUCTION,
    NAMESPACE,
    TEXT,
    XML_NAMESPACE,
    Node,
)
from jiandu_desktop.form_engine.xpath.syntax import NodeTest

BACKWARDS: Final = frozenset(("ancestor", "ancestor-or-self", "preceding", "preceding-sibling"))
# From nodes in document order these yield document order without duplicates.
KEEP_ORDER: Final = frozenset(("self", "child", "attribute", "namespace"))
ANY_NAMESPACE: Final = "*"  # as the namespace of names without prefix: they match by local name alone

Walker = Callable[[Node], list[Node]]


class UnknownPrefix(Exception):
    """A name test uses a prefix that the form does not declare."""

    def __init__(self, prefix: str) -> None:
        super().__init__(prefix)
        self.prefix = prefix


def walker(axis: str, test: NodeTest, namespaces: Mapping[str, str]) -> Walker:
    """From one node to the nodes on `axis` that pass `test`, in the order of the axis."""
    if test.kind == "node":
        if axis == "self":
            return lambda node: [node]
        if axis == "parent":
            return lambda node: [node.parent] if node.parent is not None else []
    principal = ATTRIBUTE if axis == "attribute" else NAMESPACE if axis == "namespace" else ELEMENT
    accepts = _tester(test, principal, namespaces)
    if axis == "child" and test.kind == "name" and test.local != "*":
        name = test.local
        if not test.prefix and namespaces.get("") == ANY_NAMESPACE:
            return lambda node: node.named(name)
        return lambda node: [child for child in node.named(name) if accepts(child)]
    along = _AXES[axis]
    return lambda node: [found for found in along(node) if accepts(found)]


def _tester(test: NodeTest, principal: str, namespaces: Mapping[str, str]) -> Callable[[Node], bool]:
    if test.kind == "node":
        return lambda node: True
    if test.kind == "text":
        return lambda node: node.kind == TEXT
    if test.kind == "comment":
        return lambda node: node.kind == COMMENT
    local = test.local
    if test.kind == "processing-instruction":
        return lambda node: node.kind == INSTRUCTION and local in ("", node.name)
    if not test.prefix:
        if local == "*":
            return lambda node: node.kind == principal
        default = namespaces.get("", "")
        if default == ANY_NAMESPACE:
            return lambda node: node.name == local and node.kind == principal
        allowed = ("", default if principal == ELEMENT else "")
        return lambda node: node.name == local and node.kind == principal and node.namespace in allowed
    space = namespaces.get(test.prefix, XML_NAMESPACE if test.prefix == "xml" else None)
    if space is None:
        raise UnknownPrefix(test.prefix)
    if local == "*":
        return lambda node: node.kind == principal and node.namespace == space
    return lambda node: node.name == local and node.kind == principal and node.namespace == space


def _descendants(node: Node) -> Iterator[Node]:
    pending = [iter(node.content())]
    while pending:
        for child in pending[-1]:
            yield child
            pending.append(iter(child.content()))
            break
        else:
            pending.pop()


def _descendants_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _descendants(node)


def _ancestors_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from node.ancestors()


def _place(node: Node, siblings: list[Node]) -> int:
    """Where `node` stands among its parent's children; -1 for attributes, which have no siblings."""
    return next((place for place, sibling in enumerate(siblings) if sibling.same(node)), -1)


def _following_siblings(node: Node) -> list[Node]:
    if node.parent is None or node.kind in (ATTRIBUTE, NAMESPACE):
        return []
    siblings = node.parent.content()
    return siblings[_place(node, siblings) + 1 :]


def _preceding_siblings(node: Node) -> list[Node]:
    if node.parent is None or node.kind in (ATTRIBUTE, NAMESPACE):
        return []
    siblings = node.parent.content()
    return siblings[: max(_place(node, siblings), 0)][::-1]


def _following(node: Node) -> Iterator[Node]:
    if node.kind in (ATTRIBUTE, NAMESPACE) and node.parent is not None:
        yield from _descendants(node.parent)
        node = node.parent
    for start in _ancestors_or_self(node):
        for sibling in _following_siblings(start):
            yield from _descendants_or_self(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind in (ATTRIBUTE, NAMESPACE) and node.parent is not None:
        node = node.parent
    for start in _ancestors_or_self(node):
        for sibling in _preceding_siblings(start):
            yield from reversed(list(_descendants_or_self(sibling)))


def _namespaces(node: Node) -> list[Node]:
    """One node per prefix declared here or above; where the tree keeps no declarations, per prefix in use."""
    if node.kind != ELEMENT:
        return []
    seen: dict[str, str] = {}
    if node.spaces is not None:
        return [Node(NAMESPACE, name=prefix, text=uri, parent=node) for prefix, uri in sorted(node.spaces.items())]
    for element in _ancestors_or_self(node):
        for named in (element, *element.attributes):
            if named.namespace and named.prefix != "xml":
                seen.setdefault(named.prefix, named.namespace)
    return [Node(NAMESPACE, name=prefix, text=uri, parent=node) for prefix, uri in seen.items()]


_AXES: Final[Mapping[str, Callable[[Node], Iterable[Node]]]] = {
    "ancestor": Node.ancestors,
    "ancestor-or-self": _ancestors_or_self,
    "attribute": lambda node: node.attributes,
    "child": lambda node: node.content(),
    "descendant": _descendants,
    "descendant-or-self": _descendants_or_self,
    "following": _following,
    "following-sibling": _following_siblings,
    "namespace": _namespaces,
    "parent": lambda node: [node.parent] if node.parent is not None else [],
    "preceding": _preceding,
    "preceding-sibling": _preceding_siblings,
    "self": lambda node: [node],
}
