"""Personal tokens for the API."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kith.people.api import Person
from kith.rest.data import NAME_LIMIT, SCOPES


class Token(models.Model):
    """A key somebody made for a program of theirs. Only the digest is kept; a revoked one stays for the record."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_LIMIT)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=8))
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("digest", name="rest_token_digest_once"),
            models.CheckConstraint(condition=~Q(name=""), name="rest_token_has_a_name"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=list(SCOPES), scopes__len__gt=0), name="rest_token_scopes_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("made_at")), name="rest_token_expires_after_made"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Rate(models.Model):
    """How often somebody, or an address, called in a minute. Not logged by PostgreSQL: a crash forgets a minute."""

    key = models.CharField(max_length=60, primary_key=True)
    minute = models.BigIntegerField()
    seen = models.IntegerField()

    def __str__(self) -> str:
        return self.key
