import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("gather", "0002_tiers")]

    dependencies = [
        ("gather", "0002_conduct"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ladder",
            fields=[
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.community",
                    ),
                ),
                ("window_days", models.SmallIntegerField(default=100)),
                ("grace_days", models.SmallIntegerField(default=14)),
                ("rights", models.JSONField(default=dict)),
                ("base_limits", models.JSONField(default=dict)),
                ("read_id", models.BigIntegerField(default=0)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grace_days__gte", 0), ("window_days__gt", 0)),
                        name="gather_ladder_days_fit",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TierTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.community"
                    ),
                ),
                (
                    "tier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.tier"
                    ),
                ),
                ("needs", models.JSONField(default=dict)),
                ("limits", models.JSONField(default=dict)),
                ("by_hand", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="TierState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("below_since", models.DateTimeField(null=True)),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("held_reason", models.CharField(blank=True, max_length=300)),
                ("held_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("person"), name="gather_tierstate_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("held_by", None)),
                            models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="gather_tierstate_hold_is_signed",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
