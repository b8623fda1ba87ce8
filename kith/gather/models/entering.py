"""How people come in: applications, invitations, and claims on imported lines."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.gather.data import NOTE_LIMIT, SPONSOR_STATES, STATES
from kith.people.api import Community, Person


class Application(models.Model):
    """Somebody asks to come in. Pending at most once per person; a decision stays readable for ever.

    `sponsor_named` is what they wrote; `sponsor` who that is, None where nobody here is called so.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answers = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default="pending")
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sponsor_named = models.CharField(max_length=60, blank=True)
    sponsor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sponsor_state = models.CharField(max_length=9, choices=[(s, s) for s in SPONSOR_STATES], blank=True)
    sponsor_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "community", "person", condition=Q(state="pending"), name="gather_application_pending_once"
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at=None, decided_by=None)
                | (~Q(state="pending") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="gather_application_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(sponsor=None, sponsor_state="", sponsor_at=None)
                | Q(sponsor__isnull=False, sponsor_state="asked", sponsor_at=None)
                | Q(sponsor__isnull=False, sponsor_state__in=["confirmed", "declined"], sponsor_at__isnull=False),
                name="gather_application_sponsor_answers_once",
            ),
            models.CheckConstraint(condition=~Q(sponsor=F("person")), name="gather_application_sponsor_is_another"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", F("id").desc(), name="gather_application_newest"),
            models.Index("community", "sponsor", condition=~Q(sponsor=None), name="gather_application_of_sponsor"),
        ]


class Invitation(models.Model):
    """A link that lets people in: until a date, for a number of uses. Only the digest of its token is kept.

    `uses_left` is 0 once it was withdrawn; `uses` stays how many it was made for.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    note = models.CharField(max_length=NOTE_LIMIT, blank=True)
    uses = models.IntegerField()
    uses_left = models.IntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(uses_left__gte=0), name="gather_invitation_uses_not_negative"),
            models.CheckConstraint(condition=Q(uses_left__lte=F("uses")), name="gather_invitation_not_over_its_uses"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(uses_left=0), name="gather_invitation_withdrawn_lets_nobody_in"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="gather_invitation_expires_after_made"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "by", F("id").desc(), name="gather_invitation_of_maker"),
        ]


class Claim(models.Model):
    """A link the operator sends to the person behind imported lines; used once."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None) | Q(used_at__isnull=False, used_by__isnull=False),
                name="gather_claim_use_is_signed",
            ),
        ]
