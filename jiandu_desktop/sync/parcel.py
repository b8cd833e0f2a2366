"""A parcel: one file that only a passphrase opens, written and read as a stream, for carrying a laptop's data along.

    "JDPARCEL" | u8 format=1 | 16 bytes salt | pieces: u32 length | ChaCha20-Poly1305 of at most 1 MiB

The key is scrypt of the passphrase (n = 2^15, r = 8, p = 1); the nonce of a piece is its number and whether it is the
last one, so that pieces cannot be exchanged, left out or cut off.
"""

from __future__ import annotations

import io
import secrets
import unicodedata
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from jiandu_desktop.domain.errors import Trouble

MAGIC = b"JDPARCEL\x01"
PIECE = 1 << 20
LEAST_PASSPHRASE = 8
"""Characters; what is typed by hand is all that protects a stick that was left in a bus."""
_SALT = 16
_TAG = 16


class ParcelWriter(io.RawIOBase):
    """Give it bytes, then `finish`; raises Trouble `passphrase-short`."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        super().__init__()
        if len(passphrase.strip()) < LEAST_PASSPHRASE:
            raise Trouble("passphrase-short", least=LEAST_PASSPHRASE)
        salt = secrets.token_bytes(_SALT)
        self._out = out
        self._cipher = ChaCha20Poly1305(_key(passphrase, salt))
        self._waiting = bytearray()
        self._count = 0
        out.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        """Takes all of it."""
        given = bytes(memoryview(data))  # type: ignore[arg-type]  # the stub of RawIOBase names a type of typeshed's own
        self._waiting += given
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(given)

    def finish(self) -> None:
        """Write the last piece; without it the parcel counts as cut off."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._count, last=last), piece, MAGIC)
        self._count += 1
        self._out.write(len(sealed).to_bytes(4, "big") + sealed)


class ParcelReader(io.RawIOBase):
    """The bytes of a parcel; raises Trouble `parcel-unreadable` (no parcel, cut off, changed) or `passphrase-wrong`."""

    def __init__(self, source: BinaryIO, passphrase: str, name: str) -> None:
        super().__init__()
        head = source.read(len(MAGIC) + _SALT)
        if len(head) != len(MAGIC) + _SALT or not head.startswith(MAGIC):
            raise Trouble("parcel-unreadable", path=name)
        self._source, self._name = source, name
        self._cipher = ChaCha20Poly1305(_key(passphrase, head[len(MAGIC) :]))
        self._ready = b""
        self._count = 0
        self._ended = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, fewer only at the end."""
        while not self._ended and (size < 0 or len(self._ready) < size):
            self._ready += self._next()
        given, self._ready = (self._ready, b"") if size < 0 else (self._ready[:size], self._ready[size:])
        return given

    def finish(self) -> None:
        """Read to the end, so that a parcel that was cut off does not pass for a whole one."""
        while not self._ended:
            self._next()

    def _next(self) -> bytes:
        length = int.from_bytes(self._source.read(4), "big")
        sealed = self._source.read(length) if _TAG <= length <= PIECE + _TAG else b""
        if not sealed or len(sealed) != length:
            raise Trouble("parcel-unreadable", path=self._name)
        for last in (False, True):
            try:
                piece = self._cipher.decrypt(_nonce(self._count, last=last), sealed, MAGIC)
            except InvalidTag:
                continue
            self._count += 1
            self._ended = last
            return piece
        raise Trouble("parcel-unreadable" if self._count else "passphrase-wrong", path=self._name)


def _key(passphrase: str, salt: bytes) -> bytes:
    # Full-width letters and composed signs are one passphrase, whichever keyboard they come from.
    typed = unicodedata.normalize("NFKC", passphrase.strip()).encode()
    return Scrypt(salt=salt, length=32, n=1 << 15, r=8, p=1).derive(typed)


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])
