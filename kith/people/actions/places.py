"""Writes on people. Processes (applying, inviting, claiming) are gather's; these only change where people stand."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kith.lib.text import clean_line, clean_text
from kith.people import rules
from kith.people.data import (
    AlreadyMember,
    LastFounder,
    NotADemo,
    NotAMember,
    SlugTaken,
    Standing,
)
from kith.people.models import Chapter, Community, Grant, Membership, Person, Value
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
        NoName, NoPursuit, BadSlug, UnknownBoundary: what is named is missing or malformed.
        SlugTaken: the address belongs to another community.

    """
    rules.checked_boundary(visible_to, entered_by)
    checked = rules.checked_slug(slug)
    row = Community(
        slug=checked,
        name=rules.checked_name(name),
        pursuit=rules.checked_pursuit(pursuit),
        rules=clean_text(rules_text).strip(),
        visible_to=visible_to,
        entered_by=entered_by,
        questions=rules.kept_lines(questions, 300),
        language=language,
        is_demo=is_demo,
        founded_at=now,
    )
    made = _made(row)
    write_values(community=made, values=values)
    add_member(community=made, person=by, role="founder", now=now)
    return made


def _made(row: Community) -> Community:
    """Save a new community; nothing of it can clash but its address."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise SlugTaken(slug=row.slug) from None
    return row


@transaction.atomic
def amend(
    *,
    community: Community,
    name: str | None = None,
    pursuit: str | None = None,
    rules_text: str | None = None,
    visible_to: str | None = None,
    entered_by: str | None = None,
    questions: Sequence[str] | None = None,
) -> Community:
    """Change what is given and leave the rest; the address never changes, because links point at it.

    Raises:
        NoName, NoPursuit, UnknownBoundary: what is given is malformed; nothing changes then.

    """
    row = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    row.name = row.name if name is None else rules.checked_name(name)
    row.pursuit = row.pursuit if pursuit is None else rules.checked_pursuit(pursuit)
    row.rules = row.rules if rules_text is None else clean_text(rules_text).strip()
    row.visible_to, row.entered_by = visible_to or row.visible_to, entered_by or row.entered_by
    rules.checked_boundary(row.visible_to, row.entered_by)
    row.questions = row.questions if questions is None else rules.kept_lines(questions, 300)
    row.save()
    return row


@transaction.atomic
def tune(*, community: Community, tie_half_life_days: float, node_half_life_days: float) -> Community:
    """Change how fast attention fades. The ties must be folded anew in the same transaction (`energy.rebuild`).

    Raises:
        BadHalfLife: less than a day or more than ten years.

    """
    row = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    row.tie_half_life_days = rules.checked_half_life(tie_half_life_days)
    row.node_half_life_days = rules.checked_half_life(node_half_life_days)
    row.save(update_fields=["tie_half_life_days", "node_half_life_days"])
    return row


def amend_person(*, person: Person, name: str, language: str) -> Person:
    """Change how a person is called and in which language they read; their handles stay, because links point at them.

    Raises:
        NoName: nothing visible is left of the name.

    """
    person.name, person.language = rules.checked_name(name), language[:8]
    person.save(update_fields=["name", "language"])
    return person


@transaction.atomic
def write_values(*, community: Community, values: Sequence[tuple[str, str]]) -> list[Value]:
    """Replace the values of a community; pairs of word and sentence, empty words and repeats left out."""
    kept = rules.kept_values(values)
    Value.objects.filter(community=community).delete()
    return Value.objects.bulk_create(
        Value(community=community, word=word, sentence=sentence, position=i)
        for i, (word, sentence) in enumerate(kept.items())
    )


def one_at_a_time(community: Community) -> None:
    """Let nobody else change who stands here until the transaction ends; texts and acts go on meanwhile."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def taken_handles(community: Community) -> set[str]:
    """Return every handle of a community, as they are compared."""
    return {rules.folded(h) for h in Membership.objects.within(community.pk).values_list("handle", flat=True)}


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
        UnknownRole: there is no such role.

    """
    rules.checked_role(role)
    one_at_a_time(community)  # or two newcomers could get the same handle
    if Membership.objects.filter(community=community, person=person).exists():
        raise AlreadyMember
    made = Membership.objects.create(
        community=community,
        person=person,
        handle=rules.free_handle(person.name, taken_handles(community)),
        role=role,
        headline=clean_line(headline)[:120],
        chapter=kept_chapter(community, chapter),
        is_imported=is_imported,
        joined_at=now,
    )
    return as_standing(made)


def kept_chapter(community: Community, raw: str) -> Chapter | None:
    name = clean_line(raw)[:40].strip()
    return Chapter.objects.get_or_create(community=community, name=name)[0] if name else None


def make_person(*, name: str, is_bot: bool = False) -> Person:
    """Make a person without an account."""
    person = Person(name=rules.checked_name(name), is_bot=is_bot)
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def change_role(*, community: Community, person_id: int, role: str) -> Standing:
    """Give a member another role.

    Raises:
        UnknownRole, NotAMember: as they say.
        LastFounder: they are the only founder.

    """
    rules.checked_role(role)
    one_at_a_time(community)  # or two founders could each step down for the other
    place = Membership.objects.select_related("person", "chapter", "tier").filter(
        community=community, person_id=person_id
    )
    if not (found := place.first()):
        raise NotAMember
    if role != "founder":
        _check_founder_stays(community, {person_id})
    found.role = role
    found.save(update_fields=["role"])
    return as_standing(found)


def mark_bot(*, community: Community, person_id: int, is_bot: bool) -> Standing:
    """Say that a member is a program, or is not; programs are in no ranking and no count of people.

    Raises:
        NotAMember: nobody here has this id.

    """
    return _marked(community, person_id, is_bot=is_bot)


def choose_sight(*, community: Community, person_id: int, hides_rank: bool, refuses_measures: bool) -> Standing:
    """Keep a member out of rankings, or from being measured at all, as they choose.

    Raises:
        NotAMember: nobody here has this id.

    """
    return _marked(community, person_id, hides_rank=hides_rank or refuses_measures, refuses_measures=refuses_measures)


def decline(
    *, community: Community, person_id: int, introductions: bool | None = None, letters: bool | None = None
) -> Standing:
    """Decline being introduced to others, the weekly letter, or take either back; None leaves as it is.

    Raises:
        NotAMember: nobody here has this id.

    """
    given = {"declines_introductions": introductions, "declines_letters": letters}
    return _marked(community, person_id, **{mark: value for mark, value in given.items() if value is not None})


def _marked(community: Community, person_id: int, **marks: bool) -> Standing:
    Membership.objects.filter(community=community, person_id=person_id).update(**marks)
    place = Membership.objects.select_related("person", "chapter", "tier").filter(
        community=community, person_id=person_id
    )
    if not (found := place.first()):
        raise NotAMember
    return as_standing(found)


@transaction.atomic
def remove_members(*, community: Community, person_ids: Iterable[int]) -> int:
    """Take places away; returns how many.

    Raises:
        LastFounder: no founder would be left.

    """
    one_at_a_time(community)
    going = set(person_ids)
    _check_founder_stays(community, going)
    return Membership.objects.within(community.pk).filter(person_id__in=going).delete()[0]


def _check_founder_stays(community: Community, going: set[int]) -> None:
    founders = set(Membership.objects.within(community.pk).filter(role="founder").values_list("person_id", flat=True))
    if founders and founders <= going:
        raise LastFounder


@transaction.atomic
def drop_members(*, community: Community) -> None:
    """Forget every place of an invented community, and its people without account who stood nowhere else.

    Raises:
        NotADemo: the community is real.

    """
    if not community.is_demo:
        raise NotADemo
    ids = list(Membership.objects.within(community.pk).values_list("person_id", flat=True))
    Membership.objects.within(community.pk).delete()
    Grant.objects.filter(community=community).delete()
    Person.objects.filter(pk__in=ids, memberships=None, email=None).delete()
