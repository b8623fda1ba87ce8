"""Sealing what only some may read: texts at rest, under a key derived from the server's secret (Fernet: AES and HMAC)."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken

from kith.lib.errors import Refusal


class SealBroken(Refusal):
    sentence = "This was sealed under another secret key of the server and cannot be read."
    status = 500


@lru_cache(16)
def _box(secret: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}\0{secret}".encode()).digest()))


def seal(text: str, *, secret: str, purpose: str) -> bytes:
    """Return the text sealed; another purpose is another key."""
    return _box(secret, purpose).encrypt(text.encode())


def unseal(sealed: bytes, *, secret: str, purpose: str) -> str:
    """Return what was sealed.

    Raises:
        SealBroken: it was sealed under another secret or purpose, or altered.

    """
    try:
        return _box(secret, purpose).decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise SealBroken from None
