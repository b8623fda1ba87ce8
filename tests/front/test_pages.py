"""Pages through the bridge: what Django is given, and what comes back."""

import hashlib
import http.client
import json
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.front.serving import HOST, PATIENCE_SECONDS, Server, front, key_of, listen, until

BOUNDARY = "limit"


def form(content: bytes) -> tuple[bytes, dict[str, str]]:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\n照片\r\n--{BOUNDARY}\r\n'
    head += 'Content-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def test_a_large_upload_reaches_django_whole(server: Server) -> None:
    content = bytes(range(256)) * 60_000
    body, headers = form(content)
    status, _, answer = server.request("POST", "/upload", body, headers)
    assert status == 200
    expected = {"size": len(content), "digest": hashlib.sha256(content).hexdigest(), "fields": {"title": "照片"}}
    assert json.loads(answer) == expected


def test_an_upload_of_unknown_length_reaches_django_whole(server: Server) -> None:
    content = bytes(range(256)) * 10_000
    body, headers = form(content)

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 70_001):
            yield body[start : start + 70_001]

    status, _, answer = server.request("POST", "/upload", pieces(), headers)
    assert status == 200
    assert json.loads(answer)["digest"] == hashlib.sha256(content).hexdigest()


def test_an_upload_beyond_the_limit_is_refused_with_a_sentence(server: Server) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(25):
            yield b"x" * (1 << 20)

    line = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE_SECONDS)
    line.putrequest("POST", "/meta")
    line.putheader("Content-Length", str(25 << 20))
    line.endheaders()
    sent = 0
    try:
        for piece in pieces():
            line.send(piece)
            sent += len(piece)
    except (BrokenPipeError, ConnectionResetError):
        assert sent >= 20 << 20
    answer = line.getresponse()
    assert answer.status == 413
    assert answer.read() == b"That is more than this server takes at once (20 MB)."
    line.close()


def test_a_body_that_breaks_off_never_reaches_django(server: Server) -> None:
    before = server.log.read_text().count("/broken")  # another test may have been there
    with socket.create_connection((HOST, server.port), timeout=PATIENCE_SECONDS) as line:
        line.sendall(b"POST /broken HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    status, _, _ = server.request("GET", "/meta")
    assert status == 200
    assert server.log.read_text().count("/broken") == before


def test_what_django_is_told_of_a_request(server: Server) -> None:
    status, _, body = server.request(
        "POST",
        "/meta?q=%E5%B1%B1&b=1",
        b"a=1",
        {"Cookie": "s=1", "Content-Type": "text/x", "X-Some-Thing": "here", "X_Some_Other": "no"},
    )
    assert status == 200
    meta = json.loads(body)
    expected = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/meta", "QUERY_STRING": "q=%E5%B1%B1&b=1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": "s=1", "CONTENT_TYPE": "text/x", "CONTENT_LENGTH": "3", "HTTP_X_SOME_THING": "here", "body": "a=1",
        "wsgi.url_scheme": "http", "SERVER_PROTOCOL": "HTTP/1.1",
    }  # fmt: skip
    assert {key: meta.get(key) for key in expected} == expected
    assert not [key for key in meta if "OTHER" in key]


def test_paths_in_chinese_and_broken_ones_get_an_answer(server: Server) -> None:
    assert server.request("GET", "/%E5%B1%B1")[0] == 404
    assert server.request("GET", "/%ff%fe")[0] == 404
    assert server.request("GET", "/%00")[0] == 404


def test_an_answer_in_pieces_arrives_whole(server: Server) -> None:
    status, headers, body = server.request("GET", "/drip")
    assert (status, headers["Transfer-Encoding"]) == (200, "chunked")
    assert body == b"".join(b"%06d\n" % n * 1000 for n in range(100))


def test_head_has_headers_and_no_body(server: Server) -> None:
    status, headers, body = server.request("HEAD", "/meta")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


def test_a_fault_becomes_a_page_and_the_next_request_works(server: Server) -> None:
    assert server.request("GET", "/broken")[0] == 500
    assert server.request("GET", "/meta")[0] == 200


def test_a_static_file_is_served(server: Server) -> None:
    status, headers, body = server.request("GET", "/static/js/live.js")
    assert status == 200
    assert headers["Content-Type"].startswith("text/javascript")
    assert b"EventSource" in body


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_at_once_with_streams_open(people: Cast, tmp_path: Path, number: int) -> None:
    with front(tmp_path) as mine:
        ears = [listen(mine, "shanye", key_of(people.home, people.member)).greeted() for _ in range(20)]
        assert mine.stop(number) < 5
        assert mine.process.returncode == 0
        for ear in ears:
            assert ear.event() is None
            ear.close()
        assert "ERROR" not in mine.log.read_text()


def test_a_page_under_way_is_finished_before_the_server_stops(committed: None, tmp_path: Path) -> None:
    with front(tmp_path) as mine:
        line = http.client.HTTPConnection(HOST, mine.port, timeout=PATIENCE_SECONDS)
        line.request("GET", "/slow")
        answers: list[bytes] = []
        reader = threading.Thread(target=lambda: answers.append(line.getresponse().read()))
        reader.start()
        until(lambda: "slow began" in mine.log.read_text(), "the page to be under way")
        mine.stop()
        reader.join()
        line.close()
        assert answers == [b"done"]
