"""The order lane behind an ASGI server.

`POST /rush/<community>/<launch>` with `Authorization: Pass <order pass>` and the order as JSON. 201 is an order that is on disk; 202 a
place in the line: send the same again after `Retry-After` seconds. Everything else is a named refusal, as the API gives it.
The pass (kith.lib.passes) is no cookie: no other site can send it along.
"""

import re
from datetime import UTC, datetime

from django.conf import settings
from django.utils import translation

from kith.front.bridge import BodyTooLarge, BrokeOff, Receive, Scope, Send, read_body
from kith.front.rush import Lane
from kith.front.rush_data import AWAY, BODY_BYTES, Where, away_seconds, read_wish, said
from kith.launch.api import NoSuchLaunch
from kith.lib.errors import Refusal
from kith.lib.passes import LANE_PREFIX, ORDER, BadPass, Pass, checked
from kith.rest.data import MethodNotAllowed, SignInFirst, TooLarge
from kith.rest.refusals import refused_body

PATH = re.compile(LANE_PREFIX + r"([a-z0-9-]{2,40})/([a-z0-9-]{3,40})")
SCHEME = "Pass "
LANGUAGE = re.compile(r"(?:^|;\s*)lang=(zh-hans|en)(?:;|$)")


async def order(lane: Lane, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below /rush/."""
    given = {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}
    try:
        status, body, again = await _answered(lane, scope, receive, given)
    except BrokeOff:
        return
    except Refusal as refusal:
        with translation.override(_language(given)):
            status, body = refusal.status, refused_body(refusal)
        again = away_seconds() if status == AWAY else 0
    headers = [
        (b"content-type", b"application/json"), (b"cache-control", b"no-store"), (b"content-length", b"%d" % len(body)),
    ]  # fmt: skip
    if again:
        headers.append((b"retry-after", b"%d" % again))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _answered(lane: Lane, scope: Scope, receive: Receive, given: dict[str, str]) -> tuple[int, bytes, int]:
    body = await _body(receive)
    if scope["method"] != "POST":
        raise MethodNotAllowed
    found = PATH.fullmatch(scope["path"])
    if found is None:
        raise NoSuchLaunch
    buyer = _pass(given.get("authorization", ""))
    answer = await lane.place(Where(buyer.community_id, found[1], found[2]), read_wish(body, buyer.person_id))
    if isinstance(answer, Refusal):
        raise answer
    return said(answer, found[1])


def _pass(header: str) -> Pass:
    if not header.startswith(SCHEME):
        raise SignInFirst
    found = checked(header.removeprefix(SCHEME), key=settings.SECRET_KEY, now=datetime.now(UTC), purpose=ORDER)
    if not found.person_id:
        raise BadPass
    return found


async def _body(receive: Receive) -> bytes:
    try:
        body, _ = await read_body(receive, BODY_BYTES)
    except BodyTooLarge:
        raise TooLarge from None
    with body:
        return body.read()


def _language(given: dict[str, str]) -> str:
    """Return the reader's language: as chosen on the pages, else the first that the browser names."""
    chosen = LANGUAGE.search(given.get("cookie", ""))
    if chosen:
        return chosen[1]
    return "en" if given.get("accept-language", "").lower().startswith("en") else settings.LANGUAGE_CODE
