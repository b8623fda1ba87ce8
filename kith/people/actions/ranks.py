"""Writes on tiers and chapters: which there are, and who stands in which. What a tier takes and gives is gather's."""

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from kith.lib.text import clean_line
from kith.people import rules
from kith.people.actions.places import one_at_a_time
from kith.people.data import NameTaken, NotAMember
from kith.people.models import Chapter, Community, Membership, Tier

ASIDE = 10_000  # where positions wait while others take their places


@transaction.atomic
def write_tiers(*, community: Community, tiers: Sequence[tuple[int | None, str]]) -> list[Tier]:
    """Make the tiers of a community these, lowest first: (id of one there is, or None, and its name).

    Members of a tier that is left out have none afterwards.

    Raises:
        NoName: a name has nothing visible.

    """
    one_at_a_time(community)
    names = [rules.checked_name(name)[:40] for _, name in tiers]
    known = {t.pk: t for t in Tier.objects.filter(community=community)}
    kept = [known.get(pk) if pk else None for pk, _ in tiers]
    Tier.objects.filter(community=community).exclude(pk__in=[t.pk for t in kept if t]).delete()
    Tier.objects.filter(community=community).update(position=F("position") + ASIDE)
    made = []
    for position, (row, name) in enumerate(zip(kept, names, strict=True), start=1):
        tier = row or Tier(community=community)
        tier.name, tier.position = name, position
        tier.save()
        made.append(tier)
    return made


def set_tiers(*, community: Community, moves: Mapping[int, tuple[int | None, int | None]]) -> set[int]:
    """Move people from one tier to another: person -> (from, to); returns who stood where it says and moved. One statement.

    Two who move the same person at once cannot both succeed: nobody is told twice.
    """
    if not moves:
        return set()
    people, pairs = list(moves), list(moves.values())
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_membership m SET tier_id = moved.after
            FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS moved(person, before, after)
            WHERE m.community_id = %s AND m.person_id = moved.person AND m.tier_id IS NOT DISTINCT FROM moved.before
                AND m.tier_id IS DISTINCT FROM moved.after
            RETURNING m.person_id""",
            [people, [before for before, _ in pairs], [after for _, after in pairs], community.pk],
        )
        return {person for (person,) in cursor.fetchall()}


def open_chapter(*, community: Community, name: str, about: str = "") -> Chapter:
    """Make a chapter.

    Raises:
        NoName: nothing visible is left of the name.
        NameTaken: there is one of that name.

    """
    return _saved(
        Chapter(community=community, name=rules.checked_name(name)[:40], about=clean_line(about)[:300].strip())
    )


def amend_chapter(*, chapter: Chapter, name: str, about: str) -> Chapter:
    """Change how a chapter is called and what it says of itself.

    Raises:
        NoName, NameTaken: as `open_chapter` does.

    """
    chapter.name, chapter.about = rules.checked_name(name)[:40], clean_line(about)[:300].strip()
    return _saved(chapter)


def _saved(chapter: Chapter) -> Chapter:
    try:
        with transaction.atomic():
            chapter.save()
    except IntegrityError:
        raise NameTaken(name=chapter.name) from None
    return chapter


def close_chapter(*, chapter: Chapter) -> None:
    """Take a chapter away; its members stay, without one."""
    chapter.delete()


def choose_chapter(*, community: Community, person_id: int, chapter: Chapter | None) -> None:
    """Have a member stand in a chapter, or in none.

    Raises:
        NotAMember: nobody here has this id.

    """
    if not Membership.objects.filter(community=community, person_id=person_id).update(chapter=chapter):
        raise NotAMember


def place_in_chapters(*, community: Community, chapters: Mapping[int, int]) -> int:
    """Have many members stand in chapters: person -> chapter, as an import does. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_membership m SET chapter_id = placed.chapter
            FROM unnest(%s::bigint[], %s::bigint[]) AS placed(person, chapter)
            JOIN people_chapter c ON c.id = placed.chapter AND c.community_id = %s
            WHERE m.community_id = c.community_id AND m.person_id = placed.person""",
            [list(chapters.keys()), list(chapters.values()), community.pk],
        )
        return int(cursor.rowcount)
