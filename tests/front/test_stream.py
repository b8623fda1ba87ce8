"""What open pages hear."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from kith.connect.api import CHANNEL, post, reply, sweep_news
from kith.connect.models import News
from tests.conftest import NOW, Cast
from tests.front.serving import Ear, Event, Server, front, key_of, listen, until

TEXT = "今天上山吗？"


def say(people: Cast, text: str = TEXT) -> int:
    return post(community=people.home, text=text, by=people.member, now=NOW).id


def opened(server: Server, people: Cast, last_id: int | None = None, more: str = "") -> Ear:
    ear = listen(server, people.home.slug, key_of(people.home, people.member), last_id=last_id, more=more)
    assert ear.answer.status == 200
    return ear if last_id is not None or more else ear.greeted()


def newest() -> int:
    return News.objects.order_by("-pk").values_list("pk", flat=True)[0]


def test_a_post_and_a_reply_are_heard_once_they_hold(server: Server, people: Cast) -> None:
    ear = opened(server, people)
    root = say(people)
    answer = reply(community=people.home, to=root, text="上！", by=people.other, now=NOW)
    ids = list(News.objects.order_by("pk").values_list("pk", flat=True))
    assert ear.event() == Event("post", ids[0], {"root": root, "post": root})
    heard = [ear.event(), ear.event()]  # whom it answers hears the bell as well, before or after
    assert Event("reply", ids[1], {"root": root, "post": answer.id}) in heard
    ear.close()


def test_what_is_rolled_back_is_never_heard(server: Server, people: Cast) -> None:
    ear = opened(server, people)
    with transaction.atomic():
        say(people, "这句收回。")
        transaction.set_rollback(True)
    held = say(people)
    assert ear.event() == Event("post", newest(), {"root": held, "post": held})
    ear.close()


def test_nothing_of_another_community_is_heard(server: Server, people: Cast) -> None:
    ear = opened(server, people)
    post(community=people.rival, text="对岸的话", by=people.enemy, now=NOW)
    mine = say(people)
    found = ear.event()
    assert found is not None
    assert found.data["post"] == mine
    ear.close()


def test_the_stream_speaks_as_browsers_and_proxies_expect(server: Server, people: Cast) -> None:
    ear = opened(server, people)
    assert ear.answer.headers["Content-Type"] == "text/event-stream"
    assert ear.answer.headers["Cache-Control"] == "no-store"
    assert ear.answer.headers["X-Accel-Buffering"] == "no"
    assert 1000 <= ear.retry < 5000
    ear.close()


def test_who_comes_back_hears_what_was_missed(server: Server, people: Cast) -> None:
    ear = opened(server, people)
    first = say(people)
    assert ear.event() is not None
    ear.close()
    missed = [say(people, f"第{n}句") for n in range(3)]
    again = opened(server, people, last_id=ear.last_id)
    assert [again.event() for _ in missed] == [
        Event("post", ear.last_id + n, {"root": p, "post": p}) for n, p in enumerate(missed, 1)
    ]
    later = say(people)
    found = again.event()
    assert found is not None
    assert found.data["post"] == later
    assert first not in missed
    again.close()


def test_a_server_that_was_not_there_replays_from_the_table(server: Server, people: Cast, tmp_path: Path) -> None:
    say(people)
    before = newest()
    missed = [say(people, f"第{n}句") for n in range(3)]
    with front(tmp_path) as fresh:
        for last_id, more in ((before, ""), (None, f"&after={before}")):
            ear = opened(fresh, people, last_id, more)
            assert [e and e.data["post"] for e in (ear.event(), ear.event(), ear.event())] == missed
            ear.close()


def test_who_heard_nothing_yet_knows_where_they_stand(server: Server, people: Cast) -> None:
    say(people)
    ear = opened(server, people)
    assert ear.last_id == newest()
    ear.close()


def test_the_header_is_newer_than_the_address(server: Server, people: Cast) -> None:
    say(people)
    old = newest()
    say(people)
    middle = newest()
    last = say(people)
    ear = opened(server, people, last_id=middle, more=f"&after={old}")
    found = ear.event()
    assert found is not None
    assert found.data["post"] == last
    ear.close()


@pytest.mark.parametrize("last", ["99999999", "0x1", "-3", "9" * 40, "十二"])
def test_an_id_nobody_gave_makes_the_page_load_anew(server: Server, people: Cast, last: str) -> None:
    say(people)
    ear = opened(server, people, more=f"&after={last}" if last.isascii() else "&after=%E5%8D%81")
    assert ear.event() == Event("reset", newest(), {})
    ear.close()


def test_who_was_away_too_long_loads_anew(server: Server, people: Cast) -> None:
    say(people)
    old = newest()
    say(people)
    assert sweep_news(now=NOW + timedelta(days=2)) == 2
    now = say(people)
    ear = opened(server, people, last_id=old)
    assert ear.event() == Event("reset", newest(), {})
    later = say(people)
    found = ear.event()
    assert found is not None
    assert found.data["post"] == later != now
    ear.close()


def test_who_missed_too_much_loads_anew(server: Server, people: Cast, tmp_path: Path) -> None:
    root = say(people)
    old = newest()
    News.objects.bulk_create(
        News(community=people.home, kind="thank", root_id=root, post_id=root, at=NOW) for _ in range(201)
    )
    with front(tmp_path) as fresh:
        ear = opened(fresh, people, last_id=old)
        assert ear.event() == Event("reset", newest(), {})
        ear.close()
        ear = opened(fresh, people, last_id=old + 1)
        heard = [ear.event() for _ in range(200)]
        assert heard[-1] == Event("thank", newest(), {"root": root, "post": root})
        ear.close()


def test_a_quiet_line_is_kept_warm(server: Server, people: Cast) -> None:
    ear = opened(server, people)
    for _ in range(2):
        assert ear.answer.readline() == b":\n"
        assert ear.answer.readline() == b"\n"
    ear.close()


def test_two_hundred_listeners_each_hear_everything(server: Server, people: Cast) -> None:
    token = key_of(people.home, None)
    people.home.visible_to = "public"
    people.home.save()
    ears = [listen(server, people.home.slug, token).greeted() for _ in range(200)]
    said = [say(people, f"第{n}句") for n in range(5)]
    for ear in ears:
        assert [e and e.data["post"] for e in (ear.event() for _ in said)] == said
        ear.close()


def test_a_listener_who_does_not_read_is_dropped_and_nobody_waits_for_it(
    server: Server, people: Cast, tmp_path: Path
) -> None:
    with front(tmp_path, per_person=2, stuck_seconds=1) as small:
        slow, quick = opened(small, people), opened(small, people)
        refused = listen(small, people.home.slug, key_of(people.home, people.member))
        assert refused.answer.status == 503
        refused.close()
        number = 0

        def announce() -> None:
            nonlocal number
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_notify(%s, format('%%s %%s thank 1 1', %s::text, n)) FROM generate_series(%s, %s) n",
                    [CHANNEL, people.home.pk, 10**9 + number, 10**9 + number + 9999],
                )
            number += 10_000
            while (found := quick.event()) and found.id < 10**9 + number - 1:
                pass
            assert found is not None

        def has_room() -> bool:
            announce()
            third = listen(small, people.home.slug, key_of(people.home, people.member))
            third.close()
            return third.answer.status == 200

        until(has_room, "the slow listener to be dropped")
        held = say(people)
        last = quick.event()
        assert last is not None
        assert last.data["post"] == held
        while slow.event():
            pass
        slow.close()
        quick.close()


def test_a_lost_database_is_found_again_and_nothing_is_missed(server: Server, people: Cast) -> None:
    ear = opened(server, people)
    # Written without a NOTIFY: as good as one that was sent while nobody could hear it.
    unheard = News.objects.create(community=people.home, kind="edit", root_id=7, post_id=8, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
        assert cursor.fetchone()[0] >= 1
    assert ear.event() == Event("edit", unheard.pk, {"root": 7, "post": 8})
    held = say(people)
    assert ear.event() == Event("post", newest(), {"root": held, "post": held})
    again = opened(server, people)
    again.close()
    ear.close()


def test_a_stream_ends_when_its_pass_does(server: Server, people: Cast) -> None:
    soon = datetime.now(UTC) - timedelta(hours=12) + timedelta(seconds=3)
    ear = listen(server, people.home.slug, key_of(people.home, people.member, soon)).greeted()
    assert ear.event() is None
    again = listen(server, people.home.slug, key_of(people.home, people.member, soon))
    assert again.answer.status == 404
    again.close()
    ear.close()


def test_who_was_removed_is_not_let_in_again(server: Server, people: Cast, tmp_path: Path) -> None:
    with front(tmp_path, life_seconds=1, beat_seconds=1) as brief:
        token = key_of(people.home, people.other)
        ear = listen(brief, people.home.slug, token).greeted()
        people.home.memberships.filter(person=people.other).delete()
        assert ear.event() is None
        again = listen(brief, people.home.slug, token)
        assert again.answer.status == 404
        again.close()
        ear.close()
