"""Given a tiny checklist: answer this, expect that."""

from __future__ import annotations

import pytest

from jiandu_desktop.form_engine import Instance, Refused
from tests.support.checklists import END_GROUP, END_REPEAT, clock, definition, q, start


def test_a_question_appears_and_disappears_with_the_answer_it_depends_on_and_keeps_its_own() -> None:
    visit = start(
        q("select_one ypn", "dorm", "有宿舍"), q("integer", "beds", "床位", relevant="${dorm} = 'yes'", required="yes")
    )
    assert visit.section_items("/data") == ("/data/dorm",)
    assert visit.answer("/data/dorm", "yes") == {"/data/dorm", "/data/beds"}
    assert visit.section_items("/data") == ("/data/dorm", "/data/beds")
    visit.answer("/data/beds", "120")
    visit.answer("/data/dorm", "no")
    assert not visit.node("/data/beds").relevant
    assert visit.violations() == ()
    visit.answer("/data/dorm", "yes")
    assert visit.node("/data/beds").value == "120"


def test_a_group_hides_everything_below_it() -> None:
    visit = start(
        q("select_one ypn", "canteen", "有食堂"),
        q("begin_group", "food", "食堂", relevant="${canteen} = 'yes'"),
        q("begin_group", "store", "库房"),
        q("select_one ypn", "labels", "标签"),
        END_GROUP,
        END_GROUP,
    )
    assert visit.section_items("/data/food") == ()
    changed = visit.answer("/data/canteen", "yes")
    assert changed == {"/data/canteen", "/data/food/store/labels"}
    assert visit.section_items("/data/food") == ("/data/food/store/labels",)
    assert visit.node("/data/food/store/labels").item.number == "2.1"


def test_calculations_follow_in_order_and_each_change_is_reported_once() -> None:
    visit = start(
        q("integer", "pupils", "学生数"),
        q("calculate", "need", "", calculation="if(${pupils} > 1000, 2 + ceiling((${pupils} - 1000) div 500), 2)"),
        q("integer", "guards", "保安"),
        q("calculate", "enough", "", calculation="if(${guards} >= ${need}, 'yes', 'no')"),
    )
    assert visit.answer("/data/pupils", "2100") == {"/data/pupils", "/data/need"}
    assert visit.node("/data/need").value == "5"
    assert visit.answer("/data/guards", "5") == {"/data/guards", "/data/enough"}
    assert visit.node("/data/enough").value == "yes"
    assert visit.answer("/data/pupils", "3000") == {"/data/pupils", "/data/need", "/data/enough"}


def test_required_speaks_of_blank_answers_and_constraint_of_filled_ones() -> None:
    visit = start(
        q("integer", "guards", "保安", required="yes", required_message="必填", constraint=". >= 0 and . < 100",
          constraint_message="人数不对", j_unit="名"),
        q("date", "drill", "演练日期", constraint=". <= today()", constraint_message="不能晚于今天", j_soft="yes"),
    )  # fmt: skip
    blank = visit.node("/data/guards").violation
    assert blank is not None
    assert (blank.kind, blank.message, blank.soft) == ("required", "必填", False)
    visit.answer("/data/guards", "500")
    broken = visit.node("/data/guards").violation
    assert broken is not None
    assert (broken.kind, broken.message) == ("constraint", "人数不对")
    visit.answer("/data/guards", "十个")
    wrong = visit.node("/data/guards").violation
    assert wrong is not None
    assert wrong.kind == "type"
    visit.answer("/data/guards", "12")
    assert visit.node("/data/guards").violation is None
    visit.answer("/data/drill", "2026-12-01")
    assert [(ref, violation.kind, violation.soft) for ref, violation in visit.violations()] == [
        ("/data/drill", "constraint", True)
    ]
    visit.answer("/data/drill", "2026-11-01")
    assert visit.violations() == ()
    assert visit.node("/data/guards").item.inspection.unit == "名"


def test_full_width_digits_of_a_chinese_keyboard_are_numbers() -> None:
    visit = start(q("integer", "n", "人数"))
    visit.answer("/data/n", " ４２ ")
    assert visit.node("/data/n").value == "42"


def test_labels_hints_and_messages_show_other_answers() -> None:
    visit = start(
        q("hidden", "school_name", ""),
        q("integer", "n", "${school_name}有几名保安", hint="上次:${school_name}"),
        q("note", "sum", "共 ${n} 名"),
        prefill={"school_name": "城关二小"},
    )
    assert visit.node("/data/n").label == "城关二小有几名保安"
    assert visit.node("/data/n").hint == "上次:城关二小"
    assert visit.answer("/data/n", "3") == {"/data/n", "/data/sum"}
    assert visit.node("/data/sum").label == "共 3 名"
    assert visit.node("/data/sum").item.kind == "note"


def test_choices_follow_the_answer_above_and_an_answer_no_longer_on_offer_does_not_count() -> None:
    places = (
        {"list_name": "town", "name": "a", "label": "城关"},
        {"list_name": "town", "name": "b", "label": "河东"},
        {"list_name": "school", "name": "a1", "label": "城关一小", "town": "a"},
        {"list_name": "school", "name": "a2", "label": "城关二小", "town": "a"},
        {"list_name": "school", "name": "b1", "label": "河东小学", "town": "b"},
    )
    visit = start(
        q("select_one town", "t", "乡镇"),
        q("select_one school", "s", "学校", choice_filter="town = ${t}"),
        choices=places,
    )
    assert visit.node("/data/s").choices == ()
    visit.answer("/data/t", "a")
    assert [choice.label for choice in visit.node("/data/s").choices] == ["城关一小", "城关二小"]
    visit.answer("/data/s", "a2")
    assert visit.answer("/data/t", "b") == {"/data/t", "/data/s"}
    assert visit.node("/data/s").value == ""
    visit.answer("/data/t", "a")
    assert visit.node("/data/s").value == "a2"


def test_read_only_items_and_unknown_choices_are_refused() -> None:
    visit = start(q("select_one ypn", "a", "甲"), q("text", "b", "乙", readonly="${a} = 'yes'"))
    with pytest.raises(Refused):
        visit.answer("/data/a", "perhaps")
    visit.answer("/data/b", "可以写")
    visit.answer("/data/a", "yes")
    assert visit.node("/data/b").readonly
    with pytest.raises(Refused):
        visit.answer("/data/b", "不能写")
    with pytest.raises(Refused):
        visit.node("/data/nothing")


def test_defaults_fixed_and_computed() -> None:
    visit = start(q("integer", "n", "班数", default="12"), q("date", "d", "日期", default="today()"))
    assert visit.node("/data/n").value == "12"
    assert visit.node("/data/d").value == "2026-11-21"


def test_rows_of_a_repeat_are_added_counted_and_removed() -> None:
    visit = start(
        q("begin_repeat", "room", "教室"),
        q("text", "name", "名称"),
        q("integer", "seats", "座位"),
        q("calculate", "place", "", calculation="position(..)"),
        END_REPEAT,
        q("calculate", "all_seats", "", calculation="sum(${seats})"),
        q("calculate", "rooms", "", calculation="count(${room})"),
    )
    assert visit.section_items("/data/room") == ("/data/room[1]/name", "/data/room[1]/seats")
    visit.answer("/data/room[1]/seats", "40")
    assert "/data/room[2]/name" in visit.add_repeat("/data/room")
    visit.answer("/data/room[2]/seats", "45")
    assert visit.node("/data/all_seats").value == "85"
    assert visit.node("/data/rooms").value == "2"
    assert visit.node("/data/room[2]/place").value == "2"
    assert visit.node("/data/room[2]/name").item.repeat_ref == "/data/room"
    assert "/data/room[2]/seats" in visit.remove_repeat("/data/room[1]")
    assert visit.node("/data/all_seats").value == "45"
    assert visit.node("/data/room[1]/place").value == "1"
    assert visit.node("/data/room[1]/seats").value == "45"


def test_an_answer_in_one_row_leaves_the_other_rows_alone() -> None:
    visit = start(
        q("begin_repeat", "room", "教室"),
        q("integer", "a", "甲"),
        q("calculate", "twice", "", calculation="${a} * 2"),
        END_REPEAT,
    )
    visit.add_repeat("/data/room")
    assert visit.answer("/data/room[2]/a", "4") == {"/data/room[2]/a", "/data/room[2]/twice"}
    assert visit.node("/data/room[2]/twice").value == "8"


def test_the_number_of_rows_may_come_from_an_answer() -> None:
    visit = start(
        q("integer", "n", "食堂数"),
        {"type": "begin_repeat", "name": "canteen", "label": "食堂", "repeat_count": "${n}"},
        q("text", "name", "名称"),
        END_REPEAT,
    )
    assert visit.section_items("/data/canteen") == ()
    visit.answer("/data/n", "3")
    assert visit.section_items("/data/canteen") == tuple(f"/data/canteen[{i}]/name" for i in (1, 2, 3))
    visit.answer("/data/canteen[1]/name", "一食堂")
    gone = visit.answer("/data/n", "1")
    assert {"/data/canteen[2]/name", "/data/canteen[3]/name"} <= gone
    assert visit.section_items("/data/canteen") == ("/data/canteen[1]/name",)
    assert visit.node("/data/canteen[1]/name").value == "一食堂"
    with pytest.raises(Refused):
        visit.add_repeat("/data/canteen")


def test_every_kind_of_question_is_told_apart() -> None:
    kinds = {
        "select_one ypn": "select_one", "select_multiple ypn": "select_multiple", "integer": "integer",
        "decimal": "decimal", "text": "text", "date": "date", "time": "time", "datetime": "datetime", "note": "note",
        "image": "image", "file": "file", "audio": "audio", "acknowledge": "acknowledge", "range": "range",
        "rank ypn": "rank", "geopoint": "geopoint", "barcode": "barcode", "hidden": "hidden",
    }  # fmt: skip
    rows = [q(kind, f"n{i}", "题") for i, kind in enumerate(kinds)]
    rows.append(q("calculate", "c", "", calculation="1 + 1"))
    made = definition(*rows)
    assert [item.kind for item in made.items.values()] == [*kinds.values(), "calculate"]
    assert made.items["/data/n13"].parameters["end"] == "10"
    visit = Instance(made, now=clock)
    visit.answer("/data/n12", "OK")
    assert visit.node("/data/n12").answered
    visit.answer("/data/n14", "no yes")
    assert visit.node("/data/n14").value == "no yes part na"  # a ranking ranks everything


def test_a_language_may_be_given_per_column() -> None:
    visit = start({"type": "text", "name": "a", "label::中文 (zh)": "姓名", "label::English (en)": "Name"})
    assert visit.definition.languages == ("中文 (zh)", "English (en)")
    assert visit.node("/data/a").label == "姓名"


def test_questions_may_hide_each_other() -> None:
    visit = start(
        q("text", "phone", "电话", relevant="${mail} = ''"), q("text", "mail", "邮箱", relevant="${phone} = ''")
    )  # fmt: skip
    assert visit.section_items("/data") == ("/data/phone", "/data/mail")
    visit.answer("/data/mail", "a@b.cn")
    assert visit.section_items("/data") == ("/data/mail",)
    visit.answer("/data/mail", "")
    assert visit.section_items("/data") == ("/data/phone", "/data/mail")


def test_a_calculation_without_result_is_blank_and_never_stops_the_visit() -> None:
    visit = start(
        q("text", "place", "位置"),
        q("calculate", "far", "", calculation="distance(${place})"),
        q("calculate", "twice", "", calculation="${place} * 2"),
        q("text", "rule", "规则"),
        q("calculate", "fits", "", calculation="regex(${place}, ${rule})"),
    )
    visit.answer("/data/place", "校门口")
    visit.answer("/data/rule", "[0-9")
    assert [visit.node(f"/data/{name}").value for name in ("far", "twice", "fits")] == ["", "", ""]
    visit.answer("/data/rule", "校.*")
    assert visit.node("/data/fits").value == "true"


def test_half_typed_numbers_are_kept_and_count_as_blank() -> None:
    visit = start(q("decimal", "area", "面积"), q("calculate", "half", "", calculation="${area} div 2"))
    visit.answer("/data/area", "约120")
    assert (visit.node("/data/area").value, visit.node("/data/area").answered) == ("约120", False)
    assert visit.node("/data/half").value == ""
    again = Instance(visit.definition, now=clock, values=visit.values())
    assert again.node("/data/area").value == "约120"
    again.answer("/data/area", "120")
    assert (again.node("/data/area").value, again.node("/data/half").value) == ("120", "60")


def test_a_trigger_copies_an_answer_once() -> None:
    visit = start(
        q("integer", "pupils", "学生数"),
        {"type": "integer", "name": "seats", "label": "座位", "calculation": "${pupils} + 5", "trigger": "${pupils}"},
    )
    visit.answer("/data/pupils", "40")
    assert visit.node("/data/seats").value == "45"
    visit.answer("/data/seats", "50")
    assert visit.node("/data/seats").value == "50"


def test_choice_labels_can_be_quoted_in_other_questions() -> None:
    visit = start(
        q("select_one ypn", "a", "甲"),
        q("calculate", "said", "", calculation="jr:choice-name(${a}, '${a}')"),
        q("note", "n", "结论:${said}"),
    )
    visit.answer("/data/a", "part")
    assert visit.node("/data/n").label == "结论:部分符合"


def test_a_repeat_that_is_a_section_shows_every_row() -> None:
    visit = start(
        q("begin_repeat", "lesson", "听课"),
        q("text", "subject", "学科"),
        END_REPEAT,
    )
    (section,) = (each.ref for each in visit.definition.sections if each.items)
    visit.add_repeat("/data/lesson")
    rows = visit.section_items(section)
    assert len(rows) == len(set(rows)) == 2
    assert all(ref.startswith("/data/lesson[") for ref in rows)
