"""Coupons: making them, seeing how often each was used, stopping one. For the founder and operators."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.launch.api import BadCoupon
from kith.lib.errors import Refusal
from kith.lib.money import parse
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.selling import CURRENCIES, price_of, time_of, whole_of
from kith.web.refusals import words

COUPON = {
    "code": "", "campaign": "", "currency": "CNY", "how": "amount", "off": "", "least": "", "uses": "100", "per_person": "1", "starts": "",
    "ends": "", "combines": "",
}  # fmt: skip


@allow("staff", "GET", "POST")
def coupons(request: HttpRequest, here: Here) -> HttpResponse:
    """List the coupons; a POST makes one, or stops one."""
    assert here.person
    refused, status, typed = "", 200, dict(COUPON)
    if request.method == "POST":
        typed |= {name: request.POST.get(name, "") for name in COUPON}
        try:
            _write(request.POST, typed, here)
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
        else:
            return redirect("coupons", slug=here.slug)
    facts: dict[str, Any] = {
        "coupons": launch.coupons(here.community), "launches": launch.campaigns(here.community, with_drafts=True), "refused": refused,
        "typed": typed, "currencies": CURRENCIES,
    }  # fmt: skip
    return render(request, "launch/coupons.html", here, nav="launches", status=status, **facts)


def _write(sent: QueryDict, typed: dict[str, str], here: Here) -> None:
    assert here.person
    if sent.get("go") == "stop":
        pk = whole_of(sent.get("coupon", ""), launch.NoSuchCoupon())
        launch.stop_coupon(community=here.community, coupon_id=pk, by=here.person, now=timezone.now())
        return
    currency, off, limit = typed["currency"], typed["off"], typed["per_person"].strip()
    is_part = typed["how"] == "part"
    launch.write_coupon(
        community=here.community, code=typed["code"], campaign=typed["campaign"], currency=currency, by=here.person, now=timezone.now(),
        off_minor=0 if is_part else price_of(off, currency), off_ppm=parse(off, asset="%", scale=4) if is_part else 0,
        least_minor=price_of(typed["least"] or "0", currency), uses=whole_of(typed["uses"], BadCoupon()),
        per_person=whole_of(limit, BadCoupon()) if limit else None, combines=typed["combines"] == "1",
        starts_at=time_of(typed["starts"], BadCoupon()) if typed["starts"] else None,
        ends_at=time_of(typed["ends"], BadCoupon()) if typed["ends"] else None,
    )  # fmt: skip


urlpatterns = [path("c/<slug:slug>/coupons", coupons, name="coupons")]
