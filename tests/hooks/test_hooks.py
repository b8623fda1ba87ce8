"""Webhooks from outside: a receiver on this machine hears what happens, signed, once, again when it was away."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from typing import Any

import pytest

from kith.connect import api as connect
from kith.hooks import api as hooks
from kith.hooks.models import Delivery, Hook, Reach
from kith.people import api as people
from kith.people.api import note_deed
from tests.conftest import NOW, Cast, signed_in
from tests.rest.calling import Calls

PAGE = "/c/shanye/settings/webhooks"


class Receiver:
    """A server that keeps what it is told and answers as it is bid."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], str]] = []
        self.status = 204
        self.more: dict[str, str] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                receiver.heard.append((dict(self.headers), body))
                self.send_response(receiver.status)
                for name, value in receiver.more.items():
                    self.send_header(name, value)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/kith?a=b"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.HOOKS_INNER = True
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def hook(cast: Cast, receiver: Receiver) -> hooks.MadeHook:
    made = hooks.make(community=cast.home, address=receiver.address, wants=["*"], by=cast.founder, now=NOW)
    hooks.spread(now=NOW)
    return made


def spread_and_send(now: Any = NOW) -> int:
    return sum(hooks.send(hook_id=pk, now=now) for pk in hooks.spread(now=now))


def told(cast: Cast, kind: str = "gather.muted") -> None:
    note_deed(
        community=cast.home,
        kind=kind,
        by=cast.operator,
        person=cast.member,
        subject="post:1",
        detail={"days": 3},
        now=NOW,
    )


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deeds of the test's own transaction count as settled: no test of one transaction could see any else."""
    monkeypatch.setattr(import_module("kith.people.queries.deeds"), "SETTLED", "true")


@pytest.mark.usefixtures("settled")
def test_what_happens_is_told_signed_and_once(cast: Cast, receiver: Receiver, hook: hooks.MadeHook) -> None:
    post = connect.post(community=cast.home, text="今天有雨", by=cast.member, now=NOW)
    connect.reply(community=cast.home, to=post.id, text="带伞", by=cast.other, now=NOW)
    told(cast)
    note_deed(community=cast.rival, kind="gather.muted", by=cast.enemy, now=NOW)
    assert (spread_and_send(), spread_and_send()) == (3, 0)
    kinds = [json.loads(body)["type"] for _, body in receiver.heard]
    assert sorted(kinds) == ["act.post", "act.reply", "gather.muted"]
    headers, body = next(h for h in receiver.heard if "gather.muted" in h[1])
    said = json.loads(body)["data"]
    assert (said["person"], said["days"], said["community"]) == (handle(cast, cast.member), 3, "shanye")
    assert "今天有雨" not in str(receiver.heard)
    assert "带伞" not in str(receiver.heard)
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()}"


def handle(cast: Cast, person: people.Person) -> str:
    place = people.standing(cast.home, person)
    assert place
    return place.handle


@pytest.mark.usefixtures("settled")
def test_what_happened_before_the_first_webhook_is_told_to_nobody(cast: Cast, receiver: Receiver) -> None:
    told(cast)
    hooks.spread(now=NOW)
    hooks.make(community=cast.home, address=receiver.address, wants=["gather.*"], by=cast.founder, now=NOW)
    assert spread_and_send() == 0
    told(cast, "gather.unmuted")
    connect.post(community=cast.home, text="你好", by=cast.member, now=NOW)
    assert spread_and_send() == 1
    assert "gather.unmuted" in receiver.heard[0][1]


def test_what_an_import_brings_is_told_to_nobody(cast: Cast, receiver: Receiver, hook: hooks.MadeHook) -> None:
    connect.post(community=cast.home, text="去年", by=cast.member, now=NOW - timedelta(days=300))
    assert spread_and_send() == 0
    assert receiver.heard == []


def test_who_was_away_is_told_later_and_at_last_by_hand(cast: Cast, receiver: Receiver, hook: hooks.MadeHook) -> None:
    receiver.status = 500
    hooks.try_out(community=cast.home, hook_id=hook.hook.id, now=NOW)
    now = NOW
    for _ in range(8):
        assert spread_and_send(now) == 0
        now += timedelta(hours=11)
    (sent,) = hooks.deliveries(cast.home, hook.hook.id)
    assert (sent.state, sent.tries, sent.status) == ("given_up", 8, 500)
    assert len(receiver.heard) == 8
    receiver.status = 200
    hooks.send_again(community=cast.home, hook_id=hook.hook.id, delivery_id=sent.id, now=now)
    assert spread_and_send(now) == 1
    assert hooks.deliveries(cast.home, hook.hook.id)[0].state == "delivered"
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 1
    assert hooks.hook(cast.home, hook.hook.id).failing_since is None


@pytest.mark.parametrize(("status", "after", "is_off"), [(500, timedelta(days=4), False), (500, timedelta(days=5), True), (410, timedelta(0), True)])  # fmt: skip
def test_an_address_that_never_answers_is_told_no_more(
    cast: Cast, receiver: Receiver, hook: hooks.MadeHook, *, status: int, after: timedelta, is_off: bool
) -> None:
    receiver.status = status
    hooks.try_out(community=cast.home, hook_id=hook.hook.id, now=NOW)
    if after:
        Hook.objects.update(failing_since=NOW - after)
    spread_and_send()
    assert (hooks.hook(cast.home, hook.hook.id).off_at is not None) is is_off
    assert ("hooks.given_up" in {d.kind for d in people.deeds(cast.home)}) is is_off
    hooks.change(community=cast.home, hook_id=hook.hook.id, is_on=True, by=cast.founder, now=NOW)
    assert hooks.hook(cast.home, hook.hook.id).off_at is None


def _now() -> Any:
    from django.utils import timezone  # noqa: PLC0415 -- sending notes the moment at which the answer came

    return timezone.now()


def test_a_redirect_is_not_followed_and_a_closed_port_is_said(
    cast: Cast, receiver: Receiver, hook: hooks.MadeHook
) -> None:
    receiver.status, receiver.more = 302, {"location": receiver.address}
    hooks.try_out(community=cast.home, hook_id=hook.hook.id, now=NOW)
    assert spread_and_send() == 0
    assert len(receiver.heard) == 1
    Hook.objects.update(address="http://127.0.0.1:1/")
    Delivery.objects.update(next_at=NOW)
    spread_and_send()
    (sent,) = hooks.deliveries(cast.home, hook.hook.id)
    assert (sent.status, sent.answer) == (None, "NewConnectionError")


def test_nothing_is_sent_into_an_inner_network(
    cast: Cast, receiver: Receiver, hook: hooks.MadeHook, settings: Any
) -> None:
    settings.HOOKS_INNER = False
    Hook.objects.update(address=f"https://127.0.0.1:{receiver.server.server_port}/")
    hooks.try_out(community=cast.home, hook_id=hook.hook.id, now=NOW)
    spread_and_send()
    assert receiver.heard == []
    assert "inner network" in hooks.deliveries(cast.home, hook.hook.id)[0].answer


def test_acts_are_read_again_for_ten_minutes_and_told_once(
    cast: Cast, receiver: Receiver, hook: hooks.MadeHook
) -> None:
    begun = Reach.objects.get().act_id
    connect.post(community=cast.home, text="一", by=cast.member, now=NOW)
    for minutes in (0, 5, 11, 22):
        spread_and_send(NOW + timedelta(minutes=minutes))
    assert len(receiver.heard) == 1
    assert Reach.objects.get().act_id > begun


def test_what_was_sent_a_month_ago_is_forgotten(cast: Cast, receiver: Receiver, hook: hooks.MadeHook) -> None:
    hooks.try_out(community=cast.home, hook_id=hook.hook.id, now=NOW)
    spread_and_send()
    assert hooks.sweep(now=NOW + timedelta(days=29)) == 0
    assert hooks.sweep(now=NOW + timedelta(days=31)) == 1


def test_the_operator_makes_tries_and_removes_one_on_the_page(cast: Cast, receiver: Receiver) -> None:
    staff = signed_in(cast.operator)
    refused = staff.post(PAGE, {"address": "gopher://x", "wants": "*"})
    assert (refused.status_code, "https://" in refused.content.decode()) == (400, True)
    made = staff.post(PAGE, {"address": receiver.address, "wants": "act.* gather.*"}).content.decode()
    assert "whsec_" in made
    assert "whsec_" not in staff.get(PAGE).content.decode()
    (one,) = hooks.hooks(cast.home)
    at = f"{PAGE}/{one.id}"
    assert staff.post(at, {"go": "try"}).status_code == 302
    assert spread_and_send(_now()) + spread_and_send(_now()) == 1
    html = staff.get(at).content.decode()
    assert "hooks.tried" in html
    assert staff.post(at, {"go": f"again:{hooks.deliveries(cast.home, one.id)[0].id}"}).status_code == 302
    assert staff.post(at, {"go": "again:77"}).status_code == 404
    assert staff.post(at, {"go": "save", "wants": "nonsense"}).status_code == 400
    assert "whsec_" in staff.post(at, {"go": "secret"}).content.decode()
    staff.post(at, {"go": "off"})
    assert hooks.hook(cast.home, one.id).off_at
    staff.post(at, {"go": "remove"})
    assert hooks.hooks(cast.home) == []
    assert [d.kind for d in people.deeds(cast.home, kinds=("hooks.made", "hooks.removed"))] == [
        "hooks.removed",
        "hooks.made",
    ]


def test_a_program_keeps_its_webhooks_by_the_api(cast: Cast, receiver: Receiver) -> None:
    staff, where = Calls(cast.operator), "/communities/shanye/webhooks"
    assert staff("POST", where, {"address": "gopher://x", "wants": ["*"]})["error"] == "BadHookAddress"
    assert staff("POST", where, {"address": receiver.address, "wants": ["A"]})["error"] == "BadWants"
    made = staff("POST", where, {"address": receiver.address, "wants": ["act.*"]})
    one = f"{where}/{made['hook']['id']}"
    sent = staff("POST", f"{one}/try")
    assert staff("GET", f"{one}/deliveries")["deliveries"][0]["message_id"] == sent["message_id"]
    assert staff("POST", f"{one}/deliveries/{sent['id']}/again")["state"] == "waiting"
    assert staff("PATCH", one, {"is_on": False})["off_at"]
    assert staff("POST", f"{one}/secret")["secret"] != made["secret"]
    staff("DELETE", one)
    assert staff("GET", f"{one}/deliveries")["error"] == "NoSuchHook"


def test_a_community_has_twenty_at_most_and_sees_no_other_s(cast: Cast, receiver: Receiver) -> None:
    for n in range(20):
        hooks.make(community=cast.home, address=f"{receiver.address}{n}", wants=["*"], by=cast.founder, now=NOW)
    with pytest.raises(hooks.TooManyHooks):
        hooks.make(community=cast.home, address=receiver.address, wants=["*"], by=cast.founder, now=NOW)
    foreign = hooks.hooks(cast.home)[0].id
    for do in (hooks.remove, hooks.change_secret):
        with pytest.raises(hooks.NoSuchHook):
            do(community=cast.rival, hook_id=foreign, by=cast.enemy, now=NOW)
