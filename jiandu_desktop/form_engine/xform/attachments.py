"""Files beside a form (CSV, XLSX, XML, GeoJSON) as the nodes that `instance(…)`, `pulldata(…)` and choices walk."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from jiandu_desktop.form_engine.xform.expressions import XFormFault
from jiandu_desktop.form_engine.xpath.nodes import ELEMENT, Node, from_element
from jiandu_desktop.form_engine.xpath.tables import Table

_DELIMITERS: Final = (",", ";", "\t", "|")
_LARGEST: Final = 100_000_000  # bytes of one file
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_FEW: Final = 64  # rows of a list in the form itself; below it a table is of no use


@dataclass(frozen=True, slots=True)
class Attachments:
    """By their `jr://…` address; with `missing_is_empty` a file that is not there counts as one without rows.

    A node may be given as the call that makes it: it is made when an expression first asks for it.
    """

    nodes: Mapping[str, Node | Callable[[], Node]]
    missing_is_empty: bool = False


class Instances(Mapping[str, Node]):
    """The secondary instances by name, each made when first asked for; those of `behind` where it has none itself."""

    def __init__(
        self, given: Mapping[str, Node | Callable[[], Node]], behind: Mapping[str, Node] | None = None
    ) -> None:
        self._given = dict(given)
        self._behind = behind or {}

    def __getitem__(self, name: str) -> Node:
        if name not in self._given:
            return self._behind[name]
        found = self._given[name]
        if not isinstance(found, Node):
            found = self._given[name] = found()
        return found

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys([*self._given, *self._behind])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_attachment(address: str, content: str | bytes) -> Node:
    """The instance of one file; raises XFormFault `xform-attachment` where the file cannot be read as its kind."""
    wrapper = Node(ELEMENT, "instance")
    name = address.rpartition("/")[2].lower()
    try:
        if len(content) > _LARGEST:
            raise ValueError(f"> {_LARGEST // 1_000_000} MB")
        if isinstance(content, bytes) and content.startswith(b"PK\x03\x04"):
            wrapper.append(_sheet(content, name))
        elif name.endswith((".csv", ".xlsx")) or "file-csv" in address:
            wrapper.append(_rows(_text(content)))
        elif name.endswith(".geojson"):
            wrapper.append(_features(json.loads(_text(content))))
        else:
            raw = content.removeprefix("\ufeff").encode() if isinstance(content, str) else content
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            wrapper.append(node_of(etree.fromstring(raw, parser)))
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError, csv.Error, RecursionError) as error:
        raise XFormFault("xform-attachment", "", name=address.rpartition("/")[2], reason=str(error)) from error
    return wrapper


def node_of(element: etree._Element) -> Node:
    """A secondary instance; one that is a long plain list becomes a table."""
    table = _table(element)
    return from_element(element, keep_space=False) if table is None else table


def _table(element: etree._Element) -> Table | None:
    """The list whose rows are alike and hold nothing but texts; None for every other shape."""
    if len(element) < _FEW or element.attrib or (element.text or "").strip():
        return None
    tag = element[0].tag
    columns: dict[str, int] = {}
    rows: list[dict[str, str]] = []
    for line in element:
        if line.tag != tag or line.attrib or (line.tail or "").strip() or (line.text or "").strip():
            return None
        cells: dict[str, str] = {}
        for cell in line:
            if isinstance(cell, etree._Comment | etree._ProcessingInstruction):
                return None
            name = cell.tag
            if len(cell) or cell.attrib or name in cells or (cell.tail or "").strip():
                return None
            columns.setdefault(name, len(columns))
            cells[name] = cell.text or ""
        rows.append(cells)
    names = [etree.QName(each) for each in (element.tag, tag, *columns)]
    if len({name.namespace for name in names}) > 1:
        return None
    plain = [name.localname for name in names]
    return Table(plain[2:], [tuple(map(cells.get, columns)) for cells in rows], plain[0], plain[1])


def _text(content: str | bytes) -> str:
    """As spreadsheet programs write it in China: UTF-8 with or without mark, UTF-16, or GB18030."""
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    if content.startswith(_UTF_16):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _rows(text: str) -> Table:
    """`root/item/column`; the delimiter is the one that the header line uses most."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    header = plain.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    lines = csv.reader(io.StringIO(plain), delimiter=delimiter)
    names = [name.strip() for name in next(lines, [])]
    return Table(names, [_filled(cells, len(names)) for cells in lines])


def _filled(cells: list[str], width: int) -> list[str]:
    missing = width - len(cells)
    return cells if missing == 0 else [*cells, *[""] * missing][:width]


def _sheet(content: bytes, name: str) -> Table:
    """The first sheet of a workbook."""
    from jiandu_desktop.form_engine.workbook import read_list  # brings openpyxl

    headers, rows = read_list(content, name)
    return Table(headers, rows)


def _features(content: Any) -> Table:
    """GeoJSON: a feature's properties, and its geometry as ODK writes points."""
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise ValueError("no FeatureCollection")
    rows: list[dict[str, str]] = []
    columns: dict[str, None] = {}
    for feature in content["features"]:
        properties = feature.get("properties") or {}
        row = {name: "" if value is None else str(value) for name, value in properties.items()}
        if feature.get("id") is not None:
            row = {"id": str(feature["id"]), **{name: text for name, text in row.items() if name != "id"}}
        row["geometry"] = _geometry(feature.get("geometry") or {})
        columns.update(dict.fromkeys(row))
        rows.append(row)
    return Table(list(columns), [tuple(map(row.get, columns)) for row in rows])


def _geometry(geometry: Mapping[str, Any]) -> str:
    kind, places = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Point":
        places = [places]
    elif kind == "Polygon":
        places = places[0] if places else []
    elif kind != "LineString":
        raise ValueError(f"geometry {kind}")
    return ";".join(f"{place[1]} {place[0]} 0 0" for place in places)
