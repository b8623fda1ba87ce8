"""Newcomers who are answered, those who are not, and who waits."""

from dataclasses import replace

from kith.lib.acts import DAY_SECONDS, NOBODY
from kith.see.rules.report.newcomers import newcomers
from kith.see.rules.report.numbers import numbers
from tests.see.report.readings import reading, roll

HOUR = 1 / 24


def many() -> list[tuple[float, int, int]]:
    """Twelve newcomers answered within a day, nine of whom return; ten answered later or never, two of whom return."""
    lines = [(0.0, 0, NOBODY)]
    for i in range(12):
        lines += [(10.0 + i, 1 + i, NOBODY), (10.5 + i, 0, 1 + i)]
    lines += [(12.0 + i, 1 + i, 0) for i in range(9)]
    for i in range(10):
        lines += [(40.0 + i, 13 + i, NOBODY)]
    lines += [(42.0, 0, 13), (60.0, 13, NOBODY), (61.0, 14, NOBODY)]
    return lines


def test_returns_of_the_answered_stand_beside_those_of_the_others() -> None:
    found = newcomers(reading(23, many(), day=300))
    assert (found.n, found.n_answered, found.n_unanswered) == (23, 12, 11)
    assert found.answered_24h == 12 / 23
    assert found.return_answered == 9 / 12
    assert found.return_unanswered == 3 / 11  # the founder came back too


def test_a_talk_that_runs_past_midnight_is_no_return() -> None:
    lines = [(0.99 + 3 * i, 1 + i, NOBODY) for i in range(10)] + [(1.2 + 3 * i, 1 + i, NOBODY) for i in range(10)]
    assert newcomers(reading(11, lines, day=300)).return_unanswered == 0.0


def test_fewer_than_ten_have_no_share() -> None:
    found = newcomers(reading(3, [(0.0, 0, NOBODY), (0.1, 1, 0), (1.0, 1, 0)], day=200))
    assert (found.answered_24h, found.return_answered, found.return_unanswered) == (None, None, None)
    assert (found.n, found.n_answered, found.n_unanswered) == (2, 1, 1)


def test_who_waits_longer_than_twelve_hours_stands_first_and_then_the_newest() -> None:
    lines = [
        (90.0, 0, NOBODY),
        (99.0, 1, NOBODY),
        (99.8, 2, NOBODY),
        (98.0, 3, NOBODY),
        (97.0, 4, NOBODY),
        (97.1, 0, 4),
    ]
    told = reading(6, lines, day=100, members=roll(6, staff=[0]))
    found = newcomers(told, {101: "post:7"}).waiting
    assert [w.person for w in found] == [101, 103, 102]
    assert [w.source for w in found] == ["post:7", "", ""]
    assert found[0].since.timestamp() == 99 * DAY_SECONDS


def test_bots_and_who_refuses_do_not_wait_and_nobody_waits_longer_than_two_weeks() -> None:
    lines = [(99.0, 1, NOBODY), (99.0, 2, NOBODY), (80.0, 3, NOBODY)]
    told = reading(4, lines, day=100, members=roll(4, bots=[1], refusing=[2]))
    assert newcomers(told).waiting == ()


def test_newcomers_of_a_month_are_judged_when_their_day_is_over() -> None:
    lines = [(10.0, 0, NOBODY), (80.0, 1, NOBODY), (80.2, 0, 1), (85.0, 2, NOBODY), (99.5, 3, NOBODY), (99.6, 0, 3)]
    told = reading(4, lines, day=100)
    now = numbers(told, told.at)
    assert (now.newcomers, now.newcomers_judged, now.newcomers_answered) == (3, 2, 1)
    then = numbers(told, told.at - 30 * DAY_SECONDS)
    assert (then.newcomers, then.people, then.active, then.acts) == (0, 4, 0, 1)


def test_a_thanks_waits_for_no_answer_but_in_a_book_without_messages_every_act_does() -> None:
    lines, members = [(99.0, 1, NOBODY), (99.0, 2, 0)], roll(3, staff=[0])
    thanking = replace(reading(3, lines, day=100, members=members), kinds=("thank", "post"))
    assert [w.person for w in newcomers(thanking).waiting] == [101]
    signs = replace(thanking, kinds=("thank", "react"))
    assert [w.person for w in newcomers(signs).waiting] == [101, 102]
