"""What there is to do today: a few things of different kinds, the most helpful first."""

from datetime import timedelta

import numpy as np
import pytest

from kith.lib.acts import NOBODY, Acts
from kith.see.data import Reason
from kith.see.rules.errands import ORDER, Burden, Helper, Leaving, Pair, Proposal, Signs, Unheard, chosen, proposals
from kith.see.rules.helping import helpers
from tests.see.conftest import NOW

REPLY, THANK, BACK = 0, 1, 2


def waits(person: int, hours: float, source: str = "post:1", *, newcomer: bool = True) -> Unheard:
    return Unheard(person, NOW - timedelta(hours=hours), source, newcomer)


def keys(signs: Signs) -> list[str]:
    return [p.key for p in proposals(signs, NOW)]


def test_newcomers_come_first_those_who_spoke_before_those_who_only_came_in_the_freshest_first() -> None:
    signs = Signs(
        unheard=[
            waits(1, 20, ""), waits(2, 13), waits(3, 30), waits(4, 90, "post:9", newcomer=False), waits(5, 90, ""),
            waits(6, 24 * 20), waits(7, 24 * 8, "post:7", newcomer=False),
        ]
    )  # fmt: skip
    assert keys(signs) == ["welcome:2", "welcome:3", "welcome:1", "welcome:5", "welcome:6", "answer:4:post:9"]
    found = {p.key: p for p in proposals(signs, NOW)}
    assert found["welcome:3"].reason == Reason("newcomer_unheard", {"hours": 30, "days": 1})
    assert found["welcome:1"].reason == Reason("newcomer_alone", {"hours": 20, "days": 0})
    assert (found["answer:4:post:9"].person_id, found["answer:4:post:9"].source) == (4, "post:9")


def test_who_is_likely_to_leave_is_called_when_something_would_be_lost() -> None:
    signs = Signs(leaving=[Leaving(1, 0.9, 0.0, 40, 5, 0), Leaving(2, 0.49, 9.0, 40, 5, 8), Leaving(3, 0.6, 2.0, 40, 5, 8), Leaving(4, 0.6, 5.0, 0, 5, 3)])  # fmt: skip
    assert keys(signs) == ["call:4", "call:3"]
    slowing, quiet = proposals(signs, NOW)
    assert slowing.reason == Reason("slowing", {"days": 0, "weeks": 5, "people": 3})
    assert quiet.reason == Reason("quiet", {"days": 40, "weeks": 5, "people": 8})


def test_thanks_are_due_to_who_mostly_hears_nothing_back() -> None:
    signs = Signs(helpers=[Helper(1, 9, 2, 0), Helper(2, 9, 4, 0), Helper(3, 8, 4, 5), Helper(4, 8, 4, 0), Helper(5, 6, 6, 0)])  # fmt: skip
    assert keys(signs) == ["thank:5", "thank:4", "thank:3"]


def test_the_centre_hands_over_when_a_quarter_of_the_energy_touches_it() -> None:
    assert keys(Signs(burden=Burden(24, 1, 2, 5))) == []
    [found] = proposals(Signs(burden=Burden(25, 1, 2, 5)), NOW)
    assert (found.key, found.person_id, found.other_id) == ("hand_over:2", 2, 1)


def test_two_to_introduce_are_named_with_whom_both_know() -> None:
    one, two = proposals(Signs(pairs=[Pair(1, 3, 5, 0.2, ("He",)), Pair(2, 3, 9, 0.4, ("He", "Ma", "Gu"))]), NOW)
    assert (one.key, one.reason.code, one.reason.facts["people"]) == ("introduce:3:9", "both_know_two", 3)
    assert (two.key, two.reason.code) == ("introduce:3:5", "both_know_one")
    assert two.reason.facts == {"one": "He", "two": "He", "people": 1, "introduction": 1}


def plain(kind: str, many: int) -> list[Proposal]:
    return [Proposal(kind, f"{kind}:{n}", n, many - n, Reason("unheard", {})) for n in range(many)]


def test_a_day_is_of_all_kinds_before_it_is_twice_of_one() -> None:
    all_kinds = [p for kind in ORDER for p in plain(kind, 3)]
    assert [p.key for p in chosen(all_kinds, (), [], 5)] == [f"{kind}:0" for kind in ORDER[:5]]
    assert [p.key for p in chosen(plain("welcome", 9), (), [], 5)] == ["welcome:0", "welcome:1"]
    assert [p.key for p in chosen(plain("call", 9) + plain("thank", 1), (), ["call"], 5)] == ["thank:0", "call:0"]
    assert [p.key for p in chosen(plain("call", 9), (), ["call", "call"], 5)] == []


@pytest.mark.parametrize("room", [0, -2])
def test_a_full_day_takes_nothing_more(room: int) -> None:
    assert chosen(plain("call", 9), (), [], room) == []


def test_what_is_open_or_rests_is_not_proposed_again() -> None:
    assert [p.key for p in chosen(plain("call", 4), {"call:0", "call:2"}, [], 5)] == ["call:1", "call:3"]


def acts(*rows: tuple[int, int, int]) -> Acts:
    actor, other, kind = zip(*rows, strict=True)
    return Acts(5, np.array(actor), np.array(other), np.ones(len(rows)), np.arange(len(rows), dtype=float), np.array(kind, np.int16))  # fmt: skip


def test_help_is_answered_by_any_act_back_after_it() -> None:
    found = helpers(
        acts((1, 0, BACK), (0, 1, REPLY), (0, 2, REPLY), (2, 0, THANK), (0, 3, REPLY), (0, 3, REPLY), (0, NOBODY, REPLY)),
        {REPLY}, THANK,
    )  # fmt: skip
    assert found == [Helper(0, 3, 2, 1)]


def test_nobody_helps_where_nobody_acts() -> None:
    none = acts((0, 1, BACK)).before(0)
    assert helpers(none, {REPLY}, THANK) == []
    assert helpers(acts((0, 1, BACK)), {REPLY}, THANK) == []
