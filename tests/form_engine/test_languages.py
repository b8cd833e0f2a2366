"""A checklist in two languages, with pictures: everything an inspector reads follows the switch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jiandu_desktop.form_engine import Group, Instance, Repeat, load_form
from tests.support.checklists import END_GROUP, END_REPEAT, NOW, SETTINGS, workbook

ZH, EN = "中文 (zh)", "English (en)"


def both(zh: str, en: str, column: str = "label") -> dict[str, str]:
    return {f"{column}::{ZH}": zh, f"{column}::{EN}": en}


SURVEY: tuple[dict[str, Any], ...] = (
    {"type": "begin_group", "name": "gate", **both("门卫", "Gate"), "appearance": "field-list"},
    {
        "type": "select_one ypn",
        "name": "door",
        **both("大门**关闭**", "Gate **closed**"),
        **both("看门口", "look", "hint"),
        **both("先看监控", "cameras first", "guidance_hint"),
        **both("zh.png", "en.png", "media::image"),
        "required": "yes",
        **both("必须回答", "needed", "required_message"),
        "appearance": "likert no-label",
    },
    {
        "type": "integer",
        "name": "guards",
        **both("保安", "Guards"),
        "constraint": ". > 2",
        **both("太少", "too few", "constraint_message"),
    },
    {"type": "note", "name": "told", **both("有 ${guards} 名", "${guards} of them")},
    {"type": "begin_repeat", "name": "staff", **both("人员", "Staff"), "appearance": "table"},
    {"type": "text", "name": "name", **both("姓名", "Name"), "parameters": "rows=3"},
    END_REPEAT,
    END_GROUP,
)
CHOICES = (
    {"list_name": "ypn", "name": "yes", **both("是", "yes"), f"media::image::{ZH}": "yes.png"},
    {"list_name": "ypn", "name": "no", **both("否", "no")},
)


@pytest.fixture
def visit() -> Instance:
    book = workbook(SURVEY, CHOICES, {**SETTINGS, "default_language": ZH})
    return Instance(load_form(book, attachments={"zh.png": b"picture"}), now=lambda: NOW)


def test_everything_said_follows_the_language(visit: Instance) -> None:
    assert (visit.languages, visit.language) == ((ZH, EN), ZH)
    visit.answer("/data/gate/guards", "1")
    before = visit.node("/data/gate/door")
    assert (before.label, before.hint, before.guidance) == ("大门**关闭**", "看门口", "先看监控")
    assert visit.section_label("/data/gate") == "门卫"
    changed = visit.set_language(EN)
    assert {"/data/gate/door", "/data/gate/guards", "/data/gate/told"} <= changed
    door, guards = visit.node("/data/gate/door"), visit.node("/data/gate/guards")
    assert (door.label, door.hint, door.guidance) == ("Gate **closed**", "look", "cameras first")
    assert [choice.label for choice in door.choices] == ["yes", "no"]
    assert door.violation is not None
    assert door.violation.message == "needed"
    assert guards.violation is not None
    assert guards.violation.message == "too few"
    assert visit.node("/data/gate/told").label == "1 of them"
    assert visit.section_label("/data/gate") == "Gate"
    with pytest.raises(ValueError, match="language"):
        visit.set_language("Deutsch")


def test_pictures_of_labels_and_choices_come_with_the_checklist(visit: Instance) -> None:
    door = visit.node("/data/gate/door")
    assert door.media == {"image": "zh.png"}
    assert [choice.media for choice in door.choices] == [{"image": "yes.png"}, {}]
    assert visit.attachment("zh.png") == b"picture"
    assert visit.attachment("en.png") is None
    visit.set_language(EN)
    assert visit.node("/data/gate/door").media == {"image": "en.png"}


def test_the_screen_learns_how_to_lay_out_a_section(visit: Instance) -> None:
    visit.add_repeat("/data/gate/staff")
    assert visit.definition.sections[0].appearances == {"field-list"}
    *items, staff = visit.outline("/data/gate")
    assert items == ["/data/gate/door", "/data/gate/guards", "/data/gate/told"]
    assert isinstance(staff, Repeat)
    assert (staff.label, staff.rows, staff.fixed, staff.appearances) == ("人员", 2, False, {"table"})
    assert all(isinstance(group, Group) for group in staff.groups)
    assert [group.parts for group in staff.groups] == [("/data/gate/staff[1]/name",), ("/data/gate/staff[2]/name",)]
    item = visit.definition.items["/data/gate/staff/name"]
    assert (item.rows, visit.definition.items["/data/gate/door"].appearances) == (3, {"likert", "no-label"})


def test_a_form_without_translations_has_no_languages(tmp_path: Path) -> None:
    survey = [{"type": "text", "name": "a", "label": "甲", "media::image": "a.png"}]
    visit = Instance(load_form(workbook(survey), attachments={}), now=lambda: NOW)
    assert (visit.languages, visit.language) == ((), "")
    assert visit.node("/data/a").media == {"image": "a.png"}


def test_chinese_quotes_stay_as_they_were_written() -> None:
    told = "先看“四个100%”，${guards} 名"
    asked = {"type": "integer", "name": "guards", "label": "“专职”保安", "bind::jiandu:standard": "‘持证’为准"}
    note = {"type": "note", "name": "told", "label": told, "relevant": "${guards} != ''"}
    visit = Instance(load_form(workbook((asked, note), (), SETTINGS)), now=lambda: NOW)
    visit.answer("/data/guards", "3")
    guards, said = visit.node("/data/guards"), visit.node("/data/told")
    assert (guards.label, guards.item.inspection.standard) == ("“专职”保安", "‘持证’为准")
    assert (said.label, said.relevant) == ("先看“四个100%”，3 名", True)
