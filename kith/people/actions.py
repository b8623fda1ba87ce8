"""Writes on people. Processes (applying, inviting, claiming) are gather's; these only change where people stand."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kith.lib.text import clean_name
from kith.people import rules
from kith.people.data import AlreadyMember, LastFounder, NoPursuit, SlugTaken, Standing
from kith.people.models import Chapter, Community, Membership, Person, Value
from kith.people.queries import as_standing

BULK = 2000


@transaction.atomic
def found(  # noqa: PLR0913 -- a founder's form
    *,
    name: str,
    slug: str,
    pursuit: str,
    by: Person,
    now: datetime,
    values: Sequence[tuple[str, str]] = (),
    rules_text: str = "",
    visible_to: str = "members",
    entered_by: str = "application",
    questions: Sequence[str] = (),
    language: str = "zh-hans",
    is_demo: bool = False,
) -> Community:
    """Make a community with its founder as first member.

    Raises:
        NoName, NoPursuit, BadSlug: what is named is missing or malformed.
        SlugTaken: the address belongs to another community.

    """
    if not pursuit.strip():
        raise NoPursuit
    checked = rules.checked_slug(slug)
    try:
        with transaction.atomic():
            made = Community.objects.create(
                slug=checked,
                name=rules.checked_name(name),
                pursuit=pursuit.strip()[:200],
                rules=rules_text.strip(),
                visible_to=visible_to,
                entered_by=entered_by,
                questions=[q.strip() for q in questions if q.strip()],
                language=language,
                is_demo=is_demo,
                founded_at=now,
            )
    except IntegrityError as fault:
        if "slug" in str(fault):
            raise SlugTaken(slug=checked) from None
        raise
    write_values(community=made, values=values)
    add_member(community=made, person=by, role="founder", now=now)
    return made


def write_values(*, community: Community, values: Sequence[tuple[str, str]]) -> list[Value]:
    """Replace the values of a community; pairs of word and sentence, empty words and repeats left out."""
    kept = {word.strip()[:20]: sentence.strip()[:200] for word, sentence in values if word.strip()}
    Value.objects.filter(community=community).delete()
    return Value.objects.bulk_create(
        Value(community=community, word=word, sentence=sentence, position=i)
        for i, (word, sentence) in enumerate(kept.items())
    )


def taken_handles(community: Community) -> set[str]:
    """Return every handle of a community, case-folded."""
    return {h.casefold() for h in Membership.objects.within(community.pk).values_list("handle", flat=True)}


@transaction.atomic
def add_member(
    *,
    community: Community,
    person: Person,
    now: datetime,
    role: str = "member",
    chapter: str = "",
    headline: str = "",
    is_imported: bool = False,
) -> Standing:
    """Give a person a place.

    Raises:
        AlreadyMember: they have one.

    """
    Community.objects.select_for_update().get(pk=community.pk)  # one at a time: handles must not collide
    if Membership.objects.filter(community=community, person=person).exists():
        raise AlreadyMember
    made = Membership.objects.create(
        community=community,
        person=person,
        handle=rules.free_handle(person.name, taken_handles(community)),
        role=role,
        headline=headline[:120],
        chapter=Chapter.objects.get_or_create(community=community, name=chapter)[0] if chapter else None,
        is_imported=is_imported,
        joined_at=now,
    )
    return as_standing(made)


def make_person(*, name: str, is_bot: bool = False) -> Person:
    """Make a person without an account."""
    person = Person(name=rules.checked_name(name), is_bot=is_bot)
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def bring_people(*, community: Community, names: Iterable[str], now: datetime) -> list[int]:
    """Make members without accounts in bulk, as an import does; return person ids in the order of the names.

    A name with nothing visible becomes “member”. Costs three statements per 2,000 names.
    """
    Community.objects.select_for_update().get(pk=community.pk)
    taken = taken_handles(community)
    made = Person.objects.bulk_create(
        (Person(name=clean_name(n) or "member", password="!") for n in names),  # noqa: S106 -- "!" never matches
        batch_size=BULK,
    )
    Membership.objects.bulk_create(
        (
            Membership(
                community=community,
                person=p,
                handle=rules.free_handle(p.name, taken),
                is_imported=True,
                joined_at=now,
            )
            for p in made
        ),
        batch_size=BULK,
    )
    return [p.pk for p in made]


@transaction.atomic
def rejoin(*, community: Community, person_ids: Iterable[int], now: datetime) -> int:
    """Give people of an earlier import their places back after an undo; returns how many were missing."""
    Community.objects.select_for_update().get(pk=community.pk)
    wanted = set(person_ids)
    wanted -= set(
        Membership.objects.filter(community=community, person_id__in=wanted).values_list("person_id", flat=True)
    )
    taken = taken_handles(community)
    people = Person.objects.filter(pk__in=wanted, merged_into=None).order_by("pk")
    back = Membership.objects.bulk_create(
        Membership(
            community=community,
            person=p,
            handle=rules.free_handle(p.name, taken),
            is_imported=True,
            joined_at=now,
        )
        for p in people
    )
    return len(back)


def change_role(*, community: Community, person_id: int, role: str) -> Standing:
    """Give a member another role.

    Raises:
        LastFounder: they are the only founder.

    """
    with transaction.atomic():
        place = (
            Membership.objects.select_for_update()
            .select_related("person")
            .get(community=community, person_id=person_id)
        )
        _check_founder_stays(place, role)
        place.role = role
        place.save(update_fields=["role"])
    return as_standing(place)


def remove_members(*, community: Community, person_ids: Iterable[int]) -> int:
    """Take places away; returns how many.

    Raises:
        LastFounder: the only founder is among them.

    """
    with transaction.atomic():
        places = Membership.objects.select_for_update().filter(community=community, person_id__in=list(person_ids))
        for place in places.filter(role="founder"):
            _check_founder_stays(place, "member")
        return places.delete()[0]


def _check_founder_stays(place: Membership, role: str) -> None:
    founders = Membership.objects.within(place.community_id).filter(role="founder").count()
    if place.role == "founder" and role != "founder" and founders == 1:
        raise LastFounder


def merge_person(*, imported: Person, into: Person) -> None:
    """Point an imported person at the account that claimed them; their places move or fall away.

    The books keep the old id: whoever reads them follows `merged_into`.
    """
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


def drop_members(*, community: Community) -> None:
    """Forget every place of a community and the people who stood nowhere else; for an invented community only."""
    ids = list(Membership.objects.within(community.pk).values_list("person_id", flat=True))
    Membership.objects.within(community.pk).delete()
    Person.objects.filter(pk__in=ids, memberships=None).delete()
