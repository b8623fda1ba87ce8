"""Names and handles: visible, safe, and nobody's but one's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.text import handle_from
from kith.people.api import (
    Membership,
    NoName,
    Person,
    add_member,
    bring_people,
    by_handles,
    make_person,
    member,
    members,
    standing,
)
from kith.people.rules import free_handle
from tests.conftest import NOW, Cast, settle
from tests.people.together import at_once, faults

EVIL = [
    ("\u202eevil\u202c", "evil"),
    ("Ad\u200bmin", "Admin"),
    ("a\x00b\x07c", "a b c"),
    ("\u200f苏\u200e杭\u2066", "苏杭"),
    ("x" * 100, "x" * 60),
    ("line\nbreak\ttab", "line break tab"),
    ("e\u0301", "é"),
    ("\ufeffBOM", "BOM"),
    ("lone\ud800surrogate", "lone surrogate"),
]


@pytest.mark.parametrize(("raw", "shown"), EVIL)
def test_every_way_in_cleans_a_name(cast: Cast, raw: str, shown: str) -> None:
    assert make_person(name=raw).name == shown
    assert Person.objects.create_user("new@example.org", "x", raw).name == shown
    [brought] = bring_people(community=cast.home, names=[raw], now=NOW)
    assert Person.objects.get(pk=brought).name == shown


def test_a_name_with_nothing_visible_is_refused_alone_and_filled_in_when_brought(cast: Cast) -> None:
    with pytest.raises(NoName):
        make_person(name="\u202e\u200b")
    [brought] = bring_people(community=cast.home, names=["\u202e\u200b"], now=NOW)
    assert Person.objects.get(pk=brought).name == "member"


def test_an_account_without_a_name_is_called_after_its_address(db: None) -> None:
    assert Person.objects.create_user("long.local@example.org").name == "long.local"
    assert Person.objects.create_user(f"{'y' * 64}@example.org").name == "y" * 60
    assert Person.objects.create_user("\u200b@example.org").name == "member"


def test_the_same_name_gets_another_handle(cast: Cast) -> None:
    ids = bring_people(community=cast.home, names=["苏杭", "苏杭", "OLGA", "@@", "@@"], now=NOW)
    handles = [Membership.objects.get(person_id=i).handle for i in ids]
    assert handles == ["苏杭2", "苏杭3", "OLGA2", "member", "member2"]


@pytest.mark.parametrize(
    "pair", [("İ", "i"), ("ẞtrasse", "ßtrasse"), ("ΟΔΟΣ", "οδος"), ("K", "k"), ("ſ", "s"), ("Ǆ", "ǆ")]
)
def test_handles_the_database_holds_for_the_same_do_not_collide(cast: Cast, pair: tuple[str, str]) -> None:
    ids = bring_people(community=cast.home, names=[*pair, *reversed(pair)], now=NOW)
    assert Membership.objects.filter(person_id__in=ids).count() == 4


@given(st.lists(st.text(max_size=60), max_size=12))
def test_free_handles_are_safe_in_an_address_and_all_different(names: list[str]) -> None:
    taken: set[str] = set()
    handles = [free_handle(name, taken) for name in names]
    assert len({h.casefold() for h in handles}) == len(names)
    for handle in handles:
        assert 1 <= len(handle) <= 48
        assert not set(handle) & set("/@ ?#%\\\x00")


@given(st.text(max_size=80))
def test_a_handle_made_of_a_handle_is_itself(name: str) -> None:
    assert handle_from(handle_from(name)) == handle_from(name)


@pytest.mark.usefixtures("committed")
def test_namesakes_who_come_at_once_get_handles_of_their_own() -> None:
    cast = settle()
    people = [Person.objects.create_user(f"n{i}@example.org", "x", "同名") for i in range(5)]
    outcomes = at_once(*[lambda p=p: add_member(community=cast.home, person=p, now=NOW) for p in people])
    assert faults(outcomes) == []
    handles = set(Membership.objects.filter(person__in=people).values_list("handle", flat=True))
    assert handles == {"同名", "同名2", "同名3", "同名4", "同名5"}


def test_handles_are_looked_up_in_one_query_by_index(cast: Cast) -> None:
    bring_people(community=cast.home, names=(f"guest {i}" for i in range(1500)), now=NOW)
    with CaptureQueriesContext(connection) as asked:
        found = by_handles(cast.home, ["olga", "苏杭", "nobody", "", "\x00"])
    assert {h: s.person_id for h, s in found.items()} == {"olga": cast.operator.pk, "苏杭": cast.member.pk}
    assert len(asked) == 1
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_membership")
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        assert "people_membership_handle_once" in "\n".join(row[0] for row in cursor.fetchall())


def test_a_headline_and_a_chapter_are_cleaned_and_cut(cast: Cast) -> None:
    place = add_member(
        community=cast.home,
        person=cast.stranger,
        now=NOW,
        headline="a\x00\n" + "b" * 200,
        chapter="\u202e成\n都" + "x" * 60,
    )
    assert place.headline == "a " + "b" * 118
    assert place.chapter == "成 都" + "x" * 37
    assert standing(cast.home, cast.stranger) == place


def test_members_are_listed_page_by_page_in_one_query(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        first = members(cast.home, limit=2)
    assert len(asked) == 1
    rest = members(cast.home, after=first[-1].handle)
    assert [m.handle for m in [*first, *rest]] == sorted(["罗", "Olga", "何以南", "苏杭", "赵穗"])
    assert [m.handle for m in members(cast.home, search="OLG")] == ["Olga"]
    assert [m.handle for m in members(cast.home, role="operator")] == ["Olga"]
    assert members(cast.home, search="%\x00") == []


def test_a_handle_of_another_community_is_not_found(cast: Cast) -> None:
    assert member(cast.rival, "敌").person_id == cast.enemy.pk
    assert by_handles(cast.home, ["敌"]) == {}


def test_who_comes_by_the_thousand_is_known_to_the_planner_at_once(cast: Cast) -> None:
    bring_people(community=cast.home, names=(f"旧人 {n}" for n in range(1000)), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'people_membership'::regclass")
        assert cursor.fetchone()[0] >= 1000
