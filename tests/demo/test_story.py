"""The story is that of a living community, and the same seed tells the same one."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest

from kith.demo.data import KINDS, Accepted, Posted, Thanked
from kith.demo.story import story
from tests.demo.told import NOW, posts, replies, texts, told

CHINA = timezone(timedelta(hours=8))
MINE = {p.key: p for p in told().people}


def test_the_same_seed_tells_the_same_story() -> None:
    assert story(NOW) == told()


def test_another_seed_tells_another() -> None:
    other = story(NOW, seed=7)
    assert other.people != told().people
    assert other.events != told().events


@pytest.mark.parametrize("month", range(1, 13))
def test_at_any_time_of_the_year_every_conversation_finds_its_place(month: int) -> None:
    now = datetime(2027, month, 11, 18, 40, tzinfo=UTC)
    tale = story(now)
    assert 325 <= len(posts(tale)) <= 335
    assert 1_500 <= len(texts(tale)) <= 2_500
    assert 1_300 <= sum(isinstance(e, Thanked) for e in tale.events) <= 1_900
    assert max(e.at for e in tale.events) <= now
    assert now - timedelta(days=430) < min(e.at for e in tale.events) < now - timedelta(days=423)


def test_it_begins_with_the_founder_opening_the_place() -> None:
    first = posts(told())[0]
    assert (first.author, first.text.splitlines()[0]) == ("lin", "今天开这个地方。")


def test_the_newest_post_is_minutes_old() -> None:
    assert NOW - posts(told())[-1].at == timedelta(minutes=23)


def test_three_hundred_people_live_in_six_cities() -> None:
    cities = Counter(p.city for p in told().people)
    assert sum(cities.values()) == 300
    assert set(cities) == {"成都", "上海", "杭州", "重庆", "广州", "昆明"}
    assert min(cities.values()) >= 15


def test_there_are_people_of_every_kind_and_two_tongues() -> None:
    kinds = Counter(p.kind for p in told().people)
    assert set(kinds) == set(KINDS)
    assert kinds["founder"] == 1
    assert kinds["super"] == 5
    assert 15 <= kinds["newcomer"] <= 20
    assert 30 <= kinds["faded"] <= 40
    assert 30 <= sum(p.language == "en" for p in told().people) <= 65


def test_nobody_shares_a_name() -> None:
    assert len({p.handle.casefold() for p in told().people}) == 300


def test_events_are_in_order_and_every_key_is_known_before_it_is_used() -> None:
    known: set[str] = set()
    moments = [e.at for e in told().events]
    assert moments == sorted(moments)
    for e in told().events:
        match e:
            case Thanked(post=post):
                assert post in known
            case Accepted(post=post, reply=reply):
                assert {post, reply} <= known
            case Posted():
                known.add(e.key)
            case _:
                assert {e.post, e.to} <= known
                assert e.quotes in known | {""}
                known.add(e.key)


def test_nobody_speaks_before_they_came() -> None:
    for e in texts(told()):
        assert e.at > MINE[e.author].joined_at, e
    for t in told().events:
        if isinstance(t, Thanked):
            assert t.at > MINE[t.by].joined_at, t


def test_a_few_do_much_and_most_do_little() -> None:
    done = Counter(e.author for e in texts(told()))
    ranked = sorted(done.values(), reverse=True)
    assert ranked[0] <= 0.08 * sum(ranked)
    assert 0.40 <= sum(ranked[:30]) / sum(ranked) <= 0.70
    assert sorted(ranked)[len(ranked) // 2] <= 5


def test_it_began_with_one_man_and_became_many() -> None:
    start = told().events[0].at
    first = [e.author for e in posts(told()) if e.at < start + timedelta(days=45)]
    assert first.count("lin") / len(first) >= 0.3
    late = [e.author for e in posts(told()) if e.at > NOW - timedelta(days=90)]
    assert late.count("lin") / len(late) <= 0.08
    assert len(set(late)) >= 50


def test_one_person_bridges_two_cities_that_hardly_speak() -> None:
    author = {e.key: e.author for e in texts(told())}
    pairs = [(e.author, author[e.to]) for e in replies(told())]
    between = [pair for pair in pairs if {MINE[pair[0]].city, MINE[pair[1]].city} == {"重庆", "昆明"}]
    assert len(between) >= 20
    assert sum("tang" in pair for pair in between) / len(between) >= 0.6


def test_people_answer_mostly_in_their_own_circles() -> None:
    author = {e.key: MINE[e.author] for e in texts(told())}
    pairs = [(MINE[e.author], author[e.to]) for e in replies(told()) if MINE[e.author] is not author[e.to]]
    near = sum(a.city == b.city or a.circle == b.circle for a, b in pairs)
    assert 0.5 <= near / len(pairs) <= 0.9


def test_who_has_faded_was_there_and_is_silent_for_sixty_days() -> None:
    faded = {p.key for p in told().people if p.kind == "faded"}
    did = Counter(e.author for e in texts(told()) if e.author in faded)
    assert sum(did[key] >= 3 for key in faded) >= 24
    silent_since = NOW - timedelta(days=60)
    assert [e for e in texts(told()) if e.author in faded and e.at > silent_since] == []
    assert [e for e in told().events if isinstance(e, Thanked) and e.by in faded and e.at > silent_since] == []


def test_newcomers_have_come_within_a_month_and_spoken() -> None:
    spoken = {e.author for e in texts(told())}
    for p in told().people:
        if p.kind == "newcomer":
            assert p.joined_at > NOW - timedelta(days=28)
    assert sum(p.key in spoken for p in told().people if p.kind == "newcomer") >= 14


def test_those_who_only_read_never_write_but_thank() -> None:
    lurkers = {p.key for p in told().people if p.kind == "lurker"}
    assert not lurkers & {e.author for e in texts(told())}
    assert len(lurkers & {e.by for e in told().events if isinstance(e, Thanked)}) >= 30


def test_most_asks_are_answered_within_a_day_and_some_never() -> None:
    first: dict[str, datetime] = {}
    asked = {e.key: e for e in posts(told()) if e.kind == "ask"}
    for e in replies(told()):
        if e.post in asked and e.author != asked[e.post].author:
            first.setdefault(e.post, e.at)
    soon = [k for k, e in asked.items() if k in first and first[k] - e.at < timedelta(hours=24)]
    assert 0.8 <= len(soon) / len(asked) <= 0.96
    assert len(asked) - len(first) >= 8


def test_accepted_answers_stand_under_asks_of_others() -> None:
    author = {e.key: e.author for e in texts(told())}
    kind = {e.key: e.kind for e in posts(told())}
    accepted = [e for e in told().events if isinstance(e, Accepted)]
    assert len(accepted) >= 80
    assert all(kind[e.post] == "ask" and author[e.reply] != author[e.post] for e in accepted)


def test_nobody_thanks_themselves_or_twice() -> None:
    author = {e.key: e.author for e in texts(told())}
    thanks = [e for e in told().events if isinstance(e, Thanked)]
    assert not [e for e in thanks if author[e.post] == e.by]
    assert len({(e.post, e.by) for e in thanks}) == len(thanks)
    assert 0.35 <= sum(bool(e.why) for e in thanks) / len(thanks) <= 0.8


def test_no_text_stands_twice_in_the_feed() -> None:
    said = Counter(e.text for e in texts(told()))
    assert [text for text, times in said.items() if times > 1] == []


def test_days_and_weeks_have_their_rhythm() -> None:
    hours = Counter(e.at.astimezone(CHINA).hour for e in texts(told()))
    assert sum(hours[h] for h in range(1, 7)) / sum(hours.values()) <= 0.03
    assert sum(hours[h] for h in range(19, 24)) / sum(hours.values()) >= 0.25
    days = Counter(e.at.astimezone(CHINA).weekday() for e in posts(told()))
    assert days[5] < sum(days.values()) / 7


def test_no_slot_is_left_unfilled() -> None:
    assert [e.text for e in texts(told()) if re.search(r"[{}]", e.text)] == []


def test_people_call_and_quote_one_another() -> None:
    handles = {p.handle for p in told().people}
    called = [m for e in replies(told()) for m in re.findall(r"@([\w-]+)", e.text)]
    assert len(called) >= 100
    assert set(called) <= handles
    assert sum(bool(e.quotes) for e in replies(told())) >= 100
