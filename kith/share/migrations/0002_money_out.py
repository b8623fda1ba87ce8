import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("share", "0002_payouts")]

    dependencies = [
        ("people", "0002_deeds"),
        ("share", "0001_shares"),
    ]

    operations = [
        migrations.CreateModel(
            name="Payout",
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
                ("no", models.CharField(max_length=26, unique=True)),
                ("key", models.CharField(max_length=100)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("currency", models.CharField(max_length=8)),
                ("amount_minor", models.BigIntegerField()),
                ("withheld_minor", models.BigIntegerField(default=0)),
                ("provider", models.CharField(blank=True, max_length=12)),
                ("sealed", models.BinaryField()),
                ("status", models.CharField(default="drafted", max_length=9)),
                ("their_ref", models.CharField(blank=True, max_length=64)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("next_query_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("community"), models.F("person"), name="share_payout_of_person"),
                    models.Index(models.F("community"), models.F("status"), name="share_payout_of_status"),
                    models.Index(
                        models.F("next_query_at"),
                        condition=models.Q(("status__in", ("sent", "unknown"))),
                        name="share_payout_to_ask",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("key"), name="share_payout_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="share_payout_moves_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("drafted", "approved", "sent", "unknown", "done", "failed", "cancelled"))
                        ),
                        name="share_payout_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withheld_minor__gte", 0), ("withheld_minor__lt", models.F("amount_minor"))
                        ),
                        name="share_payout_withholds_a_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(
                                models.Q(("approved_by", models.F("made_by")), _negated=True),
                                models.Q(("approved_by", models.F("person")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="share_payout_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("drafted", "cancelled")), ("approved_by__isnull", False), _connector="OR"
                        ),
                        name="share_payout_leaves_approved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SandboxPayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=26, unique=True)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=8)),
                ("state", models.CharField(default="waiting", max_length=8)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "done", "failed"))),
                        name="share_sandboxpayout_state_known",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PoolRun",
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
                    "pool",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="share.pool"),
                ),
                ("key", models.CharField(max_length=64)),
                ("currency", models.CharField(max_length=8)),
                ("policy", models.CharField(max_length=10)),
                ("amount_minor", models.BigIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("key"), name="share_poolrun_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="share_poolrun_gives_something"
                    ),
                ],
                "indexes": [],
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
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="share.poolrun",
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
                ("points", models.BigIntegerField()),
                ("amount_minor", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(models.F("community"), models.F("person"), name="share_gift_of_person")],
                "constraints": [
                    models.UniqueConstraint(models.F("run"), models.F("person"), name="share_gift_once"),
                    models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="share_gift_is_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pour",
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
                    "pool",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="share.pool"),
                ),
                ("key", models.CharField(max_length=64)),
                ("currency", models.CharField(max_length=8)),
                ("amount_minor", models.BigIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("key"), name="share_pour_key_once"),
                    models.CheckConstraint(condition=models.Q(("amount_minor__gt", 0)), name="share_pour_is_something"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Statement",
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
                ("currency", models.CharField(max_length=8)),
                ("n", models.IntegerField()),
                ("period", models.CharField(max_length=7)),
                ("from_entry", models.BigIntegerField()),
                ("upto_entry", models.BigIntegerField()),
                ("opening_minor", models.BigIntegerField()),
                ("inflow_minor", models.BigIntegerField()),
                ("outflow_minor", models.BigIntegerField()),
                ("closing_minor", models.BigIntegerField()),
                ("lines", models.IntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("prev", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("person"),
                        models.F("currency"),
                        models.F("n"),
                        name="share_statement_once",
                    ),
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("person"),
                        models.F("currency"),
                        models.F("period"),
                        name="share_statement_month_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "closing_minor",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("opening_minor"), "+", models.F("inflow_minor")
                                    ),
                                    "-",
                                    models.F("outflow_minor"),
                                ),
                            )
                        ),
                        name="share_statement_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inflow_minor__gte", 0), ("outflow_minor__gte", 0)),
                        name="share_statement_flows_not_negative",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Shown",
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
                ("offer_id", models.BigIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("offer_id"), name="share_shown_once")
                ],
                "indexes": [],
            },
        ),
    ]
