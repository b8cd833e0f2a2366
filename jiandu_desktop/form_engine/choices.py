"""The answers on offer to one question, with what the choices sheet says of each: score, failed, key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jiandu_desktop.form_engine import typed
from jiandu_desktop.form_engine.build import YES
from jiandu_desktop.form_engine.runtime.fields import Field, Option, Options
from jiandu_desktop.form_engine.runtime.running import Running
from jiandu_desktop.form_engine.state import Choice
from jiandu_desktop.form_engine.xform.model import Control
from jiandu_desktop.form_engine.xpath.nodes import Node

_MOST: Final = 500  # lists put together; filtered ones come and go


class Choices:
    """Lists that many questions share are put together once per language."""

    def __init__(self, running: Running) -> None:
        self._running = running
        texts = running.model.texts.values()
        self._fixed_texts = all(isinstance(part, str) for text in texts for parts in text.values() for part in parts)
        self._known: dict[tuple[int, str], tuple[Options, tuple[Choice, ...]]] = {}

    def of(self, field: Field) -> tuple[Choice, ...]:
        control, options = field.spec.control, field.options
        if control is None or not options:
            return ()
        key = (id(options), self._running.words.language)
        known = self._known.get(key)
        if known is not None and known[0] is options:
            return known[1]
        words = self._running.words
        choices = tuple(
            _choice(
                option, words.option_label(option, control, field).strip(), words.option_media(option, control), place
            )
            for place, option in enumerate(options, 1)
        )
        if self._shareable(control):
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = (options, choices)
        return choices

    def _shareable(self, control: Control) -> bool:
        """Whether the labels stay the same while the choices do: those of a list, without outputs."""
        items = control.item_set
        return items is not None and (self._fixed_texts or items.label is None or "(" not in items.label.text)


def _choice(option: Option, label: str, media: Mapping[str, str], place: int) -> Choice:
    extra = option.source if isinstance(option.source, Node) else None
    score = _cell(extra, "score")
    return Choice(
        value=option.value,
        label=label.strip(),
        score=typed.number_of(score) if score else None,
        failed=_cell(extra, "failed").lower() in YES,
        key=_cell(extra, "key") or str(place),
        media=media,
    )


def _cell(node: Node | None, name: str) -> str:
    if node is None:
        return ""
    found = node.named(name)
    return found[0].string().strip() if found else ""
