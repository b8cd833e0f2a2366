"""Photos are marked on a copy, drawings and signatures made on the spot; nothing of what is hidden is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from jiandu_desktop.ui.look.tokens import INKS
from jiandu_desktop.ui.questions.drawing import DrawingDesk, SigningDesk, marked_name
from jiandu_desktop.ui.questions.ink_marks import Mark, Tool, rendered
from jiandu_desktop.ui.questions.photos import PhotoField
from jiandu_desktop.ui.questions.sheet import Sheet
from tests.support.all_types import MEDIA
from tests.support.said import Said
from tests.support.wizard import CONTROL, Desk, Inside, focus, inside, photo_file, press, settle, until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def picture(room: Inside, name: str) -> PhotoField:
    field = room.go(name).field
    assert isinstance(field, PhotoField)
    return field


def press_make(room: Inside, name: str) -> None:
    make = picture(room, name).make
    assert make is not None
    make.click()


def open_desk(room: Inside, kind: type[DrawingDesk] | type[SigningDesk]) -> DrawingDesk | SigningDesk:
    """The desk that is over the window, once its picture has been read."""
    found: list[DrawingDesk | SigningDesk] = []
    until(lambda: bool(found.extend(each for each in room.window.findChildren(kind) if each.isVisible()) or found))
    return found[0]


def drag(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A stroke with the mouse, in pixels of the picture."""

    def at(spot: QPointF) -> QPoint:
        return QPoint(round(spot.x()), round(spot.y()))

    first, last = at(sheet.spot(*start)), at(sheet.spot(*end))
    QTest.mousePress(sheet, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(sheet, (first + last) / 2)
    QTest.mouseMove(sheet, last)
    QTest.mouseRelease(sheet, Qt.MouseButton.LeftButton, pos=last)
    settle()


def kept_image(desk: Desk, room: Inside, name: str) -> QImage:
    photo = next(each for each in room.room.filling.photos if each.name == name)
    return QImage.fromData(desk.services.visits.photo_bytes(photo.sha256))


def test_a_photo_is_marked_on_a_copy(desk: Desk, tmp_path: Path) -> None:
    path = photo_file(tmp_path / "走廊.jpg")
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        room.room.intake.take_files(room.ref("marked"), [path], False)
        room.keep()
        press_make(room, "marked")
        over = open_desk(room, DrawingDesk)
        assert isinstance(over, DrawingDesk)
        press("3")
        drag(over.sheet, (40, 40), (200, 160))
        press(Qt.Key.Key_S, CONTROL)
        room.keep()
        assert [photo.name for photo in room.room.filling.photos] == ["走廊.jpg", "走廊-marked.jpg"]
        assert room.value("marked") == "走廊-marked.jpg"
        original, copy = kept_image(desk, room, "走廊.jpg"), kept_image(desk, room, "走廊-marked.jpg")
        assert original.size() == copy.size()
        assert copy.pixelColor(40, 100).red() > original.pixelColor(40, 100).red() + 40
        assert abs(copy.pixelColor(300, 20).red() - original.pixelColor(300, 20).red()) < 8


def test_a_photo_whose_file_is_gone_says_so_instead_of_opening_a_desk(desk: Desk, tmp_path: Path, said: Said) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        room.room.intake.take_files(room.ref("marked"), [photo_file(tmp_path / "a.jpg")], False)
        room.keep()
        desk.services.store.media.path(room.room.filling.photos[0].sha256).unlink()
        heard: list[object] = []
        room.tasks.failed_unheard.connect(heard.append)
        press_make(room, "marked")
        until(lambda: bool(heard))
        assert "media-lost" in str(heard[0])
        assert not [each for each in room.window.findChildren(DrawingDesk) if each.isVisible()]


def test_marking_again_replaces_the_marked_copy(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        room.room.intake.take_files(room.ref("marked"), [photo_file(tmp_path / "a.jpg")], False)
        room.keep()
        for _ in range(2):
            press_make(room, "marked")
            over = open_desk(room, DrawingDesk)
            assert isinstance(over, DrawingDesk)
            drag(over.sheet, (20, 20), (100, 100))
            over.save.click()
            room.keep()
        names = [photo.name for photo in room.room.filling.photos]
        assert names == ["a.jpg", "a-marked-2.jpg"]
        assert room.value("marked") == names[-1]


def test_any_photo_is_marked_from_the_large_view(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        room.room.intake.take_files(room.ref("gate"), [photo_file(tmp_path / "门.jpg")], False)
        room.keep()
        room.room.files.open(room.room.filling.photos[0].id)
        until(room.room.photo.is_shown)
        press("e")
        over = open_desk(room, DrawingDesk)
        assert isinstance(over, DrawingDesk)
        drag(over.sheet, (20, 20), (100, 100))
        over.save.click()
        room.keep()
        assert [photo.name for photo in room.room.filling.photos] == ["门.jpg", "门-marked.jpg"]


def test_where_a_face_is_covered_only_the_covered_copy_goes_on(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        room.room.intake.take_files(room.ref("gate"), [photo_file(tmp_path / "门.jpg")], False)
        room.keep()
        (taken,) = room.room.filling.photos
        room.room.files.open(taken.id)
        until(room.room.photo.is_shown)
        press("e")
        over = open_desk(room, DrawingDesk)
        assert isinstance(over, DrawingDesk)
        over.tools[Tool.MOSAIC].click()
        drag(over.sheet, (20, 20), (100, 100))
        over.save.click()
        room.keep()
        (covered,) = room.room.filling.photos
        assert (covered.name, covered.original, covered.taken_at) == ("门-marked.jpg", taken.sha256, taken.taken_at)


def test_a_drawing_is_made_with_the_keyboard_alone(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        picture(room, "sketch")
        press(Qt.Key.Key_Return)
        over = open_desk(room, DrawingDesk)
        assert isinstance(over, DrawingDesk)
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space):
            press(key)
        press("2")
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
            press(key)
        assert [mark.tool for mark in over.sheet.marks()] == [Tool.PEN, Tool.ARROW]
        press(Qt.Key.Key_Z, CONTROL)
        assert len(over.sheet.marks()) == 1
        press(Qt.Key.Key_Y, CONTROL)
        assert len(over.sheet.marks()) == 2
        press(Qt.Key.Key_S, CONTROL)
        room.keep()
        assert room.value("sketch") == "drawing.png"
        assert room.here == "sketch"


def test_a_drawing_is_gone_on_with(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        for _ in range(2):
            press_make(room, "sketch")
            over = open_desk(room, DrawingDesk)
            assert isinstance(over, DrawingDesk)
            drag(over.sheet, (100, 100), (900, 700))
            over.save.click()
            room.keep()
        assert len(room.room.filling.photos_of(room.ref("sketch"))) == 1
        assert room.value("sketch") == "drawing-2.png"


def test_an_untouched_sheet_or_escape_keeps_nothing(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        press_make(room, "sketch")
        over = open_desk(room, DrawingDesk)
        assert isinstance(over, DrawingDesk)
        over.save.click()
        press_make(room, "sketch")
        over = open_desk(room, DrawingDesk)
        assert isinstance(over, DrawingDesk)
        drag(over.sheet, (100, 100), (900, 700))
        press(Qt.Key.Key_Escape)
        room.keep()
        assert room.value("sketch") == ""
        assert room.room.filling.photos == []


def test_words_are_written_on_the_picture(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        press_make(room, "sketch")
        over = open_desk(room, DrawingDesk)
        assert isinstance(over, DrawingDesk)
        over.tools[Tool.WORDS].click()
        spot = over.sheet.spot(400, 400)
        QTest.mouseClick(over.sheet, Qt.MouseButton.LeftButton, pos=QPoint(round(spot.x()), round(spot.y())))
        settle()
        press("1楼西侧")
        press(Qt.Key.Key_Return)
        assert [mark.words for mark in over.sheet.marks()] == ["1楼西侧"]
        over.save.click()
        room.keep()
        assert room.value("sketch") == "drawing.png"


def test_a_signature_is_a_picture_of_black_strokes(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        press_make(room, "signed")
        over = open_desk(room, SigningDesk)
        assert isinstance(over, SigningDesk)
        assert not over.save.isEnabled()
        box = over.box
        QTest.mousePress(box, Qt.MouseButton.LeftButton, pos=QPoint(40, box.height() // 2))
        QTest.mouseMove(box, QPoint(box.width() - 60, box.height() // 2))
        QTest.mouseRelease(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 60, box.height() // 2))
        over.save.click()
        room.keep()
        image = kept_image(desk, room, "signature.png")
        assert (image.width(), image.height()) == (1000, 500)
        assert image.pixelColor(500, 250).lightness() < 60
        assert image.pixelColor(500, 40) == QColor(255, 255, 255)


def test_the_rooms_keys_rest_while_one_draws(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        press_make(room, "sketch")
        over = open_desk(room, DrawingDesk)
        press(Qt.Key.Key_F8)
        press(Qt.Key.Key_D, CONTROL)
        assert over.isVisible()
        assert room.here == "sketch"
        assert room.row("sketch").note is None
        for _ in range(14):
            press(Qt.Key.Key_Tab)
            assert over.isAncestorOf(focus())
        press(Qt.Key.Key_Escape)


def test_what_is_under_mosaic_cannot_be_read_back() -> None:
    """A face is hidden for good: within a block every pixel is the same, and the rest of the photo is untouched."""
    base = QImage(400, 300, QImage.Format.Format_RGB32)
    for x in range(400):
        for y in range(300):
            base.setPixelColor(x, y, QColor(x % 2 * 255, y % 2 * 255, (x + y) % 256))
    hidden = rendered(base, [Mark(Tool.MOSAIC, ((100, 100), (200, 180)))])
    colours = {hidden.pixel(x, y) for x in range(100, 200) for y in range(100, 180)}
    assert len(colours) <= 13 * 10
    assert hidden.pixel(99, 120) == base.pixel(99, 120)
    assert base.pixelColor(101, 101) == QColor(255, 255, 202)


def test_marks_at_the_edge_and_of_no_size_break_nothing() -> None:
    base = QImage(10, 10, QImage.Format.Format_RGB32)
    base.fill(QColor(255, 255, 255))
    marks = [Mark(tool, ((-5.0, -5.0), (50.0, 50.0)), INKS[1], 3.0, "字") for tool in Tool]
    assert rendered(base, marks).size() == base.size()
    assert not Mark(Tool.BOX, ((3, 3), (3, 3))).is_seen()
    assert not Mark(Tool.WORDS, ((3, 3),), words=" ").is_seen()


def test_a_marked_copy_is_named_after_its_photo() -> None:
    assert marked_name("IMG_1.png") == "IMG_1-marked.jpg"
    assert marked_name("IMG_1-marked.jpg") == "IMG_1-marked.jpg"
