"""Coupons, and which order holds or used which."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.launch.models.goods import Campaign
from kith.launch.models.orders import Order
from kith.people.api import Community, Person

USE_STATES = ("held", "used", "back")


class Coupon(models.Model):
    """Something off an order for who knows its code. How often it can be used are balances of the value book, not columns."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=24)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="+")
    currency = models.CharField(max_length=8)
    off_minor = models.BigIntegerField(default=0)
    off_ppm = models.IntegerField(default=0)
    least_minor = models.BigIntegerField(default=0)
    per_person = models.IntegerField(null=True)
    combines = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "code", name="launch_coupon_code_once"),
            models.CheckConstraint(
                condition=Q(off_minor__gt=0, off_ppm=0) | Q(off_minor=0, off_ppm__gt=0, off_ppm__lte=1_000_000),
                name="launch_coupon_takes_one_thing_off",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="launch_coupon_ends_after_beginning"
            ),
            models.CheckConstraint(
                condition=Q(least_minor__gte=0) & (Q(per_person=None) | Q(per_person__gt=0)),
                name="launch_coupon_limits_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CouponUse(models.Model):
    """A coupon on an order, and what it took off: held, used once the order has left, or back."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="coupons", db_index=False)
    coupon = models.ForeignKey(Coupon, models.PROTECT, related_name="uses")
    off_minor = models.BigIntegerField()
    status = models.CharField(max_length=4, default="held")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("order", "coupon", name="launch_couponuse_once"),
            models.CheckConstraint(condition=Q(status__in=USE_STATES), name="launch_couponuse_status_known"),
            models.CheckConstraint(condition=Q(off_minor__gt=0), name="launch_couponuse_takes_something"),
        ]
