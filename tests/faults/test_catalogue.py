"""The page of faults says what is so: every row, every test by its name, and no test that names a row there is not."""

from __future__ import annotations

from tests.faults.catalogue import PAGE, ROOT, kept_part, marked, page
from tests.faults.catalogue_rows import BENCHED, NOT_SHOWN, ROWS


def test_docs_faults_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(kept_part(text)), "run `python -m tests.faults.catalogue`"


def test_every_row_is_shown_or_said_not_to_be() -> None:
    shown = marked()
    assert sorted(ROWS) == list(range(1, 76))
    assert set(shown) <= set(ROWS)
    unshown = {row for row in ROWS if row not in shown and row not in BENCHED}
    assert unshown == set(NOT_SHOWN)


def test_every_measurement_that_is_named_exists() -> None:
    assert all((ROOT / name).is_file() for names in BENCHED.values() for name in names)
