"""Whole pages kept: made once for what they show, and never with the tokens of another request."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from kith.web.pages import kept as module
from kith.web.pages.guard import Here
from kith.web.pieces import NotPlain
from tests.conftest import Cast, signed_in

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


def test_what_cannot_name_all_it_shows_is_refused(cast: Cast) -> None:
    request = RequestFactory().get("/")
    request.user, here = cast.member, Here(cast.home, None, cast.member)
    with pytest.raises(NotPlain):
        module.kept(request, "feed.html", here, live="", teaser=object())


def test_long_texts_that_differ_are_other_pages() -> None:
    one, other = module._named("米" * 300), module._named("米" * 299 + "酒")  # noqa: SLF001 -- what keeps pages apart
    assert one != other
    assert module._named({"a": ("米", 1, None)}) == (("a", ("米", 1, None)),)  # noqa: SLF001
