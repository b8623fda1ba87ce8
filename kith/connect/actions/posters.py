"""Making posters, and who comes by them."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kith.connect.actions.saying import checked_place
from kith.connect.data import (
    CAMPAIGN_LIMIT,
    LETS_IN_LIMIT,
    MOST_POSTERS,
    MayNotInvite,
    NoSuchPoster,
    OnlyTheirPoster,
    TooManyPosters,
)
from kith.connect.data import Poster as Value
from kith.connect.models import Arrival, Poster
from kith.connect.queries.posters import poster, poster_by_code
from kith.energy.api import NewAct, record
from kith.gather.api import accept_invitation, application_of, brought, invite
from kith.lib.codes import new_code
from kith.lib.text import clean_line
from kith.people.api import Community, Person, note_deed, standing


@transaction.atomic
def make_poster(*, community: Community, by: Person, now: datetime, campaign: str = "", lets_in: int = 0) -> Value:
    """Make a poster for a campaign, or return the one somebody has for it. `lets_in` is heeded of who runs the community.

    Raises:
        MembersOnly, MayNotInvite: as they say.
        TooManyPosters: fifty of them hang.

    """
    place, name = checked_place(community, by), clean_line(campaign)[:CAMPAIGN_LIMIT].strip()
    if community.entered_by == "invitation" and not place.is_staff:
        raise MayNotInvite
    many = max(0, min(lets_in, LETS_IN_LIMIT)) if place.is_staff else 0
    mine = Poster.objects.filter(community=community, by=by, closed_at=None)
    found = mine.filter(campaign=name).first()
    if found is None:
        if mine.count() >= MOST_POSTERS:
            raise TooManyPosters(limit=MOST_POSTERS)
        found = _made(community, by, name, now)
        note_deed(community=community, kind="connect.poster", by=by, subject=f"poster:{found.pk}", now=now)
    if many:
        Poster.objects.filter(pk=found.pk).update(lets_in=many)
        facts = {"lets_in": many}
        note_deed(community=community, kind="connect.poster_opened", by=by, subject=f"poster:{found.pk}", detail=facts, now=now)  # fmt: skip
    return poster(community, found.pk)


def _made(community: Community, by: Person, campaign: str, now: datetime) -> Poster:
    try:
        with transaction.atomic():
            return Poster.objects.create(community=community, by=by, campaign=campaign, code=new_code(), made_at=now)
    except IntegrityError:  # a second click was faster
        return Poster.objects.get(community=community, by=by, campaign=campaign, closed_at=None)


@transaction.atomic
def close_poster(*, community: Community, poster_id: int, by: Person, now: datetime) -> Value:
    """Take a poster down; its code then leads nowhere, and what came by it stays counted.

    Raises:
        MembersOnly, NoSuchPoster, OnlyTheirPoster: as they say.

    """
    place, found = checked_place(community, by), poster(community, poster_id)
    if found.by_id != by.pk and not place.is_staff:
        raise OnlyTheirPoster
    if Poster.objects.filter(pk=found.id, closed_at=None).update(closed_at=now, lets_in=0):
        note_deed(community=community, kind="connect.poster_closed", by=by, subject=f"poster:{found.id}", now=now)
    return poster(community, poster_id)


def see_poster(*, code: str) -> None:
    """Count that a person opened a poster's address; nothing of them is kept."""
    Poster.objects.filter(code=code, closed_at=None).update(seen=F("seen") + 1)


@transaction.atomic
def enter_by_poster(*, code: str, person: Person, now: datetime, accepted: Collection[int] = ()) -> bool:
    """Let somebody in by a poster that lets people in; returns whether it did. The inviter has invited them, as by a link.

    Raises:
        NoSuchPoster: it was closed, or never was.
        AlreadyMember: they are in; nothing is used up.
        OperatorsOnly: whose poster it is runs the community no longer.
        AgreementsMissing: `accepted` lacks one of the community's agreements.

    """
    community, found = poster_by_code(code)
    if not Poster.objects.filter(pk=found.id, closed_at=None, lets_in__gt=0).update(lets_in=F("lets_in") - 1):
        return False
    row = Poster.objects.select_related("by").get(pk=found.id)
    token = invite(community=community, by=row.by, now=now, uses=1, days=1)
    accept_invitation(community=community, token=token, person=person, now=now, accepted=accepted)
    Arrival.objects.get_or_create(community=community, person=person, defaults={"poster": row, "at": now})
    return True


@transaction.atomic
def arrive(*, code: str, community: Community, person: Person, now: datetime) -> bool:
    """Note by which poster somebody who just came in or applied came; returns whether that is new.

    Once for each person: the first poster counts. Whoever came in by it was welcomed by its owner. Nobody comes by their own.

    Raises:
        NoSuchPoster: it leads nowhere, or into another community, or they neither applied nor came in after it was made.

    """
    there, found = poster_by_code(code)
    place = standing(community, person)
    came_at = place.joined_at if place else _applied_at(community, person)
    if there.pk != community.pk or found.by_id == person.pk or came_at is None or came_at < found.made_at:
        raise NoSuchPoster
    _row, is_new = Arrival.objects.get_or_create(
        community=community, person=person, defaults={"poster_id": found.id, "at": now}
    )
    if is_new and place:
        source = f"poster:{found.id}"
        act = NewAct(found.by_id, "welcome", now, f"welcome:{person.pk}", source, other_id=person.pk)
        record(community=community, acts=[act])
        owner = Person.objects.get(pk=found.by_id)
        brought(community=community, person=person, host=owner, way="poster", now=now)
    return is_new


def _applied_at(community: Community, person: Person) -> datetime | None:
    applied = application_of(community, person)
    return applied.made_at if applied else None
