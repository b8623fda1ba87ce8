"""Snapshots of the energy book, made anew from it at any time; and what people did about what they saw.

Picture, Node, Report, Measure, Simulation, Tally and Trial can be thrown away (with a Trial goes what was fixed by hand). Errand, GivenBack,
Introduction and Letter are memory: who took a thing to do, what came of it, who agreed to meet whom, to whom a week's letter went.
"""

from typing import ClassVar

from django.db import models

from kith.people.api import Community, Person
from kith.see.data import ERRANDS, GIVEN, STATES


class Picture(models.Model):
    """A community's map and numbers. `read_to` is the last line of the book in it; -1 forces a new one."""

    community = models.OneToOneField(Community, models.CASCADE, primary_key=True, related_name="+")
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    at = models.DateTimeField()
    read_to = models.BigIntegerField()
    took_seconds = models.FloatField()
    gzipped = models.BinaryField()
    labels = models.JSONField()
    numbers = models.JSONField()

    def __str__(self) -> str:
        return f"{self.community_id} v{self.version}"


class Node(models.Model):
    """A member in the picture: the measures of kith.lib.graph at its moment."""

    pk = models.CompositePrimaryKey("community_id", "person_id")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.FloatField()
    energy_in = models.FloatField()
    energy_out = models.FloatField()
    ties = models.IntegerField()
    two_way = models.IntegerField()
    warmth = models.FloatField()
    percentile = models.FloatField()
    rank = models.IntegerField()
    circle = models.SmallIntegerField()
    is_super = models.BooleanField()
    reasons = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0, energy_in__gte=0, energy_out__gte=0, warmth__gte=0),
                name="see_node_measures_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(two_way__gte=0, ties__gte=models.F("two_way")),
                name="see_node_two_way_are_ties",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "rank", "person", name="see_node_ranked"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.score:.2f}"


class Report(models.Model):
    """What a night's reading of the whole book found for a community (rules of the report; findings by name)."""

    community = models.OneToOneField(Community, models.CASCADE, primary_key=True, related_name="+")
    made_at = models.DateTimeField()
    at = models.DateTimeField()
    read_to = models.BigIntegerField()
    took_seconds = models.FloatField()
    findings = models.JSONField()

    def __str__(self) -> str:
        return f"{self.community_id} at {self.at:%Y-%m-%d}"


class Measure(models.Model):
    """What the report found of one member. Null where there is too little to say."""

    pk = models.CompositePrimaryKey("community_id", "person_id")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    acts = models.IntegerField()
    risk = models.FloatField(null=True)
    stake = models.FloatField()
    brokerage = models.FloatField(null=True)
    cut_off = models.IntegerField()
    loss = models.FloatField()
    facts = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(risk=None) | models.Q(risk__gte=0, risk__lte=1), name="see_measure_risk_is_a_chance"
            ),
            models.CheckConstraint(
                condition=models.Q(stake__gte=0, cut_off__gte=0, loss__gte=0, acts__gte=0),
                name="see_measure_not_negative",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", models.F("stake").desc(), name="see_measure_stake"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.risk}"


class Trial(models.Model):
    """How the measures did on this community's own history (held-out time), and what was chosen from it.

    Made again by the next trial, but for `chosen["fixed"]`: the half-lives an operator set by hand. Without `results` nothing
    was tried yet.
    """

    community = models.OneToOneField(Community, models.CASCADE, primary_key=True, related_name="+")
    made_at = models.DateTimeField()
    read_to = models.BigIntegerField()
    took_seconds = models.FloatField()
    results = models.JSONField()
    chosen = models.JSONField()

    def __str__(self) -> str:
        return f"{self.community_id} tried {self.made_at:%Y-%m-%d}"


class Errand(models.Model):
    """Something to do for somebody by name: proposed, taken by an owner, done or dropped, and judged later.

    `key` says what it is about (`welcome:12`, `answer:post:3`): one open errand of a key at a time.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    reason = models.JSONField()
    worth = models.FloatField()
    state = models.CharField(max_length=8, default="open")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    came_back = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ERRANDS),
                name="see_errand_kind_known",
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="see_errand_state_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "taken"), ended_at=None)
                | models.Q(state__in=("done", "dropped"), ended_at__isnull=False),
                name="see_errand_ended_with_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(judged_at=None, came_back=None)
                | models.Q(judged_at__isnull=False, came_back__isnull=False),
                name="see_errand_judged_with_a_time",
            ),
            models.UniqueConstraint(
                "community", "key", condition=models.Q(state__in=("open", "taken")), name="see_errand_open_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "state", models.F("worth").desc(), name="see_errand_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class GivenBack(models.Model):
    """An errand that was taken, lay in hand for a week and was given back: the errand is open again, the broken promise stays."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    errand = models.ForeignKey(Errand, models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField()
    given_back_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("errand", "taken_at", name="see_givenback_once_a_taking"),
            models.CheckConstraint(
                condition=models.Q(given_back_at__gt=models.F("taken_at")), name="see_givenback_after_it_was_taken"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", models.F("given_back_at").desc(), name="see_givenback_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.errand_id} by {self.owner_id}"


class Tally(models.Model):
    """What of something promised was kept, as the part gave it that knows: an event, a challenge or a launch is a row."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=12)
    source = models.CharField(max_length=60)
    at = models.DateTimeField()
    kept = models.FloatField()
    of = models.FloatField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "name", "source", name="see_tally_once_a_source"),
            models.CheckConstraint(condition=models.Q(name__in=GIVEN), name="see_tally_name_known"),
            models.CheckConstraint(condition=models.Q(kept__gte=0, of__gt=0), name="see_tally_of_something"),
            models.CheckConstraint(
                condition=models.Q(name__in=("turn_out", "sold")) | models.Q(kept__lte=models.F("of")),
                name="see_tally_keeps_no_more_than_promised",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.source}: {self.kept} of {self.of}"


class Introduction(models.Model):
    """Two people who might do each other good. A random half is `held_out`: shown to nobody, so that lift can be measured.

    Both are asked; the two are brought together only when both say yes. `met` says whether they were in touch afterwards.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    a = models.ForeignKey(Person, models.CASCADE, related_name="+")
    b = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.FloatField()
    mutual = models.JSONField()
    held_out = models.BooleanField()
    proposed_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    a_says = models.BooleanField(null=True)
    b_says = models.BooleanField(null=True)
    made_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    met = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "a", "b", name="see_introduction_once"),
            models.CheckConstraint(condition=models.Q(a__lt=models.F("b")), name="see_introduction_in_order"),
            models.CheckConstraint(
                condition=models.Q(made_at=None) | models.Q(a_says=True, b_says=True),
                name="see_introduction_with_consent_of_both",
            ),
            models.CheckConstraint(
                condition=models.Q(held_out=False) | models.Q(asked_at=None),
                name="see_introduction_held_out_is_not_shown",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", models.F("score").desc(), name="see_introduction_best"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} and {self.b_id}"


class Letter(models.Model):
    """A weekly letter that went to somebody: one a person and week, however often the job runs."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    week_on = models.DateField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "week_on", "person", name="see_letter_once_a_person_and_week"),
        ]

    def __str__(self) -> str:
        return f"{self.week_on} to {self.person_id}"


class Simulation(models.Model):
    """A simulation that somebody wanted, and what it found; the newest of a community are kept. Nobody reads it but this page and the API."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    wanted = models.JSONField()
    made_at = models.DateTimeField(null=True)
    took_seconds = models.FloatField(default=0.0)
    is_too_little = models.BooleanField(default=False)
    findings = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(made_at=None, findings__isnull=True, is_too_little=False)
                | models.Q(made_at__isnull=False, findings__isnull=True, is_too_little=True)
                | models.Q(made_at__isnull=False, findings__isnull=False, is_too_little=False),
                name="see_simulation_made_has_findings",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", models.F("id").desc(), name="see_simulation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.wanted}"
