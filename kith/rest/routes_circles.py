"""Circles and treasures."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.connect import api as connect
from kith.gather import api as gather
from kith.people import api as people
from kith.people.api import Community, Person
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, WRITER, Asked, person, run, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_together import Asking, NewCircle, NewTreasure, ToWhom
from kith.rest.routes_pulse import entered
from kith.rest.schemas import together as schemas

router = Router(tags=["Circles and treasures"])
HERE = "/communities/{slug}"
CIRCLE = f"{HERE}/circles/{{circle_id}}"
TREASURE = f"{HERE}/treasures/{{treasure_id}}"


@router.get(f"{HERE}/circles", auth=ANYBODY, response=answers(schemas.Circles, 404, 422), summary="List circles")
def circles(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the circles, the largest first."""
    return {"circles": gather.circles(seen(request, slug), reader=request.auth.person)}


@router.post(
    f"{HERE}/circles",
    auth=WRITER,
    response=answers(schemas.Circle, *BODY, 404, 409, status=201),
    summary="Start a circle",
)
def start_circle(request: Asked, slug: Slug, data: NewCircle) -> Status[gather.CircleValue]:
    """Start a circle with a space of its own, and keep it."""
    community, _ = entered(request, slug)
    return Status(201, connect.start_circle(community=community, **data.dict(), by=person(request), now=timezone.now()))


@router.get(CIRCLE, auth=ANYBODY, response=answers(schemas.CircleWithPeople, 404, 422), summary="Get a circle")
def circle(request: Asked, slug: Slug, circle_id: Id) -> dict[str, Any]:
    """Return a circle with its space and who is in it."""
    community, who = seen(request, slug), request.auth.person
    return _circle(community, circle_id, who)


def _circle(community: Community, circle_id: int, who: Person | None) -> dict[str, Any]:
    found = gather.circle(community, circle_id, reader=who)
    rows = gather.circle_people(community, circle_id)
    places = people.standings(community, {p for p, _ in rows})
    keeps = found.mine == "keeper" or people.may_run(people.standing(community, who))
    shown = [(p, state) for p, state in rows if p in places and (keeps or state != "asked" or (who and p == who.pk))]
    names = ("id", "name", "purpose", "entered_by", "members", "made_at", "closed_at", "mine")
    return {n: getattr(found, n) for n in names} | {
        "space": connect.space_of_circle(community, circle_id),
        "people": [{"handle": places[p].handle, "state": state} for p, state in shown],
    }


@router.put(f"{CIRCLE}/my-place", auth=WRITER, response=answers(schemas.Circle, 404, 422), summary="Come into a circle")
def enter_circle(request: Asked, slug: Slug, circle_id: Id) -> gather.CircleValue:
    """Come in, or ask to where it is entered by request."""
    community, _ = entered(request, slug)
    return gather.enter_circle(community=community, circle_id=circle_id, by=person(request), now=timezone.now())


@router.delete(
    f"{CIRCLE}/my-place", auth=WRITER, response=answers(None, 404, 409, 422, status=204), summary="Leave a circle"
)
def leave_circle(request: Asked, slug: Slug, circle_id: Id) -> Status[None]:
    """Leave, or take back that one asked."""
    community, _ = entered(request, slug)
    gather.leave_circle(community=community, circle_id=circle_id, by=person(request), now=timezone.now())
    return Status(204, None)


@router.post(
    f"{CIRCLE}/askings", auth=WRITER, response=answers(schemas.CircleWithPeople, *BODY, 404), summary="Answer who asks to come in"
)  # fmt: skip
def answer_asking(request: Asked, slug: Slug, circle_id: Id, data: Asking) -> dict[str, Any]:
    """Let somebody in who asked, or not; for its keepers and operators."""
    community, _ = entered(request, slug)
    who = people.member(community, data.handle)
    gather.answer_asking(
        community=community, circle_id=circle_id, person_id=who.person_id, yes=data.yes, by=person(request),
        now=timezone.now(),
    )  # fmt: skip
    return _circle(community, circle_id, person(request))


@router.put(
    f"{CIRCLE}/keeper",
    auth=WRITER,
    response=answers(schemas.CircleWithPeople, *BODY, 404),
    summary="Hand over a circle",
)
def hand_circle(request: Asked, slug: Slug, circle_id: Id, data: ToWhom) -> dict[str, Any]:
    """Make somebody who is in it its keeper."""
    community, _ = entered(request, slug)
    who = people.member(community, data.handle)
    gather.hand_circle(
        community=community, circle_id=circle_id, person_id=who.person_id, by=person(request), now=timezone.now()
    )
    return _circle(community, circle_id, person(request))


@router.delete(CIRCLE, auth=WRITER, response=answers(None, 404, 422, status=204), summary="Close a circle")
def close_circle(request: Asked, slug: Slug, circle_id: Id) -> Status[None]:
    """End a circle; for its keepers and operators."""
    community, _ = entered(request, slug)
    gather.close_circle(community=community, circle_id=circle_id, by=person(request), now=timezone.now())
    return Status(204, None)


def _treasures(community: Community, who: Person | None) -> dict[str, Any]:
    found = gather.treasures(community, now=timezone.now(), today=timezone.localdate(), reader=who)
    ids = {p for t in found for p in (t.person_id, t.custodian_id) if p}
    handles = {i: place.handle for i, place in people.standings(community, ids).items()}
    names = ("id", "kind", "name", "about", "uses", "users", "last_used_at", "unused_days", "is_alarming", "used_today")
    return {
        "treasures": [
            {n: getattr(t, n) for n in names}
            | {"person": handles.get(t.person_id or 0, ""), "custodian": handles.get(t.custodian_id or 0, "")}
            for t in found
        ]
    }


@router.get(f"{HERE}/treasures", auth=ANYBODY, response=answers(schemas.Treasures, 404, 422), summary="List treasures")
def treasures(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the treasures, those unused longest first."""
    return _treasures(seen(request, slug), request.auth.person)


@router.post(
    f"{HERE}/treasures", auth=ADMIN, response=answers(schemas.Treasures, *BODY, 404, 409, status=201), summary="Declare a treasure"
)  # fmt: skip
def declare_treasure(request: Asked, slug: Slug, data: NewTreasure) -> Status[dict[str, Any]]:
    """Declare a person, tool, text or ritual; returns all treasures."""
    community = run(request, slug)
    gather.declare_treasure(
        community=community, **data.dict(exclude={"person", "custodian"}), by=person(request), now=timezone.now(),
        person_id=people.member(community, data.person).person_id if data.person else None,
        custodian_id=people.member(community, data.custodian).person_id if data.custodian else None,
    )  # fmt: skip
    return Status(201, _treasures(community, person(request)))


@router.put(f"{TREASURE}/use", auth=WRITER, response=answers(schemas.Treasures, 404, 422), summary="Use a treasure")
def use_treasure(request: Asked, slug: Slug, treasure_id: Id) -> dict[str, Any]:
    """Mark that you used it; once a day counts. Returns all treasures."""
    community, _ = entered(request, slug)
    gather.use_treasure(
        community=community, treasure_id=treasure_id, by=person(request), now=timezone.now(), today=timezone.localdate()
    )
    return _treasures(community, person(request))


@router.put(
    f"{TREASURE}/custodian", auth=WRITER, response=answers(schemas.Treasures, *BODY, 404), summary="Entrust a treasure"
)
def entrust_treasure(request: Asked, slug: Slug, treasure_id: Id, data: ToWhom) -> dict[str, Any]:
    """Hand the keeping to somebody; for who keeps it and operators."""
    community, _ = entered(request, slug)
    who = people.member(community, data.handle)
    gather.entrust_treasure(
        community=community, treasure_id=treasure_id, person_id=who.person_id, by=person(request), now=timezone.now()
    )
    return _treasures(community, person(request))


@router.delete(TREASURE, auth=WRITER, response=answers(None, 404, 422, status=204), summary="Retire a treasure")
def retire_treasure(request: Asked, slug: Slug, treasure_id: Id) -> Status[None]:
    """Take it from the list; for who keeps it and operators."""
    community, _ = entered(request, slug)
    gather.retire_treasure(community=community, treasure_id=treasure_id, by=person(request), now=timezone.now())
    return Status(204, None)
