"""Groups that buy together: taking a seat, filling it by paying, giving it back. The order is locked first, then its group."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from kith.launch import rules
from kith.launch.actions.states import of_order, shift
from kith.launch.data import AlreadyInGroup, GroupNotFormed, GroupOver, NoSuchGroup, NotInThisLaunch
from kith.launch.models import Campaign, Group, Order, Seat
from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove, Posting

ON_THE_WAY = ("forming", "full")


def take_seat(order: Order, no: str, *, is_paid: bool, now: datetime) -> tuple[list[Posting], list[NewMove]]:
    """Sit an order down in the group of that number, or in a new one; nothing where the launch sells to each alone.

    Raises:
        NotInThisLaunch: a group was named where there are none.
        NoSuchGroup, GroupOver: by the group.
        AlreadyInGroup: the buyer sits in it.

    """
    launch = order.campaign
    if launch.kind != "group":
        if no:
            raise NotInThisLaunch
        return [], []
    group, issue = (_locked(launch, no, now), []) if no else _opened(order, now)
    try:
        with transaction.atomic():
            status = "filled" if is_paid else "held"
            Seat.objects.create(community_id=order.community_id, group=group, order=order, person=order.buyer, status=status)  # fmt: skip
    except IntegrityError:
        raise AlreadyInGroup from None
    _count(group, now)
    return issue, [NewMove(_seats("shelf", group), of_order("gone" if is_paid else "held", f"G:{group.pk}", order), 1)]


def _locked(launch: Campaign, no: str, now: datetime) -> Group:
    found = Group.objects.select_for_update().filter(campaign=launch, no=no).first()
    if found is None:
        raise NoSuchGroup
    if found.status not in ON_THE_WAY or found.deadline_at <= now:
        raise GroupOver
    return found


def _opened(order: Order, now: datetime) -> tuple[Group, list[Posting]]:
    launch = order.campaign
    assert launch.group_size
    assert launch.group_hours
    group = Group.objects.create(
        community_id=order.community_id, no=rules.new_group_no(), campaign=launch, opener=order.buyer, size=launch.group_size,
        made_at=now, deadline_at=rules.deadline(now, launch.group_hours, launch.closes_at),
    )  # fmt: skip
    ledger.make_asset(code=f"G:{group.pk}", kind="right")
    move = NewMove(_seats("supply", group), _seats("shelf", group), group.size)
    return group, [Posting(f"group:{group.pk}", "issue", [move], now, ("group", group.pk), by_id=order.buyer_id)]


def _seats(role: str, group: Group) -> AccountName:
    return AccountName(role, f"G:{group.pk}", "group", group.pk)


def _seat(order: Order) -> Seat | None:
    """Return the seat of an order with its group, which nobody else changes until the transaction ends."""
    seat = Seat.objects.filter(order=order).first()
    if seat is not None:
        seat.group = Group.objects.select_for_update().get(pk=seat.group_id)
    return seat


def fill_seat(order: Order, now: datetime) -> list[NewMove]:
    """Return the moves by which a payment fills the seat of an order, whose group forms with the last one.

    Raises:
        GroupOver: the group failed meanwhile.
        AlreadyInGroup: the hold was over, and the buyer sits in the group with another order.

    """
    seat = _seat(order)
    if seat is None:
        return []
    if seat.group.status == "failed":
        raise GroupOver
    source = of_order("held", f"G:{seat.group_id}", order) if seat.status == "held" else _seats("shelf", seat.group)
    try:
        with transaction.atomic():
            shift(Seat.objects.filter(pk=seat.pk), rules.SEAT, "filled")
    except IntegrityError:
        raise AlreadyInGroup from None
    _count(seat.group, now)
    return [NewMove(source, of_order("gone", f"G:{seat.group_id}", order), 1)]


def leave_seat(order: Order, now: datetime) -> list[NewMove]:
    """Return the moves that give a seat back; of a group that has formed none is: its price was honoured."""
    seat = _seat(order)
    if seat is None or seat.group.status == "formed":
        return []
    source = of_order("held" if seat.status == "held" else "gone", f"G:{seat.group_id}", order)
    if not shift(Seat.objects.filter(pk=seat.pk), rules.SEAT, "back"):
        return []
    _pass_on(seat.group)
    _count(seat.group, now)
    return [NewMove(source, _seats("shelf", seat.group), 1)]


def _pass_on(group: Group) -> None:
    """Let the one who has sat there longest stand for the group when its opener has left."""
    there = list(Seat.objects.filter(group=group).exclude(status="back").order_by("pk").values_list("person", flat=True))  # fmt: skip
    if there and group.opener_id not in there:
        Group.objects.filter(pk=group.pk).update(opener=there[0])


def _count(group: Group, now: datetime) -> None:
    """Bring a group to what its seats say; the one that holds its lock counts."""
    said = Seat.objects.filter(group=group).aggregate(
        taken=Count("pk", filter=~Q(status="back")), filled=Count("pk", filter=Q(status="filled"))
    )
    to = rules.group_after(size=group.size, **said)
    rows = Group.objects.filter(pk=group.pk)
    shift(rows, rules.GROUP, to, **({"ended_at": now} if to == "formed" else {}))


def check_formed(order: Order) -> None:
    """Let pass what may leave: an order that belongs to no group, or to one that has formed.

    Raises:
        GroupNotFormed: it may still have to be given back.

    """
    if Seat.objects.filter(order=order).exclude(group__status="formed").exists():
        raise GroupNotFormed
