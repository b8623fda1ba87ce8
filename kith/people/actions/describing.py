"""What a list says of people who were imported: their chapter, a line about them, since when they are here."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from kith.lib.text import clean_line
from kith.people.actions.places import one_at_a_time
from kith.people.data import Described, Details, TooManyChapters
from kith.people.models import Chapter, Community, Membership

CHAPTERS_LIMIT = 200
FIELDS = ("chapter", "headline", "joined_at")
Change = tuple[Details, Details]


@transaction.atomic
def describe(*, community: Community, details: Mapping[int, Details]) -> Described:
    """Write what a list says of people who were imported and are not claimed; all others speak for themselves.

    Missing chapters are made. Costs six statements.

    Raises:
        TooManyChapters: more than 200 would be made: the column holds something else.

    """
    one_at_a_time(community)
    clean = {person_id: _clean(said) for person_id, said in details.items()}
    chapters, made = _chapters(community, {said.chapter for said in clean.values()} - {""})
    changes: dict[int, Change] = {}
    changed: list[Membership] = []
    for place in _unclaimed(community, clean):
        if change := _change(_now(place), clean[place.person_id]):
            changes[place.person_id] = change
            changed.append(_written(place, change[1], chapters))
    _save(changed)
    return Described(changes, tuple(chapter.pk for chapter in made))


@transaction.atomic
def undescribe(*, community: Community, changes: Mapping[int, Change], chapters: Iterable[int] = ()) -> int:
    """Take back what `describe` changed, where it still stands so, and the chapters it made, where nobody is in them."""
    one_at_a_time(community)
    known = {chapter.name: chapter for chapter in Chapter.objects.filter(community=community)}
    back: list[Membership] = []
    for place in _unclaimed(community, changes):
        before, after = changes[place.person_id]
        if fields := [name for name in FIELDS if (was := getattr(after, name)) and getattr(_now(place), name) == was]:
            back.append(_restored(place, before, fields, known))
    _save(back)
    Chapter.objects.filter(community=community, pk__in=chapters, memberships=None).delete()
    return len(back)


def _clean(said: Details) -> Details:
    return Details(clean_line(said.chapter)[:40].strip(), clean_line(said.headline)[:120].strip(), said.joined_at)


def _unclaimed(community: Community, person_ids: Iterable[int]) -> Iterable[Membership]:
    places = Membership.objects.within(community.pk).filter(is_imported=True, person__email=None)
    return places.filter(person_id__in=list(person_ids)).select_related("chapter")


def _now(place: Membership) -> Details:
    return Details(place.chapter.name if place.chapter else "", place.headline, place.joined_at)


def _change(now: Details, said: Details) -> Change | None:
    """Return (before, after), each with only what changes; nothing when nothing does."""
    fields = [name for name in FIELDS if (new := getattr(said, name)) and new != getattr(now, name)]
    if not fields:
        return None
    return Details(**{n: getattr(now, n) for n in fields}), Details(**{n: getattr(said, n) for n in fields})


def _written(place: Membership, after: Details, chapters: Mapping[str, Chapter]) -> Membership:
    place.chapter = chapters[after.chapter] if after.chapter else place.chapter
    place.headline = after.headline or place.headline
    place.joined_at = after.joined_at or place.joined_at
    return place


def _restored(place: Membership, before: Details, fields: list[str], known: Mapping[str, Chapter]) -> Membership:
    for name in fields:
        was: str | datetime | None = getattr(before, name)
        setattr(place, name, known.get(str(was)) if name == "chapter" else was)
    return place


def _save(places: list[Membership]) -> None:
    """Write the three fields of many places by one statement."""
    columns = (
        [p.pk for p in places],
        [p.chapter_id for p in places],
        [p.headline for p in places],
        [p.joined_at for p in places],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE people_membership m SET chapter_id = said.chapter, headline = said.headline, joined_at = said.joined
            FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[]) AS said(id, chapter, headline, joined)
            WHERE m.id = said.id""",
            columns,
        )


def _chapters(community: Community, names: set[str]) -> tuple[dict[str, Chapter], list[Chapter]]:
    """Return the chapters by name, and those that were made."""
    known = {chapter.name: chapter for chapter in Chapter.objects.filter(community=community)}
    missing = sorted(names - known.keys())
    if len(missing) > CHAPTERS_LIMIT:
        raise TooManyChapters(count=len(missing), limit=CHAPTERS_LIMIT, example=missing[0])
    made = Chapter.objects.bulk_create(Chapter(community=community, name=name) for name in missing)
    return known | {chapter.name: chapter for chapter in made}, made
