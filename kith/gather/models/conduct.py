"""How one behaves here: agreements and who accepted them, limits on writing, mutes and bans."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.gather.data import SANCTIONS
from kith.people.api import Community, Person


class Agreement(models.Model):
    """One version of an agreement; a change is a new row, and the old one says when it was replaced."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    number = models.IntegerField()
    version = models.IntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "number", "version", name="gather_agreement_version_once"),
            models.UniqueConstraint(
                "community", "number", condition=Q(replaced_at=None), name="gather_agreement_one_version_holds"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="gather_agreement_says_something"),
        ]


class Acceptance(models.Model):
    """Somebody accepted a version of an agreement. It stays when they leave: it is what they agreed to then."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", "agreement", name="gather_acceptance_once"),
        ]


class Sanction(models.Model):
    """A mute or a ban, with its reason; one of a kind runs at a time."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=4, choices=[(k, k) for k in SANCTIONS])
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "community", "person", "kind", condition=Q(lifted_at=None), name="gather_sanction_one_runs"
            ),
            models.CheckConstraint(condition=Q(kind__in=SANCTIONS), name="gather_sanction_kind_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="gather_sanction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until_at=None) | Q(until_at__gt=F("made_at")), name="gather_sanction_ends_after_made"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="gather_sanction_lifting_is_signed",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", F("id").desc(), name="gather_sanction_of_person"),
            models.Index("community", F("id").desc(), name="gather_sanction_newest"),
        ]


class Limit(models.Model):
    """How fast, and how, members of a community may write; without a row the defaults of the rules hold."""

    community = models.OneToOneField(Community, models.CASCADE, related_name="+", primary_key=True)
    slow_seconds = models.IntegerField()
    first_texts = models.IntegerField()
    holds_first = models.BooleanField()
    first_links = models.IntegerField(null=True)
    per_minute = models.IntegerField()
    per_hour = models.IntegerField()
    flags_to_blur = models.IntegerField()
    invites = models.IntegerField()
    needs_sponsor = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    slow_seconds__gte=0, first_texts__gte=0, per_minute__gt=0, per_hour__gt=0, flags_to_blur__gt=0,
                    invites__gte=0,
                ),
                name="gather_limit_numbers_make_sense",
            ),
        ]  # fmt: skip
