"""A secret for one computer alone: wrapped with its public key, opened with the private key that never leaves it.

X25519 over the computer's Ed25519 key (RFC 7748 gives the map between the two curves), HKDF-SHA256,
ChaCha20-Poly1305. A county's shared folder carries the wrapped secret like any other record.
"""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jiandu_desktop.sync.identity import DeviceKey

SECRET_BYTES = 32
_PRIME = 2**255 - 19
_NONCE = bytes(12)
"""One message per key, so the nonce need not differ."""


def new_secret() -> bytes:
    """A key of 32 bytes from the system's random source."""
    return os.urandom(SECRET_BYTES)


def locked(secret: bytes, content: bytes, purpose: str) -> bytes:
    """`content` that only who has `secret` can read; every content gets a secret of its own."""
    return ChaCha20Poly1305(secret).encrypt(_NONCE, content, purpose.encode("ascii"))


def unlocked(secret: bytes, content: bytes, purpose: str) -> bytes:
    """Raises ValueError where the secret is another or the content was changed."""
    try:
        return ChaCha20Poly1305(secret).decrypt(_NONCE, content, purpose.encode("ascii"))
    except InvalidTag as error:
        raise ValueError("locked with another secret, or changed") from error


def wrap(public_key: bytes, secret: bytes, purpose: str) -> bytes:
    """`secret` for the owner of an Ed25519 public key: 32 bytes of a fresh key, then the locked secret."""
    theirs = X25519PublicKey.from_public_bytes(_on_the_other_curve(public_key))
    fresh = X25519PrivateKey.generate()
    own = fresh.public_key().public_bytes_raw()
    return own + locked(_shared(fresh.exchange(theirs), own, public_key, purpose), secret, purpose)


def unwrap(key: DeviceKey, wrapped: bytes, purpose: str) -> bytes:
    """The secret that was wrapped for this key; raises ValueError where it was wrapped for another."""
    if len(wrapped) <= SECRET_BYTES:
        raise ValueError("too short for a wrapped secret")
    fresh, sealed = wrapped[:SECRET_BYTES], wrapped[SECRET_BYTES:]
    mine = X25519PrivateKey.from_private_bytes(hashlib.sha512(key.to_bytes()).digest()[:32])
    shared = mine.exchange(X25519PublicKey.from_public_bytes(fresh))
    return unlocked(_shared(shared, fresh, key.public, purpose), sealed, purpose)


def _shared(exchanged: bytes, fresh: bytes, public_key: bytes, purpose: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=fresh + public_key, info=purpose.encode("ascii"))
    return kdf.derive(exchanged)


def _on_the_other_curve(public_key: bytes) -> bytes:
    """The Montgomery u of an Edwards y: (1 + y) / (1 − y)."""
    y = int.from_bytes(public_key, "little") & ((1 << 255) - 1)
    if not 1 < y < _PRIME - 1:
        raise ValueError("not the public key of a computer")
    return ((1 + y) * pow(1 - y, -1, _PRIME) % _PRIME).to_bytes(32, "little")
