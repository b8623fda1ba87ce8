"""Forgetting the launches of an invented community."""

from django.db import connection, transaction

from kith.launch.data import LaunchesAreReal
from kith.launch.models import (
    Attribution,
    Bond,
    Campaign,
    Channel,
    ChannelRule,
    Contact,
    Coupon,
    CouponUse,
    Dispute,
    Doubt,
    Gate,
    Gift,
    Group,
    Inbox,
    Item,
    Line,
    Mandate,
    Notice,
    Offer,
    Order,
    PriceLog,
    Renewal,
    SandboxMandate,
    SandboxPayment,
    Seat,
    Term,
    Ticket,
    Touch,
    Wire,
)
from kith.people.api import Community

DROPPED = (
    Ticket, Gate, Dispute, Doubt, Attribution, Bond, Touch, Channel, ChannelRule, Wire, Line, CouponUse, Renewal, Mandate, Gift, Term, Notice, Seat, Group, Order, Coupon, Contact, Item, Campaign, PriceLog, Offer,
)  # fmt: skip


@transaction.atomic
def drop_launches(*, community: Community) -> int:
    """Forget every launch and order of an invented community; its value book is dropped by the ledger. Returns how many orders.

    Raises:
        LaunchesAreReal: the community is real.

    """
    if not community.is_demo:
        raise LaunchesAreReal
    refs = list(Wire.objects.filter(community=community).values_list("our_ref", flat=True))
    SandboxPayment.objects.filter(our_ref__in=refs).delete()
    Inbox.objects.filter(our_ref__in=refs).delete()
    SandboxMandate.objects.filter(token__in=Mandate.objects.filter(community=community).values("token")).delete()
    Wire.objects.filter(community=community, dir__in=("refund", "amends")).delete()
    count = Order.objects.filter(community=community).count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'on', true)")
    for model in DROPPED:
        model.objects.filter(community=community).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")
    return count
