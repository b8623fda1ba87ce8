import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("gather", "0004_figures")]

    dependencies = [
        ("gather", "0003_tiers"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Figure",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("title", models.CharField(blank=True, max_length=40)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("reasons", models.JSONField(default=list)),
                (
                    "offered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "after",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="gather.figure",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("leader", "expert", "connector", "host", "own"))),
                        name="gather_figure_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "own"), models.Q(("title", ""), _negated=True)),
                            models.Q(("kind", "own"), _negated=True),
                            _connector="OR",
                        ),
                        name="gather_figure_own_is_named",
                    ),
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("person"),
                        models.F("kind"),
                        models.F("title"),
                        condition=models.Q(("ended_at", None)),
                        name="gather_figure_once",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Duty",
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
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="gather.figure"
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("thing_id", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"), models.F("kind"), models.F("thing_id"), name="gather_duty_of_thing"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("space", "newcomers", "chapter", "treasure"))),
                        name="gather_duty_kind_known",
                    ),
                    models.UniqueConstraint(
                        models.F("figure"), models.F("kind"), models.F("thing_id"), name="gather_duty_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Circle",
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
                ("name", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=300)),
                ("entered_by", models.CharField(default="open", max_length=8)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("name"), name="gather_circle_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("entered_by__in", ("open", "request"))), name="gather_circle_door_known"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CirclePlace",
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
                    "circle",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="gather.circle",
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
                ("state", models.CharField(max_length=6)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(models.F("community"), models.F("person"), name="gather_circleplace_of_person")
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("circle"), models.F("person"), name="gather_circleplace_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "in", "keeper"])),
                        name="gather_circleplace_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Treasure",
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
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=60)),
                ("about", models.CharField(blank=True, max_length=500)),
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
                (
                    "custodian",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("uses", models.IntegerField(default=0)),
                ("last_used_at", models.DateTimeField(null=True)),
                ("alarm_days", models.SmallIntegerField(default=60)),
                ("alarmed_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("person", "tool", "text", "ritual"))),
                        name="gather_treasure_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "person"), ("person__isnull", False)),
                            models.Q(models.Q(("kind", "person"), _negated=True), ("person", None)),
                            _connector="OR",
                        ),
                        name="gather_treasure_person_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alarm_days__gt", 0), ("uses__gte", 0)), name="gather_treasure_numbers_fit"
                    ),
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("name"),
                        condition=models.Q(("retired_at", None)),
                        name="gather_treasure_name_once",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="TreasureUse",
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
                    "treasure",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gather.treasure",
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
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("treasure"), models.F("person"), models.F("on"), name="gather_treasureuse_once_a_day"
                    )
                ],
                "indexes": [],
            },
        ),
    ]
