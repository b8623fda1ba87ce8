"""Numbers that are never used twice, keys that make asking twice asking once, and what tells one wish from another."""

import hashlib
import json
import re
import secrets
from datetime import datetime

KEY = re.compile(r"[\x21-\x7e]{8,64}")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PAIRS = [a + b for a in CROCKFORD for b in CROCKFORD]


def new_number(now: datetime) -> str:
    """Return a number never used before, ordered by time: 48 bits of milliseconds, 80 of chance, in Crockford's letters (ULID)."""
    value = int(now.timestamp() * 1000) << 80 | secrets.randbits(80)
    return "".join([PAIRS[value >> shift & 1023] for shift in range(120, -1, -10)])


def is_key(text: str) -> bool:
    """Tell whether a text can name what somebody asks for, so that asking twice is asking once."""
    return KEY.fullmatch(text) is not None


def digest(facts: object) -> str:
    """Return what tells these facts from others: the same for the same facts, in whichever order a mapping names them."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
