"""How people come in: applications, invitations, and claims on imported lines."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.gather.data import STATES
from kith.people.api import Community, Person


class Application(models.Model):
    """Somebody asks to come in. Pending at most once per person; a decision stays readable for ever."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answers = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=[(s, s) for s in STATES], default="pending")
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

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
        ]


class Invitation(models.Model):
    """A link that lets people in: until a date, for a number of uses. Only the digest of its token is kept."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    uses_left = models.IntegerField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(uses_left__gte=0), name="gather_invitation_uses_not_negative"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="gather_invitation_expires_after_made"
            ),
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
