"""Who is signed in, and until when: sign-out, expiry, a new password and a closed account end it at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from kith.people.api import Person
from kith.web.signed_in import SessionStore
from kith.web.signed_in import _homes as homes
from kith.web.signed_in import _last_seen as last_seen
from tests.conftest import Cast, signed_in
from tests.connect.talk import say


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def twin(client: Client) -> Client:
    """Return another browser with the same cookies: a copy of the key."""
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return other


@pytest.mark.parametrize("backend", settings.AUTHENTICATION_BACKENDS)
def test_one_stays_signed_in_however_one_came_in(cast: Cast, backend: str) -> None:
    client = Client()
    client.force_login(cast.member, backend=backend)
    assert is_in(client)
    assert is_in(twin(client))


def test_the_password_opens(cast: Cast) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": "su@example.org", "password": "wrong horse"})
    assert not is_in(client)
    client.post("/accounts/login/", {"login": "su@example.org", "password": "correct horse"})
    assert is_in(client)


def test_a_sign_out_holds_for_every_copy_of_the_key(cast: Cast) -> None:
    client = signed_in(cast.member)
    copy = twin(client)
    assert is_in(copy)
    client.post("/accounts/logout/")
    assert not is_in(copy)
    assert Session.objects.count() == 0


def test_time_ends_it(cast: Cast) -> None:
    client = signed_in(cast.member)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=60))
    assert is_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


def test_a_new_password_ends_it_everywhere_else(cast: Cast) -> None:
    client = signed_in(cast.member)
    cast.member.set_password("another horse")
    cast.member.save()
    assert not is_in(client)
    assert Session.objects.count() == 0


def test_a_closed_account_is_out_at_once_and_in_again_when_opened(cast: Cast) -> None:
    client = signed_in(cast.member)
    Person.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert not is_in(client)
    Person.objects.filter(pk=cast.member.pk).update(is_active=True)
    assert is_in(client)


def test_a_session_that_was_tampered_with_is_nobodys(cast: Cast) -> None:
    client, other = signed_in(cast.member), signed_in(cast.founder)
    mine = client.cookies[settings.SESSION_COOKIE_NAME].value
    data = Session.objects.get(session_key=mine).session_data
    for broken in ("", "x", data[:-1] + ("a" if data[-1] != "a" else "b"), data.rpartition(":")[0]):
        Session.objects.filter(session_key=mine).update(session_data=broken)
        assert not is_in(client), broken
    assert is_in(other)


def test_nobody_chooses_the_key_of_a_session(cast: Cast) -> None:
    store = SessionStore("chosen-by-somebody-else-1234567")
    assert store.load() == {}
    assert store.session_key is None
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosen-by-somebody-else-1234567"
    client.post("/accounts/login/", {"login": "su@example.org", "password": "correct horse"})
    assert not Session.objects.filter(session_key="chosen-by-somebody-else-1234567").exists()


def test_a_page_costs_one_query_for_who_reads_it_and_where(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.get("/c/shanye/about")
    asked: list[str] = []

    def noted(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(noted):
        client.get("/c/shanye/about")
    assert [sql.count("people_membership") for sql in asked if "django_session" in sql] == [1]


def test_a_wrong_guess_whose_a_key_is_shows_nobody_elses_place(cast: Cast) -> None:
    client = signed_in(cast.member)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    for guess in (cast.founder.pk, cast.enemy.pk, 0):
        last_seen[key] = guess
        assert client.get("/c/shanye/settings").status_code == 403
        assert client.get("/account").context is None
        assert "苏杭" in client.get("/account").content.decode()


def test_wrong_guesses_show_nobody_elses_feed(cast: Cast) -> None:
    say(cast, cast.member, "本社的米")
    client = signed_in(cast.member)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    shown = client.get("/c/shanye/").content.decode()
    assert "本社的米" in shown
    for guess, home in ((cast.member.pk, cast.rival.pk), (cast.enemy.pk, cast.home.pk), (cast.enemy.pk, cast.rival.pk)):
        last_seen[key], homes["shanye"] = guess, home
        again = client.get("/c/shanye/").content.decode()
        assert ("本社的米" in again, "苏杭" in again.split("<main", 1)[0]) == (True, True)
        assert homes["shanye"] == cast.home.pk


def test_a_key_that_ended_is_no_guess(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.get("/c/shanye/")
    copy = twin(client)
    client.post("/accounts/logout/")
    assert "苏杭" not in copy.get("/c/shanye/").content.decode().split("<main", 1)[0]
    assert not is_in(copy)
