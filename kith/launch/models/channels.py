"""Through whom a launch reaches people: channels, touches, bonds, and whose sale an order is."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.launch.data import ATTRIBUTION_MODELS, CHANNEL_ROLES, CHANNEL_STATES, DOUBTS
from kith.launch.models.goods import Campaign
from kith.launch.models.orders import Order
from kith.launch.rules.channels import BOND_DAYS_LIMIT, TOUCH_DAYS_LIMIT
from kith.lib.split import WHOLE_PPM
from kith.people.api import Community, Person

ASKED = ("asked", "accepted", "declined", "closed")


class ChannelRule(models.Model):
    """How long touches count in a launch, and for how long a buyer is bound (0: not at all). The newest version holds; none is changed."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField()
    touch_days = models.SmallIntegerField()
    bond_days = models.SmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("campaign", "version", name="launch_channelrule_version_once"),
            models.CheckConstraint(
                condition=Q(touch_days__gte=1, touch_days__lte=TOUCH_DAYS_LIMIT), name="launch_channelrule_touch_days"
            ),
            models.CheckConstraint(
                condition=Q(bond_days__gte=0, bond_days__lte=BOND_DAYS_LIMIT), name="launch_channelrule_bond_days"
            ),
        ]


class Channel(models.Model):
    """A person through whom a launch reaches others (人肉渠道): asked, and bringing people by a link of their own once they accepted.

    `expected_people` is how many were expected to turn to them when they were proposed; `disclosure` the very words they accepted.
    Touches that are no longer kept stay counted in `touches_gone` and `people_gone`.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="channels", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=16, unique=True)
    status = models.CharField(max_length=8, default="proposed")
    expected_people = models.FloatField(default=0)
    proposed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    disclosure_version = models.SmallIntegerField(default=0)
    disclosure = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    touches_gone = models.IntegerField(default=0)
    people_gone = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("campaign", "person", name="launch_channel_once"),
            models.CheckConstraint(condition=Q(status__in=CHANNEL_STATES), name="launch_channel_status_known"),
            models.CheckConstraint(
                condition=Q(status="proposed") | Q(asked_at__isnull=False, asked_by__isnull=False),
                name="launch_channel_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(disclosure_version__gt=0) & ~Q(disclosure=""),
                name="launch_channel_accepts_the_disclosure",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | Q(accepted_at__isnull=False), name="launch_channel_accepted_at"
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("person")) | Q(asked_by=None), name="launch_channel_asked_by_another"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", name="launch_channel_of_person"),
        ]

    def __str__(self) -> str:
        return self.code


class Touch(models.Model):
    """Somebody opened a link. `visitor` is a browser, blurred; `person` who it was, once they signed in. Kept for 90 days."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="touches", db_index=False)
    visitor = models.CharField(max_length=32, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(visitor="") | Q(person__isnull=False), name="launch_touch_is_of_somebody"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "visitor", "at", condition=~Q(visitor=""), name="launch_touch_of_visitor"),
            models.Index("community", "person", "at", condition=Q(person__isnull=False), name="launch_touch_of_person"),
            models.Index("channel", "at", name="launch_touch_of_channel"),
            models.Index("at", name="launch_touch_to_forget"),
        ]


class Bond(models.Model):
    """A buyer is bound to whom they first bought through, from one moment until another; by the rule of that launch.

    One at a time, never to oneself and never in a ring: migration 0005 has the exclusion and the trigger.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    buyer = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    promoter = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+", db_index=False)
    rule_version = models.IntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("order", name="launch_bond_once_an_order"),
            models.CheckConstraint(condition=~Q(buyer=F("promoter")), name="launch_bond_not_to_oneself"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="launch_bond_ends_after_it_began"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "buyer", "until", name="launch_bond_of_buyer"),
            models.Index("community", "promoter", "until", name="launch_bond_of_promoter"),
        ]


class Attribution(models.Model):
    """Through whom an order came, fixed when it was paid. A trigger keeps it as it is; another one that each role sums to a million."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="attributions", db_index=False)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="attributions", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=8)
    model = models.CharField(max_length=10)
    weight_ppm = models.IntegerField()
    met_at = models.DateTimeField()
    rule_version = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("order", "role", "person", name="launch_attribution_once"),
            models.CheckConstraint(condition=Q(role__in=CHANNEL_ROLES), name="launch_attribution_role_known"),
            models.CheckConstraint(condition=Q(model__in=ATTRIBUTION_MODELS), name="launch_attribution_model_known"),
            models.CheckConstraint(
                condition=Q(weight_ppm__gt=0, weight_ppm__lte=WHOLE_PPM), name="launch_attribution_weight_is_a_part"
            ),
            models.CheckConstraint(condition=Q(met_at__lte=F("at")), name="launch_attribution_met_before"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("channel", name="launch_attribution_channel"),
            models.Index("community", "person", name="launch_attribution_of_person"),
        ]


class Doubt(models.Model):
    """A sale that looks like one to oneself: nothing is paid for it until a second person has looked."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    order = models.OneToOneField(Order, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8)
    made_at = models.DateTimeField()
    is_fine = models.BooleanField(null=True)
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(reason__in=DOUBTS), name="launch_doubt_reason_known"),
            models.CheckConstraint(
                condition=Q(is_fine=None, judged_by=None, judged_at=None)
                | Q(is_fine__isnull=False, judged_by__isnull=False, judged_at__isnull=False),
                name="launch_doubt_judged_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", condition=Q(is_fine=None), name="launch_doubt_open"),
        ]
