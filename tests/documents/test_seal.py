"""The seal stands where the standard puts it, bears no paper of its own, and is refused where it is none."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.seal_picture import prepared_seal
from jiandu_desktop.documents.verify import read_back
from jiandu_desktop.domain.errors import Trouble
from jiandu_desktop.domain.seal import Seal
from tests.support.printed import BUNDLED, ISSUED_AT, MARK, MM, notice, problem
from tests.support.seals import seal_picture

ROW_MM = 156 / 28 * 15 / 8


def boxes(pdf: bytes, page: int = -1) -> tuple[list[tuple[float, ...]], list[tuple[str, tuple[float, ...]]]]:
    """Of a page: the places of pictures and of characters, in mm from its top left (left, top, right, foot)."""
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[page if page >= 0 else len(document) - 1]
    height = sheet.get_height()

    def turned(box: tuple[float, float, float, float]) -> tuple[float, ...]:
        left, foot, right, top = box
        return tuple(each / MM for each in (left, height - top, right, height - foot))

    pictures = [turned(each.get_bounds()) for each in sheet.get_objects() if each.type == 3]
    text = sheet.get_textpage()
    chars = [
        (text.get_text_range(index, 1), turned(text.get_charbox(index)))
        for index in range(text.count_chars())
        if text.get_text_range(index, 1).strip()
    ]
    document.close()
    return pictures, chars


def _huge() -> bytes:
    out = io.BytesIO()
    Image.new("1", (7000, 7000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("width", [38.0, 42.0, 45.0])
def test_the_seal_presses_issuer_and_date_within_a_row_of_the_text(width: float) -> None:
    paper = notice(problems=(problem(1),))
    seal = Seal(png=prepared_seal(seal_picture(), "章.png"), width=width)
    built = build(paper, issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED, seal=seal)
    page = next(number for number in range(built.pages) if boxes(built.pdf, number)[0])
    pictures, chars = boxes(built.pdf, page)
    ((left, top, right, foot),) = pictures
    assert right - left == pytest.approx(width, abs=0.1)
    assert foot - top == pytest.approx(width, abs=0.5)
    issuer, date = "云溪县人民政府教育督导室", "2026年11月24日"
    text = "".join(char for char, _ in chars)
    at = next(place for place in range(len(text)) if text.startswith(issuer + date, place))
    signed = [box for _, box in chars[at : at + len(issuer + date)]]
    dated = signed[len(issuer) :]
    # The middle of the seal is the middle of the date, and of the issuer, which is centred over it.
    middle = (left + right) / 2
    assert (dated[0][0] + dated[-1][2]) / 2 == pytest.approx(middle, abs=1.0)  # ink, not squares
    # Both are pressed by it, a little below its middle.
    head, low = min(box[1] for box in signed), max(box[3] for box in signed)
    assert top < head
    assert low < foot
    assert 0 < (head + low) / 2 - (top + foot) / 2 < 8
    # Its head is within one row of the text above, and it is upright.
    above = max(box[3] for char, box in chars[:at] if box[3] < head and char not in "，。、")
    assert top - above <= ROW_MM + 0.5


def test_a_draft_bears_no_seal_and_a_sealed_document_is_the_same_each_time_and_can_be_checked() -> None:
    seal = Seal(png=prepared_seal(seal_picture(), "章.png"))
    draft = build(notice(), issued_at=ISSUED_AT, verify=None, fonts=BUNDLED, seal=seal)
    assert not any(boxes(draft.pdf, page)[0] for page in range(draft.pages))
    first, second = (build(notice(), issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED, seal=seal) for _ in range(2))
    assert first.pdf == second.pdf
    assert read_back(first.pdf, "章.pdf").unchanged
    plain = build(notice(), issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED)
    assert plain.pages == first.pages


def test_white_paper_is_taken_away_and_the_margin_cut_off() -> None:
    for ground in ((255, 255, 255, 0), (255, 255, 255, 255), (236, 234, 230, 255)):
        with Image.open(io.BytesIO(prepared_seal(seal_picture(1600, ground=ground), "章.png"))) as made:
            assert made.mode == "RGBA"
            assert made.width == made.height == 1000
            corner, middle = made.getpixel((3, 3)), made.getpixel((500, 500))
            assert isinstance(corner, tuple)
            assert isinstance(middle, tuple)
            assert corner[3] < 40
            assert middle[3] > 200


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (seal_picture(ground=(120, 90, 60, 255)), "seal-background"),
        (seal_picture(ink=(20, 20, 20, 255)), "seal-not-red"),
        (seal_picture(200), "seal-too-small"),
        (seal_picture()[:300], "seal-unreadable"),
        (b"GIF89a", "seal-unreadable"),
        (_huge(), "seal-too-many-pixels"),
        (bytes(21 << 20), "seal-too-large"),
    ],
)
def test_what_is_no_usable_seal_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(Trouble, match=code) as caught:
        prepared_seal(content, "章.png")
    assert caught.value.values["name"] == "章.png"
