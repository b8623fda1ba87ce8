"""What days of check-ins come to, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.connect import api as connect
from kith.connect.rules import checkins as rules

FIRST = date(2026, 11, 2)
DAYS = st.sets(st.integers(0, 40), max_size=25).map(lambda many: {FIRST + timedelta(days=n) for n in many})


def days(*numbers: int) -> set[date]:
    return {FIRST + timedelta(days=n) for n in numbers}


def test_a_run_that_stands_ends_today_or_yesterday() -> None:
    made = days(0, 1, 2, 5, 6)
    at = [rules.score(1, made, "streak", FIRST + timedelta(days=n)).now for n in (6, 7, 8)]
    assert at == [2, 2, 0]
    found = rules.score(1, made, "streak", FIRST + timedelta(days=6))
    assert (found.days, found.best, found.total) == (3, 3, 5)
    assert rules.score(1, made, "total", FIRST).days == 5


def test_a_prize_is_earned_on_the_day_that_fills_it() -> None:
    made = days(0, 1, 3, 4, 5)
    assert rules.earned_on(made, "streak", 3) == FIRST + timedelta(days=5)
    assert rules.earned_on(made, "total", 3) == FIRST + timedelta(days=3)
    assert rules.earned_on(made, "streak", 4) is None
    won = rules.winners({7: made, 8: days(0, 1, 2)}, "streak", rules.prizes(["3 → 书签"], 21))
    assert [(p.name, who, on) for p, who, on in won] == [("书签", 8, FIRST + timedelta(days=2)), ("书签", 7, FIRST + timedelta(days=5))]  # fmt: skip


def test_prizes_are_read_as_people_write_them() -> None:
    found = rules.prizes(["21天 → 一本书", "", "7：书签", "14 days = a pen"], 21)
    assert [(p.days, p.name) for p in found] == [(7, "书签"), (14, "a pen"), (21, "一本书")]
    for bad in ("书签", "30 → 太远", "0 → 无"):
        with pytest.raises(connect.BadPrize):
            rules.prizes([bad], 21)


def test_equals_share_a_rank() -> None:
    scores = [rules.score(n, days(*range(many)), "total", FIRST) for n, many in enumerate((3, 5, 3, 1), 1)]
    assert [(rank, s.person_id) for rank, s in rules.ranked(scores)] == [(1, 2), (2, 1), (2, 3), (4, 4)]


@given(DAYS, st.sampled_from(["streak", "total"]), st.integers(1, 30))
def test_what_is_earned_is_what_the_score_says(made: set[date], mode: str, wanted: int) -> None:
    found = rules.score(1, made, mode, FIRST)
    on = rules.earned_on(made, mode, wanted)
    assert (on is not None) == (found.days >= wanted)
    assert on is None or on in made
    missed = rules.missed(made, FIRST, FIRST + timedelta(days=40), FIRST + timedelta(days=41))
    assert len(missed) + len(made) == 41
    assert not set(missed) & made
