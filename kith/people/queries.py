"""Reads on people: who stands where."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Lower

from kith.lib.errors import NotFound
from kith.lib.text import clean_line
from kith.people import rules
from kith.people.data import STAFF, NotAMember, Standing
from kith.people.models import Community, Membership, Person


def as_standing(m: Membership) -> Standing:
    """Map a membership loaded with its person and chapter."""
    return Standing(
        community_id=m.community_id,
        person_id=m.person_id,
        handle=m.handle,
        name=m.person.name,
        role=m.role,
        joined_at=m.joined_at,
        chapter=m.chapter.name if m.chapter else "",
        headline=m.headline,
        is_imported=m.is_imported and not m.person.has_account,
        is_bot=m.is_bot or m.person.is_bot,
        hides_rank=m.hides_rank,
        refuses_measures=m.refuses_measures,
        declines_introductions=m.declines_introductions,
        declines_letters=m.declines_letters,
    )


def community(slug: str) -> Community:
    """Return the community at an address.

    Raises:
        NotFound: there is none.

    """
    try:
        return Community.objects.get(slug=slug)
    except Community.DoesNotExist:
        raise NotFound from None


def communities_of(person: Person) -> list[Community]:
    """Return the communities somebody belongs to, oldest membership first."""
    return list(Community.objects.filter(memberships__person=person).order_by("memberships__joined_at", "pk"))


def public_communities() -> list[Community]:
    """Return the communities anybody may see, oldest first."""
    return list(Community.objects.filter(visible_to="public").order_by("founded_at", "pk"))


def every_community() -> list[Community]:
    """Return all communities, oldest first; for work on the whole server."""
    return list(Community.objects.order_by("founded_at", "pk"))


def standing(community: Community, person: Person | None) -> Standing | None:
    """Return where a person stands, or None for a stranger. One query."""
    if person is None or person.pk is None:
        return None
    found = Membership.objects.select_related("person", "chapter").filter(community=community, person=person).first()
    return as_standing(found) if found else None


ENTERED = """
    SELECT c.*, m.person_id AS of_person, m.handle AS of_handle, m.role AS of_role, m.joined_at AS of_joined_at,
        m.headline AS of_headline, m.is_imported AND p.email IS NULL AS of_imported, p.name AS of_name,
        p.is_bot OR m.is_bot AS of_bot, m.hides_rank AS of_hides, m.refuses_measures AS of_refuses,
        m.declines_introductions AS of_no_introductions, m.declines_letters AS of_no_letters,
        COALESCE(ch.name, '') AS of_chapter
    FROM people_community c
    LEFT JOIN people_membership m ON m.community_id = c.id AND m.person_id = %s
    LEFT JOIN people_person p ON p.id = m.person_id LEFT JOIN people_chapter ch ON ch.id = m.chapter_id
    WHERE c.slug = %s
"""


def entered(slug: str, person: Person | None) -> tuple[Community, Standing | None]:
    """Return a community and where a person stands there, in one query: every page begins with it.

    Raises:
        NotFound: there is no community at this address.
    """
    for found in Community.objects.raw(ENTERED, [person.pk if person else None, slug]):
        row: Any = found  # raw() adds the columns it does not know as attributes
        if row.of_person is None:
            return found, None
        return found, Standing(
            found.pk, row.of_person, row.of_handle, row.of_name, row.of_role, row.of_joined_at, row.of_chapter,
            row.of_headline, row.of_imported, row.of_bot, row.of_hides, row.of_refuses,
            row.of_no_introductions, row.of_no_letters,
        )  # fmt: skip
    raise NotFound


def checked_sight(community: Community, person: Person | None) -> Standing | None:
    """Return the reader's standing.

    Raises:
        NotFound: the community does not show itself to this reader; a 404, because a 403 would tell it exists.

    """
    place = standing(community, person)
    if not rules.may_see(visible_to=community.visible_to, standing=place):
        raise NotFound
    return place


def member(community: Community, handle: str) -> Standing:
    """Return the member with a handle, without regard to case.

    Raises:
        NotAMember: nobody here has it.

    """
    found = by_handles(community, [handle])
    if not found:
        raise NotAMember
    return next(iter(found.values()))


def standings(community: Community, person_ids: Iterable[int]) -> dict[int, Standing]:
    """Return standings by person; ids that are no members are left out. One query."""
    rows = Membership.objects.select_related("person", "chapter").filter(
        community=community, person_id__in=list(person_ids)
    )
    return {m.person_id: as_standing(m) for m in rows}


def by_handles(community: Community, handles: Iterable[str]) -> dict[str, Standing]:
    """Return standings by case-folded handle, for the handles that somebody has. One query."""
    # The database lowers both sides: its index on the lowered handle answers, and one rule decides what is the same.
    wanted = [Lower(Value(name)) for name in handles if name and "\0" not in name]
    if not wanted:
        return {}
    rows = Membership.objects.select_related("person", "chapter").filter(community=community)
    found = rows.annotate(lowered=Lower("handle")).filter(lowered__in=wanted)
    return {m.handle.casefold(): as_standing(m) for m in found}


def members(
    community: Community,
    *,
    search: str = "",
    role: str = "",
    after: str = "",
    limit: int = 50,
    unclaimed: bool = False,
) -> list[Standing]:
    """Return members by handle, those after `after`, at most `limit`; `unclaimed` keeps the imported. One query."""
    rows = Membership.objects.within(community.pk).select_related("person", "chapter")
    if unclaimed:
        rows = rows.filter(is_imported=True, person__email=None)
    if search := clean_line(search):
        rows = rows.filter(Q(handle__icontains=search) | Q(person__name__icontains=search))
    if role:
        rows = rows.filter(role=role)
    if after := clean_line(after):
        rows = rows.filter(handle__gt=after)
    return [as_standing(m) for m in rows.order_by("handle")[:limit]]


def joined_since(community: Community, since: datetime) -> list[Standing]:
    """Return who came in by themselves since a moment, the earliest first: the imported were there before. One query."""
    rows = Membership.objects.within(community.pk).select_related("person", "chapter")
    return [as_standing(m) for m in rows.filter(joined_at__gte=since, is_imported=False).order_by("joined_at", "pk")]


def unranked(community: Community) -> set[int]:
    """Return who stands in no list that orders people: those who keep out of it, and programs. One query."""
    rows = Membership.objects.within(community.pk).filter(Q(hides_rank=True) | Q(is_bot=True) | Q(person__is_bot=True))
    return set(rows.values_list("person_id", flat=True))


def runners(community: Community) -> list[Person]:
    """Return founders and operators who have an account, the earliest first. One query."""
    return list(
        Person.objects.filter(
            memberships__community=community, memberships__role__in=STAFF, email__isnull=False
        ).order_by("memberships__joined_at", "pk")
    )


def count(community: Community, *, unclaimed: bool = False) -> int:
    """Count the members, or those who were imported and have no account yet."""
    rows = Membership.objects.within(community.pk)
    return rows.filter(is_imported=True, person__email=None).count() if unclaimed else rows.count()
