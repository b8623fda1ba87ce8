"""The value book: double entry of everything scarce. Entries and moves are never changed or removed.

Rows are made by `ledger_post` in the database alone (migration 0003); what they point at is checked a statement at a time.
"""

from typing import Any, ClassVar, Never, TypeVar

from django.db import models
from django.db.models import F, Q

from kith.ledger.data import ASSET_KINDS
from kith.ledger.rules import AMOUNT_LIMIT
from kith.lib.books import AppendOnly
from kith.people.api import Community, Person

M = TypeVar("M", bound=models.Model)


class AppendOnlyRows(models.QuerySet[M]):
    """Refuses what the trigger in the database refuses too, before it gets there."""

    def update(self, **kwargs: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly


class Line(models.Model):
    """A row that stays as it is."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> Never:  # noqa: FBT001, FBT002 -- Django's signature
        raise AppendOnly


class Asset(models.Model):
    """What is counted, and in how fine a unit: `scale` digits after the point. One table for all communities."""

    code = models.CharField(max_length=40, primary_key=True)
    kind = models.CharField(max_length=8, choices=[(k, k) for k in ASSET_KINDS])
    scale = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=ASSET_KINDS), name="ledger_asset_kind_known"),
            models.CheckConstraint(condition=Q(scale__gte=0, scale__lte=6), name="ledger_asset_scale_in_bounds"),
        ]

    def __str__(self) -> str:
        return self.code


class Account(models.Model):
    """A balance with a floor. Without a floor it keeps no balance here: that is a checkpoint and the moves since.

    `heat` orders the locks: cold accounts first, the ones many want last.
    """

    pk = models.CompositePrimaryKey("community_id", "id")
    id = models.BigIntegerField()
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    role = models.CharField(max_length=20)
    owner_kind = models.CharField(max_length=20)
    owner_id = models.BigIntegerField()
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    floor = models.BigIntegerField(null=True)
    heat = models.SmallIntegerField(default=0)
    balance = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "community", "owner_kind", "owner_id", "role", "asset", name="ledger_account_name_once"
            ),
            models.CheckConstraint(
                condition=Q(floor=None) | Q(balance__gte=F("floor")), name="ledger_account_above_its_floor"
            ),
            models.CheckConstraint(
                condition=Q(floor__isnull=False) | Q(balance=0), name="ledger_account_without_floor_keeps_no_balance"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "role", "asset", name="ledger_account_role"),
        ]


class Entry(Line):
    """One posting: all its moves or none. `at` is when it happened, `posted_at` when the book heard of it."""

    pk = models.CompositePrimaryKey("community_id", "id")
    id = models.BigIntegerField()
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    cause_kind = models.CharField(max_length=20)
    cause_id = models.BigIntegerField()
    at = models.DateTimeField()
    posted_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    reverses = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "key", name="ledger_entry_key_once"),
            models.UniqueConstraint(
                "community", "reverses", condition=~Q(reverses=None), name="ledger_entry_reversed_once"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="ledger_entry_has_a_key"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "cause_kind", "cause_id", name="ledger_entry_cause"),
        ]


class Move(Line):
    """So much from one account to another: balanced by construction. `entry`, `src` and `dst` are ids in the same community."""

    pk = models.CompositePrimaryKey("community_id", "entry", "n")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    entry = models.BigIntegerField()
    n = models.SmallIntegerField()
    src = models.BigIntegerField()
    dst = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_move_amount_positive"),
            models.CheckConstraint(condition=Q(amount__lte=AMOUNT_LIMIT), name="ledger_move_amount_in_bounds"),
            models.CheckConstraint(condition=~Q(src=F("dst")), name="ledger_move_joins_two"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "src", "entry", "n", name="ledger_move_out"),
            models.Index("community", "dst", "entry", "n", name="ledger_move_in"),
        ]


class Checkpoint(models.Model):
    """What the moves of an account without a floor came to at an entry: saves adding them up; can be thrown away."""

    pk = models.CompositePrimaryKey("community_id", "account")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.BigIntegerField()
    upto_entry = models.BigIntegerField()
    balance = models.DecimalField(max_digits=40, decimal_places=0)


class Seal(Line):
    """A link of the hash chain over entries and moves: `root` covers every row after the seal before, and that seal's root."""

    pk = models.CompositePrimaryKey("community_id", "day")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    upto_entry = models.BigIntegerField()
    entries = models.BigIntegerField()
    root = models.CharField(max_length=64)
    prev = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
