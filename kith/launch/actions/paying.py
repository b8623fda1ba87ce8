"""Paying: a wire is written before anybody is called, and an open one is used again rather than another made."""

from datetime import datetime

from django.db import transaction

from kith.launch import providers, rules
from kith.launch.actions.asking import NOBODY, ask_of
from kith.launch.actions.refunding import fail_amends, fail_refund, return_surplus, settle_amends, settle_refund
from kith.launch.actions.settling import settle_charge
from kith.launch.actions.states import check_sells, locked, shift
from kith.launch.data import (
    AnotherPersonNeeded,
    NoSuchWire,
    NothingToPay,
    NotNow,
    NotThatWay,
    PayAt,
    Payer,
    ProofMissing,
    ProviderDown,
    ProviderRefused,
    UnknownProvider,
    WireValue,
)
from kith.launch.models import Order, Wire
from kith.launch.queries import as_wire, order_row, providers_of
from kith.lib.machines import next_query
from kith.lib.text import clean_line
from kith.people.api import Community, Person, note_deed

OPEN = ("drafted", "sent", "unknown")


def charge(
    *, community: Community, no: str, provider: str, by: Person, back: str, now: datetime, payer: Payer = NOBODY
) -> PayAt:
    """Ask a provider for the money of an order; return where it is paid, nothing where somebody transfers it by hand.

    Call it outside a transaction: the wire is kept before the provider hears of it, so that nothing is ever paid unseen.
    Asked again, it is the same wire under the same reference; one for each of a provider's pages.

    Raises:
        NoSuchOrder, UnknownProvider: as they say.
        NotThatWay: it cannot be paid so from where the buyer is.
        NothingToPay: the order is paid or over.
        ProviderDown: no answer; the wire is asked about later.
        ProviderRefused: nothing can be paid under this reference; the next attempt is another.

    """
    found = providers.named(provider)
    with transaction.atomic():
        order = locked(community, order_row(community, no, reader=by, runs=False).no)
        if provider not in providers_of(community, order.campaign.transfer_to, order.currency):
            raise UnknownProvider
        if not (reach := found.reach(payer.via)):
            raise NotThatWay
        wire = open_wire(order, provider, reach, by=by, now=now)
    try:
        return found.charge(ask_of(wire, back=back, payer=payer), now)
    except ProviderDown:
        shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "unknown")
        raise
    except ProviderRefused:
        shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "failed", ended_at=now, next_query_at=None)
        raise


def open_wire(order: Order, provider: str, reach: str, *, by: Person, now: datetime) -> Wire:
    """Write down a charge of an order that is held; an open one is used again.

    Raises:
        NothingToPay: the order is paid or over.

    """
    stage = rules.stage_of(order.status, order.deposit_minor)
    until = order.balance_until_at if stage == "balance" else order.hold_until
    if not stage or until is None or until <= now:
        raise NothingToPay
    wires = Wire.objects.filter(order=order, dir="charge", stage=stage, key__startswith=f"{stage}:{provider}:{reach}:")
    if (there := wires.filter(status__in=OPEN).first()) is not None:
        return there
    is_by_hand = providers.named(provider).is_by_hand
    return Wire.objects.create(
        community=order.community, order=order, dir="charge", provider=provider, stage=stage, key=f"{stage}:{provider}:{reach}:{wires.count()}",
        our_ref=rules.new_number(now), amount_minor=rules.asked(stage, order.total_minor, order.deposit_minor), currency=order.currency, made_by=by, made_at=now,
        status="drafted" if is_by_hand else "sent", next_query_at=None if is_by_hand else next_query(0, now),
    )  # fmt: skip


@transaction.atomic
def prove(*, community: Community, no: str, note: str, by: Person, now: datetime) -> WireValue:
    """Say that a transfer was made, and what it is found by; the units are held until somebody has looked.

    Raises:
        NoSuchOrder, UnknownProvider, ProofMissing: as they say.
        NothingToPay: the order is paid or over.

    """
    order = locked(community, order_row(community, no, reader=by, runs=False).no)
    if "manual" not in providers_of(community, order.campaign.transfer_to, order.currency):
        raise UnknownProvider
    if not (kept := clean_line(note)[:200]):
        raise ProofMissing
    wire = open_wire(order, "manual", "page", by=by, now=now)
    wire.note = kept
    wire.save(update_fields=["note"])
    if shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "sent"):
        _wait(order, now + rules.PROOF_HOLD)
    return as_wire(Wire.objects.select_related("order", "confirmed_by", "approved_by").get(pk=wire.pk))


def _wait(order: Order, until: datetime) -> None:
    """Hold an order until somebody has looked at a transfer."""
    if order.balance_until_at is not None and order.status == "due":
        Order.objects.filter(pk=order.pk).update(balance_until_at=max(order.balance_until_at, until))
    else:
        Order.objects.filter(pk=order.pk).update(hold_until=max(order.hold_until, until))


@transaction.atomic
def confirm(*, community: Community, wire_id: int, is_there: bool, by: Person, now: datetime) -> WireValue:
    """Say whether a transfer arrived (or, for a refund, went out). It counts when a second person says so too; one denial is enough.

    Raises:
        SellersOnly, NoSuchWire: as they say.
        AnotherPersonNeeded: `by` is the buyer, or confirmed it already.
        NotNow: it has ended, or nobody has said yet that it was made.

    """
    check_sells(community, by)
    found = Wire.objects.select_related("order").filter(community=community, pk=wire_id, provider="manual").first()
    if found is None:
        raise NoSuchWire
    order = locked(community, found.order.no)
    wire = Wire.objects.get(pk=wire_id)
    if wire.status != ("sent" if wire.dir == "charge" else "drafted"):
        raise NotNow
    if by.pk in {order.buyer_id, wire.confirmed_by_id}:
        raise AnotherPersonNeeded
    _judge(order, wire, is_there=is_there, by=by, now=now)
    note_deed(
        community=community,
        kind="launch.wire_seen",
        by=by,
        now=now,
        subject=f"order:{order.no}",
        detail={"is_there": is_there},
    )
    return as_wire(Wire.objects.select_related("order", "confirmed_by", "approved_by").get(pk=wire_id))


def _judge(order: Order, wire: Wire, *, is_there: bool, by: Person, now: datetime) -> None:
    if not is_there and wire.dir == "charge":
        shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "failed", ended_at=now)
        Order.objects.filter(pk=order.pk, status="placed").update(hold_until=now)
    elif not is_there and wire.dir == "amends":
        fail_amends(wire, now)
    elif not is_there:
        fail_refund(order, wire, now)
    elif wire.confirmed_by_id is None:
        Wire.objects.filter(pk=wire.pk).update(confirmed_by=by)
    else:
        Wire.objects.filter(pk=wire.pk).update(approved_by=by)
        if wire.dir == "amends":
            settle_amends(wire, now)
        elif wire.dir == "refund":
            settle_refund(order, wire, their_ref=None, now=now)
        elif settle_charge(order, wire, their_ref=None, now=now) in {"late", "twice"}:
            return_surplus(order, wire, now)
