"""What is sold: offers with their prices over time, and the campaigns that sell them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.launch.data import CAMPAIGN_KINDS, CAMPAIGN_STATES, OFFER_KINDS
from kith.launch.rules import DEPOSIT_LIMIT_PPM, TAX_LIMIT_PPM
from kith.people.api import Community, Person

UNFROZEN = ("draft", "ready")


class Offer(models.Model):
    """One thing for sale. Its price is what the newest line of its log says; orders keep the price they were placed at."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    sku = models.CharField(max_length=40)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    currency = models.CharField(max_length=8)
    price_minor = models.BigIntegerField()
    tax_ppm = models.IntegerField(default=0)
    refund_days = models.SmallIntegerField(default=7)
    months = models.SmallIntegerField(default=0)
    family = models.CharField(max_length=20, blank=True)
    version = models.IntegerField(default=1)
    is_active = models.BooleanField(default=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "sku", name="launch_offer_sku_once"),
            models.CheckConstraint(condition=Q(kind__in=OFFER_KINDS), name="launch_offer_kind_known"),
            models.CheckConstraint(condition=Q(price_minor__gte=0), name="launch_offer_price_not_negative"),
            models.CheckConstraint(
                condition=Q(kind="plan", months__gt=0) & ~Q(family="") | ~Q(kind="plan") & Q(months=0, family=""),
                name="launch_offer_plan_has_months",
            ),
            models.CheckConstraint(
                condition=Q(tax_ppm__gte=0, tax_ppm__lte=TAX_LIMIT_PPM), name="launch_offer_tax_is_a_part"
            ),
            models.CheckConstraint(condition=Q(refund_days__gte=0), name="launch_offer_refund_days_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title


class PriceLog(models.Model):
    """A price an offer had from a moment on. A trigger keeps every line as it is: the law's price history is read here."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="prices", db_index=False)
    version = models.IntegerField()
    price_minor = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("offer", "version", name="launch_pricelog_version_once"),
            models.CheckConstraint(condition=Q(price_minor__gte=0), name="launch_pricelog_not_negative"),
        ]


class Campaign(models.Model):
    """A launch: offers sold in one way, from one moment on, under terms that freeze when it opens."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    slug = models.SlugField(max_length=40, db_index=False)
    kind = models.CharField(max_length=8)
    title = models.CharField(max_length=80)
    story = models.TextField(blank=True)
    currency = models.CharField(max_length=8)
    terms = models.TextField(blank=True)
    terms_digest = models.CharField(max_length=64, blank=True)
    rules_version = models.IntegerField(default=1)
    transfer_to = models.TextField(blank=True)
    per_buyer = models.IntegerField(null=True)
    hold_minutes = models.IntegerField(default=15)
    ship_minor = models.BigIntegerField(default=0)
    ship_free_from_minor = models.BigIntegerField(null=True)
    group_size = models.SmallIntegerField(null=True)
    group_hours = models.SmallIntegerField(null=True)
    deposit_ppm = models.IntegerField(null=True)
    deposit_returns = models.BooleanField(default=False)
    balance_from_at = models.DateTimeField(null=True)
    balance_until_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=8, default="draft")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "slug", name="launch_campaign_slug_once"),
            models.CheckConstraint(condition=Q(kind__in=CAMPAIGN_KINDS), name="launch_campaign_kind_known"),
            models.CheckConstraint(condition=Q(status__in=CAMPAIGN_STATES), name="launch_campaign_status_known"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="launch_campaign_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNFROZEN, frozen_at=None) | ~Q(status__in=UNFROZEN) & Q(frozen_at__isnull=False),
                name="launch_campaign_open_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(per_buyer=None) | Q(per_buyer__gt=0), name="launch_campaign_limit_positive"
            ),
            models.CheckConstraint(
                condition=Q(deposit_ppm=None) | Q(deposit_ppm__gt=0, deposit_ppm__lte=DEPOSIT_LIMIT_PPM),
                name="launch_campaign_deposit_of_a_fifth",
            ),
            models.CheckConstraint(condition=Q(hold_minutes__gt=0), name="launch_campaign_holds_a_while"),
            models.CheckConstraint(
                condition=Q(ship_minor__gte=0) & (Q(ship_free_from_minor=None) | Q(ship_free_from_minor__gte=0)),
                name="launch_campaign_sending_not_negative",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("opens_at", condition=Q(status="ready"), name="launch_campaign_opening"),
            models.Index("closes_at", condition=Q(status="open"), name="launch_campaign_closing"),
        ]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """An offer in a campaign at the campaign's price. Its stock is a balance of the value book, not a column."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="items", db_index=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="items")
    price_minor = models.BigIntegerField()
    position = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("campaign", "offer", name="launch_item_once"),
            models.CheckConstraint(condition=Q(price_minor__gte=0), name="launch_item_price_not_negative"),
        ]
