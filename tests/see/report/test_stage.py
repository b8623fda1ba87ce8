"""From broadcast over platform to community, decided by three numbers."""

import pytest

from kith.lib.acts import NOBODY
from kith.see.rules.report.stage import named, stage
from tests.see.report.readings import reading


@pytest.mark.parametrize(
    ("per_post", "touch", "two_way", "expected"),
    [
        (0.14, 0.1, 0.9, "broadcast"),
        (0.15, 0.1, 0.9, "community"),
        (0.9, 0.6, 0.9, "broadcast"),
        (0.9, 0.59, 0.34, "platform"),
        (0.9, 0.59, 0.35, "community"),
    ],
)
def test_the_published_thresholds_decide(per_post: float, touch: float, two_way: float, expected: str) -> None:
    assert named(per_post, touch, two_way) == expected


def test_one_who_speaks_to_many_is_a_broadcast_and_becomes_a_community_when_they_answer_each_other() -> None:
    alone = [(float(day), 0, NOBODY) for day in range(180)]
    together = [(185.0 + i, i % 5, (i + 1) % 5) for i in range(170)] + [
        (185.5 + i, (i + 1) % 5, i % 5) for i in range(170)
    ]
    found = stage(reading(6, [*alone, *together], day=365))
    assert found.series[0].stage == "broadcast"
    assert found.now == found.series[-1].stage == "community"
    newest = found.series[-1]
    assert newest.directed_per_post == pytest.approx(1.0)
    assert newest.top_touch == pytest.approx(0.4, abs=0.02)
    assert newest.reciprocity == pytest.approx(1.0)


def test_questions_answered_but_not_given_back_are_a_platform() -> None:
    one_way = [(float(i), i % 5, 5 + (i * 7) % 11) for i in range(90)]
    found = stage(reading(20, one_way, day=90))
    assert found.now == "platform"
    assert found.series[-1].reciprocity == 0.0


def test_fewer_than_thirty_messages_or_three_people_have_no_stage() -> None:
    assert stage(reading(5, [(float(i), 0, 1) for i in range(29)], day=30)).now is None
    pair = stage(reading(2, [(float(i), i % 2, 1 - i % 2) for i in range(60)], day=60))
    assert pair.now is None
    assert pair.series[-1].directed_per_post is None
    assert pair.series[-1].posts > 0


def test_an_empty_book_has_no_life() -> None:
    found = stage(reading(0, [], day=10))
    assert (found.now, found.series) == (None, ())


def test_a_long_life_is_told_in_years_up_to_now_and_a_gap_has_no_stage() -> None:
    years = [0, 1, 3, 4, 5, 6]
    lines = [(y * 365.25 + 1 + i, i % 4, (i + 1) % 4) for y in years for i in range(60)]
    found = stage(reading(4, lines, day=7 * 365.25))
    assert len(found.series) == 7
    assert found.series[2].stage is None
    assert found.series[2].posts == 0
    assert all(a.until == b.since for a, b in zip(found.series, found.series[1:], strict=False))
