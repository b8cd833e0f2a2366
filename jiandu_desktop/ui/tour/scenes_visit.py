"""The visit: number keys, a problem card with a photo, bulk, doubt, veto, note, find, leaving and coming back."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from jiandu_desktop.domain.problem import Handling
from jiandu_desktop.paths import resources
from jiandu_desktop.ui.pages.today import TodayPage
from jiandu_desktop.ui.questions.drawing import DrawingDesk
from jiandu_desktop.ui.questions.question import Kind
from jiandu_desktop.ui.tour.camera import COMPACT
from jiandu_desktop.ui.tour.director import SceneFailed
from jiandu_desktop.ui.tour.scenes_before import ADDED_TASK, SCHOOL, page_of
from jiandu_desktop.ui.tour.stage import Scene, Stage
from jiandu_desktop.ui.wizard.item_row import ItemRow
from jiandu_desktop.ui.wizard.problem_card import ProblemCard
from jiandu_desktop.ui.wizard.room import WizardRoom

LEFT_OPEN = "veto_false"
"""The item that is left unanswered, so that 完成 has something to jump to."""


def start(stage: Stage) -> None:
    director = stage.director
    page = page_of(stage, TodayPage)
    director.select_row(
        page.table,
        lambda row: row.school == SCHOOL and row.task != ADDED_TASK,
    )
    director.press("Return")
    room = room_of(stage)
    stage.expect(here(room) == "charter", "从第一题开始")


def answer_by_keys(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    for key in ("1", "1", "1", "1"):
        director.press(key)
    stage.expect(here(room) == "followup", "四个数字键答了四题，停在第五题")


def problem_with_photo(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    director.press("3")
    card = card_of(stage, room, "followup")
    stage.expect(card.text.text(), "问题已按表单填好")
    director.press("Ctrl+K")
    director.wait(room.phrases.isVisible, "选用话语打开")
    stage.camera.shoot("phrases", "不符合：问题卡就地打开；选用话语", dark=False)
    director.press("Down")
    director.press("Return")
    director.wait(lambda: "整改报告与现场情况不符" in card.text.text(), "选中的话语填进问题")
    strip = card.photos.strip
    director.click(strip, QPoint(strip.height() // 2, strip.height() // 2))
    director.choose_files([resources() / "demo" / "photos" / "notice-board.jpg"])
    director.wait(card.photos.photos, "照片加进来了")
    director.settle()
    stage.expect(len(card.photos.photos()) == 1, f"加了一张照片，不是 {len(card.photos.photos())} 张")
    stage.camera.shoot("problem-card", "问题卡：依据、措施、期限、责任人、照片")
    mark_photo(stage, room)
    director.click(card.text)
    director.press("Return")
    director.wait(lambda: room.filling.problems[ref_of(room, "followup")].confirmed, "Enter 确认了问题")
    stage.expect(here(room) == "plaque", "确认后到下一题")


def mark_photo(stage: Stage, room: WizardRoom) -> None:
    """Draws on a copy of the photo; both are kept."""
    director = stage.director
    card = card_of(stage, room, "followup")
    strip = card.photos.strip
    director.click(strip, strip.tile(0).center().toPoint())
    director.wait(room.photo.is_shown, "照片打开")
    director.press("E")
    desk = director.wait(lambda: director.seek(DrawingDesk), "标注打开")
    for key, way in (("2", ((0.2, 0.8), (0.3, 0.65), (0.4, 0.5))), ("3", ((0.4, 0.3), (0.6, 0.5), (0.7, 0.6)))):
        director.press(key)
        picture = desk.sheet.picture()
        director.drag(desk.sheet, [desk.sheet.spot(picture.width() * x, picture.height() * y) for x, y in way])
    stage.expect(len(desk.sheet.marks()) == 2, "画了箭头和方框")
    stage.camera.shoot("mark-photo", "在照片的副本上标注：箭头、方框、文字、马赛克")
    director.press("Ctrl+S")
    director.wait(lambda: len(card.photos.photos()) == 2, "标注过的照片在原照片旁边")
    director.settle()


def on_the_spot(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    director.press("2")
    card = card_of(stage, room, "plaque")
    segments = card.handling.segments()
    director.click(card.handling, segments[0].center().toPoint())
    director.wait(
        lambda: room.filling.problems[ref_of(room, "plaque")].handling is Handling.ON_THE_SPOT, "改为即知即改"
    )
    director.click(card.text)
    director.press("Return")


def bulk_and_undo(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    director.press("Ctrl+F")
    director.write("4.1")
    director.press("Return")
    stage.expect(here(room) == "homework", "按题号找到 4.1")
    director.click(room.view.head.bulk)
    director.wait(lambda: room.instance.node(ref_of(room, "eyesight")).value == "yes", "本节其余都答了符合")
    stage.camera.shoot("bulk", "本节其余全部符合，一步可撤销", dark=False, toast=True)
    director.press("Ctrl+Z")
    director.wait(lambda: not room.instance.node(ref_of(room, "eyesight")).value, "一步撤销")
    director.press("Ctrl+Shift+Return")
    director.wait(lambda: room.instance.node(ref_of(room, "eyesight")).value == "yes", "再来一次")


def doubtful_number(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    row = find_item(stage, room, "zrjs", "full_time_teachers")
    director.write("76")
    link = director.wait(lambda: row.keep_link, "超过名册人数，请核对")
    director.wait(link.isVisible, "属实，保留")
    stage.camera.shoot("doubt", "数字可疑：先提醒，属实可以保留")
    director.click(link)
    director.wait(lambda: ref_of(room, "full_time_teachers") in room.filling.kept, "保留了这个数字")


def veto_and_note(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    row = find_item(stage, room, "5.6", "veto_ethics")
    director.press("2")
    card = card_of(stage, room, "veto_ethics")
    stage.expect(card.measure.verticalScrollBar().value() == 0, "两行的措施从第一行读起")
    stage.camera.shoot("veto", "一票否决：红色只用在这里和逾期")
    director.press("Ctrl+Z")
    director.wait(lambda: not room.instance.node(row.ref).value, "撤销")
    director.press("1")
    find_item(stage, room, "fire", "", words="6.4")
    director.press("Ctrl+D")
    director.write("三楼东侧灭火器压力表指针在绿区，月检卡齐全。")
    note = room.view.list.row(room.current_ref)
    stage.expect(note is not None and note.note is not None and note.note.text(), "备注写下了")
    director.press("Return")


def find_anything(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    director.press("Ctrl+F")
    director.write("sp")
    director.wait(lambda: room.side.results.isVisible() and room.side.results.count() > 0, "拼音首字母查到题目")
    stage.camera.shoot("find", "查找：题号、几个字、拼音首字母，! 问题，? 未答", dark=False)
    director.press("Esc")


def leave_and_return(stage: Stage) -> None:
    director = stage.director
    room = room_of(stage)
    before = here(room)
    answered = room.instance.progress().answered
    director.press("Alt+Left")
    page = page_of(stage, TodayPage)
    director.wait(lambda: page.panel.primary.text() == "继续督导", "右边的按钮是继续督导")
    stage.camera.shoot("in-progress", "离开：今日记着停在哪一题", dark=False)
    director.click(page.panel.primary)
    room = room_of(stage)
    director.settle()
    stage.expect(here(room) == before, "回到同一题")
    stage.expect(room.instance.progress().answered == answered, "每个答案都在")


def answer_the_rest(stage: Stage) -> None:
    """F8 and a digit until nothing is left but what is left on purpose."""
    director = stage.director
    room = room_of(stage)
    refs = room.filling.paper.refs()
    passed: set[str] = set()
    for step in range(3 * len(refs)):
        ref = room.current_ref
        if ref in passed or not is_open(room, ref) or here(room) == LEFT_OPEN:
            passed.add(ref)
            director.press("F8")
            if room.current_ref in passed:
                break
            continue
        passed.add(ref)
        _answer(stage, room)
        if step == len(refs) // 2:
            stage.camera.shoot("wizard", "检查表：左边是提纲，右边是依据、标准和上次")
            stage.camera.shoot("wizard-narrow-175", "检查表：最小的窗口，175 %", COMPACT, scale=1.75)
    left = [room.instance.node(ref).item.name for ref in room.filling.paper.refs() if is_open(room, ref)]
    stage.expect(LEFT_OPEN in left and len(left) < 8, f"其余都答了，剩下 {'、'.join(left)}")


def _answer(stage: Stage, room: WizardRoom) -> None:
    """Answers the item in hand by keys, as far as digits and a few words go."""
    director = stage.director
    row = room.view.list.row(room.current_ref)
    kind = row.kind if row is not None else None
    if kind is Kind.ONE:
        director.press("1")
    elif kind is Kind.WHOLE:
        director.write("4")
        director.press("Return")
    elif here(room) == "evaluation":
        director.write("学校管理有序，课程开齐开足；督导意见整改还要抓紧。")
        director.press("Return")


# --- where things are -----------------------------------------------------------------------------------------------


def room_of(stage: Stage) -> WizardRoom:
    """The wizard that is open."""

    def shown() -> WizardRoom | None:
        room = stage.window.room()
        return room if isinstance(room, WizardRoom) else None

    room = stage.director.wait(shown, "检查表打开")
    stage.director.settle()
    return room


def here(room: WizardRoom) -> str:
    """The name of the item in hand."""
    return room.instance.node(room.current_ref).item.name


def ref_of(room: WizardRoom, name: str) -> str:
    """An item by its name in the checklist."""
    found = next((ref for ref, item in room.instance.definition.items.items() if item.name == name), None)
    if found is None:
        raise SceneFailed(f"表单里没有 {name}")
    return found


def is_open(room: WizardRoom, ref: str) -> bool:
    """Whether an item that wants an answer has none."""
    return room.filling.paper.is_unanswered(ref)


def find_item(stage: Stage, room: WizardRoom, initials: str, name: str, words: str = "") -> ItemRow:
    """Goes to an item by the search, as one does who knows its first letters or its number."""
    stage.director.press("Ctrl+F")
    stage.director.write(words or initials)
    stage.director.press("Return")
    row = room.view.list.row(room.current_ref)
    if row is None or (name and here(room) != name):
        raise SceneFailed(f"查“{words or initials}”没有到 {name}，而是 {here(room)}")
    stage.director.settle()
    return row


def card_of(stage: Stage, room: WizardRoom, name: str) -> ProblemCard:
    """The problem card of an item, open with the keyboard in it."""
    row = room.view.list.row(ref_of(room, name))
    if row is None:
        raise SceneFailed(f"{name} 不在这一节")
    card = stage.director.wait(lambda: row.card, "问题卡打开")
    stage.director.wait(lambda: card.isVisible() and row.height() > card.height(), "问题卡展开")
    stage.director.settle()
    return card


SCENES: tuple[Scene, ...] = (
    ("开始督导", start),
    ("检查表：数字键作答", answer_by_keys),
    ("检查表：不符合，问题卡、话语、照片", problem_with_photo),
    ("检查表：即知即改", on_the_spot),
    ("检查表：本节其余全部符合，撤销", bulk_and_undo),
    ("检查表：可疑的数字", doubtful_number),
    ("检查表：一票否决项，备注", veto_and_note),
    ("检查表：查找", find_anything),
    ("离开，再回到同一题", leave_and_return),
    ("检查表：F8 和数字键答完其余", answer_the_rest),
)
