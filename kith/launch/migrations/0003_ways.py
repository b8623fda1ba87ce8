import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("launch", "0004_channels")]

    dependencies = [
        ("launch", "0002_bought"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelRule",
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
                ("version", models.IntegerField()),
                ("touch_days", models.SmallIntegerField()),
                ("bond_days", models.SmallIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("campaign"), models.F("version"), name="launch_channelrule_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("touch_days__gte", 1), ("touch_days__lte", 90)),
                        name="launch_channelrule_touch_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bond_days__gte", 0), ("bond_days__lte", 365)),
                        name="launch_channelrule_bond_days",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Channel",
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
                        related_name="channels",
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
                ("code", models.CharField(max_length=16, unique=True)),
                ("status", models.CharField(default="proposed", max_length=8)),
                ("expected_people", models.FloatField(default=0)),
                ("proposed_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("disclosure_version", models.SmallIntegerField(default=0)),
                ("disclosure", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("touches_gone", models.IntegerField(default=0)),
                ("people_gone", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(models.F("community"), models.F("person"), name="launch_channel_of_person")],
                "constraints": [
                    models.UniqueConstraint(models.F("campaign"), models.F("person"), name="launch_channel_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("proposed", "asked", "accepted", "declined", "closed"))),
                        name="launch_channel_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "proposed"),
                            models.Q(("asked_at__isnull", False), ("asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="launch_channel_was_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at", None),
                            models.Q(("disclosure_version__gt", 0), models.Q(("disclosure", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="launch_channel_accepts_the_disclosure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="launch_channel_accepted_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("person")), _negated=True),
                            ("asked_by", None),
                            _connector="OR",
                        ),
                        name="launch_channel_asked_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touch",
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
                    "channel",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touches",
                        to="launch.channel",
                    ),
                ),
                ("visitor", models.CharField(blank=True, max_length=32)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("visitor"),
                        models.F("at"),
                        condition=models.Q(("visitor", ""), _negated=True),
                        name="launch_touch_of_visitor",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("person"),
                        models.F("at"),
                        condition=models.Q(("person__isnull", False)),
                        name="launch_touch_of_person",
                    ),
                    models.Index(models.F("channel"), models.F("at"), name="launch_touch_of_channel"),
                    models.Index(models.F("at"), name="launch_touch_to_forget"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visitor", ""), _negated=True), ("person__isnull", False), _connector="OR"
                        ),
                        name="launch_touch_is_of_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bond",
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
                    "buyer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "promoter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="launch.order"
                    ),
                ),
                ("rule_version", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"), models.F("buyer"), models.F("until"), name="launch_bond_of_buyer"
                    ),
                    models.Index(
                        models.F("community"), models.F("promoter"), models.F("until"), name="launch_bond_of_promoter"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("order"), name="launch_bond_once_an_order"),
                    models.CheckConstraint(
                        condition=models.Q(("buyer", models.F("promoter")), _negated=True),
                        name="launch_bond_not_to_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))), name="launch_bond_ends_after_it_began"
                    ),
                ],
            },
        ),
    ]
