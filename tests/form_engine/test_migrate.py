"""A draft goes over to a newer checklist: nothing is lost without being named, renamed items keep their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jiandu_desktop.form_engine import Definition, Instance
from jiandu_desktop.form_engine.migrate import Plan, Why, current_names, plan
from tests.support.checklists import END_GROUP, END_REPEAT, YES_NO_NA, clock, definition, q


def filled(made: Definition, answers: Mapping[str, str], rows: Mapping[str, int] | None = None) -> Instance:
    visit = Instance(made, now=clock)
    for repeat, count in (rows or {}).items():
        while next(each.rows for section in made.sections for each in visit.repeats(section.ref)) < count:
            visit.add_repeat(repeat)
    for ref, value in answers.items():
        visit.answer(ref, value)
    return visit


def move(visit: Instance, new: Definition) -> Plan:
    return plan(visit, new, now=clock)


def losses(made: Plan) -> list[tuple[str, str, Why]]:
    return [(each.ref, each.answer, each.why) for each in made.lost]


def test_what_the_new_version_no_longer_takes_is_named_with_its_reason() -> None:
    old = definition(
        q("text", "gone", "取消的题"),
        q("text", "guards", "保安姓名"),
        q("select_one ypn", "gate", "校门"),
        q("select_multiple ypn", "fire", "消防"),
        q("integer", "beds", "床位"),
    )
    given_answers = {"gone": "有", "guards": "张三", "gate": "part", "fire": "yes part", "beds": "12"}
    visit = filled(old, {f"/data/{name}": value for name, value in given_answers.items()})
    fewer = tuple(row for row in YES_NO_NA if row["name"] != "part")
    new = definition(
        q("integer", "guards", "保安人数"),
        q("select_one ypn", "gate", "校门"),
        q("select_multiple ypn", "fire", "消防"),
        q("integer", "beds", "床位", relevant="${guards} > 0"),
        q("text", "fresh", "新题"),
        choices=fewer,
    )
    made = move(visit, new)
    assert losses(made) == [
        ("/data/gone", "有", Why.REMOVED),
        ("/data/guards", "张三", Why.TYPE),
        ("/data/gate", "部分符合", Why.CHOICE),
        ("/data/fire", "部分符合", Why.CHOICE),
        ("/data/beds", "12", Why.IRRELEVANT),
    ]
    assert made.added == ("/data/fresh",)
    assert made.values["/data/fire"] == "yes"
    assert made.values["/data/gate"] == ""
    assert made.values["/data/beds"] == "12", "it comes back with its condition"


def test_an_answer_under_another_rule_or_wording_goes_over_and_is_pointed_at() -> None:
    old = definition(q("integer", "guards", "保安"), q("select_one ypn", "gate", "校门"), q("text", "note", "说明"))
    visit = filled(old, {"/data/guards": "2", "/data/gate": "part", "/data/note": "好"})
    lenient = [dict(row, failed="") if row["name"] == "part" else row for row in YES_NO_NA]
    rule = {"constraint": ". >= 4", "constraint_message": "不少于4名"}
    new = definition(
        q("integer", "guards", "保安", **rule),
        q("select_one ypn", "gate", "校门"),
        q("text", "note", "情况说明"),
        choices=lenient,
    )
    made = move(visit, new)
    assert not made.lost
    assert [(each.ref, each.why, each.detail) for each in made.changed] == [
        ("/data/guards", Why.CONSTRAINT, "不少于4名"),
        ("/data/gate", Why.VERDICT, "部分符合"),
        ("/data/note", Why.REWORDED, "情况说明"),
    ]
    assert made.moved.node("/data/guards").value == "2"


def test_renamed_moved_and_widened_items_keep_their_answers() -> None:
    old = definition(
        q("begin_group", "a", "甲"),
        q("integer", "guards_old", "保安"),
        q("text", "head", "校长"),
        q("integer", "beds", "床位"),
        END_GROUP,
    )
    visit = filled(old, {"/data/a/guards_old": "4", "/data/a/head": "林", "/data/a/beds": "60"})
    new = definition(
        q("begin_group", "b", "乙", j_was="a"),
        q("integer", "guards", "保安", j_was="guards_old"),
        q("decimal", "beds", "床位"),
        END_GROUP,
        q("begin_group", "c", "丙"),
        q("text", "head", "校长"),
        END_GROUP,
    )
    made = move(visit, new)
    assert not made.lost
    assert (
        made.renamed.items()
        >= {
            "/data/a/guards_old": "/data/b/guards",
            "/data/a/head": "/data/c/head",
            "/data/a/beds": "/data/b/beds",
        }.items()
    )
    assert made.moved.node("/data/b/beds").value == "60"


def test_rows_go_over_and_those_without_room_are_named() -> None:
    def rooms(name: str, inner: str, **cells: Any) -> Definition:
        return definition(q("begin_repeat", name, "教室", **cells), q("text", inner, "名称"), END_REPEAT)

    visit = filled(
        rooms("room", "title"),
        {"/data/room[1]/title": "一", "/data/room[2]/title": "二", "/data/room[3]/title": "三"},
        {"/data/room": 3},
    )
    renamed = move(visit, definition(q("begin_repeat", "hall", "场所"), q("text", "title", "名称"), END_REPEAT))
    assert renamed.moved.node("/data/hall[3]/title").value == "三"
    fixed = move(visit, rooms("room", "title", repeat_count="2"))
    assert losses(fixed) == [("/data/room[3]/title", "三", Why.ROW)]
    flat = move(visit, definition(q("text", "title", "名称")))
    assert losses(flat) == [("/data/room[2]/title", "二", Why.REMOVED), ("/data/room[3]/title", "三", Why.REMOVED)]
    assert flat.moved.node("/data/title").value == "一"


def test_last_time_finds_an_item_under_its_former_name() -> None:
    new = definition(q("integer", "guards", "保安", j_was="guards_old guard"), q("text", "head", "校长"))
    assert current_names(new, {"guard": "x", "head": "y", "other": "z"}) == {"guards": "guard", "head": "head"}


KINDS = ("text", "integer", "select_one ypn", "select_multiple ypn", "date")
VALUES = {
    "text": st.sampled_from(("", "好", "a b")),
    "integer": st.sampled_from(("", "0", "-3", "四")),
    "select_one ypn": st.sampled_from(("", "yes", "part", "na")),
    "select_multiple ypn": st.sampled_from(("", "yes", "yes no", "na part")),
    "date": st.sampled_from(("", "2026-11-21")),
}


def _form(kinds: list[tuple[str, str]], names: Mapping[str, str], old: bool, order: list[int]) -> Definition:
    """Groups, repeats and loose questions under their old or new names, each declaring the other one."""
    rows: list[dict[str, Any]] = []
    for place in order:
        where, kind = kinds[place]
        name = f"i{place}"
        own, former = (name, names[name]) if old else (names[name], name)
        given: dict[str, Any] = {"j_was": former}
        if place % 4 == 3:
            given["relevant"] = "string-length('x') = 1"
        question = q(kind, own, f"第{place}题", **given)
        if where == "loose":
            rows.append(question)
        else:
            begin = q(f"begin_{where}", f"{where}{place}", "组")
            rows += [begin, question, dict(END_REPEAT if where == "repeat" else END_GROUP)]
    return definition(*rows)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_moving_to_the_same_version_loses_nothing_and_there_and_back_is_identity(data: st.DataObject) -> None:
    kinds = data.draw(
        st.lists(
            st.tuples(st.sampled_from(("loose", "group", "repeat")), st.sampled_from(KINDS)), min_size=1, max_size=5
        )
    )
    order = list(range(len(kinds)))
    names = {f"i{place}": f"n{place}" for place in order}
    old = _form(kinds, names, True, order)
    new = _form(kinds, names, False, data.draw(st.permutations(order)))
    visit = Instance(old, now=clock)
    for place, (where, kind) in enumerate(kinds):
        count = data.draw(st.integers(1, 3)) if where == "repeat" else 1
        for row in range(1, count + 1):
            if row > 1:
                visit.add_repeat(f"/data/repeat{place}")
            above = {"loose": "", "group": f"/group{place}", "repeat": f"/repeat{place}[{row}]"}[where]
            visit.answer(f"/data{above}/i{place}", data.draw(VALUES[kind]))
    same = move(visit, old)
    assert (same.lost, same.changed, same.renamed, same.added) == ((), (), {}, ())
    assert same.values == visit.values()
    there = move(visit, new)
    assert (there.lost, there.changed, there.added) == ((), (), ())
    back = plan(Instance(new, now=clock, values=there.values), old, now=clock)
    assert (back.lost, back.changed) == ((), ())
    assert back.values == visit.values()
