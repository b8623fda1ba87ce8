"""Who stands where on the ladder: pure rules, among them what Discourse learned."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.gather import rules
from kith.gather.data import BadNeed, LadderValue, TierDraft, TierTwice, TierValue, UnknownMeasure

NOW = datetime(2026, 11, 20, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=15)
TIERS = (
    TierValue(11, "同行", 1, {"givers": 2}, by_hand=False, limits={}),
    TierValue(12, "同道", 2, {"givers": 10, "weeks": 6}, by_hand=False, limits={"posts_a_day": 9}),
    TierValue(13, "长老", 3, {}, by_hand=True, limits={}),
    TierValue(14, "脊梁", 4, {"givers": 20}, by_hand=False, limits={}),
)
LADDER = LadderValue(TIERS, rights={"link": 1, "start_circle": 2}, base_limits={"posts_a_day": 3})


@pytest.mark.parametrize(("times", "window", "spread"), [(8, 100, (2, 3)), (30, 100, (8, 10)), (500, 100, (125, 75))])
def test_acts_received_must_come_from_a_quarter_as_many_people_on_a_third_as_many_days(
    times: int, window: int, spread: tuple[int, int]
) -> None:
    assert rules.spread(times, window) == spread


def test_one_rises_at_once_over_several_tiers_and_past_one_given_by_hand() -> None:
    have = {"givers": 20, "weeks": 6}
    assert rules.decide(LADDER, 0, have, below_since=None, now=NOW).position == 4


def test_a_tier_needs_what_those_below_it_need() -> None:
    assert rules.reached({"givers": 50}, TIERS) == 1


@pytest.mark.parametrize(
    ("givers", "below_since", "position", "is_below"),
    [
        (9, None, 2, False),  # 0.9 of what is needed: nothing is lost
        (9, LONG_AGO, 2, False),  # and who has come back to it begins anew
        (8, None, 2, True),
        (8, NOW - timedelta(days=13), 2, True),  # grace
        (8, LONG_AGO, 1, False),
        (1, LONG_AGO, 0, False),
    ],
)
def test_a_tier_is_lost_only_below_nine_tenths_and_after_grace(
    givers: int, below_since: datetime | None, position: int, is_below: object
) -> None:
    found = rules.decide(LADDER, 2, {"givers": givers, "weeks": 6}, below_since=below_since, now=NOW)
    assert (found.position, found.below_since is not None) == (position, is_below)


def test_a_tier_given_by_hand_is_not_lost_by_measures() -> None:
    assert rules.decide(LADDER, 3, {}, below_since=LONG_AGO, now=NOW).position == 3


@given(st.dictionaries(st.sampled_from(["givers", "weeks"]), st.integers(0, 40)), st.integers(0, 4))
def test_who_is_decided_on_twice_moves_once(have: dict[str, int], position: int) -> None:
    first = rules.decide(LADDER, position, have, below_since=LONG_AGO, now=NOW)
    second = rules.decide(LADDER, first.position, have, below_since=first.below_since, now=NOW)
    assert second.position == first.position


def test_rights_begin_with_a_tier_and_staff_have_all() -> None:
    assert not rules.has_right(LADDER, "start_circle", position=1, is_staff=False)
    assert rules.has_right(LADDER, "start_circle", position=2, is_staff=False)
    assert rules.has_right(LADDER, "start_circle", position=0, is_staff=True)
    assert rules.has_right(LADDER, "picture", position=0, is_staff=False)
    assert not rules.has_right(LADDER, "invite", position=4, is_staff=False)


def test_limits_are_of_the_tier_one_stands_in() -> None:
    found = [rules.limit_of(LADDER, "posts_a_day", position=p, is_staff=False) for p in range(5)]
    assert found == [3, None, 9, None, None]


@pytest.mark.parametrize(
    ("drafts", "refusal"),
    [
        ([TierDraft("甲", {"posts": 3})], UnknownMeasure),
        ([TierDraft("甲", {"givers": 0})], BadNeed),
        ([TierDraft("甲"), TierDraft("甲")], TierTwice),
        ([TierDraft("甲", id=3), TierDraft("乙", id=3)], TierTwice),
    ],
)
def test_a_ladder_nobody_can_mean_is_refused(drafts: list[TierDraft], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.checked_drafts(drafts)


def test_the_proposal_asks_for_different_people_and_days_and_for_more_with_every_tier() -> None:
    needs = [d.needs for d in rules.proposed(["一", "二", "三"])]
    assert [n["givers"] for n in needs] == [2, 6, 15]
    assert [n["giver_days"] for n in needs] == [3, 8, 20]
