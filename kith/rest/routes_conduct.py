"""Agreements, and keeping order: limits, measures, texts of newcomers that wait."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.gather import api as gather
from kith.people import api as people
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, READER, WRITER, Asked, person, run, seen
from kith.rest.fields import Handle, Id, Slug
from kith.rest.fields_conduct import Acceptance, NewAgreement, NewLimits, NewMeasure, Number, ReadDecision
from kith.rest.routes_writing import inside

router = Router(tags=["Order"])
AGREEMENTS = "/communities/{slug}/agreements"


@router.get(AGREEMENTS, auth=ANYBODY, response=answers(schemas.Agreements, 404, 422), summary="List agreements")
def agreements(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the agreements that hold, and which you have still to accept."""
    community, who = seen(request, slug), request.auth.person
    asked = gather.open_agreements(community, who) if who and people.standing(community, who) else []
    return {"agreements": gather.agreements(community), "to_accept": [o.agreement.id for o in asked]}


@router.post(
    AGREEMENTS, auth=ADMIN, response=answers(schemas.Agreement, *BODY, 404, 409, status=201), summary="Write an agreement"
)  # fmt: skip
def write_agreement(request: Asked, slug: Slug, data: NewAgreement) -> Status[gather.AgreementValue]:
    """Write an agreement (founders); members are asked to accept it before they write again."""
    made = gather.write_agreement(
        community=seen(request, slug), title=data.title, text=data.text, by=person(request), now=timezone.now()
    )
    return Status(201, made)


@router.put(
    f"{AGREEMENTS}/{{number}}", auth=ADMIN, response=answers(schemas.Agreement, *BODY, 404), summary="Change an agreement"
)  # fmt: skip
def rewrite_agreement(request: Asked, slug: Slug, number: Number, data: NewAgreement) -> gather.AgreementValue:
    """Make a new version (founders); everybody is asked anew."""
    return gather.write_agreement(
        community=seen(request, slug), title=data.title, text=data.text, by=person(request), now=timezone.now(), number=number
    )  # fmt: skip


@router.delete(
    f"{AGREEMENTS}/{{number}}", auth=ADMIN, response=answers(None, 404, 422, status=204), summary="Take an agreement back"
)  # fmt: skip
def retire_agreement(request: Asked, slug: Slug, number: Number) -> Status[None]:
    """Let an agreement hold no more (founders); its versions stay readable."""
    gather.retire_agreement(community=seen(request, slug), number=number, by=person(request), now=timezone.now())
    return Status(204, None)


@router.get(
    f"{AGREEMENTS}/{{number}}/versions", auth=ANYBODY, response=answers(schemas.AgreementVersions, 404, 422),
    summary="List the versions of an agreement",
)  # fmt: skip
def agreement_versions(request: Asked, slug: Slug, number: Number) -> dict[str, Any]:
    """Return what it said, version by version."""
    return {"versions": gather.agreement_versions(seen(request, slug), number)}


@router.put(
    "/communities/{slug}/acceptance", auth=WRITER, response=answers(schemas.Agreements, *BODY, 404), summary="Accept agreements"
)  # fmt: skip
def accept_agreements(request: Asked, slug: Slug, data: Acceptance) -> dict[str, Any]:
    """Accept every agreement that holds, by the ids of the versions you read."""
    community, who = inside(request, slug), person(request)
    gather.accept_agreements(community=community, person=who, accepted=data.accepted, now=timezone.now())
    return {"agreements": gather.agreements(community), "to_accept": []}


@router.delete(
    "/communities/{slug}/acceptance", auth=WRITER, response=answers(None, 404, 422, status=204), summary="Decline, and leave"
)  # fmt: skip
def decline_agreements(request: Asked, slug: Slug) -> Status[None]:
    """Leave the community, because you do not agree. What you said stays; you may ask to come in again."""
    gather.decline_agreements(community=inside(request, slug), person=person(request), now=timezone.now())
    return Status(204, None)


@router.get("/communities/{slug}/limits", auth=ADMIN, response=answers(schemas.Limits, 404, 422), summary="Get limits")
def limits(request: Asked, slug: Slug) -> gather.Limits:
    """Return how fast, and how, members may write."""
    return gather.limits(run(request, slug))


@router.put(
    "/communities/{slug}/limits", auth=ADMIN, response=answers(schemas.Limits, *BODY, 404), summary="Set limits"
)
def set_limits(request: Asked, slug: Slug, data: NewLimits) -> gather.Limits:
    """Change how members may write; what you do not send stays."""
    changes = data.dict(exclude_unset=True)
    return gather.set_limits(community=run(request, slug), changes=changes, by=person(request), now=timezone.now())


@router.get("/communities/{slug}/measures", auth=ADMIN, response=answers(schemas.Measures, 404, 422), summary="List measures")  # fmt: skip
def measures(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return mutes and bans, newest first."""
    return {"measures": gather.sanctions(run(request, slug))}


@router.post(
    "/communities/{slug}/members/{handle}/measures", auth=ADMIN, response=answers(schemas.Measure, *BODY, 404, status=201),
    summary="Mute or ban",
)  # fmt: skip
def take_measure(request: Asked, slug: Slug, handle: Handle, data: NewMeasure) -> Status[gather.SanctionValue]:
    """Mute a member, or ban them: they leave, and no door lets them back until then."""
    community = run(request, slug)
    made = gather.sanction(
        community=community, person_id=people.member(community, handle).person_id, kind=data.kind, reason=data.reason,
        days=data.days, by=person(request), now=timezone.now(),
    )  # fmt: skip
    return Status(201, made)


@router.post(
    "/communities/{slug}/measures/{measure_id}/end", auth=ADMIN, response=answers(schemas.Measure, 404, 409, 422),
    summary="End a measure",
)  # fmt: skip
def end_measure(request: Asked, slug: Slug, measure_id: Id) -> gather.SanctionValue:
    """End a mute or a ban before its time."""
    return gather.lift(community=run(request, slug), sanction_id=measure_id, by=person(request), now=timezone.now())


@router.get("/communities/{slug}/held", auth=ADMIN, response=answers(schemas.HeldTexts, 404, 422), summary="List texts that wait")  # fmt: skip
def held(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return newcomers' texts that wait to be read, oldest first."""
    return {"held": connect.held(run(request, slug))}


@router.get("/communities/{slug}/my-held", auth=READER, response=answers(schemas.HeldTexts, 404, 422), summary="List your texts that wait")  # fmt: skip
def my_held(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return your own texts that wait or were not shown, newest first."""
    return {"held": connect.held_of(inside(request, slug), person(request))}


@router.post(
    "/communities/{slug}/held/{held_id}/decision", auth=ADMIN, response=answers(schemas.HeldText, *BODY, 404, 409),
    summary="Decide on a text that waits",
)  # fmt: skip
def decide_held(request: Asked, slug: Slug, held_id: Id, data: ReadDecision) -> connect.HeldText:
    """Let a newcomer's text appear, or not."""
    community, by, now = run(request, slug), person(request), timezone.now()
    if data.approve:
        return connect.approve_held(community=community, held_id=held_id, by=by, now=now)
    return connect.decline_held(community=community, held_id=held_id, by=by, now=now, reason=data.reason)
