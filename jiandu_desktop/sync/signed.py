"""Small signed documents (root, invitation, head): readable JSON of a content and the signature over it."""

from __future__ import annotations

import json
from typing import Any

from jiandu_desktop.sync import canonical
from jiandu_desktop.sync.identity import DeviceKey, is_signed

MAX_BYTES = 1024 * 1024


class NotSigned(ValueError):
    """The bytes are not a document of this kind, or not signed by the key in question."""


def seal(content: dict[str, Any], domain: str, key: DeviceKey) -> bytes:
    """The document as a file: indented for the eye; the signature covers the canonical spelling of the content."""
    signature = key.sign(domain, canonical.to_bytes(content))
    document = {"content": content, "signature": signature.hex()}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8") + b"\n"


def content_of(data: bytes) -> dict[str, Any]:
    """The content without looking at the signature, to learn which key to ask for; raises NotSigned."""
    return _split(data)[0]


def unseal(data: bytes, domain: str, public_key: bytes) -> dict[str, Any]:
    """The content, proven to be signed by this key for this purpose; raises NotSigned."""
    content, signature = _split(data)
    try:
        message = canonical.to_bytes(content)
    except ValueError as error:
        raise NotSigned(str(error)) from error
    if not is_signed(public_key, domain, message, signature):
        raise NotSigned("signature")
    return content


def _split(data: bytes) -> tuple[dict[str, Any], bytes]:
    if len(data) > MAX_BYTES:
        raise NotSigned("too large")
    try:
        document = canonical.from_bytes(data, strict=False)
        content, signature = document["content"], document["signature"]
        if set(document) != {"content", "signature"} or not isinstance(content, dict):
            raise NotSigned("not a signed document")
        return content, bytes.fromhex(signature)
    except (ValueError, KeyError, TypeError) as error:
        raise NotSigned(str(error)) from error
