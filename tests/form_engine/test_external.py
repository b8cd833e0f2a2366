"""Lists beside the workbook: whatever program wrote them, officials get their choices, or hear what is missing."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jiandu_desktop.form_engine import FormFaults, Instance, load_form
from jiandu_desktop.form_engine.load import forget
from jiandu_desktop.form_engine.xpath.tables import Table
from tests.support.checklists import NOW, YES_NO_NA, q, workbook

ROWS = [("name", "label", "county"), ("s1", "城关一小", "青禾"), ("s2", "城关二小", "青禾"), ("s3", "河口小学", "白水")]
SURVEY = (
    q("text", "county"),
    q("select_one_from_file schools.csv", "school", choice_filter="county = ${county}"),
    q("calculate", "told", calculation="pulldata('schools', 'label', 'name', ${school})"),
    q("calculate", "where", calculation="instance('schools')/root/item[name = ${school}]/county"),
)


def text(separator: str = ",") -> str:
    return "\n".join(separator.join(row) for row in ROWS) + "\n\n"


def sheet(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(files: Mapping[str, bytes], *survey: Mapping[str, Any], **given: Any) -> Instance:
    definition = load_form(workbook(survey or SURVEY, given.pop("choices", YES_NO_NA)), attachments=files)
    return Instance(definition, now=lambda: NOW, **given)


def offered(instance: Instance, ref: str) -> list[tuple[str, str]]:
    return [(choice.value, choice.label) for choice in instance.node(ref).choices]


@pytest.mark.parametrize(
    "files",
    [
        {"schools.csv": text().encode()},
        {"schools.csv": text(";").encode("utf-8-sig")},
        {"schools.csv": text("\t").encode("utf-16")},
        {"schools.csv": text().replace("\n", "\r\n").encode("gb18030")},
        {"schools.xlsx": sheet()},
    ],
    ids=["comma", "semicolon and mark", "tabs in UTF-16", "GB18030", "workbook"],
)
def test_a_list_reads_the_same_whichever_program_saved_it(files: Mapping[str, bytes]) -> None:
    visit = filled(files)
    assert offered(visit, "/data/school") == []
    visit.answer("/data/county", "青禾")
    assert offered(visit, "/data/school") == [("s1", "城关一小"), ("s2", "城关二小")]
    visit.answer("/data/school", "s2")
    assert (visit.node("/data/told").value, visit.node("/data/where").value) == ("城关二小", "青禾")
    visit.answer("/data/county", "白水")
    assert not visit.node("/data/school").answered


def test_value_and_label_may_stand_in_other_columns() -> None:
    files = {"schools.csv": b"code,title\n7,A\n8,B\n"}
    row = q("select_multiple_from_file schools.csv", "school", parameters="value=code label=title")
    visit = filled(files, row)
    assert offered(visit, "/data/school") == [("7", "A"), ("8", "B")]
    visit.answer("/data/school", "8 7")
    assert visit.node("/data/school").value == "7 8"


def test_places_and_xml_lists_are_read_too() -> None:
    features = [
        {
            "type": "Feature",
            "id": "g",
            "properties": {"title": "校门"},
            "geometry": {"type": "Point", "coordinates": [111.2, 34.5]},
        }
    ]
    files = {
        "gates.geojson": json.dumps({"type": "FeatureCollection", "features": features}).encode(),
        "kinds.xml": "<root><item><name>p</name><label>小学</label></item></root>".encode(),
    }
    visit = filled(
        files,
        q("select_one_from_file gates.geojson", "gate"),
        q("select_one_from_file kinds.xml", "kind"),
        q("calculate", "at", calculation="instance('gates')/root/item[id = ${gate}]/geometry"),
    )
    assert offered(visit, "/data/gate") == [("g", "校门")]
    assert offered(visit, "/data/kind") == [("p", "小学")]
    visit.answer("/data/gate", "g")
    assert visit.node("/data/at").value == "34.5 111.2 0 0"


def test_search_finds_rows_and_keeps_numbered_choices() -> None:
    choices = [
        {"list_name": "found", "name": "name", "label": "label, county"},
        {"list_name": "found", "name": "99", "label": "名单外"},
    ]
    call = "minimal search('schools', 'contains', 'label', ${county}, 'county', '青禾')"
    visit = filled(
        {"schools.csv": text().encode()}, SURVEY[0], q("select_one found", "school", appearance=call), choices=choices
    )
    visit.answer("/data/county", "二小")
    assert offered(visit, "/data/school") == [("99", "名单外"), ("s2", "城关二小, 青禾")]
    assert visit.node("/data/school").item.appearances == {"minimal"}


def test_another_kind_of_search_is_refused_by_name() -> None:
    row = q("select_one found", "school", appearance="search('schools', 'like', 'label', 'x')")
    with pytest.raises(FormFaults) as caught:
        filled(
            {"schools.csv": text().encode()}, row, choices=[{"list_name": "found", "name": "name", "label": "label"}]
        )
    assert "'like'" in str(caught.value.values["faults"])


def test_the_sheet_external_choices_is_a_list_of_its_own() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook([SURVEY[0], q("select_one_external far", "school", choice_filter="county = ${county}")], ())
        )
    )
    far = book.create_sheet("external_choices")
    far.append(["list_name", *ROWS[0]])
    for row in ROWS[1:]:
        far.append(["far", *row])
    out = io.BytesIO()
    book.save(out)
    visit = Instance(load_form(out.getvalue()), now=lambda: NOW)
    visit.answer("/data/county", "白水")
    assert offered(visit, "/data/school") == [("s3", "河口小学")]


def test_every_missing_or_faulty_file_is_named_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook((*SURVEY, q("select_one_from_file kinds.xml", "kind"), q("csv-external", "prices"))))
    (tmp_path / "表-media").mkdir()
    (tmp_path / "表-media" / "kinds.xml").write_text("<root><item>", encoding="utf-8")
    with pytest.raises(FormFaults) as caught:
        load_form(path)
    found = {(fault.code, fault.values["name"], fault.row) for fault in caught.value.faults}
    assert found >= {("missing-file", "schools.csv", 3), ("unreadable-file", "kinds.xml", 6)}
    assert all("{" not in fault.sentence() for fault in caught.value.faults)
    (tmp_path / "表-media" / "kinds.xml").write_text("<root><item><name>p</name><label>P</label></item></root>")
    (tmp_path / "schools.csv").write_text("name,title,county\n" + "a,b,c\n", encoding="utf-8")
    (tmp_path / "prices.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(FormFaults) as caught:
        load_form(path)
    assert [(fault.code, fault.values["column"]) for fault in caught.value.faults] == [("missing-file-column", "label")]


def test_a_long_list_is_not_walked_through_for_an_equal_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"n{place},第{place}小学,c{place % 500}\n" for place in range(20_000))
    visit = filled({"schools.csv": f"name,label,county\n{rows}".encode()})

    def walked(table: Table) -> None:
        raise AssertionError("every row became a node")

    monkeypatch.setattr(Table, "content", walked)
    visit.answer("/data/county", "c7")
    assert len(offered(visit, "/data/school")) == 40
    visit.answer("/data/school", "n507")
    assert visit.node("/data/told").value == "第507小学"


def test_a_new_file_under_the_same_workbook_is_looked_at_again(tmp_path: Path) -> None:
    book, cache = workbook(SURVEY), tmp_path / "compiled"
    load_form(book, attachments={"schools.csv": text().encode()}, cached_in=cache)
    forget()
    visit = Instance(
        load_form(book, attachments={"schools.csv": "name,label,county\nx,新校,青禾\n".encode()}, cached_in=cache),
        now=lambda: NOW,
    )
    visit.answer("/data/county", "青禾")
    assert offered(visit, "/data/school") == [("x", "新校")]
