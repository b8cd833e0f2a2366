"""Everything done in a visit is durable at once, and what is no photo is refused with a reason."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PIL import Image

from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.visit import AnswerSource, Place, SchoolOpinion, Signature
from jiandu_desktop.services.companions import known_companions
from jiandu_desktop.services.demo import DemoBureau
from jiandu_desktop.services.filling import NOTE_MARK
from jiandu_desktop.services.open_visit import AnswerChange, Tally
from jiandu_desktop.services.program import Services
from jiandu_desktop.storage import visits
from tests.conftest import StandingClock
from tests.support.bureau import open_laptop

HEIC = Path(__file__).parent.parent / "data" / "phone.heic"
"""96 × 64 pixels in an iPhone's format, drawn for this test."""


def start(laptop: Services) -> tuple[str, list[str]]:
    """A begun visit and the references of its list questions."""
    opened = laptop.visits.start(laptop.today.rows(laptop.store.today())[0].assignment_id)
    refs = [ref for ref, item in opened.definition.items.items() if item.kind == "select_one"]
    return opened.visit.id, refs


def test_reopening_returns_to_the_same_item_with_answers_notes_and_half_typed_text(
    bureau: DemoBureau, laptop: Services, clock: StandingClock
) -> None:
    visit_id, refs = start(laptop)
    place = Place(ref=refs[3], scroll=240, unsaved={f"note:{refs[3]}": "楼道里还"})
    changes = [AnswerChange(ref=ref, value="yes", source=AnswerSource.BY_HAND) for ref in refs[:3]]
    laptop.visits.save_answers(visit_id, changes, place, Tally(answered=3, total=60))
    laptop.visits.save_note(visit_id, refs[1], "已当面提醒")
    laptop.visits.keep_warning(visit_id, refs[2], True)
    laptop.visits.save_opinion(visit_id, SchoolOpinion.OBJECTS, "校门外由镇里管")
    laptop.visits.save_companions(visit_id, "县公安局 汪强")
    strokes = (((0.1, 0.2), (0.3, 0.9)),)
    laptop.visits.save_signature(visit_id, Signature(role="head", name="林素梅", signed_at=clock(), strokes=strokes))
    other = open_laptop(bureau, clock)
    again = other.visits.resume(visit_id)
    assert {ref: again.values[ref] for ref in refs[:3]} == dict.fromkeys(refs[:3], "yes")
    assert again.place == place
    assert again.notes == {refs[1]: "已当面提醒"}
    assert again.kept == {refs[2]}
    assert again.visit.opinion_text == "校门外由镇里管"
    offered = known_companions(other.store, again)
    assert offered[0] == "县公安局 汪强"
    assert not {each.name for each in again.inspectors} & set(offered)
    assert other.visits.signatures(visit_id)[0].strokes == strokes
    other.close()


def test_the_trail_tells_every_change_with_old_and_new(laptop: Services) -> None:
    visit_id, refs = start(laptop)
    for value, source in (("yes", AnswerSource.BULK), ("no", AnswerSource.BY_HAND), (None, AnswerSource.UNDO)):
        change = AnswerChange(ref=refs[0], value=value, source=source)
        laptop.visits.save_answers(visit_id, [change], Place(), Tally(answered=1, total=60))
    laptop.visits.save_note(visit_id, refs[0], "说明")
    with laptop.store.reading() as work:
        trail = visits.trail(work, visit_id)
    assert [(entry.old, entry.new, entry.source) for entry in trail] == [
        (None, "yes", AnswerSource.BULK),
        ("yes", "no", AnswerSource.BY_HAND),
        ("no", None, AnswerSource.UNDO),
        (None, "说明", AnswerSource.BY_HAND),
    ]
    assert trail[-1].ref == NOTE_MARK + refs[0]


FILLER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from jiandu_desktop.domain.identity import new_id, system_clock
    from jiandu_desktop.domain.visit import Place
    from jiandu_desktop.paths import DataFolder
    from jiandu_desktop.services.open_visit import AnswerChange, Tally
    from jiandu_desktop.services.program import open_services
    services = open_services(DataFolder(Path(sys.argv[1])), clock=system_clock, new_id=new_id)
    refs = sys.argv[3].split(",")
    while True:
        for number, ref in enumerate(refs):
            for value in ("yes", "no", "part"):
                change = AnswerChange(ref=ref, value=value)
                services.visits.save_answers(sys.argv[2], [change], Place(ref=ref), Tally(answered=number, total=60))
                print(ref, value, flush=True)
    """
)


def test_killing_the_program_loses_no_answer_and_no_place(bureau: DemoBureau, clock: StandingClock) -> None:
    laptop = open_laptop(bureau, clock)
    visit_id, refs = start(laptop)
    laptop.close()
    arguments = [sys.executable, "-c", FILLER, str(bureau.own.root), visit_id, ",".join(refs[:20])]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as filler:
        assert filler.stdout is not None
        said = [filler.stdout.readline().split() for _ in range(40)]
        os.kill(filler.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        said += [line.split() for line in filler.stdout if line.endswith("\n")]
    again = open_laptop(bureau, clock)
    opened = again.visits.resume(visit_id)
    with again.store.reading() as work:
        written = [(entry.ref, entry.new) for entry in visits.trail(work, visit_id)]
    again.close()
    # One more than was said may have become durable in the moment of the kill.
    assert written[: len(said)] == [tuple(each) for each in said]
    assert len(written) <= len(said) + 1
    assert dict(written) == {ref: opened.values[ref] for ref, _ in written}
    assert opened.place.ref == written[-1][0]


def test_photos_are_kept_with_size_hash_and_time(laptop: Services, tmp_path: Path) -> None:
    visit_id, refs = start(laptop)
    path = tmp_path / "IMG_0001.JPG"
    exif = Image.Exif()
    exif[0x0132] = "2026:11:21 08:55:10"
    Image.new("RGB", (400, 300), "teal").save(path, exif=exif)
    photo = laptop.visits.add_photo(visit_id, refs[0], path, path.name)
    assert (photo.width, photo.height, photo.bytes) == (400, 300, path.stat().st_size)
    assert photo.taken_at is not None
    assert f"{photo.taken_at:%H:%M:%S %z}" == "08:55:10 +0800"
    assert laptop.visits.photo_bytes(photo.sha256) == path.read_bytes()
    with Image.open(io.BytesIO(laptop.visits.thumbnail(photo.sha256, 54))) as small:
        assert small.height == 54
    laptop.visits.remove_photo(photo.id)
    assert laptop.visits.resume(visit_id).photos == ()


def test_a_photo_of_an_iphone_is_taken_as_jpeg(laptop: Services) -> None:
    visit_id, refs = start(laptop)
    photo = laptop.visits.add_photo(visit_id, refs[0], HEIC, "IMG_0002.HEIC")
    assert (photo.width, photo.height) == (96, 64)
    assert laptop.visits.photo_bytes(photo.sha256).startswith(b"\xff\xd8")


def test_a_large_photo_is_made_smaller_and_its_original_is_known_by_hash_and_time(
    laptop: Services, tmp_path: Path
) -> None:
    visit_id, refs = start(laptop)
    path = tmp_path / "IMG_0003.JPG"
    exif = Image.Exif()
    exif[0x0132], exif[0x0112] = "2026:11:21 08:55:10", 6
    Image.linear_gradient("L").resize((4000, 3000)).save(path, exif=exif)
    photo = laptop.visits.add_photo(visit_id, refs[0], path, path.name)
    assert (photo.width, photo.height) == (1920, 2560), "upright, as it was held"
    assert photo.original == hashlib.sha256(path.read_bytes()).hexdigest()
    assert photo.taken_at is not None
    assert laptop.visits.resume(visit_id).photos == (photo,)
    with pytest.raises(Trouble, match="photo-there") as again:
        laptop.visits.add_photo(visit_id, refs[0], path, "IMG_0003 (1).JPG")
    assert again.value.values["known"] == "IMG_0003.JPG"
    laptop.visits.add_photo(visit_id, refs[1], path, path.name)
    laptop.preferences.set("photo_edge", 0)
    whole = laptop.visits.add_photo(visit_id, refs[2], path, path.name)
    assert (whole.width, whole.bytes, whole.original) == (3000, path.stat().st_size, "")


def test_colours_of_a_printing_house_become_those_of_a_screen(laptop: Services, tmp_path: Path) -> None:
    visit_id, refs = start(laptop)
    path = tmp_path / "海报.jpg"
    Image.new("CMYK", (60, 40), (0, 200, 200, 0)).save(path)
    photo = laptop.visits.add_photo(visit_id, refs[0], path, path.name)
    with Image.open(io.BytesIO(laptop.visits.photo_bytes(photo.sha256))) as kept:
        assert kept.mode == "RGB"
    assert photo.original


def animated() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("P", (30, 30), colour) for colour in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("动图.gif", animated(), "photo-not-picture"),
        ("照片.jpg", "这是一份文字".encode(), "photo-not-picture"),
        ("扫描.jpg", b"%PDF-1.7 ...", "photo-not-picture"),
        ("空.jpg", b"", "photo-not-picture"),
        ("半张.jpg", None, "photo-damaged"),
        ("大.jpg", b"\xff\xd8" + b"0" * (40 << 20), "photo-too-large"),
    ],
)
def test_what_is_no_usable_photo_is_refused_by_name_and_nothing_is_kept(
    laptop: Services, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is None:
        out = io.BytesIO()
        Image.effect_noise((200, 200), 80).save(out, "JPEG")
        content = out.getvalue()[: len(out.getvalue()) // 2]
    path = tmp_path / name
    path.write_bytes(content)
    visit_id, refs = start(laptop)
    before = sorted(laptop.store.folder.media.rglob("*"))
    with pytest.raises(Trouble, match=code) as refused:
        laptop.visits.add_photo(visit_id, refs[0], path, name)
    assert refused.value.values["name"] == name
    assert laptop.visits.resume(visit_id).photos == ()
    assert sorted(laptop.store.folder.media.rglob("*")) == before
