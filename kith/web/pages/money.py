"""Money of shares: one's own, what the community owes, and payouts."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.lib.errors import NotFound, Refusal
from kith.lib.money import parse, plain
from kith.lib.tables import Cell, xlsx
from kith.share import api as share
from kith.web.pages.downloads import as_file, csv_file, streamed
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words


def amount_of(raw: str, currency: str) -> int:
    """Return what somebody typed in minor units of a currency."""
    return parse(raw, asset=currency, scale=share.scale_of(currency))


@allow("guest", "GET", "POST")
def my_money(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the reader has of sales; a POST says where it goes (`go` to), or asks to be paid (`go` ask)."""
    assert here.person
    if request.method != "POST":
        return _mine(request, here)
    try:
        _save_mine(request, here)
    except Refusal as refusal:
        return _mine(request, here, words(refusal), refusal.status)
    return redirect("my_money", slug=here.slug)


def _mine(request: HttpRequest, here: Here, refused: str = "", status: int = 200) -> HttpResponse:
    assert here.person
    found = share.money_of(here.community, here.person)
    facts = {
        "found": found, "refused": refused, "key": uuid.uuid4().hex, "typed_to": request.POST.get("to", found.pay_to)[:300],
        "typed_amount": request.POST.get("amount", "")[:20], "plain": plain,
        "statements": share.statements_of(here.community, here.person),
    }  # fmt: skip
    return render(request, "share/mine.html", here, nav="me", status=status, **facts)


def _save_mine(request: HttpRequest, here: Here) -> None:
    assert here.person
    sent, now = request.POST, timezone.now()
    if sent.get("go") == "to":
        share.set_pay_to(community=here.community, text=sent.get("to", ""), by=here.person, now=now)
        return
    currency = sent.get("currency", "")
    share.ask_payout(
        community=here.community, amount_minor=amount_of(sent.get("amount", ""), currency), currency=currency, key=sent.get("key", ""),
        by=here.person, now=now,
    )  # fmt: skip


@allow("staff", "GET", "POST")
def money(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what is owed, to whom and since when; a POST proposes to pay everybody from a sum on."""
    assert here.person
    if request.method != "POST":
        return _money(request, here)
    sent, currency = request.POST, request.POST.get("currency", "")
    try:
        share.propose_payouts(
            community=here.community, currency=currency, least_minor=amount_of(sent.get("least", ""), currency), key=sent.get("key", ""),
            by=here.person, now=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _money(request, here, words(refusal), refusal.status)
    return redirect("money", slug=here.slug)


def _money(request: HttpRequest, here: Here, refused: str = "", status: int = 200) -> HttpResponse:
    rules = share.rules_of(here.community)
    facts: dict[str, Any] = {
        "owed": share.owed(here.community), "open": share.payouts(here.community, is_open=True, limit=500), "over": share.payouts(here.community, is_open=False, limit=20),
        "rule": rules[0] if rules else None, "currencies": share.currencies_of(here.community), "fund": share.fund_of(here.community),
        "unearned": launch.unearned(here.community, now=timezone.now()), "refused": refused, "key": uuid.uuid4().hex, "typed_least": request.POST.get("least", "")[:20],
    }  # fmt: skip
    return render(request, "share/money.html", here, nav="money", status=status, **facts)


@allow("guest")
def payout(request: HttpRequest, here: Here, payout: str) -> HttpResponse:
    """Show a payout: to who gets it, and to who runs the community."""
    return _payout(request, here, payout)


def _payout(request: HttpRequest, here: Here, no: str, refused: str = "", status: int = 200) -> HttpResponse:
    assert here.person
    found = share.payout(here.community, no, reader=here.person, runs=here.runs)
    facts = {
        "found": found, "refused": refused, "providers": share.providers_of(here.community), "is_mine": found.person_id == here.person.pk,
        "typed": request.POST.get("note", "")[:200],
    }  # fmt: skip
    return render(request, "share/payout.html", here, nav="money" if here.runs else "me", status=status, **facts)


@allow("staff", "POST")
def move_payout(request: HttpRequest, here: Here, payout: str) -> HttpResponse:
    """Approve a payout by a `provider`, prove that it was transferred (`note`), or end it in the sandbox (`how`)."""
    assert here.person
    sent, go = request.POST, request.POST.get("go", "")
    common: dict[str, Any] = {"community": here.community, "no": payout, "by": here.person, "now": timezone.now()}
    try:
        if go == "prove":
            share.prove_payout(note=sent.get("note", ""), **common)
        elif go in {"done", "failed"}:
            share.end_in_sandbox(how=go, **common)
        else:
            share.approve_payout(provider=sent.get("provider", "")[:12], **common)
    except share.NoSuchPayout:
        raise
    except Refusal as refusal:
        return _payout(request, here, payout, words(refusal), refusal.status)
    return redirect("payout", slug=here.slug, payout=payout)


@allow("guest", "POST")
def cancel_payout(request: HttpRequest, here: Here, payout: str) -> HttpResponse:
    """Call off a payout that was not sent."""
    assert here.person
    try:
        share.cancel_payout(community=here.community, no=payout, by=here.person, now=timezone.now())
    except share.PayoutNotNow as refusal:
        return _payout(request, here, payout, words(refusal), refusal.status)
    return redirect("payout", slug=here.slug, payout=payout)


@allow("guest")
def statement(request: HttpRequest, here: Here, currency: str, n: int) -> HttpResponseBase:
    """Show one of the reader's own statements, as a page to print; with `as` csv as a table."""
    assert here.person
    found = share.statement(here.community, here.person, currency, n)
    if request.GET.get("as") != "csv":
        return render(request, "share/statement.html", here, nav="me", found=found)
    s = found.statement
    rows: list[list[Cell]] = [
        [line.at.isoformat(), line.kind, line.key, *(Decimal(plain(n, scale=s.scale)) for n in (line.amount_minor, line.withheld_minor))]
        for line in found.lines
    ]  # fmt: skip
    head = ("at", "kind", "no", "amount", "withheld")
    return csv_file(f"{here.slug}-{s.currency}-{s.period}.csv", head, rows)


@allow("staff")
def money_table(request: HttpRequest, here: Here, what: str) -> HttpResponseBase:
    """Give what is owed or all payouts as CSV or XLSX, or the money of the value book as a Beancount ledger."""
    name = f"{here.slug}-{timezone.localdate():%Y-%m-%d}-{what}"
    if what == "book.beancount":
        return streamed(share.beancount(here.community), "text/plain", name)
    table, _, kind = what.partition(".")
    tables = {"owed": (share.OWED_HEAD, share.owed_rows), "payouts": (share.PAYOUTS_HEAD, share.payout_rows)}
    if table not in tables or kind not in {"csv", "xlsx"}:
        raise NotFound
    head, rows = tables[table]
    if kind == "csv":
        return csv_file(name, head, rows(here.community))
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(xlsx(head, rows(here.community)), content_type=sheet, headers=as_file(name))


urlpatterns = [
    path("c/<slug:slug>/me/money", my_money, name="my_money"),
    path("c/<slug:slug>/me/statements/<str:currency>/<int:n>", statement, name="statement"),
    path("c/<slug:slug>/money", money, name="money"),
    path("c/<slug:slug>/money/tables/<str:what>", money_table, name="money_table"),
    path("c/<slug:slug>/payouts/<str:payout>", payout, name="payout"),
    path("c/<slug:slug>/payouts/<str:payout>/move", move_payout, name="move_payout"),
    path("c/<slug:slug>/payouts/<str:payout>/cancel", cancel_payout, name="cancel_payout"),
]
