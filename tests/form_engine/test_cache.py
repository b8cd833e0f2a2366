"""The checklist kept on the disk: it opens the same form, and damage costs time and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jiandu_desktop.form_engine import Instance, load, load_form
from jiandu_desktop.form_engine.cache import kept
from jiandu_desktop.form_engine.load import forget
from tests.support.checklists import NOW, q, workbook

BOOK = workbook(
    (
        q("select_one ypn", "door", "门卫", j_weight="5", j_matter="safety", j_phrases="phrases_guard"),
        q("note", "told", "合格 ${door}"),
        q("integer", "guards", "保安", constraint=". > 0", relevant="${door} = 'yes'"),
    )
)


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    forget()
    yield
    forget()


def entry(folder: Path) -> Path:
    (found,) = folder.glob("*.form")
    return found


def test_the_kept_form_is_the_same_and_needs_no_workbook_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_form(BOOK, cached_in=tmp_path)
    forget()
    monkeypatch.setattr(load, "_compile", None)  # the way through openpyxl and pyxform
    again = load_form(BOOK, cached_in=tmp_path)
    assert again is not first
    assert again == first
    visit = Instance(again, now=lambda: NOW)
    visit.answer("/data/door", "yes")
    assert visit.node("/data/told").label == "合格 yes"
    assert visit.node("/data/guards").relevant
    assert visit.node("/data/door").item.inspection.phrases == ("保安员年龄超过60周岁", "保安员无证上岗")
    assert again.matters == {"safety": "校园安全"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_entry_is_never_believed(tmp_path: Path, data: st.DataObject) -> None:
    forget()
    first = load_form(BOOK, cached_in=tmp_path)
    path = entry(tmp_path)
    sound = path.read_bytes()
    place = data.draw(st.integers(0, len(sound) - 1))
    damaged = data.draw(
        st.one_of(
            st.just(sound[:place]),
            st.integers(1, 255).map(lambda bits: sound[:place] + bytes([sound[place] ^ bits]) + sound[place + 1 :]),
            st.binary(max_size=40).map(lambda more: sound[:place] + more + sound[place:]),
        )
    )
    path.write_bytes(damaged)
    found = kept(tmp_path, first.file_hash)
    assert found is None or damaged == sound
    forget()
    assert load_form(BOOK, cached_in=tmp_path) == first
    assert path.read_bytes() == sound  # and it is sound again


def test_an_entry_of_another_workbook_or_program_does_not_count(tmp_path: Path) -> None:
    first = load_form(BOOK, cached_in=tmp_path)
    path = entry(tmp_path)
    other = "0" * 64
    path.rename(tmp_path / f"{other}.form")
    assert kept(tmp_path, other) is None
    content = (tmp_path / f"{other}.form").read_bytes().replace(b"jiandu-form 2 ", b"jiandu-form 0 ", 1)
    path.write_bytes(content)
    assert kept(tmp_path, first.file_hash) is None


def test_a_folder_that_cannot_be_written_keeps_nobody_from_working(tmp_path: Path) -> None:
    blocked = tmp_path / "compiled"
    blocked.write_text("a file where the folder should be")
    assert load_form(BOOK, cached_in=blocked).form_id == "tiny"


def test_old_entries_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiandu_desktop.form_engine.cache._MOST", 3)
    for number in range(5):
        load_form(workbook((q("text", f"item{number}"),)), cached_in=tmp_path)
    assert len(list(tmp_path.glob("*.form"))) == 3
