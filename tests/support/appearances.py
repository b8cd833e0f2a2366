"""A checklist that shows every kind of question and every appearance, with long Chinese words where they hurt.

`python -m tests.support.appearances` writes it as the workbook that the tour fills in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiandu_desktop.paths import resources
from tests.support.checklists import END_GROUP, END_REPEAT, YES_NO_NA, q, workbook

SHIPPED = resources() / "demo" / "question-kinds.xlsx"

LONG = "学校建立健全校园安全责任制，明确校长是第一责任人，分管副校长、班主任和任课教师的责任落实到岗、落实到人"

Rows = tuple[Mapping[str, Any], ...]


def group(kind: str, name: str, label: str, **cells: Any) -> dict[str, Any]:
    return q(f"begin_{kind}", name, label, **cells)


def _list(name: str, *labels: str, **cells: Any) -> list[dict[str, Any]]:
    return [
        {"list_name": name, "name": f"{name}{place}", "label": label, **cells} for place, label in enumerate(labels, 1)
    ]


CHOICES: Rows = (
    *YES_NO_NA,
    *_list("agree", "非常不同意", "不同意", "说不清", "同意", "非常同意，并且愿意向其他学校介绍做法"),
    *_list("way", "巡视校园", "随堂听课", "查阅资料", "师生座谈", "问卷"),
    *_list("cause", LONG, "资料不全，年度计划、总结和过程记录缺一项以上", "没有发现", "其他原因，在备注里写明"),
    *_list("level", "好", "较好", "一般", "差"),
    *[{"list_name": "town", "name": f"t{n}", "label": f"{a}{b}镇"} for n, (a, b) in enumerate(
        (a, b) for a in "青石河口城关柳林东山" for b in "上下南北中"
    )],
    *[{"list_name": "school", "name": f"s{n}", "label": f"{town}第{n % 3 + 1}小学", "town": town}
      for n, town in enumerate(("t1", "t1", "t1", "t2", "t2", "t3") * 2)],
    *[{"list_name": "kind", "name": name, "label": label, "media::image": f"{name}.jpg"}
      for name, label in (("hydrant", "消火栓"), ("locked-door", "疏散通道、安全出口"), ("school-gate", "校门"))],
)  # fmt: skip

SELECTS: Rows = (
    group("group", "selects", "一、选择题"),
    q("select_one ypn", "strip", "制度上墙", j_weight=1),
    q("select_one cause", "lines", f"{LONG}，没有做到的主要原因"),
    q("select_one agree", "likert", "教师认可本校的评价办法", appearance="likert"),
    q("select_one level", "quick", "总体印象", appearance="quick"),
    q("select_one way", "minimal", "督导方式", appearance="minimal"),
    q("select_one town", "town", "所在镇", appearance="autocomplete", hint="输几个字或拼音首字母"),
    q("select_one school", "cascade", "学校", choice_filter="town=${town}"),
    q("select_multiple way", "many", "用了哪些方式"),
    q("select_multiple cause", "many_lines", "存在的问题，可以多选"),
    q("select_multiple town", "many_towns", "生源来自哪些镇", appearance="search"),
    q("select_one way", "columns2", "最主要的方式", appearance="columns-2"),
    q("select_multiple way", "columns", "补充的方式", appearance="columns"),
    q("select_one way", "pack", "最省时的方式", appearance="columns-pack"),
    q("select_one kind", "pictured", "看的是哪一处", appearance="columns-3"),
    q("select_multiple kind", "bare", "哪几处有问题", appearance="columns-3 no-buttons"),
    q("rank way", "order", "按用时从多到少排序"),
    END_GROUP,
    group("group", "lines_of_table", "二、列表", appearance="table-list"),
    q("select_one level", "a1", "校门口秩序"),
    q("select_one level", "a2", f"{LONG}"),
    q("select_one level", "a3", "课间活动"),
    END_GROUP,
)

WORDS: Rows = (
    group("group", "words", "三、文字和数字"),
    q("note", "read", '**请先看**：\n- 逐项*实地*看\n- 数字以<span style="color:red">当天</span>为准'),
    q("note", "headed", "# 填写要求\n如实填写，见[通知](http://example.org)"),
    q("text", "line", "校长姓名", guidance_hint="写**全名**，不写职务。\n有副校长主持工作的，写副校长。"),
    {**q("acknowledge", "route", "按图检查疏散路线"), "media::image": "corridor.jpg"},
    q("text", "story", "经过", appearance="multiline", parameters="rows=4", hint=LONG),
    q("text", "phone", "电话", appearance="numbers"),
    q("text", "secret", "口令", appearance="masked"),
    q("integer", "pupils", "学生数", appearance="thousands-sep", j_unit="名", default="12860"),
    q("integer", "guards", "保安数", appearance="counter", j_unit="名"),
    q("decimal", "area", f"{LONG}的场地面积", j_unit="平方米"),
    q("acknowledge", "seen", "学校已被告知督导结果"),
    q("calculate", "per", "", calculation="round(${area} div ${pupils}, 2)"),
    q("text", "shown", "生均面积", calculation="${per}", readonly="yes"),
    q("select_multiple way", "locked", "上次用的方式", readonly="yes", default="way1 way3"),
    q("text", "story_locked", "上次结论", appearance="multiline", readonly="yes", default=LONG),
    q("hidden", "code", ""),
    group("group", "inner", "${line}校长的意见"),
    q("select_one level", "opinion", "对督导工作的评价"),
    group("group", "field_list", "一屏的题", appearance="field-list"),
    q("text", "f1", "意见"),
    q("text", "f2", "建议"),
    END_GROUP,
    END_GROUP,
    END_GROUP,
)

REPEATS: Rows = (
    group("group", "repeats", "四、重复"),
    group("repeat", "class", "班级"),
    q("text", "class_name", "班级名称"),
    q("integer", "class_size", "人数"),
    group("repeat", "seat", "不合格座位"),
    q("text", "seat_no", "座位"),
    END_REPEAT,
    END_REPEAT,
    group("repeat", "guard", "保安人员", appearance="table"),
    q("text", "guard_name", "姓名"),
    q("integer", "guard_age", "年龄", constraint=". < 60", constraint_message="不超过60周岁"),
    q("select_one level", "guard_state", "状态", appearance="minimal"),
    q("date", "guard_since", "上岗日期"),
    END_REPEAT,
    q("integer", "doors", "校门数", default="2"),
    group("repeat", "door", "校门", repeat_count="${doors}"),
    q("text", "door_name", "位置"),
    END_REPEAT,
    END_GROUP,
)

ROWS: Rows = (*SELECTS, *WORDS, *REPEATS)
SETTINGS: Mapping[str, Any] = {
    "form_title": "全部题型",
    "form_id": "question-kinds",
    "version": "1",
    "namespaces": 'jiandu="urn:jiandu:forms:1"',
}


def main() -> None:
    """Writes the workbook that the tour shows; run it when a row here has changed."""
    SHIPPED.write_bytes(workbook(ROWS, CHOICES, SETTINGS))


if __name__ == "__main__":
    main()
