"""What Excel does not show: hidden sheets, rows and columns, and cells that are formulas."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from lxml import etree

from jiandu_desktop.form_engine.faults import Fault

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_READ: Final = ("survey", "choices", "settings")
_SHOWN: Final = 6  # places named in one sentence
_LETTERS: Final = re.compile(r"[A-Z]+")


@dataclass(slots=True)
class _Unseen:
    """Of one sheet: numbers of hidden rows that hold something, letters of hidden columns, cells with a formula."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)
    formulas: list[str] = field(default_factory=list)


def check_unseen(content: bytes) -> list[Fault]:
    """Warnings for the sheets that are read. Of a workbook that is built in another way than usual, none."""
    faults: list[Fault] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name, hidden, part in _sheets(archive):
                if name.strip().lower() in _READ:
                    if hidden:
                        faults.append(Fault(name, None, None, "hidden-sheet", {}, warning=True))
                    with archive.open(part) as source:
                        faults.extend(_told(name, _look(source)))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, OSError):
        # The cells themselves were read by then: what is hidden is a remark and not worth a refusal.
        return faults
    return faults


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, bool, str]]:
    """Name, whether it is hidden, and part of each sheet."""
    relations = _parse(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target") or "" for each in relations}
    for sheet in _parse(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        yield sheet.get("name") or "", sheet.get("state", "visible") != "visible", part


def _parse(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _look(source: IO[bytes]) -> _Unseen:
    found = _Unseen()
    for _, element in etree.iterparse(
        source, tag=(f"{_MAIN}col", f"{_MAIN}row"), resolve_entities=False, no_network=True, load_dtd=False
    ):
        if element.tag == f"{_MAIN}col":
            if element.get("hidden") in ("1", "true"):
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                found.columns += range(first, min(last, first + 500) + 1)
            continue
        filled = [cell for cell in element if cell.find(f"{_MAIN}v") is not None or cell.find(f"{_MAIN}is") is not None]
        found.formulas += [cell.get("r", "") for cell in element if cell.find(f"{_MAIN}f") is not None]
        found.filled.update(_number(cell.get("r", "")) for cell in filled)
        if filled and element.get("hidden") in ("1", "true"):
            found.rows.append(int(element.get("r", "0")))
        element.clear()
    return found


def _told(name: str, unseen: _Unseen) -> Iterator[Fault]:
    if unseen.rows:
        yield Fault(name, unseen.rows[0], None, "hidden-rows", {"rows": _listed(_ranges(unseen.rows))}, warning=True)
    letters = [_letter(column) for column in unseen.columns if column in unseen.filled]
    if letters:
        yield Fault(name, None, None, "hidden-columns", {"columns": _listed(letters)}, warning=True)
    if unseen.formulas:
        yield Fault(name, None, None, "formula-cells", {"cells": _listed(unseen.formulas)}, warning=True)


def _listed(places: list[str]) -> str:
    return "、".join(places[:_SHOWN]) + (" 等" if len(places) > _SHOWN else "")


def _ranges(numbers: list[int]) -> list[str]:
    """4, 5, 6, 9 → 4–6, 9."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}–{last}" for first, last in found]


def _number(cell: str) -> int:
    """C12 → 3."""
    letters = _LETTERS.match(cell)
    number = 0
    for letter in letters.group(0) if letters else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letter(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
