"""Wordings: labels, hints and messages with their outputs and translations."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from jiandu_desktop.form_engine.xform.expressions import Expressions
from jiandu_desktop.form_engine.xform.model import XFORMS, Expression, Media, Parts, Wording

MEDIA_KINDS: Final = frozenset(("image", "big-image", "audio", "video"))
_ITEXT: Final = re.compile(r"\s*jr:itext\(\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)\s*")


@dataclass(frozen=True, slots=True)
class Texts:
    """`by_id`: id → language → parts of the plain text; `guidance` the same for guidance hints.

    `media`: id → kind (`image big-image audio video`) → language → file name.
    """

    languages: tuple[str, ...]
    default: str
    by_id: Mapping[str, Mapping[str, Parts]]
    guidance: Mapping[str, Mapping[str, Parts]]
    media: Mapping[str, Media]


def read_texts(model: etree._Element, expressions: Expressions) -> Texts:
    """All translations of the form; `default` is the one marked so, else the first."""
    languages: list[str] = []
    default = ""
    plain: dict[str, dict[str, Parts]] = {}
    guidance: dict[str, dict[str, Parts]] = {}
    media: dict[str, dict[str, dict[str, str]]] = {}
    for translation in model.iterfind(f"{{{XFORMS}}}itext/{{{XFORMS}}}translation"):
        language = translation.get("lang") or ""
        languages.append(language)
        if translation.get("default") is not None:
            default = language
        for text in translation.iterfind(f"{{{XFORMS}}}text"):
            name = text.get("id") or ""
            for value in text.iterfind(f"{{{XFORMS}}}value"):
                form = value.get("form") or ""
                into = {"": plain, "long": plain, "guidance": guidance}.get(form)
                if into is not None:
                    into.setdefault(name, {})[language] = parts_of(value, expressions, name)
                file_name = (value.text or "").strip().rpartition("/")[2]
                if form in MEDIA_KINDS and file_name:
                    media.setdefault(name, {}).setdefault(form, {})[language] = file_name
    if not default and languages:
        default = languages[0]
    return Texts(tuple(languages), default, plain, guidance, media)


def parts_of(element: etree._Element, expressions: Expressions, ref: str) -> Parts:
    """Text and `<output value="…"/>` in turn."""
    parts: list[str | Expression] = [element.text or ""]
    for child in element:
        if isinstance(child, etree._Comment | etree._ProcessingInstruction):
            pass
        elif child.tag == f"{{{XFORMS}}}output":
            text = (child.get("value") or child.get("ref") or "").strip()
            if text:
                parts.append(expressions.get(text, ref, "output"))
        else:
            parts.append("".join(str(piece) for piece in child.itertext()))
        parts.append(child.tail or "")
    return tuple(part for part in parts if part != "")


def wording(
    element: etree._Element | None, texts: Texts, expressions: Expressions, ref: str
) -> tuple[Wording | None, Wording | None]:
    """The plain wording of a label or hint element and its guidance."""
    if element is None:
        return None, None
    name = element.get("ref")
    if name is None:
        return _wording({"": parts_of(element, expressions, ref)}), None
    found = _ITEXT.fullmatch(name)
    if found is None:
        return _wording({"": (expressions.get(name, ref, "label"),)}), None
    key = found.group(1) or found.group(2) or ""
    plain, guidance = texts.by_id.get(key), texts.guidance.get(key)
    return (_wording(plain) if plain else None), (_wording(guidance) if guidance else None)


def media_of(element: etree._Element | None, texts: Texts) -> Media:
    """The files that a label shows or plays."""
    found = None if element is None else _ITEXT.fullmatch(element.get("ref") or "")
    return {} if found is None else texts.media.get(found.group(1) or found.group(2) or "", {})


def message(text: str | None, texts: Texts) -> Wording | None:
    """A constraint or required message: literal, or a name among the translations."""
    if not text:
        return None
    found = _ITEXT.fullmatch(text)
    if found is None:
        return _wording({"": (text,)})
    by_language = texts.by_id.get(found.group(1) or found.group(2) or "")
    return _wording(by_language) if by_language else None


def _wording(parts: Mapping[str, Parts]) -> Wording:
    return Wording(parts, any(not isinstance(part, str) for each in parts.values() for part in each))
