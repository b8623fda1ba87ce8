"""Short codes in addresses: read aloud without mistakes, found by nobody who tries."""

import re
import secrets

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when read aloud
LENGTH = 10
CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")


def new_code() -> str:
    """Return a code for a link: 49 bits of chance, so that nobody finds one by trying."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
