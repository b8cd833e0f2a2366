"""What an XForm says, parsed: nodes of the primary instance, their binds and controls, wordings, choice lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from jiandu_desktop.form_engine.xpath.nodes import Node
from jiandu_desktop.form_engine.xpath.scope import Compiled
from jiandu_desktop.form_engine.xpath.syntax import Expr

XFORMS: Final = "http://www.w3.org/2002/xforms"
XHTML: Final = "http://www.w3.org/1999/xhtml"
JAVAROSA: Final = "http://openrosa.org/javarosa"
OPENROSA: Final = "http://openrosa.org/xforms"
ODK: Final = "http://www.opendatakit.org/xforms"
JIANDU: Final = "urn:jiandu:forms:1"


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression of the form: its text, its tree (for the graph) and its compiled run.

    In the tree a variable `$p0`, `$p1` … stands for each of `single`, nodes that exist only once. `simple`: it names
    no others, besides (with `own`) the node at hand.
    """

    text: str
    tree: Expr
    compiled: Compiled
    single: tuple[Spec, ...]
    simple: bool
    own: bool


Parts = tuple[str | Expression, ...]
Media = Mapping[str, Mapping[str, str]]  # kind (image big-image audio video) → language → file name


@dataclass(frozen=True, slots=True)
class Wording:
    """A label, hint or message: fixed parts and outputs, per language where the form has translations."""

    parts: Mapping[str, Parts]  # language → parts; "" where there are no translations
    dynamic: bool  # some part is computed


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """A choice written into the control itself."""

    value: str
    label: Wording | None
    media: Media


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Choices that come from nodes: which nodes, and where value and label stand in each."""

    nodes: Expression
    value: Expression
    label: Expression | None
    value_name: str  # the column of the values where `value` is no more than that; else ""
    label_name: str
    text_id: Expression | None  # the argument of `jr:itext(…)` where that is the label
    fixed: bool  # depends on nothing: the same choices for ever


@dataclass(frozen=True, slots=True)
class Control:
    """What the body shows for a node."""

    kind: str  # input select1 select rank range trigger upload group repeat
    appearance: str
    label: Wording | None
    hint: Wording | None
    guidance: Wording | None
    items: tuple[ChoiceItem, ...]
    item_set: ItemSet | None
    parameters: Mapping[str, str]  # start end step mediatype …
    media: Media


@dataclass(frozen=True, slots=True)
class Bind:
    """What the model says of a node. Expressions that are constant are None and their value is in `constants`."""

    type: str
    relevant: Expression | None
    required: Expression | None
    readonly: Expression | None
    calculate: Expression | None
    constraint: Expression | None
    constraint_message: Wording | None
    required_message: Wording | None
    preload: str
    preload_parameters: str
    extras: Mapping[str, str]  # the inspection columns, by local name
    parameters: Mapping[str, str]  # max-pixels quality … as ODK keeps them on the bind
    constants: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Action:
    """`setvalue`: at one of `events` the target gets the value; with `here` (`odk:setgeopoint`) where the device is."""

    events: frozenset[str]
    target: str  # ref of the node, or a path with predicates or to an attribute:
    target_expression: Expression | None
    value: Expression | None
    text: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a repeat as the form brings it: texts by ref, and the rows of repeats within it."""

    texts: Mapping[str, str]
    rows: Mapping[str, list[Row]]


@dataclass(slots=True, eq=False)
class Spec:
    """One node of the primary instance as defined; filled by the parser and not changed afterwards."""

    name: str
    namespace: str
    prefix: str
    ref: str
    parent: Spec | None
    index: int  # document order
    text: str = ""
    attributes: tuple[tuple[str, str, str, str], ...] = ()  # (name, namespace, prefix, value)
    children: list[Spec] = field(default_factory=list)
    bind: Bind | None = None
    control: Control | None = None
    repeat: bool = False
    first_rows: list[Row] = field(default_factory=list)  # rows of a repeat that the form itself brings
    count: Expression | None = None
    fixed_rows: bool = False  # no adding or removing by the user
    actions: list[Action] = field(default_factory=list)
    path: str = ""  # names without prefixes
    single: bool = False  # exists exactly once in every filled form

    def above(self) -> Iterator[Spec]:
        """Ancestors, nearest first."""
        spec = self.parent
        while spec is not None:
            yield spec
            spec = spec.parent

    def below(self) -> Iterator[Spec]:
        """Self and all descendants in document order."""
        yield self
        for child in self.children:
            yield from child.below()

    def repeats(self) -> list[Spec]:
        """Repeats around this node, itself included, outermost first."""
        return [spec for spec in [self, *self.above()] if spec.repeat][::-1]

    @property
    def shown(self) -> str:
        """The last part of its ref."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def leaf(self) -> bool:
        """Whether it holds a value; a group without questions holds none."""
        return not self.children and (self.control is None or self.control.kind not in ("group", "repeat"))


@dataclass(frozen=True, slots=True)
class Model:
    """A whole XForm. `specs` is in document order; `by_ref` finds them."""

    title: str
    form_id: str
    version: str
    root: Spec
    specs: tuple[Spec, ...]
    by_ref: Mapping[str, Spec]
    languages: tuple[str, ...]
    default_language: str
    instances: Mapping[str, Node]
    texts: Mapping[str, Mapping[str, Parts]]  # itext: id → language → parts
    media: Mapping[str, Media]  # itext: id → files
    last_saved: frozenset[str]  # names of the instances that hold the last finished filling
    load_actions: tuple[Action, ...]
    namespaces: Mapping[str, str]
    expressions: Mapping[str, Expression] = field(default_factory=dict)
    single: Mapping[str, Spec] = field(default_factory=dict)  # those that expressions name by an absolute path
