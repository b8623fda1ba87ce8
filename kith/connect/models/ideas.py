"""Ideas for co-creation: proposed, supported, decided on, shipped, credited."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.data import IDEA_STATES
from kith.connect.models.talk import Post
from kith.people.api import Community, Person


class Idea(models.Model):
    """What makes a post an idea. It is decided on (adopted or declined, with who and when) before it ships."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="idea")
    product = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=[(s, s) for s in IDEA_STATES], default="proposed")
    supports = models.IntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    shipped = models.CharField(max_length=200, blank=True)
    shipped_at = models.DateTimeField(null=True)
    shipped_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=IDEA_STATES), name="connect_idea_state_known"),
            models.CheckConstraint(condition=Q(supports__gte=0), name="connect_idea_supports_not_negative"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None, decided_by=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="connect_idea_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="shipped", shipped_at__isnull=False, shipped_by__isnull=False)
                | (~Q(state="shipped") & Q(shipped_at=None, shipped_by=None, shipped="")),
                name="connect_idea_shipped_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="connect_idea_declined_with_a_reason"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "state", F("supports").desc(), F("post").desc(), name="connect_idea_board"),
        ]


class Support(models.Model):
    """Somebody supports an idea; once each."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("idea", "by", name="connect_support_once"),
        ]


class Credited(models.Model):
    """Somebody named for what they brought to an idea: the idea itself, or a reply. The reply may be gone."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reply_id = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("idea", "person", name="connect_credited_once"),
        ]


class ProductOwner(models.Model):
    """Somebody who may decide on ideas about a product, or with an empty one on all, without running the community."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    product = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", "product", name="connect_product_owner_once"),
        ]
