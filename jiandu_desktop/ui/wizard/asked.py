"""From the engine's state of one item to the question that its widget shows."""

from __future__ import annotations

from decimal import Decimal

from jiandu_desktop.domain.marked_words import is_marked, plain_words
from jiandu_desktop.domain.translatable import QT_TRANSLATE_NOOP
from jiandu_desktop.domain.visit import Photo
from jiandu_desktop.form_engine import Choice, Instance, NodeState
from jiandu_desktop.ui.questions.appearance import words as appearance_words
from jiandu_desktop.ui.questions.form_pictures import FormPictures
from jiandu_desktop.ui.questions.question import Kind, Option, Question, Tone

KINDS = {
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
    "geotrace": Kind.PLACES,
    "geoshape": Kind.PLACES,
    "barcode": Kind.CODE,
}

WRONG_TYPE = QT_TRANSLATE_NOOP("Wizard", "填的不是这道题要的内容")
BROKEN_RULE = QT_TRANSLATE_NOOP("Wizard", "与表单的要求不符")

_TEXTS_READ_ONLY = frozenset((Kind.ONE, Kind.MANY, Kind.RANK, Kind.NOTE, Kind.PHOTOS, Kind.FILES, Kind.LONG_TEXT))
"""Kinds whose own widget shows an answer that cannot be changed."""


class Asked:
    """Puts questions together; what is the same for every look at a list of choices is made once."""

    def __init__(self, instance: Instance) -> None:
        self.pictures = FormPictures(instance.attachment)
        self._options: dict[tuple[int, frozenset[str], bool], tuple[tuple[Choice, ...], tuple[Option, ...]]] = {}

    def question(self, node: NodeState, photos: tuple[Photo, ...], texts: dict[str, str]) -> Question:
        """What the item's widget shows; `texts` holds the translated WRONG_TYPE and BROKEN_RULE."""
        item = node.item
        warning, soft = "", False
        if node.violation is not None and node.violation.kind != "required":
            usual = texts[WRONG_TYPE if node.violation.kind == "type" else BROKEN_RULE]
            warning, soft = plain_words(node.violation.message) or usual, node.violation.soft
        kind = kind_of(node)
        bare = kind is Kind.NOTE or is_table_head(node)
        return Question(
            ref=node.ref,
            kind=kind,
            label=plain_words(node.label) or ("" if bare else item.name),
            marked=node.label if is_marked(node.label) else "",
            value=node.value,
            hint=plain_words(node.hint),
            options=self.options(node),
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
            media=node.media,
            item_kind=item.kind,
            pictures=self.pictures,
        )

    def options(self, node: NodeState) -> tuple[Option, ...]:
        """The choices as they are shown; the same tuple as long as the engine offers the same."""
        inspection, choices = node.item.inspection, node.choices
        if not choices:
            return ()
        key = (id(choices), inspection.failed, inspection.veto)
        found = self._options.get(key)
        if found is None or found[0] is not choices:
            scored = any(choice.score is not None for choice in choices)
            options = tuple(_option(choice, inspection.failed, scored, inspection.veto) for choice in choices)
            found = self._options[key] = (choices, options)
        return found[1]


def kind_of(node: NodeState) -> Kind:
    """Which widget the item gets."""
    kind = KINDS.get(node.item.kind, Kind.SHOWN)
    if is_table_head(node):
        return Kind.ONE
    if kind is Kind.TEXT and ("rows" in node.item.parameters or "multiline" in appearance_words(node.item.appearance)):
        return Kind.LONG_TEXT
    if node.readonly and kind not in _TEXTS_READ_ONLY:
        return Kind.SHOWN
    return kind


def repeats_head(node: NodeState, head: str) -> bool:
    """Whether the note is the label that pyxform took from a group with `table-list`, and `head` says it already."""
    return node.item.name.startswith("generated_table_list_label_") and plain_words(node.label) == head


def is_table_head(node: NodeState) -> bool:
    """Whether the select only names the columns of the lines below it (appearance `label`): nobody answers it."""
    appearance = node.item.appearance
    return "label" in appearance and "label" in appearance_words(appearance) and bool(node.choices)


def _option(choice: Choice, failing: frozenset[str], scored: bool, veto: bool) -> Option:
    failed = choice.value in failing if failing else choice.failed
    tone = _tone(choice.score, failed, scored, veto)
    image = choice.media.get("image", "") or choice.media.get("big-image", "")
    return Option(choice.value, plain_words(choice.label), choice.key, tone, image)


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
