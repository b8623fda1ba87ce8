"""The picture says what the book says, is made when it is due, and holds members only."""

import gzip
import struct
from datetime import timedelta
from math import sqrt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kith.energy import api as energy
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community
from kith.see import api as see
from kith.see.models import Node, Picture
from tests.see.conftest import NOW, Town


def brute_scores(community: Community) -> dict[int, float]:
    """Recompute √(Σ√in · Σ√out) from single acts, at 30 days' half-life."""
    ties: dict[tuple[int, int], float] = {}
    for member in people.members(community):
        for act in energy.acts_of(community, member.person_id, limit=10_000):
            if act.actor_id == member.person_id and act.other_id is not None:
                pair = (act.actor_id, act.other_id)
                ties[pair] = ties.get(pair, 0) + act.weight * 0.5 ** ((NOW - act.at) / timedelta(days=30))
    heard = {p: sum(sqrt(w) for (_, b), w in ties.items() if b == p) for pair in ties for p in pair}
    spoke = {p: sum(sqrt(w) for (a, _), w in ties.items() if a == p) for pair in ties for p in pair}
    return {p: sqrt(heard[p] * spoke[p]) for p in heard}


def test_every_score_equals_one_counted_from_the_acts(town: Town) -> None:
    town.act("Ma", "He", days_ago=200)
    see.refresh(community=town.community, now=NOW)
    expected = brute_scores(town.community)
    for row in Node.objects.filter(community=town.community):
        assert row.score == pytest.approx(expected.get(row.person_id, 0.0), rel=1e-9)
    assert len(expected) == 10


def test_the_numbers_are_those_of_the_book(town: Town) -> None:
    summary = see.refresh(community=town.community, now=NOW)
    assert (summary.people, summary.tied, summary.acts, summary.ties, summary.pairs) == (11, 10, 88, 23, 12)
    assert summary.two_way_percent == 92
    assert summary.active == 10
    live = sum(tie.live for tie in energy.ties(town.community, at=NOW))
    assert summary.energy == pytest.approx(live)
    assert summary.temperature == pytest.approx(see.degrees(live / 10))
    assert summary.weeks[-1] == pytest.approx(summary.temperature, abs=0.01)
    assert summary.weeks[:-1] == (0.0,) * 16
    assert (summary.shown, summary.shown_ties, summary.is_partial, summary.is_silent) == (11, 12, False, False)
    assert summary.made_at == summary.at == NOW


def test_the_bridge_is_the_super_node_and_the_reason_says_so_in_words(town: Town) -> None:
    see.refresh(community=town.community, now=NOW)
    first = see.super_nodes(town.community)[0]
    assert first.who.name in {"Tang", "Luo"}
    assert first.who.is_super
    assert first.rank == 1
    with translation.override("en"):
        assert see.sentence(first.reasons[0]) == "75% of the acts between Chongqing and Kunming pass through them."


def test_the_buffer_holds_every_member_and_tie(town: Town) -> None:
    summary = see.refresh(community=town.community, now=NOW)
    raw = gzip.decompress(see.picture(town.community).gzipped)
    version, persons, ties, circles = struct.unpack_from("<4I", raw)
    assert (version, persons, ties, circles) == (2, 11, 12, summary.circles)
    assert set(struct.unpack_from(f"<{persons}I", raw, 16)) == set(town.id.values())
    names = see.labels(town.community)
    assert names["chapters"] == [{"name": "Chongqing", "people": 5}, {"name": "Kunming", "people": 5}]
    assert names["began_at"] == (NOW - timedelta(days=1)).isoformat()
    assert {c["name"]: c["people"] for c in names["circles"]} == {"Chongqing": 5, "Kunming": 5}
    ids = struct.unpack_from(f"<{persons}I", raw, 16)
    assert [ids[s["row"]] for s in names["supers"]] == [s["person"] for s in names["supers"]]
    assert {s["name"] for s in names["supers"]} <= set(town.id)


def test_the_same_book_gives_the_same_map(town: Town) -> None:
    see.refresh(community=town.community, now=NOW)
    first = see.picture(town.community)
    see.refresh(community=town.community, now=NOW)
    second = see.picture(town.community)
    assert first.gzipped == second.gzipped
    assert first.etag != second.etag == see.etag(town.community)


def test_an_empty_community_has_a_picture_too(empty: Town) -> None:
    summary = see.look(community=empty.community, now=NOW)
    assert (summary.people, summary.tied, summary.super_nodes, summary.temperature) == (11, 0, 0, 0.0)
    assert summary.weeks == (0.0,) * 17
    assert not summary.has_clear_circles
    assert see.super_nodes(empty.community) == ()
    assert see.node(empty.community, empty.id["Tang"]).reasons[0].code == "is_tied"


def test_a_silent_community_is_seen_at_its_last_act(empty: Town) -> None:
    empty.exchange("Tang", "Luo", days_ago=900, times=3)
    summary = see.refresh(community=empty.community, now=NOW)
    assert summary.is_silent
    assert summary.at == NOW - timedelta(days=900)
    assert summary.energy == pytest.approx(6.0)
    assert summary.active == 2
    tie = see.person(empty.community, empty.id["Tang"], now=NOW).ties[0]
    assert tie.degrees == pytest.approx(50.0)


def test_who_left_is_not_in_the_picture_nor_in_the_measures_of_others(town: Town) -> None:
    people.remove_members(community=town.community, person_ids=[town.id["Luo"]])
    summary = see.refresh(community=town.community, now=NOW)
    assert (summary.people, summary.pairs) == (10, 9)
    assert not Node.objects.filter(person_id=town.id["Luo"]).exists()
    assert see.node(town.community, town.id["Tang"]).ties == 2


def test_a_bot_is_no_super_node(empty: Town) -> None:
    bot = people.make_person(name="Bot", is_bot=True)
    people.add_member(community=empty.community, person=bot, now=NOW)
    empty.id["Bot"] = bot.pk
    for name in ("Tang", "Luo", "Su", "Ma"):
        empty.exchange("Bot", name, times=5)
    see.refresh(community=empty.community, now=NOW)
    assert [node.who.name for node in see.super_nodes(empty.community)] == ["Tang"]
    assert see.node(empty.community, bot.pk).rank == 0
    assert bot.pk not in {n.who.person_id for n in see.listing(empty.community).rows}
    assert see.node(empty.community, empty.id["Tang"]).rank == 1


def test_a_picture_left_by_an_older_kith_is_made_anew(town: Town) -> None:
    see.look(community=town.community, now=NOW)
    old = Picture.objects.get(community=town.community)
    old.numbers.pop("format")
    old.save()
    assert see.look(community=town.community, now=NOW).version == 2
    Picture.objects.update(numbers=old.numbers)
    assert see.refresh_all(now=NOW) == 1


def test_a_look_makes_the_first_picture_and_keeps_it_while_nothing_was_added(town: Town) -> None:
    assert see.look(community=town.community, now=NOW).version == 1
    assert see.look(community=town.community, now=NOW + timedelta(days=1)).version == 1


def test_a_look_after_new_acts_makes_a_new_picture_once_the_old_one_is_old_enough(town: Town) -> None:
    see.look(community=town.community, now=NOW)
    town.act("Su", "Tang")
    Picture.objects.update(took_seconds=0.01)
    assert see.look(community=town.community, now=NOW + timedelta(seconds=4)).version == 1
    assert see.look(community=town.community, now=NOW + timedelta(seconds=6)).version == 2


def test_a_dear_picture_is_left_to_the_task(town: Town) -> None:
    see.look(community=town.community, now=NOW)
    town.act("Su", "Tang")
    Picture.objects.update(took_seconds=4.0)
    later = NOW + timedelta(hours=1)
    assert see.look(community=town.community, now=later).version == 1
    assert see.refresh_all(now=later) == 1
    assert see.refresh_all(now=later + timedelta(hours=1)) == 0
    assert see.look(community=town.community, now=later).version == 2


def test_outdated_is_made_anew_without_new_acts(town: Town) -> None:
    see.look(community=town.community, now=NOW)
    people.remove_members(community=town.community, person_ids=[town.id["Wei"]])
    see.outdate(community=town.community)
    assert see.look(community=town.community, now=NOW + timedelta(minutes=11)).people == 10


def test_without_a_picture_there_is_nothing_to_fetch(town: Town) -> None:
    with pytest.raises(NotFound):
        see.picture(town.community)
    assert see.etag(town.community) == f'"{town.community.pk}-0"'
    assert see.super_nodes(town.community) == ()
    assert see.listing(town.community).rows == ()


def test_a_refresh_costs_the_same_statements_whatever_the_size(town: Town) -> None:
    see.refresh(community=town.community, now=NOW)
    with CaptureQueriesContext(connection) as few:
        see.refresh(community=town.community, now=NOW)
    for name in ("He", "Ma", "Gu"):
        town.exchange("Founder", name)
    with CaptureQueriesContext(connection) as more:
        see.refresh(community=town.community, now=NOW)
    assert len(more) == len(few) < 20
