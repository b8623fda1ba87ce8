"""Coupons, for operators."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.launch import api as launch
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, Asked, person, run
from kith.rest.fields import Id, Slug
from kith.rest.fields_sale import NewCoupon
from kith.rest.schemas import sale as schemas

router = Router(tags=["Launches"])
C = "/communities/{slug}/coupons"


@router.get(C, auth=ADMIN, response=answers(schemas.Coupons, 404, 422), summary="List coupons")
def list_coupons(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the coupons, the newest first, with how often each was used; for operators."""
    return {"coupons": launch.coupons(run(request, slug))}


@router.post(C, auth=ADMIN, response=answers(schemas.Coupon, *BODY, 404, 409, status=201), summary="Make a coupon")
def make_coupon(request: Asked, slug: Slug, data: NewCoupon) -> Status[launch.CouponValue]:
    """Make a coupon that can be used so often; for operators."""
    made = launch.write_coupon(community=run(request, slug), by=person(request), now=timezone.now(), **data.dict())
    return Status(201, made)


@router.post(f"{C}/{{coupon_id}}/stop", auth=ADMIN, response=answers(schemas.Coupon, 404, 422), summary="Stop a coupon")
def stop_coupon(request: Asked, slug: Slug, coupon_id: Id) -> launch.CouponValue:
    """Let a coupon be used no more; orders that hold it keep it; for operators."""
    return launch.stop_coupon(community=run(request, slug), coupon_id=coupon_id, by=person(request), now=timezone.now())
