"""What the live stream says and refuses."""

import random
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol

import orjson

from kith.connect.api import Happening
from kith.lib.errors import NotFound, Refusal

AWAY = 503


class NoSuchStream(NotFound):
    """One answer for a wrong pass, a foreign one, an old one, and a community that is not there."""

    sentence = "There is no such stream, or it is not yours to hear. Reload the page."


class TooManyStreams(Refusal):
    sentence = "Too many pages listen at once. Try again in a while."
    status = AWAY


class StreamsAway(Refusal):
    sentence = "Live updates are away for a moment. Try again in a while."
    status = AWAY


@dataclass(frozen=True, slots=True)
class Limits:
    """How many streams one process carries, and for how long.

    A person may have many tabs, an address many people behind it. A stream ends now and then, so that somebody who was removed
    hears no longer than that; one whose line takes nothing for `stuck_seconds` while news pile up is ended too.
    """

    streams: int = 8000
    per_address: int = 1000
    per_person: int = 30
    life_seconds: float = 3600
    beat_seconds: int = 20
    stuck_seconds: float = 10


class Listener(Protocol):
    """One open stream, whatever carries it."""

    def push(self, frame: bytes) -> None:
        """Send without waiting; who cannot keep up is closed, reconnects, and gets what was missed."""

    def close(self) -> None: ...


PING = b":\n\n"
# For one person alone, and without an id: who was away looks at the bell anyhow.
RUNG = b"event: bell\ndata: {}\n\n"
RESET = b"event: reset\ndata: {}\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    # Proxies that collect answers before passing them on would hold everything back.
    (b"x-accel-buffering", b"no"),
]
RETRY_SECONDS = 15


def encoded(news: Happening) -> bytes:
    data = orjson.dumps({"root": news.root_id, "post": news.post_id})
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (news.id, news.kind.encode(), data)


def parsed(payload: str) -> tuple[int, Happening]:
    """Return the community and what happened there.

    Raises:
        ValueError: this is not what connect announces.

    """
    community_id, news_id, kind, root_id, post_id = payload.split(" ")
    if not kind.isalpha():
        raise ValueError(kind)
    return int(community_id), Happening(int(news_id), kind, int(root_id), int(post_id))


def refused(refusal: Refusal) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Return the answer to somebody who may not listen, or not now: status, headers and body."""
    body = orjson.dumps({"error": refusal.code, "sentence": str(refusal)})
    headers = [
        (b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"content-length", b"%d" % len(body)),
    ]  # fmt: skip
    if refusal.status == AWAY:
        headers.append((b"retry-after", b"%d" % (RETRY_SECONDS + random.randrange(RETRY_SECONDS))))  # noqa: S311 -- spreads the load
    return refusal.status, headers, body


def counted_address(peer: str, forwarded_for: str) -> str:
    """Return whom to count a stream for.

    A peer on a private address is most likely the proxy in front of us; then it is the one it names last.
    """
    try:
        is_near = ip_address(peer).is_private
    except ValueError:  # a unix socket
        is_near = True
    return (is_near and forwarded_for.rpartition(",")[2].strip()) or peer
