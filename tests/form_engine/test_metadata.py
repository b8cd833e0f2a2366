"""What a checklist notes by itself and what it works out at certain moments."""

from __future__ import annotations

from datetime import datetime, timedelta

from lxml import etree

from jiandu_desktop.form_engine import Instance
from tests.support.checklists import END_GROUP, END_REPEAT, NOW, q, start

NOTED = tuple(
    {"type": kind, "name": kind}
    for kind in ("start", "end", "today", "username", "deviceid", "phonenumber", "email", "audit")
)


def value(visit: Instance, name: str) -> str:
    return visit.values()[f"/data/{name}"]


def test_a_visit_notes_when_by_whom_and_on_which_computer() -> None:
    visit = start(
        *NOTED, q("text", "a"), username="许承志", deviceid="dev-1", phonenumber="0398-5550101", email="x@y.cn"
    )
    assert datetime.fromisoformat(value(visit, "start")) == NOW
    assert value(visit, "today") == NOW.date().isoformat()
    said = [value(visit, name) for name in ("username", "deviceid", "phonenumber", "email")]
    assert said == ["许承志", "dev-1", "0398-5550101", "x@y.cn"]


def test_the_end_is_when_the_submission_is_made_and_the_beginning_stays() -> None:
    moments = iter([NOW + timedelta(minutes=number) for number in range(1000)])
    visit = start(*NOTED, q("text", "a"), now=lambda: next(moments))
    began = value(visit, "start")
    sent = etree.fromstring(visit.to_xml())
    assert sent.findtext("start") == began
    assert datetime.fromisoformat(sent.findtext("end") or "") > datetime.fromisoformat(began)
    again = Instance(visit.definition, now=lambda: NOW + timedelta(days=3), values=visit.values())
    assert again.values()["/data/start"] == began
    assert again.values()["/data/today"] == NOW.date().isoformat()


def test_a_trigger_sets_its_value_each_time_its_question_changes() -> None:
    visit = start(q("text", "a"), q("text", "copy", calculation="concat(${a}, '!')", trigger="${a}"), q("text", "b"))
    visit.answer("/data/a", "x")
    assert visit.node("/data/copy").value == "x!"
    visit.answer("/data/copy", "by hand")
    visit.answer("/data/b", "another question")
    assert visit.node("/data/copy").value == "by hand"
    visit.answer("/data/a", "y")
    assert visit.node("/data/copy").value == "y!"


def test_once_keeps_its_first_result() -> None:
    visit = start(q("text", "a"), q("calculate", "first", calculation="once(${a})"))
    visit.answer("/data/a", "x")
    visit.answer("/data/a", "y")
    assert visit.node("/data/first").value == "x"


def test_a_default_that_is_worked_out_is_worked_out_at_the_beginning_alone() -> None:
    row = q("date", "day", default="today()")
    visit = start(row)
    assert visit.node("/data/day").value == NOW.date().isoformat()
    visit.answer("/data/day", "2026-01-02")
    later = Instance(visit.definition, now=lambda: NOW + timedelta(days=9), values=visit.values())
    assert later.node("/data/day").value == "2026-01-02"


def test_rows_follow_their_count_also_within_rows() -> None:
    visit = start(
        q("integer", "classes"),
        {"type": "begin_repeat", "name": "class", "label": "班", "repeat_count": "${classes}"},
        q("integer", "pupils"),
        {"type": "begin_repeat", "name": "pupil", "label": "学生", "repeat_count": "${pupils}"},
        q("text", "name", default="待填"),
        END_REPEAT,
        END_REPEAT,
        {"type": "begin_repeat", "name": "fixed", "label": "固定", "repeat_count": "2"},
        q("text", "what"),
        END_REPEAT,
        {"type": "begin_group", "name": "g", "label": "组"},
        q("text", "last"),
        END_GROUP,
    )
    visit.answer("/data/classes", "2")
    visit.answer("/data/class[1]/pupils", "1")
    visit.answer("/data/class[2]/pupils", "3")
    refs = visit.section_items("/data/class")
    assert [ref for ref in refs if ref.endswith("name")] == [
        "/data/class[1]/pupil[1]/name",
        *(f"/data/class[2]/pupil[{place}]/name" for place in (1, 2, 3)),
    ]
    assert visit.node("/data/class[2]/pupil[3]/name").value == "待填"
    visit.answer("/data/class[2]/pupils", "1")
    visit.answer("/data/classes", "1")
    assert len(visit.section_items("/data/class")) == 2
    assert len(visit.section_items("/data/fixed")) == 2


def test_the_last_finished_filling_is_where_the_next_begins() -> None:
    row = q("text", "guide", default="${last-saved#guide}")
    visit = start(row, last_saved={"/data/guide": "许承志"})
    assert visit.node("/data/guide").value == "许承志"
    assert visit.definition.asks_for_last_saved
    assert start(row).node("/data/guide").value == ""
    resumed = Instance(
        visit.definition, now=lambda: NOW, values={"/data/guide": "林素梅"}, last_saved={"/data/guide": "许承志"}
    )
    assert resumed.node("/data/guide").value == "林素梅"


def test_a_place_is_typed_where_no_receiver_knows_it() -> None:
    rows = ({"type": "start-geopoint", "name": "began"}, q("geopoint", "gate"))
    visit = start(*rows)
    assert visit.values()["/data/began"] == ""
    visit.answer("/data/gate", "34.5 111.2 0 0")
    assert visit.node("/data/gate").answered
    assert start(*rows, locate=lambda: "34.5 111.2 310 5").values()["/data/began"] == "34.5 111.2 310.0 5.0"
