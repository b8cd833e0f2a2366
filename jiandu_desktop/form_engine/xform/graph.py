"""The one dependency graph: every computed thing is a rule, rules stand in the order in which they are computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from jiandu_desktop.form_engine.xform.model import Expression, Model, Spec, Wording
from jiandu_desktop.form_engine.xform.reads import reads_of

RELEVANT: Final = "relevant"
READONLY: Final = "readonly"
REQUIRED: Final = "required"
CALCULATE: Final = "calculate"
COUNT: Final = "repeat_count"
CHOICES: Final = "choices"
CONSTRAINT: Final = "constraint"
WORDING: Final = "wording"


@dataclass(slots=True, eq=False)
class Rule:
    """One computed aspect of one node. `order` is its place in the computation.

    `target` is the node it is about; it is computed once per field of `spec`, which is the same node except for the
    number of a repeat's rows: that is computed once per field around the repeat.
    """

    spec: Spec
    target: Spec
    aspect: str
    expressions: tuple[Expression, ...]
    order: int = -1


@dataclass(frozen=True, slots=True)
class Edge:
    """When the source changes, `rule` is due for its nodes that share `anchor` (None: all) with the source."""

    rule: Rule
    anchor: Spec | None


@dataclass(slots=True)
class Graph:
    """`constraints`, `by_spec`: by index of their node; `on_value`, `on_rows`: of the node that changed."""

    rules: list[Rule] = field(default_factory=list)
    constraints: dict[int, Rule] = field(default_factory=dict)
    by_spec: dict[int, list[Rule]] = field(default_factory=dict)
    on_value: dict[int, list[Edge]] = field(default_factory=dict)
    on_rows: dict[int, list[Edge]] = field(default_factory=dict)
    cycles: list[tuple[Rule, ...]] = field(default_factory=list)


def build_graph(model: Model) -> Graph:
    """All rules in order; `cycles` lists each circle of rules (then there is no order, and the form must not run)."""
    graph = Graph()
    found = {(rule.target.index, rule.aspect): rule for spec in model.specs for rule in _rules(spec)}
    graph.rules = list(found.values())
    before: dict[int, set[int]] = {place: set() for place in range(len(graph.rules))}
    hard: dict[int, set[int]] = {place: set() for place in range(len(graph.rules))}
    places = {key: place for place, key in enumerate(found)}

    hidden_by: dict[int, tuple[int, ...]] = {-1: ()}  # by node: what decides whether it can be read at all
    for spec in model.specs:
        outer = hidden_by[spec.parent.index if spec.parent is not None else -1]
        own = places.get((spec.index, RELEVANT))
        hidden_by[spec.index] = outer if own is None else (own, *outer)

    def must_follow(place: int, index: int, aspects: tuple[str, ...]) -> None:
        for aspect in aspects:
            source = places.get((index, aspect))
            if source is not None:
                before[place].add(source)
                if aspect != COUNT:  # rows that call for further rows end by themselves
                    hard[place].add(source)

    for place, rule in enumerate(graph.rules):
        graph.by_spec.setdefault(rule.spec.index, []).append(rule)
        if rule.aspect == CONSTRAINT:
            graph.constraints[rule.spec.index] = rule
        if rule.aspect in (RELEVANT, READONLY):
            for above in rule.spec.above():
                must_follow(place, above.index, (rule.aspect,))
        for read in {read for expression in rule.expressions for read in reads_of(expression, rule.target, model)}:
            if read.rows:
                graph.on_rows.setdefault(read.spec.index, []).append(Edge(rule, read.anchor))
                must_follow(place, read.spec.index, (COUNT,))
                continue
            graph.on_value.setdefault(read.spec.index, []).append(Edge(rule, read.anchor))
            if rule.aspect == CONSTRAINT and read.spec is rule.target:
                continue
            must_follow(place, read.spec.index, (CALCULATE, CHOICES))
            before[place].update(hidden_by[read.spec.index])
            hard[place].update(hidden_by[read.spec.index])
    order = 0
    entangled = False
    for members in components(before):
        entangled = entangled or len(members) > 1 or members[0] in before[members[0]]
        for member in members:
            graph.rules[member].order = order
            order += 1
    for members in components(hard) if entangled else ():
        if len(members) > 1 or members[0] in hard[members[0]]:
            circle = _circle(graph, hard, members)
            if _never_rests(circle, model):
                graph.cycles.append(circle)
    graph.rules.sort(key=lambda rule: rule.order)
    return graph


def _never_rests(circle: tuple[Rule, ...], model: Model) -> bool:
    """Whether the circle is a fault.

    Questions that hide each other (fill in the one or the other) are not: JavaRosa accepts them, and answers come one
    at a time. A question that hides itself, or a group hidden by a question inside it, can never come back.
    """
    if any(rule.aspect != RELEVANT for rule in circle):
        return True
    for rule in circle:
        own = {spec.index for spec in rule.target.below()}
        for expression in rule.expressions:
            if any(read.spec.index in own for read in reads_of(expression, rule.target, model)):
                return True
    return False


def _rules(spec: Spec) -> list[Rule]:
    rules: list[Rule] = []

    bind, control = spec.bind, spec.control
    if bind is not None:
        found = ((RELEVANT, bind.relevant), (READONLY, bind.readonly), (REQUIRED, bind.required))
        rules += [Rule(spec, spec, aspect, (each,)) for aspect, each in found if each is not None]
        if bind.calculate is not None:
            rules.append(Rule(spec, spec, CALCULATE, (bind.calculate,)))
    if spec.count is not None:
        rules.append(Rule(spec.parent or spec, spec, COUNT, (spec.count,)))
    if control is not None:
        if control.item_set is not None and not control.item_set.fixed:
            rules.append(Rule(spec, spec, CHOICES, (control.item_set.nodes,)))
        said = (*_outputs(control.label), *_outputs(control.hint), *_outputs(control.guidance))
        if said:
            rules.append(Rule(spec, spec, WORDING, said))
    if bind is not None and bind.constraint is not None:
        rules.append(Rule(spec, spec, CONSTRAINT, (bind.constraint,)))
    return rules


def _outputs(wording: Wording | None) -> list[Expression]:
    if wording is None or not wording.dynamic:
        return []
    return [part for parts in wording.parts.values() for part in parts if isinstance(part, Expression)]


def components(before: Mapping[int, set[int]]) -> list[list[int]]:
    """Tarjan's strongly connected components, without recursion: they come out sources first."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for start in before:
        if start in index:
            continue
        work = [(start, iter(sorted(before[start])))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            place, rest = work[-1]
            for source in rest:
                if source not in index:
                    index[source] = low[source] = len(index)
                    stack.append(source)
                    on_stack.add(source)
                    work.append((source, iter(sorted(before[source]))))
                    break
                if source in on_stack:
                    low[place] = min(low[place], index[source])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[place])
                if low[place] == index[place]:
                    at = stack.index(place)
                    members = stack[at:]
                    del stack[at:]
                    on_stack.difference_update(members)
                    found.append(members)
    return found


def _circle(graph: Graph, before: Mapping[int, set[int]], members: list[int]) -> tuple[Rule, ...]:
    """One way round within the component, in the order in which each needs the next."""
    inside = set(members)
    path = [min(inside)]
    seen = {path[0]: 0}
    while True:
        following = min(before[path[-1]] & inside)
        if following in seen:
            return tuple(graph.rules[place] for place in path[seen[following] :])
        seen[following] = len(path)
        path.append(following)
