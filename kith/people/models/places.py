"""The nouns every part points at: who there is, and who stands where. No process lives here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from kith.lib.text import clean_name
from kith.people.data import ENTERED_BY, ROLES, VISIBLE_TO


class People(BaseUserManager["Person"]):
    """Makes accounts; imported people are made in bulk by the actions."""

    def create_user(self, email: str, password: str | None = None, name: str = "") -> "Person":
        shown = clean_name(name) or clean_name(email.partition("@")[0]) or "member"
        person = self.model(email=self.normalize_email(email).lower(), name=shown)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """A human being as this server knows them.

    With an e-mail address they have an account; without one they were imported and wait to be claimed.
    After a claim the imported row stays, because the book points at it, and `merged_into` names who they are.
    """

    email = models.EmailField(null=True, blank=True, unique=True)
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    is_bot = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_staff = False
    is_superuser = False
    objects = People()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="people_person_has_a_name"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="people_person_is_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(email=None), name="people_person_merged_has_no_account"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(Coalesce("merged_into", "id"), name="people_person_who")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_account(self) -> bool:
        return self.email is not None

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Community(models.Model):
    """People of shared values in a space with rules and a boundary.

    Who may see it (`visible_to`) and who may enter it (`entered_by`) are two questions.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    pursuit = models.CharField(max_length=200)
    rules = models.TextField(blank=True)
    visible_to = models.CharField(max_length=8, choices=[(v, v) for v in VISIBLE_TO], default="members")
    entered_by = models.CharField(max_length=12, choices=[(v, v) for v in ENTERED_BY], default="application")
    questions = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    tie_half_life_days = models.FloatField(default=60)
    node_half_life_days = models.FloatField(default=30)
    is_demo = models.BooleanField(default=False)
    founded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(visible_to__in=VISIBLE_TO), name="people_community_is_visible_to"),
            models.CheckConstraint(condition=Q(entered_by__in=ENTERED_BY), name="people_community_is_entered_by"),
            models.CheckConstraint(
                condition=Q(tie_half_life_days__gt=0, node_half_life_days__gt=0),
                name="people_community_half_lives_are_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Value(models.Model):
    """One thing a community holds dear: a word and a sentence."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="values_held")
    word = models.CharField(max_length=20)
    sentence = models.CharField(max_length=200)
    position = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "word", name="people_value_word_once"),
        ]

    def __str__(self) -> str:
        return self.word


class Chapter(models.Model):
    """A part of a community in one place."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="chapters")
    name = models.CharField(max_length=40)
    about = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "name", name="people_chapter_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Tier(models.Model):
    """A level of a community (分层), lowest position (1) first, 0 stands for none; what it takes and gives is gather's."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="tiers")
    name = models.CharField(max_length=40)
    position = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "position", name="people_tier_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="people_tier_positions_begin_at_one"),
        ]

    def __str__(self) -> str:
        return self.name


class Memberships(models.QuerySet["Membership"]):
    def within(self, community_id: int) -> "Memberships":
        return self.filter(community_id=community_id)

    def staff(self) -> "Memberships":
        return self.filter(role__in=["founder", "operator"])


class Membership(models.Model):
    """A person stands in a community: under which handle, in which role, chapter and tier.

    `hides_rank` keeps them out of every list that orders people; `refuses_measures` keeps them from being measured at all
    (GDPR 21, PIPL 24): their acts stay in the book, for the measures of others. `declines_introductions` and
    `declines_letters`: nobody proposes them to others, no weekly letter goes to them.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    handle = models.CharField(max_length=48)
    role = models.CharField(max_length=8, choices=[(r, r) for r in ROLES], default="member")
    headline = models.CharField(max_length=120, blank=True)
    chapter = models.ForeignKey(Chapter, models.SET_NULL, null=True, blank=True, related_name="memberships")
    tier = models.ForeignKey(Tier, models.SET_NULL, null=True, blank=True, related_name="memberships")
    is_imported = models.BooleanField(default=False)
    is_bot = models.BooleanField(default=False)
    hides_rank = models.BooleanField(default=False)
    refuses_measures = models.BooleanField(default=False)
    declines_introductions = models.BooleanField(default=False)
    declines_letters = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects = Memberships.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", name="people_membership_once"),
            models.UniqueConstraint("community", Lower("handle"), name="people_membership_handle_once"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="people_membership_role_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", F("joined_at").desc(), name="people_membership_newest"),
            models.Index("community", "handle", name="people_membership_listed"),
            models.Index("community", "chapter", "handle", name="people_membership_in_chapter"),
            models.Index("community", "tier", "handle", name="people_membership_in_tier"),
        ]

    def __str__(self) -> str:
        return self.handle
