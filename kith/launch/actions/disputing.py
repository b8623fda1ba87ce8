"""Complaints about a paid order: what was shared of it stays where it is until they are over."""

from datetime import datetime

from django.db import transaction

from kith.launch import rules
from kith.launch.actions.sharing import freeze_shares
from kith.launch.actions.states import check_sells, locked
from kith.launch.data import DisputedAlready, DisputeValue, NoSuchDispute, ReasonMissing, RefundOver, Told
from kith.launch.models import Dispute, Order
from kith.launch.queries import as_dispute
from kith.lib.text import clean_line
from kith.people.api import Community, Person, note_deed


def take_dispute(order: Order, provider: str, told: Told, now: datetime) -> bool:
    """Write down what a service says of a complaint; tell whether it was lost only now. The caller holds the order."""
    row, _ = Dispute.objects.get_or_create(
        provider=provider, their_ref=told.their_ref,
        defaults={"community": order.community, "order": order, "amount_minor": told.amount_minor, "opened_at": now},
    )  # fmt: skip
    ended = told.state != "open" and bool(_end(row, told.state, None, now))
    freeze_shares(order, is_frozen=_is_open(order))
    return ended and told.state == "lost"


@transaction.atomic
def open_dispute(*, community: Community, no: str, reason: str, by: Person, now: datetime) -> DisputeValue:
    """Say that a buyer complains of a paid order, to a service that does not tell us or to the community.

    Raises:
        SellersOnly, NoSuchOrder, ReasonMissing: as they say.
        RefundOver: there is no money of it here.
        DisputedAlready: there is an open one.

    """
    check_sells(community, by)
    order = locked(community, no)
    if not (kept := clean_line(reason)[:200]):
        raise ReasonMissing
    if order.status not in {"paid", "final"}:
        raise RefundOver
    if _is_open(order):
        raise DisputedAlready
    left = order.paid_minor - order.refunded_minor
    row = Dispute.objects.create(
        community=community, order=order, provider="manual", their_ref=rules.new_number(now), amount_minor=left, reason=kept, by=by, opened_at=now
    )  # fmt: skip
    freeze_shares(order, is_frozen=True)
    note_deed(community=community, kind="launch.dispute_opened", by=by, now=now, subject=f"order:{no}")
    return as_dispute(row)


@transaction.atomic
def end_dispute(*, community: Community, no: str, is_won: bool, by: Person, now: datetime) -> DisputeValue:
    """Say how a complaint entered by a person ended. Money that goes back is a refund of its own.

    Raises:
        SellersOnly, NoSuchOrder: as they say.
        NoSuchDispute: there is none that a person may end: a service says itself how its own ended.

    """
    check_sells(community, by)
    order = locked(community, no)
    row = Dispute.objects.filter(order=order, provider="manual", state="open").first()
    if row is None:
        raise NoSuchDispute
    _end(row, "won" if is_won else "lost", by, now)
    freeze_shares(order, is_frozen=_is_open(order))
    note_deed(
        community=community,
        kind="launch.dispute_ended",
        by=by,
        now=now,
        subject=f"order:{no}",
        detail={"is_won": is_won},
    )
    row.refresh_from_db()
    return as_dispute(row)


def _end(row: Dispute, state: str, by: Person | None, now: datetime) -> int:
    return Dispute.objects.filter(pk=row.pk, state="open").update(state=state, ended_by=by, ended_at=now)


def _is_open(order: Order) -> bool:
    return Dispute.objects.filter(order=order, state="open").exists()
