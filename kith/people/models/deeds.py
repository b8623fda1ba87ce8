"""The record of what was done that is no act between two people: decisions, staff acts, news from below."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.people.models.places import Community, Person


class Deed(models.Model):
    """Somebody did something that must stay readable, and that others may have to be told of.

    `kind` is "part.verb", `subject` what it was done to ("post:17"), `person` to whom; `detail` holds plain values and no
    text of a person, because deeds cannot be erased. `tx` is the transaction that wrote it: ids become visible out of
    order, so readers that go on where they stopped order by (tx, id) and wait for transactions that still run.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    subject = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField()
    tx = models.BigIntegerField(db_default=models.Func(function="people_tx", output_field=models.BigIntegerField()))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__regex=r"^[a-z]+\.[a-z_]+$"), name="people_deed_kind_is_part_and_verb"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("tx", "id", name="people_deed_in_order"),
            models.Index("community", F("id").desc(), name="people_deed_newest"),
            models.Index("community", "kind", "at", name="people_deed_of_kind"),
            models.Index("community", "person", "id", condition=~Q(person=None), name="people_deed_of_person"),
            models.Index("community", "subject", "id", condition=~Q(subject=""), name="people_deed_of_subject"),
        ]
