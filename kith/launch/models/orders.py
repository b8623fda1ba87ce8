"""Orders: who bought what, at which price, under which terms."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.launch.data import ORDER_STATES
from kith.launch.models.goods import Campaign, Item
from kith.people.api import Community, Person


class Contact(models.Model):
    """Where to send something and whom to call: sealed, in a row of its own, erased when it is no longer needed."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    wanted_gone_at = models.DateTimeField(null=True)  # by whose it is: as soon as its order has ended

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(sealed=None, erased_at__isnull=False) | Q(sealed__isnull=False, erased_at=None),
                name="launch_contact_is_there_or_erased",
            ),
        ]


class Order(models.Model):
    """One purchase. `no` is its public number; `client_key` and `digest` make a repeated placement the same order.

    `refunded_minor` counts refunds from the moment they are written until they fail.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    no = models.CharField(max_length=26, unique=True)
    buyer = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", db_index=False)
    client_key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=10, default="placed")
    currency = models.CharField(max_length=8)
    total_minor = models.BigIntegerField()
    deposit_minor = models.BigIntegerField(default=0)
    balance_from_at = models.DateTimeField(null=True)
    balance_until_at = models.DateTimeField(null=True)
    paid_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    placed_at = models.DateTimeField()
    hold_until = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    shipped_at = models.DateTimeField(null=True)
    tracking = models.CharField(max_length=80, blank=True)
    final_due_at = models.DateTimeField(null=True)
    final_at = models.DateTimeField(null=True)
    refund_asked_at = models.DateTimeField(null=True)
    refund_reason = models.CharField(max_length=200, blank=True)
    terms_digest = models.CharField(max_length=64)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    shows_energy = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "buyer", "client_key", name="launch_order_placed_once"),
            models.CheckConstraint(condition=Q(status__in=ORDER_STATES), name="launch_order_status_known"),
            models.CheckConstraint(
                condition=Q(refunded_minor__gte=0, paid_minor__gte=F("refunded_minor"), total_minor__gte=0),
                name="launch_order_refunds_what_was_paid",
            ),
            models.CheckConstraint(
                condition=Q(deposit_minor=0)
                | Q(deposit_minor__gt=0, total_minor__gt=F("deposit_minor"), balance_until_at__isnull=False),
                name="launch_order_deposit_is_a_part",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("campaign", "status", name="launch_order_of_campaign"),
            models.Index("balance_from_at", condition=Q(status="deposited"), name="launch_order_to_ask"),
            models.Index("balance_until_at", condition=Q(status="due"), name="launch_order_missing"),
            models.Index("community", "buyer", F("placed_at").desc(), name="launch_order_of_buyer"),
            models.Index("hold_until", condition=Q(status="placed"), name="launch_order_expiring"),
            models.Index("final_due_at", condition=Q(status="paid"), name="launch_order_finishing"),
        ]

    def __str__(self) -> str:
        return self.no


class Line(models.Model):
    """A line of an order, and how much of it went back: units of an item, or what sending costs.

    What coupons took off the order stands in its lines, so that a line given back gives back what was paid for it.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="lines", db_index=False)
    n = models.SmallIntegerField()
    kind = models.CharField(max_length=8, default="item")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=80)
    qty = models.IntegerField()
    unit_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    amount_minor = models.BigIntegerField()
    tax_ppm = models.IntegerField(default=0)
    refunded_qty = models.IntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("order", "n", name="launch_line_once"),
            models.CheckConstraint(condition=Q(qty__gt=0), name="launch_line_of_something"),
            models.CheckConstraint(
                condition=Q(amount_minor=F("qty") * F("unit_minor") - F("discount_minor")),
                name="launch_line_is_qty_times_unit",
            ),
            models.CheckConstraint(
                condition=Q(discount_minor__gte=0, amount_minor__gte=0), name="launch_line_discount_within"
            ),
            models.CheckConstraint(
                condition=Q(kind="item", item__isnull=False) | Q(kind="ship", item=None), name="launch_line_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded_qty__gte=0,
                    qty__gte=F("refunded_qty"),
                    refunded_minor__gte=0,
                    amount_minor__gte=F("refunded_minor"),
                ),
                name="launch_line_refunds_what_was_paid",
            ),
        ]
