"""The checklist as the wizard lays it out: sections, entries, questions; the states it shows are looked up once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jiandu_desktop.domain.marked_words import plain_words
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.form_engine import Choice, Instance, Item, NodeState, Proposal, Section
from jiandu_desktop.services.open_visit import Tally
from jiandu_desktop.ui.questions.question import Kind, Question
from jiandu_desktop.ui.wizard.asked import KINDS, Asked, is_table_head, kind_of, repeats_head
from jiandu_desktop.ui.wizard.entries import ROW_NUMBER, Entry, EntryKind, cut_row, lay_out


@dataclass(frozen=True, slots=True)
class Summary:
    """How far a section is: a state per asked item (as `widgets.outline` names them) and the counts.

    What the form itself judges to be a problem has a cell too; where nothing is asked (`asked` = 0), every verdict has.
    `answered` counts cells, `given` only what was asked.
    """

    cells: tuple[str, ...]
    refs: tuple[str, ...]
    asked: int
    answered: int
    given: int
    veto_open: int
    failed: int


class Paper:
    """Reads the engine for the screen. Each item's state is looked up once and again only after it changed."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._nodes: dict[str, NodeState] = {}
        self._refs: dict[str, tuple[str, ...]] = {}
        self._summaries: dict[str, Summary] = {}
        self._rest: dict[str, set[str]] = {}
        self._asked = Asked(instance)
        self._judged: dict[int, tuple[tuple[Choice, ...], str]] = {}
        self._labels: dict[str, str] = {}
        self.moving = frozenset(ref for ref in map(self._section_of_spec, _moving_heads(instance)) if ref)
        """Sections with a head that repeats answers, so that it has to be read again after each."""
        self._sections: tuple[Section, ...] | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the checklist, none where it has no translations."""
        return self._instance.languages

    @property
    def language(self) -> str:
        return self._instance.language

    def set_language(self, language: str) -> None:
        """Says everything in that language from now on; answers stay as they are."""
        self._instance.set_language(language)
        self._forget_all()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections with their heads as they read now."""
        if self._sections is None:
            label = self._instance.section_label
            all_sections = self._instance.definition.sections
            self._sections = tuple(replace(each, label=plain_words(label(each.ref))) for each in all_sections)
        return self._sections

    def attachment(self, name: str) -> bytes | None:
        """A file that came with the checklist; None for one that did not."""
        return self._instance.attachment(name)

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
        found = self._labels.get(ref)
        if found is None:
            found = self._labels[ref] = plain_words(self.node(ref).label) or self.item(ref).name
        return found

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
        return KINDS.get(self.item(ref).kind) in (Kind.PHOTOS, Kind.FILES)

    def is_asked(self, ref: str) -> bool:
        """Whether it counts among the items to be answered."""
        node = self.node(ref)
        return node.item.kind != "note" and not node.readonly and not is_table_head(node)

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
            head = next((each.label for each in self.sections if each.ref == section), "")
            refs = self._instance.section_items(section)
            found = self._refs[section] = tuple(ref for ref in refs if not repeats_head(self.node(ref), head))
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
            every = [self.node(ref) for ref in self.section_refs(section)]
            asked = [node for node in every if self.is_asked(node.ref)]
            verdicts = {node.ref for node in every if node.readonly and node.choices and (node.failed or not asked)}
            nodes = [node for node in every if self.is_asked(node.ref) or node.ref in verdicts]
            found = self._summaries[section] = Summary(
                cells=tuple(_cell(node) for node in nodes),
                refs=tuple(node.ref for node in nodes),
                asked=len(asked),
                answered=sum(node.answered for node in nodes),
                given=sum(node.answered for node in asked),
                veto_open=sum(not node.answered and node.item.inspection.veto for node in asked),
                failed=sum(node.failed for node in every),
            )
        return found

    def tally(self) -> Tally:
        """How far the whole checklist is now."""
        found = [self.summary(section.ref) for section in self.sections]
        return Tally(answered=sum(each.given for each in found), total=sum(each.asked for each in found))

    def is_unanswered(self, ref: str) -> bool:
        """Whether the item waits for an answer."""
        return self.is_asked(ref) and not self.node(ref).answered

    def entries(self, section: str) -> tuple[Entry, ...]:
        """The lines of a section: sub-heads of groups, heads of rows, items, and where a row may be added."""
        refs = set(self.section_refs(section))
        lines = lay_out(self._instance.outline(section), self.node)
        return tuple(entry for entry in lines if entry.kind is not EntryKind.ITEM or entry.ref in refs)

    def question(self, ref: str, photos: tuple[Photo, ...], texts: dict[str, str]) -> Question:
        """What the item's widget shows; `texts` as `asked.Asked.question` takes them."""
        return self._asked.question(self.node(ref), photos, texts)

    def kind(self, ref: str) -> Kind:
        """Which widget the item gets."""
        return kind_of(self.node(ref))

    def bulk_answers(self, section: str) -> dict[str, str]:
        """What 本节其余全部符合 would answer: unanswered judged items only, never a veto nor one that wants proof."""
        found = {ref: self._bulk_answer(ref) for ref in self.section_refs(section)}
        return {ref: value for ref, value in found.items() if value}

    def rest(self, section: str) -> int:
        """How many items that would answer; followed from answer to answer, for long sections."""
        found = self._rest.get(section)
        if found is None:
            found = self._rest[section] = set(self.bulk_answers(section))
        return len(found)

    def _bulk_answer(self, ref: str) -> str:
        node = self.node(ref)
        inspection = node.item.inspection
        if node.answered or node.readonly or node.item.kind != "select_one" or inspection.veto or inspection.evidence:
            return ""
        good = self._good(node.choices)
        return "" if good in inspection.failed else good

    def _good(self, choices: tuple[Choice, ...]) -> str:
        """The one answer that is wholly good among choices of which some fail; "" for none. Looked up once a list."""
        found = self._judged.get(id(choices))
        if found is None or found[0] is not choices:
            good = [choice.value for choice in choices if choice.score == 1 and not choice.failed]
            judged = len(good) == 1 and any(choice.failed for choice in choices)
            found = self._judged[id(choices)] = (choices, good[0] if judged else "")
        return found[1]

    def proposal(self, ref: str, note: str) -> Proposal:
        """The problem that the failed answer proposes."""
        found = self._instance.proposal(ref, note)
        if found is None:
            raise ValueError(f"{ref} has not failed")
        return replace(found, text=plain_words(found.text))

    # --- changing -------------------------------------------------------------------------------------------------

    def answer(self, ref: str, value: str) -> frozenset[str]:
        """Hands the answer to the engine; returns every ref whose state changed."""
        changed = self._instance.answer(ref, value or None)
        self._forget(changed)
        return changed

    def add_row(self, repeat: str) -> str:
        """A new row at the end of a repeat; returns its ref."""
        before = self._rows(repeat)
        self._instance.add_repeat(repeat)
        self._forget_all()
        return f"{repeat}[{before + 1}]"

    def remove_row(self, row: str) -> None:
        self._instance.remove_repeat(row)
        self._forget_all()

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

    def _section_of_spec(self, ref: str) -> str:
        """The innermost section around a group: loose questions make one of the whole form."""
        around = [each.ref for each in self._instance.definition.sections if f"{ref}/".startswith(f"{each.ref}/")]
        return max(around, key=len, default="")

    def _forget(self, changed: frozenset[str]) -> None:
        if self.moving:
            self._sections = None
        for ref in changed:
            before = self._nodes.pop(ref, None)
            self._labels.pop(ref, None)
            try:
                after = self.node(ref)
            except ValueError:
                self._refs.clear()
                self._summaries.clear()
                self._rest.clear()
                continue
            section = after.item.section_ref
            self._summaries.pop(section, None)
            if before is None or before.relevant != after.relevant:
                self._refs.pop(section, None)
                self._rest.pop(section, None)
            elif section in self._rest:
                waits = after.relevant and bool(self._bulk_answer(ref))
                (self._rest[section].add if waits else self._rest[section].discard)(ref)

    def _forget_all(self) -> None:
        self._nodes.clear()
        self._refs.clear()
        self._summaries.clear()
        self._rest.clear()
        self._labels.clear()
        self._sections = None


def _moving_heads(instance: Instance) -> list[str]:
    """The groups whose label holds an answer or is worked out."""
    specs = instance.definition.form.model.specs
    return [
        spec.ref
        for spec in specs
        if not spec.leaf and spec.control is not None and spec.control.label is not None and spec.control.label.dynamic
    ]


def _cell(node: NodeState) -> str:
    if node.failed:
        return "problem"
    if node.answered:
        return "done"
    return "veto" if node.item.inspection.veto else "open"
