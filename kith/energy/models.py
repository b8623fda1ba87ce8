"""The energy book: who gave attention to whom, when, how. One row is one act; no row is ever changed or removed."""

from typing import Any, ClassVar, Never

from django.db import models
from django.db.models import F, Q

from kith.energy.rules import WEIGHT_LIMIT
from kith.lib.books import AppendOnly
from kith.people.api import Community, Person


class Kind(models.Model):
    """A kind of act and what one weighs; data, seeded by a migration."""

    code = models.CharField(max_length=20, primary_key=True)
    weight = models.FloatField()
    meaning = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="energy_kind_weight_not_negative"),
        ]

    def __str__(self) -> str:
        return self.code


class AppendOnlyRows(models.QuerySet["Act"]):
    """Refuses what the trigger in the database refuses too, before it gets there."""

    def update(self, **kwargs: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly


class Act(models.Model):
    """One act. A correction is a new row that names the row it withdraws in `reverses`.

    `key` names the act within its community; an act that was withdrawn and comes again has the next `take`.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    other = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    weight = models.FloatField()
    at = models.DateTimeField()
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    take = models.SmallIntegerField(default=0)
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )

    objects = AppendOnlyRows.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="energy_act_weight_not_negative"),
            models.CheckConstraint(condition=Q(weight__lte=WEIGHT_LIMIT), name="energy_act_weight_in_bounds"),
            models.UniqueConstraint("community", "key", "take", name="energy_act_key_once"),
            models.UniqueConstraint("reverses", condition=~Q(reverses=None), name="energy_act_reversed_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "actor", "other", name="energy_act_given"),
            models.Index("community", "other", condition=Q(weight=0), name="energy_act_weightless"),
            models.Index("community", "source", name="energy_act_source"),
        ]

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(**kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> Never:  # noqa: FBT001, FBT002 -- Django's signature
        raise AppendOnly


class Tie(models.Model):
    """The directed tie a→b, a projection of the book: it can be rebuilt at any time with the same result.

    `score` decays by the community's half-life of ties, `node_score` by that of super nodes; both are forward-decay
    logarithms (rules), so no row ever needs refreshing and their order is the same at every moment.
    """

    pk = models.CompositePrimaryKey("community_id", "a_id", "b_id")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    a = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    b = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    score = models.FloatField()
    node_score = models.FloatField()
    acts = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(a=F("b")), name="energy_tie_joins_two"),
            models.CheckConstraint(condition=Q(acts__gt=0), name="energy_tie_has_acts"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "b", "a", name="energy_tie_received"),
        ]
