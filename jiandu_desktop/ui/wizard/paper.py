"""The checklist as the wizard lays it out: sections, entries, questions; the states it shows are looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.form_engine import Instance, Item, NodeState, Proposal, Section
from jiandu_desktop.ui.questions.appearance import words as appearance_words
from jiandu_desktop.ui.questions.question import Kind, Option, Question, Tone
from jiandu_desktop.ui.wizard.entries import ROW_NUMBER, Entry, Layout, cut_row

_KINDS = {
    "select_one": Kind.ONE,
    "select_multiple": Kind.MANY,
    "rank": Kind.RANK,
    "integer": Kind.WHOLE,
    "decimal": Kind.DECIMAL,
    "range": Kind.RANGE,
    "text": Kind.TEXT,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "datetime": Kind.MOMENT,
    "note": Kind.NOTE,
    "acknowledge": Kind.ACKNOWLEDGE,
    "image": Kind.PHOTOS,
    "audio": Kind.FILES,
    "video": Kind.FILES,
    "file": Kind.FILES,
    "geopoint": Kind.PLACE,
    "barcode": Kind.CODE,
}

WRONG_TYPE = QT_TRANSLATE_NOOP("Wizard", "填的不是这道题要的内容")
BROKEN_RULE = QT_TRANSLATE_NOOP("Wizard", "与表单的要求不符")


@dataclass(frozen=True, slots=True)
class Summary:
    """How far a section is: a state per asked item (as `widgets.outline` names them) and the counts."""

    cells: tuple[str, ...]
    refs: tuple[str, ...]
    answered: int
    veto_open: int
    failed: int


class Paper:
    """Reads the engine for the screen. Each item's state is looked up once and again only after it changed."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._nodes: dict[str, NodeState] = {}
        self._refs: dict[str, tuple[str, ...]] = {}
        self._summaries: dict[str, Summary] = {}
        self.sections: tuple[Section, ...] = instance.definition.sections

    # --- reading --------------------------------------------------------------------------------------------------

    def node(self, ref: str) -> NodeState:
        found = self._nodes.get(ref)
        if found is None:
            found = self._nodes[ref] = self._instance.node(ref)
        return found

    def item(self, ref: str) -> Item:
        return self.node(ref).item

    def value(self, ref: str) -> str:
        return self.node(ref).value

    def label(self, ref: str) -> str:
        return self.node(ref).label or self.item(ref).name

    def is_failed(self, ref: str) -> bool:
        """Whether the item is asked and its answer makes a problem."""
        try:
            node = self.node(ref)
        except ValueError:
            return False  # the row it stood in is gone
        return node.failed and node.relevant

    def is_veto(self, ref: str) -> bool:
        return self.item(ref).inspection.veto

    def days(self, ref: str) -> int | None:
        return self.item(ref).inspection.days

    def takes_files(self, ref: str) -> bool:
        return _KINDS.get(self.item(ref).kind) in (Kind.PHOTOS, Kind.FILES)

    def is_asked(self, ref: str) -> bool:
        """Whether it counts among the items to be answered."""
        return self.item(ref).kind != "note" and not self.node(ref).readonly

    def may_set(self, ref: str) -> bool:
        """Whether the engine takes an answer for it now."""
        try:
            node = self.node(ref)
        except ValueError:
            return False
        return not node.readonly and node.item.kind not in ("calculate", "note")

    def is_kept(self, ref: str, by_hand: bool) -> bool:
        """Whether the value belongs to the answers that are stored: calculated ones come back by themselves."""
        try:
            node = self.node(ref)
        except ValueError:
            return False
        return by_hand or (node.relevant and node.item.kind not in ("calculate", "note") and not node.readonly)

    def refs(self) -> list[str]:
        """Every item shown now, in the order of the checklist."""
        return [ref for section in self.sections for ref in self.section_refs(section.ref)]

    def section_refs(self, section: str) -> tuple[str, ...]:
        """The items of a section shown now."""
        found = self._refs.get(section)
        if found is None:
            found = self._refs[section] = self._instance.section_items(section)
        return found

    def section_of(self, ref: str) -> str:
        """The section in which an item stands, "" for one that is not shown."""
        try:
            return self.item(ref).section_ref
        except ValueError:
            return ""

    def summary(self, section: str) -> Summary:
        """How far the section is now."""
        found = self._summaries.get(section)
        if found is None:
            refs = tuple(ref for ref in self.section_refs(section) if self.is_asked(ref))
            nodes = [self.node(ref) for ref in refs]
            found = self._summaries[section] = Summary(
                cells=tuple(_cell(node) for node in nodes),
                refs=refs,
                answered=sum(node.answered for node in nodes),
                veto_open=sum(not node.answered and node.item.inspection.veto for node in nodes),
                failed=sum(node.failed for node in nodes),
            )
        return found

    def is_unanswered(self, ref: str) -> bool:
        """Whether the item waits for an answer."""
        return self.is_asked(ref) and not self.node(ref).answered

    def entries(self, section: str) -> tuple[Entry, ...]:
        """The lines of a section: sub-heads of groups, heads of rows, items, and where a row may be added."""
        refs, definition = self.section_refs(section), self._instance.definition
        return tuple(Layout(refs, self.kind, definition, section).lines())

    def question(self, ref: str, photos: tuple[Photo, ...], texts: dict[str, str]) -> Question:
        """What the item's widget shows; `texts` holds the translated WRONG_TYPE and BROKEN_RULE."""
        node = self.node(ref)
        item = node.item
        warning, soft = "", False
        if node.violation is not None and node.violation.kind != "required":
            usual = texts[WRONG_TYPE if node.violation.kind == "type" else BROKEN_RULE]
            warning, soft = node.violation.message or usual, node.violation.soft
        kind = self.kind(ref)
        return Question(
            ref=ref,
            kind=kind,
            label=node.label or (item.name if kind is not Kind.NOTE else ""),
            value=node.value,
            hint=node.hint,
            options=_options(node),
            readonly=node.readonly,
            unit=item.inspection.unit,
            warning=warning,
            soft=soft,
            lowest=item.parameters.get("start", ""),
            highest=item.parameters.get("end", ""),
            step=item.parameters.get("step", ""),
            photos=photos,
            appearance=appearance_words(item.appearance),
            parameters=item.parameters,
            guidance=node.guidance,
            item_kind=item.kind,
        )

    def kind(self, ref: str) -> Kind:
        """Which widget the item gets."""
        node = self.node(ref)
        kind = _KINDS.get(node.item.kind, Kind.SHOWN)
        if kind is Kind.TEXT and "multiline" in appearance_words(node.item.appearance):
            return Kind.LONG_TEXT
        if node.readonly and kind not in (Kind.ONE, Kind.NOTE, Kind.PHOTOS, Kind.FILES):
            return Kind.SHOWN
        return kind

    def bulk_answers(self, section: str) -> dict[str, str]:
        """What 本节其余全部符合 would answer: unanswered judged items only, never a veto nor one that wants proof."""
        answers = {}
        for ref in self.section_refs(section):
            node = self.node(ref)
            inspection = node.item.inspection
            if node.answered or node.readonly or node.item.kind != "select_one":
                continue
            if inspection.veto or inspection.evidence or not any(choice.failed for choice in node.choices):
                continue
            good = [choice for choice in node.choices if choice.score == 1 and not choice.failed]
            if len(good) == 1 and good[0].value not in inspection.failed:
                answers[ref] = good[0].value
        return answers

    def proposal(self, ref: str, note: str) -> Proposal:
        """The problem that the failed answer proposes."""
        found = self._instance.proposal(ref, note)
        if found is None:
            raise ValueError(f"{ref} has not failed")
        return found

    # --- changing -------------------------------------------------------------------------------------------------

    def answer(self, ref: str, value: str) -> frozenset[str]:
        """Hands the answer to the engine; returns every ref whose state changed."""
        changed = self._instance.answer(ref, value or None)
        self._forget(changed)
        return changed

    def add_row(self, repeat: str) -> str:
        """A new row at the end of a repeat; returns its ref."""
        before = self._rows(repeat)
        self._forget_all(self._instance.add_repeat(repeat))
        return f"{repeat}[{before + 1}]"

    def remove_row(self, row: str) -> None:
        self._forget_all(self._instance.remove_repeat(row))

    def after_removal(self, ref: str, row: str) -> str:
        """What `ref` is called once `row` is gone: "" if it stood in the row, one less in the rows after it."""
        repeat, number = cut_row(row)
        if not ref.startswith(f"{repeat}["):
            return ref
        own = ROW_NUMBER.match(ref, len(repeat))
        if own is None or int(own[1]) < number:
            return ref
        if int(own[1]) == number:
            return ""
        return f"{repeat}[{int(own[1]) - 1}]{ref[own.end() :]}"

    def _rows(self, repeat: str) -> int:
        numbers = [0]
        for ref in self._instance.values():
            if ref.startswith(f"{repeat}["):
                own = ROW_NUMBER.match(ref, len(repeat))
                numbers.append(int(own[1]) if own else 0)
        return max(numbers)

    def _forget(self, changed: frozenset[str]) -> None:
        for ref in changed:
            before = self._nodes.pop(ref, None)
            try:
                after = self.node(ref)
            except ValueError:
                self._refs.clear()
                self._summaries.clear()
                continue
            self._summaries.pop(after.item.section_ref, None)
            if before is None or before.relevant != after.relevant:
                self._refs.pop(after.item.section_ref, None)

    def _forget_all(self, changed: frozenset[str]) -> None:
        del changed
        self._nodes.clear()
        self._refs.clear()
        self._summaries.clear()


def _cell(node: NodeState) -> str:
    if node.failed:
        return "problem"
    if node.answered:
        return "done"
    return "veto" if node.item.inspection.veto else "open"


def _options(node: NodeState) -> tuple[Option, ...]:
    inspection = node.item.inspection
    scored = any(choice.score is not None for choice in node.choices)
    options = []
    for choice in node.choices:
        failed = choice.value in inspection.failed if inspection.failed else choice.failed
        options.append(
            Option(choice.value, choice.label, choice.key, _tone(choice.score, failed, scored, inspection.veto))
        )
    return tuple(options)


def _tone(score: Decimal | None, failed: bool, scored: bool, veto: bool) -> Tone:
    if failed and veto:
        return Tone.VETO
    if score is not None and 0 < score < 1:
        return Tone.PART
    if failed or (score is not None and score == 0):
        return Tone.BAD
    if score is not None:
        return Tone.GOOD
    return Tone.NA if scored else Tone.PLAIN
