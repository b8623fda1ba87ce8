"""The daily report, as it was found: numbers and ids, never names or texts, so that who hides or deletes is heeded at once."""

from typing import ClassVar

from django.db import models

from kith.people.api import Community


class DailyReport(models.Model):
    """What one day came to. Made on the morning after or when somebody looks; made anew when lines of that day came in later.

    `counted` is how many lines the day had then; `told_at` when the record was told of it, which happens once.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    counted = models.IntegerField()
    findings = models.JSONField()
    made_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "on", name="connect_daily_one_a_day"),
            models.CheckConstraint(condition=models.Q(counted__gte=0), name="connect_daily_counts_not_negative"),
        ]
