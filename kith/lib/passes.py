"""Passes: short signed texts that let a page's reader into the community's live stream.

A page makes one, the stream checks it once, and neither needs a session for that. A pass names the community, the reader (0 is a
visitor) and when it ends.
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
SHAPE = re.compile(r"([0-9]{1,19})\.([0-9]{1,19})\.([0-9]{1,12})\.([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pass:
    """`expires_at` is in whole seconds since 1970."""

    community_id: int
    person_id: int
    expires_at: int


class BadPass(NotFound):
    """It is not one of ours, or its time is over: to whom it was not given that is the same."""

    sentence = "This pass is not valid any more. Reload the page."


def issue(*, key: str, community_id: int, person_id: int, now: datetime, lifetime: timedelta = LIFETIME) -> str:
    claim = f"{community_id}.{person_id}.{int((now + lifetime).timestamp())}"
    return f"{claim}.{_signature(key, claim)}"


def checked(token: str, *, key: str, now: datetime) -> Pass:
    """Return what a pass says.

    Raises:
        BadPass: it was not issued with this key, or was changed, or has expired.

    """
    found = SHAPE.fullmatch(token)
    if found is None:
        raise BadPass
    claim, _, signature = token.rpartition(".")
    if not hmac.compare_digest(signature, _signature(key, claim)):
        raise BadPass
    read = Pass(*(int(part) for part in found.groups()[:3]))
    if read.expires_at <= now.timestamp():
        raise BadPass
    return read


def _signature(key: str, claim: str) -> str:
    # The purpose is signed too, so that nothing else signed with the same key passes here.
    digest = hmac.digest(key.encode(), b"kith live pass\n" + claim.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
