"""Stripe through its library: its own page (Checkout), for what is not paid in China.

https://docs.stripe.com/api/checkout/sessions. Our reference travels as metadata of the payment, by which it is found again, and as
the key under which asking twice is asking once.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from kith.launch.data import Ask, Forged, PayAt, ProviderDown, ProviderRefused, Told, WrongMerchant
from kith.launch.providers import setup

log = logging.getLogger(__name__)
LEAST_OPEN = timedelta(minutes=31)  # its pages stay open half an hour at least
ENDS = {"succeeded": "done", "failed": "failed", "canceled": "failed"}
SESSIONS = {
    "checkout.session.completed": "done", "checkout.session.async_payment_succeeded": "done",
    "checkout.session.async_payment_failed": "failed", "checkout.session.expired": "failed",
}  # fmt: skip


class Stripe:
    name = "stripe"
    is_by_hand = False
    thanks = ""

    def reach(self, via: str) -> str:
        return "page"

    def charge(self, ask: Ask, now: datetime) -> PayAt:
        until = max(ask.until or now, (ask.made_at or now) + LEAST_OPEN)
        price = {"currency": ask.currency.lower(), "unit_amount": ask.amount_minor, "product_data": {"name": ask.title}}
        back, mark = setup.whole(ask.back), {"our_ref": ask.our_ref}
        params = {
            "mode": "payment", "client_reference_id": ask.our_ref, "metadata": mark, "payment_intent_data": {"metadata": mark},
            "line_items": [{"quantity": 1, "price_data": price}], "success_url": back, "cancel_url": back, "expires_at": int(until.timestamp()),
        }  # fmt: skip
        session = _asked(lambda c: c.checkout.sessions.create(params=params, options={"idempotency_key": ask.our_ref}))
        return PayAt(page=session["url"])

    def refund(self, ask: Ask, now: datetime) -> None:
        """Give it back, unless it was: keys against repetition are forgotten after a day."""
        if _refund_of(ask) is not None:
            return
        params = {"payment_intent": ask.of_their_ref, "amount": ask.amount_minor, "metadata": {"our_ref": ask.our_ref}}
        _asked(lambda c: c.refunds.create(params=params, options={"idempotency_key": ask.our_ref}))

    def query(self, ask: Ask) -> Told | None:
        if ask.of_ref:
            found = _refund_of(ask)
            return _refund(found, f"query-{ask.our_ref}", ask.of_ref) if found else None
        query = f"metadata['our_ref']:'{ask.our_ref}'"
        for paid in _asked(lambda c: c.payment_intents.search(params={"query": query}))["data"]:
            if paid["status"] in {"succeeded", "canceled"}:
                done = paid["status"] == "succeeded"
                return _charge(f"query-{ask.our_ref}-{done}", "done" if done else "failed", ask.our_ref, paid["id"], paid["amount"], paid["currency"])  # fmt: skip
        return None

    def hear(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Told | None:
        """Read a message.

        Raises:
            Forged: the signature is not that of our endpoint.
            TooOld: it was signed more than five minutes ago, or ahead. Stripe signs anew what it repeats.
            WrongMerchant: it is from trials, and our key is not, or the other way round.
            ProviderDown: whose payment it is about cannot be asked now; Stripe says it again.

        """
        kept = setup.found(self.name)
        event = _signed(headers.get("Stripe-Signature", ""), body, kept["webhook_secret"], now)
        if bool(event.get("livemode")) != ("_live_" in kept["key"]) or event.get("account"):
            raise WrongMerchant
        kind, facts, event_id = str(event.get("type")), event["data"]["object"], str(event["id"])
        if kind in SESSIONS:
            return _session(facts, event_id, SESSIONS[kind])
        if kind.startswith("refund."):
            return _refund(facts, f"{event_id}"[:80], _our_ref(facts))
        return _dispute(facts, event_id) if kind.startswith("charge.dispute.") else None


def _asked(call: Callable[[Any], Any]) -> dict[str, Any]:
    """Return what was answered.

    Raises:
        ProviderDown: nobody knows what came of it.
        ProviderRefused: nothing did.

    """
    import stripe  # noqa: PLC0415 -- an extra, which may be absent

    transport = stripe.RequestsClient(timeout=setup.TIMEOUT_SECONDS)
    client = stripe.StripeClient(setup.found("stripe")["key"], http_client=transport, max_network_retries=0)
    try:
        return dict(json.loads(str(call(client.v1))))
    except (stripe.CardError, stripe.InvalidRequestError, stripe.IdempotencyError) as error:
        log.warning("stripe: %s", error)
        raise ProviderRefused from error
    except stripe.StripeError as error:
        log.warning("stripe: %s", error)
        raise ProviderDown from error


def _signed(signature: str, body: bytes, secret: str, now: datetime) -> dict[str, Any]:
    import stripe  # noqa: PLC0415 -- an extra, which may be absent

    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, tolerance=None)
        stamp = next(part[2:] for part in signature.split(",") if part.startswith("t="))
        event = dict(json.loads(body))
    except (stripe.SignatureVerificationError, UnicodeDecodeError, ValueError) as error:
        raise Forged from error
    setup.check_age(float(stamp), now)
    return event


def _charge(event_id: str, state: str, our_ref: str, their_ref: str, amount: int, currency: str) -> Told:
    return Told(event_id, "charge", state, our_ref, their_ref, amount, currency.upper())


def _session(facts: Mapping[str, Any], event_id: str, state: str) -> Told | None:
    if not facts.get("client_reference_id") or (state == "done" and facts.get("payment_status") != "paid"):
        return None  # not ours, or its bank takes days and says so later
    theirs = str(facts.get("payment_intent") or facts["id"])
    return _charge(event_id, state, facts["client_reference_id"], theirs, facts["amount_total"], facts["currency"])


def _refund_of(ask: Ask) -> dict[str, Any] | None:
    found = _asked(lambda c: c.refunds.list(params={"payment_intent": ask.of_their_ref, "limit": 100}))["data"]
    return next((r for r in found if (r.get("metadata") or {}).get("our_ref") == ask.our_ref), None)


def _refund(facts: Mapping[str, Any], event_id: str, of_ref: str) -> Told | None:
    """Read a refund: of ours by its mark, one from Stripe's console by Stripe's number."""
    state, theirs = ENDS.get(str(facts["status"])), str(facts["id"])
    if state is None or not of_ref:
        return None
    ours = (facts.get("metadata") or {}).get("our_ref") or theirs[:32]
    return Told(event_id, "refund", state, ours, theirs, facts["amount"], facts["currency"].upper(), of_ref=of_ref)


def _dispute(facts: Mapping[str, Any], event_id: str) -> Told | None:
    state = {"won": "won", "warning_closed": "won", "lost": "lost"}.get(str(facts["status"]), "open")
    if not (of_ref := _our_ref(facts)):
        return None
    return Told(event_id, "dispute", state, str(facts["id"])[:32], str(facts["id"]), facts["amount"], facts["currency"].upper(), of_ref=of_ref)  # fmt: skip


def _our_ref(facts: Mapping[str, Any]) -> str:
    """Ask of which payment of ours it is; "" for what else the account sells."""
    if not (paid := facts.get("payment_intent")):
        return ""
    return str((_asked(lambda c: c.payment_intents.retrieve(paid)).get("metadata") or {}).get("our_ref", ""))
