"""What providers tell: every event once, in the transaction of its effects; and asking them when they do not."""

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction

from kith.launch import providers, rules
from kith.launch.actions.asking import ask_of
from kith.launch.actions.disputing import take_dispute
from kith.launch.actions.refunding import fail_refund, return_surplus, send, settle_refund, write_refund
from kith.launch.actions.settling import settle_charge
from kith.launch.actions.states import locked, shift
from kith.launch.data import MoreThanPaid, Told, WrongAmount
from kith.launch.models import Inbox, Order, Wire
from kith.launch.queries import refundable
from kith.lib.errors import Refusal
from kith.lib.machines import next_query

log = logging.getLogger(__name__)
POLLED = 200


def hear(*, provider: str, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Take a message from a provider; return what came of it: paid, late, twice, failed, refunded, parked, known, stranger, ignored …

    Raises:
        UnknownProvider: there is none of that name, or it is not set up.
        Forged, TooOld, WrongMerchant, WrongAmount: it has no effect and is logged.
        ProviderDown: what it leaves out could not be asked; it will be told again.

    """
    told = providers.named(provider).hear(headers, body, now)
    return take(provider, told, now) if told else "ignored"


def thanks(provider: str) -> str:
    """Return what a provider must be answered with to know it was heard, "" where anything will do."""
    return providers.named(provider).thanks


def take(provider: str, told: Told, now: datetime) -> str:
    """Let an event have its effects, once; call it outside a transaction: a refund that follows is sent after the commit."""
    with transaction.atomic():
        if not _is_first(provider, told, now):
            return "known"
        outcome, refund = _effect(provider, told, now)
        handled = None if outcome == "parked" else now
        Inbox.objects.filter(provider=provider, event_id=told.event_id).update(outcome=outcome, handled_at=handled)
    if refund is not None:
        send(refund.pk, now)
    if outcome in {"paid", "late", "twice"}:
        _replay(provider, told.our_ref, now)
    return outcome


def _is_first(provider: str, told: Told, now: datetime) -> bool:
    """Write an event into the inbox; a second one waits here for the first to be done, and is then known."""
    facts = asdict(told)
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO launch_inbox (provider, event_id, our_ref, digest, body, received_at, handled_at, outcome)
            VALUES (%s, %s, %s, %s, %s, %s, NULL, '') ON CONFLICT DO NOTHING""",
            [provider, told.event_id, told.of_ref or told.our_ref, rules.digest(facts), json.dumps(facts), now],
        )
        return bool(cursor.rowcount)


def _effect(provider: str, told: Told, now: datetime) -> tuple[str, Wire | None]:
    wire = Wire.objects.select_related("order__community").filter(provider=provider, our_ref=told.our_ref).first()
    if told.kind == "dispute":
        return _disputed(provider, told, now), None
    if wire is None:
        return (_external(provider, told, now) if told.of_ref else _stranger(told)), None
    order = locked(wire.order.community, wire.order.no)
    wire.refresh_from_db()
    if (told.amount_minor, told.currency, told.kind) != (wire.amount_minor, wire.currency, wire.dir):
        log.error("%s %s: told %s %s, asked for %s %s", provider, told.our_ref, told.amount_minor, told.currency, wire.amount_minor, wire.currency)  # fmt: skip
        raise WrongAmount
    if told.kind == "refund":
        settled = told.state == "done"
        return (
            settle_refund(order, wire, their_ref=told.their_ref, now=now) if settled else fail_refund(order, wire, now)
        ), None
    if told.state != "done":
        failed = shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "failed", ended_at=now, next_query_at=None)
        return ("failed" if failed else "known"), None
    outcome = settle_charge(order, wire, their_ref=told.their_ref, now=now)
    return outcome, return_surplus(order, wire, now) if outcome in {"late", "twice"} else None


def _stranger(told: Told) -> str:
    log.error("a message about %s, which was never asked for", told.our_ref)
    return "stranger"


def _external(provider: str, told: Told, now: datetime) -> str:
    """Book a refund somebody started in the provider's console. Before its payment is known it waits."""
    paid = (
        Wire.objects.select_related("order__community")
        .filter(provider=provider, our_ref=told.of_ref, dir="charge")
        .first()
    )
    if paid is None:
        return _stranger(told)
    if told.state != "done":
        return "failed"
    order = locked(paid.order.community, paid.order.no)
    paid.refresh_from_db()
    if paid.status != "done":
        return "parked"
    return _took(order, paid, told, now)


def _disputed(provider: str, told: Told, now: datetime) -> str:
    """Take what a service says of a complaint; one that is lost has cost us the money already."""
    paid = Wire.objects.select_related("order__community").filter(provider=provider, our_ref=told.of_ref, dir="charge").first()  # fmt: skip
    if paid is None:
        return _stranger(told)
    order = locked(paid.order.community, paid.order.no)
    paid.refresh_from_db()
    if paid.status != "done":
        return "parked"
    log.error("order %s: disputed at %s, %s", order.no, provider, told.state)
    if take_dispute(order, provider, told, now):
        return _took(order, paid, told, now)
    return "disputed"


def _took(order: Order, paid: Wire, told: Told, now: datetime) -> str:
    """Book money that a provider gave back without us."""
    try:
        with transaction.atomic():
            _book_external(order, paid, told, now)
    except MoreThanPaid:
        log.exception("order %s: %s gave back %s more than was left", order.no, paid.provider, told.our_ref)
        return "beyond"
    return "external"


def _book_external(order: Order, paid: Wire, told: Told, now: datetime) -> None:
    if paid.is_surplus or order.status not in {"paid", "final"}:
        raise MoreThanPaid
    parts = rules.spread(told.amount_minor, refundable(order).values())
    wire = write_refund(order, paid, parts, f"external:{told.our_ref}", by=None, provider=paid.provider, now=now)
    wire.our_ref, wire.note = told.our_ref, "external"
    order.refresh_from_db(fields=["status"])
    settle_refund(order, wire, their_ref=told.their_ref, now=now)
    Wire.objects.filter(pk=wire.pk).update(our_ref=told.our_ref, note="external")


def _replay(provider: str, our_ref: str, now: datetime) -> None:
    """Take again what waited for a payment."""
    for row in Inbox.objects.filter(provider=provider, our_ref=our_ref, handled_at=None):
        with transaction.atomic():
            told = Told(**json.loads(row.body))
            outcome, _ = _effect(provider, told, now)
            if outcome != "parked":
                Inbox.objects.filter(provider=provider, event_id=row.event_id).update(outcome=outcome, handled_at=now)


def ask_provider(*, wire_id: int, now: datetime) -> str:
    """Ask a provider how a wire ended; return what came of it, "" when there is no news. Never asks for the money again."""
    wire = Wire.objects.select_related("order__campaign", "of_wire").get(pk=wire_id)
    try:
        told = providers.named(wire.provider).query(ask_of(wire))
        if told is not None:
            return take(wire.provider, told, now)
    except Refusal as refusal:  # it is silent, or says what cannot be: one wire stops no other
        log.warning("asked %s about %s: %r", wire.provider, wire.our_ref, refusal)
        _ask_later(wire, now)
        return ""
    if wire.dir == "refund":
        send(wire.pk, now)  # the provider may never have heard of it; the reference is the same
    elif now - wire.made_at > rules.GIVE_UP:
        shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "closed", ended_at=now, next_query_at=None)
    else:
        _ask_later(wire, now)
    return ""


def _ask_later(wire: Wire, now: datetime) -> None:
    rows = Wire.objects.filter(pk=wire.pk, status__in=("drafted", "sent", "unknown"))
    rows.update(tries=wire.tries + 1, next_query_at=next_query(wire.tries + 1, now))


def poll(*, now: datetime) -> int:
    """Ask about every wire that is open longer than it should be; return about how many."""
    due = Wire.objects.filter(next_query_at__lte=now, status__in=("drafted", "sent", "unknown")).order_by(
        "next_query_at"
    )
    ids = list(due.values_list("pk", flat=True)[:POLLED])
    for pk in ids:
        ask_provider(wire_id=pk, now=now)
    return len(ids)
