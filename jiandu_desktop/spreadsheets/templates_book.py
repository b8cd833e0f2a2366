"""文书模板 as a workbook: a line per part of each kind; read again line by line, nothing taken in half."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiandu_desktop.domain.document import DOCUMENT_KIND_NAMES, DocumentKind
from jiandu_desktop.domain.document.template import (
    BLANK_MEANINGS,
    FILLED,
    LINES,
    PART_NAMES,
    Blank,
    Part,
    placeholders,
)
from jiandu_desktop.domain.document.template_rules import blanks_of, parts_of, required
from jiandu_desktop.spreadsheets.cells import choice_key
from jiandu_desktop.spreadsheets.csv_book import as_workbook
from jiandu_desktop.spreadsheets.reading import Column, Kind, Notice, Reading, RowFault
from jiandu_desktop.spreadsheets.sheet_look import Field, SheetPlan, add_sheet, new_workbook, save
from jiandu_desktop.spreadsheets.tables import checked, read_table

SHEET, BLANKS_SHEET = "文书模板", "可以用的占位"
OWN = "本单位写法"
_MARK = re.compile(r"[\u4e00-\u9fff]{1,8}")
_MOST = {Part.ISSUER: 40, Part.SIGNATORY: 12, Part.HEADING: 25, Part.CONTACT: 20, Part.TELEPHONE: 30, Part.COPIES: 200}
_MOST_ELSEWHERE = 2000

COLUMNS = (
    Column(
        "kind",
        "文书",
        ("文书种类", "种类", "文种"),
        Kind.CHOICE,
        required=True,
        choices={choice_key(name): kind for kind, name in DOCUMENT_KIND_NAMES.items()},
        known=tuple(DOCUMENT_KIND_NAMES.values()),
    ),
    Column(
        "part",
        "项目",
        ("部分", "内容"),
        Kind.CHOICE,
        required=True,
        choices={choice_key(name): part for part, name in PART_NAMES.items()},
        known=tuple(PART_NAMES.values()),
    ),
    Column("original", "程序的写法", ("原来的写法", "内置写法")),
    Column("text", OWN, ("单位写法", "改成", "修改为")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """One line: a part of a kind, what the program has there (a heading as it stands; elsewhere as a help), and what
    the office has in its place ("" leaves it)."""

    kind: DocumentKind
    part: Part
    original: str = ""
    text: str = ""


_NOTES: dict[Part, str] = {
    Part.ISSUER: "红头和落款的名称",
    Part.MARK: "文号里机关代字后面的字，如 督改",
    Part.OPENING: "主送机关后面的第一段",
    Part.HEADING: "一级小标题，序号由程序编",
    Part.DEMAND: "一行一条，可以增加行",
    Part.ENDING: "正文最后一行",
    Part.SIGNATORY: "签名栏里另加的职务，一行一个",
    Part.COPIES: "一行一个单位；写“无”就不抄送",
    Part.CONTACT: "附注里的联系人",
    Part.TELEPHONE: "附注里的联系电话",
}


def write_templates(path: Path, lines: Sequence[TemplateLine]) -> None:
    """Write the lines and a list of placeholders, ready to be changed and read again; raises as every sheet we save."""
    book = new_workbook("文书模板")
    fields = [Field("文书", width=18), Field("项目", width=10), Field("程序的写法", width=30), Field(OWN, width=50)]
    rows = [
        (DOCUMENT_KIND_NAMES[line.kind], PART_NAMES[line.part], line.original, line.text, _note(line)) for line in lines
    ]
    note = "只填“本单位写法”，空着就照程序的写法；要求、加签、抄送可以增加行。改好后在“设置”的“文书模板”里导入。"
    add_sheet(book, SheetPlan(SHEET, "文书模板", note, [*fields, Field("说明", width=40)], rows))
    blanks = [("{" + blank.value + "}", meaning, _where(blank)) for blank, meaning in BLANK_MEANINGS.items()]
    note = "写在开头语、要求、结束语里，出文书时换成实际内容。"
    add_sheet(
        book,
        SheetPlan(
            BLANKS_SHEET,
            "可以用的占位",
            note,
            [Field("占位", width=16), Field("换成", width=44), Field("可以用在", width=60)],
            blanks,
        ),
    )
    save(book, path)


def read_templates(path: Path, headings: Mapping[DocumentKind, Sequence[str]]) -> Reading[TemplateLine]:
    """Every line that the office filled in; `headings` are the program's own, by kind.

    A line that names what its kind does not have, an unknown placeholder, or a text without what it must say is a
    fault of its row. Raises Trouble `sheet-…` where no sheet has such a table.
    """
    with as_workbook(path) as book:
        reading = read_table(book, COLUMNS)
    filled = tuple((number, record) for number, record in reading.rows if record["text"])
    reading = Reading(reading.file, reading.sheet, filled, reading.faults, reading.ignored, reading.notices)
    return checked(reading, _Check(reading, headings).check, lambda record: TemplateLine(**record))


class _Check:
    """Finds what a line may not say."""

    def __init__(self, reading: Reading[dict[str, Any]], headings: Mapping[DocumentKind, Sequence[str]]) -> None:
        self._reading, self._headings = reading, headings
        self._seen: dict[Any, int] = {}
        self._last: dict[tuple[DocumentKind, Part], int] = {}
        self._said: dict[tuple[DocumentKind, Part], set[str]] = {}
        for number, record in reading.rows:
            key = (record["kind"], record["part"])
            self._last[key] = number
            self._said.setdefault(key, set()).update(re.findall(r"\{([^{}]*)\}", record["text"]))

    def check(self, number: int, record: dict[str, Any]) -> tuple[list[RowFault], list[Notice]]:
        column = {"row-template-part": "项目", "row-template-heading": "程序的写法"}
        return [
            RowFault(self._reading.sheet, number, column.get(code, OWN), code, values, self._reading.file)
            for code, values in self._faults(number, record)
        ], []

    def _faults(self, number: int, record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        kind, part, text = record["kind"], record["part"], record["text"]
        named = {"kind": DOCUMENT_KIND_NAMES[kind], "part": PART_NAMES[part]}
        if part not in parts_of(kind):
            known = "、".join(PART_NAMES[each] for each in parts_of(kind))
            return [("row-template-part", {**named, "known": known})]
        if part is Part.HEADING and record["original"] not in self._headings.get(kind, ()):
            known = "、".join(self._headings.get(kind, ()))
            return [("row-template-heading", {**named, "shown": record["original"], "known": known})]
        same = (kind, part, record["original"] if part is Part.HEADING else text if part in LINES else "")
        other = self._seen.setdefault(same, number)
        if other != number:
            return [("row-rule-twice", {"other": other})]
        most = _MOST.get(part, _MOST_ELSEWHERE)
        if len(text) > most:
            return [("row-template-long", {**named, "count": len(text), "most": most})]
        if part is Part.MARK and not _MARK.fullmatch(text):
            return [("row-template-mark", {"shown": text})]
        if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") for char in text):
            return [("row-template-invisible", named)]
        return self._placeholder_faults(number, kind, part, text, named) if part in FILLED else []

    def _placeholder_faults(
        self, number: int, kind: DocumentKind, part: Part, text: str, named: dict[str, Any]
    ) -> list[tuple[str, dict[str, Any]]]:
        try:
            names = placeholders(text)
        except ValueError:
            return [("row-template-brace", named)]
        may = {blank.value for blank in blanks_of(kind)}
        known = "、".join("{" + blank.value + "}" for blank in Blank if blank.value in may)
        faults = [
            ("row-template-blank", {**named, "shown": "{" + name + "}", "known": known})
            for name in dict.fromkeys(names)
            if name not in may
        ]
        key = (kind, part)
        missing = [blank.value for blank in Blank if blank in required(kind, part) - _as_blanks(self._said[key])]
        if missing and number == self._last[key]:
            wanted = "、".join("{" + name + "}" for name in missing)
            faults.append(("row-template-required", {**named, "wanted": wanted}))
        return faults


def _as_blanks(names: set[str]) -> set[Blank]:
    return {blank for blank in Blank if blank.value in names}


def _note(line: TemplateLine) -> str:
    wanted = required(line.kind, line.part)
    must = "；必须写到" + "、".join("{" + blank.value + "}" for blank in Blank if blank in wanted) if wanted else ""
    return _NOTES[line.part] + must


def _where(blank: Blank) -> str:
    kinds = [
        name for kind, name in DOCUMENT_KIND_NAMES.items() if blank in blanks_of(kind) and FILLED & set(parts_of(kind))
    ]
    return "、".join(kinds)
