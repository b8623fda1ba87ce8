import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("connect", "0009_gatherings"),
        ("people", "0002_deeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="chain",
                        serialize=False,
                        to="connect.post",
                    ),
                ),
                ("columns", models.JSONField()),
                ("example", models.CharField(blank=True, max_length=120)),
                ("cap", models.IntegerField(null=True)),
                ("counts_quantity", models.BooleanField(default=False)),
                ("taken", models.IntegerField(default=0)),
                ("closes_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "seen_by",
                    models.CharField(
                        choices=[("all", "all"), ("members", "members"), ("own", "own")], default="all", max_length=8
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.community",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChainLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "values",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(blank=True, max_length=60), size=None
                    ),
                ),
                ("quantity", models.IntegerField(default=1)),
                ("at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "chain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="connect.chain"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="challenge",
                        serialize=False,
                        to="connect.post",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("streak", "streak"), ("total", "total")], default="streak", max_length=8
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("makeups", models.IntegerField(default=0)),
                ("hides_ranking", models.BooleanField(default=False)),
                ("prizes", models.JSONField(default=list)),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.community",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Checkin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("is_makeup", models.BooleanField(default=False)),
                ("is_featured", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "challenge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checkins",
                        to="connect.challenge",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="checkin",
                        to="connect.post",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="chain",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken__gte", 0), models.Q(("cap", None), ("taken__lte", models.F("cap")), _connector="OR")
                ),
                name="connect_chain_not_over_its_cap",
            ),
        ),
        migrations.AddConstraint(
            model_name="chain",
            constraint=models.CheckConstraint(
                condition=models.Q(("cap", None), ("cap__gte", 1), _connector="OR"),
                name="connect_chain_cap_is_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="chain",
            constraint=models.CheckConstraint(
                condition=models.Q(("seen_by__in", ("all", "members", "own"))), name="connect_chain_seen_by_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="chainline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1)), name="connect_chain_line_takes_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("makeups__gte", 0), ("starts_on__lte", models.F("ends_on"))),
                name="connect_challenge_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ("streak", "total"))), name="connect_challenge_mode_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(
                models.F("challenge"), models.F("person"), models.F("on"), name="connect_checkin_once_a_day"
            ),
        ),
    ]
