"""Certificates that nobody vouches for, made for one test: a key, a name, a time, and the PKCS#12 file of them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "督导 2026!"


@lru_cache(maxsize=1)
def _key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@lru_cache
def p12(
    subject: str = "青石县教育督导室",
    start: datetime = datetime(2026, 1, 1, tzinfo=UTC),
    end: datetime = datetime(2036, 1, 1, tzinfo=UTC),
) -> bytes:
    """A self-issued certificate with its key, under `PASSWORD`."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key().public_key())
        .serial_number(len(subject) + 7)
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(usage, critical=True)
        .sign(_key(), hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(
        b"office", _key(), made, None, BestAvailableEncryption(PASSWORD.encode("utf-8"))
    )
