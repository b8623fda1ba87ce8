import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("launch", "0007_presale"), ("launch", "0008_terms"), ("launch", "0012_membership")]

    dependencies = [
        ("launch", "0007_after"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("family", models.CharField(max_length=20)),
                (
                    "offer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="launch.offer"),
                ),
                ("provider", models.CharField(max_length=12)),
                ("token", models.CharField(max_length=64)),
                ("price_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=8)),
                ("law", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("text_digest", models.CharField(max_length=64)),
                ("agreed_at", models.DateTimeField()),
                ("status", models.CharField(default="active", max_length=8)),
                ("why", models.CharField(blank=True, max_length=8)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("person"),
                        models.F("family"),
                        condition=models.Q(("status", "active")),
                        name="launch_mandate_one_active",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("active", "stopped", "lapsed"))),
                        name="launch_mandate_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status", "active")),
                            models.Q(models.Q(("status", "active"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="launch_mandate_ends_once",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Renewal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="launch.mandate",
                    ),
                ),
                ("after_at", models.DateTimeField()),
                ("amount_minor", models.BigIntegerField()),
                ("charge_at", models.DateTimeField()),
                ("status", models.CharField(default="noticed", max_length=8)),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                (
                    "order",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewal",
                        to="launch.order",
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("next_try_at"),
                        condition=models.Q(("status__in", ("noticed", "charging"))),
                        name="launch_renewal_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("mandate"), models.F("after_at"), name="launch_renewal_one_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("noticed", "charging", "paid", "failed", "skipped"))),
                        name="launch_renewal_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="launch_renewal_charges_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SandboxMandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=64, unique=True)),
                ("declines", models.BooleanField(default=False)),
                ("is_ended", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="launch.campaign",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                ("issued", models.BigIntegerField(default=0)),
                ("admitted", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("admitted__gte", 0), ("admitted__lte", models.F("issued"))),
                        name="launch_gate_lets_in_who_has_a_number",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="launch.campaign",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("campaign"), models.F("person"), name="launch_ticket_one_each"
                    ),
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("campaign"),
                        models.F("number"),
                        name="launch_ticket_number_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="launch_ticket_number_from_one"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("family", models.CharField(max_length=20)),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="launch.order"
                    ),
                ),
                ("n", models.SmallIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("anchor_day", models.SmallIntegerField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("earned_until", models.DateTimeField(null=True)),
                ("is_earned", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("person"),
                        models.F("family"),
                        models.F("ends_at"),
                        name="launch_term_of_person",
                    ),
                    models.Index(
                        models.F("ends_at"), condition=models.Q(("ended_at", None)), name="launch_term_ending"
                    ),
                    models.Index(
                        models.F("earned_until"), condition=models.Q(("is_earned", False)), name="launch_term_to_earn"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("order"), models.F("n"), name="launch_term_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="launch_term_ends_after_beginning",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anchor_day__gte", 1), ("anchor_day__lte", 31)),
                        name="launch_term_anchor_is_a_day",
                    ),
                ],
            },
        ),
    ]
