"""All kinds of questions in one made-up checklist, tried out in a window of its own: chosen, written, in tables."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jiandu_desktop.paths import resources
from jiandu_desktop.services.form_trial import begin_trial
from jiandu_desktop.ui.questions.rank import RankField
from jiandu_desktop.ui.tour.camera import COMPACT, FULL
from jiandu_desktop.ui.tour.director import activate
from jiandu_desktop.ui.tour.stage import Scene, Stage
from jiandu_desktop.ui.trial import TrialWindow
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.room import WizardRoom

GUARD = "/data/repeats/guard"


def all_kinds(stage: Stage) -> None:
    """Selects in every look, table-list, words and numbers, and a repeat as a table, by keyboard and mouse."""
    director = stage.director
    with trial_of(stage, _kinds_book(stage)) as room:
        turn_to(stage, room, "lines")
        director.press("2")
        director.press("4")
        stage.expect(room.instance.node("/data/selects/likert").value == "agree4", "量表用数字键作答")
        stage.camera.shoot("kinds-choices", "全部题型：按钮、整行、量表、下拉、按拼音查找", FULL)
        turn_to(stage, room, "town")
        director.write("csz")
        director.press("Return")
        stage.expect(room.instance.node("/data/selects/town").value, "按拼音首字母选中了镇")
        row = turn_to(stage, room, "order")
        director.press("Alt+Down")
        stage.expect(isinstance(row.field, RankField) and row.field.lines.options[0].name == "way2", "Alt+↓ 移动了一行")
        stage.camera.shoot("kinds-order", "全部题型：带图的选项、排序", FULL, dark=False)
        turn_to(stage, room, "a1")
        for key in ("1", "2", "1"):
            director.press(key)
        stage.camera.shoot("kinds-table-list", "全部题型：列表", FULL, dark=False)
        row = turn_to(stage, room, "line")
        stage.expect(row.aids is not None and row.aids.fold is not None, "有填写说明")
        if row.aids is not None and row.aids.fold is not None:
            director.click(row.aids.fold)
        stage.camera.shoot("kinds-words", "全部题型：带格式的提示、填写说明、题目里的图", FULL)
        _table(stage, room)


def _table(stage: Stage, room: WizardRoom) -> None:
    director = stage.director
    room.view.go_to(f"{GUARD}[1]/guard_name")
    director.settle()
    for name, age in (("赵一", "45"), ("钱二", "63")):
        director.write(name)
        director.press("Return")
        director.write(age)
        director.press("Return")
        director.write("较好")
        director.press("Return")
        director.write("1001")
        director.press("Return")
    stage.expect(room.instance.node(f"{GUARD}[2]/guard_age").value == "63", "表格里只用键盘填了两行")
    stage.camera.shoot("kinds-table", "全部题型：重复的内容排成表格，键盘逐格填写", FULL)
    stage.camera.shoot("kinds-table-175", "全部题型：最小的窗口，175 %", COMPACT, scale=1.75, dark=False)


def _kinds_book(stage: Stage) -> Path:
    book = stage.out / "全部题型.xlsx"
    shutil.copyfile(resources() / "demo" / "question-kinds.xlsx", book)
    shutil.copytree(resources() / "demo" / "photos", stage.out / "全部题型-media", dirs_exist_ok=True)
    return book


@contextmanager
def trial_of(stage: Stage, book: Path) -> Iterator[WizardRoom]:
    """The trial's window in place of the program's own, which comes back in the end."""
    store = stage.services.store
    trial = begin_trial(book, clock=store.clock, new_id=store.new_id)
    window = TrialWindow(trial, store.clock, store.new_id)
    stage.window.hide()
    stage.director.take(window.window, lambda: False)
    window.window.resize(FULL)
    window.show()
    activate(window.window)
    try:

        def entered() -> WizardRoom | None:
            room = window.window.room()
            return room if isinstance(room, WizardRoom) else None

        room = stage.director.wait(entered, "试填窗口打开")
        stage.director.settle()
        yield room
    finally:
        window.window.close()
        stage.take_own_window()


def turn_to(stage: Stage, room: WizardRoom, name: str) -> ItemRow:
    """Turns to an item by its name, as a search does."""
    ref = next(ref for ref, item in room.instance.definition.items.items() if item.name == name)
    room.jump_to(ref)
    stage.director.settle()
    row = room.view.list.row(ref)
    assert row is not None
    return row


SCENES: tuple[Scene, ...] = (("全部题型：试填一份样表", all_kinds),)
