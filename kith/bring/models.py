"""What was imported, and under which identifiers its people are known elsewhere."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.bring.data import JOB_STATES
from kith.people.api import Community, Person


class Batch(models.Model):
    """One import. Everything it made carries `import:<id>` as its source, so that it can be taken back."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    format = models.CharField(max_length=20)
    origin = models.CharField(max_length=30)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    report = models.JSONField(default=dict)
    chapters = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(undone_by=None) | Q(undone_at__isnull=False), name="bring_batch_undone_by_has_a_time"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", F("started_at").desc(), name="bring_batch_newest"),
        ]

    def __str__(self) -> str:
        return self.source

    @property
    def source(self) -> str:
        return f"import:{self.pk}"


class Alias(models.Model):
    """Who somebody is whom an origin calls by an identifier of its own."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    origin = models.CharField(max_length=30)
    external_id = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "origin", "external_id", name="bring_alias_once"),
        ]

    def __str__(self) -> str:
        return f"{self.origin}:{self.external_id}"


class Appearance(models.Model):
    """A person appears in an import that brought something; `is_heard`: on its roster, or with words, not in acts alone.

    After an undo those lose their place who are heard in no other import and have no ties. `replaced`: what it changed
    of a place, as (before, after); null: nothing.
    """

    pk = models.CompositePrimaryKey("batch_id", "person_id")
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    is_heard = models.BooleanField()
    replaced = models.JSONField(null=True)


class Job(models.Model):
    """An import that a worker makes: asked for, under way, done (then `batch`) or failed (then `fault`: code, sentence, facts).

    `file` is the upload's name in its folder, where it waits until the import is done.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    format = models.CharField(max_length=20)
    path = models.TextField()
    options = models.JSONField()
    state = models.CharField(max_length=8, default="waiting")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, related_name="+", db_index=False)
    fault = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=JOB_STATES), name="bring_job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "running"), ended_at=None)
                | Q(state__in=("done", "failed"), ended_at__isnull=False),
                name="bring_job_ends_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index("community", "id", name="bring_job_of_community")]
