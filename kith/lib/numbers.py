"""Numbers that are never used twice."""

import secrets
from datetime import datetime

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_number(now: datetime) -> str:
    """Return a number never used before, ordered by time: 48 bits of milliseconds, 80 of chance, in Crockford's letters (ULID)."""
    value = int(now.timestamp() * 1000) << 80 | secrets.randbits(80)
    return "".join(CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))
