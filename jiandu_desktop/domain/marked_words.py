"""Words of a checklist that carry marks (**bold**, # heads, links, colours): the same words without them.

The subset is the one of ODK's form documentation (markdown in labels and hints): headings, bold, emphasis, links,
lists, `<span style=…>`, `<p style=…>`, `<br>` and escapes. Papers, search and screen readers want the plain words.
"""

from __future__ import annotations

import itertools
import re

_MARKS = frozenset("*_#[<\\")
_TAG = re.compile(r"</?(?:span|p|b|i|u|em|strong|font|div)(?:\s[^<>]*)?>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEAD = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
STAR = re.compile(r"(?<![\\*A-Za-z0-9])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![*A-Za-z0-9])")
LOW = re.compile(r"(?<![\\\w])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?!\w)")
"""Bold, and the two kinds of emphasis. Unlike CommonMark's these hold beside Chinese punctuation: **注意：**请看."""

_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>])")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S")


def is_marked(text: str) -> bool:
    """Whether there is anything in the words that is not to be read as it stands."""
    if _MARKS.isdisjoint(text):
        return "\n" in text and is_list(text)
    return plain_words(text) != text


def plain_words(text: str) -> str:
    """The words without their marks; the lines of a list keep their dashes and numbers."""
    if _MARKS.isdisjoint(text):
        return text
    plain = _BREAK.sub("\n", text)
    plain = _TAG.sub("", plain)
    plain = _HEAD.sub(r"\1", plain)
    plain = _LINK.sub(r"\1", plain)
    plain = BOLD.sub(r"\2", plain)
    plain = STAR.sub(r"\1", plain)
    plain = LOW.sub(r"\1", plain)
    return _ESCAPE.sub(r"\1", plain)


def is_list(text: str) -> bool:
    """Whether two lines follow each other that begin like the lines of a list; "1. 门卫" alone is a number."""
    lines = [bool(_ITEM.match(line)) for line in text.splitlines()]
    return any(first and second for first, second in itertools.pairwise(lines))


def is_list_line(line: str) -> bool:
    """Whether the line begins with a dash or a number as those of a list do."""
    return bool(_ITEM.match(line))
