"""The record of what was done: decisions and acts of staff."""

from typing import Any

from ninja import Router

from kith.people import api as people
from kith.people.api import Deed, Standing
from kith.rest.answers import answers
from kith.rest.caller import ADMIN, Asked, run
from kith.rest.fields import BeforeId, Limit, Slug
from kith.rest.fields_inviting import DeedKind, SpanDay, Who
from kith.rest.routes_inviting import spanned
from kith.rest.schemas import deeds as schemas

router = Router(tags=["Order"])
SPAN_DAYS = 365


@router.get(
    "/communities/{slug}/deeds", auth=ADMIN, response=answers(schemas.Deeds, 400, 404, 422), summary="Read the record"
)
def deeds(
    request: Asked, slug: Slug, kind: DeedKind = "", who: Who = "", since: SpanDay = "", until: SpanDay = "", before: BeforeId = 0,
    limit: Limit = 50,
) -> dict[str, Any]:  # fmt: skip
    """Return what was done, newest first: of a kind, by a member, between two days; the last year without. Nobody can change it."""
    community = run(request, slug)
    first, after = spanned(since, until, SPAN_DAYS)
    found = people.deeds(
        community, kinds=(kind,) if kind else (), by_id=people.member(community, who).person_id if who else None, since=first, until=after,
        before=before or None, limit=limit + 1,
    )  # fmt: skip
    places = people.standings(community, {p for d in found for p in (d.by_id, d.person_id) if p})
    return {
        "deeds": [_shown(d, places) for d in found[:limit]],
        "next": found[limit - 1].id if len(found) > limit else None,
    }


def _shown(d: Deed, places: dict[int, Standing]) -> dict[str, Any]:
    by, person = places.get(d.by_id or 0), places.get(d.person_id or 0)
    return {n: getattr(d, n) for n in ("id", "kind", "by_id", "person_id", "subject", "detail", "at")} | {
        "by": by.handle if by else "", "person": person.handle if person else "",
    }  # fmt: skip
