"""Every kind of document looks as it did when somebody last looked at it and was content."""

from __future__ import annotations

import pytest
from PIL import Image

from jiandu_desktop.domain.document import DocumentKind
from tests.support.golden import GOLDEN, away, first_page, golden_documents
from tests.support.pressing import letter

TOLERATED = 0.3
"""Percent of pixels: what another version of the renderer may draw otherwise. A line that moved is above 1."""

DOCUMENTS = golden_documents()


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_the_first_page_has_not_changed(name: str) -> None:
    with Image.open(GOLDEN / f"{name}.png") as stored:
        wanted = stored.convert("L")
    found = first_page(DOCUMENTS[name])
    assert found.size == wanted.size
    assert away(found, wanted) < TOLERATED, "meant? then look at it and run `python -m tests.support.golden`"


def test_every_kind_has_its_picture() -> None:
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(DOCUMENTS) == {kind.value for kind in DocumentKind}


def test_a_line_more_would_be_seen() -> None:
    changed = letter(DocumentKind.REMINDER, 3, opening="以下问题整改期限临近，现将有关情况再次提醒如下。")
    assert away(first_page(changed), first_page(DOCUMENTS[DocumentKind.REMINDER.value])) > 3 * TOLERATED
