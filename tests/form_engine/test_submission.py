"""A filled form goes out as OpenRosa XML and comes back as it was, whatever was asked and answered."""

from __future__ import annotations

import random
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.form_engine import Definition, Instance, load_form, submission
from jiandu_desktop.paths import shipped_forms
from tests.support.checklists import END_GROUP, END_REPEAT, clock, definition, q
from tests.support.odk_reading import missing, open_in_odk
from tests.support.visiting import answer_everything

ANSWERS = {
    "text": ("好", " 前后空格 ", "<甲> & “乙” ]]>", "两\n行\t一格", "回车\r\n换行", "𠮷\u3000\u200b", "=1+1", "0"),
    "integer": ("0", "-3", "2147483647"),
    "decimal": ("0.65", "-12.5", "3"),
    "select_one ypn": ("yes", "part", "no", "na"),
    "select_multiple ypn": ("yes", "yes na", "part no na"),
    "date": ("2026-11-21", "1999-02-28"),
    "time": ("08:30:00", "23:59:59"),
    "barcode": ("A1", "6901234567892"),
    "acknowledge": ("OK",),
}
KINDS = tuple(ANSWERS)


@cache
def checklist(seed: int) -> Definition:
    """Questions loose, in groups, in repeats and in repeats within repeats; some depend on the first."""
    chance = random.Random(seed)
    rows: list[dict[str, Any]] = [q("start", "start", ""), q("select_one ypn", "first", "第一题")]
    for place in range(chance.randint(1, 6)):
        given: dict[str, Any] = {"relevant": "${first} = 'yes'"} if chance.random() < 0.4 else {}
        question = q(chance.choice(KINDS), f"i{place}", "题", **given)
        around = chance.choices(("group", "repeat"), k=chance.randint(0, 2))
        opening = [q(f"begin_{kind}", f"{kind}{place}{depth}", "组") for depth, kind in enumerate(around)]
        closing = [dict(END_REPEAT if kind == "repeat" else END_GROUP) for kind in reversed(around)]
        rows += [*opening, question, *closing]
    return definition(*rows)


def filled(made: Definition, chance: random.Random) -> Instance:
    """Rows added, then every field that shows answered or left."""
    visit = Instance(made, now=clock, username="王督学")
    for section in made.sections:
        for _ in range(chance.randint(0, 2)):
            for repeat in visit.repeats(section.ref):
                visit.add_repeat(repeat.ref)
    for ref in visit.values():
        item = made.items.get(_plain(ref))
        kind = next((each for each in KINDS if item is not None and each.split()[0] == item.kind), None)
        if kind is not None and chance.random() < 0.6:
            visit.answer(ref, chance.choice(ANSWERS[kind]))
    return visit


def _plain(ref: str) -> str:
    return "/".join(part.partition("[")[0] for part in ref.split("/"))


def shown(visit: Instance) -> dict[str, tuple[str, bool]]:
    """Value and relevance of everything in it."""
    nodes = (visit.node(ref) for ref in visit.values() if _plain(ref) in visit.definition.items)
    return {node.ref: (node.value if node.relevant else "", node.relevant) for node in nodes}


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 11), st.integers(0, 1_000_000))
def test_out_and_in_again_is_the_same_form(form: int, answers: int) -> None:
    made = checklist(form)
    visit = filled(made, random.Random(answers))
    xml = visit.to_xml()
    again = Instance.from_xml(made, xml, now=clock)
    assert shown(again) == shown(visit)
    assert again.to_xml() == xml
    assert again.score() == visit.score()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"<data id='tiny'>{text}</data>".encode()))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    made = definition(q("text", "a", "甲"))
    with suppress(Trouble):
        submission.envelope(content)
        Instance.from_xml(made, content, now=clock)


def test_an_edit_names_what_it_replaces_and_a_second_one_only_the_last() -> None:
    made = definition(q("text", "a", "甲"))
    xml = submission.with_identity(Instance(made, now=clock).to_xml(), "uuid:1")
    assert submission.envelope(xml) == submission.Envelope("tiny", "1", "uuid:1", "")
    edited = submission.with_identity(xml, "uuid:2", "uuid:1")
    assert submission.envelope(edited) == submission.Envelope("tiny", "1", "uuid:2", "uuid:1")
    again = submission.with_identity(edited, "uuid:3", "uuid:2")
    assert submission.envelope(again) == submission.Envelope("tiny", "1", "uuid:3", "uuid:2")
    assert len(etree.fromstring(again).find("{*}meta")) == 2


def test_a_submission_of_kobo_opens_although_its_root_bears_another_name() -> None:
    made = definition(q("text", "a", "甲"))
    xml = b'<aBcD id="tiny" version="1"><formhub><uuid>x</uuid></formhub><a>1</a><__version__>v</__version__></aBcD>'
    assert Instance.from_xml(made, xml, now=clock).node("/data/a").value == "1"


@pytest.mark.skipif(bool(missing()), reason=missing() or "there is Java")
def test_odk_opens_our_submissions_with_the_same_answers(tmp_path: Path) -> None:
    made = definition(
        q("start", "start", ""),
        q("select_one ypn", "first", "第一题"),
        q("select_multiple ypn", "fire", "消防"),
        q("text", "hidden_now", "不再相关", relevant="${first} = 'no'"),
        q("begin_repeat", "room", "教室"),
        q("text", "title", "名称"),
        q("begin_repeat", "seat", "座位"),
        q("decimal", "height", "高度"),
        END_REPEAT,
        END_REPEAT,
        q("date", "day", "日期"),
        q("acknowledge", "seen", "知悉"),
    )
    visit = Instance(made, now=clock)
    visit.add_repeat("/data/room")
    visit.add_repeat("/data/room[2]/seat")
    answers = {
        "/data/first": "part",
        "/data/fire": "yes na",
        "/data/room[1]/title": "一年级 <1> & “甲”",
        "/data/room[2]/title": "音乐教室",
        "/data/room[2]/seat[1]/height": "0.65",
        "/data/day": "2026-11-21",
        "/data/seen": "OK",
    }
    for ref, value in answers.items():
        visit.answer(ref, value)
    xml = submission.with_identity(visit.to_xml(), "uuid:7", "uuid:6")
    (found,) = open_in_odk(tmp_path, [(made.xform, xml)])
    assert {ref: found.get(ref) for ref in answers} == answers
    assert found["/data/meta/instanceID"] == "uuid:7"
    assert "/data/hidden_now" not in found


@pytest.mark.skipif(bool(missing()), reason=missing() or "there is Java")
def test_odk_reads_every_shipped_checklist_as_it_was_filled_in(tmp_path: Path) -> None:
    visits = []
    for path in sorted(shipped_forms().glob("*.xlsx")):
        visit = Instance(load_form(path), now=clock, username="王督学", prefill={"school_boarders": "120"})
        answer_everything(visit)
        visits.append(visit)
    found = open_in_odk(tmp_path, [(visit.definition.xform, visit.to_xml()) for visit in visits])
    for visit, values in zip(visits, found, strict=True):
        sections = visit.definition.sections
        nodes = (visit.node(ref) for section in sections for ref in visit.section_items(section.ref))
        asked = {node.ref: node.value for node in nodes if node.relevant and node.value and node.choices}
        assert len(asked) > 5, visit.definition.title
        assert {ref: values.get(ref) for ref in asked} == asked, visit.definition.title
