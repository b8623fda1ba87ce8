import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("connect", "0011_daily_and_outreach")]

    dependencies = [
        ("connect", "0007_ideas"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyReport",
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
                ("on", models.DateField()),
                ("counted", models.IntegerField()),
                ("findings", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("on"), name="connect_daily_one_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("counted__gte", 0)), name="connect_daily_counts_not_negative"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="GroupCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.community"
                    ),
                ),
                ("code", models.CharField(max_length=10, unique=True)),
                ("title", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="connect_group_code_has_a_title"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="ChatGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group_code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="connect.groupcode"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("limit", models.IntegerField(default=200)),
                ("heads", models.IntegerField(default=0)),
                ("shown", models.IntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("says", models.CharField(blank=True, max_length=500)),
                ("valid_days", models.IntegerField(default=7)),
                ("uploaded_at", models.DateTimeField(null=True)),
                ("warned_at", models.DateTimeField(null=True)),
                ("position", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("heads__gte", 0),
                            ("limit__gte", 1),
                            ("limit__lte", 2000),
                            ("shown__gte", 0),
                            ("valid_days__gte", 0),
                        ),
                        name="connect_chat_group_numbers_make_sense",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), ("uploaded_at", None)),
                            models.Q(models.Q(("digest", ""), _negated=True), ("uploaded_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="connect_chat_group_picture_has_its_moment",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="GroupCodeDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group_code",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="days",
                        to="connect.groupcode",
                    ),
                ),
                ("on", models.DateField()),
                ("visits", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("group_code"), models.F("on"), name="connect_group_code_day_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Poster",
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("campaign", models.CharField(blank=True, max_length=40)),
                ("code", models.CharField(max_length=10, unique=True)),
                ("lets_in", models.IntegerField(default=0)),
                ("seen", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.OrderBy(models.F("made_at"), descending=True),
                        name="connect_poster_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("by"),
                        models.F("campaign"),
                        condition=models.Q(("closed_at", None)),
                        name="connect_poster_one_a_campaign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lets_in__gte", 0), ("seen__gte", 0)),
                        name="connect_poster_counts_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arrival",
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
                    "poster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="arrivals", to="connect.poster"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("person"), name="connect_arrival_once")
                ],
                "indexes": [],
            },
        ),
    ]
