"""Invented communities have the size asked for and shapes like real ones."""

import numpy as np
import pytest

from kith.lib.acts import NOBODY
from kith.lib.contacts import contacts
from kith.lib.synthetic import synthetic

UNTIL = 1_790_000_000.0


def test_the_same_seed_gives_the_same_community_and_another_seed_another() -> None:
    one, same, other = (synthetic(500, 5000, until=UNTIL, seed=seed).acts for seed in (1, 1, 2))
    assert np.array_equal(one.at, same.at)
    assert np.array_equal(one.other, same.other)
    assert not np.array_equal(one.at, other.at)


def test_acts_rise_in_time_and_end_before_the_moment_and_nobody_acts_toward_themselves() -> None:
    found = synthetic(800, 20_000, until=UNTIL)
    acts = found.acts
    assert len(acts) == 20_000
    assert (np.diff(acts.at) >= 0).all()
    assert acts.at[-1] < UNTIL
    assert (acts.at >= found.joined_at[acts.actor] - 1).all()
    assert (acts.other != acts.actor).all()
    assert acts.other.min() == NOBODY
    assert acts.other.max() < 800


def test_a_few_act_much_and_who_is_turned_to_turns_back() -> None:
    acts = synthetic(2000, 60_000, until=UNTIL).acts
    gave = np.sort(np.bincount(acts.actor, minlength=2000))[::-1]
    assert gave[:200].sum() > 0.3 * len(acts)
    assert (gave == 0).sum() > 100
    pairs = contacts(acts).within(-np.inf, np.inf)
    assert 0.4 < pairs.two_way.mean() < 0.9


@pytest.mark.parametrize(("people", "acts"), [(0, 0), (1, 10), (2, 1), (2, 10), (3, 100)])
def test_the_smallest_communities_are_made_too(people: int, acts: int) -> None:
    found = synthetic(people, acts, until=UNTIL)
    assert found.acts.people == len(found.joined_at) == people
    assert len(found.acts) == (acts if people > 1 else 0)
