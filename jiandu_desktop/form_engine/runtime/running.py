"""Runs a form: an answer goes in, everything that depends on it is recomputed once and in order, changes come out."""

from __future__ import annotations

import heapq
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jiandu_desktop.form_engine.runtime.fields import Field, Option
from jiandu_desktop.form_engine.xform.graph import (
    CALCULATE,
    CHOICES,
    CONSTRAINT,
    COUNT,
    READONLY,
    RELEVANT,
    REQUIRED,
    Edge,
    Graph,
    Rule,
)
from jiandu_desktop.form_engine.xform.model import Action, ChoiceItem, Control, ItemSet, Model, Spec, Wording
from jiandu_desktop.form_engine.xpath.compile import Scope
from jiandu_desktop.form_engine.xpath.nodes import DOCUMENT, Node
from jiandu_desktop.form_engine.xpath.values import to_number

_MOST_ROWS: Final = 5_000  # of one repeat; a form that asks for more is a slip of the pen
_MOST_ROUNDS: Final = 1_000_000  # rules computed for one answer; only actions that chase each other reach it


class Refused(ValueError):
    """An answer, row or reference that the form does not allow."""


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A form ready to be filled in any number of times."""

    model: Model
    graph: Graph


class Running:
    """The fields of one filled form and the propagation between them."""

    def __init__(self, form: CompiledForm, *, now: Callable[[], datetime], language: str | None = None) -> None:
        self.form = form
        self.model = form.model
        self.language = form.model.default_language if language is None else language
        self.changed: set[Field] = set()
        self._due: dict[int, dict[int, Field]] = {}
        self._heap: list[int] = []
        self._single: dict[int, Field] = {}
        self._fixed_options: dict[int, tuple[Option, ...]] = {}
        self._document = Node(DOCUMENT)
        self.scope = Scope(self._document, now, now().tzinfo, form.model.instances, self)
        self.root = self._build(form.model.root)
        self._document.append(self.root)

    # -- reading

    def find(self, ref: str) -> Field:
        """The field at `ref`; raises Refused where there is none."""
        spec = self.model.by_ref.get(ref)
        if spec is not None and spec.index in self._single:
            return self._single[spec.index]
        at: Field | None = None
        for part in ref.strip("/").split("/"):
            name, _, place = part.partition("[")
            local = name.rpartition(":")[2]
            rows = [self.root] if at is None else [f for f in at.named(local) if isinstance(f, Field)]
            number = int(place.rstrip("]")) if place.rstrip("]").isdigit() else 1
            if not 0 < number <= len(rows) or rows[number - 1].name != local:
                raise Refused(f"no field {ref!r}")
            at = rows[number - 1]
        if at is None:
            raise Refused(f"no field {ref!r}")
        return at

    def at(self, ref: str) -> list[Field]:
        """All fields that the form defines at `ref` (no row numbers), row by row."""
        spec = self.model.by_ref.get(ref)
        return [] if spec is None else self._located(spec, None, self.root)

    def wording(self, wording: Wording | None, field: Field) -> str:
        """The text in the language in force; where that is missing, in any."""
        if wording is None:
            return ""
        parts = wording.parts.get(self.language)
        if parts is None:
            parts = wording.parts.get("") or next(iter(wording.parts.values()), ())
        shown = [part if isinstance(part, str) else part.compiled.string(field, self.scope) for part in parts]
        return "".join(shown).strip()

    def option_label(self, option: Option, control: Control, field: Field) -> str:
        if isinstance(option.source, ChoiceItem):
            return self.wording(option.source.label, field)
        items = control.item_set
        if items is None or items.label is None:
            return option.value
        return items.label.compiled.string(option.source, self.scope).strip()

    def itext(self, name: str, node: Node) -> str:
        """For `jr:itext(…)`."""
        found = self.model.texts.get(name)
        if found is None:
            return ""
        parts = found.get(self.language) or next(iter(found.values()), ())
        shown = [part if isinstance(part, str) else part.compiled.string(node, self.scope) for part in parts]
        return "".join(shown)

    def choice_name(self, value: str, question: str, node: Node) -> str:
        """For `jr:choice-name(…)`: the label of that value among the choices of the question at path `question`."""
        spec = self.model.by_ref.get(question.strip())
        fields = [] if spec is None else self._located(spec, None, self.root)
        if not fields:
            return ""
        field = fields[0]
        if field.spec.control is None:
            return ""
        option = next((option for option in field.options if option.value == value), None)
        return "" if option is None else self.option_label(option, field.spec.control, field)

    # -- changing

    def start(self, load_events: Iterable[str]) -> None:
        """Compute everything for the first time and run the actions of these events."""
        self._schedule_all(self.root)
        for field in self.root.all_below():
            if field.stored and field.options:
                self._take_effect(field)
        self.settle()
        events = frozenset(load_events)
        for action in self.model.load_actions:
            if action.events & events:
                for field in self._located(self.model.by_ref[action.target], None, self.root):
                    self._act(action, field)
        self.settle()
        self.changed.clear()

    def preload(self, *, fresh: bool, edit: bool = False, properties: Mapping[str, str] | None = None) -> None:
        """Fill in `start`, `today`, `username` … and the form's own identifier, before the first computation.

        A submission that is edited gets a new identifier and names the old one (`deprecatedID`).
        """
        for field in self.root.all_below():
            bind = field.spec.bind
            if not field.spec.leaf or bind is None:
                continue
            text = self._preloaded(bind.preload, bind.preload_parameters, properties or {})
            if field.name == "instanceID":
                text = f"uuid:{uuid.uuid4()}"
                if edit and field.stored:
                    self._deprecate(field)
                    field.stored = field.text = text
            if text and (fresh or not field.stored):
                field.stored = field.text = text

    def put(self, field: Field, text: str) -> None:
        """Give a leaf its answer and recompute what depends on it."""
        self._store(field, text)
        self.settle()

    def answer(self, field: Field, text: str) -> None:
        """As `put`, for what a user gives; raises Refused for a read-only field or a value that is no choice."""
        if field.readonly:
            raise Refused(f"{field.ref()} is read-only")
        control = field.spec.control
        if text and control is not None and control.kind in ("select1", "select", "rank"):
            offered = {option.value for option in field.options}
            unknown = [word for word in ([text] if control.kind == "select1" else text.split()) if word not in offered]
            if unknown:
                raise Refused(f"{unknown[0]!r} is no choice of {field.ref()}")
        self.put(field, text)

    def add_row(self, around: Field, spec: Spec) -> Field:
        """Append a row to the repeat `spec` directly below `around`."""
        rows = around.rows(spec)
        if len(rows) >= _MOST_ROWS:
            raise Refused(f"{spec.ref} has {_MOST_ROWS} rows already")
        row = self._build(spec)
        around.insert(self._place_for(around, spec, rows), row)
        self._new_row(row)
        self._rows_changed(around, spec)
        return row

    def set_rows(self, around: Field, spec: Spec, wanted: int) -> None:
        """Bring a repeat to a number of rows before the first computation (`start` computes them)."""
        for row in around.rows(spec)[wanted:]:
            around.remove(row)
        for _ in range(len(around.rows(spec)), min(wanted, _MOST_ROWS)):
            present = around.rows(spec)
            around.insert(self._place_for(around, spec, present), self._build(spec))

    def remove_row(self, row: Field) -> None:
        around = row.above
        if around is None or not row.spec.repeat:
            raise Refused("only the row of a repeat can be removed")
        later = around.rows(row.spec)
        around.remove(row)
        self.changed.update(field for sibling in later for field in sibling.all_below() if sibling is not row)
        self._drop_due(row)
        self._rows_changed(around, row.spec)

    def set_language(self, language: str) -> None:
        self.language = language
        for field in self.root.all_below():
            self._say(field)
        for rule in self.form.graph.rules:
            if any("jr:" in expression.text for expression in rule.expressions):
                for field in self._located(rule.spec, None, self.root):
                    self._push(rule, field)
        self.settle()

    def settle(self) -> None:
        """Compute what is due, lowest rule first."""
        rules = self.form.graph.rules
        rounds = 0
        while self._heap:
            order = heapq.heappop(self._heap)
            fields = self._due.pop(order)
            rule = rules[order]
            for field in fields.values():
                rounds += 1
                if rounds > _MOST_ROUNDS:
                    raise Refused("the form's actions never come to rest")
                self._compute(rule, field)

    # -- building

    def _build(self, spec: Spec, texts: Mapping[str, str] | None = None) -> Field:
        field = Field(spec)
        if texts is not None and spec.leaf:
            field.stored = field.text = texts.get(spec.ref, spec.text)
        control = spec.control
        if control is not None:
            field.options = self._options(control, field)
        if not spec.repeats():
            self._single[spec.index] = field
        for child in spec.children:
            if not child.repeat:
                field.append(self._build(child, texts))
                continue
            for number in range(child.start_rows):
                own = child.row_texts[number] if number < len(child.row_texts) else None
                field.append(self._build(child, own))
        return field

    def _options(self, control: Control, field: Field) -> tuple[Option, ...]:
        if control.items:
            return tuple(Option(item.value, item) for item in control.items)
        items = control.item_set
        if items is None or not items.fixed:
            return ()
        known = self._fixed_options.get(field.spec.index)
        if known is None:
            known = self._fixed_options[field.spec.index] = self._select(items, field)
        return known

    def _select(self, items: ItemSet, field: Field) -> tuple[Option, ...]:
        nodes = items.nodes.compiled.value(field, self.scope)
        if not isinstance(nodes, list):
            return ()
        return tuple(Option(items.value.compiled.string(node, self.scope), node) for node in nodes)

    def _place_for(self, around: Field, spec: Spec, rows: list[Field]) -> int:
        """After the last row; for the first row, after everything that the form defines before the repeat."""
        if rows:
            return next(i for i, child in enumerate(around.children) if child is rows[-1]) + 1
        before = [i for i, child in enumerate(around.fields()) if child.spec.index < spec.index]
        return before[-1] + 1 if before else 0

    def _new_row(self, row: Field) -> None:
        above = row.above
        for field in row.all_below():
            self._inherit(field, above if field is row else field.above)
            self.changed.add(field)
        self._schedule_all(row)
        for action in row.spec.actions:
            if "odk-new-repeat" in action.events:
                for field in self._located(self.model.by_ref[action.target], row.spec, row):
                    self.settle()
                    self._act(action, field)

    def _inherit(self, field: Field, above: Field | None) -> None:
        if above is not None:
            field.relevant = field.own_relevant and above.relevant
            field.readonly = field.own_readonly or above.readonly

    def _preloaded(self, kind: str, parameter: str, properties: Mapping[str, str]) -> str:
        now = self.scope.now()
        if kind == "timestamp":
            return now.isoformat(timespec="milliseconds") if parameter == "start" else ""
        if kind == "date":
            return now.date().isoformat()
        if kind == "property":
            return properties.get(parameter, "")
        return f"uuid:{uuid.uuid4()}" if kind == "uid" else ""

    def _deprecate(self, identifier: Field) -> None:
        meta = identifier.above
        old = None if meta is None else next((f for f in meta.fields() if f.name == "deprecatedID"), None)
        if old is not None:
            old.stored = old.text = identifier.stored

    # -- propagation

    def _schedule_all(self, top: Field) -> None:
        by_spec = self.form.graph.by_spec
        for field in top.all_below():
            self._inherit(field, field.above)
            self._say(field)
            for rule in by_spec.get(field.spec.index, ()):
                self._push(rule, field)

    def _push(self, rule: Rule, field: Field) -> None:
        due = self._due.get(rule.order)
        if due is None:
            due = self._due[rule.order] = {}
            heapq.heappush(self._heap, rule.order)
        due[id(field)] = field

    def _drop_due(self, row: Field) -> None:
        gone = {id(field) for field in row.all_below()}
        for due in self._due.values():
            for key in gone & due.keys():
                del due[key]

    def _push_edges(self, edges: Iterable[Edge], source: Field) -> None:
        for edge in edges:
            for field in self._located(edge.rule.spec, edge.anchor, source):
                self._push(edge.rule, field)

    def _located(self, spec: Spec, anchor: Spec | None, source: Field) -> list[Field]:
        """The fields of `spec` that share the field of `anchor` with `source`."""
        single = self._single.get(spec.index)
        if single is not None:
            return [single]
        start = source
        while start.spec is not anchor and start.above is not None:
            start = start.above
        path: list[Spec] = []
        at: Spec | None = spec
        while at is not None and at is not start.spec:
            path.append(at)
            at = at.parent
        found = [start]
        for step in reversed(path):
            found = [child for field in found for child in field.rows(step)]
        return found

    def _compute(self, rule: Rule, field: Field) -> None:
        aspect = rule.aspect
        expression = rule.expressions[0].compiled
        if aspect == RELEVANT:
            field.own_relevant = expression.boolean(field, self.scope)
            self._spread_relevance(field)
        elif aspect == CALCULATE:
            self._store(field, expression.string(field, self.scope))
        elif aspect == CONSTRAINT:
            holds = expression.boolean(field, self.scope)
            if holds != field.holds:
                field.holds = holds
                self.changed.add(field)
        elif aspect == REQUIRED:
            required = expression.boolean(field, self.scope)
            if required != field.required:
                field.required = required
                self.changed.add(field)
        elif aspect == READONLY:
            field.own_readonly = expression.boolean(field, self.scope)
            self._spread_readonly(field)
        elif aspect == CHOICES:
            self._choose(field)
        elif aspect == COUNT:
            self._count(rule, field)
        else:
            self._say(field)

    def _spread_relevance(self, field: Field) -> None:
        above = field.above
        relevant = field.own_relevant and (above is None or above.relevant)
        if relevant == field.relevant:
            return
        field.relevant = relevant
        self.changed.add(field)
        self._push_edges(self.form.graph.on_value.get(field.spec.index, ()), field)
        for child in field.fields():
            self._spread_relevance(child)

    def _spread_readonly(self, field: Field) -> None:
        above = field.above
        readonly = field.own_readonly or (above is not None and above.readonly)
        if readonly == field.readonly:
            return
        field.readonly = readonly
        self.changed.add(field)
        for child in field.fields():
            self._spread_readonly(child)

    def _store(self, field: Field, text: str) -> None:
        field.stored = text
        self._take_effect(field)

    def _take_effect(self, field: Field) -> None:
        """The stored answer without choices that are not on offer; tells the dependants where that changed."""
        text = field.stored
        control = field.spec.control
        if text and control is not None and (control.item_set is not None or control.items):
            offered = {option.value for option in field.options}
            if control.kind == "select1":
                text = text if text in offered else ""
            else:
                text = " ".join(word for word in text.split() if word in offered)
        if text == field.text:
            return
        field.text = text
        self.changed.add(field)
        if field.relevant:
            self._push_edges(self.form.graph.on_value.get(field.spec.index, ()), field)
        else:
            # Unseen by others, but its own constraint looks at it once it is relevant again.
            self._push_edges(
                (e for e in self.form.graph.on_value.get(field.spec.index, ()) if e.rule.spec is field.spec), field
            )
        for action in field.spec.actions:
            if "xforms-value-changed" in action.events:
                for target in self._located(self.model.by_ref[action.target], self._row_around(field, action), field):
                    self._act(action, target)

    def _row_around(self, field: Field, action: Action) -> Spec | None:
        """The innermost repeat that trigger and target share."""
        target = self.model.by_ref[action.target].repeats()
        shared = [spec for spec in field.spec.repeats() if spec in target]
        return shared[-1] if shared else None

    def _act(self, action: Action, field: Field) -> None:
        text = action.text if action.value is None else action.value.compiled.string(field, self.scope)
        self._store(field, text)

    def _choose(self, field: Field) -> None:
        control = field.spec.control
        if control is None or control.item_set is None:
            return
        options = self._select(control.item_set, field)
        if options != field.options:
            field.options = options
            self.changed.add(field)
        self._take_effect(field)

    def _count(self, rule: Rule, around: Field) -> None:
        """Bring the rows of the repeat below `around` to the number asked for."""
        spec = rule.target
        # The count is written as seen from a row, and there may be none yet.
        stand_in = Field(spec)
        stand_in.parent = around
        value = to_number(rule.expressions[0].compiled.value(stand_in, self.scope), self.scope.zone)
        wanted = int(min(value, _MOST_ROWS)) if value > 0 else 0
        rows = around.rows(spec)
        if wanted == len(rows):
            return
        for row in rows[wanted:]:
            around.remove(row)
            self._drop_due(row)
        while len(around.rows(spec)) < wanted:
            present = around.rows(spec)
            row = self._build(spec)
            around.insert(self._place_for(around, spec, present), row)
            self._new_row(row)
        self._tell_rows(around, spec)

    def _say(self, field: Field) -> None:
        control = field.spec.control
        if control is None:
            return
        said = (
            self.wording(control.label, field),
            self.wording(control.hint, field),
            self.wording(control.guidance, field),
        )
        if said != (field.label, field.hint, field.guidance):
            field.label, field.hint, field.guidance = said
            self.changed.add(field)

    def _rows_changed(self, around: Field, spec: Spec) -> None:
        self._tell_rows(around, spec)
        self.settle()

    def _tell_rows(self, around: Field, spec: Spec) -> None:
        self.changed = {field for field in self.changed if field.root() is self._document}
        self.changed.add(around)
        self._push_edges(self.form.graph.on_rows.get(spec.index, ()), around)
