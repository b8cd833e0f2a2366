"""What people type when they look for a school: its name's initials, its short name, and the short name's initials."""

from __future__ import annotations

import re
from functools import lru_cache

from jiandu_desktop.services.pinyin import initials

_NUMBERED = re.compile(r"第(?=[一二三四五六七八九十])")
_KINDS = (
    (re.compile(r"(?<=[一二三四五六七八九十])(?:初级|高级|完全)?中学"), "中"),
    (re.compile(r"(?<=[一二三四五六七八九十])小学"), "小"),
    (re.compile(r"初级中学"), "初中"),
    (re.compile(r"高级中学"), "高中"),
    (re.compile(r"实验小学"), "实小"),
    (re.compile(r"职业技术教育中心|职业高级?中学|职业技术学校"), "职中"),
)
_PLACES = re.compile(r"(?<=..)[县镇乡]")


@lru_cache(maxsize=32768)
def spellings(name: str) -> str:
    """Everything besides the name itself by which it is found, separated by spaces.

    城关第二小学 is also 城关二小 (cgex), 青禾县第三初级中学 also 青禾三中 (qhsz).
    """
    return " ".join(dict.fromkeys((initials(name), *(part for short in short_names(name) for part in _both(short)))))


def short_names(name: str) -> tuple[str, ...]:
    """The names in everyday use: 城关二小, 南岭乡初中, and these without 县, 镇, 乡; none where that is no change."""
    short = _NUMBERED.sub("", name)
    for kind, word in _KINDS:
        short = kind.sub(word, short)
    return tuple(each for each in dict.fromkeys((short, _PLACES.sub("", short))) if each != name)


def _both(short: str) -> tuple[str, str]:
    return short, initials(short)
