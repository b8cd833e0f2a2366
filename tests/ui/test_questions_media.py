"""Files answer their questions: taken in, shown by name and size, opened, saved elsewhere, removed, and never half."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from jiandu_desktop.ui.questions.attachments import AttachmentField, size_words
from jiandu_desktop.ui.questions.photos import PhotoField
from tests.support.all_types import MEDIA
from tests.support.checklists import END_REPEAT, q
from tests.support.wizard import Desk, Inside, inside, photo_file, press, settle, until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PDF = b"%PDF-1.7\n" + b"0" * 2000


def files(room: Inside, name: str) -> AttachmentField:
    field = room.go(name).field
    assert isinstance(field, AttachmentField)
    return field


def pdf(folder: Path, name: str = "食堂承包合同.pdf") -> Path:
    path = folder / name
    path.write_bytes(PDF)
    return path


def give(room: Inside, name: str, path: Path) -> None:
    """Drops a file on the question's field."""
    files(room, name).files_dropped.emit([path])
    room.keep()


def test_a_file_becomes_the_answer_under_its_name(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        give(room, "contract", pdf(tmp_path))
        field = files(room, "contract")
        assert room.value("contract") == "食堂承包合同.pdf"
        assert [row.accessibleName() for row in field.rows] == ["文件 食堂承包合同.pdf，2 KB"]
        room.keep()
    with inside(desk, desk.reopen()) as room:
        assert len(files(room, "contract").rows) == 1
        kept = room.room.filling.photos[0]
        assert desk.services.visits.photo_bytes(kept.sha256) == PDF


def test_a_file_is_removed_by_key_and_comes_back_by_undo(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        give(room, "contract", pdf(tmp_path))
        files(room, "contract").rows[0].setFocus()
        press(Qt.Key.Key_Delete)
        room.keep()
        assert (room.value("contract"), files(room, "contract").rows) == ("", [])
        room.room.undo()
        room.keep()
        assert room.value("contract") == "食堂承包合同.pdf"


@pytest.mark.parametrize(
    ("question", "name", "content", "said"),
    [
        ("contract", "空.pdf", b"", "是空的"),
        ("scan", "证照.docx", b"PK\x03\x04" + b"0" * 99, "不是这道题要的文件类型（.pdf,.ofd）"),
        ("talk", "座谈.mp3", PDF, "不是录音"),
        ("walk", "座谈.m4a", b"\x00\x00\x00\x20ftypM4A " + b"0" * 99, "不是视频"),
    ],
)
def test_a_wrong_file_is_told_under_its_question(
    desk: Desk, tmp_path: Path, question: str, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        give(room, question, path)
        view = room.row(question).view
        assert view is not None
        assert said in view.trouble
        assert room.value(question) == ""
        assert room.room.filling.photos == []


def test_a_file_that_vanished_is_told(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        give(room, "contract", tmp_path / "没有了.pdf")
        view = room.row("contract").view
        assert view is not None
        assert "找不到文件" in view.trouble


def test_sound_and_film_are_files_of_their_kind(desk: Desk, tmp_path: Path) -> None:
    sound, film = tmp_path / "座谈.amr", tmp_path / "巡查.mp4"
    sound.write_bytes(b"#!AMR\n" + b"0" * 50)
    film.write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"0" * 50)
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        give(room, "talk", sound)
        give(room, "walk", film)
        assert (room.value("talk"), room.value("walk")) == ("座谈.amr", "巡查.mp4")


def test_a_paper_is_opened_and_a_program_only_saved(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())) or True)
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        give(room, "contract", pdf(tmp_path))
        give(room, "contract", pdf(tmp_path, "setup.exe"))
        first, second = files(room, "contract").rows
        first.open_button.click()
        until(lambda: bool(opened))
        assert Path(opened[0]).name == "食堂承包合同.pdf"
        assert Path(opened[0]).read_bytes() == PDF
        assert second.open_button.isHidden()
        second.setFocus()
        press(Qt.Key.Key_Return)
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog))
        place = tmp_path / "saved.exe"
        dialog.fileSelected.emit(str(place))
        dialog.close()
        until(lambda: place.exists() and room.tasks.is_idle())
        assert place.read_bytes() == PDF
        assert len(opened) == 1


def test_a_photo_is_made_as_small_as_its_question_says(desk: Desk, tmp_path: Path) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        room.room.intake.take_files(room.ref("gate"), [photo_file(tmp_path / "大.jpg", 3000, 1500)], False)
        room.keep()
        photo = room.room.filling.photos[0]
        assert (photo.width, photo.height) == (1024, 512)
        assert room.value("gate") == "大.jpg"


def test_a_camera_question_says_where_its_photo_comes_from(desk: Desk) -> None:
    with inside(desk, desk.start_rows(*MEDIA)) as room:
        field = room.go("camera").field
        assert isinstance(field, PhotoField)
        assert field._words.accessibleName() == "本机没有相机：请用手机拍，\n再从文件或手机文件夹选取"


def test_photos_of_repeated_rows_have_names_of_their_own(desk: Desk, tmp_path: Path) -> None:
    """Every phone calls its first photo the same; the answers name files, so the names must differ."""
    rows = (
        q("begin_group", "g", "宿舍"),
        q("begin_repeat", "room", "房间"),
        q("image", "pic", "照片"),
        END_REPEAT,
        {"type": "end_group"},
    )
    with inside(desk, desk.start_rows(*rows)) as room:
        room.room.view._add_row(room.ref("pic").rpartition("/")[0])
        settle()
        refs = [ref for ref in room.room.filling.paper.refs() if ref.endswith("/pic")]
        for ref in refs:
            room.room.intake.take_files(ref, [photo_file(tmp_path / "IMG_1.jpg")], False)
            room.keep()
        filling = room.room.filling
        assert [filling.paper.value(ref) for ref in refs] == ["IMG_1.jpg", "IMG_1-2.jpg"]
        room.room.view._rows.remove(refs[0].removesuffix("/pic"))
        room.keep()
        left = [ref for ref in filling.paper.refs() if ref.endswith("/pic")]
        assert [filling.paper.value(ref) for ref in left] == ["IMG_1-2.jpg"]
        assert [photo.name for photo in filling.photos_of(left[0])] == ["IMG_1-2.jpg"]


def test_sizes_as_people_read_them() -> None:
    assert [size_words(size) for size in (0, 900, 2048, 3 << 20)] == ["0 B", "900 B", "2 KB", "3.0 MB"]
