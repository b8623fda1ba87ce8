"""Decisions on webhooks: addresses, what is wanted, signatures, when to try again. Pure. Form: Standard Webhooks 1.0."""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta

from kith.hooks.data import ADDRESS_LIMIT, WANTS_LIMIT, BadHookAddress, BadWants
from kith.lib import outward
from kith.lib.text import clean_line

WANT = re.compile(r"\*|[a-z]{1,20}\.(\*|[a-z_]{1,28})")
PREFIX = "whsec_"
# What the specification proposes; the last of them is more than a day after the message.
AGAIN_AFTER = tuple(timedelta(seconds=s) for s in (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000))
OFF_AFTER = timedelta(days=5)


def checked_address(address: str, *, inner: bool) -> str:
    """Return an address one may send to (`kith.lib.outward`).

    Raises:
        BadHookAddress, InnerAddress: as they say.

    """
    try:
        return outward.checked_address(address, inner=inner, limit=ADDRESS_LIMIT)
    except outward.BadAddress:
        raise BadHookAddress from None


def checked_wants(wants: Iterable[str]) -> list[str]:
    """Return patterns of kinds without repetition.

    Raises:
        BadWants: one is malformed, or there is none.

    """
    found = list(dict.fromkeys(w for want in wants if (w := clean_line(want).strip())))
    for want in found:
        if not WANT.fullmatch(want):
            raise BadWants(want=want[:40])
    if not 0 < len(found) <= WANTS_LIMIT:
        raise BadWants(want="")
    return found


def is_wanted(kind: str, wants: Iterable[str]) -> bool:
    return any(want in {"*", kind, f"{kind.partition('.')[0]}.*"} for want in wants)


def new_secret() -> str:
    """Return 256 bits nobody can guess, as the specification writes them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signed(secret: str, message_id: str, at: int, body: str) -> dict[str, str]:
    """Return the headers by which the receiver knows who sent it, and when; `at` in seconds of the epoch."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{message_id}.{at}.{body}".encode(), hashlib.sha256).digest()
    return {
        "webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": f"v1,{base64.b64encode(made).decode()}",
    }  # fmt: skip


def again_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many vain tries; None: it is given up."""
    return AGAIN_AFTER[tries - 1] if tries <= len(AGAIN_AFTER) else None
