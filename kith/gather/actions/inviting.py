"""Inviting: making and taking back links, and keeping by whom people came."""

from datetime import datetime

from django.db import transaction

from kith.gather import rules
from kith.gather.data import (
    NOTE_LIMIT,
    InvitationOver,
    InvitationValue,
    LinkExpired,
    OnlyTheirInvitation,
    OperatorsOnly,
    TierTooLow,
)
from kith.gather.models import Coming, Invitation
from kith.gather.queries import invitation, ladder, may_invite, quota
from kith.lib.text import clean_line
from kith.people.api import Community, Person, Standing, note_deed, standing


def _checked_host(community: Community, by: Person) -> Standing:
    place = standing(community, by)
    if place is None:
        raise OperatorsOnly
    if not may_invite(community, place):
        found = ladder(community)
        tier = found.at(found.rights.get("invite", 0))
        raise TierTooLow(tier=tier.name) if tier else OperatorsOnly
    return place


@transaction.atomic
def invite(
    *, community: Community, by: Person, now: datetime, uses: int = 1, days: int = rules.INVITATION_DAYS, note: str = ""
) -> str:
    """Make an invitation; returns its token, which is shown once and kept nowhere. `note` says for themselves whom it is for.

    Raises:
        OperatorsOnly, TierTooLow: `by` neither runs the community nor may members, or their tier, invite.
        QuotaReached: they have invited as many as may come at a time.

    """
    place, many = _checked_host(community, by), max(1, min(uses, 1000))
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # or two at once would both fit
    rules.check_quota(quota(community, place, now), many)
    token = rules.new_token()
    made = Invitation.objects.create(
        community=community,
        by=by,
        digest=rules.digest(token),
        note=clean_line(note)[:NOTE_LIMIT].strip(),
        uses=many,
        uses_left=many,
        made_at=now,
        expires_at=now + rules.lifetime(max(1, min(days, 365))),
    )
    note_deed(
        community=community,
        kind="gather.invited",
        by=by,
        now=now,
        subject=f"invitation:{made.pk}",
        detail={"uses": many},
    )
    return token


@transaction.atomic
def withdraw_invitation(*, community: Community, invitation_id: int, by: Person, now: datetime) -> InvitationValue:
    """Take a link back: it lets nobody in any more. Who came by it stays.

    Raises:
        NoSuchInvitation: there is none of this id here.
        OnlyTheirInvitation: `by` neither made it nor runs the community.
        InvitationOver: it has ended.

    """
    found, place = invitation(community, invitation_id), standing(community, by)
    if place is None or (found.by_id != by.pk and not place.is_staff):
        raise OnlyTheirInvitation
    rows = Invitation.objects.filter(pk=found.id, withdrawn_at=None, uses_left__gt=0, expires_at__gt=now)
    if not rows.update(uses_left=0, withdrawn_at=now):
        raise InvitationOver
    note_deed(
        community=community, kind="gather.invitation_withdrawn", by=by, now=now, subject=f"invitation:{found.id}",
        person=Person(pk=found.by_id),
    )  # fmt: skip
    return invitation(community, found.id)


def invitation_of(*, community: Community, token: str, now: datetime) -> str:
    """Return who invites by a link; reading it uses nothing up.

    Raises:
        LinkExpired: the token is unknown, of another community, used up, withdrawn or too old.

    """
    found = Invitation.objects.select_related("by").filter(
        community=community, digest=rules.digest(token), expires_at__gt=now, uses_left__gt=0
    )
    if not (row := found.first()):
        raise LinkExpired
    return row.by.name


def brought(
    *, community: Community, person: Person, host: Person, way: str, now: datetime, invitation: Invitation | None = None
) -> None:
    """Keep by whom somebody came in, `way` one of COMING_WAYS; the latest coming counts. Nobody comes by themselves."""
    if person.pk != host.pk:
        facts = {"host": host, "way": way, "invitation": invitation, "at": now}
        Coming.objects.update_or_create(community=community, person=person, defaults=facts)
