"""Ideas for co-creation."""

from typing import Annotated, Any, Literal

from django.utils import timezone
from ninja import Router, Status
from pydantic import Field

from kith.connect import api as connect
from kith.rest import schemas
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, WRITER, Asked, person, seen
from kith.rest.fields import Id, Key, PageNumber, Slug
from kith.rest.fields_ideas import Credits, IdeaDecision, NewIdea, NewOwner, OfProduct, OfState, Shipment
from kith.rest.schemas.ideas import Board, IdeaNumbers, Owners

router = Router(tags=["Ideas"])
IDEAS = "/communities/{slug}/ideas"
IDEA = f"{IDEAS}/{{idea_id}}"
OWNERS = "/communities/{slug}/idea-owners"
SAID = schemas.PostWithLatest
Days = Annotated[int, Field(ge=1, le=3650, json_schema_extra={"description": "Proposed within so many days."})]
Order = Annotated[
    Literal["support", "newest"], Field(json_schema_extra={"description": "By most support, or the newest first."})
]


@router.get(IDEAS, auth=ANYBODY, response=answers(Board, 404, 422), summary="List ideas")
def board(
    request: Asked, slug: Slug, state: OfState = "", product: OfProduct = "", sort: Order = "support", page: PageNumber = 1
) -> connect.Board:  # fmt: skip
    """Return a page of ideas, how many there are in each state, and the products they are about."""
    return connect.board(
        community=seen(request, slug), reader=request.auth.person, state=state, product=product, sort=sort, page=page
    )


@router.post(IDEAS, auth=WRITER, response=answers(SAID, *BODY, 404, 409, status=201), summary="Propose an idea")
def propose(request: Asked, slug: Slug, data: NewIdea, key: Key = "") -> Status[connect.Said]:
    """Propose an idea, about a product or about nothing in particular."""
    said = connect.propose(
        community=seen(request, slug), text=data.text, product=data.product, space=data.space, by=person(request),
        now=timezone.now(), key=key,
    )  # fmt: skip
    return Status(201, said)


@router.get(f"{IDEAS}/numbers", auth=ANYBODY, response=answers(IdeaNumbers, 404, 422), summary="Ideas in numbers")
def numbers(request: Asked, slug: Slug, days: Days = 365) -> connect.IdeaNumbers:
    """Return how often ideas came, how fast they were decided on and shipped, how many were adopted, and the rows behind it."""
    return connect.idea_numbers(seen(request, slug), reader=request.auth.person, now=timezone.now(), days=days)


@router.put(f"{IDEA}/support", auth=WRITER, response=answers(SAID, 400, 404, 422), summary="Support an idea")
def support(request: Asked, slug: Slug, idea_id: Id) -> connect.Said:
    """Support an idea of somebody else; a second time changes nothing."""
    return connect.support(community=seen(request, slug), post_id=idea_id, by=person(request), now=timezone.now())


@router.delete(f"{IDEA}/support", auth=WRITER, response=answers(SAID, 404, 422), summary="Take support back")
def unsupport(request: Asked, slug: Slug, idea_id: Id) -> connect.Said:
    """Take your support back; none given, none taken."""
    return connect.unsupport(community=seen(request, slug), post_id=idea_id, by=person(request), now=timezone.now())


@router.put(f"{IDEA}/decision", auth=WRITER, response=answers(SAID, *BODY, 404, 409), summary="Decide on an idea")
def decide_idea(request: Asked, slug: Slug, idea_id: Id, data: IdeaDecision) -> connect.Said:
    """Adopt or decline an idea; declining needs a reason. For operators and the owners of its product, until it ships."""
    return connect.decide_idea(
        community=seen(request, slug), post_id=idea_id, is_adopted=data.is_adopted, reason=data.reason, by=person(request),
        now=timezone.now(),
    )  # fmt: skip


@router.put(
    f"{IDEA}/shipment", auth=WRITER, response=answers(SAID, *BODY, 404, 409), summary="Say that an idea shipped"
)
def ship_idea(request: Asked, slug: Slug, idea_id: Id, data: Shipment) -> connect.Said:
    """Say what shipped, and credit by name: who proposed it always, and whose replies were used."""
    return connect.ship_idea(
        community=seen(request, slug), post_id=idea_id, shipped=data.shipped, replies=data.replies, handles=data.handles,
        by=person(request), now=timezone.now(),
    )  # fmt: skip


@router.post(f"{IDEA}/credits", auth=WRITER, response=answers(SAID, *BODY, 404, 409), summary="Credit more people")
def credit_idea(request: Asked, slug: Slug, idea_id: Id, data: Credits) -> connect.Said:
    """Credit more people for an idea that was adopted."""
    return connect.credit_idea(
        community=seen(request, slug), post_id=idea_id, replies=data.replies, handles=data.handles, by=person(request),
        now=timezone.now(),
    )  # fmt: skip


@router.get(OWNERS, auth=ANYBODY, response=answers(Owners, 404, 422), summary="List who decides on ideas")
def idea_owners(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return who decides on ideas besides those who run the community."""
    return {"owners": connect.product_owners(seen(request, slug))}


@router.post(OWNERS, auth=ADMIN, response=answers(Owners, *BODY, 404), summary="Name an owner of a product")
def name_owner(request: Asked, slug: Slug, data: NewOwner) -> dict[str, Any]:
    """Let a member decide on ideas about a product, or with an empty one on all."""
    community = seen(request, slug)
    return {"owners": connect.name_owner(community=community, handle=data.handle, product=data.product, by=person(request), now=timezone.now())}  # fmt: skip


@router.delete(f"{OWNERS}/{{owner_id}}", auth=ADMIN, response=answers(Owners, 404, 422), summary="Take that back")
def drop_owner(request: Asked, slug: Slug, owner_id: Id) -> dict[str, Any]:
    """Take the right to decide back."""
    community = seen(request, slug)
    return {"owners": connect.drop_owner(community=community, owner_id=owner_id, by=person(request), now=timezone.now())}  # fmt: skip
