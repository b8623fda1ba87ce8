"""Flags on texts, and what was decided."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.models.talk import Post
from kith.people.api import Community, Person


class Case(models.Model):
    """A flagged text and the decision on it; one is open for a text at a time.

    `text` and `html` keep what was taken away, so that an appeal can bring it back. `measure_id` is gather's.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=9, default="open")
    opened_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    measure_id = models.BigIntegerField(null=True)
    appeal = models.TextField(blank=True)
    appeal_state = models.CharField(max_length=7, blank=True)
    appealed_at = models.DateTimeField(null=True)
    appeal_reason = models.CharField(max_length=300, blank=True)
    appeal_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("post", condition=Q(state="open"), name="connect_case_one_is_open"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, decided_by=None)
                | (Q(state__in=("dismissed", "upheld")) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="connect_case_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(appeal_by=None) | ~Q(appeal_by=F("decided_by")), name="connect_case_appeal_by_another"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "state", "appeal_state", F("id").desc(), name="connect_case_newest"),
            models.Index("community", "author", F("id").desc(), name="connect_case_author"),
            models.Index("post", name="connect_case_post"),
        ]


class Flag(models.Model):
    """Somebody named the rule a text breaks; once a text."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="flags", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    agreement_id = models.BigIntegerField(null=True)
    rule = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("case", "by", name="connect_flag_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index("community", "by", name="connect_flag_by")]
