"""The tree that expressions walk: elements that know their children by name, and leaves that hold one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

DOCUMENT: Final = "document"
ELEMENT: Final = "element"
ATTRIBUTE: Final = "attribute"
TEXT: Final = "text"
COMMENT: Final = "comment"
INSTRUCTION: Final = "processing-instruction"
NAMESPACE: Final = "namespace"

XML_NAMESPACE: Final = "http://www.w3.org/XML/1998/namespace"
_INDEX_FROM: Final = 8  # children; below it a scan is quicker than a dictionary


class Node:
    """One node of the XPath data model.

    An element that holds nothing but text keeps it in `text` and has no children; `content()` shows that text as a
    node where an expression asks for it. Attributes, texts, comments and instructions keep their value in `text`.
    """

    __slots__ = (
        "_by_name",
        "attributes",
        "children",
        "kind",
        "name",
        "namespace",
        "parent",
        "prefix",
        "spaces",
        "text",
    )

    def __init__(
        self,
        kind: str,
        name: str = "",
        namespace: str = "",
        prefix: str = "",
        text: str = "",
        parent: Node | None = None,
    ) -> None:
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.prefix = prefix
        self.text = text
        self.parent = parent
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self._by_name: dict[str, list[Node]] | None = None
        self.spaces: dict[str, str] | None = None  # declared here or above; None where the tree keeps none

    def string(self) -> str:
        """The XPath string-value."""
        if self.children:
            return "".join(part.string() for part in self.children if part.kind in (ELEMENT, TEXT))
        return self.text

    def named(self, name: str) -> list[Node]:
        """Child elements of that local name, in document order; the list must not be changed."""
        children = self.children
        if len(children) < _INDEX_FROM:
            return [child for child in children if child.name == name and child.kind == ELEMENT]
        index = self._by_name
        if index is None:
            index = {}
            for child in children:
                if child.kind == ELEMENT:
                    index.setdefault(child.name, []).append(child)
            self._by_name = index
        return index.get(name, [])

    def insert(self, position: int, child: Node) -> None:
        child.parent = self
        self.children.insert(position, child)
        self._by_name = None

    def append(self, child: Node) -> None:
        child.parent = self
        self.children.append(child)
        self._by_name = None

    def remove(self, child: Node) -> None:
        self.children.remove(child)
        self._by_name = None
        child.parent = None

    def content(self) -> list[Node]:
        """All children with the text of a leaf as a node of its own."""
        if self.children or not self.text or self.kind not in (ELEMENT, DOCUMENT):
            return self.children
        return [Node(TEXT, text=self.string(), parent=self)]

    def elements(self) -> list[Node]:
        return [child for child in self.children if child.kind == ELEMENT]

    def attribute(self, name: str, namespace: str = "") -> str | None:
        for node in self.attributes:
            if node.name == name and node.namespace == namespace:
                return node.text
        return None

    def root(self) -> Node:
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def order(self) -> tuple[int, ...]:
        """A key that sorts nodes of one tree into document order; attributes come before children (XPath §5)."""
        key: list[int] = []
        node = self
        while node.parent is not None:
            parent = node.parent
            if node.kind in (ATTRIBUTE, NAMESPACE):
                key.append(next((i for i, a in enumerate(parent.attributes) if a is node), 0) - 100_000)
            else:
                key.append(next((i for i, c in enumerate(parent.children) if c is node), 0))
            node = parent
        key.reverse()
        return tuple(key)

    def same(self, other: Node) -> bool:
        """Whether both stand for one node; the text of a leaf is made anew at each look."""
        return self is other or (self.kind == other.kind == TEXT and self.identity() == other.identity())

    def identity(self) -> int:
        """Equal for the same node; the text of a leaf counts as one per leaf."""
        if self.kind == TEXT and self.parent is not None and not self.parent.children:
            return -id(self.parent)
        if self.kind == NAMESPACE:  # made anew at each look, too
            return hash((id(self.parent), self.name))
        return id(self)


def in_document_order(nodes: list[Node]) -> list[Node]:
    """Without duplicates, in document order; nodes of different trees keep the order they came in."""
    if len(nodes) < 2:
        return nodes
    unique: dict[int, Node] = {}
    for node in nodes:
        unique.setdefault(node.identity(), node)
    roots: dict[int, int] = {}
    keyed = []
    for node in unique.values():
        place = roots.setdefault(id(node.root()), len(roots))
        keyed.append(((place, node.order()), node))
    keyed.sort(key=lambda pair: pair[0])
    return [node for _, node in keyed]


def from_element(element: etree._Element, *, keep_space: bool = True, spaces: bool = False) -> Node:
    """A tree of ours from lxml's, without recursion so that deep files do not end the program.

    With `keep_space` false, text of nothing but space beside child elements is left out (secondary instances).
    With `spaces` the declarations of namespaces are kept, for the namespace axis.
    """
    top = _element(element)
    pending: list[tuple[etree._Element, Node]] = [(element, top)]
    while pending:
        source, node = pending.pop()
        if spaces:
            node.spaces = {prefix or "": uri for prefix, uri in source.nsmap.items()}
        _fill(source, node, pending, keep_space)
    return top


def document(element: etree._Element, *, keep_space: bool = True) -> Node:
    """The document node with everything at top level (comments and instructions too)."""
    top = Node(DOCUMENT)
    before = [*element.itersiblings(preceding=True)][::-1]
    for item in (*before, element, *element.itersiblings()):
        top.append(_leaf(item) if _holds_text(item) else from_element(item, keep_space=keep_space, spaces=True))
    return top


def _fill(source: etree._Element, node: Node, pending: list[tuple[etree._Element, Node]], keep_space: bool) -> None:
    text = source.text or ""
    if len(source) == 0:
        node.text = text
        return
    children = node.children
    if text and (keep_space or text.strip()):
        children.append(Node(TEXT, text=text, parent=node))
    for item in source:
        if _holds_text(item):
            child = _leaf(item)
        else:
            child = _element(item)
            pending.append((item, child))
        child.parent = node
        children.append(child)
        tail = item.tail
        if tail and (keep_space or tail.strip()):
            children.append(Node(TEXT, text=tail, parent=node))


def _element(source: etree._Element) -> Node:
    namespace, name = split_name(str(source.tag))
    node = Node(ELEMENT, name, namespace, source.prefix or "")
    for key, value in source.attrib.items():
        space, local = split_name(str(key))
        prefix = next((p or "" for p, uri in source.nsmap.items() if uri == space and p), "") if space else ""
        prefix = "xml" if space == XML_NAMESPACE else prefix
        node.attributes.append(Node(ATTRIBUTE, local, space, prefix, str(value), node))
    return node


def _holds_text(source: etree._Element) -> bool:
    """Comments and instructions are elements to lxml."""
    return isinstance(source, etree._Comment | etree._ProcessingInstruction)


def _leaf(source: etree._Element) -> Node:
    if isinstance(source, etree._ProcessingInstruction):
        return Node(INSTRUCTION, name=str(source.target), text=source.text or "")
    return Node(COMMENT, text=source.text or "")


def split_name(tag: str) -> tuple[str, str]:
    """lxml's `{namespace}name` → (namespace, name)."""
    if tag.startswith("{"):
        namespace, name = tag[1:].split("}", 1)
        return namespace, name
    return "", tag
