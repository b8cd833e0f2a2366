"""Finding the table in a workbook: which sheet, which row is its header, and which column is which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.spreadsheets.cells import clean_text
from jiandu_desktop.spreadsheets.opening import Merge, OpenBook
from jiandu_desktop.spreadsheets.reading import Column
from jiandu_desktop.spreadsheets.rows import Sheet, sheet_rows, sheets

HEADER_WITHIN = 40  # rows; titles, notes and units stand above a header, never more than a page of them
MOST_COLUMNS = 400
_TOTALS = frozenset({"合计", "总计", "计", "小计", "总数"})


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table begins: `places` maps a column's key to its number (from 1) and the head as it is written."""

    sheet: str
    row: int
    first_data_row: int
    places: dict[str, tuple[int, str]]
    ignored: tuple[str, ...]
    repeated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The chosen header and the other sheets that hold a table of the same kind."""

    header: Header
    alike: tuple[str, ...]


def find_header(book: OpenBook, columns: Sequence[Column], any_of: Sequence[Sequence[str]] = ()) -> Found:
    """The header that fits `columns` best over all sheets; visible sheets and earlier ones win a draw.

    Raises Trouble `sheet-no-header` where no row has at least two of the columns, `sheet-missing-column` where the
    best row lacks a required one. `any_of`: groups of keys of which one must be there.
    """
    best: tuple[tuple[int, int, int], Header, tuple[str, ...]] | None = None
    complete: list[str] = []
    texts_seen: list[str] = []
    for sheet in sheets(book):
        candidate = _best_in_sheet(book, sheet, columns, any_of)
        if candidate is None:
            continue
        fit, header, texts = candidate
        if not texts_seen or fit[1] > 0:
            texts_seen = list(texts)
        if header is None:
            continue
        rank = (fit[0], fit[1], int(sheet.sheet_state == "visible"))
        if not _missing(header, columns, any_of):
            complete.append(sheet.title)
        if best is None or rank > best[0]:
            best = (rank, header, texts)
    if best is None:
        raise Trouble(
            "sheet-no-header",
            file=book.file,
            sheets="、".join(book.workbook.sheetnames),
            wanted=_titles(columns, any_of),
            found=_listed(texts_seen) or "（空）",
        )
    _, header, texts = best
    if missing := _missing(header, columns, any_of):
        raise Trouble(
            "sheet-missing-column",
            file=book.file,
            sheet=header.sheet,
            row=header.row,
            missing="、".join(missing),
            found=_listed(texts),
        )
    return Found(header, tuple(name for name in complete if name != header.sheet))


def head_key(text: str) -> str:
    """A head without spaces, line breaks, stars, and brackets with what stands in them: 学生数（人） is 学生数."""
    plain = "".join(unicodedata.normalize("NFKC", clean_text(text)).split()).casefold()
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕", "", plain) or plain
    return re.sub(r"[*★※:;,、。.?!\"'“”]|必填|选填", "", bare)


def first_rows(book: OpenBook, sheet: Sheet, count: int = HEADER_WITHIN) -> list[list[str]]:
    """The texts of the first rows, blanks as ""."""
    return [
        [cells[place].text if place in cells else "" for place in range(1, max(cells, default=0) + 1)]
        for _, cells in islice(sheet_rows(book, sheet, MOST_COLUMNS), count)
    ]


def _best_in_sheet(
    book: OpenBook, sheet: Sheet, columns: Sequence[Column], any_of: Sequence[Sequence[str]]
) -> tuple[tuple[int, int], Header | None, tuple[str, ...]] | None:
    """How well the sheet's best row fits (required, all), its header if it is one, and the texts of that row."""
    rows = first_rows(book, sheet)
    if not any(text for row in rows for text in row):
        return None
    merges = book.merges(sheet.title)
    needed = {column.key for column in columns if column.required}.union(*any_of)
    best: tuple[tuple[int, int], Header | None, tuple[str, ...]] | None = None
    for index, row in enumerate(rows):
        if not any(row):
            continue
        header = _header_at(sheet.title, rows, index, merges, columns)
        fit = (len(needed & header.places.keys()), len(header.places))
        if best is None or fit > best[0]:
            texts = tuple(text for text in row if text)
            recognised = fit[1] >= min(2, len(texts)) > 0
            best = (fit, header if recognised else None, texts)
    return best


def _header_at(
    sheet: str, rows: list[list[str]], index: int, merges: Iterable[Merge], columns: Sequence[Column]
) -> Header:
    """Read row `index` as a header; heads merged downwards make it a header of several rows."""
    bottom = index
    parents: dict[int, str] = {}
    split: set[int] = set()
    for merge in merges:
        if merge.top != index + 1 or merge.left > len(rows[index]) or not rows[index][merge.left - 1]:
            continue
        bottom = max(bottom, min(merge.bottom, len(rows)) - 1)
        for place in range(merge.left, min(merge.right, MOST_COLUMNS) + 1):
            parents[place] = rows[index][merge.left - 1]
            if merge.right > merge.left:
                split.add(place)
    heads: list[tuple[int, str]] = []  # (column, head); a place may be known under the text above and the one below
    for place in range(1, MOST_COLUMNS + 1):
        own = _at(rows, index, place)
        below = next((text for r in range(bottom, index, -1) if (text := _at(rows, r, place))), "")
        above = parents.get(place, own)
        if below:
            heads.append((place, below))
        if above and (place not in split or not below or head_key(below) in _TOTALS):
            heads.append((place, above))
    places, repeated = _matched(heads, columns)
    taken = {place for place, _ in places.values()}
    ignored = dict.fromkeys(head for place, head in heads if place not in taken)
    return Header(sheet, index + 1, bottom + 2, places, tuple(ignored), repeated)


def _at(rows: list[list[str]], index: int, place: int) -> str:
    return rows[index][place - 1] if place <= len(rows[index]) else ""


def _matched(
    heads: list[tuple[int, str]], columns: Sequence[Column]
) -> tuple[dict[str, tuple[int, str]], tuple[str, ...]]:
    """For each column the place whose head stands earliest among its synonyms, then the leftmost."""
    by_key: dict[str, list[tuple[int, str]]] = {}
    for place, head in heads:
        by_key.setdefault(head_key(head), []).append((place, head))
    places: dict[str, tuple[int, str]] = {}
    repeated: list[str] = []
    taken: set[int] = set()
    for column in columns:
        for wording in (column.title, *column.synonyms):
            free = [entry for entry in by_key.get(head_key(wording), []) if entry[0] not in taken]
            if free:
                places[column.key] = free[0]
                taken.add(free[0][0])
                if len({place for place, _ in free}) > 1:
                    repeated.append(free[0][1])
                break
    return places, tuple(repeated)


def _missing(header: Header, columns: Sequence[Column], any_of: Sequence[Sequence[str]]) -> list[str]:
    titles = {column.key: column.title for column in columns}
    missing = [column.title for column in columns if column.required and column.key not in header.places]
    for group in any_of:
        if not any(key in header.places for key in group):
            missing.append("或".join(titles[key] for key in group))
    return missing


def _titles(columns: Sequence[Column], any_of: Sequence[Sequence[str]]) -> str:
    titles = {column.key: column.title for column in columns}
    wanted = ["或".join(titles[key] for key in group) for group in any_of]
    wanted += [column.title for column in columns if column.required]
    return "、".join(wanted or titles.values())


def _listed(texts: Sequence[str]) -> str:
    """Heads for a message: the first twelve, long ones cut."""
    shown = [text if len(text) <= 12 else text[:11] + "…" for text in texts[:12]]
    return "、".join(shown) + (" 等" if len(texts) > 12 else "")
