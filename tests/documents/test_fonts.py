"""Which font serves: the system's first, the bundled ones behind them, a fallback for each rare character."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jiandu_desktop import paths
from jiandu_desktop.documents.fonts import FontBook, Role, has_truetype_outlines
from jiandu_desktop.domain.errors import Trouble
from tests.support.printed import BUNDLED

FONTS = paths.resources() / "fonts"
RARE_NAMES = "堃喆㐂𠮷𬱖𠅤㛃翀玥䶮"


def test_every_role_is_served_by_a_bundled_font_where_the_system_has_none() -> None:
    report = FontBook(FONTS).report()
    assert [use.role for use in report[:5]] == [role.value for role in Role]
    assert all(use.bundled and use.file.is_file() for use in report)
    assert [use.fallback for use in report] == [False] * 5 + [True] * 2


def test_the_bundled_fonts_stay_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in FONTS.iterdir() if file.is_file()) < 75 * 2**20
    for name in ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"):
        assert (FONTS / name).stat().st_size < 8 * 2**20


@pytest.mark.parametrize("char", RARE_NAMES)
def test_rare_characters_of_names_have_a_glyph(char: str) -> None:
    face = BUNDLED.face_for(Role.TEXT, char)
    assert face is not None
    low, high = face.ink(char)
    assert high > low


def test_a_character_no_font_has_is_known_to_be_missing() -> None:
    assert BUNDLED.face_for(Role.TEXT, "\U0001f600") is None


def test_official_faces_of_the_system_are_used_first(tmp_path: Path) -> None:
    nested = tmp_path / "truetype" / "office"
    nested.mkdir(parents=True)
    shutil.copy(FONTS / "FandolHei-Regular.ttf", nested / "SIMKAI.TTF")
    book = FontBook(FONTS, [tmp_path])
    use = next(use for use in book.report() if use.role == Role.SECOND_HEADING)
    assert use.file == nested / "SIMKAI.TTF"
    assert not use.bundled
    assert book.face(Role.TEXT).bundled


def test_a_system_font_that_lacks_a_character_hands_it_to_the_fallback(tmp_path: Path) -> None:
    shutil.copy(FONTS / "FandolFang-Regular.ttf", tmp_path / "simfang.ttf")
    book = FontBook(FONTS, [tmp_path])
    common, rare = book.face_for(Role.TEXT, "国"), book.face_for(Role.TEXT, "堃")
    assert common is not None
    assert rare is not None
    assert (common.bundled, rare.bundled) == (False, True)


@pytest.mark.parametrize("content", [b"", b"OTTO" + b"\0" * 60, b"\x00\x01\x00\x00 broken"])
def test_a_damaged_or_unsuitable_system_font_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "simhei.ttf").write_bytes(content)
    assert FontBook(FONTS, [tmp_path]).face(Role.FIRST_HEADING).bundled


def test_outlines_are_told_by_the_first_bytes() -> None:
    assert has_truetype_outlines(FONTS / "FandolKai-Regular.ttf")
    assert not has_truetype_outlines(FONTS / "NotoSansSC-Regular.otf")
    assert not has_truetype_outlines(FONTS / "no such file.ttf")


def test_without_any_font_the_user_learns_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        FontBook(tmp_path).face_for(Role.TEXT, "国")
    assert caught.value.code == "font-unusable"
    assert "FandolFang" in str(caught.value.values["path"])
