"""What somebody was told and when: the law asks for it before money is taken, and it is said once."""

from typing import ClassVar

from django.db import models

from kith.people.api import Community, Person


class Notice(models.Model):
    """A mail about money that is asked for: written with what caused it, sent by the job. `key` names it: it is never written twice."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120)
    text = models.TextField()
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "key", name="launch_notice_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("at", condition=models.Q(sent_at=None), name="launch_notice_to_send"),
        ]
