"""The office's certificate: opened with its password, a PDF signed with it, and what a signature in a PDF proves.

A signature is an incremental update: the bytes that were issued stay in front of it as they are, so that hash and QR
code still hold. Nothing is fetched from a network; whose certificate is known is the office's own register's word.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jiandu_desktop.domain.errors import Trouble

if TYPE_CHECKING:
    from cryptography.x509 import Name

FIELD = "Jiandu"
"""Name of the signature's field."""
LARGEST = 1 << 20
"""Bytes of a .p12: a key and a few certificates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """Whose certificate it is, who vouches for it, and for how long; `fingerprint` is its SHA-256 in hex."""

    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """What a PDF's signature proves. `intact`: the key fits and no byte was changed or added since."""

    signer: str
    issuer: str
    signed_at: datetime | None
    intact: bool
    fingerprint: str
    not_before: datetime
    not_after: datetime


def open_certificate(p12: bytes, password: str, name: str) -> CertificateFacts:
    """The facts of a PKCS#12 file's own certificate.

    Raises Trouble `certificate-unreadable`, `certificate-password`, `certificate-without-key`.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import pkcs12

    _must_be_pkcs12(p12, name)
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(p12, password.encode("utf-8"))
    except ValueError as error:
        raise Trouble("certificate-password", name=name) from error
    if key is None or certificate is None:
        raise Trouble("certificate-without-key", name=name)
    return CertificateFacts(
        subject=_called(certificate.subject),
        issuer=_called(certificate.issuer),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        fingerprint=certificate.fingerprint(SHA256()).hex(),
    )


def must_hold(facts: CertificateFacts, now: datetime) -> None:
    """Raise Trouble `certificate-expired` or `certificate-not-yet` unless the certificate holds now."""
    if now > facts.not_after:
        raise Trouble("certificate-expired", subject=facts.subject, day=f"{facts.not_after:%Y-%m-%d}")
    if now < facts.not_before:
        raise Trouble("certificate-not-yet", subject=facts.subject, day=f"{facts.not_before:%Y-%m-%d}")


def sign(pdf: bytes, p12: bytes, password: str, name: str, reason: str) -> bytes:
    """The PDF with a signature behind it; `pdf` is the beginning of the result, byte for byte.

    Raises Trouble as `open_certificate` does, `pdf-unreadable`.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf

    facts = open_certificate(p12, password, name)
    signer = SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=password.encode("utf-8"))
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        details = PdfSignatureMetadata(field_name=FIELD, name=facts.subject, reason=reason)
        out = sign_pdf(writer, details, signer=signer)
    except PdfError as error:
        raise Trouble("pdf-unreadable", name=name) from error
    return bytes(out.getvalue())


def last_signature(pdf: bytes) -> SignatureFacts | None:
    """What the last signature in a PDF proves, None where it bears none (or is no PDF that can be read)."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    except (PdfError, ValueError):
        return None
    if not found:
        return None
    # That nobody vouches for an office's own certificate is no news; pyHanko would print it with a trace.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    last = found[-1]
    certificate = last.signer_cert
    try:
        status = validate_pdf_signature(last, ValidationContext(trust_roots=[], allow_fetching=False))
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        intact = bool(status.intact and status.valid and whole)
        signed_at = status.signer_reported_dt
    except (PdfError, SigningError, SignatureValidationError, ValueError):
        intact, signed_at = False, None
    return SignatureFacts(
        signer=_common_name(certificate.subject.native),
        issuer=_common_name(certificate.issuer.native),
        signed_at=signed_at,
        intact=intact,
        fingerprint=certificate.sha256.hex(),
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
    )


def _must_be_pkcs12(p12: bytes, name: str) -> None:
    """Wrong bytes and a wrong password give the library's same error: told apart before.

    A PFX (RFC 7292 §4) is a SEQUENCE, here of all the file's bytes, that begins with the version, INTEGER 3.
    """
    more = p12[1] & 0x7F if len(p12) > 1 and p12[1] > 0x80 else 0
    length = int.from_bytes(p12[2 : 2 + more], "big") if more else (p12[1] if len(p12) > 1 else 0)
    whole = length == 0x80 or len(p12) >= 2 + more + length
    if p12[:1] != b"\x30" or not whole or p12[2 + more : 5 + more] != b"\x02\x01\x03":
        raise Trouble("certificate-unreadable", name=name)


def _called(name: Name) -> str:
    """The common name, else the organisation, else all of it."""
    from cryptography.x509.oid import NameOID

    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = name.get_attributes_for_oid(oid)
        if found:
            return str(found[0].value)
    return name.rfc4514_string()


def _common_name(known: dict[str, object]) -> str:
    return str(known.get("common_name") or known.get("organization_name") or "？")
