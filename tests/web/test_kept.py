"""Whole pages kept: made once for what they show, and never with the tokens of another request."""

import re
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


def test_a_kept_page_carries_the_tokens_of_each_request(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    put = cache.set

    def noted(key: str, *rest: Any) -> None:
        made.append(key)
        put(key, *rest)

    monkeypatch.setattr(cache, "set", noted)
    client = signed_in(cast.member)
    client.get("/c/shanye/")  # leaves what stands around the posts
    first, second = (client.get("/c/shanye/").content.decode() for _ in range(2))
    assert len([k for k in made if k.startswith("page:") and "feed.html" in k]) == 1
    assert found(TOKEN, first) != found(TOKEN, second)
    assert found(STREAM, first)
    assert found(STREAM, second)
    assert module.TOKEN not in first + second
    assert module.LIVE not in first + second


def test_a_page_is_made_anew_for_whatever_it_is_kept_under(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().get("/c/shanye/")
    request.user, here = cast.member, Here(cast.home, None, cast.member)
    made: list[str] = []
    monkeypatch.setattr("kith.web.pages.kept.timezone.now", lambda: NOW)  # no minute ends meanwhile

    def facts() -> dict[str, Any]:
        made.append("page")
        return {"cards": "", "next": ""}

    def page(*under: object) -> int:
        module.kept(request, "feed_page.html", here, live="", under=under, facts=facts)
        return len(made)

    assert (page(b"a", b"b"), page(b"a", b"b")) == (1, 1)
    assert (page(b"ab", b""), page(b"a", None), page(b"a", b"None")) == (2, 3, 4)
