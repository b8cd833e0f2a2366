"""Selects on the screen: tiles, lines, scale, drop-down, search in long lists, cascades, ranks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.ui.questions.appearance import ChoiceLook, choice_look, columns_of, words
from jiandu_desktop.ui.questions.choice_search import MOST_FOUND, ChoiceModel
from jiandu_desktop.ui.questions.likert import LikertField
from jiandu_desktop.ui.questions.pick import PickField
from jiandu_desktop.ui.questions.question import Kind, Option, Question
from jiandu_desktop.ui.questions.rank import RankField
from jiandu_desktop.ui.questions.tiles import TilesField
from tests.support.appearances import CHOICES, SELECTS
from tests.support.checklists import END_GROUP, q
from tests.support.wizard import Desk, Inside, inside, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALT = Qt.KeyboardModifier.AltModifier


def tiles_of(room: Inside, name: str) -> TilesField:
    field = room.go(name).field
    assert isinstance(field, TilesField)
    return field


def pick_of(room: Inside, name: str) -> PickField:
    field = room.go(name).field
    assert isinstance(field, PickField)
    return field


@pytest.mark.parametrize(
    ("appearance", "found"),
    [
        ("columns-3 no-buttons", ("columns-3", "no-buttons")),
        ("search('towns.csv', 'contains', 'name', ${x}) quick", ("search", "quick")),
        ("", ()),
    ],
)
def test_appearance_words_are_read_with_and_without_brackets(appearance: str, found: tuple[str, ...]) -> None:
    assert words(appearance) == found


def test_the_look_follows_the_form_first_and_the_choices_then(qapp: QApplication) -> None:
    def look(count: int, label: str = "好", kind: Kind = Kind.ONE, *asked: str) -> ChoiceLook:
        options = tuple(Option(f"o{n}", f"{label}{n}", str(n + 1)) for n in range(count))
        return choice_look(Question(ref="/d/x", kind=kind, label="x", options=options, appearance=asked))

    assert look(4) is ChoiceLook.STRIP
    assert look(12) is ChoiceLook.TILES
    assert look(4, "没有做到的主要原因是责任没有落实到人" * 3) is ChoiceLook.LINES
    assert look(40) is ChoiceLook.DROP
    assert look(4, "好", Kind.MANY) is ChoiceLook.TILES
    assert look(5, "好", Kind.ONE, "likert") is ChoiceLook.LIKERT
    assert look(3, "好", Kind.MANY, "minimal") is ChoiceLook.DROP
    assert look(5000, "好", Kind.ONE, "columns") is ChoiceLook.DROP
    assert columns_of(Question(ref="/d/x", kind=Kind.ONE, label="x", appearance=("columns-4",))) == 4


def test_tiles_take_digits_the_mouse_and_the_cursor(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*SELECTS, choices=CHOICES)) as room:
        field = tiles_of(room, "many")
        press("31")
        assert room.value("many") == "way1 way3"
        tile = field.tiles.tiles_at(field.tiles.width())[4]
        QTest.mouseClick(field.tiles, Qt.MouseButton.LeftButton, pos=tile.area.center().toPoint())
        press(Qt.Key.Key_1)
        assert room.value("many") == "way3 way5"
        tiles_of(room, "lines")
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Space)
        assert room.value("lines") == "cause2"
        press(Qt.Key.Key_Delete)
        assert room.value("lines") == ""
        press("4")
        assert room.value("lines") == "cause4"
        assert room.here == "likert", "a digit answers and goes on"


def test_a_long_label_is_read_whole_in_every_look(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*SELECTS, choices=CHOICES), width=1097, height=617) as room:
        for name in ("lines", "many_lines"):
            field = tiles_of(room, name)
            for option, tile in zip(field.tiles.options, field.tiles.tiles_at(field.tiles.width()), strict=True):
                assert "".join(tile.lines) == option.label
                assert tile.area.right() <= field.tiles.width()


def test_quick_goes_on_after_a_click_and_likert_is_one_scale(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*SELECTS, choices=CHOICES)) as room:
        strip = room.go("quick").field.focus_target()
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(20, strip.height() // 2))
        assert (room.value("quick"), room.here) == ("level1", "minimal")
        field = room.go("likert").field
        assert isinstance(field, LikertField)
        cell = field.scale.cells(field.scale.width())[3]
        QTest.mouseClick(field.scale, Qt.MouseButton.LeftButton, pos=cell.center().toPoint())
        assert (room.value("likert"), room.here) == ("agree4", "likert")


def test_a_long_list_is_found_by_words_and_by_initials(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*SELECTS, choices=CHOICES)) as room:
        field = pick_of(room, "town")
        press("qsz")
        assert [field.model.option(row).label for row in range(field.model.rowCount())] == ["青上镇"]
        assert field.list.isVisible()
        press(Qt.Key.Key_Return)
        assert field.model.label_of(room.value("town")) == "青上镇"
        assert room.here == "cascade"
        field = pick_of(room, "town")
        press("没有这个镇")
        press(Qt.Key.Key_Tab)
        assert field.edit.text() == "青上镇", "what is no choice is put back"


def test_several_of_a_long_list_stand_below_and_are_taken_back_with_a_click(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*SELECTS, choices=CHOICES)) as room:
        field = pick_of(room, "many_towns")
        for text in ("石南", "口北"):
            press(text)
            press(Qt.Key.Key_Return)
        first, second = room.value("many_towns").split()
        assert (field.model.label_of(first), field.model.label_of(second)) == ("石南镇", "口北镇")
        press(Qt.Key.Key_Escape)
        tile = field.chosen.tiles_at(field.chosen.width())[0]
        QTest.mouseClick(field.chosen, Qt.MouseButton.LeftButton, pos=tile.area.center().toPoint())
        assert room.value("many_towns") == second


def test_a_cascade_offers_what_fits_and_forgets_what_no_longer_does(desk: Desk) -> None:
    rows = (
        q("select_one town", "town", "镇", appearance="minimal"),
        q("select_one school", "school", "学校", choice_filter="town=${town}"),
    )
    with inside(desk, desk.start_rows(*rows, choices=CHOICES)) as room:
        assert not tiles_of(room, "school").tiles.options
        room.room.filling.answer(room.ref("town"), "t1")
        settle()
        row = room.go("school")
        assert [option.name for option in room.room.filling.paper.question(row.ref, (), {}).options][:2] == ["s0", "s1"]
        press("1")
        assert room.value("school") == "s0"
        room.room.filling.answer(room.ref("town"), "t3")
        settle()
        assert room.value("school") == ""
        room.room.filling.answer(room.ref("town"), "t1")
        settle()
        assert room.value("school") == "s0"


def test_an_order_is_moved_by_keys_and_by_hand(desk: Desk) -> None:
    with inside(desk, desk.start_rows(q("rank way", "order", "排序"), choices=CHOICES)) as room:
        field = room.go("order").field
        assert isinstance(field, RankField)
        assert room.value("order") == ""
        assert not field.keep.isHidden()
        press(Qt.Key.Key_Down, ALT)
        assert room.value("order") == "way2 way1 way3 way4 way5"
        areas = field.lines.areas(field.lines.width())
        start, end = areas[4].center().toPoint(), areas[0].center().toPoint()
        QTest.mousePress(field.lines, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 11):
            QTest.mouseMove(field.lines, start + (end - start) * step / 10)
        QTest.mouseRelease(field.lines, Qt.MouseButton.LeftButton, pos=end)
        settle()
        assert room.value("order") == "way5 way2 way1 way3 way4"
        assert field.keep.isHidden()
        room.room.undo()
        assert room.value("order") == "way2 way1 way3 way4 way5"


def test_the_order_as_it_stands_can_be_the_answer(desk: Desk) -> None:
    with inside(desk, desk.start_rows(q("rank way", "order", "排序"), q("text", "t", "t"), choices=CHOICES)) as room:
        room.go("order")
        press(Qt.Key.Key_Return)
        assert room.value("order") == "way1 way2 way3 way4 way5"
        assert room.here == "t"


def test_100_000_choices_are_looked_through_in_slices(qapp: QApplication) -> None:
    options = tuple(Option(f"s{n}", f"第{n}小学", "") for n in range(100_000))
    model = ChoiceModel(lambda name: False)
    model.set_options(options)
    assert model.rowCount() == 100_000
    model.narrow("99999")
    waited = 0
    while not model.complete and waited < 500:
        QTest.qWait(10)
        waited += 1
    assert [model.option(row).name for row in range(model.rowCount())] == ["s99999"]
    only = model.only()
    assert only is not None
    assert only.name == "s99999"
    model.narrow("小学")
    model.finish()
    assert model.rowCount() == MOST_FOUND
    exact = model.exactly("第7小学")
    assert exact is not None
    assert exact.name == "s7"
    model.narrow("")
    assert model.rowCount() == 100_000


def test_the_head_of_a_table_list_is_nobodys_to_answer(desk: Desk) -> None:
    rows = (
        q("begin_group", "g", "安全", appearance="table-list"),
        q("select_one level", "a", "校门口"),
        q("select_one level", "b", "课间"),
        END_GROUP,
    )
    with inside(desk, desk.start_rows(*rows, choices=CHOICES)) as room:
        assert room.room.filling.paper.summary("/data/g").refs == (room.ref("a"), room.ref("b"))
        assert room.room.view.head.accessibleName().startswith("1 安全 0/2")
        heads = [
            row for row in room.room.view.list.column.rows.values() if row.ref not in (room.ref("a"), room.ref("b"))
        ]
        assert len(heads) == 1
        assert heads[0].field.geometry().width() == room.row("a").field.geometry().width()
        room.go("a")
        press("2")
        assert (room.value("a"), room.here) == ("level2", "b")
