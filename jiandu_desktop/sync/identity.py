"""Ed25519 keys of laptops and offices, and the device id that follows from the public key."""

from __future__ import annotations

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64


class DeviceKey:
    """The private key of one device (or of the office's root); never leaves the machine it was made on."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public: bytes = private.public_key().public_bytes_raw()
        self.device: str = device_id(self.public)

    @classmethod
    def generate(cls) -> DeviceKey:
        """A new key from the system's random source."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, data: bytes) -> DeviceKey:
        """The key that `to_bytes` gave; raises ValueError unless it is 32 bytes."""
        return cls(Ed25519PrivateKey.from_private_bytes(data))

    def to_bytes(self) -> bytes:
        """The 32 private bytes, to be kept in a file that only the user can read."""
        return self._private.private_bytes_raw()

    def sign(self, domain: str, message: bytes) -> bytes:
        """64 bytes over the domain tag and the message; the tag keeps a signature from serving another purpose."""
        return self._private.sign(_tagged(domain, message))


def device_id(public_key: bytes) -> str:
    """The first 80 bits of SHA-256 of the public key in base32: 16 characters of [a-z2-7]."""
    return base64.b32encode(hashlib.sha256(public_key).digest()[:10]).decode("ascii").lower()


def is_signed(public_key: bytes, domain: str, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of `public_key` over this message for this purpose."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _tagged(domain, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def _tagged(domain: str, message: bytes) -> bytes:
    return domain.encode("ascii") + b"\x00" + message
