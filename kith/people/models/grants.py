"""What somebody may enter for a time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.people.models.places import Community, Person


class Grant(models.Model):
    """Somebody may enter what is called `what` here, from a moment until another: it ends by itself, no job ends it.

    Other parts write it with what it follows from (`cause`, the term of a membership, say); it is cut, never removed.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    cause = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "cause", name="people_grant_cause_once"),
            models.CheckConstraint(condition=Q(until_at__gte=F("from_at")), name="people_grant_ends_after_beginning"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", "until_at", name="people_grant_of_person"),
        ]

    def __str__(self) -> str:
        return self.what
