"""Pages are compressed for those who say that they can read it."""

import gzip
import random

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from kith.web.compressing import Compressing
from tests.conftest import Cast, signed_in

LONG = "有话直说。" * 200


def sent(answer: HttpResponseBase, accepts: str = "br, gzip") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return Compressing(lambda _: answer).process_response(request, answer)


def whole(answer: HttpResponseBase) -> bytes:
    assert isinstance(answer, HttpResponse)
    return answer.content


def test_a_page_arrives_as_it_was_and_smaller() -> None:
    answer = sent(HttpResponse(LONG))
    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    assert answer["Content-Length"] == str(len(whole(answer)))
    assert len(whole(answer)) < 300
    assert gzip.decompress(whole(answer)).decode() == LONG


@pytest.mark.parametrize("accepts", ["", "br", "identity", "gzipped"])
def test_who_cannot_read_it_gets_it_plain(accepts: str) -> None:
    answer = sent(HttpResponse(LONG), accepts)
    assert "Content-Encoding" not in answer
    assert answer["Vary"] == "Accept-Encoding"
    assert whole(answer).decode() == LONG


def test_what_would_not_get_smaller_stays_as_it_is() -> None:
    noise = random.Random(7).randbytes(5000)
    for body in (b"short", noise):
        answer = sent(HttpResponse(body))
        assert "Content-Encoding" not in answer
        assert whole(answer) == body
    packed = sent(HttpResponse(gzip.compress(LONG.encode()), headers={"Content-Encoding": "gzip"}))
    assert gzip.decompress(whole(packed)).decode() == LONG


def test_a_mark_of_the_plain_page_becomes_a_weak_one() -> None:
    assert sent(HttpResponse(LONG, headers={"ETag": '"a"'}))["ETag"] == 'W/"a"'
    assert sent(HttpResponse(LONG, headers={"ETag": 'W/"a"'}))["ETag"] == 'W/"a"'
    assert sent(HttpResponse(LONG, headers={"ETag": '"a"'}), "")["ETag"] == '"a"'


def test_the_size_of_a_page_does_not_tell_what_stands_in_it() -> None:
    assert len({len(whole(sent(HttpResponse(LONG)))) for _ in range(40)}) > 5


def test_a_stream_is_compressed_too() -> None:
    answer = sent(StreamingHttpResponse([LONG, LONG]))
    assert isinstance(answer, StreamingHttpResponse)
    assert gzip.decompress(b"".join(answer)).decode() == LONG * 2


def test_the_pages_of_a_community_are_compressed(cast: Cast) -> None:
    client = signed_in(cast.member)
    plain = client.get("/c/shanye/about").content
    packed = client.get("/c/shanye/about", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert abs(len(gzip.decompress(packed.content)) - len(plain)) < 20
