"""Files beside a form (CSV, XML, GeoJSON) as the nodes that `instance(…)` and `pulldata(…)` walk."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from jiandu_desktop.form_engine.xform.expressions import XFormFault
from jiandu_desktop.form_engine.xpath.nodes import ELEMENT, Node, from_element

_DELIMITERS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Attachments:
    """By their `jr://…` address; with `missing_is_empty` a file that is not there counts as one without rows."""

    nodes: Mapping[str, Node]
    missing_is_empty: bool = False


def read_attachment(address: str, content: str) -> Node:
    """The instance of one file; raises XFormFault `xform-attachment` where the file cannot be read as its kind."""
    text = content.removeprefix("\ufeff")
    wrapper = Node(ELEMENT, "instance")
    try:
        if address.lower().endswith(".csv") or "file-csv" in address:
            wrapper.append(_rows(text))
        elif address.lower().endswith(".geojson"):
            wrapper.append(_features(json.loads(text)))
        else:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            wrapper.append(from_element(etree.fromstring(text.encode(), parser), keep_space=False))
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError) as error:
        raise XFormFault("xform-attachment", "", name=address, reason=str(error)) from error
    return wrapper


def _rows(text: str) -> Node:
    """`root/item/column`; the delimiter is the one that the header line uses most."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    header = plain.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    root = Node(ELEMENT, "root")
    lines = csv.reader(io.StringIO(plain), delimiter=delimiter)
    names = [name.strip() for name in next(lines, [])]
    for cells in lines:
        item = Node(ELEMENT, "item")
        filled = [*cells, *[""] * (len(names) - len(cells))]
        for name, cell in zip(names, filled, strict=False):
            item.append(Node(ELEMENT, name, text=cell))
        root.append(item)
    return root


def _features(content: Any) -> Node:
    """GeoJSON: a feature's properties, and its geometry as ODK writes points."""
    if content.get("type") != "FeatureCollection":
        raise ValueError("no FeatureCollection")
    root = Node(ELEMENT, "root")
    for feature in content["features"]:
        item = Node(ELEMENT, "item")
        if feature.get("id") is not None:
            item.append(Node(ELEMENT, "id", text=str(feature["id"])))
        for name, value in (feature.get("properties") or {}).items():
            if not (name == "id" and feature.get("id") is not None):
                item.append(Node(ELEMENT, name, text="" if value is None else str(value)))
        item.append(Node(ELEMENT, "geometry", text=_geometry(feature.get("geometry") or {})))
        root.append(item)
    return root


def _geometry(geometry: Mapping[str, Any]) -> str:
    kind, places = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Point":
        places = [places]
    elif kind == "Polygon":
        places = places[0] if places else []
    elif kind != "LineString":
        raise ValueError(f"geometry {kind}")
    return ";".join(f"{place[1]} {place[0]} 0 0" for place in places)
