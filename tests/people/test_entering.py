"""How every page begins: who reads, which community this is, and where they stand in it."""

import pytest
from pytest_django import DjangoAssertNumQueries

from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Chapter, Membership, Person
from tests.conftest import Cast


def test_who_enters_stands_where_they_stand(cast: Cast) -> None:
    chapter = Chapter.objects.create(community=cast.home, name="杭州")
    imported = Person.objects.create(name="老陈")
    Membership.objects.create(
        community=cast.home, person=imported, handle="老陈", is_imported=True, joined_at=cast.home.founded_at
    )
    Membership.objects.filter(person=cast.member).update(
        chapter=chapter,
        headline="种米",
        is_bot=True,
        hides_rank=True,
        refuses_measures=True,
        declines_introductions=True,
        declines_letters=True,
    )
    for person in (cast.founder, cast.operator, cast.core, cast.member, imported):
        community, place = people.entered("shanye", person)
        assert place is not None
        assert (community, place) == (cast.home, people.standing(cast.home, person))


def test_who_is_no_member_stands_nowhere(cast: Cast) -> None:
    for person in (None, cast.stranger, cast.enemy):
        assert people.entered("shanye", person) == (cast.home, None)
    with pytest.raises(NotFound):
        people.entered("nowhere", cast.member)


def test_the_community_is_whole_whoever_enters(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    whole = people.community("shanye")
    with django_assert_num_queries(1):
        found, _ = people.entered("shanye", cast.member)
        assert (found.name, found.rules, found.visible_to) == (whole.name, whole.rules, whole.visible_to)
        assert (found.founded_at, found.tie_half_life_days) == (whole.founded_at, whole.tie_half_life_days)
    with django_assert_num_queries(1):
        assert found.questions == ["你为什么来？"]


def test_a_person_is_found_by_id_as_the_orm_finds_them(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = people.person(cast.member.pk)
    assert found is not None
    whole = Person.objects.get(pk=cast.member.pk)
    fields = [field.attname for field in Person._meta.concrete_fields]  # noqa: SLF001 -- documented by Django
    assert [getattr(found, name) for name in fields] == [getattr(whole, name) for name in fields]
    assert people.person(0) is None
    found.name = "苏杭杭"
    found.save()
    assert Person.objects.get(pk=cast.member.pk).name == "苏杭杭"
