"""What a document says, part by part and without a page: what `Manuscript` was told, kept so that Word gets it too.

The record is plain JSON. It is kept with every issued document, so that its Word file says what the paper says,
whatever the office's wording or the program has become since.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jiandu_desktop.domain.errors import Trouble

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The red head with number and title; `letter` for 信函格式, `signer` for a report to a higher body."""

    office: str
    number: str
    title: tuple[str, ...]
    signer: str = ""
    letter: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainHead:
    """A title without a red head and the lines of small facts under it."""

    title: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A report's cover with the contents after it: number, title, and issuer and date at the foot."""

    title: tuple[str, ...]
    number: str
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """主送机关, without its colon."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """一、 (level 1) or （一） (level 2); `text` goes on behind a heading of level 2 in the same paragraph."""

    level: int
    heading: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the body, two characters in."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """附件说明."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; `widths` are in proportion, `size` in points. Rows hold a text per column."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    centred: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Rows of labels with their contents; `least` is each row's height in mm at least."""

    rows: tuple[tuple[tuple[str, str], ...], ...]
    least: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexHead:
    """附件1 at the left and the annex's title in the middle."""

    label: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Photos:
    """Photos of an annex: each by the SHA-256 of its file, with its caption; `per_page` is how many a page holds."""

    pictures: tuple[tuple[str, str], ...]
    per_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """An empty row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Issuer, date, the places of signatures (role, name, when it was signed), the note, 抄送 and 版记."""

    office: str
    dated: str
    sealed: bool
    note: str = ""
    signatures: tuple[tuple[str, str, str], ...] = ()
    signatures_first: bool = False
    imprint: bool = False
    letter: bool = False
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """The 版记 alone, after annexes."""

    office: str
    dated: str
    copies_to: tuple[str, ...] = ()


Said = (
    Head
    | PlainHead
    | Cover
    | Addressee
    | Heading
    | Paragraph
    | Attachments
    | AnnexHead
    | Table
    | Form
    | Photos
    | Blank
    | End
    | Imprint
)


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """What the manuscript lays over a kind's own words, placeholders filled."""

    headings: Mapping[str, str] = field(default_factory=dict)
    ending: str = ""
    signatories: tuple[str, ...] = ()


@dataclass(slots=True)
class Part:
    """One manuscript: a document has one, or several that each begin a page (the sheets of a 销号单)."""

    lying: bool = False
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A whole document: what it says and what its properties name."""

    title: str
    number: str
    author: str
    parts: tuple[Part, ...]

    def to_json(self) -> bytes:
        """The same words are the same bytes."""
        parts = [
            {
                "lying": part.lying,
                "said": [{"is": type(each).__name__, **dataclasses.asdict(each)} for each in part.said],
            }
            for part in self.parts
        ]
        record = {
            "version": VERSION,
            "title": self.title,
            "number": self.number,
            "author": self.author,
            "parts": parts,
        }
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        # Half a surrogate pair, as a damaged file may hold one, is kept as it is; `json` reads it back in this way.
        return text.encode("utf-8", "surrogatepass")


def from_json(content: bytes) -> Told:
    """The document's words again; what a later program added to a part is left out.

    Raises Trouble `words-unreadable` for a record of a later program's new kind of part, or for no record at all.
    """
    try:
        record = json.loads(content)
        parts = tuple(Part(bool(each["lying"]), [_said(said) for said in each["said"]]) for each in record["parts"])
        return Told(title=record["title"], number=record["number"], author=record["author"], parts=parts)
    except (ValueError, KeyError, TypeError) as error:
        raise Trouble("words-unreadable") from error


_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in Said.__args__}


def _said(value: dict[str, Any]) -> Said:
    kind = _KINDS[value["is"]]
    names = {each.name for each in dataclasses.fields(kind)}
    made: Said = kind(**{name: _frozen(each) for name, each in value.items() if name in names})
    return made


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value
