"""A visit leaves the program in formats that others read, and comes in again as a draft."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from jiandu_desktop.cli import make_parser, told
from jiandu_desktop.cli.visits import run_visit
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import AnswerSource, VisitState
from jiandu_desktop.progress import Progress
from jiandu_desktop.services.open_visit import OpenVisit
from jiandu_desktop.services.program import Services
from jiandu_desktop.services.visit_export import Format
from jiandu_desktop.storage import visits
from tests.conftest import StandingClock
from tests.support.checklists import END_GROUP, END_REPEAT, q
from tests.support.unit import add_checklist, answer, begin, found_unit, problem

FORM = (
    q("start", "start", ""),
    q("end", "end", ""),
    q("audit", "audit", ""),
    q("hidden", "school_code", ""),
    q("begin_group", "g", "组"),
    q("select_one ypn", "gate", "校门值守", j_weight=5),
    q("select_multiple ypn", "fire", "消防"),
    q("integer", "guards", "保安人数"),
    q("image", "photo", "门口照片"),
    END_GROUP,
    q("begin_repeat", "room", "教室"),
    q("text", "title", "名称"),
    q("begin_repeat", "seat", "座位"),
    q("decimal", "height", "高度"),
    END_REPEAT,
    END_REPEAT,
)
ANSWERS = {
    "g/gate": "no",
    "g/fire": "yes na",
    "g/guards": "-3",
    "room[1]/title": "=HYPERLINK(“x”)",
    "room[1]/seat[1]/height": "0.65",
}


@pytest.fixture
def unit(tmp_path: Path, clock: StandingClock) -> Iterator[Services]:
    services = found_unit(tmp_path, clock)
    add_checklist(services, tmp_path, *FORM)
    yield services
    services.close()


def picture(color: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(out, "JPEG")
    return out.getvalue()


def filled(unit: Services, clock: StandingClock) -> OpenVisit:
    opened = begin(unit)
    photo = unit.visits.add_photo(opened.visit.id, "/data/g/photo", picture("teal"), "门口.jpg")
    unit.visits.add_photo(opened.visit.id, "/data/g/gate", picture("red"), "值守.jpg")
    answer(unit, opened, {**ANSWERS, "g/photo": photo.name})
    unit.visits.save_note(opened.visit.id, "/data/g/gate", "已当面提醒")
    problem(unit, opened, "/data/g/gate", clock())
    return unit.visits.resume(opened.visit.id)


def finished(unit: Services, clock: StandingClock) -> OpenVisit:
    opened = filled(unit, clock)
    unit.finishing.finish(opened.visit.id, unit.finishing.instance(opened))
    clock.advance(days=2)
    return unit.visits.resume(opened.visit.id)


def export(unit: Services, opened: OpenVisit, form: Format, folder: Path) -> Path:
    unit.visit_export.write([opened.visit.id], form, folder, Progress())
    return next(folder.iterdir()) if form is Format.OPENROSA else folder


def rows(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel would read it in the system's code page"
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_a_submission_is_what_odk_tools_take(unit: Services, tmp_path: Path, clock: StandingClock) -> None:
    opened = finished(unit, clock)
    folder = export(unit, opened, Format.OPENROSA, tmp_path / "out")
    root = etree.parse(folder / "submission.xml").getroot()
    assert (root.tag, root.get("id"), root.get("version")) == ("data", "tiny", "1")
    orx = {"orx": "http://openrosa.org/xforms"}
    meta = {each.tag.rpartition("}")[2]: each.text for each in root.find("{*}meta", orx)}
    assert meta["instanceID"] == f"uuid:{opened.visit.id}"
    assert meta["audit"] == "audit.csv"
    assert "deprecatedID" not in meta
    assert opened.visit.finished_at is not None
    assert root.findtext("end") == opened.visit.finished_at.isoformat(timespec="milliseconds")
    assert (folder / (root.findtext("g/photo") or "?")).read_bytes() == picture("teal")
    assert [path.name for path in (folder / "佐证").iterdir()] == ["1.1 值守.jpg"]
    assert sorted(path.name for path in folder.iterdir()) == ["audit.csv", "submission.xml", "佐证", "门口.jpg"]


def test_json_holds_the_whole_record(unit: Services, tmp_path: Path, clock: StandingClock) -> None:
    opened = finished(unit, clock)
    folder = export(unit, opened, Format.JSON, tmp_path / "out")
    (path,) = folder.glob("*.json")
    made = json.loads(path.read_text(encoding="utf-8"))
    assert (made["format"], made["form"]["id"], made["school"]["name"]) == ("jiandu-visit", "tiny", "城关镇第一小学")
    group = {"gate": "no", "fire": "yes na", "guards": -3, "photo": "门口.jpg"}
    assert made["answers"]["g"] == group
    assert made["answers"]["room"] == [{"title": "=HYPERLINK(“x”)", "seat": [{"height": 0.65}]}]
    gate = next(each for each in made["items"] if each["ref"] == "/data/g/gate")
    assert (gate["answer"], gate["failed"], gate["note"]) == ("不符合", True, "已当面提醒")
    assert made["score"]["percent"] == "0.0"
    assert made["problems"][0]["photos"] == ["值守.jpg"]
    assert all((folder / each["file"]).is_file() for each in made["photos"])
    assert len(made["documents"]) == len(unit.papers.of_visit(opened.visit.id))
    assert any(each["ref"] == "/data/g/gate" and each["new"] == "no" for each in made["trail"])


def test_csv_opens_in_excel_with_repeats_in_files_of_their_own(
    unit: Services, tmp_path: Path, clock: StandingClock
) -> None:
    first = finished(unit, clock)
    second = begin(unit, "复查")
    answer(unit, second, {"g/gate": "yes"})
    folder = tmp_path / "out"
    unit.visit_export.write([first.visit.id, second.visit.id], Format.CSV, folder, Progress())
    main = rows(folder / "tiny.csv")
    assert [row["g-gate"] for row in main] == ["no", "yes"]
    assert (main[0]["g-guards"], main[0]["jiandu-problems"], main[0]["jiandu-score"]) == ("-3", "1", "0.0")
    assert (folder / main[0]["g-photo"]).is_file()
    assert main[1]["SubmissionDate"] == ""
    (room, *_) = rows(folder / "tiny-room.csv")
    key = f"uuid:{first.visit.id}"
    assert room == {"title": "'=HYPERLINK(“x”)", "PARENT_KEY": key, "KEY": f"{key}/room[1]"}
    (seat,) = [row for row in rows(folder / "tiny-room-seat.csv") if row["height"]]
    assert seat == {"height": "0.65", "PARENT_KEY": f"{key}/room[1]", "KEY": f"{key}/room[1]/seat[1]"}
    assert rows(folder / "tiny-problems.csv")[0]["text"] == "保安员无证上岗"
    assert {row["PARENT_KEY"] for row in rows(folder / "tiny-audit.csv")} == {key, f"uuid:{second.visit.id}"}


def test_nothing_is_overwritten_and_a_photo_that_has_not_come_is_named(
    unit: Services, tmp_path: Path, clock: StandingClock
) -> None:
    opened = finished(unit, clock)
    export(unit, opened, Format.OPENROSA, tmp_path / "out")
    with pytest.raises(Trouble, match="export-folder-in-use"):
        export(unit, opened, Format.OPENROSA, tmp_path / "out")
    photo = next(each for each in opened.photos if each.ref == "/data/g/photo")
    for path in unit.store.folder.media.rglob(f"{photo.sha256}*"):
        path.unlink()
    done = unit.visit_export.write([opened.visit.id], Format.OPENROSA, tmp_path / "again", Progress())
    assert done.missing == ("门口.jpg",)


COLLECT = """<?xml version='1.0' ?>
<data id="tiny" version="1" xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">
  <start>2026-11-20T08:30:00.000+08:00</start><school_code>{code}</school_code>
  <formhub><uuid>0</uuid></formhub><g><gate>part</gate><fire>yes other</fire><photo>1732090000.jpg</photo></g>
  <room><title>一</title></room><room><title>二</title></room>
  <orx:meta><orx:instanceID>uuid:5f1c</orx:instanceID></orx:meta></data>"""


def collected(folder: Path, code: str = "0312000101", change: str = "→") -> Path:
    """A submission with its photo; `change`: what to write instead of what."""
    folder.mkdir()
    old, new = change.split("→")
    text = COLLECT.format(code=code)
    (folder / "submission.xml").write_text(text.replace(old, new) if old else text, encoding="utf-8")
    (folder / "1732090000.jpg").write_bytes(picture("blue"))
    return folder


def test_a_submission_of_collect_is_gone_on_with_as_a_draft(unit: Services, tmp_path: Path) -> None:
    done = unit.visit_import.read(collected(tmp_path / "in"))
    opened = unit.visits.resume(done.visit.id)
    assert (opened.visit.state, opened.school.name, opened.visit.origin) == (
        VisitState.DRAFT,
        "城关镇第一小学",
        "uuid:5f1c",
    )
    assert f"{opened.visit.started_at:%Y-%m-%d %H:%M}" == "2026-11-20 08:30"
    assert opened.values["/data/room[2]/title"] == "二"
    assert unit.visits.photo_bytes(opened.photos[0].sha256) == picture("blue")
    assert done.unread == ("消防",)
    with unit.store.reading() as work:
        assert {each.source for each in visits.trail(work, done.visit.id)} == {AnswerSource.IMPORTED}
    folder = export(unit, opened, Format.OPENROSA, tmp_path / "out")
    meta = etree.parse(folder / "submission.xml").getroot().find("{*}meta")
    said = {each.tag.rpartition("}")[2]: each.text for each in meta}
    assert (said["instanceID"], said["deprecatedID"]) == (f"uuid:{opened.visit.id}", "uuid:5f1c")
    with pytest.raises(Trouble, match="submission-already-open"):
        unit.visit_import.read(tmp_path / "in")


@pytest.mark.parametrize(
    ("change", "code", "value"),
    [
        ('id="tiny"→id="other"', "submission-form-unknown", "other"),
        ('version="1"→version="9"', "submission-version-unknown", "9"),
        ('id="tiny"→', "submission-no-form", "in"),
        ("0312000101→999", "submission-school-unknown", "999"),
        ("</data>→", "submission-unreadable", ""),
    ],
)
def test_what_cannot_be_gone_on_with_is_refused_by_name(
    unit: Services, tmp_path: Path, change: str, code: str, value: str
) -> None:
    with pytest.raises(Trouble, match=code) as refused:
        unit.visit_import.read(collected(tmp_path / "in", change=change))
    assert not value or value in refused.value.values.values()
    assert unit.visits.rows() == ()


def test_the_school_may_be_said_where_the_submission_does_not(unit: Services, tmp_path: Path) -> None:
    folder = collected(tmp_path / "in", code="")
    assert unit.visit_import.read(folder, "0312000101").school == "城关镇第一小学"


def test_an_own_finished_visit_comes_in_again_as_its_revision(
    unit: Services, tmp_path: Path, clock: StandingClock
) -> None:
    opened = finished(unit, clock)
    folder = export(unit, opened, Format.OPENROSA, tmp_path / "out")
    done = unit.visit_import.read(folder)
    assert (done.visit.revises, done.visit.revision, done.visit.state) == (opened.visit.id, 2, VisitState.DRAFT)
    again = unit.visits.resume(done.visit.id)
    same = {ref: value for ref, value in opened.values.items() if ref.startswith(("/data/g", "/data/room"))}
    assert {ref: again.values[ref] for ref in same} == same
    with pytest.raises(Trouble, match="submission-already-here"):
        unit.visit_import.read(folder)


def test_a_file_name_in_a_submission_leads_nowhere_else(unit: Services, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture("black"))
    folder = collected(tmp_path / "in", change="1732090000.jpg→../secret.jpg")
    done = unit.visit_import.read(folder)
    assert done.missing == ("../secret.jpg",)
    assert unit.visits.resume(done.visit.id).photos == ()


def test_the_office_exports_and_imports_from_its_scripts(
    unit: Services, tmp_path: Path, clock: StandingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    def command(*words: str) -> tuple[int, str]:
        chosen = make_parser().parse_args(["visit", *words])
        code = told(lambda: run_visit(unit, chosen))
        said = capsys.readouterr()
        return code, said.out + said.err

    opened = finished(unit, clock)
    tail = opened.visit.id[-12:]
    assert tail in command("list")[1]
    code, said = command("export", tail, "--out", str(tmp_path / "one"))
    assert (code, "已导出 1 份记录" in said) == (0, True)
    assert command("export", "--all", "--format", "csv", "--out", str(tmp_path / "all"))[0] == 0
    assert (tmp_path / "all" / "tiny.csv").is_file()
    code, said = command("export", "ffffffffffff", "--out", str(tmp_path / "none"))
    assert (code, "没有编号以" in said) == (1, True)
    code, said = command("import", str(next((tmp_path / "one").iterdir())))
    assert (code, "可以在窗口里接着填" in said) == (0, True)
    assert "督导中" in command("list")[1]
