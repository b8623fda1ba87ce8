"""Writes on people who were imported: bringing them in, saying what a list knows of them, letting accounts claim them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from kith.lib.text import clean_name
from kith.people import rules
from kith.people.actions.places import BULK, one_at_a_time, taken_handles
from kith.people.data import CannotMerge
from kith.people.models import Community, Membership, Person

MANY = 1000  # of whom the planner knows nothing until autovacuum comes, which may be after the next reader


@transaction.atomic
def bring_people(
    *, community: Community, names: Iterable[str], now: datetime, handles: Sequence[str] = ()
) -> list[int]:
    """Make members without accounts in bulk, as an import does; return person ids in the order of the names.

    A name with nothing visible becomes “member”. `handles` are wishes, in the order of the names, "" for none: one that
    is taken gets a number. Costs three statements per 2,000 names.
    """
    one_at_a_time(community)
    made = Person.objects.bulk_create(
        (Person(name=clean_name(n) or "member", password="!") for n in names),  # noqa: S106 -- "!" never matches
        batch_size=BULK,
    )
    _place_imported(community, made, now, {p.pk: wish for p, wish in zip(made, handles, strict=False) if wish})
    if len(made) >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE people_person, people_membership")
    return [p.pk for p in made]


def antedate(*, community: Community, moments: Mapping[int, datetime]) -> int:
    """Have imported people here since they were first seen, where that was earlier; returns how many. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_membership m SET joined_at = seen.at
            FROM unnest(%s::bigint[], %s::timestamptz[]) AS seen(person, at)
            WHERE m.community_id = %s AND m.person_id = seen.person AND m.is_imported AND seen.at < m.joined_at""",
            [list(moments.keys()), list(moments.values()), community.pk],
        )
        return int(cursor.rowcount)


@transaction.atomic
def rejoin(
    *, community: Community, person_ids: Iterable[int], now: datetime, handles: Mapping[int, str] | None = None
) -> int:
    """Give people of an earlier import their places back after an undo; returns how many were missing."""
    one_at_a_time(community)
    wanted = set(person_ids)
    wanted -= set(
        Membership.objects.filter(community=community, person_id__in=wanted).values_list("person_id", flat=True)
    )
    people = Person.objects.filter(pk__in=wanted, merged_into=None).order_by("pk")
    return len(_place_imported(community, people, now, handles or {}))


def _place_imported(
    community: Community, people: Iterable[Person], now: datetime, wished: Mapping[int, str]
) -> list[Membership]:
    """Give people without accounts their places, each a handle of their own; the caller has the community to itself.

    Who wishes for a handle comes first, or a namesake could have it.
    """
    taken, counted = taken_handles(community), dict[str, int]()
    return Membership.objects.bulk_create(
        (
            Membership(
                community=community,
                person=p,
                handle=rules.free_handle(wished.get(p.pk) or p.name, taken, counted),
                is_imported=True,
                joined_at=now,
            )
            for p in sorted(people, key=lambda p: p.pk not in wished)
        ),
        batch_size=BULK,
    )


@transaction.atomic
def merge_person(*, imported: Person, into: Person) -> None:
    """Point an imported person at the account that claimed them; their places move or fall away.

    The books keep the old id: whoever reads them follows `merged_into`.

    Raises:
        CannotMerge: the lines belong to an account already, or no account claims them.

    """
    Person.objects.select_for_update(no_key=True).get(
        pk=imported.pk
    )  # two claims at once: the second must see the first
    imported.refresh_from_db()
    if imported.has_account or imported.merged_into_id or not into.has_account:
        raise CannotMerge
    for place in Membership.objects.select_for_update().filter(person=imported):
        if Membership.objects.filter(community_id=place.community_id, person=into).exists():
            place.delete()
        else:
            place.person = into
            place.is_imported = False
            place.save(update_fields=["person", "is_imported"])
    Person.objects.filter(merged_into=imported).update(merged_into=into)
    imported.merged_into = into
    imported.save(update_fields=["merged_into"])
