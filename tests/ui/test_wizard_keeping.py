"""Nothing that was answered is lost: killed, reopened, disk full; and pictures from every side."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from jiandu_desktop.domain.errors import Trouble
from tests.conftest import StandingClock
from tests.support.checklists import q
from tests.support.said import Said
from tests.support.wizard import CONTROL, Desk, focus, inside, photo_file, press, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROWS = [q("select_one ypn", f"x{n}", f"第 {n} 题", j_weight=1, j_problem="不好", j_days=3) for n in range(30)]


def wait_for(what: object, seconds: float = 6.0) -> None:
    """Until `what()` holds, the window living on."""
    assert callable(what)
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        QTest.qWait(20)


def test_each_answer_is_durable_at_once_and_the_mark_says_when(desk: Desk, clock: StandingClock) -> None:
    with inside(desk, desk.start_rows(*ROWS)) as room:
        clock.advance(minutes=5)
        press(Qt.Key.Key_1)
        wait_for(lambda: room.room.top.saved.text() == "已保存 09:05:00")
        assert desk.values()["/data/x0"] == "yes"


def test_reopening_returns_to_the_same_item_scroll_and_half_typed_note(desk: Desk) -> None:
    opened = desk.start_rows(*ROWS)
    with inside(desk, opened, height=690) as room:
        room.go("x20")
        press(Qt.Key.Key_D, CONTROL)
        press("写到一半")
        QTest.qWait(350)
        scroll = room.room.view.list.verticalScrollBar().value()
        room.keep()
    with inside(desk, desk.reopen(), height=690) as room:
        settle()
        assert room.here == "x20"
        assert room.room.view.list.verticalScrollBar().value() == scroll > 0
        note = room.row("x20").note
        assert note is not None
        assert note.text() == "写到一半"
        assert note is focus()
        press(Qt.Key.Key_Return)
        room.keep()
        assert desk.services.visits.resume(desk.visit_id).notes == {"/data/x20": "写到一半"}
        assert desk.services.visits.resume(desk.visit_id).place.unsaved == {}


def test_reopening_brings_back_the_half_typed_problem(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*ROWS)) as room:
        press(Qt.Key.Key_3)
        press("东侧出口上")
        QTest.qWait(350)
        wait_for(lambda: desk.services.visits.resume(desk.visit_id).place.unsaved)
    with inside(desk, desk.reopen()) as room:
        card = room.row("x0").card
        assert card is not None
        assert card.text.text() == "东侧出口上"


KILLED = """
import os, signal, sys
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
app = QApplication([])
from jiandu_desktop.domain.identity import system_clock
from tests.support.wizard import Desk, Inside, press
desk = Desk(Path(sys.argv[1]), system_clock)
room = Inside(desk.services, desk.services.visits.resume(sys.argv[2]))
for _ in range(7):
    press(Qt.Key.Key_1)
press(Qt.Key.Key_3)
while not room.room._saving.idle:
    QTest.qWait(5)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_process_has_lost_nothing_that_was_answered(desk: Desk, tmp_path: Path) -> None:
    desk.start_rows(*ROWS)
    desk.services.close()
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), desk.visit_id],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == -9, done.stderr.decode()
    desk.services = desk._open()
    with inside(desk, desk.services.visits.resume(desk.visit_id)) as room:
        assert [room.value(f"x{n}") for n in range(9)] == ["yes"] * 7 + ["no", ""]
        assert room.here == "x7"
        assert room.row("x7").card is not None


def test_while_nothing_can_be_written_it_says_so_and_keeps_trying(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, clock: StandingClock
) -> None:
    opened = desk.start_rows(*ROWS)
    real = desk.services.visits.save_answers
    full = True

    def save(*arguments: object, **named: object) -> object:
        if full:
            raise Trouble("disk-full", path="C:\\\\")
        return real(*arguments, **named)  # type: ignore[arg-type]

    with inside(desk, opened) as room:
        room.keep()
        monkeypatch.setattr(desk.services.visits, "save_answers", save)
        press(Qt.Key.Key_1)
        press(Qt.Key.Key_1)
        wait_for(lambda: not room.room.notice.isHidden())
        assert room.room.notice.text().startswith("还没有存到硬盘，正在重试")
        assert room.room.top.saved.text() == "尚未保存，正在重试"
        assert room.here == "x2"
        full = False
        wait_for(room.room.notice.isHidden)
        room.keep()
        assert {name: desk.values()[f"/data/{name}"] for name in ("x0", "x1")} == {"x0": "yes", "x1": "yes"}


def test_a_picture_dropped_on_an_item_proves_that_item(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*ROWS)) as room:
        row = room.row("x3")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(photo_file(tmp_path / "IMG_1.jpg")))])
        spot = row.mapTo(room.room, QPoint(80, 20))
        drop = QDropEvent(
            QPointF(spot), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        room.room.dropEvent(drop)
        room.keep()
        [photo] = desk.services.visits.resume(desk.visit_id).photos
        assert (photo.ref, photo.name) == ("/data/x3", "IMG_1.jpg")
        assert room.room.top.photos.text() == "照片 1"
        assert row.photos is not None
        assert row.photos.isVisible()
        room.room.undo()
        room.keep()
        assert desk.services.visits.resume(desk.visit_id).photos == ()


def test_a_picture_is_pasted_even_while_typing_in_the_card(desk: Desk) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkRed)
    with inside(desk, desk.start_rows(*ROWS)) as room:
        press(Qt.Key.Key_3)
        QGuiApplication.clipboard().setImage(image)
        press(Qt.Key.Key_V, CONTROL)
        room.keep()
        [photo] = desk.services.visits.resume(desk.visit_id).photos
        assert (photo.ref, photo.width) == ("/data/x0", 64)
        QGuiApplication.clipboard().clear()


def test_ctrl_p_opens_the_file_dialog_and_what_is_chosen_is_taken(desk: Desk, tmp_path: Path) -> None:
    file = photo_file(tmp_path / "a.jpg")
    with inside(desk, desk.start_rows(*ROWS)) as room:
        press(Qt.Key.Key_P, CONTROL)
        dialog = room.room.findChild(QFileDialog)
        assert dialog is not None
        dialog.filesSelected.emit([str(file)])
        dialog.reject()
        room.keep()
        assert [photo.name for photo in desk.services.visits.resume(desk.visit_id).photos] == ["a.jpg"]


def test_what_is_no_photo_leaves_a_sentence_under_the_item(desk: Desk, tmp_path: Path) -> None:
    fake = tmp_path / "fake.jpg"
    fake.write_text("这是一个文本文件", encoding="utf-8")
    with inside(desk, desk.start_rows(*ROWS)) as room:
        room.room.intake.take_files("/data/x1", [fake], False)
        room.keep()
        view = room.row("x1").view
        assert view is not None
        assert "fake.jpg" in view.trouble
        assert desk.services.visits.resume(desk.visit_id).photos == ()
        room.room.intake.take_files("/data/x1", [photo_file(tmp_path / "good.jpg")], False)
        room.keep()
        view = room.row("x1").view
        assert view is not None
        assert view.trouble == ""


def test_a_picture_from_the_phone_comes_to_the_item_in_hand(desk: Desk, tmp_path: Path, said: Said) -> None:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    photo_file(folder / "old.jpg")
    opened = desk.start_rows(*ROWS)
    desk.services.preferences.set("watched_folder", str(folder))
    with inside(desk, opened) as room:
        room.go("x4")
        photo_file(folder / "new.jpg")
        wait_for(lambda: room.room.filling.photos_of("/data/x4"))
        assert [photo.name for photo in room.room.filling.photos] == ["new.jpg"]
        assert said.toasts == ["手机照片已加到 1.5"]


def test_leaving_waits_for_the_last_answer(desk: Desk) -> None:
    left = []
    with inside(desk, desk.start_rows(*ROWS)) as room:
        room.room.leave.connect(lambda: left.append(dict(desk.values())))
        press(Qt.Key.Key_1)
        QTest.mouseClick(room.room.top.back, Qt.MouseButton.LeftButton)
        assert left
        assert left[0]["/data/x0"] == "yes"


def test_finishing_hands_over_the_answers(desk: Desk) -> None:
    handed = []
    with inside(desk, desk.start_rows(*ROWS)) as room:
        room.room.finish_requested.connect(handed.append)
        press(Qt.Key.Key_1)
        QTest.mouseClick(room.room.bottom.finish, Qt.MouseButton.LeftButton)
        assert handed == [room.room.instance]
        assert handed[0].node("/data/x0").value == "yes"


def test_a_phone_plugged_in_later_does_not_pour_its_old_pictures_in(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "DCIM"
    opened = desk.start_rows(*ROWS)
    desk.services.preferences.set("watched_folder", str(folder))
    with inside(desk, opened) as room:
        hidden = tmp_path / "phone"
        hidden.mkdir()
        os.utime(photo_file(hidden / "old.jpg"), (1_700_000_000, 1_700_000_000))
        hidden.rename(folder)
        photo_file(folder / "new.jpg")
        wait_for(lambda: room.room.filling.photos)
        QTest.qWait(400)
        assert [photo.name for photo in room.room.filling.photos] == ["new.jpg"]


def test_a_phone_that_is_pulled_out_is_told_of_and_goes_on_when_it_is_back(
    desk: Desk, tmp_path: Path, said: Said
) -> None:
    folder, away = tmp_path / "DCIM", tmp_path / "away"
    folder.mkdir()
    opened = desk.start_rows(*ROWS)
    desk.services.preferences.set("watched_folder", str(folder))
    with inside(desk, opened) as room:
        wait_for(lambda: room.room.intake._watched is not None and not room.room.intake._watched._away)
        folder.rename(away)
        wait_for(lambda: said.toasts == ["手机照片文件夹读不到了，连上以后照片会接着进来"])
        photo_file(away / "new.jpg")
        away.rename(folder)
        wait_for(lambda: room.room.filling.photos)
        assert said.toasts[1] == "手机照片文件夹又连上了"
        assert [photo.name for photo in room.room.filling.photos] == ["new.jpg"]


def test_a_photo_is_looked_at_large_and_can_be_taken_out(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*ROWS)) as room:
        room.room.intake.take_files("/data/x1", [photo_file(tmp_path / "a.jpg")], False)
        room.keep()
        row = room.row("x1")
        assert row.photos is not None
        row.photos.strip.setFocus()
        press(Qt.Key.Key_Return)
        view = room.room.photo
        assert view.isVisible()
        wait_for(lambda: not view._image.isNull())
        press(Qt.Key.Key_Escape)
        assert not view.isVisible()
        row.photos.strip.setFocus()
        press(Qt.Key.Key_Delete)
        room.keep()
        assert desk.services.visits.resume(desk.visit_id).photos == ()


def test_what_was_answered_last_time_is_beside_the_item(desk: Desk, tmp_path: Path, clock: StandingClock) -> None:
    opened = desk.start_rows(*ROWS[:2])
    with inside(desk, opened) as room:
        press(Qt.Key.Key_3)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_1)
        room.room.filling.note("/data/x0", "东侧出口上锁")
        room.room.intake.take_files("/data/x0", [photo_file(tmp_path / "a.jpg")], False)
        room.room.filling.edit_problem("/data/x0", {"measure": "开锁", "responsible": "陈立"})
        room.keep()
        desk.services.finishing.finish(desk.visit_id, room.room.instance)
    clock.advance(days=30)
    again = desk.services.visits.start_free(opened.school.id, opened.visit.form_id, "复查")
    desk.visit_id = again.visit.id
    with inside(desk, again) as room:
        panel = room.room.reference
        assert panel._last._title.text() == "不符合"
        assert panel._last._text.text() == "东侧出口上锁"
        assert panel._last._aside.text() == "11月21日 · 只读"
        wait_for(lambda: panel._last.picture._image is not None)
        assert room.value("x0") == ""
