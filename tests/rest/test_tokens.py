"""Personal tokens: who holds one is the person, within its scopes, until it is revoked or expires."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from kith.rest import tokens
from kith.rest.data import (
    BadToken,
    ExpiresInThePast,
    NoScope,
    NoTokenName,
    TokenGone,
    TooManyTokens,
    UnknownScope,
    WiderThanMaker,
)
from kith.rest.models import Token as Row
from tests.conftest import NOW, Cast, signed_in
from tests.rest.calling import Calls


def test_a_token_speaks_for_its_person_and_only_its_digest_is_kept(cast: Cast) -> None:
    made = tokens.make(person=cast.member, name=" 周报 ", scopes=["write", "read", "read"], now=NOW)
    assert made.token.name == "周报"
    assert made.token.scopes == ("read", "write")
    kind, prefix, secret = made.secret.split("_")
    assert (kind, len(prefix), len(secret)) == ("kith", 8, 43)
    row = Row.objects.get()
    assert row.digest == tokens.digest(made.secret)
    assert secret not in " ".join(str(v) for v in vars(row).values())
    person, token = tokens.holder(secret=made.secret, now=NOW)
    assert (person.pk, token.id) == (cast.member.pk, made.token.id)


def test_a_revoked_or_expired_or_guessed_token_speaks_for_nobody(cast: Cast) -> None:
    revoked = tokens.make(person=cast.member, name="a", scopes=["read"], now=NOW)
    tokens.revoke(person=cast.member, token_id=revoked.token.id, now=NOW)
    expired = tokens.make(person=cast.member, name="b", scopes=["read"], now=NOW, expires_at=NOW + timedelta(days=1))
    tokens.holder(secret=expired.secret, now=NOW + timedelta(hours=23))
    for secret in (revoked.secret, expired.secret, expired.secret[:-1], "", "kith_x_\ud800", "x\0"):
        with pytest.raises(BadToken):
            tokens.holder(secret=secret, now=NOW + timedelta(days=1))
    assert [t.name for t in tokens.listed(person=cast.member)] == ["b"]


def test_the_token_of_a_person_who_may_not_sign_in_speaks_for_nobody(cast: Cast) -> None:
    secret = tokens.make(person=cast.member, name="a", scopes=["read"], now=NOW).secret
    cast.member.is_active = False
    cast.member.save()
    with pytest.raises(BadToken):
        tokens.holder(secret=secret, now=NOW)


def test_nobody_revokes_the_token_of_another(cast: Cast) -> None:
    made = tokens.make(person=cast.member, name="a", scopes=["read"], now=NOW)
    for person in (cast.founder, cast.enemy):
        with pytest.raises(TokenGone):
            tokens.revoke(person=person, token_id=made.token.id, now=NOW)
    assert [t.id for t in tokens.listed(person=cast.member)] == [made.token.id]


def test_bad_wishes_for_a_token_are_named(cast: Cast) -> None:
    for name, scopes, expires_at, error in [
        ("\u200b ", ["read"], None, NoTokenName),
        ("a", [], None, NoScope),
        ("a", ["root"], None, UnknownScope),
        ("a", ["read"], NOW, ExpiresInThePast),
    ]:
        with pytest.raises(error):
            tokens.make(person=cast.member, name=name, scopes=scopes, now=NOW, expires_at=expires_at)
    assert not Row.objects.exists()


def test_there_are_at_most_fifty(cast: Cast) -> None:
    for nth in range(50):
        tokens.make(person=cast.member, name=str(nth), scopes=["read"], now=NOW)
    with pytest.raises(TooManyTokens):
        tokens.make(person=cast.member, name="one more", scopes=["read"], now=NOW)
    tokens.revoke(person=cast.member, token_id=Row.objects.earliest("pk").pk, now=NOW)
    tokens.make(person=cast.member, name="in its place", scopes=["read"], now=NOW)


def test_a_token_makes_none_that_outdoes_it(cast: Cast) -> None:
    until = NOW + timedelta(days=1)
    maker = tokens.make(person=cast.member, name="a", scopes=["read", "admin"], now=NOW, expires_at=until).token
    for scopes, expires_at in [(["write"], until), (["read"], None), (["read"], until + timedelta(seconds=1))]:
        with pytest.raises(WiderThanMaker):
            tokens.make(person=cast.member, name="b", scopes=scopes, now=NOW, expires_at=expires_at, maker=maker)
    made = tokens.make(person=cast.member, name="b", scopes=["read"], now=NOW, expires_at=until, maker=maker)
    assert made.token.scopes == ("read",)


def test_the_use_is_noted_at_most_once_a_minute(cast: Cast) -> None:
    made = tokens.make(person=cast.member, name="a", scopes=["read"], now=NOW)
    for seconds, noted in [(0, 0), (59, 0), (60, 60), (61, 60)]:
        tokens.holder(secret=made.secret, now=NOW + timedelta(seconds=seconds))
        assert Row.objects.get().used_at == NOW + timedelta(seconds=noted)


def test_the_database_keeps_no_unknown_scope(cast: Cast) -> None:
    for scopes in (["root"], []):
        with pytest.raises(IntegrityError), transaction.atomic():
            Row.objects.create(person=cast.member, name="a", prefix="a", digest="b", scopes=scopes, made_at=NOW)


def test_a_token_may_do_what_its_scopes_say_and_no_more(cast: Cast) -> None:
    reads = Calls(cast.founder, "read")
    assert reads("GET", "/me")["name"] == "罗"
    refused = reads("POST", "/communities/shanye/posts", {"text": "好"})
    assert (reads.status, refused["error"], refused["facts"]) == (403, "ScopeMissing", {"scope": "write"})
    assert reads.headers["WWW-Authenticate"] == 'Bearer realm="kith", error="insufficient_scope", scope="write"'
    writes = Calls(cast.founder, "write")
    assert writes("POST", "/communities/shanye/posts", {"text": "好"})["text"] == "好"
    assert writes("POST", "/communities/shanye/invitations", {})["facts"] == {"scope": "admin"}
    assert writes("GET", "/me")["facts"] == {"scope": "read"}


def test_an_operator_takes_back_the_words_of_others_only_with_the_scope_admin(cast: Cast) -> None:
    said = Calls(cast.member)("POST", "/communities/shanye/posts", {"text": "好"})
    path = f"/communities/shanye/posts/{said['id']}"
    writes = Calls(cast.operator, "read", "write")
    assert writes("DELETE", path)["error"] == "ScopeMissing"
    assert writes("GET", path)["text"] == "好"
    admin = Calls(cast.operator, "write", "admin")
    admin("DELETE", path)
    assert admin.status == 204
    assert writes("GET", path)["error"] == "PostGone"


def test_tokens_are_made_listed_and_revoked_by_the_api(cast: Cast) -> None:
    calls = Calls(cast.member, "admin", "read")
    made = calls("POST", "/tokens", {"name": "周报", "scopes": ["read"], "expires_days": 7})
    assert calls.status == 201
    assert made["token"]["shown"] == "_".join(made["secret"].split("_")[:2])
    assert [t["name"] for t in calls("GET", "/tokens")] == ["周报", "tests"]
    assert "secret" not in str(calls("GET", "/tokens"))
    child = Client(headers={"Authorization": f"Bearer {made['secret']}"})
    assert child.get("/api/v1/me").json()["token"]["name"] == "周报"
    calls("DELETE", f"/tokens/{made['token']['id']}")
    assert calls.status == 204
    assert child.get("/api/v1/me").json()["error"] == "BadToken"
    assert calls("POST", "/tokens", {"name": "x", "scopes": ["write"]})["error"] == "WiderThanMaker"


def test_a_session_may_all_but_writes_only_with_the_anti_forgery_token(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.handler.enforce_csrf_checks = True
    assert client.get("/api/v1/me").json()["token"] is None
    address, text = "/api/v1/communities/shanye/posts", {"text": "好"}
    refused = client.post(address, text, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]) == (403, "StaleForm")
    client.cookies["csrftoken"] = key = "a" * 32
    sent = client.post(address, text, content_type="application/json", headers={"X-CSRFToken": key})
    assert (sent.status_code, sent.json()["text"]) == (201, "好")


def test_a_token_needs_no_anti_forgery_token_and_wins_over_the_session(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.handler.enforce_csrf_checks = True
    secret = tokens.make(person=cast.founder, name="a", scopes=["read", "write"], now=timezone.now()).secret
    said = client.post(
        "/api/v1/communities/shanye/posts", {"text": "好"}, content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )  # fmt: skip
    assert said.json()["author"]["name"] == "罗"
    refused = client.get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})
    assert (refused.status_code, refused.json()["error"]) == (401, "BadToken")
