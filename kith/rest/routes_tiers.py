"""Tiers: the ladder, where one stands on it, who moved."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from ninja import Router

from kith.gather import api as gather
from kith.people import api as people
from kith.people.api import Community, Standing
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, READER, Asked, person, run, seen
from kith.rest.data import Unreadable
from kith.rest.fields import Handle, Slug
from kith.rest.fields_gather import Day, Held, NewLadder
from kith.rest.routes_pulse import entered
from kith.rest.schemas import gather as schemas

router = Router(tags=["Tiers"])
HERE = "/communities/{slug}/tiers"
FLOW_DAYS = 30


def shown(community: Community) -> dict[str, Any]:
    found, sizes = gather.ladder(community), people.tier_sizes(community)
    names = ("id", "name", "position", "needs", "by_hand", "limits")
    return {
        "tiers": [{n: getattr(t, n) for n in names} | {"members": sizes.get(t.id, 0)} for t in found.tiers],
        **{n: getattr(found, n) for n in ("window_days", "grace_days", "rights", "base_limits")},
        "without": sizes.get(0, 0),
    }


@router.get(HERE, auth=ANYBODY, response=answers(schemas.Ladder, 404, 422), summary="Get the tiers")
def tiers(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the tiers, what each needs and gives, and how many stand in each."""
    return shown(seen(request, slug))


@router.put(HERE, auth=ADMIN, response=answers(schemas.Ladder, *BODY, 404), summary="Write the tiers")
def write_tiers(request: Asked, slug: Slug, data: NewLadder) -> dict[str, Any]:
    """Replace the ladder; members are placed anew at once, in a large community within a minute."""
    community = run(request, slug)
    drafts = [gather.TierDraft(**t.dict()) for t in data.tiers]
    facts = data.dict(exclude={"tiers"})
    gather.write_ladder(community=community, tiers=drafts, by=person(request), now=timezone.now(), **facts)
    return shown(community)


@router.get(
    "/communities/{slug}/my-tier", auth=READER, response=answers(schemas.Climb, 404, 422), summary="Where do I stand"
)
def my_tier(request: Asked, slug: Slug) -> gather.Climb:
    """Return one's tier, the next one, and what is missing; who has earned it meanwhile has it."""
    community, me = entered(request, slug)
    return gather.climb(community=community, person_id=me.person_id, now=timezone.now())


@router.put(
    "/communities/{slug}/members/{handle}/tier",
    auth=ADMIN, response=answers(schemas.Placed, *BODY, 404), summary="Set a tier by hand",
)  # fmt: skip
def hold_tier(request: Asked, slug: Slug, handle: Handle, data: Held) -> Standing:
    """Set a member's tier and keep it whatever is measured, with a reason."""
    community = run(request, slug)
    who = people.member(community, handle)
    return gather.hold(
        community=community, person_id=who.person_id, tier_id=data.tier_id, reason=data.reason, by=person(request),
        now=timezone.now(),
    )  # fmt: skip


@router.delete(
    "/communities/{slug}/members/{handle}/tier",
    auth=ADMIN, response=answers(schemas.Placed, 404, 422), summary="Let measures decide again",
)  # fmt: skip
def release_tier(request: Asked, slug: Slug, handle: Handle) -> Standing:
    """Undo what was set by hand; the tier is kept for the days of grace."""
    community = run(request, slug)
    who = people.member(community, handle)
    return gather.release(community=community, person_id=who.person_id, by=person(request), now=timezone.now())


@router.get(
    f"{HERE}/moves", auth=ADMIN, response=answers(schemas.TierMoves, 400, 404, 422), summary="Who rose, who fell"
)
def tier_moves(request: Asked, slug: Slug, since: Day = "", until: Day = "") -> dict[str, Any]:
    """Return who moved between two days, both counted in, oldest first; the last thirty days without."""
    community, today = run(request, slug), timezone.localdate()
    first, last = _day(since, today - timedelta(days=FLOW_DAYS)), _day(until, today)
    found = gather.tier_moves(community, since=_midnight(first), until=_midnight(last + timedelta(days=1)))
    places = people.standings(community, {m.person_id for m in found})
    names = ("before", "after", "is_up", "by_hand", "at")
    return {
        "moves": [
            {n: getattr(m, n) for n in names} | {"handle": places[m.person_id].handle if m.person_id in places else ""}
            for m in found
        ]
    }


def _day(raw: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(raw) if raw else otherwise
    except ValueError:
        raise Unreadable from None
    return min(max(found, date(1970, 1, 2)), date(9000, 1, 1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 -- made aware at once
