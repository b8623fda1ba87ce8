"""The daily report: what it finds, who is in it, and when it is told."""

from datetime import date, datetime, timedelta

import pytest

from kith.connect import api as connect
from kith.people import api as people
from tests.conftest import NOW, Cast

ON = date(2026, 11, 19)
THEN = NOW - timedelta(days=1)


def talked(cast: Cast, then: datetime = THEN) -> int:
    """Have a day of six messages in two threads, one of them an ask."""
    home = cast.home
    ask = connect.post(community=home, text="谁有去昆明的车？", kind="ask", by=cast.member, now=then)
    talk = connect.post(community=home, text="阳台堆肥怎么不臭", by=cast.core, now=then)
    for by in (cast.member, cast.other, cast.founder):
        connect.reply(community=home, to=talk.id, text="加点土", by=by, now=then + timedelta(minutes=5))
    connect.reply(community=home, to=ask.id, text="我问问", by=cast.core, now=then + timedelta(minutes=9))
    return talk.id


def report(cast: Cast, now: datetime = NOW) -> connect.Daily:
    return connect.daily_report(community=cast.home, on=ON, now=now)


def test_a_day_has_topics_people_and_open_asks(cast: Cast) -> None:
    talk = talked(cast)
    found = report(cast)
    assert found.numbers == connect.DayNumbers(6, 4, 4)
    assert (found.topics[0].post_id, found.topics[0].title, found.topics[0].people) == (talk, "阳台堆肥怎么不臭", 4)
    assert [(p.who.name, p.others) for p in found.people][:2] == [("何以南", 3), ("苏杭", 1)]
    assert [(a.title, a.who.name, a.replies) for a in found.asks] == [("谁有去昆明的车？", "苏杭", 1)]


def test_it_is_kept_and_made_anew_when_lines_came_in_later(cast: Cast) -> None:
    talked(cast)
    assert report(cast).numbers.messages == 6
    connect.post(community=cast.home, text="补记", by=cast.other, now=THEN)
    assert report(cast).numbers.messages == 7


def test_who_hides_later_and_what_is_deleted_later_are_left_out(cast: Cast) -> None:
    talk = talked(cast)
    report(cast)
    people.choose_sight(community=cast.home, person_id=cast.core.pk, hides_rank=True, refuses_measures=False)
    connect.delete(community=cast.home, post_id=talk, by=cast.core, now=NOW)
    found = report(cast)
    assert "何以南" not in [p.who.name for p in found.people]
    assert talk not in [t.post_id for t in found.topics]


def test_a_day_of_few_words_tells_only_asks(cast: Cast) -> None:
    connect.post(community=cast.home, text="谁在？", kind="ask", by=cast.member, now=THEN)
    found = report(cast)
    assert (found.is_told, found.topics, found.people, len(found.asks)) == (False, (), (), 1)
    assert connect.tell_daily(community=cast.home, now=NOW) is False


def test_the_record_is_told_once(cast: Cast) -> None:
    talked(cast)
    assert connect.tell_daily(community=cast.home, now=NOW)
    assert not connect.tell_daily(community=cast.home, now=NOW + timedelta(hours=1))
    (deed,) = people.deeds_of(cast.home, subject="day:2026-11-19")
    assert (deed.kind, deed.by_id, dict(deed.detail)) == ("connect.daily", None, {"messages": 6})


def test_there_is_no_report_of_tomorrow_or_of_before(cast: Cast) -> None:
    for on in (date(2026, 11, 21), date(2020, 1, 1)):
        with pytest.raises(connect.NoSuchDay):
            connect.daily_report(community=cast.home, on=on, now=NOW)


def test_the_other_community_is_not_in_it(cast: Cast) -> None:
    talked(cast)
    for n in range(6):
        connect.post(community=cast.rival, text=f"对岸{n}", by=cast.enemy, now=THEN)
    assert report(cast).numbers.messages == 6


def test_the_text_says_it_all_in_the_readers_language(cast: Cast) -> None:
    from django.utils import translation  # noqa: PLC0415 -- the settings are loaded only now

    talked(cast)
    with translation.override("en"):
        said = connect.daily_words(cast.home, report(cast), address="https://k.example/d")
    assert said.text.splitlines()[0] == "【山野社 · daily】Thu, Nov 19"
    assert "1. 阳台堆肥怎么不臭" in said.text
    assert "· nobody" not in said.text
    assert said.text.endswith("Read on: https://k.example/d")
