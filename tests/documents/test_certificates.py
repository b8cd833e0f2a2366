"""An electronic signature stands behind the issued bytes: other readers take it, and hash and QR code still hold."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from jiandu_desktop.documents.build import build
from jiandu_desktop.documents.certificates import last_signature, must_hold, open_certificate, sign
from jiandu_desktop.documents.comparing import differences
from jiandu_desktop.documents.verify import read_back
from jiandu_desktop.domain.document import BuiltDocument, DocumentNumber
from jiandu_desktop.domain.errors import Trouble
from tests.support.certificates import PASSWORD, p12
from tests.support.printed import BUNDLED, ISSUED_AT, MARK, notice, problem

NAME = "督导室.p12"


@pytest.fixture(scope="module")
def built() -> BuiltDocument:
    return build(notice(), issued_at=ISSUED_AT, verify=MARK, fonts=BUNDLED)


@pytest.fixture(scope="module")
def signed(built: BuiltDocument) -> bytes:
    return sign(built.pdf, p12(), PASSWORD, NAME, "签发")


def redrawn(pdf: bytes) -> bytes:
    """The PDF with an update behind it that replaces what its first page shows."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"0 0 200 200 re f"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_issued_bytes_stay_in_front_and_still_prove_themselves(built: BuiltDocument, signed: bytes) -> None:
    assert signed.startswith(built.pdf)
    said = read_back(signed, "签.pdf")
    assert said.unchanged
    assert said.issued == built.pdf
    assert said.facts == read_back(built.pdf, "原.pdf").facts


def test_the_librarys_own_validator_and_ours_agree(signed: bytes) -> None:
    (found,) = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures
    status = validate_pdf_signature(found, ValidationContext(trust_roots=[], allow_fetching=False))
    assert status.intact
    assert status.valid
    said = last_signature(signed)
    assert said is not None
    assert said.intact
    assert said.signer == said.issuer == "青石县教育督导室"
    assert said.fingerprint == open_certificate(p12(), PASSWORD, NAME).fingerprint


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not on this computer")
def test_another_reader_takes_the_signature(signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "签.pdf"
    path.write_bytes(signed)
    said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_what_is_changed_after_or_under_a_signature_is_noticed(built: BuiltDocument, signed: bytes) -> None:
    after = redrawn(signed)
    assert not read_back(after, "后.pdf").unchanged
    said = last_signature(after)
    assert said is not None
    assert not said.intact
    # Somebody else's signature over a changed page is a good signature of a document that is not ours.
    under = sign(redrawn(built.pdf), p12("某某公司"), PASSWORD, NAME, "")
    assert last_signature(under) is not None
    assert not read_back(under, "前.pdf").unchanged
    torn = bytearray(signed)
    torn[len(built.pdf) // 2] ^= 1
    broken = last_signature(bytes(torn))
    assert broken is None or not broken.intact


def test_an_unsigned_document_bears_no_signature(built: BuiltDocument) -> None:
    assert last_signature(built.pdf) is None
    assert last_signature(b"no pdf") is None


@pytest.mark.parametrize(
    ("content", "password", "code"),
    [
        (p12(), "别的", "certificate-password"),
        (p12()[:900], PASSWORD, "certificate-unreadable"),
        (b"", PASSWORD, "certificate-unreadable"),
        (b"-----BEGIN CERTIFICATE-----", PASSWORD, "certificate-unreadable"),
    ],
)
def test_a_wrong_file_and_a_wrong_password_are_told_apart(content: bytes, password: str, code: str) -> None:
    with pytest.raises(Trouble, match=code):
        open_certificate(content, password, NAME)


def test_a_certificate_holds_from_its_first_to_its_last_day() -> None:
    facts = open_certificate(p12(), PASSWORD, NAME)
    must_hold(facts, datetime(2026, 11, 21, tzinfo=UTC))
    with pytest.raises(Trouble, match="certificate-expired"):
        must_hold(facts, datetime(2036, 2, 1, tzinfo=UTC))
    with pytest.raises(Trouble, match="certificate-not-yet"):
        must_hold(facts, datetime(2025, 2, 1, tzinfo=UTC))


def test_what_differs_is_told_by_page_and_words(built: BuiltDocument, signed: bytes) -> None:
    assert differences(built.pdf, signed) == ()
    other = build(
        notice(number=DocumentNumber("云教督改", 2026, 18), problems=(problem(1),)),
        issued_at=ISSUED_AT,
        verify=MARK,
        fonts=BUNDLED,
    )
    told = differences(built.pdf, other.pdf)
    assert any(each.code == "verify-other-words" and each.page == 1 and "17" in each.ours for each in told)
    look = differences(built.pdf, redrawn(built.pdf))
    assert look[0].page == 1
