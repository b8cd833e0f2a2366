"""The appearance `search(…)`: choices out of an attached table, as the path of rows that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jiandu_desktop.form_engine.xform.expressions import XFormFault

_SEARCH: Final = re.compile(r"\bsearch\s*\(")
_WHOLE: Final = re.compile(r"-?\d+")
_COLUMN: Final = re.compile(r"[^\W\d][\w.\-]*")
_TESTS: Final = {
    "contains": "contains({column}, {wanted})",
    "startswith": "starts-with({column}, {wanted})",
    "endswith": "ends-with({column}, {wanted})",
    "matches": "{column} = {wanted}",
}


def split_appearance(appearance: str) -> tuple[str, str | None]:
    """The appearance without its search, and what stands between the brackets of that; None where it has none."""
    found = _SEARCH.search(appearance)
    if found is None:
        return appearance, None
    end = _closing(appearance, found.end())
    return f"{appearance[: found.start()]}{appearance[end + 1 :]}".strip(), appearance[found.end() : end]


def rows_of(arguments: str, ref: str) -> str:
    """`'file'[, test, columns, wanted[, column, value]]` as an XPath; raises XFormFault for any other form.

    The forms are those of ODK's documentation on datasets (search with a CSV file).
    """
    given = _arguments(arguments)
    texts = [text[1:-1] if text[:1] in "'\"" and text[-1:] == text[:1] and len(text) > 1 else None for text in given]
    if not texts or texts[0] is None or len(given) not in (1, 4, 6):
        raise search_fault(ref, arguments)
    conditions = []
    if len(given) >= 4:
        columns = [] if texts[2] is None else [column.strip() for column in texts[2].split(",")]
        test = _TESTS.get(texts[1] or "")
        if test is None or not columns or not all(map(_COLUMN.fullmatch, columns)):
            raise search_fault(ref, arguments)
        conditions.append(" or ".join(test.format(column=column, wanted=given[3]) for column in columns))
    if len(given) == 6:
        if not _COLUMN.fullmatch(texts[4] or ""):
            raise search_fault(ref, arguments)
        conditions.insert(0, f"{texts[4]} = {given[5]}")
    filters = "".join(f"[{condition}]" for condition in conditions)
    return f"instance('{texts[0].removesuffix('.csv')}')/root/item{filters}"


def is_template(value: str) -> bool:
    """Whether a choice of such a question names columns; a whole number is a choice of its own (ODK)."""
    return not _WHOLE.fullmatch(value)


def label_of(columns: str, ref: str) -> str:
    """The label's expression for the columns that the template's label names: several are joined by commas."""
    names = [name.strip() for name in columns.split(",") if name.strip()]
    if not names or not all(map(_COLUMN.fullmatch, names)):
        raise search_fault(ref, columns)
    if len(names) == 1:
        return names[0]
    return f"concat({', '.join(_with_commas(names))})"


def search_fault(ref: str, written: str) -> XFormFault:
    """For a search that is none of the documented forms."""
    return XFormFault("expression-search", ref, attribute="appearance", written=written)


def _with_commas(names: Sequence[str]) -> list[str]:
    parts = [names[0]]
    for name in names[1:]:
        parts += ["', '", name]
    return parts


def _closing(text: str, at: int) -> int:
    depth, quote = 1, ""
    for place in range(at, len(text)):
        sign = text[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        else:
            depth += (sign == "(") - (sign == ")")
            if depth == 0:
                return place
    return len(text)


def _arguments(text: str) -> list[str]:
    parts, depth, quote, start = [], 0, "", 0
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(text[start:place].strip())
            start = place + 1
    parts.append(text[start:].strip())
    return [part for part in parts if part]
