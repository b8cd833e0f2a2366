"""What was answered comes back: as values for the database, as OpenRosa XML for other tools."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from lxml import etree

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine import Definition, Instance
from tests.support.checklists import END_GROUP, END_REPEAT, NOW, clock, definition, q


@pytest.fixture
def made() -> Definition:
    return definition(
        q("start", "start", ""),
        q("end", "end", ""),
        q("today", "today", ""),
        q("username", "who", ""),
        q("hidden", "school_name", ""),
        q("begin_group", "g", "组"),
        q("select_one ypn", "a", "甲"),
        q("text", "b", "乙", relevant="${a} = 'no'"),
        q("begin_repeat", "room", "教室"),
        q("text", "name", "名称"),
        END_REPEAT,
        END_GROUP,
    )


def filled(made: Definition) -> Instance:
    visit = Instance(made, now=clock, username="王督学", prefill={"school_name": "城关二小"})
    visit.answer("/data/g/a", "no")
    visit.answer("/data/g/b", "灭火器过期 <2 具> & 未换\x0b")
    visit.add_repeat("/data/g/room")
    visit.answer("/data/g/room[2]/name", "音乐教室")
    visit.answer("/data/g/a", "yes")
    return visit


def test_values_restore_a_visit_with_what_is_hidden_now(made: Definition) -> None:
    visit = filled(made)
    again = Instance(made, now=lambda: NOW + timedelta(days=1), username="别人", values=visit.values())
    assert again.values() == visit.values()
    again.answer("/data/g/a", "no")
    assert again.node("/data/g/b").value.startswith("灭火器过期")
    assert again.node("/data/who").value == "王督学"
    assert again.node("/data/today").value == "2026-11-21"
    assert again.section_items("/data/g")[-1] == "/data/g/room[2]/name"


def test_removed_rows_stay_removed(made: Definition) -> None:
    visit = filled(made)
    visit.remove_repeat("/data/g/room[1]")
    visit.remove_repeat("/data/g/room[1]")
    assert Instance(made, now=clock, values=visit.values()).section_items("/data/g") == ("/data/g/a",)


def test_submission_is_openrosa_xml_without_what_is_not_relevant(made: Definition) -> None:
    visit = filled(made)
    root = etree.fromstring(visit.to_xml())
    assert (root.tag, root.get("id"), root.get("version")) == ("data", "tiny", "1")
    assert root.find("g/b") is None
    assert [element.text for element in root.findall("g/room/name")] == [None, "音乐教室"]
    assert (root.findtext("meta/instanceID") or "").startswith("uuid:")
    assert datetime.fromisoformat(root.findtext("end") or "") == NOW
    visit.answer("/data/g/a", "no")
    assert etree.fromstring(visit.to_xml()).findtext("g/b") == "灭火器过期 <2 具> & 未换"


def test_a_submission_opens_again(made: Definition) -> None:
    visit = filled(made)
    again = Instance.from_xml(made, visit.to_xml(), now=clock)
    assert again.node("/data/g/room[2]/name").value == "音乐教室"
    assert again.values()["/data/meta/instanceID"] == visit.values()["/data/meta/instanceID"]
    assert again.to_xml() == visit.to_xml()


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"not xml", "submission-unreadable"),
        (b"<other id='x'/>", "submission-other-form"),
        (b"<data id='other'/>", "submission-other-form"),
        (b'<!DOCTYPE d [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><data id="tiny"><g><a>&b;</a></g></data>', ""),
    ],
)
def test_a_file_that_is_no_submission_of_this_form_is_refused(made: Definition, xml: bytes, code: str) -> None:
    if not code:
        assert Instance.from_xml(made, xml, now=clock).node("/data/g/a").value == ""
        return
    with pytest.raises(Trouble) as caught:
        Instance.from_xml(made, xml, now=clock)
    assert caught.value.code == code


def test_an_answer_finds_its_item_under_a_new_name() -> None:
    old = Instance(definition(q("integer", "guard_old", "保安")), now=clock)
    old.answer("/data/guard_old", "4")
    new = definition(q("begin_group", "g", "组"), q("integer", "guards", "保安", j_was="guard_old"), END_GROUP)
    assert Instance(new, now=clock, values=old.values()).node("/data/g/guards").value == "4"
