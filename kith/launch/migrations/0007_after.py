import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("launch", "0006_groups"), ("launch", "0011_forgotten")]

    dependencies = [
        ("launch", "0006_paying"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="launch.order"
                    ),
                ),
                ("provider", models.CharField(max_length=12)),
                ("their_ref", models.CharField(max_length=64)),
                ("amount_minor", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("state", models.CharField(default="open", max_length=4)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"), condition=models.Q(("state", "open")), name="launch_dispute_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("provider"), models.F("their_ref"), name="launch_dispute_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("open", "won", "lost"))), name="launch_dispute_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("ended_at__isnull", False), _connector="XOR"),
                        name="launch_dispute_ended_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="launch_dispute_about_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gift",
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
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gift", to="launch.order"
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True)),
                ("to_name", models.CharField(blank=True, max_length=60)),
                ("message", models.CharField(blank=True, max_length=200)),
                ("status", models.CharField(default="waiting", max_length=8)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "redeemed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("redeemed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("expires_at"), condition=models.Q(("status", "ready")), name="launch_gift_expiring"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("waiting", "ready", "redeemed", "back"))),
                        name="launch_gift_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("redeemed_at__isnull", False), ("redeemed_by__isnull", False), ("status", "redeemed")
                            ),
                            models.Q(
                                models.Q(("status", "redeemed"), _negated=True),
                                ("redeemed_at", None),
                                ("redeemed_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="launch_gift_redeemed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("waiting", "back")), ("expires_at__isnull", False), _connector="OR"
                        ),
                        name="launch_gift_expires",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
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
                ("no", models.CharField(max_length=10, unique=True)),
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
                    "opener",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("size", models.SmallIntegerField()),
                ("status", models.CharField(default="forming", max_length=7)),
                ("made_at", models.DateTimeField()),
                ("deadline_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("campaign"), models.F("status"), name="launch_group_of_campaign"),
                    models.Index(
                        models.F("deadline_at"),
                        condition=models.Q(("status__in", ("forming", "full"))),
                        name="launch_group_ending",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("forming", "full", "formed", "failed"))),
                        name="launch_group_status_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gte", 2)), name="launch_group_of_several"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("status__in", ("forming", "full"))),
                            models.Q(("ended_at__isnull", False), ("status__in", ("formed", "failed"))),
                            _connector="OR",
                        ),
                        name="launch_group_ends_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="launch.group"
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seat", to="launch.order"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("status", models.CharField(default="held", max_length=6)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("group"),
                        models.F("person"),
                        condition=models.Q(("status", "back"), _negated=True),
                        name="launch_seat_one_for_each_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("held", "filled", "back"))), name="launch_seat_status_known"
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
