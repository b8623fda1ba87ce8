"""Open pages are told what happened, after it holds and never before."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings as live_settings
from django.db import connection, transaction

from kith.connect import api as connect
from kith.connect.api import CHANNEL, Happening
from kith.connect.models import News
from tests.conftest import NOW, settle
from tests.connect.talk import answer, key, say

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def listener(committed: None) -> Iterator["psycopg.Connection[tuple[str]]"]:
    parts = connection.get_connection_params()
    known = {k: v for k, v in parts.items() if k in {"host", "port", "user", "password", "dbname"}}
    assert live_settings.DATABASES["default"]["ENGINE"] == "kith.settings.postgresql"
    with psycopg.connect(**known, autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        yield listening


def heard(listener: "psycopg.Connection[tuple[str]]", seconds: float = 0.3) -> list[str]:
    """Return what was announced to all; bells ring for one."""
    payloads = [n.payload for n in listener.notifies(timeout=seconds, stop_after=None)]
    return [p for p in payloads if " bell " not in p]


def test_everything_that_shows_is_told_in_order(listener: "psycopg.Connection[tuple[str]]") -> None:
    cast = settle()
    ask = say(cast, cast.member, kind="ask")
    reply = answer(cast, cast.other, ask.id)
    connect.thank(community=cast.home, post_id=reply.id, by=cast.member, now=NOW)
    connect.accept(community=cast.home, post_id=ask.id, answer_id=reply.id, by=cast.member, now=NOW)
    connect.edit(community=cast.home, post_id=reply.id, text="改", by=cast.other, now=NOW)
    connect.delete(community=cast.home, post_id=reply.id, by=cast.other, now=NOW)
    told = connect.news_since(cast.home.pk, 0)
    kinds = [("post", ask.id), *[(kind, reply.id) for kind in ("reply", "thank", "answer", "edit", "delete")]]
    assert [(n.kind, n.post_id) for n in told] == kinds
    assert {n.root_id for n in told} == {ask.id}
    assert heard(listener) == [f"{cast.home.pk} {n.id} {n.kind} {n.root_id} {n.post_id}" for n in told]
    assert connect.news_since(cast.home.pk, told[-2].id) == [Happening(told[-1].id, "delete", ask.id, reply.id)]
    assert connect.news_since(cast.rival.pk, 0) == []


def test_nothing_is_told_of_what_was_rolled_back(listener: "psycopg.Connection[tuple[str]]") -> None:
    cast = settle()
    root = say(cast, cast.other)
    assert len(heard(listener)) == 1
    with transaction.atomic():
        said = say(cast, cast.member)
        answer(cast, cast.member, root.id)
        assert connect.one(cast.home, said.id, reader=None).id == said.id
        transaction.set_rollback(True)
    assert heard(listener) == []
    assert News.objects.count() == 1


def test_nothing_is_told_before_it_holds(listener: "psycopg.Connection[tuple[str]]") -> None:
    cast = settle()
    with transaction.atomic():
        say(cast, cast.member)
        assert heard(listener) == []
        assert News.objects.count() == 0
    assert len(heard(listener)) == News.objects.count() == 1


def test_the_same_draft_is_told_once(listener: "psycopg.Connection[tuple[str]]") -> None:
    cast = settle()
    root, k = say(cast, cast.other), key()
    for _ in range(2):
        answer(cast, cast.member, root.id, key=k)
    assert len(heard(listener)) == 2


def test_what_fails_to_be_told_was_said_nevertheless(
    listener: "psycopg.Connection[tuple[str]]", caplog: pytest.LogCaptureFixture
) -> None:
    cast = settle()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE connect_news ADD CONSTRAINT silent CHECK (id < 0) NOT VALID")
    try:
        with transaction.atomic():
            said = say(cast, cast.member)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE connect_news DROP CONSTRAINT silent")
    assert connect.one(cast.home, said.id, reader=None).text == said.text
    assert "silent" in caplog.text


def test_news_are_kept_a_day() -> None:
    cast = settle()
    say(cast, cast.member, now=NOW - timedelta(days=1, seconds=1))
    kept = say(cast, cast.member, now=NOW - timedelta(hours=23))
    assert connect.sweep_news(now=NOW) == 1
    assert [n.post_id for n in connect.news_since(cast.home.pk, 0)] == [kept.id]
