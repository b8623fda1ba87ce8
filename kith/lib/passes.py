"""Passes: short signed texts that let a page's reader into the community's live stream, or into its order lane.

A page makes one, the stream or the lane checks it, and neither needs a session for that. A pass names the community, the reader
(0 is a visitor) and when it ends, and is good for one purpose only.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.lib.errors import NotFound

LIFETIME = timedelta(hours=12)
VISITOR = 0
LIVE, ORDER = "live", "order"  # what a pass may be for
LANE_PREFIX = "/rush/"
ORDER_LIFETIME = timedelta(hours=2)
SHAPE = re.compile(r"([0-9]{1,19})\.([0-9]{1,19})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pass:
    """`expires_at` is in whole seconds since 1970."""

    community_id: int
    person_id: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A pass for orders, and where they are sent."""

    order_pass: str
    address: str
    expires_at: datetime


class BadPass(NotFound):
    """It is not one of ours, or its time is over: to whom it was not given that is the same."""

    sentence = "This pass is not valid any more. Reload the page."


def issue(
    *, key: str, community_id: int, person_id: int, now: datetime, lifetime: timedelta = LIFETIME, purpose: str = LIVE
) -> str:
    claim = f"{community_id}.{person_id}.{int((now + lifetime).timestamp())}"
    return f"{claim}.{_signature(key, purpose, claim)}"


def lane(*, key: str, community_id: int, slug: str, launch: str, person_id: int, now: datetime) -> "Lane":
    """Return what orders of a launch go by the fast lane with."""
    issued = issue(
        key=key, community_id=community_id, person_id=person_id, now=now, lifetime=ORDER_LIFETIME, purpose=ORDER
    )
    return Lane(issued, f"{LANE_PREFIX}{slug}/{launch}", now + ORDER_LIFETIME)


def checked(token: str, *, key: str, now: datetime, purpose: str = LIVE) -> Pass:
    """Return what a pass says.

    Raises:
        BadPass: it was not issued with this key, or for another purpose, or was changed, or has expired.

    """
    found = SHAPE.fullmatch(token)
    if found is None:
        raise BadPass
    claim, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature, _signature(key, purpose, claim)):
        raise BadPass
    read = Pass(*(int(part) for part in found.groups()[:3]))
    if read.expires_at <= now.timestamp():
        raise BadPass
    return read


def _signature(key: str, purpose: str, claim: str) -> str:
    # The purpose is signed too, so that nothing else signed with the same key passes here.
    digest = hmac.digest(key.encode(), f"kith {purpose} pass\n{claim}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
