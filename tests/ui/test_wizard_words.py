"""Labels with markdown, guidance and pictures, heads that follow answers, and the language switch."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jiandu_desktop.ui.look.theme import set_theme, theme
from jiandu_desktop.ui.questions.marked import MarkedText, readable
from jiandu_desktop.ui.questions.number import NumberField, grouped
from jiandu_desktop.ui.questions.words import LineField, LongField
from tests.support.appearances import CHOICES, WORDS
from tests.support.checklists import END_GROUP, YES_NO_NA, q
from tests.support.wizard import Desk, inside, judged, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TWO_LANGUAGES = (
    {"type": "begin_group", "name": "g", "label::中文 (zh)": "安全", "label::English (en)": "Safety"},
    {
        "type": "text",
        "name": "a",
        "label::中文 (zh)": "校长姓名",
        "label::English (en)": "Head teacher",
        "hint::中文 (zh)": "全名",
        "hint::English (en)": "Full name",
    },
    {"type": "select_one ypn", "name": "b", "label::中文 (zh)": "有制度", "label::English (en)": "Rules exist"},
    {"type": "end_group"},
)
TWO_LISTS = tuple(
    {"list_name": "ypn", "name": name, "label::中文 (zh)": chinese, "label::English (en)": english}
    for name, chinese, english in (("yes", "有", "Yes"), ("no", "没有", "No"))
)


def test_a_language_is_switched_live_and_remembered(desk: Desk) -> None:
    opened = desk.start_rows(*TWO_LANGUAGES, choices=TWO_LISTS)
    with inside(desk, opened) as room:
        assert not room.room.top.language.isHidden()
        assert room.row("a").view is not None
        before = room.row("a").view
        room.go("a")
        press("王")
        wanted = next(each for each in room.room.language.menu.actions() if each.text() == "English")
        press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert room.room.language.menu.isVisible()
        room.room.language.menu.close()
        wanted.trigger()
        settle()
        view, field = room.row("a").view, room.row("a").field
        assert before is not None
        assert view is not None
        assert (before.question.label, view.question.label) == ("校长姓名", "Head teacher")
        assert view.question.hint == "Full name"
        assert isinstance(field, LineField)
        assert field.edit.text() == "王", "half-typed text stays"
        other = room.row("b").view
        assert other is not None
        assert [option.label for option in other.question.options] == ["Yes", "No"]
        assert room.room.view.head.accessibleName().startswith("1 Safety")
        assert room.room.side.outline.rows()[0].name == "Safety"
        assert room.room.top.language.text() == "English"
        room.keep()
    with inside(desk, desk.reopen()) as room:
        assert room.room.top.language.text() == "English"


def test_a_checklist_of_one_language_has_no_switch(desk: Desk) -> None:
    with inside(desk, desk.start_rows(judged("a", "甲"))) as room:
        assert room.room.top.language.isHidden()


def test_guidance_opens_under_its_question_and_stays_open(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*WORDS, choices=CHOICES)) as room:
        row = room.go("line")
        assert row.aids is not None
        assert row.aids.fold is not None
        closed = row.height()
        row.aids.fold.click()
        settle()
        assert row.height() > closed + 30
        press("李")
        QTest.qWait(10)
        assert row.aids.open


def test_markdown_is_shown_and_never_run(desk: Desk) -> None:
    text = MarkedText("**粗**<script>x</script>![p](file:///etc/passwd)[链](http://example.org)\n- 甲\n- 乙")
    assert text.height(400) > 0
    assert text.plain() == "粗<script>x</script>![p](file:///etc/passwd)链\n甲\n乙"
    with inside(desk, desk.start_rows(*WORDS, choices=CHOICES)) as room:
        row = room.row("read")
        assert row.view is not None
        assert row.view.question.label == "请先看：\n- 逐项实地看\n- 数字以当天为准"
        assert row.height() > 3 * 20


def test_a_colour_of_the_form_can_be_read_on_both_grounds(desk: Desk, qapp: QApplication) -> None:
    for dark in (False, True):
        theme_now = set_theme(qapp, dark=dark)
        ground = theme_now.color("surface")
        for name in ("yellow", "red", "#0000ff", "white", "black"):
            color = readable(name)
            assert color is not None
            assert abs(_light(color) - _light(ground)) > 0.25, (name, dark)
    assert readable("不是颜色") is None
    set_theme(qapp, dark=False)


def test_a_head_follows_the_answer_it_names(desk: Desk) -> None:
    rows = (
        q("text", "who", "姓名"),
        q("begin_group", "g", "${who}的班"),
        q("begin_group", "inner", "${who}的学生"),
        q("integer", "n", "人数"),
        END_GROUP,
        END_GROUP,
    )
    with inside(desk, desk.start_rows(*rows)) as room:
        room.go("who")
        press("王老师")
        press(Qt.Key.Key_Return)
        assert room.room.side.outline.rows()[1].name == "王老师的班"
        room.go("n")
        heads = [entry.label for entry in room.room.view.list.column.entries if entry.label]
        assert heads == ["王老师的学生"]
        assert room.room.view.head.accessibleName().startswith("2 王老师的班")


def test_numbers_count_group_and_take_no_letters(desk: Desk) -> None:
    assert grouped("-1234567.5") == "-1\u2009234\u2009567.5"
    with inside(desk, desk.start_rows(*WORDS, choices=CHOICES)) as room:
        field = room.go("guards").field
        assert isinstance(field, NumberField)
        QTest.mouseClick(field.more, Qt.MouseButton.LeftButton)
        press("+")
        assert room.value("guards") == "2"
        press("-")
        assert room.value("guards") == "1"
        pupils = room.row("pupils").field
        assert isinstance(pupils, NumberField)
        assert pupils.edit.text() == "12\u2009860"
        room.go("pupils")
        assert pupils.edit.text() == "12860"
        room.go("phone")
        press("１３8-x9")
        press(Qt.Key.Key_Return)
        assert room.value("phone") == "138-9"
        story = room.row("story").field
        assert isinstance(story, LongField)
        assert story.edit.height() > room.row("story_locked").field.height()


def test_a_picture_of_the_label_opens_large(desk: Desk, tmp_path: Path) -> None:
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("#15607a"))
    assert image.save(str(desk.home / "plan.png"))
    rows = ({**judged("a", "按图检查疏散路线"), "media::image": "plan.png"}, judged("b", "乙"))
    with inside(desk, desk.start_rows(*rows, choices=YES_NO_NA)) as room:
        row = room.row("a")
        assert row.aids is not None
        assert row.aids.picture is not None
        assert row.height() > 150 > room.row("b").height()
        QTest.mouseClick(row.aids.picture, Qt.MouseButton.LeftButton)
        assert room.room.label_media.isVisible()
        press(Qt.Key.Key_Escape)
        assert not room.room.label_media.isVisible()
        assert theme().tokens.name == "light"


def _light(color: QColor) -> float:
    return 0.2126 * color.redF() + 0.7152 * color.greenF() + 0.0722 * color.blueF()
