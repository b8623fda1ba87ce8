"""Stripe: what is asked of it, what it tells, and what of that is believed. Its service is played at the library's edge, in its shapes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import Part
from kith.launch.models import Inbox, Wire
from tests.conftest import NOW, Cast
from tests.launch.merchants import HOOK, Stripes, set_up, stripe_event, stripe_headers
from tests.launch.shop import assert_clean, buy, charge, money, opened, status

stripe = pytest.importorskip("stripe")
LATER = NOW + timedelta(minutes=2)
SESSIONS, SEARCH, REFUNDS, PAYMENT = (
    "POST /v1/checkout/sessions",
    "GET /v1/payment_intents/search",
    "/v1/refunds",
    "pi_3MtwBwLkdIwHu7ix28a3tqPa",
)


@pytest.fixture
def service(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stripes:
    set_up(settings, tmp_path)
    opened(cast)
    found = Stripes(
        {SESSIONS: (200, {"id": "cs_1", "object": "checkout.session", "url": "https://checkout.stripe.com/c/pay/cs_1"})}
    )
    monkeypatch.setattr(stripe.RequestsClient, "request", lambda _, *a, **k: found.request(*a, **k))
    return found


def hear(body: str, at: Any = NOW, hook: str = HOOK) -> str:
    return launch.hear(
        provider="stripe", headers=stripe_headers(body, at.timestamp(), hook), body=body.encode(), now=NOW
    )


def session(wire: Wire, **other: Any) -> dict[str, Any]:
    return {
        "id": "cs_1", "object": "checkout.session", "client_reference_id": wire.our_ref, "payment_status": "paid", "payment_intent": PAYMENT,
        "amount_total": wire.amount_minor, "currency": "cny",
    } | other  # fmt: skip


def completed(wire: Wire, **other: Any) -> str:
    return stripe_event("checkout.session.completed", session(wire, **other))


def test_its_page_is_opened_under_our_reference(cast: Cast, service: Stripes) -> None:
    made = buy(cast)
    pay: dict[str, Any] = {
        "community": cast.home,
        "no": made.no,
        "provider": "stripe",
        "by": cast.member,
        "back": "/o",
        "now": NOW,
    }
    assert launch.charge(**pay).page == launch.charge(**pay).page == "https://checkout.stripe.com/c/pay/cs_1"
    (_, _, sent, key), again = service.asked
    ref = Wire.objects.get().our_ref
    assert (key, again[2:]) == (ref, (sent, key))  # the same to the letter: to Stripe it is one
    assert (sent["client_reference_id"], sent["payment_intent_data[metadata][our_ref]"]) == (ref, ref)
    assert (sent["line_items[0][price_data][unit_amount]"], sent["line_items[0][price_data][currency]"]) == (
        "16800",
        "cny",
    )
    assert sent["success_url"] == "https://kith.example.org/o"


def test_fault_13_only_what_stripe_signed_lately_about_this_sum_counts(cast: Cast, service: Stripes) -> None:
    made = buy(cast)
    wire = charge(cast, made, provider="stripe")
    good = completed(wire)
    cases: list[tuple[type[Exception], Callable[[], Any]]] = [
        (launch.Forged, lambda: hear(good, hook="whsec_else")),
        (launch.Forged, lambda: hear("no json")),
        (launch.Forged, lambda: launch.hear(provider="stripe", headers={}, body=b"\xff", now=NOW)),
        (
            launch.Forged,
            lambda: launch.hear(provider="stripe", headers={"Stripe-Signature": "t=,v1"}, body=b"{}", now=NOW),
        ),
        (launch.TooOld, lambda: hear(good, NOW - timedelta(seconds=301))),
        (launch.TooOld, lambda: hear(good, NOW + timedelta(seconds=301))),
        (launch.WrongMerchant, lambda: hear(stripe_event("checkout.session.completed", session(wire), livemode=True))),
        (
            launch.WrongMerchant,
            lambda: hear(stripe_event("checkout.session.completed", session(wire), account="acct_1")),
        ),
        (launch.WrongAmount, lambda: hear(completed(wire, amount_total=1))),
        (launch.WrongAmount, lambda: hear(completed(wire, currency="usd"))),
    ]
    for refusal, tried in cases:  # fmt: skip
        with pytest.raises(refusal):
            tried()
    assert (status(made), Inbox.objects.count(), money(cast.home)) == ("placed", 0, {})
    assert hear(completed(wire, payment_status="unpaid")) == "ignored"
    assert hear(completed(wire, client_reference_id=None)) == "ignored"  # something else the account sells
    assert [hear(good), hear(good)] == ["paid", "known"]
    assert_clean()


def test_what_nobody_knows_is_searched_for_by_our_reference(cast: Cast, service: Stripes) -> None:
    made = buy(cast)
    service.answers = {SESSIONS: stripe.APIConnectionError("down"), SEARCH: (500, {"error": {"type": "api_error"}})}
    with pytest.raises(launch.ProviderDown):
        charge(cast, made, provider="stripe")
    launch.poll(now=LATER)
    wire = Wire.objects.get()
    found = {
        "id": PAYMENT,
        "object": "payment_intent",
        "status": "requires_payment_method",
        "amount": 16800,
        "currency": "cny",
    }
    service.answers[SEARCH] = (200, {"object": "search_result", "data": [found]})
    launch.poll(now=LATER + timedelta(minutes=5))
    assert (status(made), service.asked[-1][2]["query"]) == ("placed", f"metadata['our_ref']:'{wire.our_ref}'")
    service.answers[SEARCH] = (200, {"object": "search_result", "data": [found | {"status": "succeeded"}]})
    launch.poll(now=LATER + timedelta(minutes=15))
    assert (status(made), [path for _, path, *_ in service.asked].count("/v1/checkout/sessions")) == ("paid", 1)
    assert_clean()


def test_refunds_are_made_once_and_those_of_its_console_are_heard(cast: Cast, service: Stripes) -> None:
    made = buy(cast, BREW=2)
    hear(completed(charge(cast, made, provider="stripe")))
    wire = Wire.objects.get()
    none: Any = (200, {"object": "list", "data": []})
    facts: dict[str, Any] = {
        "id": "re_1",
        "object": "refund",
        "amount": 16800,
        "currency": "cny",
        "status": "pending",
        "payment_intent": PAYMENT,
    }
    service.answers = {f"GET {REFUNDS}": none, f"POST {REFUNDS}": (200, facts), "GET /v1/payment_intents/pi_": (200, {"object": "payment_intent", "metadata": {"our_ref": wire.our_ref}})}  # fmt: skip
    back = launch.refund(community=cast.home, no=made.no, parts=[Part(1, 1)], key="refund-01", by=cast.founder, now=NOW)
    assert service.asked[-1][2:] == (
        {"payment_intent": PAYMENT, "amount": "16800", "metadata[our_ref]": back.our_ref},
        back.our_ref,
    )
    mine = facts | {"metadata": {"our_ref": back.our_ref}}
    service.answers[f"GET {REFUNDS}"] = (200, {"object": "list", "data": [mine]})
    launch.poll(now=LATER)  # it is there, and still on its way: nothing is asked for again
    assert [f"{m} {p}" for m, p, *_ in service.asked].count(f"POST {REFUNDS}") == 1
    assert hear(stripe_event("refund.updated", mine | {"status": "succeeded"}, id="evt_2")) == "refunded"
    outside = facts | {"id": "re_2", "status": "succeeded", "metadata": {}}
    assert hear(stripe_event("refund.created", outside, id="evt_3")) == "external"
    assert (status(made), money(cast.home)) == ("refunded", {})
    service.answers["GET /v1/payment_intents/pi_"] = (200, {"object": "payment_intent", "metadata": {}})
    assert (
        hear(stripe_event("refund.created", outside | {"id": "re_9", "payment_intent": "pi_else"}, id="evt_4"))
        == "ignored"
    )
    assert_clean()
