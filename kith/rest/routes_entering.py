"""How people come in: applications, invitations, claims on imported lines."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.gather import api as gather
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Community, Standing
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, WRITER, Asked, person, run
from kith.rest.fields import (
    Answers,
    BeforeId,
    ClaimFor,
    Decided,
    Decision,
    Entering,
    Id,
    Limit,
    Link,
    Slug,
)
from kith.rest.routes_communities import door_of
from kith.see import api as see

router = Router(tags=["Entering"])


@router.post(
    "/communities/{slug}/applications", auth=WRITER, response=answers(schemas.OwnApplication, *BODY, 404, 409, status=201),
    summary="Apply",
)  # fmt: skip
def apply(request: Asked, slug: Slug, data: Answers) -> Status[gather.Applied]:
    """Ask to come in, answering the founder's questions (see the door)."""
    community, _ = door_of(slug, person(request))
    made = gather.apply(
        community=community, person=person(request), answers=data.answers, accepted=data.accepted, sponsor=data.sponsor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, made)


@router.get(
    "/communities/{slug}/applications", auth=ADMIN, response=answers(schemas.Applications, 404, 422),
    summary="List who waits",
)  # fmt: skip
def waiting(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the pending applications, oldest first; for operators."""
    return {"waiting": gather.waiting(run(request, slug))}


@router.get(
    "/communities/{slug}/applications/decided", auth=ADMIN, response=answers(schemas.Decisions, 404, 422),
    summary="List past decisions",
)  # fmt: skip
def past_decisions(
    request: Asked, slug: Slug, state: Decided = "", before: BeforeId = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Return what was decided, with answers, reasons and who decided; newest first."""
    found = gather.decided(run(request, slug), state=state, before=before or None, limit=limit + 1)
    return {"decided": found[:limit], "next": found[limit - 1].id if len(found) > limit else None}


@router.post(
    "/communities/{slug}/applications/{application_id}/decision",
    auth=ADMIN, response=answers(schemas.Application, *BODY, 404, 409), summary="Decide on an application",
)  # fmt: skip
def decide(request: Asked, slug: Slug, application_id: Id, data: Decision) -> gather.Applied:
    """Let an applicant in, or not; admitting is an act of welcome."""
    return gather.decide(
        community=run(request, slug), application_id=application_id, admit=data.admit, reason=data.reason,
        by=person(request), now=timezone.now(),
    )  # fmt: skip


def behind_link(slug: str) -> Community:
    """Return the community of a link.

    Raises:
        LinkExpired: there is none; the same answer as to a bad link, which would else tell that the community exists.

    """
    try:
        return people.community(slug)
    except NotFound:
        raise gather.LinkExpired from None


@router.post(
    "/communities/{slug}/invitations/accept", auth=WRITER, response=answers(schemas.Place, *BODY, 404, 409, status=201),
    summary="Accept an invitation",
)  # fmt: skip
def accept_invitation(request: Asked, slug: Slug, data: Entering) -> Status[Standing]:
    """Come in by an invitation."""
    place = gather.accept_invitation(
        community=behind_link(slug),
        token=data.token,
        accepted=data.accepted,
        person=person(request),
        now=timezone.now(),
    )
    return Status(201, place)


@router.post(
    "/communities/{slug}/claims", auth=ADMIN, response=answers(schemas.ClaimLink, *BODY, 404, 409, status=201),
    summary="Make a claim link",
)  # fmt: skip
def offer_claim(request: Asked, slug: Slug, data: ClaimFor) -> Status[dict[str, Any]]:
    """Make the link by which the person behind imported lines makes them their own."""
    community = run(request, slug)
    member = people.member(community, data.handle)
    token = gather.offer_claim(community=community, member=member, by=person(request), now=timezone.now())
    return Status(201, {"token": token})


@router.post(
    "/communities/{slug}/claims/look",
    auth=WRITER,
    response=answers(schemas.Offered, *BODY, 404),
    summary="Look at a claim link",
)
def look_at_claim(request: Asked, slug: Slug, data: Link) -> dict[str, Any]:
    """Return whose lines a link offers, before they are made one's own for good."""
    return {"name": gather.claim_of(community=behind_link(slug), token=data.token, now=timezone.now())}


@router.post(
    "/communities/{slug}/claims/accept", auth=WRITER, response=answers(schemas.Claimed, *BODY, 404, 409),
    summary="Claim imported lines",
)  # fmt: skip
@transaction.atomic
def claim(request: Asked, slug: Slug, data: Link) -> dict[str, Any]:
    """Make the imported lines behind a link your own: texts, thanks and ties. It cannot be undone."""
    community, who = behind_link(slug), person(request)
    imported = gather.claim(community=community, token=data.token, person=who, now=timezone.now())
    see.outdate(community=community)
    return {"texts": connect.take_over(community=community, from_id=imported, to=who)}
