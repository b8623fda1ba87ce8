"""Pools for those who contribute: what stands in them, who would get what, and giving it out."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.lib.errors import Refusal
from kith.share import api as share
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.money import amount_of
from kith.web.pages.typed import whole
from kith.web.refusals import words


@allow("staff")
def pools(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the pools, and with `pool`, `currency` and `amount` who would get what of it now."""
    return _pools(request, here)


def _pools(request: HttpRequest, here: Here, refused: str = "", status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    typed = {name: asked.get(name, "")[:60] for name in ("pool", "currency", "amount", "name", "policy", "window")}
    preview: list[share.GiftValue] = []
    if request.method == "GET" and typed["pool"] and typed["amount"]:
        try:
            preview = _preview(here, typed)
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
    facts: dict[str, Any] = {
        "pools": share.pools_of(here.community), "runs": share.pool_runs(here.community), "fund": share.fund_of(here.community), "preview": preview,
        "typed": typed, "refused": refused, "key": uuid.uuid4().hex, "policies": share.POLICIES, "scale_of": share.scale_of,
        "founds": here.standing is not None and here.standing.role == "founder",
    }  # fmt: skip
    return render(request, "share/pools.html", here, nav="money", status=status, **facts)


def _preview(here: Here, typed: dict[str, str]) -> list[share.GiftValue]:
    amount = amount_of(typed["amount"], typed["currency"])
    found = share.preview_pool(
        here.community, _pk(typed["pool"]), currency=typed["currency"], amount_minor=amount, now=timezone.now()
    )
    if not found:
        raise share.NobodyContributed
    return found


def _pk(raw: str) -> int:
    return whole(raw, 0)


@allow("staff", "POST")
def give_out(request: HttpRequest, here: Here) -> HttpResponse:
    """Give an amount of a pool to those who contributed."""
    assert here.person
    sent, currency = request.POST, request.POST.get("currency", "")
    try:
        share.give_out(
            community=here.community, pool_id=_pk(sent.get("pool", "")), currency=currency, amount_minor=amount_of(sent.get("amount", ""), currency),
            key=sent.get("key", ""), by=here.person, now=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _pools(request, here, words(refusal), refusal.status)
    return redirect("pools", slug=here.slug)


@allow("founder", "POST")
def write_pool(request: HttpRequest, here: Here) -> HttpResponse:
    """Make a pool (`go` make), or put an amount of the fund into one (`go` pour)."""
    assert here.person
    sent, currency, now = request.POST, request.POST.get("currency", ""), timezone.now()
    try:
        if sent.get("go") == "pour":
            share.pour(
                community=here.community, pool_id=_pk(sent.get("pool", "")), currency=currency, amount_minor=amount_of(sent.get("amount", ""), currency),
                key=sent.get("key", ""), by=here.person, now=now,
            )  # fmt: skip
        else:
            share.make_pool(
                community=here.community, name=sent.get("name", ""), policy=sent.get("policy", ""), window_days=_pk(sent.get("window", "")),
                by=here.person, now=now,
            )  # fmt: skip
    except Refusal as refusal:
        return _pools(request, here, words(refusal), refusal.status)
    return redirect("pools", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/money/pools", pools, name="pools"),
    path("c/<slug:slug>/money/pools/give", give_out, name="give_out"),
    path("c/<slug:slug>/money/pools/write", write_pool, name="write_pool"),
]
