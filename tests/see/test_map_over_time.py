"""The map in the past, by its address."""

import gzip

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from kith.lib import graph_film, graph_map
from kith.lib.errors import NotFound
from kith.lib.graph_film import NOT_YET
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.actions import filming
from kith.see.models import Picture
from tests.conftest import signed_in
from tests.see.conftest import NOW, Town


@pytest.fixture
def old(town: Town) -> Town:
    """Ma and He wrote to each other two months ago, Gu and He one month ago; the towns talk since yesterday."""
    town.act("Ma", "He", days_ago=70, times=4)  # 2025-03-11
    town.act("He", "Ma", days_ago=70, times=4)
    town.act("Gu", "He", days_ago=35)  # 2025-04-15
    see.refresh(community=town.community, now=NOW)
    return town


def client_of(town: Town, name: str = "Tang") -> Client:
    client = signed_in(Person.objects.get(pk=town.id[name]))
    client.cookies["lang"] = "en"
    return client


def bands(town: Town, month: str) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Return the band of everybody there, and of every tie there, by name."""
    drawn = graph_map.decode(gzip.decompress(see.picture(town.community).gzipped))
    name = {pk: name for name, pk in town.id.items()}
    of = [name[person] for person in drawn.person.tolist()]
    answer = client_of(town).get(f"/c/two-towns/network/map.bin?at={month}", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    people_, ties = graph_film.decode(gzip.decompress(answer.content))
    joined = [tuple(sorted((of[a], of[b]))) for a, b in zip(drawn.a.tolist(), drawn.b.tolist(), strict=True)]
    return (
        {who: band for who, band in zip(of, people_.tolist(), strict=True) if band != NOT_YET},
        {(a, b): band for (a, b), band in zip(joined, ties.tolist(), strict=True) if band != NOT_YET},
    )


def test_a_month_shows_who_was_there_and_how_warm_it_was(old: Town) -> None:
    there, ties = bands(old, "2025-03")
    assert ties == {("He", "Ma"): 3}  # 8 acts, 20 days ago: 6.3 live acts, 51°
    assert there["He"] == 1  # a fifth of that: 1.3 live acts, 17°
    assert set(there) == set(old.id)  # all had joined, though most of them had said nothing
    assert bands(old, "2025-04")[1] == {("He", "Ma"): 2, ("Gu", "He"): 1}


def test_who_neither_joined_nor_acted_yet_is_not_there(old: Town) -> None:
    late = people.make_person(name="Late")
    people.add_member(community=old.community, person=late, now=NOW)
    old.id["Late"] = late.pk
    see.refresh(community=old.community, now=NOW)
    assert "Late" not in bands(old, "2025-04")[0]


@pytest.mark.parametrize(
    "month", ["2025-02", "2025-05", "2031-01", "yesterday", "2025-3", "\u0662\u0660\u0662\u0665-\u0660\u0663"]
)
def test_a_month_outside_the_history_is_refused(old: Town, month: str) -> None:
    answer = client_of(old).get("/c/two-towns/network/map.bin", {"at": month}, headers={"HX-Request": "true"})
    assert answer.status_code == 400
    assert answer.content.decode() == "Name a month between the first act and now, as 2026-03."


def test_a_frame_of_another_picture_is_refused(old: Town) -> None:
    client = client_of(old)
    assert client.get("/c/two-towns/network/map.bin?at=2025-03&of=1").status_code == 200
    see.refresh(community=old.community, now=NOW)
    assert client.get("/c/two-towns/network/map.bin?at=2025-03&of=1").status_code == 409
    assert client.get("/c/two-towns/network/map.bin?at=2025-03&of=2").status_code == 200
    assert client.get("/c/two-towns/network/map.bin?at=2025-03&of=x").status_code == 200


def test_all_months_come_from_one_reading_of_the_book(
    old: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    see.moment(old.community, month="2025-03")
    with django_assert_max_num_queries(1):
        see.moment(old.community, month="2025-04")
    cache.clear()
    first = see.moment(old.community, month="2025-03")
    cache.clear()
    assert see.moment(old.community, month="2025-03") == first


def test_who_refuses_measures_is_not_drawn_in_the_past_either(old: Town) -> None:
    people.choose_sight(community=old.community, person_id=old.id["He"], hides_rank=False, refuses_measures=True)
    see.refresh(community=old.community, now=NOW)
    there, ties = bands(old, "2025-03")
    assert "He" not in there
    assert (there["Ma"], ties) == (1, {})


def test_a_book_too_large_has_no_slider_and_is_refused(old: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "data-map-time" in client_of(old).get("/c/two-towns/network").content.decode()
    monkeypatch.setattr(filming, "ACTS_LIMIT", 90)
    assert "data-map-time" not in client_of(old).get("/c/two-towns/network").content.decode()
    with pytest.raises(see.HistoryTooLong):
        see.moment(old.community, month="2025-03")


def test_a_community_without_acts_has_no_past(empty: Town) -> None:
    see.refresh(community=empty.community, now=NOW)
    assert see.labels(empty.community)["began_at"] is None
    with pytest.raises(see.NoSuchMonth):
        see.moment(empty.community, month="2025-03")
    Picture.objects.all().delete()
    with pytest.raises(NotFound):
        see.moment(empty.community, month="2025-03")
