"""Running launches: offers, drafts, and the sheet from which a launch is run. For the founder and operators."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.launch.api import BadLaunch, BadOffer, BadQuantity, NewItem, NothingToReceive, NothingToRefund, Part
from kith.lib.errors import Refusal
from kith.lib.money import parse, plain
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.orders import refused_page
from kith.web.pages.sale_form import SALE, sale_of, typed_sale
from kith.web.refusals import words

CURRENCIES = ("CNY", "USD", "EUR", "JPY")
TEXTS = ("slug", "kind", "title", "story", "terms", "transfer_to", "currency")
OFFER = {
    "sku": "",
    "kind": "goods",
    "title": "",
    "text": "",
    "currency": "CNY",
    "price": "",
    "tax": "0",
    "refund_days": "7",
    "months": "12",
    "family": "member",
}
DRAFT = {
    "slug": "", "kind": "flash", "title": "", "story": "", "terms": "", "transfer_to": "", "currency": "CNY", "opens": "", "closes": "",
    "per_buyer": "5", "hold_minutes": "15", **SALE,
}  # fmt: skip


@allow("staff", "GET", "POST")
def offers(request: HttpRequest, here: Here) -> HttpResponse:
    """List what can be sold; a POST writes an offer, or retires one."""
    assert here.person
    refused, status, typed = "", 200, dict(OFFER)
    if request.method == "POST":
        typed |= {name: request.POST.get(name, "") for name in OFFER}
        try:
            _write_offer(request.POST, here)
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
        else:
            return redirect("offers", slug=here.slug)
    facts = {
        "members": launch.members_of_plans(here.community, now=timezone.now()),
        "offers": launch.offers(here.community),
        "refused": refused,
        "typed": typed,
        "currencies": CURRENCIES,
    }
    return render(request, "launch/offers.html", here, nav="launches", status=status, **facts)


def _write_offer(sent: QueryDict, here: Here) -> None:
    assert here.person
    if sent.get("go") == "retire":
        launch.retire_offer(community=here.community, sku=sent.get("sku", ""), by=here.person, now=timezone.now())
        return
    currency = sent.get("currency", "")
    launch.write_offer(
        community=here.community, sku=sent.get("sku", ""), kind=sent.get("kind", ""), title=sent.get("title", ""), currency=currency,
        text=sent.get("text", ""), price_minor=price_of(sent.get("price", ""), currency), refund_days=whole_of(sent.get("refund_days", ""), BadOffer()),
        tax_ppm=parse(sent.get("tax", ""), asset="%", scale=4), by=here.person, now=timezone.now(), family=sent.get("family", "").strip()[:30],
        months=whole_of(sent.get("months", ""), launch.BadPlan()) if sent.get("kind") == "plan" else 0,
    )  # fmt: skip


def price_of(raw: str, currency: str) -> int:
    """Return an amount typed in a currency."""
    return parse(raw, asset=currency, scale=launch.scale_of(currency))


def whole_of(raw: str, refusal: Refusal) -> int:
    """Return a whole number typed in plain digits."""
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 10):
        raise refusal
    return int(raw)


@allow("staff", "GET", "POST")
def draft(request: HttpRequest, here: Here, launch_slug: str = "") -> HttpResponse:
    """Write a launch, or change one that has not opened; what is wrong is said, and nothing typed is lost."""
    typed, rows = _kept(here, launch_slug)
    if request.method != "POST":
        return _draft(request, here, launch_slug, typed, rows)
    typed |= {name: request.POST.get(name, "") for name in DRAFT}
    rows = _rows(request.POST)
    try:
        made = _write(here, launch_slug, typed, rows)
    except Refusal as refusal:
        return _draft(request, here, launch_slug, typed, rows, words(refusal), refusal.status)
    return redirect("run", slug=here.slug, launch_slug=made.slug)


def _draft(request: HttpRequest, here: Here, launch_slug: str, typed: dict[str, str], rows: dict[str, Any], refused: str = "", status: int = 200) -> HttpResponse:  # fmt: skip
    facts = {
        "typed": typed, "rows": rows, "editing": launch_slug, "refused": refused, "currencies": CURRENCIES,
        "offers": [o for o in launch.offers(here.community) if o.is_active or o.sku in rows],
    }  # fmt: skip
    return render(request, "launch/draft.html", here, nav="launches", status=status, **facts)


def _kept(here: Here, slug: str) -> tuple[dict[str, str], dict[str, Any]]:
    if not slug:
        return dict(DRAFT), {}
    found = launch.launch_page(here.community, slug, now=timezone.now(), with_drafts=True)
    c = found.campaign
    typed = {name: getattr(c, name) for name in TEXTS} | {
        "opens": _local(c.opens_at), "closes": _local(c.closes_at), "per_buyer": str(c.per_buyer or ""), "hold_minutes": str(c.hold_minutes), **typed_sale(c, _local),
    }  # fmt: skip
    return typed, {
        i.offer.sku: {"price": plain(i.price_minor, scale=c.scale), "stock": str(i.left)} for i in found.items
    }


def _local(at: datetime | None) -> str:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m-%dT%H:%M") if at else ""


def time_of(raw: str, refusal: Refusal) -> datetime:
    """Return a time typed in the clock of the place."""
    try:
        return datetime.fromisoformat(raw).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    except ValueError:
        raise refusal from None


def _rows(sent: QueryDict) -> dict[str, Any]:
    """Return price and stock by offer, for those that are chosen."""
    return {
        sku: {"price": sent.get(f"price-{sku}", ""), "stock": sent.get(f"stock-{sku}", "")}
        for sku in sent.getlist("offer")[: launch.ITEMS_LIMIT + 1]
    }


def _write(here: Here, slug: str, typed: dict[str, str], rows: dict[str, Any]) -> launch.CampaignValue:
    assert here.person
    currency, limit = typed["currency"], typed["per_buyer"]
    bad = BadQuantity(limit=launch.QTY_LIMIT)
    return launch.write_campaign(
        community=here.community, slug=slug or typed["slug"], kind=typed["kind"], title=typed["title"], story=typed["story"],
        terms=typed["terms"], transfer_to=typed["transfer_to"], currency=currency, opens_at=time_of(typed["opens"], BadLaunch()),
        closes_at=time_of(typed["closes"], BadLaunch()) if typed["closes"] else None, per_buyer=whole_of(limit, bad) if limit else None,
        hold_minutes=whole_of(typed["hold_minutes"], BadLaunch()), by=here.person, now=timezone.now(), edits=bool(slug),
        sale=sale_of(typed, price_of, whole_of, time_of),
        items=[NewItem(sku, price_of(row["price"], currency), whole_of(row["stock"], NothingToReceive())) for sku, row in rows.items()],
    )  # fmt: skip


@allow("staff")
def run(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Show how a launch goes and what there is to do."""
    return _run(request, here, launch_slug)


def _run(request: HttpRequest, here: Here, launch_slug: str, refused: str = "", status: int = 200) -> HttpResponse:
    found = launch.launch_page(here.community, launch_slug, now=timezone.now(), with_drafts=True)
    sheet = launch.run_sheet(here.community, found.campaign)
    facts = {"found": found, "sheet": sheet, "refused": refused, "key": uuid.uuid4().hex}
    return render(request, "launch/run.html", here, nav="launches", status=status, **facts)


@allow("staff", "POST")
def advance(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Bring a launch on: ready, back to draft, open, closed."""
    assert here.person
    to = request.POST.get("to", "")[:10]
    try:
        launch.advance(community=here.community, slug=launch_slug, to=to, by=here.person, now=timezone.now())
    except (launch.NotComplete, launch.NotNow) as refusal:
        return _run(request, here, launch_slug, words(refusal), refusal.status)
    return redirect("run", slug=here.slug, launch_slug=launch_slug)


@allow("staff", "POST")
def restock(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Put units on the shelf, or with a minus take some away."""
    assert here.person
    raw, pk = request.POST.get("change", "").strip(), request.POST.get("item", "")
    try:
        size = whole_of(raw.removeprefix("-"), NothingToReceive())
        launch.restock(
            community=here.community, slug=launch_slug, item_id=whole_of(pk, launch.NotInThisLaunch()), by=here.person,
            change=-size if raw.startswith("-") else size, key=request.POST.get("key", ""), now=timezone.now(),
        )  # fmt: skip
    except (NothingToReceive, launch.BelowWhatIsHeld, launch.BadKey, launch.NotInThisLaunch) as refusal:
        return _run(request, here, launch_slug, words(refusal), refusal.status)
    return redirect("run", slug=here.slug, launch_slug=launch_slug)


@allow("staff", "POST")
def ship(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Say that the goods left."""
    assert here.person
    try:
        launch.ship(
            community=here.community,
            no=no,
            tracking=request.POST.get("tracking", ""),
            by=here.person,
            now=timezone.now(),
        )
    except (launch.NotNow, launch.GroupNotFormed) as refusal:
        return refused_page(request, here, no, refusal)
    return redirect("order", slug=here.slug, no=no)


@allow("staff", "POST")
def withdraw(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Take back an order that cannot be delivered; its deposit goes back, twice where it binds."""
    assert here.person
    try:
        launch.withdraw(community=here.community, no=no, by=here.person, now=timezone.now())
    except launch.NotNow as refusal:
        return refused_page(request, here, no, refusal)
    return redirect("order", slug=here.slug, no=no)


@allow("staff", "POST")
def refund(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Give money back: units of lines, or an amount of one."""
    assert here.person
    page = launch.order_page(here.community, no, reader=here.person, runs=True, now=timezone.now())
    try:
        launch.refund(
            community=here.community, no=no, parts=_parts(request.POST, page.order.currency), key=request.POST.get("key", ""),
            by=here.person, now=timezone.now(), by_hand=request.POST.get("by_hand") == "1",
        )  # fmt: skip
    except Refusal as refusal:
        return refused_page(request, here, no, refusal)
    return redirect("order", slug=here.slug, no=no)


def _parts(sent: QueryDict, currency: str) -> list[Part]:
    parts = []
    for name in sent:
        n = name.removeprefix("back-")
        if n != name and n.isdecimal() and len(n) < 4:
            units, amount = sent.get(name, "").strip() or "0", sent.get(f"amount-{n}", "").strip()
            if units != "0" or amount:
                parts.append(
                    Part(int(n), whole_of(units, NothingToRefund()), price_of(amount, currency) if amount else None)
                )
    return parts


@allow("staff", "POST")
def confirm(request: HttpRequest, here: Here, wire: int) -> HttpResponse:
    """Say whether a transfer arrived or went out; or, for a refund that failed, give it back by hand."""
    assert here.person
    again = request.POST.get("go") == "again"
    if again:
        found = launch.refund_again(community=here.community, wire_id=wire, by=here.person, now=timezone.now())
    else:
        is_there = request.POST.get("go") == "yes"
        found = launch.confirm(
            community=here.community, wire_id=wire, is_there=is_there, by=here.person, now=timezone.now()
        )
    return redirect("order", slug=here.slug, no=found.order_no)


@allow("staff", "POST")
def dispute(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Enter a complaint of the buyer (`go` open), or say how it ended (won, lost)."""
    assert here.person
    common: dict[str, Any] = {"community": here.community, "no": no, "by": here.person, "now": timezone.now()}
    go = request.POST.get("go", "")
    try:
        if go == "open":
            launch.open_dispute(reason=request.POST.get("reason", ""), **common)
        else:
            launch.end_dispute(is_won=go == "won", **common)
    except (launch.ReasonMissing, launch.RefundOver, launch.DisputedAlready, launch.NoSuchDispute) as refusal:
        return refused_page(request, here, no, refusal)
    return redirect("order", slug=here.slug, no=no)


urlpatterns = [
    path("c/<slug:slug>/offers", offers, name="offers"),
    path("c/<slug:slug>/launch", draft, name="new_launch"),
    path("c/<slug:slug>/launches/<slug:launch_slug>/edit", draft, name="edit_launch"),
    path("c/<slug:slug>/launches/<slug:launch_slug>/run", run, name="run"),
    path("c/<slug:slug>/launches/<slug:launch_slug>/state", advance, name="advance"),
    path("c/<slug:slug>/launches/<slug:launch_slug>/stock", restock, name="restock"),
    path("c/<slug:slug>/orders/<str:no>/ship", ship, name="ship"),
    path("c/<slug:slug>/orders/<str:no>/refund", refund, name="refund"),
    path("c/<slug:slug>/orders/<str:no>/dispute", dispute, name="dispute"),
    path("c/<slug:slug>/orders/<str:no>/withdraw", withdraw, name="withdraw"),
    path("c/<slug:slug>/wires/<int:wire>", confirm, name="confirm_wire"),
]
