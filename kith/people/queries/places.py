"""Reads on people: who stands where."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model, Q, Value
from django.db.models.functions import Lower

from kith.lib.arrays import written
from kith.lib.errors import NotFound
from kith.lib.text import clean_line
from kith.people import rules
from kith.people.data import STAFF, NotAMember, Standing
from kith.people.models import Community, Membership, Person
from kith.people.queries.asking import Question, ask, ask_rows


def as_standing(m: Membership) -> Standing:
    """Map a membership loaded with its person, chapter and tier."""
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
        tier=m.tier.name if m.tier else "",
        tier_position=m.tier.position if m.tier else 0,
        chapter_id=m.chapter_id,
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


def plain_columns(model: type[Model]) -> list[str]:
    """Return the columns that come from the database as they are; the others (JSON) stay there until somebody asks."""
    fields = model._meta.concrete_fields  # noqa: SLF001 -- documented by Django
    return [field.attname for field in fields if not hasattr(field, "from_db_value")]


PERSON = plain_columns(Person)
PERSON_BY_ID = "FROM people_person WHERE id = %(id)s"


def person(person_id: int) -> Person | None:
    """Return a person. One query, written out because every page of somebody signed in begins with it."""
    [row] = ask(Question(PERSON, PERSON_BY_ID, {"id": person_id}))
    return person_of(row) if row else None


def person_of(row: Sequence[object]) -> Person:
    """Return the person of a row with the columns `PERSON`."""
    return Person.from_db(connection.alias, PERSON, row)


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
    found = (
        Membership.objects.select_related("person", "chapter", "tier")
        .filter(community=community, person=person)
        .first()
    )
    return as_standing(found) if found else None


OF_COMMUNITY = plain_columns(Community)
OF_STANDING = {
    "person_id": "m.person_id", "handle": "m.handle", "name": "p.name", "role": "m.role", "joined_at": "m.joined_at",
    "chapter": "COALESCE(ch.name, '')", "headline": "m.headline", "is_imported": "m.is_imported AND p.email IS NULL",
    "is_bot": "p.is_bot OR m.is_bot", "hides_rank": "m.hides_rank", "refuses_measures": "m.refuses_measures",
    "declines_introductions": "m.declines_introductions", "declines_letters": "m.declines_letters",
    "tier": "COALESCE(ti.name, '')", "tier_position": "COALESCE(ti.position, 0)", "chapter_id": "m.chapter_id",
}  # fmt: skip
STANDINGS = f"""
    SELECT {", ".join(f"{of} AS {name}" for name, of in OF_STANDING.items())}
    FROM people_membership m JOIN people_person p ON p.id = m.person_id
    LEFT JOIN people_chapter ch ON ch.id = m.chapter_id LEFT JOIN people_tier ti ON ti.id = m.tier_id
    WHERE m.community_id = %(community)s
"""
OF_ENTERED = [*OF_STANDING.values(), *[f"c.{name}" for name in OF_COMMUNITY]]
ENTERED = """
    FROM people_community c
    LEFT JOIN people_membership m ON m.community_id = c.id AND m.person_id = %(visitor)s
    LEFT JOIN people_person p ON p.id = m.person_id LEFT JOIN people_chapter ch ON ch.id = m.chapter_id
    LEFT JOIN people_tier ti ON ti.id = m.tier_id
    WHERE c.slug = %(slug)s
"""


def entered(slug: str, person: Person | None) -> tuple[Community, Standing | None]:
    """Return a community and where a person stands there. One query, written out because every page begins with it.

    Raises:
        NotFound: there is no community at this address.

    """
    [row] = ask(entering(slug, person.pk if person else None))
    return entered_of(row)


def entering(slug: str, person_id: int | None) -> Question:
    """Return what `entered` asks, to be asked together with something else."""
    return Question(OF_ENTERED, ENTERED, {"visitor": person_id, "slug": slug})


def entered_of(row: tuple[Any, ...] | None) -> tuple[Community, Standing | None]:
    """Read the answer to `entering`, as `entered` does."""
    if row is None:
        raise NotFound
    place = dict(zip(OF_STANDING, row, strict=False))
    community = Community.from_db(connection.alias, OF_COMMUNITY, row[len(OF_STANDING) :])
    return community, Standing(community.pk, **place) if place["person_id"] else None


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
    """Return standings by person; ids that are no members are left out. One query, none for nobody."""
    if not (ids := list(person_ids)):
        return {}
    found = _found(community, ["m.person_id = ANY(%(ids)s::bigint[])"], {"ids": written(ids)})
    return {place.person_id: place for place in found}


def _found(community: Community, filters: Sequence[str], values: Mapping[str, Any], rest: str = "") -> list[Standing]:
    """Return standings; the one query is written out because it stands behind every list of people."""
    statement = " AND ".join([STANDINGS, *filters])
    [rows] = ask_rows({"community": community.pk, **values}, f"{statement} {rest}")
    return [_standing(community.pk, row) for row in rows]


def _standing(community_id: int, row: Sequence[Any]) -> Standing:
    place = dict(zip(OF_STANDING, row, strict=True))
    return Standing(community_id, **place | {"joined_at": datetime.fromisoformat(place["joined_at"])})


def by_handles(community: Community, handles: Iterable[str]) -> dict[str, Standing]:
    """Return standings by case-folded handle, for the handles that somebody has. One query."""
    # The database lowers both sides: its index on the lowered handle answers, and one rule decides what is the same.
    wanted = [Lower(Value(name)) for name in handles if name and "\0" not in name]
    if not wanted:
        return {}
    rows = Membership.objects.select_related("person", "chapter", "tier").filter(community=community)
    found = rows.annotate(lowered=Lower("handle")).filter(lowered__in=wanted)
    return {m.handle.casefold(): as_standing(m) for m in found}


def members(  # noqa: PLR0913 -- the filters of a list
    community: Community,
    *,
    search: str = "",
    role: str = "",
    after: str = "",
    limit: int = 50,
    unclaimed: bool = False,
    by_headline: bool = False,
    chapter_id: int | None = None,
    tier_id: int | None = None,
) -> list[Standing]:
    """Return members by handle, those after `after`, at most `limit`; `unclaimed` keeps the imported. One query.

    Every word of `search` stands in the name or the handle, or with `by_headline` in the headline. `chapter_id` and
    `tier_id` keep those of a chapter or tier; 0 keeps those of none.
    """
    filters, values = _named(search, by_headline=by_headline)
    chosen = {"role": role, "chapter_id": chapter_id, "tier_id": tier_id, "after": clean_line(after)}
    for name, condition in CHOICES.items():
        if chosen[name]:
            filters.append(condition)
            values[name] = chosen[name]
    filters += [f"m.{name} IS NULL" for name in ("chapter_id", "tier_id") if chosen[name] == 0]
    if unclaimed:
        filters.append("m.is_imported AND p.email IS NULL")
    return _found(community, filters, values, f"ORDER BY m.handle LIMIT {limit:d}")


CHOICES = {
    "role": "m.role = %(role)s", "chapter_id": "m.chapter_id = %(chapter_id)s", "tier_id": "m.tier_id = %(tier_id)s", "after": "m.handle > %(after)s",
}  # fmt: skip


def _named(search: str, *, by_headline: bool) -> tuple[list[str], dict[str, Any]]:
    """Return what every word of a search must meet, and the words."""
    words = clean_line(search).split()
    columns = ["m.handle", "p.name", *(["m.headline"] if by_headline else [])]
    meets = [
        "(" + " OR ".join(f"upper({column}) LIKE upper(%(word{n})s)" for column in columns) + ")"
        for n in range(len(words))
    ]
    like = connection.ops.prep_for_like_query
    return meets, {f"word{n}": f"%{like(word)}%" for n, word in enumerate(words)}


def joined_since(community: Community, since: datetime) -> list[Standing]:
    """Return who came in by themselves since a moment, the earliest first: the imported were there before. One query."""
    rows = Membership.objects.within(community.pk).select_related("person", "chapter", "tier")
    return [as_standing(m) for m in rows.filter(joined_at__gte=since, is_imported=False).order_by("joined_at", "pk")]


def programs(community: Community) -> list[Standing]:
    """Return the members marked as programs, by handle. One query."""
    rows = Membership.objects.within(community.pk).select_related("person", "chapter", "tier")
    return [as_standing(m) for m in rows.filter(Q(is_bot=True) | Q(person__is_bot=True)).order_by("handle")]


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


def is_last_founder(community: Community, person: Person) -> bool:
    """Tell whether a community would be without founder if somebody left. One query."""
    founders = Membership.objects.within(community.pk).filter(role="founder").values_list("person_id", flat=True)
    return list(founders[:2]) == [person.pk]


def count(community: Community, *, unclaimed: bool = False) -> int:
    """Count the members, or those who were imported and have no account yet."""
    rows = Membership.objects.within(community.pk)
    return rows.filter(is_imported=True, person__email=None).count() if unclaimed else rows.count()
