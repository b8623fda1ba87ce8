"""An imported person becomes the account that claims them; an invented community goes as it came."""

import pytest
from django.db import IntegrityError, connection, transaction

from kith.people.api import (
    CannotMerge,
    Community,
    Membership,
    NotADemo,
    Person,
    bring_people,
    drop_members,
    found,
    merge_person,
    rejoin,
    standing,
)
from tests.conftest import NOW, Cast, settle
from tests.people.together import at_once, faults


def brought(cast: Cast, name: str) -> Person:
    [pk] = bring_people(community=cast.home, names=[name], now=NOW)
    return Person.objects.get(pk=pk)


def test_the_place_moves_to_whoever_had_none(cast: Cast) -> None:
    old = brought(cast, "old ann")
    merge_person(imported=old, into=cast.stranger)
    place = standing(cast.home, cast.stranger)
    assert place is not None
    assert (place.handle, place.is_imported) == ("old-ann", False)
    old.refresh_from_db()
    assert old.merged_into_id == cast.stranger.pk
    assert standing(cast.home, old) is None


def test_the_place_falls_away_where_there_was_one(cast: Cast) -> None:
    merge_person(imported=brought(cast, "old su"), into=cast.member)
    assert list(Membership.objects.filter(person=cast.member).values_list("handle", flat=True)) == ["苏杭"]
    assert not Membership.objects.filter(handle="old-su").exists()


def test_an_account_cannot_be_merged_away(cast: Cast) -> None:
    imported, claimed = brought(cast, "one"), brought(cast, "two")
    merge_person(imported=claimed, into=cast.member)
    for who, into in [
        (cast.other, cast.member),
        (cast.member, cast.member),
        (imported, imported),
        (imported, claimed),
        (claimed, cast.other),
    ]:
        with pytest.raises(CannotMerge):
            merge_person(imported=who, into=into)
    claimed.refresh_from_db()
    imported.refresh_from_db()
    assert (imported.merged_into_id, claimed.merged_into_id) == (None, cast.member.pk)
    assert standing(cast.home, cast.other) is not None


def test_the_database_refuses_a_merged_account_and_a_loop(cast: Cast) -> None:
    for sql in (
        "UPDATE people_person SET merged_into_id = %s WHERE email = 'su@example.org'",
        "UPDATE people_person SET merged_into_id = id WHERE id <> %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [cast.other.pk])


@pytest.mark.usefixtures("committed")
def test_two_who_claim_the_same_lines_at_once_share_nothing() -> None:
    cast = settle()
    old = brought(cast, "old")
    outcomes = at_once(
        *[lambda p=p: merge_person(imported=Person.objects.get(pk=old.pk), into=p) for p in (cast.stranger, cast.enemy)]
    )
    assert faults(outcomes) == [CannotMerge]
    old.refresh_from_db()
    assert old.merged_into_id in {cast.stranger.pk, cast.enemy.pk}
    assert list(Membership.objects.filter(handle="old").values_list("person_id", flat=True)) == [old.merged_into_id]


def test_people_of_an_undone_import_come_back_once(cast: Cast) -> None:
    ids = bring_people(community=cast.home, names=["a", "b"], now=NOW)
    Membership.objects.filter(person_id=ids[0]).delete()
    assert rejoin(community=cast.home, person_ids=ids, now=NOW) == 1
    assert rejoin(community=cast.home, person_ids=ids, now=NOW) == 0
    assert Membership.objects.filter(person_id__in=ids, is_imported=True).count() == 2


def test_who_was_claimed_does_not_come_back_beside_the_account(cast: Cast) -> None:
    old = brought(cast, "old")
    merge_person(imported=old, into=cast.stranger)
    assert rejoin(community=cast.home, person_ids=[old.pk], now=NOW) == 0


def test_only_an_invented_community_is_dropped(cast: Cast) -> None:
    with pytest.raises(NotADemo):
        drop_members(community=cast.home)
    assert Membership.objects.filter(community=cast.home).count() == 5


def test_an_invented_community_takes_its_people_but_no_account_with_it(cast: Cast) -> None:
    demo: Community = found(name="演示", slug="demo", pursuit="演示", by=cast.stranger, now=NOW, is_demo=True)
    invented = bring_people(community=demo, names=["甲", "乙"], now=NOW)
    drop_members(community=demo)
    assert not Membership.objects.filter(community=demo).exists()
    assert not Person.objects.filter(pk__in=invented).exists()
    assert Person.objects.filter(pk=cast.stranger.pk).exists()
