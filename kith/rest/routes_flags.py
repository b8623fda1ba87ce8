"""Flags: cases, decisions, appeals."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.people import api as people
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, READER, WRITER, Asked, person, run, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_conduct import AppealDecision, CaseDecision, NewAppeal, NewFlag

router = Router(tags=["Order"])
CASES = "/communities/{slug}/cases"


@router.post(
    "/communities/{slug}/posts/{post_id}/flags", auth=WRITER, response=answers(schemas.FlagCase, *BODY, 404, 409, status=201),
    summary="Flag a text",
)  # fmt: skip
def flag(request: Asked, slug: Slug, post_id: Id, data: NewFlag) -> Status[connect.CaseValue]:
    """Name the agreement a post or reply breaks. Its author is told that it was flagged, not by whom."""
    made = connect.flag(
        community=seen(request, slug), post_id=post_id, agreement_id=data.agreement_id, note=data.note, by=person(request),
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, replace(made, flags=()))


@router.get(CASES, auth=ADMIN, response=answers(schemas.FlagCases, 404, 422), summary="List cases")
def cases(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return flagged texts and appeals that wait, and past decisions."""
    community = run(request, slug)
    return {"waiting": connect.cases(community), "decided": connect.decided_cases(community)}


@router.get(
    "/communities/{slug}/my-cases", auth=READER, response=answers(schemas.MyCases, 404, 422), summary="List your cases"
)
def my_cases(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the cases about your words, and what you flagged; also for who left or was banned."""
    community, who = people.community(slug), person(request)
    mine = connect.cases_of(community, who)
    if not mine:
        people.checked_sight(community, who)
    return {"mine": mine, "flagged": connect.flagged_by(community, who)}


@router.post(
    f"{CASES}/{{case_id}}/decision",
    auth=ADMIN,
    response=answers(schemas.FlagCase, *BODY, 404, 409),
    summary="Decide on a case",
)
def decide_case(request: Asked, slug: Slug, case_id: Id, data: CaseDecision) -> connect.CaseValue:
    """Leave a flagged text, or take it away, and mute or ban its author with it."""
    return connect.decide_case(
        community=run(request, slug), case_id=case_id, outcome=data.outcome, reason=data.reason, days=data.days,
        by=person(request), now=timezone.now(),
    )  # fmt: skip


@router.post(
    f"{CASES}/{{case_id}}/appeal", auth=WRITER, response=answers(schemas.FlagCase, *BODY, 404, 409), summary="Appeal"
)
def appeal(request: Asked, slug: Slug, case_id: Id, data: NewAppeal) -> connect.CaseValue:
    """Ask, as the author, that somebody else looks at a decision; once, within 14 days; also as one who was banned by it."""
    return connect.appeal(
        community=people.community(slug), case_id=case_id, text=data.text, by=person(request), now=timezone.now()
    )


@router.post(
    f"{CASES}/{{case_id}}/appeal/decision", auth=ADMIN, response=answers(schemas.FlagCase, *BODY, 404, 409),
    summary="Decide on an appeal",
)  # fmt: skip
def decide_appeal(request: Asked, slug: Slug, case_id: Id, data: AppealDecision) -> connect.CaseValue:
    """Grant an appeal: the text comes back, the measure ends. Somebody else than who decided first."""
    return connect.decide_appeal(
        community=run(request, slug), case_id=case_id, grant=data.grant, reason=data.reason, by=person(request),
        now=timezone.now(),
    )  # fmt: skip
