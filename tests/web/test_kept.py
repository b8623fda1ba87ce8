"""Whole pages kept: made once for what they show, and never with the tokens of another request."""

import re
from gzip import decompress
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from kith.web.pages import kept as module
from kith.web.pages.guard import Here
from tests.conftest import NOW, Cast, signed_in

TOKEN = re.compile(r'X-CSRFToken":"([A-Za-z0-9]{64})"')
STREAM = re.compile(r'data-live="[^"]*token=([^"&]+)')


def found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match
    return match[1]


def test_a_kept_page_is_one_browsers_and_its_token_is_good(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    put = cache.set

    def noted(key: str, *rest: Any) -> None:
        made.append(key)
        put(key, *rest)

    monkeypatch.setattr(cache, "set", noted)
    monkeypatch.setattr("kith.web.pages.kept.timezone.now", lambda: NOW)  # no minute ends meanwhile
    one, other = (signed_in(cast.member, checks_csrf=True) for _ in range(2))
    first, again, theirs = (str(c.get("/c/shanye/").content.decode()) for c in (one, one, other))
    kept, same, others = (c.get("/c/shanye/").content.decode() for c in (one, one, other))
    assert len([k for k in made if k.startswith("page:") and "feed.html" in k]) == 2, (
        "one for each browser with a cookie"
    )
    assert (again, kept) == (same, same)
    assert found(STREAM, kept)
    assert len({found(TOKEN, page) for page in (first, kept, theirs, others)}) == 4
    draft = {"text": "写到一半"}
    sent = {"X-CSRFToken": found(TOKEN, kept)}
    assert one.post("/c/shanye/draft/new", draft, headers=sent).status_code < 400
    assert other.post("/c/shanye/draft/new", draft, headers=sent).status_code == 403


def test_a_kept_page_is_sent_as_its_reader_takes_it(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.get("/c/shanye/")  # brings the cookie
    packed = client.get("/c/shanye/", headers={"Accept-Encoding": "gzip"})
    assert (packed["Content-Encoding"], "Accept-Encoding" in packed["Vary"]) == ("gzip", True)
    plain = client.get("/c/shanye/")
    assert not plain.has_header("Content-Encoding")
    assert found(TOKEN, plain.content.decode())
    assert decompress(packed.content).startswith(b"<!doctype html>")


def test_a_page_is_made_anew_for_whatever_it_is_kept_under(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().get("/c/shanye/")
    request.user, here = cast.member, Here(cast.home, None, cast.member)
    request.META["CSRF_COOKIE"] = "k" * 32
    made: list[str] = []
    monkeypatch.setattr("kith.web.pages.kept.timezone.now", lambda: NOW)  # no minute ends meanwhile

    def facts() -> dict[str, Any]:
        made.append("page")
        return {"cards": "", "next": ""}

    def page(*under: object) -> int:
        module.kept(request, "feed_page.html", here, under=under, facts=facts)
        return len(made)

    assert (page(b"a", b"b"), page(b"a", b"b")) == (1, 1)
    assert (page(b"ab", b""), page(b"a", None), page(b"a", b"None")) == (2, 3, 4)
