"""Chains (接龙): what makes a post one, and its lines."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kith.connect.data import SEEN_BY
from kith.connect.models.talk import Post
from kith.people.api import Community, Person


class Chain(models.Model):
    """What a chain has besides its text, whose first line is its title. Nobody is let in over its cap: the database counts.

    `columns` are [name, must, is_number]; `taken` is the number of lines, or with `counts_quantity` the sum of their first number.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="chain")
    columns = models.JSONField()
    example = models.CharField(max_length=120, blank=True)
    cap = models.IntegerField(null=True)
    counts_quantity = models.BooleanField(default=False)
    taken = models.IntegerField(default=0)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=8, choices=[(s, s) for s in SEEN_BY], default="all")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(taken__gte=0) & (Q(cap=None) | Q(taken__lte=F("cap"))),
                name="connect_chain_not_over_its_cap",
            ),
            models.CheckConstraint(condition=Q(cap=None) | Q(cap__gte=1), name="connect_chain_cap_is_positive"),
            models.CheckConstraint(condition=Q(seen_by__in=SEEN_BY), name="connect_chain_seen_by_known"),
        ]


class ChainLine(models.Model):
    """One line. `person` is whose it is, None for a pasted name that is no member's; `by` wrote it."""

    chain = models.ForeignKey(Chain, models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    values = ArrayField(models.CharField(max_length=60, blank=True))
    quantity = models.IntegerField(default=1)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="connect_chain_line_takes_something"),
        ]
