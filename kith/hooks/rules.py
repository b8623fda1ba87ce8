"""Decisions on webhooks: addresses, what is wanted, signatures, when to try again. Pure. Form: Standard Webhooks 1.0."""

import base64
import hashlib
import hmac
import ipaddress
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from kith.hooks.data import ADDRESS_LIMIT, WANTS_LIMIT, BadHookAddress, BadWants, InnerAddress
from kith.lib.text import clean_line

WANT = re.compile(r"\*|[a-z]{1,20}\.(\*|[a-z_]{1,28})")
PREFIX = "whsec_"
# What the specification proposes; the last of them is more than a day after the message.
AGAIN_AFTER = tuple(timedelta(seconds=s) for s in (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000))
OFF_AFTER = timedelta(days=5)


def checked_address(address: str, *, inner: bool) -> str:
    """Return an address one may send to; `inner` also allows http and names of an inner network, for those who run both ends.

    Raises:
        BadHookAddress, InnerAddress: as they say.

    """
    found = clean_line(address).strip()
    try:
        parts = urlsplit(found)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadHookAddress from None
    schemes = {"https", "http"} if inner else {"https"}
    if (
        parts.scheme not in schemes
        or not host
        or "@" in parts.netloc
        or len(found) > ADDRESS_LIMIT
        or not found.isascii()
    ):
        raise BadHookAddress
    if not inner and "." not in host and ":" not in host:
        raise InnerAddress
    return found


def checked_addresses(found: Iterable[str], *, inner: bool) -> list[str]:
    """Return the numbers a name stands for; all of them must lie on the internet, for the name may answer differently next time.

    Raises:
        InnerAddress: one of them is of an inner network, or there is none.

    """
    numbers = list(dict.fromkeys(found))
    if not numbers or (not inner and not all(_is_outer(n) for n in numbers)):
        raise InnerAddress
    return numbers


def _is_outer(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return address.is_global and not address.is_multicast and (mapped is None or mapped.is_global)


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
