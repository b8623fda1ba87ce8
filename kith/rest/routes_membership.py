"""Paid membership: gifts, and renewing by itself."""

from typing import Any

from django.utils import timezone
from ninja import Router

from kith.launch import api as launch
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, READER, WRITER, Asked, person, run, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_membership import Agreed, GiftCode
from kith.rest.schemas import membership as schemas
from kith.rest.schemas import sale

router = Router(tags=["Membership"])
C = "/communities/{slug}"
GIFT = C + "/gifts/{gift_code}"


@router.get(
    f"{C}/plans", auth=ANYBODY, response=answers(schemas.MembershipPlans, 404, 422), summary="List memberships on sale"
)
def plans(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the memberships that launches sell now, the cheapest first."""
    return {"plans": launch.plans(seen(request, slug), now=timezone.now())}


@router.get(GIFT, auth=ANYBODY, response=answers(sale.MembershipGift, 404, 422), summary="Look at a gift")
def gift(request: Asked, slug: Slug, gift_code: GiftCode) -> launch.GiftValue:
    """Return a gift by its code."""
    return launch.gift(seen(request, slug), gift_code)


@router.post(
    f"{GIFT}/redeem", auth=WRITER, response=answers(sale.MembershipGift, 404, 409, 422), summary="Redeem a gift"
)
def redeem(request: Asked, slug: Slug, gift_code: GiftCode) -> launch.GiftValue:
    """Begin the membership of a gift for yourself; again it is the same."""
    return launch.redeem(community=seen(request, slug), code=gift_code, by=person(request), now=timezone.now())


@router.get(
    f"{C}/my-gifts", auth=READER, response=answers(schemas.MembershipGifts, 404, 422), summary="List gifts you bought"
)
def my_gifts(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the gifts you bought, newest first, with their codes."""
    return {"gifts": launch.gifts_of(seen(request, slug), person(request))}


@router.get(
    f"{C}/renewing", auth=READER, response=answers(schemas.Renewing, 404, 422), summary="See what renews by itself"
)
def renewing(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return what renews by itself, or did, and what you could agree to, word for word."""
    community, who, now = seen(request, slug), person(request), timezone.now()
    families = sorted({t.family for t in launch.terms_of(community, who, now=now) if t.state != "ended"})
    offers = [o for f in families if (o := launch.renewal_offer(community, who, f, now=now))]
    return {"mandates": launch.mandates_of(community, who), "offers": offers}


@router.post(
    f"{C}/renewing", auth=WRITER, response=answers(schemas.Mandate, *BODY, 404, 409), summary="Agree to renewing"
)
def agree(request: Asked, slug: Slug, data: Agreed) -> launch.MandateValue:
    """Agree that a membership renews by itself; `digest` is that of the text you read. It can be stopped at any time."""
    return launch.agree(
        community=seen(request, slug), family=data.family, provider=data.provider, digest=data.digest, by=person(request), now=timezone.now()
    )  # fmt: skip


@router.delete(
    f"{C}/renewing/{{mandate_id}}", auth=WRITER, response=answers(schemas.Mandate, 404, 422), summary="Stop renewing"
)
def stop_renewing(request: Asked, slug: Slug, mandate_id: Id) -> launch.MandateValue:
    """Stop a membership from renewing by itself; a charge that was only told of is not made."""
    return launch.stop_renewal(
        community=seen(request, slug), mandate_id=mandate_id, by=person(request), now=timezone.now()
    )


@router.get(
    f"{C}/unearned", auth=ADMIN, response=answers(schemas.AllUnearned, 404, 422), summary="See what is unearned"
)
def unearned(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return what was paid for time that is still to come, by currency; for operators."""
    return {"unearned": launch.unearned(run(request, slug), now=timezone.now())}
