"""Files that answer a question are kept under a name of their own, and what cannot be one is refused with a reason."""

from __future__ import annotations

import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jiandu_desktop.domain import attachment
from jiandu_desktop.domain.attachment import Wanted
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.sentences import sentence
from jiandu_desktop.progress import Progress
from jiandu_desktop.services import frozen_record
from jiandu_desktop.services.program import Services
from jiandu_desktop.storage import visits
from tests.conftest import StandingClock
from tests.support.visiting import answer_everything, save

PDF = b"%PDF-1.7\n" + b"0" * 500
SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 400
FILE = Wanted(kind="file")


def start(laptop: Services) -> tuple[str, str]:
    """A begun visit and the reference of one of its items."""
    opened = laptop.visits.start(laptop.today.rows(laptop.store.today())[0].assignment_id)
    return opened.visit.id, next(iter(opened.definition.items))


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, kind)
    return out.getvalue()


def test_a_file_is_kept_and_comes_out_again_byte_for_byte(laptop: Services, tmp_path: Path) -> None:
    visit_id, ref = start(laptop)
    path = tmp_path / "食堂承包合同 2026.pdf"
    path.write_bytes(PDF)
    kept = laptop.visits.add_photo(visit_id, ref, path, path.name, wanted=FILE)
    assert (kept.name, kept.bytes, kept.is_picture) == ("食堂承包合同 2026.pdf", len(PDF), False)
    laptop.visits.save_file(kept, tmp_path / "out" / "copy.pdf")
    assert (tmp_path / "out" / "copy.pdf").read_bytes() == PDF
    opened = laptop.visits.file_to_open(kept)
    assert (opened.name, opened.read_bytes()) == (kept.name, PDF)
    assert opened.is_relative_to(laptop.store.folder.root)


def test_a_file_reaches_the_office_with_its_record(laptop: Services, office: Services, clock: StandingClock) -> None:
    opened = laptop.visits.start(
        next(row.assignment_id for row in laptop.today.rows(laptop.store.today()) if row.state.value == "not_started")
    )
    instance = laptop.finishing.instance(opened)
    answer_everything(instance)
    save(laptop, opened, instance)
    kept = laptop.visits.add_photo(opened.visit.id, next(iter(opened.definition.items)), PDF, "合同.pdf", wanted=FILE)
    laptop.finishing.finish(opened.visit.id, instance)
    laptop.exchange.sync(Progress())
    clock.advance(minutes=5)
    office.office.publish(Progress())
    received = office.visits.resume(opened.visit.id).photos
    assert received == (kept,)
    assert office.visits.photo_bytes(received[0].sha256) == PDF


def test_two_photos_of_one_name_get_two_names(laptop: Services) -> None:
    """The answer of a photo question is the file's name: with one name twice, an export would lose a photo."""
    visit_id, ref = start(laptop)
    names = [
        laptop.visits.add_photo(visit_id, ref, picture(size, 9), name).name
        for size, name in ((7, "a.jpg"), (8, "A.jpg"), (9, "a.jpg"))
    ]
    assert names == ["a.jpg", "A-2.jpg", "a-3.jpg"]


def test_a_frozen_record_lists_files_and_the_journal_names_their_bytes(laptop: Services) -> None:
    visit_id, ref = start(laptop)
    laptop.visits.add_photo(visit_id, ref, PDF, "合同.pdf", wanted=FILE)
    laptop.visits.add_photo(visit_id, ref, picture(20, 10), "门口.jpg")
    with laptop.store.reading() as work:
        record = frozen_record.drafts(work, visits.visit(work, visit_id))[0].data
    assert [photo["name"] for photo in record["photos"]] == ["合同.pdf", "门口.jpg"]
    assert [blob["role"] for blob in record["blobs"]] == ["file", "photo"]
    json.dumps(dict(record))


def test_a_photo_is_made_as_small_as_the_form_says(laptop: Services) -> None:
    visit_id, ref = start(laptop)
    wanted = Wanted(kind="image", max_pixels=200)
    photo = laptop.visits.add_photo(visit_id, ref, picture(900, 600), "大.jpg", wanted=wanted)
    assert (photo.width, photo.height) == (200, 133)
    with Image.open(io.BytesIO(laptop.visits.photo_bytes(photo.sha256))) as kept:
        assert kept.size == (200, 133)


def test_a_lying_camera_photo_stands_upright_once_made_smaller(laptop: Services) -> None:
    visit_id, ref = start(laptop)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (800, 400), "teal").save(out, "JPEG", exif=exif)
    wanted = Wanted(kind="image", max_pixels=100)
    photo = laptop.visits.add_photo(visit_id, ref, out.getvalue(), "竖.jpg", wanted=wanted)
    assert (photo.width, photo.height) == (50, 100)
    with Image.open(io.BytesIO(laptop.visits.photo_bytes(photo.sha256))) as kept:
        assert kept.size == (50, 100)
        assert kept.getexif().get(0x0112, 1) == 1


def bomb() -> bytes:
    """The head of a PNG of 200 million pixels."""
    whole = bytearray(picture(1, 1, "PNG"))
    whole[16:24] = struct.pack(">II", 16320, 12240)
    whole[29:33] = struct.pack(">I", zlib.crc32(bytes(whole[12:29])))
    return bytes(whole)


@pytest.mark.parametrize(
    ("name", "content", "wanted", "code"),
    [
        ("空.pdf", b"", FILE, "attachment-empty"),
        ("合同.pdf", PDF, Wanted(kind="audio"), "attachment-wrong-audio"),
        ("录音.mp3", PDF, Wanted(kind="audio"), "attachment-wrong-audio"),
        ("录音.wav", SOUND, Wanted(kind="video"), "attachment-wrong-video"),
        ("表.xlsx", b"PK\x03\x04" + PDF, Wanted(kind="file", accept=".pdf,.ofd"), "attachment-wrong-file"),
        ("两亿.png", bomb(), Wanted(), "photo-too-many-pixels"),
        ("坏.jpg", picture(300, 300)[:700], Wanted(), "photo-damaged"),
        ("空.jpg", b"", Wanted(), "photo-not-picture"),
    ],
)
def test_what_the_question_does_not_want_is_refused_and_nothing_is_kept(
    laptop: Services, name: str, content: bytes, wanted: Wanted, code: str
) -> None:
    visit_id, ref = start(laptop)
    before = sorted(laptop.store.folder.media.rglob("*"))
    with pytest.raises(Trouble) as refused:
        laptop.visits.add_photo(visit_id, ref, content, name, wanted=wanted)
    assert refused.value.code == code
    words = sentence(code, refused.value.values)
    assert name in words
    assert not {"？", "?"} & set(words)
    assert laptop.visits.resume(visit_id).photos == ()
    assert sorted(laptop.store.folder.media.rglob("*")) == before


def test_a_file_that_vanished_or_is_a_folder_or_too_large_is_refused(
    laptop: Services, tmp_path: Path, clock: StandingClock
) -> None:
    visit_id, ref = start(laptop)
    huge = tmp_path / "huge.zip"
    with huge.open("wb") as out:
        out.truncate(attachment.LARGEST_FILE + 1)
    cases = ((tmp_path / "gone.pdf", "file-not-found"), (tmp_path, "file-not-readable"), (huge, "attachment-too-large"))
    for path, code in cases:
        with pytest.raises(Trouble, match=code):
            laptop.visits.add_photo(visit_id, ref, path, path.name, wanted=FILE)
    assert laptop.visits.resume(visit_id).photos == ()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("CON.txt", "_CON.txt"),
        ("a:b*c?.pdf", "a_b_c_.pdf"),
        ("", "file"),
        ("...", "file"),
        ("长" * 300 + ".docx", "长" * 80 + ".docx"),
    ],
)
def test_a_name_can_be_written_on_every_system(given: str, kept: str) -> None:
    assert attachment.file_name(given, ()) == kept


@given(st.text(max_size=200))
def test_a_name_once_made_safe_stays_as_it_is(given_name: str) -> None:
    """Records travel: where another computer writes the file out, it must not get a third name."""
    kept = attachment.file_name(given_name, ())
    assert attachment.file_name(kept, ()) == kept
    assert 0 < len(kept) <= 92


def test_what_could_be_a_program_is_never_opened() -> None:
    assert not any(attachment.is_readable(name) for name in ("a.exe", "a.pdf.lnk", "a.bat", "a.js", "readme", "a.html"))
    assert all(attachment.is_readable(name) for name in ("a.PDF", "b.docx", "c.ofd", "d.mp4", "e.jpg"))


def test_a_file_dialog_offers_what_the_form_accepts() -> None:
    assert attachment.endings(FILE) == ()
    assert attachment.endings(Wanted(kind="file", accept=".pdf, .ofd")) == ("pdf", "ofd")
    assert {"mp3", "m4a", "amr"} <= set(attachment.endings(Wanted(kind="audio")))
