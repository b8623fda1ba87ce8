"""A buyer's orders: what was bought, paying, asking for money back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.lib.errors import Refusal
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.payer import via
from kith.web.refusals import words


@allow("guest")
def orders(request: HttpRequest, here: Here) -> HttpResponse:
    """List one's own orders in this community."""
    assert here.person
    found = launch.orders_of(here.community, here.person)
    bond = launch.bond(here.community, here.person, now=timezone.now())
    terms = launch.terms_of(here.community, here.person, now=timezone.now())
    return render(request, "launch/orders.html", here, nav="launches", orders=found, bond=bond, terms=terms)


@allow("guest")
def order(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Show an order: to its buyer, and to who runs the community."""
    return _page(request, here, no)


def _page(request: HttpRequest, here: Here, no: str, refused: str = "", status: int = 200) -> HttpResponse:
    assert here.person
    found = launch.order_page(here.community, no, reader=here.person, runs=here.runs, now=timezone.now())
    goes = launch.goes(found.providers, via(request))
    facts = {
        "found": found, "refused": refused, "is_mine": found.order.buyer_id == here.person.pk, "goes": goes,
        "elsewhere": [name for name in found.providers if name not in goes],
    }  # fmt: skip
    return render(request, "launch/order.html", here, nav="launches", status=status, **facts)


@allow("guest", "POST")
def prove(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Say that one has transferred the money, and what it is found by."""
    assert here.person
    try:
        launch.prove(
            community=here.community, no=no, note=request.POST.get("note", ""), by=here.person, now=timezone.now()
        )
    except (launch.NothingToPay, launch.ProofMissing, launch.UnknownProvider) as refusal:
        return _page(request, here, no, words(refusal), refusal.status)
    return redirect("order", slug=here.slug, no=no)


@allow("guest", "POST")
def cancel(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Let go of an order that was not paid."""
    assert here.person
    try:
        launch.cancel(community=here.community, no=no, by=here.person, now=timezone.now())
    except launch.NotNow as refusal:
        return _page(request, here, no, words(refusal), refusal.status)
    return redirect("order", slug=here.slug, no=no)


@allow("guest", "POST")
def give_up(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Let go of an order whose deposit was paid; the deposit goes where the terms say."""
    assert here.person
    try:
        launch.give_up(community=here.community, no=no, by=here.person, now=timezone.now())
    except launch.NotNow as refusal:
        return _page(request, here, no, words(refusal), refusal.status)
    return redirect("order", slug=here.slug, no=no)


@allow("guest", "POST")
def ask_refund(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Ask the sellers for money back."""
    assert here.person
    reason = request.POST.get("reason", "")
    try:
        launch.ask_refund(community=here.community, no=no, reason=reason, by=here.person, now=timezone.now())
    except launch.RefundOver as refusal:
        return _page(request, here, no, words(refusal), refusal.status)
    return redirect("order", slug=here.slug, no=no)


@allow("guest", "POST")
def forget_orders(request: HttpRequest, here: Here) -> HttpResponse:
    """Forget the reader's addresses, links and where their money goes, each as soon as nothing needs it."""
    assert here.person
    launch.forget_buyer(community=here.community, person=here.person, now=timezone.now())
    return redirect("orders", slug=here.slug)


def refused_page(request: HttpRequest, here: Here, no: str, refusal: Refusal) -> HttpResponse:
    """Show the order again with what was refused above it."""
    return _page(request, here, no, words(refusal), refusal.status)


urlpatterns = [
    path("c/<slug:slug>/forget-orders", forget_orders, name="forget_orders"),
    path("c/<slug:slug>/orders", orders, name="orders"),
    path("c/<slug:slug>/orders/<str:no>", order, name="order"),
    path("c/<slug:slug>/orders/<str:no>/transfer", prove, name="prove"),
    path("c/<slug:slug>/orders/<str:no>/cancel", cancel, name="cancel_order"),
    path("c/<slug:slug>/orders/<str:no>/give-up", give_up, name="give_up"),
    path("c/<slug:slug>/orders/<str:no>/ask-refund", ask_refund, name="ask_refund"),
]
