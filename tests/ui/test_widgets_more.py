"""The other shared widgets: each does what an inspector needs of it, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from jiandu_desktop.ui.look.theme import set_theme
from jiandu_desktop.ui.tasks import Tasks
from jiandu_desktop.ui.widgets.buttons import Button
from jiandu_desktop.ui.widgets.date_field import DateField
from jiandu_desktop.ui.widgets.day_words import parse_day
from jiandu_desktop.ui.widgets.filters import Count, FilterButton, SearchField, SummaryLine
from jiandu_desktop.ui.widgets.notices import EmptyState, InlineNotice, Toast
from jiandu_desktop.ui.widgets.outline import CompactOutline, OutlineList, OutlineRow
from jiandu_desktop.ui.widgets.page_preview import PagePreview
from jiandu_desktop.ui.widgets.photos import Photo, PhotoStrip
from jiandu_desktop.ui.widgets.signature import SignatureBox
from jiandu_desktop.ui.widgets.text import Prose
from tests.support.gallery import gallery, second_page

# The offscreen screen cannot take size hints and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

TODAY = date(2026, 11, 24)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    set_theme(qapp, dark=False)
    yield
    set_theme(qapp, dark=False)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("scale", [0.9, 1.3])
def test_every_widget_paints_in_every_look(qapp: QApplication, qtbot: QtBot, dark: bool, scale: float) -> None:
    set_theme(qapp, dark=dark, text_scale=scale)
    for page in (gallery(), second_page()):
        qtbot.addWidget(page)
        page.show()
        assert not page.grab().isNull()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1121", date(2026, 11, 21)),
        ("11-21", date(2026, 11, 21)),
        ("11月21日", date(2026, 11, 21)),
        ("\uff11\uff12\uff0d\uff10\uff19", date(2026, 12, 9)),
        ("2026-12-09", date(2026, 12, 9)),
        ("20261209", date(2026, 12, 9)),
        ("0105", date(2027, 1, 5)),
        ("+15", date(2026, 12, 9)),
        ("02-30", None),
        ("下周", None),
    ],
)
def test_dates_as_people_type_them(typed: str, meant: date | None) -> None:
    assert parse_day(typed, TODAY) == meant


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_written_in_full_is_read_back(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day


@given(st.text(max_size=12))
def test_no_typing_breaks_the_date_field(typed: str) -> None:
    assert parse_day(typed, TODAY) is None or isinstance(parse_day(typed, TODAY), date)


def test_a_deadline_is_typed_stepped_and_picked(qtbot: QtBot) -> None:
    field = DateField(TODAY, date(2026, 12, 9))
    qtbot.addWidget(field)
    field.show()
    told: list[object] = []
    field.day_changed.connect(told.append)
    field.selectAll()
    qtbot.keyClicks(field, "1211")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert told == [date(2026, 12, 11), date(2026, 12, 12)]
    assert field.text() == "12-12"
    field.selectAll()
    qtbot.keyClicks(field, "13-45")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field.is_valid()
    assert field.day() == date(2026, 12, 12)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_calendar_speaks_chinese_and_gives_the_day(qtbot: QtBot) -> None:
    field = DateField(TODAY, date(2026, 12, 9))
    qtbot.addWidget(field)
    field.show()
    field.open_calendar()
    calendar = field.calendar()
    assert calendar is not None
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    with qtbot.waitSignal(field.day_changed) as picked:
        calendar.clicked.emit(calendar.selectedDate().addDays(1))
    assert picked.args == [date(2026, 12, 10)]
    assert not calendar.isVisible()


def test_search_tells_after_a_rest_and_escape_clears(qtbot: QtBot) -> None:
    field = SearchField("学校、拼音首字母、编号")
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitSignal(field.searched) as typed:
        qtbot.keyClicks(field, " cgex")
    assert typed.args == ["cgex"]
    with qtbot.waitSignal(field.searched) as cleared:
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert cleared.args == [""]
    with qtbot.waitSignal(field.left_down):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_a_filter_is_chosen_from_its_menu(qtbot: QtBot) -> None:
    button = FilterButton("责任区", [("", "全部"), ("cg", "城关")])
    qtbot.addWidget(button)
    button.menu().aboutToShow.emit()
    with qtbot.waitSignal(button.chosen) as chosen:
        button.menu().actions()[1].trigger()
    assert chosen.args == ["cg"]
    assert button.accessibleName() == "责任区 城关"


def test_counts_are_links(qtbot: QtBot) -> None:
    line = SummaryLine()
    qtbot.addWidget(line)
    line.set_counts([Count("todo", 11, "所待督导"), Count("late", 1, "所已逾期", "red")])
    line.show()
    with qtbot.waitSignal(line.chosen) as chosen:
        qtbot.mouseClick(line._links[1], LEFT)
    assert chosen.args == ["late"]


def test_outline_sections_and_cells_are_links(qtbot: QtBot) -> None:
    outline = OutlineList()
    qtbot.addWidget(outline)
    outline.resize(256, 300)
    outline.set_rows(
        [OutlineRow("1", "校务", ("done", "open"), ("1.1 甲", "1.2 乙")), OutlineRow("2", "安全", ("veto",))]
    )
    outline.set_current(0)
    outline.show()
    rows = outline.widget()
    with qtbot.waitSignal(outline.section_chosen) as section:
        qtbot.mouseClick(rows, LEFT, pos=outline.row_center(1).toPoint() - QPoint(0, 12))
    assert section.args == [1]
    with qtbot.waitSignal(outline.cell_chosen) as cell:
        qtbot.mouseClick(rows, LEFT, pos=QPoint(38 + 13 + 4, 39))
    assert cell.args == [0, 1]
    with qtbot.waitSignal(outline.section_chosen) as below:
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert below.args == [1]


def test_compact_outline_is_64_wide(qtbot: QtBot) -> None:
    compact = CompactOutline()
    qtbot.addWidget(compact)
    assert compact.width() == 64


def test_photos_open_come_and_go(qtbot: QtBot, tmp_path: Path) -> None:
    strip = PhotoStrip()
    qtbot.addWidget(strip)
    strip.set_photos([Photo("a"), Photo("b")])
    strip.resize(strip.sizeHint())
    strip.show()
    with qtbot.waitSignal(strip.opened) as opened:
        qtbot.mouseClick(strip, LEFT, pos=strip.tile(1).center().toPoint())
    assert opened.args == ["b"]
    with qtbot.waitSignal(strip.remove_requested) as removed:
        qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert removed.args == ["b"]
    with qtbot.waitSignal(strip.add_requested):
        qtbot.mouseClick(strip, LEFT, pos=strip.tile(2).center().toPoint())
    picture = QImage(8, 6, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    with qtbot.waitSignal(strip.image_pasted):
        assert strip.paste()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "IMG_1.jpg"))])
    QGuiApplication.clipboard().setMimeData(files)
    with qtbot.waitSignal(strip.files_dropped) as dropped:
        qtbot.keyClick(strip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dropped.args == [[tmp_path / "IMG_1.jpg"]]
    strip.set_read_only(True)
    assert not strip.paste()


def test_photos_flow_into_rows(qtbot: QtBot) -> None:
    strip = PhotoStrip()
    qtbot.addWidget(strip)
    strip.set_photos([Photo(str(n)) for n in range(5)])
    assert strip.heightForWidth(240) == 2 * 54 + 8


def test_a_signature_is_kept_as_points(qtbot: QtBot) -> None:
    box = SignatureBox("督学", "周明元")
    qtbot.addWidget(box)
    box.resize(200, 100)
    box.show()
    with qtbot.waitSignal(box.signed) as signed:
        qtbot.mousePress(box, LEFT, pos=QPoint(20, 50))
        qtbot.mouseMove(box, QPoint(100, 30))
        qtbot.mouseRelease(box, LEFT, pos=QPoint(100, 30))
    assert signed.args[0] == (((0.1, 0.5), (0.5, 0.3)),)
    assert not box.is_empty()
    with qtbot.waitSignal(box.signed) as wiped:
        qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert wiped.args[0] == ()
    box.set_read_only(True)
    qtbot.mouseClick(box, LEFT, pos=QPoint(20, 50))
    assert box.is_empty()


def test_the_preview_shows_the_page_at_the_screens_sharpness(qtbot: QtBot) -> None:
    tasks = Tasks()
    preview = PagePreview(tasks)
    qtbot.addWidget(preview)
    preview.resize(420, 590)
    preview.show()
    asked: list[tuple[int, int]] = []

    def render(page: int, pixels: int) -> QImage:
        asked.append((page, pixels))
        image = QImage(pixels, round(pixels * 297 / 210), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        return image

    preview.show_document(render, 2)
    qtbot.waitUntil(lambda: bool(asked) and tasks.is_idle())
    width = round(preview.sheet().width() * preview.devicePixelRatioF())
    assert abs(asked[0][1] - width) <= 1
    middle = preview.grab().toImage().pixelColor(preview.sheet().center().toPoint())
    assert middle.lightness() < 20
    with qtbot.waitSignal(preview.page_turned) as turned:
        qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert turned.args == [1, 2]
    qtbot.waitUntil(lambda: any(page == 1 for page, _ in asked) and tasks.is_idle())
    assert tasks.shutdown(5000)


def test_undo_is_offered_where_it_was_done(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    toast = Toast(window)
    undone: list[int] = []
    toast.show_text("本节 2 题已答“符合”", "撤销 Ctrl+Z", lambda: undone.append(1))
    assert toast.isVisible()
    qtbot.mouseClick(toast, LEFT, pos=QPointF(toast.width() - 40, toast.height() / 2).toPoint())
    assert undone == [1]
    assert not toast.isVisible()


def test_a_notice_has_one_link_and_an_empty_page_says_what_next(qtbot: QtBot) -> None:
    notice = InlineNotice("上次填 3 名", link="属实，保留")
    empty = EmptyState("今天没有要去的学校", primary="提前开始")
    for widget in (notice, empty):
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(notice.linked):
        qtbot.mouseClick(notice._link, LEFT)
    with qtbot.waitSignal(empty.primary_clicked):
        qtbot.mouseClick(empty._primary, LEFT)


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    button = Button("开始督导", kind="primary", hint="Enter")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_running_text_wraps_and_loses_nothing(qtbot: QtBot) -> None:
    words = "疏散通道和安全出口净宽不小于 1.4 米，不堆物、不上锁，疏散指示完好。"
    prose = Prose(words)
    qtbot.addWidget(prose)
    assert "".join(prose._lines(120)).replace(" ", "") == words.replace(" ", "")
    assert prose.heightForWidth(120) > prose.heightForWidth(600)
