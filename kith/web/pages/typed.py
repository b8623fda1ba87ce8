"""Numbers as forms and addresses bring them."""

from typing import TypeVar

T = TypeVar("T")
DIGITS = 17  # an id of the database has no more


def whole(raw: str, otherwise: T, *, digits: int = DIGITS) -> int | T:
    """Return a whole number in plain digits; `otherwise` for all else, and for a longer one."""
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= digits else otherwise
