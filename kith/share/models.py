"""Rules of sharing, sales and what was promised of them. What is owed is no column: it stands in the value book."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.people.api import Community, Person
from kith.share.data import PAYOUT_STATES, POLICIES, ROLES, SALE_STATES


class Sign(models.Model):
    """That a founder has read what the law says about a second tier, in which version of the text, and under which name."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    text_version = models.IntegerField()
    name = models.CharField(max_length=60)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "text_version", name="share_sign_once"),
            models.CheckConstraint(condition=~Q(name=""), name="share_sign_has_a_name"),
        ]


class Rule(models.Model):
    """A version of who gets what of a sale. It is never changed: a change is the next version."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField()
    cuts = models.JSONField()
    withheld_ppm = models.IntegerField(default=0)
    signed = models.ForeignKey(Sign, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "version", name="share_rule_version_once"),
            models.CheckConstraint(
                condition=Q(withheld_ppm__gte=0, withheld_ppm__lte=450_000), name="share_rule_withholds_a_part"
            ),
        ]


class Pool(models.Model):
    """Money set aside for those who contribute, and by which policy it is given out; what stands in it is in the value book."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    policy = models.CharField(max_length=10)
    window_days = models.IntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "name", name="share_pool_name_once"),
            models.CheckConstraint(condition=Q(policy__in=POLICIES), name="share_pool_policy_known"),
            models.CheckConstraint(condition=Q(window_days__gt=0), name="share_pool_looks_back"),
        ]

    def __str__(self) -> str:
        return self.name


class Sale(models.Model):
    """A paid sale, under the rule of the moment it was paid. `bases` are what was shared of its lines, by their number."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=26)
    digest = models.CharField(max_length=64)
    campaign_id = models.BigIntegerField()
    currency = models.CharField(max_length=8)
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    bases = models.JSONField()
    state = models.CharField(max_length=8, default="held")
    changes = models.IntegerField(default=0)
    paid_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    is_frozen = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "key", name="share_sale_once"),
            models.CheckConstraint(condition=Q(state__in=SALE_STATES), name="share_sale_state_known"),
            models.CheckConstraint(
                condition=Q(state="held", released_at=None) | Q(state="released", released_at__isnull=False),
                name="share_sale_released_at_a_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "campaign_id", name="share_sale_of_campaign"),
            models.Index("community", condition=Q(is_frozen=True), name="share_sale_frozen"),
        ]


class Promise(models.Model):
    """A part of a line for somebody: frozen at payment, only ever reduced by refunds.

    `borne_minor` is what a refund took of it after the release that its payee could not give back any more: it stays with them, and the
    community bears it.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    sale = models.ForeignKey(Sale, models.PROTECT, related_name="promises", db_index=False)
    n = models.SmallIntegerField()
    role = models.CharField(max_length=8)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    pool = models.ForeignKey(Pool, models.PROTECT, null=True, related_name="+", db_index=False)
    rate_ppm = models.IntegerField()
    amount_minor = models.BigIntegerField()
    kept_minor = models.BigIntegerField()
    borne_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sale", "n", "role", "person", "pool"], nulls_distinct=False, name="share_promise_once"
            ),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="share_promise_role_known"),
            models.CheckConstraint(
                condition=Q(
                    kept_minor__gte=0, borne_minor__gte=0, amount_minor__gte=F("kept_minor") + F("borne_minor")
                ),
                name="share_promise_only_falls",
            ),
            models.CheckConstraint(
                condition=Q(role__in=("channel", "second", "maker"), person__isnull=False, pool=None)
                | Q(role="pool", person=None, pool__isnull=False)
                | Q(role__in=("house", "fund"), person=None, pool=None),
                name="share_promise_names_its_payee",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", condition=~Q(person=None), name="share_promise_of_person"),
        ]


class PayTo(models.Model):
    """Where somebody's money goes, in their own words: sealed."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", name="share_payto_once"),
        ]


class Payout(models.Model):
    """Money on its way to somebody. `no` is our reference, written before anybody is called and never used again."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    no = models.CharField(max_length=26, unique=True)
    key = models.CharField(max_length=100)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()
    withheld_minor = models.BigIntegerField(default=0)
    provider = models.CharField(max_length=12, blank=True)
    sealed = models.BinaryField()
    status = models.CharField(max_length=9, default="drafted")
    their_ref = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=200, blank=True)
    next_query_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "key", name="share_payout_key_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="share_payout_moves_something"),
            models.CheckConstraint(condition=Q(status__in=PAYOUT_STATES), name="share_payout_status_known"),
            models.CheckConstraint(
                condition=Q(withheld_minor__gte=0, withheld_minor__lt=F("amount_minor")),
                name="share_payout_withholds_a_part",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")) & ~Q(approved_by=F("person")),
                name="share_payout_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("drafted", "cancelled")) | Q(approved_by__isnull=False),
                name="share_payout_leaves_approved",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", name="share_payout_of_person"),
            models.Index("community", "status", name="share_payout_of_status"),
            models.Index("next_query_at", condition=Q(status__in=("sent", "unknown")), name="share_payout_to_ask"),
        ]


class SandboxPayout(models.Model):
    """What the sandbox believes: the books of an invented provider."""

    ref = models.CharField(max_length=26, unique=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default="waiting")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "done", "failed")), name="share_sandboxpayout_state_known"
            ),
        ]


class PoolRun(models.Model):
    """That a pool gave out an amount, by the policy it has."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    currency = models.CharField(max_length=8)
    policy = models.CharField(max_length=10)
    amount_minor = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "key", name="share_poolrun_key_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="share_poolrun_gives_something"),
        ]


class Gift(models.Model):
    """What a run gave to one person, and the points they had, in thousandths."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    run = models.ForeignKey(PoolRun, models.PROTECT, related_name="gifts", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    points = models.BigIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("run", "person", name="share_gift_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="share_gift_is_something"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", name="share_gift_of_person"),
        ]


class Pour(models.Model):
    """That an amount of the fund was put into a pool."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    pool = models.ForeignKey(Pool, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    currency = models.CharField(max_length=8)
    amount_minor = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "key", name="share_pour_key_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="share_pour_is_something"),
        ]


class Statement(models.Model):
    """What moved in somebody's account in a month: opening and closing, chained by digests. A trigger keeps it as it is."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    currency = models.CharField(max_length=8)
    n = models.IntegerField()
    period = models.CharField(max_length=7)
    from_entry = models.BigIntegerField()
    upto_entry = models.BigIntegerField()
    opening_minor = models.BigIntegerField()
    inflow_minor = models.BigIntegerField()
    outflow_minor = models.BigIntegerField()
    closing_minor = models.BigIntegerField()
    lines = models.IntegerField()
    digest = models.CharField(max_length=64)
    prev = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", "currency", "n", name="share_statement_once"),
            models.UniqueConstraint("community", "person", "currency", "period", name="share_statement_month_once"),
            models.CheckConstraint(
                condition=Q(closing_minor=F("opening_minor") + F("inflow_minor") - F("outflow_minor")),
                name="share_statement_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(inflow_minor__gte=0, outflow_minor__gte=0), name="share_statement_flows_not_negative"
            ),
        ]


class Shown(models.Model):
    """That a founder lets everybody see where the price of an offer goes."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    offer_id = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "offer_id", name="share_shown_once"),
        ]
