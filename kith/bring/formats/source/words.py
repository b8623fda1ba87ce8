"""Identifiers and texts from outside, made safe to store and to show."""

import hashlib
from functools import lru_cache

from kith.bring.data import ID_LIMIT
from kith.lib.text import clean_line, clean_name, clean_text


def clean_id(raw: str) -> str:
    """Return an identifier on one visible line; a very long one ends in a digest, so it stays unique."""
    word = raw.strip() if raw.isascii() and raw.isprintable() else _clean_line(raw)
    return word if len(word) <= ID_LIMIT else f"{word[: ID_LIMIT - 33]}:{digest(word)}"


_clean_line = lru_cache(maxsize=16_384)(clean_line)
# The names of people and channels come again and again.
clean_label = lru_cache(maxsize=16_384)(clean_name)


def digest(*parts: object) -> str:
    """Return 32 hex digits that depend on every part and on where one part ends."""
    text = "\x1f".join(map(str, parts)).encode("utf-8", "replace")
    return hashlib.blake2b(text, digest_size=16).hexdigest()


def shown_text(raw: str) -> str:
    """Return a text fit to be shown; most texts are, and are seen to be so cheaply."""
    if raw.isascii() and raw.replace("\n", "").isprintable():
        return raw.strip()
    return clean_text(raw).strip()
