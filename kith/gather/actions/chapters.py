"""Writes on chapters: opening, naming, closing, choosing one, and who leads it."""

from datetime import datetime

from django.db import transaction

from kith.gather.actions.entering import check_runs
from kith.gather.actions.figures import offer_figure
from kith.gather.data import FigureValue, NotALead
from kith.gather.models import Duty, Figure
from kith.gather.queries.figures import as_figure, leads
from kith.people import api as people
from kith.people.api import Chapter, Community, NotAMember, Person, may_run, standing


def check_leads(community: Community, chapter_id: int, by: Person) -> None:
    """Let pass who leads a chapter, or runs the community.

    Raises:
        NotALead: neither.

    """
    place = standing(community, by)
    if not (may_run(place) or (place and by.pk in leads(community).get(chapter_id, []))):
        raise NotALead


def _note(chapter: Chapter, kind: str, by: Person, now: datetime, person: Person | None = None) -> None:
    people.note_deed(
        community=chapter.community, kind=kind, by=by, now=now, person=person, subject=f"chapter:{chapter.pk}"
    )


@transaction.atomic
def open_chapter(*, community: Community, name: str, by: Person, now: datetime, about: str = "") -> Chapter:
    """Make a chapter.

    Raises:
        OperatorsOnly, NoName, NameTaken: as they say.

    """
    check_runs(community, by)
    made = people.open_chapter(community=community, name=name, about=about)
    _note(made, "gather.chapter_opened", by, now)
    return made


@transaction.atomic
def amend_chapter(
    *, community: Community, chapter_id: int, by: Person, now: datetime, name: str | None = None, about: str | None = None
) -> Chapter:  # fmt: skip
    """Change what is given of a chapter; its leads may.

    Raises:
        NotFound, NotALead, NoName, NameTaken: as they say.

    """
    found = people.chapter(community, chapter_id)
    check_leads(community, chapter_id, by)
    made = people.amend_chapter(
        chapter=found, name=found.name if name is None else name, about=found.about if about is None else about
    )
    _note(made, "gather.chapter_amended", by, now)
    return made


@transaction.atomic
def close_chapter(*, community: Community, chapter_id: int, by: Person, now: datetime) -> None:
    """Take a chapter away; its members stay in the community, its leads have a duty less.

    Raises:
        NotFound, OperatorsOnly: as they say.

    """
    found = people.chapter(community, chapter_id)
    check_runs(community, by)
    _note(found, "gather.chapter_closed", by, now)
    Duty.objects.filter(community=community, kind="chapter", thing_id=chapter_id).delete()
    people.close_chapter(chapter=found)


@transaction.atomic
def choose_chapter(
    *, community: Community, chapter_id: int | None, by: Person, now: datetime, person_id: int | None = None
) -> None:
    """Choose one's chapter, None for none; leads may take somebody out of theirs, staff place anybody.

    Raises:
        NotFound: there is no such chapter.
        NotAMember: there is no such member.
        NotALead: it is not one's own place, and not one's own chapter.

    """
    chapter = people.chapter(community, chapter_id) if chapter_id else None
    who = by.pk if person_id is None else person_id
    place = people.standings(community, [who]).get(who)
    if place is None:
        raise NotAMember
    if who != by.pk:
        _check_may_place(community, place.chapter_id, chapter_id, by)
    people.choose_chapter(community=community, person_id=who, chapter=chapter)
    people.note_deed(
        community=community, kind="gather.chapter_chosen", by=by, person=Person(pk=who), now=now,
        subject=f"chapter:{chapter_id or 0}", detail={"before": place.chapter_id or 0, "after": chapter_id or 0},
    )  # fmt: skip


def _check_may_place(community: Community, before: int | None, after: int | None, by: Person) -> None:
    if may_run(standing(community, by)):
        return
    if after is not None or before is None:
        raise NotALead
    check_leads(community, before, by)


@transaction.atomic
def appoint_lead(*, community: Community, chapter_id: int, person_id: int, by: Person, now: datetime) -> FigureValue:
    """Ask a member to lead a chapter: as a duty of the host they are, or with the role of one, which they must accept.

    Raises:
        OperatorsOnly, NotFound, NotAMember: as they say.

    """
    check_runs(community, by)
    found = people.chapter(community, chapter_id)
    role = Figure.objects.filter(community=community, person_id=person_id, kind="host", ended_at=None).first()
    if role is None:
        return offer_figure(
            community=community, person_id=person_id, kind="host", by=by, now=now, duties=[("chapter", chapter_id)]
        )
    Duty.objects.get_or_create(community=community, figure=role, kind="chapter", thing_id=chapter_id)
    _note(found, "gather.lead_appointed", by, now, role.person)
    return as_figure(role)


@transaction.atomic
def dismiss_lead(*, community: Community, chapter_id: int, person_id: int, by: Person, now: datetime) -> None:
    """Take the lead of a chapter from somebody; whatever else they are stays theirs.

    Raises:
        OperatorsOnly, NotFound, NotAMember: as they say.

    """
    check_runs(community, by)
    found = people.chapter(community, chapter_id)
    gone, _ = Duty.objects.filter(
        community=community, kind="chapter", thing_id=chapter_id, figure__person_id=person_id, figure__ended_at=None
    ).delete()
    if not gone:
        raise NotAMember
    _note(found, "gather.lead_dismissed", by, now, Person(pk=person_id))
