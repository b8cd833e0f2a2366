"""One visit's answers to one checklist: the contract between the engine and every screen, test and document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from jiandu_desktop.form_engine import outline, scoring, submission, typed
from jiandu_desktop.form_engine.build import UNASKED
from jiandu_desktop.form_engine.choices import Choices
from jiandu_desktop.form_engine.definition import Definition, Item
from jiandu_desktop.form_engine.runtime import metadata
from jiandu_desktop.form_engine.runtime.collection import no_collection
from jiandu_desktop.form_engine.runtime.fields import Field
from jiandu_desktop.form_engine.runtime.running import Running
from jiandu_desktop.form_engine.runtime.tree import Refused, Tree
from jiandu_desktop.form_engine.state import Choice, NodeState, Part, Progress, Proposal, Repeat, ScoreSheet, Violation

_ROW: Final = re.compile(r"\[\d+\]")
_BLANK: Final = re.compile(r"\{([^{}]+)\}")


class Instance:
    """The filled form.

    `now` is the clock (aware), `prefill` sets hidden items by name at the start, `values` restores what `values()`
    gave earlier. `last_saved`: the values of the newest finished filling of this form (`${last-saved#…}`). `locate`
    tells `odk:setgeopoint` where the device is; without it that leaves its item blank.

    A repeat's rows show in refs: `/data/class[2]/name`. Unknown refs, answers to read-only items and values that are no
    choice raise ValueError: a screen cannot bring them about.
    """

    def __init__(
        self,
        definition: Definition,
        *,
        now: Callable[[], datetime],
        username: str = "",
        deviceid: str = "",
        phonenumber: str = "",
        email: str = "",
        prefill: Mapping[str, str] | None = None,
        values: Mapping[str, str] | None = None,
        last_saved: Mapping[str, str] | None = None,
        locate: Callable[[], str] | None = None,
    ) -> None:
        self.definition = definition
        self._now = now
        former = {name: item.ref for item in definition.items.values() for name in item.inspection.was}
        earlier = None
        if last_saved and definition.asks_for_last_saved:
            earlier = Tree(definition.form.model)
            submission.restore(earlier, former, last_saved)
        with no_collection():
            self._running = Running(
                definition.form, now=now, locate=locate, last_saved=None if earlier is None else earlier.root
            )
        self._choices = Choices(self._running)
        self._items_by_spec = {spec.index: definition.items.get(spec.ref) for spec in definition.form.model.specs}
        if values is not None:
            submission.restore(self._running.tree, former, values)
        properties = {"username": username, "deviceid": deviceid, "phonenumber": phonenumber, "email": email}
        metadata.fill_in(self._running.tree, now(), properties, fresh=values is None)
        for field in self._running.root.all_below():
            item = self._items_by_spec[field.spec.index]
            if item is not None and item.kind == "hidden" and not field.stored and item.name in (prefill or {}):
                field.stored = field.text = (prefill or {})[item.name]
        events = ["odk-instance-load"] if values is not None else ["odk-instance-load", "odk-instance-first-load"]
        with no_collection():
            self._running.start(events)

    # -- answering

    def answer(self, ref: str, value: str | None) -> frozenset[str]:
        """Give or (None, "") take back an answer; returns the refs whose state changed, `ref` included.

        Refs of rows that are gone are among them: `node` raises ValueError for those.
        """
        field, item = self._at(ref)
        text = typed.written(item.kind, value or "")
        self._running.changed = {field}
        self._running.answer(field, text)
        return self._changes()

    def add_repeat(self, ref: str) -> frozenset[str]:
        """Append a row to the repeat `/data/class`; returns the refs that changed, the row's own included."""
        above, _, name = ref.rpartition("/")
        around = self._running.tree.find(above)
        spec = next((child for child in around.spec.children if child.repeat and child.shown == name), None)
        if spec is None or spec.fixed_rows:
            raise Refused(f"no row can be added to {ref}")
        self._running.changed = set()
        self._running.add_row(around, spec)
        return self._changes()

    def remove_repeat(self, ref: str) -> frozenset[str]:
        """Remove the row `/data/class[2]`; the rows after it move up. Returns as `answer` does."""
        field = self._running.tree.find(ref)
        if not field.spec.repeat or field.spec.fixed_rows:
            raise Refused(f"{ref} cannot be removed")
        self._running.changed = set()
        self._running.remove_row(field)
        return self._changes()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages to choose from, the form's own order; empty where it has no translations."""
        return self.definition.languages

    @property
    def language(self) -> str:
        """The one in force; "" where the form has no translations."""
        language = self._running.words.language
        return language if language in self.languages else ""

    def set_language(self, name: str) -> frozenset[str]:
        """Say everything in that language from now on; returns the refs that changed. Raises ValueError."""
        if name not in self.languages:
            raise Refused(f"{self.definition.form_id} has no language {name!r}")
        self._running.changed = set()
        self._running.set_language(name)
        return self._changes()

    # -- looking

    def node(self, ref: str) -> NodeState:
        """The state of one item; raises ValueError for a ref the form has not."""
        field, item = self._at(ref)
        return self._state(ref, field, item)

    def section_items(self, section_ref: str) -> tuple[str, ...]:
        """Refs to show for a section, in order: relevant and visible, repeats row by row."""
        section = self.definition.section(section_ref)
        refs = set(section.items)
        return tuple(
            field.ref()
            for top in self._tops(section_ref)
            for field in _leaves(top)
            if field.spec.ref in refs and field.relevant and self._shown(field)
        )

    def section_label(self, section_ref: str) -> str:
        """In the language in force; the definition has it in the form's own."""
        section = self.definition.section(section_ref)
        found = self._tops(section_ref)
        label = found[0].label.strip() if found else ""
        return label or section.label

    def outline(self, section_ref: str) -> tuple[Part, ...]:
        """The section as it is laid out: refs of items, groups and repeats, relevant and visible ones only."""
        section = self.definition.section(section_ref)
        spec, words = self.definition.form.model.by_ref[section_ref], self._running.words
        visible = {ref for ref in section.items if self.definition.items[ref].kind not in UNASKED}
        if spec is self.definition.form.model.root:  # the questions outside any group
            return tuple(
                field.ref() for field in self._running.root.fields() if field.relevant and field.spec.ref in visible
            )
        if spec.repeat:
            return tuple(
                found
                for around in self._fields(spec.parent.ref if spec.parent else "")
                if (found := outline.repeat_below(around, spec, words, frozenset(visible))) is not None
            )
        return tuple(
            part
            for field in self._fields(section_ref)
            if field.relevant
            for part in outline.parts_below(field, words, frozenset(visible))
        )

    def attachment(self, name: str) -> bytes | None:
        """The bytes of a file that came with the checklist (a label's picture …); None where it did not."""
        return self.definition.attachment(name)

    def repeats(self, section_ref: str) -> tuple[Repeat, ...]:
        """The relevant repeats of a section, to offer adding a row; nested ones once per row around them."""
        self.definition.section(section_ref)
        found = []
        for spec in self.definition.form.model.specs:
            if not spec.repeat or not (spec.ref == section_ref or spec.ref.startswith(f"{section_ref}/")):
                continue
            for around in self._fields(spec.parent.ref if spec.parent else ""):
                repeat = outline.repeat_below(around, spec, self._running.words, frozenset())
                if repeat is not None:
                    found.append(repeat)
        return tuple(found)

    def violations(self) -> tuple[tuple[str, Violation], ...]:
        """Everything that is wrong now, in the order of the form."""
        found = []
        for field in _leaves(self._running.root):
            item = self._items_by_spec[field.spec.index]
            if item is None or not field.relevant:
                continue
            violation = self._violation(field, item)
            if violation is not None:
                found.append((field.ref(), violation))
        return tuple(found)

    def score(self) -> ScoreSheet:
        """The marks as they stand (forms.md: earned ÷ possible over the relevant, scored, answered items)."""
        return scoring.score(self.definition, self._all_states())

    def progress(self) -> Progress:
        """What is asked and answered; `failed` has also what the form itself judged to be a problem."""
        states = list(self._all_states())
        asked = [state for state in states if self._counts(state)]
        return Progress(
            answered=sum(state.answered for state in asked),
            total=len(asked),
            veto_open=sum(state.item.inspection.veto and not state.answered for state in asked),
            failed=sum(state.failed for state in states if state.item.kind not in UNASKED),
        )

    def proposal(self, ref: str, note: str = "") -> Proposal | None:
        """The problem that a failed answer proposes, its text filled in; None where the answer is not a failed one."""
        state = self.node(ref)
        if not state.failed:
            return None
        inspection = state.item.inspection
        labels = {choice.value: choice.label for choice in state.choices}
        shown = "、".join(labels.get(word, word) for word in state.value.split()) if labels else state.value
        own = {"label": state.label, "value": shown, "note": note}
        return Proposal(
            text=self._filled(inspection.problem or "{label}:{value}", own, ref),
            basis=self._filled(inspection.basis, own, ref),
            measure=self._filled(inspection.measure, own, ref),
            days=inspection.days,
            grade=inspection.grade,
            matter=inspection.matter,
            evidence=inspection.evidence,
        )

    # -- keeping

    def values(self) -> dict[str, str]:
        """Every leaf's answer by ref, irrelevant and empty ones too: enough to go on later."""
        return {field.ref(): field.stored or field.draft for field in _leaves(self._running.root)}

    def to_xml(self) -> bytes:
        """The OpenRosa submission: UTF-8, what is not relevant left out, `meta/instanceID` in it."""
        for field in self._running.root.all_below():
            bind = field.spec.bind
            if bind is not None and (bind.preload, bind.preload_parameters) == ("timestamp", "end"):
                self._running.put(field, self._now().isoformat(timespec="milliseconds"))
        return submission.to_xml(self._running.root)

    @classmethod
    def from_xml(
        cls,
        definition: Definition,
        xml: bytes,
        *,
        now: Callable[[], datetime],
        username: str = "",
        deviceid: str = "",
        prefill: Mapping[str, str] | None = None,
    ) -> Instance:
        """Load a submission to go on with it; raises Trouble `submission-unreadable` or `submission-other-form`."""
        values = submission.read(definition.form.model, xml)
        return cls(definition, now=now, username=username, deviceid=deviceid, prefill=prefill, values=values)

    # -- inside

    def _at(self, ref: str) -> tuple[Field, Item]:
        field = self._running.tree.find(ref)
        item = self._items_by_spec.get(field.spec.index)
        if item is None:
            raise Refused(f"{ref} holds no answer")
        return field, item

    def _fields(self, ref: str) -> list[Field]:
        spec = self.definition.form.model.by_ref.get(ref)
        return [] if spec is None else self._running.tree.located(spec, None, self._running.root)

    def _tops(self, section_ref: str) -> list[Field]:
        """The section itself; every row of it where the section is a repeat."""
        spec = self.definition.form.model.by_ref.get(section_ref)
        if spec is None or not spec.repeat:
            return self._fields(section_ref)
        arounds = self._fields(spec.parent.ref if spec.parent else "")
        return [row for around in arounds for row in around.rows(spec)]

    def _changes(self) -> frozenset[str]:
        changed, vanished = self._running.changed, self._running.vanished
        self._running.changed, self._running.vanished = set(), set()
        refs = {field.ref() for field in changed if self._items_by_spec.get(field.spec.index) is not None}
        return frozenset(refs | {ref for ref in vanished if _ROW.sub("", ref) in self.definition.items})

    def _all_states(self) -> Iterator[NodeState]:
        for field in _leaves(self._running.root):
            item = self._items_by_spec[field.spec.index]
            if item is not None and field.relevant:
                yield self._state(field.ref(), field, item)

    def _state(self, ref: str, field: Field, item: Item) -> NodeState:
        choices = self._choices.of(field)
        value = field.draft or typed.shown(item.kind, field.text)
        failed = field.relevant and self._failed(item, field.text, choices)
        given = set(value.split())
        return NodeState(
            ref=ref,
            item=item,
            label=field.label.strip(),
            hint=field.hint.strip(),
            guidance=field.guidance.strip(),
            value=value,
            relevant=field.relevant,
            required=field.required,
            readonly=field.readonly,
            choices=choices,
            violation=self._violation(field, item),
            failed=failed,
            veto_hit=failed and item.inspection.veto,
            answered=bool(field.text),
            not_applicable=item.inspection.weight is not None
            and item.kind == "select_one"
            and any(choice.value in given and choice.score is None for choice in choices),
            media=self._running.words.media(field.spec.control.media) if field.spec.control is not None else {},
        )

    def _failed(self, item: Item, value: str, choices: tuple[Choice, ...]) -> bool:
        if not value:
            return False
        given = set(value.split()) if item.kind in ("select_multiple", "rank") else {value}
        if item.inspection.failed:
            return bool(given & item.inspection.failed)
        return any(choice.failed and choice.value in given for choice in choices)

    def _violation(self, field: Field, item: Item) -> Violation | None:
        """Required looks at blank answers only, constraint and type at filled ones only."""
        if not field.relevant or field.spec.control is None:
            return None
        bind = field.spec.bind
        if field.draft:
            # A number that no tool can keep (1e12 persons) is told what the form says of numbers out of bounds.
            too_large = bind is not None and item.kind == "integer" and typed.number_of(field.draft) is not None
            told = bind.constraint_message if bind is not None and too_large else None
            return Violation("type", self._running.words.wording(told, field).strip(), soft=False)
        if not field.text:
            if not field.required or item.kind == "note":
                return None
            message = self._running.words.wording(bind.required_message, field).strip() if bind is not None else ""
            return Violation("required", message, soft=False)
        if field.holds or bind is None:
            return None
        message = self._running.words.wording(bind.constraint_message, field).strip()
        return Violation("constraint", message, item.inspection.soft)

    def _shown(self, field: Field) -> bool:
        item = self._items_by_spec[field.spec.index]
        return item is not None and item.kind not in UNASKED

    def _counts(self, state: NodeState) -> bool:
        return state.item.kind not in UNASKED and state.item.kind != "note" and not state.readonly

    def _filled(self, template: str, own: Mapping[str, str], ref: str) -> str:
        """`{label}`, `{value}`, `{note}` and any item's `{name}`; an unknown name stays as it is."""

        def fill(found: re.Match[str]) -> str:
            name = found.group(1).strip()
            if name in own:
                return own[name]
            field = self._nearest(name, ref)
            return found.group(0) if field is None else self._shown_value(field)

        return _BLANK.sub(fill, template).strip()

    def _nearest(self, name: str, ref: str) -> Field | None:
        """The item of that name in the same row if there is one, else the first of that name."""
        found = [field for field in _leaves(self._running.root) if field.name == name]
        same_row = [field for field in found if field.ref().rpartition("/")[0] == ref.rpartition("/")[0]]
        return next(iter(same_row or found), None)

    def _shown_value(self, field: Field) -> str:
        control = field.spec.control
        if control is None or not field.options:
            item = self._items_by_spec.get(field.spec.index)
            return typed.shown(item.kind if item is not None else "", field.string())
        labels = {option.value: option for option in field.options}
        words = [word for word in field.string().split() if word in labels]
        say = self._running.words.option_label
        return "、".join(say(labels[word], control, field).strip() for word in words)


def _leaves(top: Field) -> Iterator[Field]:
    return (field for field in top.all_below() if field.spec.leaf)
