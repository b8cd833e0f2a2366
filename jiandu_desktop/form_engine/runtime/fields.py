"""One field of a filled form: a node that expressions can walk, with its computed state beside its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from jiandu_desktop.form_engine.xform.model import ChoiceItem, Spec
from jiandu_desktop.form_engine.xpath.nodes import ATTRIBUTE, ELEMENT, Node


@dataclass(frozen=True, slots=True)
class Option:
    """A choice on offer: its value and where its label comes from."""

    value: str
    source: Node | ChoiceItem


class Options(tuple[Option, ...]):
    """Choices in their order; lists of 100,000 are asked for single values at every key press."""

    @cached_property
    def values(self) -> frozenset[str]:
        return frozenset(option.value for option in self)


NOTHING: Final = Options()


class Field(Node):
    """`text` is the value that counts (choices no longer on offer are dropped), `stored` what was answered.

    `draft` is what was typed and is no answer of the field's type: shown again, kept, but read by no expression.
    A field that is not relevant reads as empty, and regains its value when it becomes relevant again.
    """

    __slots__ = (
        "draft",
        "guidance",
        "hint",
        "holds",
        "label",
        "options",
        "own_readonly",
        "own_relevant",
        "readonly",
        "relevant",
        "required",
        "spec",
        "stored",
    )

    def __init__(self, spec: Spec) -> None:
        super().__init__(ELEMENT, spec.name, spec.namespace, spec.prefix, spec.text)
        bind = spec.bind
        self.spec = spec
        self.stored = spec.text
        self.draft = ""
        self.own_relevant = self.relevant = bind is None or bind.constants.get("relevant", True)
        self.own_readonly = self.readonly = bind is not None and bind.constants.get("readonly", False)
        self.required = bind is not None and bind.constants.get("required", False)
        self.holds = bind is None or bind.constants.get("constraint", True)
        self.label = ""
        self.hint = ""
        self.guidance = ""
        self.options = NOTHING
        for name, namespace, prefix, value in spec.attributes:
            self.attributes.append(Node(ATTRIBUTE, name, namespace, prefix, value, self))

    def string(self) -> str:
        """As expressions read it: a decimal's `40.0` is the number 40."""
        if not self.relevant:
            return ""
        if self.children:
            return "".join(child.string() for child in self.children)
        text = self.text
        if text.endswith(".0") and self.spec.bind is not None and self.spec.bind.type == "decimal":
            return text[:-2]
        return text

    @property
    def above(self) -> Field | None:
        return self.parent if isinstance(self.parent, Field) else None

    def fields(self) -> list[Field]:
        return [child for child in self.children if isinstance(child, Field)]

    def all_below(self) -> Iterator[Field]:
        """Self and everything below in document order."""
        pending: list[Field] = [self]
        while pending:
            field = pending.pop()
            yield field
            if field.children:
                pending.extend(child for child in reversed(field.children) if isinstance(child, Field))

    def rows(self, spec: Spec) -> list[Field]:
        """The rows of a repeat directly below this field."""
        return [child for child in self.named(spec.name) if isinstance(child, Field) and child.spec is spec]

    def ref(self) -> str:
        """The path with the number of the row at each repeat: `/data/class[2]/name`."""
        above = self.above
        shown = f"{self.prefix}:{self.name}" if self.prefix else self.name
        base = "" if above is None else above.ref()
        if not self.spec.repeat or above is None:
            return f"{base}/{shown}"
        place = next((i for i, row in enumerate(above.rows(self.spec), 1) if row is self), 0)
        return f"{base}/{shown}[{place}]"
