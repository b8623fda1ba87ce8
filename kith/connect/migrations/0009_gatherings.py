import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("connect", "0012_events")]

    dependencies = [
        ("connect", "0008_outreach"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
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
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="event",
                        serialize=False,
                        to="connect.post",
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("zone", models.CharField(max_length=50)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("link", models.CharField(blank=True, max_length=500)),
                ("capacity", models.IntegerField(null=True)),
                (
                    "chapter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.chapter"
                    ),
                ),
                ("going", models.IntegerField(default=0)),
                ("waiting", models.IntegerField(default=0)),
                ("arrived", models.IntegerField(default=0)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                ("sequence", models.IntegerField(default=0)),
                ("reminded", models.SmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(models.F("community"), models.F("starts_at"), name="connect_event_when")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("capacity", None), ("going__lte", models.F("capacity")), _connector="OR"),
                        name="connect_event_no_more_than_seats",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("arrived__gte", 0), ("going__gte", 0), ("waiting__gte", 0)),
                        name="connect_event_counts_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                        name="connect_event_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="connect.event",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "yes"), ("maybe", "maybe"), ("no", "no"), ("waiting", "waiting")], max_length=7
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("event"), models.F("person"), name="connect_answer_once"),
                    models.UniqueConstraint(models.F("event"), models.F("code"), name="connect_answer_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ("yes", "maybe", "no", "waiting"))),
                        name="connect_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrived_at", None), ("let_in_by", None)),
                            models.Q(("arrived_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="connect_answer_let_in_by_somebody",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
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
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("person"), name="connect_calendar_key_once")
                ],
                "indexes": [],
            },
        ),
    ]
