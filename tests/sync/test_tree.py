"""The readable tree: names that every system can hold, nothing overwritten, only verified bytes."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiandu_desktop.progress import Progress
from jiandu_desktop.sync.folder import Folder
from jiandu_desktop.sync.tree import Readable, TreeReceipt, safe_name, write_tree
from tests.support.county import County

DAY = date(2026, 11, 22)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write(county: County, *documents: tuple[str, bytes], school: str = "青原区实验小学") -> TreeReceipt:
    kept = {digest(data): data for _, data in documents}
    wanted = [Readable(digest(data), DAY, school, title) for title, data in documents]
    return write_tree(Folder(county.root), wanted, kept.get, Progress())


def test_colleagues_find_the_notice_by_month_and_school(county: County) -> None:
    done = write(county, ("整改通知书", b"%PDF-1"))
    assert done.written == ("督导文书/2026-11/青原区实验小学/整改通知书.pdf",)
    assert (county.root / done.written[0]).read_bytes() == b"%PDF-1"


def test_the_same_document_is_left_alone_and_another_gets_a_number(county: County) -> None:
    write(county, ("整改通知书", b"%PDF-1"))
    again = write(county, ("整改通知书", b"%PDF-1"), ("整改通知书", b"%PDF-2"))
    assert again.unchanged == 1
    assert again.written == ("督导文书/2026-11/青原区实验小学/整改通知书 (2).pdf",)
    assert write(county, ("整改通知书", b"%PDF-2")).written == ()


def test_what_a_colleague_edited_is_not_overwritten(county: County) -> None:
    (path,) = write(county, ("整改通知书", b"%PDF-1")).written
    (county.root / path).write_bytes(b"changed by hand")
    assert write(county, ("整改通知书", b"%PDF-1")).written[0].endswith("(2).pdf")
    assert (county.root / path).read_bytes() == b"changed by hand"


def test_bytes_that_are_not_what_they_should_be_are_not_shown(county: County) -> None:
    wanted = [Readable("0" * 64, DAY, "学校", "通知书")]
    done = write_tree(Folder(county.root), wanted, lambda name: b"rotten", Progress())
    assert done.absent == ("0" * 64,)
    assert not (county.root / "督导文书").exists()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("关于“食堂”的通知/第1号", "关于“食堂”的通知\uff0f第1号"),
        ("a:b?c*", "a\uff1ab\uff1fc\uff0a"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("结尾. . ", "结尾"),
        ("", "未命名"),
        ("...", "未命名"),
        ("行\n行\t列", "行 行 列"),
        ("\u202e反\u200b向", "反向"),
        ("..\\..\\x", "\uff3c..\uff3cx"),
    ],
)
def test_names_read_as_they_were_meant(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=200), st.sampled_from(["", ".pdf", " (2).pdf"]))
def test_any_title_makes_a_name_that_windows_takes(text: str, suffix: str) -> None:
    name = safe_name(text, suffix)
    assert name.endswith(suffix)
    assert 0 < len(name) <= 61
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(ord(sign) < 32 for sign in name)
    assert name == name.strip(" ")
    assert not name.endswith(".")
    stem = name.partition(".")[0].lower()
    assert stem not in {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))}
    assert len(name.encode("utf-8")) <= 250
