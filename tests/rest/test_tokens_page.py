"""The page where a person makes and revokes tokens."""

import re

from django.test import Client

from tests.conftest import Cast, signed_in

SECRET = re.compile(rb"kith_\w+_\w+")


def test_a_token_is_shown_once_works_and_is_revoked(cast: Cast) -> None:
    page = signed_in(cast.member)
    made = page.post("/account/tokens", {"name": "报表", "scopes": ["read"], "days": "30"})
    found = SECRET.search(made.content)
    assert found
    bearer = {"Authorization": f"Bearer {found[0].decode()}"}
    assert Client(headers=bearer).get("/api/v1/me").status_code == 200
    listed = page.get("/account/tokens").content
    assert "报表".encode() in listed
    assert not SECRET.search(listed)
    number = re.search(rb"/account/tokens/(\d+)/revoke", listed)
    assert number
    signed_in(cast.other).post(f"/account/tokens/{number[1].decode()}/revoke")
    assert Client(headers=bearer).get("/api/v1/me").status_code == 200, "somebody else's revoking does nothing"
    assert page.post(f"/account/tokens/{number[1].decode()}/revoke").status_code == 302
    assert Client(headers=bearer).get("/api/v1/me").status_code == 401


def test_a_token_without_a_scope_is_refused_in_words(cast: Cast) -> None:
    answer = signed_in(cast.member).post("/account/tokens", {"name": "x"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert b"Choose at least one scope" in answer.content


def test_a_stranger_is_led_to_sign_in() -> None:
    assert Client().get("/account/tokens").status_code == 302
