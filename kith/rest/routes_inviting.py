"""Invitations that were made, who brought whom, and who is asked to vouch for somebody."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.gather import api as gather
from kith.gather.api import Branch, Inviting, OperatorsOnly
from kith.launch import api as launch
from kith.launch.api import PaidBy
from kith.lib.spans import span
from kith.people import api as people
from kith.people.api import Community, Standing
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, READER, WRITER, Asked, person, run
from kith.rest.fields import Id, NewInvitation, Slug
from kith.rest.fields_inviting import Everybody, SpanDay, Under, Vouching
from kith.rest.routes_pulse import entered
from kith.rest.schemas import Invitation
from kith.rest.schemas import inviting as schemas

router = Router(tags=["Entering"])
HERE = "/communities/{slug}/invitations"
SPAN_DAYS = 90
MOST = 1000


def spanned(since: str, until: str, back_days: int) -> tuple[datetime, datetime]:
    """Return the span of days an address names, in the server's time zone; the last so many without."""
    return span(since, until, now=timezone.now(), zone=timezone.get_current_timezone(), back_days=back_days)


@router.post(
    HERE, auth=ADMIN, response=answers(Invitation, *BODY, 404, 409, status=201),
    summary="Make an invitation",
)  # fmt: skip
def invite(request: Asked, slug: Slug, data: NewInvitation) -> Status[dict[str, Any]]:
    """Make a link that lets people in; for operators, and for members who may invite, as many as they may."""
    now = timezone.now()
    community, _ = entered(request, slug)
    token = gather.invite(community=community, by=person(request), now=now, **data.dict())
    return Status(201, {"token": token, "uses": data.uses, "expires_at": now + timedelta(days=data.days)})


@router.get(HERE, auth=READER, response=answers(schemas.Invitations, 404, 422), summary="List invitations")
def invitations(request: Asked, slug: Slug, everybody: Everybody = False) -> dict[str, Any]:  # noqa: FBT002 -- a parameter of the address
    """Return the links you made and how many more you may; with `everybody`, for operators, those of all."""
    community, place = entered(request, slug)
    if everybody and not place.is_staff:
        raise OperatorsOnly
    return {
        "may_invite": gather.may_invite(community, place),
        "quota": gather.quota(community, place, timezone.now()),
        "invitations": gather.invitations(community, by_id=None if everybody else place.person_id),
    }


@router.get(f"{HERE}/tree", auth=READER, response=answers(schemas.Tree, 404, 422), summary="Who brought whom")
def invitation_tree(request: Asked, slug: Slug, under: Under = "") -> dict[str, Any]:
    """Return the tree of who brought whom: your own branch; for operators the whole, or the branch of a member."""
    community, place = entered(request, slug)
    whose = people.member(community, under) if under else place
    if whose.person_id != place.person_id and not place.is_staff:
        raise OperatorsOnly
    found = gather.invitation_tree(community, under=whose.person_id if under or not place.is_staff else None)
    names = _named(community, {p for b in found[:MOST] for p in (b.person_id, b.host_id) if p})
    return {"branches": [_branch(b, names) for b in found[:MOST]], "total": len(found)}


def _named(community: Community, ids: set[int]) -> Mapping[int, Standing]:
    return people.standings(community, ids)


def _branch(b: Branch, places: Mapping[int, Standing]) -> dict[str, Any]:
    who, host = places.get(b.person_id), places.get(b.host_id or 0)
    return {n: getattr(b, n) for n in ("depth", "way", "at", "brought", "below")} | {
        "handle": who.handle if who else "", "name": who.name if who else "", "host": host.handle if host else "",
    }  # fmt: skip


@router.get(
    f"{HERE}/numbers",
    auth=ADMIN,
    response=answers(schemas.InvitingNumbers, 400, 404, 422),
    summary="What came of inviting",
)
def inviting_numbers(request: Asked, slug: Slug, since: SpanDay = "", until: SpanDay = "") -> dict[str, Any]:
    """Return links made and people who came between two days, both counted in; the last ninety days without.

    Beside them what those paid whom somebody brought: a figure, not a reward, and nothing is owed on it.
    """
    community = run(request, slug)
    first, after = spanned(since, until, SPAN_DAYS)
    guests = [(c.host_id, c.person_id, c.at) for c in gather.came_by(community)]
    paid = launch.paid_by_guests(community, guests, since=first, until=after)
    hosts_paid_for = (p.host_id for p in paid if p.host_id)
    total, hosts = gather.inviting(community, since=first, until=after, now=timezone.now(), also=hosts_paid_for)
    places = _named(community, {h.person_id for h in hosts if h.person_id})
    return {
        "since": first, "until": after, "total": _host(total, {}, paid), "hosts": [_host(h, places, paid) for h in hosts],
    }  # fmt: skip


def _host(h: Inviting, places: Mapping[int, Standing], paid: list[PaidBy]) -> dict[str, Any]:
    who = places.get(h.person_id or 0)
    counted = {n: getattr(h, n) for n in ("made", "places", "came", "stayed", "active", "banned")}
    theirs = [p for p in paid if p.host_id == h.person_id]
    return counted | {"handle": who.handle if who else "", "name": who.name if who else "", "paid": theirs}


@router.delete(
    f"{HERE}/{{invitation_id}}", auth=ADMIN, response=answers(schemas.InvitationLine, 404, 409, 422), summary="Take an invitation back"
)  # fmt: skip
def withdraw_invitation(request: Asked, slug: Slug, invitation_id: Id) -> gather.InvitationValue:
    """End a link of your own, or as an operator any; who came by it stays."""
    community, _ = entered(request, slug)
    return gather.withdraw_invitation(
        community=community, invitation_id=invitation_id, by=person(request), now=timezone.now()
    )


@router.get(
    "/communities/{slug}/sponsorships", auth=READER, response=answers(schemas.Sponsorships, 404, 422), summary="Who names you as sponsor"
)  # fmt: skip
def sponsorships(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return who applied and named you as the member who vouches for them."""
    community, place = entered(request, slug)
    return {"sponsorships": gather.sponsorships(community, place.person_id)}


@router.put(
    "/communities/{slug}/sponsorships/{sponsorship_id}", auth=WRITER, response=answers(None, *BODY, 404, 409, status=204),
    summary="Vouch, or do not",
)  # fmt: skip
def vouch(request: Asked, slug: Slug, sponsorship_id: Id, data: Vouching) -> Status[None]:
    """Say whether you vouch for who names you; who decides sees it, the applicant learns of a yes."""
    community, _ = entered(request, slug)
    gather.answer_sponsorship(
        community=community, application_id=sponsorship_id, yes=data.yes, by=person(request), now=timezone.now()
    )
    return Status(204, None)
