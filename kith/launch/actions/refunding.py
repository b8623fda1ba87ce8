"""Money back: by line and quantity, never more than was paid, each refund a wire of its own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from kith.launch import providers, rules
from kith.launch.actions.asking import ask_of
from kith.launch.actions.coupons import coupon_moves
from kith.launch.actions.earning import taken_back
from kith.launch.actions.grouping import leave_seat
from kith.launch.actions.sharing import adjust_shares
from kith.launch.actions.states import check_sells, gateway, locked, of_order, raised, shift, unit_moves, units_kept
from kith.launch.actions.terms import end_terms
from kith.launch.data import (
    MoreThanPaid,
    NoSuchWire,
    NotNow,
    OtherRefund,
    Part,
    ProviderDown,
    ProviderRefused,
    RefundOver,
    WireValue,
)
from kith.launch.models import Line, Order, Wire
from kith.launch.queries import as_wire, refundable
from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Overdraft, Posting
from kith.lib.machines import next_query
from kith.people.api import Community, Person, note_deed

Triples = Sequence[tuple[int, int, int]]
UNDER_WAY = ("drafted", "sent", "unknown")


def refund(
    *, community: Community, no: str, parts: Sequence[Part], key: str, by: Person, now: datetime, by_hand: bool = False
) -> WireValue:
    """Give back units, or a part of their price; by the provider that was paid, or by hand. With the same key: once.

    Call it outside a transaction, as `charge`. Units that were not shipped go back on the shelf at once.

    Raises:
        SellersOnly, NoSuchOrder, NothingToRefund, BadKey: as they say.
        MoreThanPaid: more than is left.
        RefundOver: the order was not paid.
        OtherRefund: the key belongs to another.

    """
    check_sells(community, by)
    with transaction.atomic():
        order = locked(community, no)
        wires = _drafted(order, parts, f"refund:{rules.checked_key(key)}", by=by, by_hand=by_hand, now=now)
    for wire in wires:
        send(wire.pk, now)
    return as_wire(Wire.objects.select_related("order", "confirmed_by", "approved_by").get(pk=wires[0].pk))


def _drafted(order: Order, parts: Sequence[Part], key: str, *, by: Person, by_hand: bool, now: datetime) -> list[Wire]:
    """Write a refund down; where two payments made up the order, the later one gives back first."""
    known = list(Wire.objects.filter(order=order, key__in=(key, f"{key}:2")).order_by("pk"))
    if known:
        asked = [(p.n, p.qty) for p in parts]
        if sorted({n for wire in known for n, _, _ in wire.parts}) != sorted(n for n, _ in asked) or not _same(
            known, asked
        ):
            raise OtherRefund
        return known
    charges = Wire.objects.filter(order=order, dir="charge", status="done", is_surplus=False).order_by("-pk")
    if order.status not in {"paid", "final"} or not charges:
        raise RefundOver
    rest = rules.refund_parts(refundable(order), parts)
    made: list[Wire] = []
    for charge in charges:
        here, rest = rules.split_parts(rest, _left_of(charge))
        if here:
            name = key if not made else f"{key}:2"
            made.append(write_refund(order, charge, here, name, by=by, provider="manual" if by_hand else charge.provider, now=now))  # fmt: skip
    if rest:
        raise MoreThanPaid
    given = sum(wire.amount_minor for wire in made)
    note_deed(
        community=order.community, kind="launch.refunded", by=by, now=now, person=order.buyer, subject=f"order:{order.no}",
        detail={"amount_minor": given, "currency": order.currency},
    )  # fmt: skip
    return made


def _same(known: Sequence[Wire], asked: Sequence[tuple[int, int]]) -> bool:
    units: dict[int, int] = {}
    for wire in known:
        for n, qty, _ in wire.parts:
            units[n] = units.get(n, 0) + qty
    return units == dict(asked)


def _left_of(charge: Wire) -> int:
    """Return what of a payment was not given back."""
    back = Wire.objects.filter(of_wire=charge, dir="refund").exclude(status__in=("failed", "closed"))
    return charge.amount_minor - (back.aggregate(sum=Sum("amount_minor"))["sum"] or 0)


def write_refund(
    order: Order, paid: Wire, triples: Triples, key: str, *, by: Person | None, provider: str, now: datetime
) -> Wire:
    """Write a refund down and set its money aside: from then on nobody can give it back a second time."""
    lines, amount = refundable(order), sum(a for _, _, a in triples)
    wire = _new(order, paid, amount, key, by=by, provider=provider, now=now, parts=[list(t) for t in triples])
    is_whole = sum(line.left_minor for line in lines.values()) == amount
    units = _units_back(order, triples, now, is_whole=is_whole)
    for n, qty, part in triples:
        Line.objects.filter(order=order, n=n).update(
            refunded_qty=F("refunded_qty") + qty, refunded_minor=F("refunded_minor") + part
        )
    if is_whole:
        if order.shipped_at is None:
            Line.objects.filter(order=order).update(refunded_qty=F("qty"))
        shift(Order.objects.filter(pk=order.pk), rules.ORDER, "refunding")
    moves = _set_aside(order, wire, lines, triples) + units
    end_terms(order, now)
    adjust_shares(order, now)
    _post(order, wire, "refund", moves, now)
    return wire


def _new(order: Order, paid: Wire, amount: int, key: str, *, by: Person | None, provider: str, now: datetime, parts: list[list[int]]) -> Wire:  # fmt: skip
    is_by_hand = providers.named(provider).is_by_hand
    Order.objects.filter(pk=order.pk).update(refunded_minor=F("refunded_minor") + amount, refund_asked_at=None)
    return Wire.objects.create(
        community=order.community, order=order, dir="refund", provider=provider, key=key, our_ref=rules.new_number(now), of_wire=paid,
        amount_minor=amount, currency=order.currency, parts=parts, made_by=by, confirmed_by=by if is_by_hand else None, made_at=now,
        next_query_at=None if is_by_hand else now,
    )  # fmt: skip


def _set_aside(order: Order, wire: Wire, lines: dict[int, rules.Refundable], triples: Triples) -> list[NewMove]:
    """Take it from where the money of the order is: its escrow, or sales and tax once it is final."""
    aside = transit(wire)
    if order.final_at is None:
        return [NewMove(of_order("escrow", wire.currency, order), aside, wire.amount_minor)]
    taxes = {n: rules.tax_of_parts(lines, [(n, qty, amount)]) for n, qty, amount in triples}
    net = {n: amount - taxes[n] for n, _, amount in triples}
    tax = sum(taxes.values())
    return taken_back(order, net, aside) + ([NewMove(AccountName("tax", wire.currency), aside, tax)] if tax else [])


def _units_back(order: Order, triples: Triples, now: datetime, *, is_whole: bool) -> list[NewMove]:
    """Return what goes on the shelf again of an order that has not left; one given back whole lets go of all it holds."""
    if order.shipped_at is not None:
        return []
    kept = units_kept(order)
    if is_whole:
        return unit_moves(order, kept, to="shelf") + coupon_moves(order, to="shelf") + leave_seat(order, now)
    items = dict(Line.objects.filter(order=order, kind="item").values_list("n", "item"))
    return unit_moves(order, {items[n]: qty for n, qty, _ in triples if qty and n in items}, to="shelf")


def transit(wire: Wire) -> AccountName:
    return AccountName("transit", wire.currency, "wire", wire.pk)


def _post(order: Order, wire: Wire, kind: str, moves: Sequence[NewMove], now: datetime) -> None:
    posting = Posting(f"{kind}:{wire.our_ref}", kind, moves, now, ("wire", wire.pk), by_id=wire.made_by_id)
    try:
        raised(ledger.post_many(community=order.community, postings=[posting]))
    except Overdraft:
        raise MoreThanPaid from None


def return_surplus(order: Order, paid: Wire, now: datetime, *, provider: str = "", by: Person | None = None, again: int = 0) -> Wire:  # fmt: skip
    """Write down that money which came too late or twice goes back."""
    key = f"surplus:{paid.pk}:{again}"
    wire = _new(order, paid, paid.amount_minor, key, by=by, provider=provider or paid.provider, now=now, parts=[])
    _post(
        order, wire, "refund", [NewMove(of_order("limbo", wire.currency, order), transit(wire), wire.amount_minor)], now
    )
    return wire


def return_deposit(order: Order, paid: Wire, now: datetime, *, provider: str = "", by: Person | None = None, again: int = 0) -> Wire:  # fmt: skip
    """Write down that a deposit goes back; the rest of its order was never paid."""
    key = f"deposit-back:{paid.pk}:{again}"
    wire = _new(order, paid, paid.amount_minor, key, by=by, provider=provider or paid.provider, now=now, parts=[])
    escrow = of_order("escrow", wire.currency, order)
    _post(order, wire, "refund", [NewMove(escrow, transit(wire), wire.amount_minor)], now)
    return wire


def amend(order: Order, paid: Wire, *, by: Person, now: datetime) -> Wire:
    """Write down that a seller who does not deliver pays a binding deposit once more: by hand, as a cost nobody else bears."""
    wire = Wire.objects.create(
        community=order.community, order=order, dir="amends", provider="manual", key=f"amends:{paid.pk}", our_ref=rules.new_number(now),
        of_wire=paid, amount_minor=paid.amount_minor, currency=order.currency, made_by=by, confirmed_by=by, made_at=now,
    )  # fmt: skip
    _post(
        order,
        wire,
        "amends",
        [NewMove(AccountName("refund_cost", wire.currency), transit(wire), wire.amount_minor)],
        now,
    )
    return wire


def settle_amends(wire: Wire, now: datetime) -> None:
    """Book what was transferred as amends."""
    if shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "done", ended_at=now):
        _post(wire.order, wire, "amended", [NewMove(transit(wire), gateway(wire), wire.amount_minor)], now)


def fail_amends(wire: Wire, now: datetime) -> None:
    """Take back amends that were not transferred: they were agreed on otherwise."""
    if shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "closed", ended_at=now):
        back = [NewMove(transit(wire), AccountName("refund_cost", wire.currency), wire.amount_minor)]
        _post(wire.order, wire, "unamend", back, now)


def settle_refund(order: Order, wire: Wire, *, their_ref: str | None, now: datetime) -> str:
    """Book a refund that is done; return refunded, or known. The caller holds the order."""
    rows = Wire.objects.filter(pk=wire.pk)
    if not shift(rows, rules.WIRE, "done", their_ref=their_ref, ended_at=now, next_query_at=None):
        return "known"
    this = Order.objects.filter(pk=order.pk)
    if order.status == "late" or not _under_way(order):
        shift(this.filter(status__in=("late", "refunding")), rules.ORDER, "refunded")
    if wire.of_wire is not None and not wire.of_wire.is_surplus:  # a deposit that came back
        shift(this.filter(status__in=("missed", "withdrawn")), rules.ORDER, "refunded")
    _post(order, wire, "refunded", [NewMove(transit(wire), gateway(wire), wire.amount_minor)], now)
    return "refunded"


def _under_way(order: Order) -> bool:
    return Wire.objects.filter(order=order, dir="refund", status__in=UNDER_WAY).exists()


def fail_refund(order: Order, wire: Wire, now: datetime) -> str:
    """Put back the money of a refund that failed; return failed, or known. What went on the shelf stays there."""
    rows = Wire.objects.filter(pk=wire.pk)
    if wire.status == "drafted":
        done = shift(rows, rules.WIRE, "closed", ended_at=now, next_query_at=None)
    else:
        done = shift(rows, rules.WIRE, "failed", ended_at=now, next_query_at=None)
    if not done:
        return "known"
    for n, _, amount in wire.parts:
        Line.objects.filter(order=order, n=n).update(refunded_minor=F("refunded_minor") - amount)
    Order.objects.filter(pk=order.pk).update(refunded_minor=F("refunded_minor") - wire.amount_minor)
    if order.status == "refunding":
        shift(Order.objects.filter(pk=order.pk), rules.ORDER, "final" if order.final_at else "paid")
    entry = ledger.entry(order.community, key=f"refund:{wire.our_ref}")
    assert entry is not None
    back = [NewMove(m.dst, m.src, m.amount_minor) for m in entry.moves if m.dst == transit(wire)]
    adjust_shares(order, now)
    _post(order, wire, "unrefund", back, now)
    return "failed"


@transaction.atomic
def _again(community: Community, wire_id: int, by: Person, now: datetime) -> Wire:
    found = Wire.objects.select_related("order").filter(community=community, pk=wire_id, dir="refund").first()
    if found is None:
        raise NoSuchWire
    order, wire = locked(community, found.order.no), Wire.objects.select_related("of_wire").get(pk=wire_id)
    if wire.status not in {"failed", "closed"} or wire.of_wire is None:
        raise NotNow
    tries = Wire.objects.filter(of_wire=wire.of_wire).count()
    if wire.of_wire.is_surplus:
        return return_surplus(order, wire.of_wire, now, provider="manual", by=by, again=tries)
    if order.status in {"missed", "withdrawn"}:
        return return_deposit(order, wire.of_wire, now, provider="manual", by=by, again=tries)
    triples = [(n, 0, amount) for n, _, amount in wire.parts]
    lines = refundable(order)
    if any(lines[n].left_minor < amount for n, _, amount in triples):
        raise MoreThanPaid
    return write_refund(order, wire.of_wire, triples, f"again:{wire.pk}:{tries}", by=by, provider="manual", now=now)


def refund_again(*, community: Community, wire_id: int, by: Person, now: datetime) -> WireValue:
    """Give back by hand what a provider could not: a new wire, a second person to confirm it.

    Raises:
        SellersOnly, NoSuchWire: as they say.
        NotNow: it has not failed.
        MoreThanPaid: it was given back meanwhile.

    """
    check_sells(community, by)
    wire = _again(community, wire_id, by, now)
    return as_wire(Wire.objects.select_related("order", "confirmed_by", "approved_by").get(pk=wire.pk))


def send(wire_id: int, now: datetime) -> None:
    """Have a provider give back what is written down. Asked again it is the same refund: it goes by our reference."""
    wire = Wire.objects.select_related("of_wire", "order__campaign", "order__community").get(pk=wire_id)
    found = providers.named(wire.provider)
    if found.is_by_hand or wire.status not in UNDER_WAY:
        return
    assert wire.of_wire is not None
    Wire.objects.filter(pk=wire_id, status="drafted").update(status="sent")
    Wire.objects.filter(pk=wire_id).update(tries=F("tries") + 1, next_query_at=next_query(wire.tries, now))
    try:
        found.refund(ask_of(wire), now)
    except ProviderDown:
        shift(Wire.objects.filter(pk=wire_id), rules.WIRE, "unknown")
    except ProviderRefused:
        with transaction.atomic():
            order = locked(wire.order.community, wire.order.no)
            wire.refresh_from_db()
            fail_refund(order, wire, now)
