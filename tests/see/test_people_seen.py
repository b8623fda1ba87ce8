"""A person's page, a pair's page and the list say what the book says, each in a fixed number of queries."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from kith.people import api as people
from kith.see import api as see
from tests.see.conftest import NOW, Town


@pytest.fixture
def seen(town: Town) -> Town:
    see.refresh(community=town.community, now=NOW)
    return town


def test_a_persons_ties_show_both_directions_warmest_first(seen: Town) -> None:
    view = see.person(seen.community, seen.id["Tang"], now=NOW)
    assert [tie.who.name for tie in view.ties] == ["Jiang", "Wei", "Luo"]
    bridge = view.ties[2]
    assert (bridge.acts_given, bridge.acts_received, bridge.is_two_way) == (3, 3, True)
    assert bridge.given == pytest.approx(3 * 0.5 ** (1 / 60))
    assert bridge.degrees == pytest.approx(see.degrees(bridge.given + bridge.received))
    assert bridge.band == see.band(bridge.degrees) == 2
    assert view.node.ties == 3
    assert view.node.two_way_percent == 100
    assert view.node.degrees == pytest.approx(see.degrees(sum(t.given + t.received for t in view.ties) / 5))


def test_a_one_way_tie_is_shown_from_both_ends(seen: Town) -> None:
    given = see.ties_of(seen.community, seen.id["Qin"], at=NOW)
    received = see.ties_of(seen.community, seen.id["Su"], at=NOW)
    one = next(tie for tie in given if tie.who.name == "Su")
    other = next(tie for tie in received if tie.who.name == "Qin")
    assert (one.acts_given, one.acts_received) == (2, 0)
    assert (other.acts_given, other.acts_received) == (0, 2)
    assert not one.is_two_way
    assert one.degrees == other.degrees


def test_history_covers_26_whole_weeks_without_gaps(seen: Town) -> None:
    seen.act("Tang", "He", days_ago=20, times=4)
    view = see.person(seen.community, seen.id["Tang"], now=NOW)
    assert (len(view.days), len(view.weeks)) == (182, 26)
    assert view.days[0].start_at.weekday() == 0
    assert {b.start_at.date() - a.start_at.date() for a, b in zip(view.days, view.days[1:], strict=False)} == {
        timedelta(days=1)
    }
    assert sum(day.acts for day in view.days) == 26
    assert [week.acts for week in view.weeks[-4:]] == [4, 0, 0, 22]


def test_who_came_after_the_picture_is_refused_by_name(seen: Town) -> None:
    newcomer = people.make_person(name="Newcomer")
    people.add_member(community=seen.community, person=newcomer, now=NOW)
    with pytest.raises(see.NotOnTheMap, match="not in the network yet"):
        see.person(seen.community, newcomer.pk, now=NOW)


def test_a_pair_sees_its_warmth_grow(seen: Town) -> None:
    seen.exchange("Tang", "Luo", days_ago=70, times=1)
    view = see.pair(seen.community, seen.id["Luo"], seen.id["Tang"], now=NOW)
    assert (view.one.name, view.other.name) == ("Luo", "Tang")
    assert view.tie is not None
    assert (view.tie.acts_given, view.tie.acts_received) == (4, 4)
    assert len(view.warmth) == 26
    values = [degrees for _, degrees in view.warmth]
    assert values[:15] == [0.0] * 15
    assert max(values) == values[-1] == pytest.approx(view.tie.degrees, abs=0.5)
    assert view.acts_90_days == 8
    assert {act.by_id for act in view.latest} == {seen.id["Luo"], seen.id["Tang"]}
    assert len(view.latest) == 8


def test_two_who_never_met_have_no_tie_and_no_warmth(seen: Town) -> None:
    view = see.pair(seen.community, seen.id["He"], seen.id["Ma"], now=NOW)
    assert view.tie is None
    assert {degrees for _, degrees in view.warmth} == {0.0}
    assert view.latest == ()


def test_a_pair_with_a_stranger_is_refused(seen: Town) -> None:
    stranger = people.make_person(name="Stranger")
    with pytest.raises(see.NotOnTheMap):
        see.pair(seen.community, seen.id["He"], stranger.pk, now=NOW)


@pytest.mark.parametrize("sort", list(see.SORTS))
def test_the_list_sorts_by_each_column(seen: Town, sort: str) -> None:
    rows = see.listing(seen.community, sort=sort).rows
    key: Callable[[see.Node], float] = {
        "score": lambda n: n.score, "ties": lambda n: n.ties, "two_way": lambda n: n.two_way,
        "in": lambda n: n.energy_in, "out": lambda n: n.energy_out, "warmth": lambda n: n.degrees,
    }[sort]  # fmt: skip
    assert [key(row) for row in rows] == sorted((key(row) for row in rows), reverse=True)
    assert len(rows) == 11


def test_the_list_finds_names_and_stays_in_its_pages(seen: Town) -> None:
    found = see.listing(seen.community, search=" tang ", page=99)
    assert [row.who.name for row in found.rows] == ["Tang"]
    assert (found.total, found.page, found.pages, found.search) == (1, 1, 1, "tang")
    assert see.listing(seen.community, search="nobody").rows == ()
    with pytest.raises(see.UnknownSort, match="“height”"):
        see.listing(seen.community, sort="height")


def test_the_list_names_circles(seen: Town) -> None:
    circles = {row.who.name: row.circle for row in see.listing(seen.community).rows}
    assert circles["Tang"] == "Chongqing"
    assert circles["Founder"] == ""


def test_circles_without_a_chapter_are_called_after_a_person() -> None:
    with translation.override("en"):
        assert see.circle_name("Tang", is_chapter=False) == "Circle of Tang"
        assert see.circle_name("Dali", is_chapter=True) == "Dali"


def test_only_ties_that_were_warm_and_fell_silent_are_cooling(empty: Town) -> None:
    empty.exchange("Tang", "Luo", days_ago=60, times=5)
    empty.exchange("Tang", "Jiang", days_ago=1, times=5)
    empty.act("Tang", "He", days_ago=60, times=10)
    see.refresh(community=empty.community, now=NOW)
    found = see.cooling(empty.community, empty.id["Tang"], now=NOW)
    assert [(c.who.name, c.silent_days) for c in found] == [("Luo", 60)]
    assert found[0].degrees_then == pytest.approx(62.5)
    assert found[0].degrees == pytest.approx(see.degrees(5.0))


def test_supers_among_names_only_super_nodes(seen: Town) -> None:
    supers = {node.who.person_id for node in see.super_nodes(seen.community)}
    assert see.supers_among(seen.community, seen.id.values()) == supers
    assert see.supers_among(seen.community, []) == set()


def test_reads_cost_a_fixed_number_of_queries(seen: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tang, luo = seen.id["Tang"], seen.id["Luo"]
    with django_assert_num_queries(1):
        see.picture(seen.community)
    with django_assert_num_queries(3):
        see.super_nodes(seen.community)
    with django_assert_num_queries(6):
        see.listing(seen.community, search="a")
    with django_assert_num_queries(5):
        see.ties_of(seen.community, tang, at=NOW)
    with django_assert_num_queries(10):
        see.person(seen.community, tang, now=NOW)
    with django_assert_num_queries(6):
        see.pair(seen.community, tang, luo, now=NOW)
    with django_assert_num_queries(2):
        see.look(community=seen.community, now=NOW)


def test_every_reason_has_a_sentence_in_words() -> None:
    facts: dict[str, str | int] = {
        "percent": 41,
        "here": "A",
        "there": "B",
        "chapter": "C",
        "circle": "D",
        "people": 3,
        "all": 9,
    }
    codes = {
        "bridges_chapters": "41% of the acts between A and B pass through them.",
        "bridges_circles": "41% of the acts between the circles of A and B pass through them.",
        "bridges_own_circle": "41% of the acts between their own circle and that of B pass through them.",
        "carries_chapter": "They carry 41% of the acts within C.",
        "carries_circle": "They carry 41% of the acts in the circle of D.",
        "carries_own_circle": "They carry 41% of the acts in their own circle.",
        "answers_newcomers": "They gave attention to 3 of 9 newcomers.",
        "exchanges_both_ways": "3 people exchange with them both ways.",
        "is_tied": "3 people are in touch with them.",
    }
    with translation.override("en"):
        assert {code: see.sentence(see.Reason(code, facts)) for code in codes} == codes
