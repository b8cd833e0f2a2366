"""Runs a form: an answer goes in, everything that depends on it is recomputed once and in order, changes come out."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from jiandu_desktop.form_engine import typed
from jiandu_desktop.form_engine.runtime.choosing import found_choices, not_offered, still_offered, written_choices
from jiandu_desktop.form_engine.runtime.fields import Field, Options
from jiandu_desktop.form_engine.runtime.tree import MOST_ROWS, Refused, Tree
from jiandu_desktop.form_engine.runtime.wordings import Wordings
from jiandu_desktop.form_engine.xform.attachments import Instances
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
from jiandu_desktop.form_engine.xform.model import Action, Control, Model, Spec
from jiandu_desktop.form_engine.xpath.nodes import ELEMENT, Node
from jiandu_desktop.form_engine.xpath.scope import Scope
from jiandu_desktop.form_engine.xpath.values import to_number

_MOST_TURNS: Final = 50  # of one rule for one field within one answer: questions that hide each other may swing


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A form ready to be filled in any number of times."""

    model: Model
    graph: Graph


class Running:
    """One filled form.

    `changed` gathers the fields whose state changed since it was last emptied, `vanished` the refs of removed rows.
    """

    def __init__(
        self,
        form: CompiledForm,
        *,
        now: Callable[[], datetime],
        language: str | None = None,
        locate: Callable[[], str] | None = None,
        last_saved: Node | None = None,
    ) -> None:
        """`locate`: where the device is, as `latitude longitude altitude accuracy`, "" where nobody knows.

        `last_saved`: the root of the last finished filling.
        """
        self._locate = locate
        self.form = form
        self.model = form.model
        self.changed: set[Field] = set()
        self.vanished: set[str] = set()
        self.tree = Tree(form.model)
        self.words = Wordings(self.tree, form.model.default_language if language is None else language)
        instances = form.model.instances
        if last_saved is not None:
            wrapper = Node(ELEMENT, "instance")
            wrapper.append(last_saved)
            instances = Instances(dict.fromkeys(form.model.last_saved, wrapper), instances)
        self.scope = Scope(self.tree.document, now, now().tzinfo, instances, self.words)
        self.scope.single = self.tree.single
        self.words.scope = self.scope
        self._due: dict[int, dict[int, Field]] = {}
        self._heap: list[int] = []
        self._fixed_options: dict[tuple[str, str], Options] = {}

    @property
    def root(self) -> Field:
        return self.tree.root

    # -- changing

    def start(self, events: Iterable[str]) -> None:
        """Compute everything for the first time and run the actions of these events."""
        for field in self.root.all_below():
            self._prepare(field)
        self._schedule_all(self.root)
        self.settle()
        wanted = frozenset(events)
        for action in self.model.load_actions:
            if action.events & wanted:
                self._act(action, self.root)
        for field in list(self.root.all_below()):
            for action in field.spec.actions:
                if action.events & wanted:
                    self._act(action, field)
        self.changed.clear()

    def answer(self, field: Field, text: str) -> None:
        """Give a leaf its answer and recompute what depends on it.

        A text that is no answer of the field's type is kept as its draft and counts as blank. Raises Refused for a
        read-only field, and for a value that is no choice.
        """
        if field.readonly:
            raise Refused(f"{field.ref()} is read-only")
        unknown = not_offered(field, text)
        if unknown:
            raise Refused(f"{unknown!r} is no choice of {field.ref()}")
        self.put(field, text)

    def put(self, field: Field, text: str) -> None:
        """As `answer`, for what the program itself writes."""
        draft = field.draft
        self._store(field, text)
        if field.draft != draft:
            self.changed.add(field)
        self.settle()

    def add_row(self, around: Field, spec: Spec) -> Field:
        """Append a row to the repeat `spec` directly below `around`."""
        row = self.tree.insert_row(around, spec)
        self._new_row(row)
        self._tell_rows(around, spec)
        self.settle()
        return row

    def remove_row(self, row: Field) -> None:
        around = row.above
        if around is None or not row.spec.repeat:
            raise Refused("only the row of a repeat can be removed")
        siblings = around.rows(row.spec)
        self._take_out(around, row)
        self.changed.update(field for sibling in siblings if sibling is not row for field in sibling.all_below())
        self._tell_rows(around, row.spec)
        self.settle()

    def set_language(self, language: str) -> None:
        self.words.language = language
        for field in self.root.all_below():
            self._say(field)
        for rule in self.form.graph.rules:
            # What a calculation took down in the former language stays, as an answer does (JavaRosa).
            if rule.aspect != CALCULATE and any("jr:" in expression.text for expression in rule.expressions):
                for field in self.tree.located(rule.spec, None, self.root):
                    self._push(rule, field)
        self.settle()

    def settle(self) -> None:
        """Compute what is due, lowest rule first."""
        rules = self.form.graph.rules
        turns: dict[tuple[int, int], int] = {}
        while self._heap:
            order = heapq.heappop(self._heap)
            rule = rules[order]
            for key, field in self._due.pop(order).items():
                turn = turns[(order, key)] = turns.get((order, key), 0) + 1
                if turn <= _MOST_TURNS:
                    self._compute(rule, field)

    # -- choices and wordings

    def _prepare(self, field: Field) -> None:
        """What needs no rule: fixed choices, inherited states, wordings, the form the type asks for."""
        above = field.above
        if above is not None:
            field.relevant = field.own_relevant and above.relevant
            field.readonly = field.own_readonly or above.readonly
        control = field.spec.control
        if control is not None:
            field.options = self._options(control, field)
        if field.spec.leaf and field.stored:
            self._store(field, field.stored)

    def _options(self, control: Control, field: Field) -> Options:
        items = control.item_set
        if items is None:
            return written_choices(control) if control.items else field.options
        if not items.fixed:
            return field.options
        key = (items.nodes.text, items.value.text) if not control.items else (field.spec.ref, "")
        known = self._fixed_options.get(key)
        if known is None:
            known = self._fixed_options[key] = found_choices(control, field, self.scope)
        return known

    def _choose(self, field: Field) -> None:
        control = field.spec.control
        if control is None or control.item_set is None:
            return
        options = found_choices(control, field, self.scope)
        if options != field.options:
            field.options = options
            self.changed.add(field)
        self._take_effect(field)

    def _say(self, field: Field) -> None:
        control = field.spec.control
        if control is None:
            return
        said = (
            self.words.wording(control.label, field),
            self.words.wording(control.hint, field),
            self.words.wording(control.guidance, field),
        )
        if said != (field.label, field.hint, field.guidance):
            field.label, field.hint, field.guidance = said
            self.changed.add(field)

    # -- what is due

    def _schedule_all(self, top: Field) -> None:
        by_spec = self.form.graph.by_spec
        for field in top.all_below():
            self._say(field)
            for rule in by_spec.get(field.spec.index, ()):
                self._push(rule, field)

    def _push(self, rule: Rule, field: Field) -> None:
        due = self._due.get(rule.order)
        if due is None:
            due = self._due[rule.order] = {}
            heapq.heappush(self._heap, rule.order)
        due[id(field)] = field

    def _push_edges(self, edges: Iterable[Edge], source: Field) -> None:
        for edge in edges:
            for field in self.tree.located(edge.rule.spec, edge.anchor, source):
                self._push(edge.rule, field)

    def _read_by(self, field: Field) -> list[Edge]:
        return self.form.graph.on_value.get(field.spec.index, [])

    def _compute(self, rule: Rule, field: Field) -> None:
        aspect = rule.aspect
        expression = rule.expressions[0].compiled
        if aspect == RELEVANT:
            field.own_relevant = expression.boolean(field, self.scope)
            self._spread_relevance(field)
        elif aspect == CALCULATE:
            self._store(field, _blank_for_nan(expression.string(field, self.scope)))
        elif aspect == CONSTRAINT:
            holds = not field.text or expression.boolean(field, self.scope)  # it looks at filled answers only
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
        self._push_edges(self._read_by(field), field)
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

    # -- values

    def _store(self, field: Field, text: str) -> None:
        bind, control = field.spec.bind, field.spec.control
        kept = typed.canonical(bind.type if bind is not None else "string", control.kind if control else "", text)
        if control is not None and control.kind == "range" and not typed.within(kept, control.parameters):
            kept = ""
        field.stored = kept
        field.draft = text if text and not kept else ""
        self._take_effect(field)

    def _take_effect(self, field: Field) -> None:
        """The stored answer without choices that are not on offer; tells the dependants where that changed."""
        text = still_offered(field)
        if text == field.text:
            return
        field.text = text
        self.changed.add(field)
        # While nobody can read the field, only its own rules look at it.
        edges = self._read_by(field)
        constraint = self.form.graph.constraints.get(field.spec.index)
        if constraint is not None:
            self._push(constraint, field)
        self._push_edges(edges if field.relevant else [e for e in edges if e.rule.spec is field.spec], field)
        for action in field.spec.actions:
            if "xforms-value-changed" in action.events:
                self._act(action, field)

    def _act(self, action: Action, source: Field) -> None:
        """Run a `setvalue`; raises Refused where its target is several fields at once."""
        self.settle()
        here = self._locate() if action.here and self._locate is not None else ""
        if action.here and not here:
            return  # nobody knows where: what stands there stays, and may be typed
        targets = self._targets(action, source)
        if len(targets) > 1:
            raise Refused(f"{action.target} names {len(targets)} fields")
        for target in targets:
            if isinstance(target, Field) and not target.relevant and "xforms-value-changed" not in action.events:
                continue
            text = here or action.text
            if action.value is not None:
                text = _blank_for_nan(action.value.compiled.string(target, self.scope))
            if isinstance(target, Field):
                self._store(target, text)
            else:
                target.text = text
        self.settle()

    def _targets(self, action: Action, source: Field) -> list[Node]:
        spec = self.model.by_ref.get(action.target)
        if spec is None:
            found = (
                action.target_expression.compiled.value_or_blank(source, self.scope) if action.target_expression else []
            )
            return found if isinstance(found, list) else []
        around = source.spec.repeats()
        shared = [repeat for repeat in spec.repeats() if repeat in around]
        return list(self.tree.located(spec, shared[-1] if shared else None, source))

    # -- rows

    def _count(self, rule: Rule, around: Field) -> None:
        """Bring the rows of the repeat below `around` to the number asked for."""
        spec = rule.target
        # The count is written as seen from a row, and there may be none yet.
        stand_in = Field(spec)
        stand_in.parent = around
        value = to_number(rule.expressions[0].compiled.value_or_blank(stand_in, self.scope), self.scope.zone)
        wanted = int(min(value, MOST_ROWS)) if value > 0 else 0
        rows = around.rows(spec)
        if wanted == len(rows):
            return
        for row in rows[wanted:]:
            self._take_out(around, row)
        for _ in range(len(rows), wanted):
            self._new_row(self.tree.insert_row(around, spec))
        self._tell_rows(around, spec)

    def _new_row(self, row: Field) -> None:
        for field in row.all_below():
            self._prepare(field)
            self.changed.add(field)
        self._schedule_all(row)
        for field in list(row.all_below()):
            for action in field.spec.actions:
                if "odk-new-repeat" in action.events:
                    self._act(action, field)

    def _take_out(self, around: Field, row: Field) -> None:
        last = around.rows(row.spec)[-1]  # the rows after the removed one move up: the last refs are what goes
        self.vanished.update(field.ref() for field in last.all_below())
        around.remove(row)
        gone = {id(field) for field in row.all_below()}
        for due in self._due.values():
            for key in gone & due.keys():
                del due[key]

    def _tell_rows(self, around: Field, spec: Spec) -> None:
        self.changed = {field for field in self.changed if field.root() is self.tree.document}
        self.changed.add(around)
        self._push_edges(self.form.graph.on_rows.get(spec.index, ()), around)


def _blank_for_nan(text: str) -> str:
    """A calculation without a result leaves its field blank."""
    return "" if text == "NaN" else text
