"""`kith live`: the same stream from a process of its own."""

import json
import signal
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection

from kith.connect.api import CHANNEL, post
from tests.conftest import NOW, Cast
from tests.front.serving import HOST, PATIENCE_SECONDS, Event, Server, gateway, key_of, listen, until


def said(people: Cast, text: str) -> int:
    return post(community=people.home, text=text, by=people.member, now=NOW).id


def raw(server: Server, request: bytes) -> bytes:
    with socket.create_connection((HOST, server.port), timeout=PATIENCE_SECONDS) as line:
        line.sendall(request)
        answer = b""
        with suppress(ConnectionResetError):
            while piece := line.recv(65536):
                answer += piece
        return answer


def test_it_tells_what_happens_and_what_was_missed(people: Cast, tmp_path: Path) -> None:
    token = key_of(people.home, people.member)
    with gateway(tmp_path) as live:
        ears = [listen(live, "shanye", token).greeted() for _ in range(20)]
        first, second = said(people, "一"), said(people, "二")
        for ear in ears:
            heard = [ear.event(), ear.event()]
            assert [e and e.data for e in heard] == [{"root": p, "post": p} for p in (first, second)]
        again = listen(live, "shanye", token, last_id=ears[0].last_id - 1)
        assert again.event() == Event("post", ears[0].last_id, {"root": second, "post": second})
        for ear in [*ears, again]:
            ear.close()


def test_it_refuses_as_the_web_process_does(people: Cast, tmp_path: Path) -> None:
    token = key_of(people.home, people.member)
    with gateway(tmp_path, "--per-person", "1") as live:
        for path in (
            f"/live/duian?token={token}",
            "/live/shanye?token=x",
            "/",
            "/meta",
            f"/other/shanye?token={token}",
        ):
            status, headers, body = live.request("GET", path)
            assert (status, json.loads(body)["error"]) == (404, "NoSuchStream"), path
            assert headers["Content-Type"] == "application/json"
        ear = listen(live, "shanye", token).greeted()
        status, headers, body = live.request("GET", f"/live/shanye?token={token}")
        assert (status, json.loads(body)["error"]) == (503, "TooManyStreams")
        assert int(headers["Retry-After"]) >= 15
        ear.close()


@pytest.mark.parametrize(
    "request_head", [b"\x16\x03\x01\x02\r\n\r\n", b"POST /live/shanye HTTP/1.1\r\n\r\n", b"GET\r\n\r\n"]
)
def test_what_is_no_request_for_a_stream_is_refused(people: Cast, tmp_path: Path, request_head: bytes) -> None:
    with gateway(tmp_path) as live:
        assert raw(live, request_head).startswith(b"HTTP/1.1 404 Not Found\r\n")
        assert raw(live, b"GET / HTTP/1.1\r\nx: " + b"y" * 100_000) == b""


def test_a_listener_who_does_not_read_is_dropped(people: Cast, tmp_path: Path) -> None:
    token = key_of(people.home, people.member)
    with gateway(tmp_path, "--per-person", "1") as live:
        slow = listen(live, "shanye", token).greeted()
        number = 10**9

        def has_room() -> bool:
            nonlocal number
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_notify(%s, format('%%s %%s thank 1 1', %s::text, n)) FROM generate_series(%s, %s) n",
                    [CHANNEL, people.home.pk, number, number + 9999],
                )
            number += 10_000
            other = listen(live, "shanye", token)
            other.close()
            return other.answer.status == 200

        until(has_room, "the slow listener to be dropped")
        slow.close()


def test_it_stops_at_once_with_streams_open(people: Cast, tmp_path: Path) -> None:
    with gateway(tmp_path) as live:
        ears = [listen(live, "shanye", key_of(people.home, people.member)).greeted() for _ in range(5)]
        assert live.stop(signal.SIGTERM) < 5
        assert live.process.returncode == 0
        assert [ear.event() for ear in ears] == [None] * 5
        for ear in ears:
            ear.close()


def test_two_share_a_port(people: Cast, tmp_path: Path) -> None:
    token = key_of(people.home, people.member)
    (tmp_path / "other").mkdir()
    with gateway(tmp_path) as live, gateway(tmp_path / "other", port=live.port) as other:
        until(lambda: "Live streams at" in other.log.read_text(), "the second to serve")
        ears = [listen(live, "shanye", token).greeted() for _ in range(20)]
        live.stop()
        said(people, "一")
        heard = [ear.event() for ear in ears]
        assert {e.name for e in heard if e} == {"post"}
        left = listen(other, "shanye", token, last_id=0)
        assert left.event() is not None
        for ear in [*ears, left]:
            ear.close()


def test_a_port_that_is_taken_is_a_sentence(people: Cast, tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        with gateway(tmp_path, port=port) as live:
            until(lambda: live.process.poll() is not None, "the gateway to give up")
            assert live.process.returncode == 3
            assert f"kith: Kith cannot listen on 127.0.0.1 port {port}: " in live.log.read_text()
