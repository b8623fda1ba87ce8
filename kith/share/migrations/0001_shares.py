import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("share", "0001_initial")]

    initial = True

    dependencies = [
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sign",
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
                ("text_version", models.IntegerField()),
                ("name", models.CharField(max_length=60)),
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
                    models.UniqueConstraint(models.F("community"), models.F("text_version"), name="share_sign_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="share_sign_has_a_name"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Rule",
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
                ("version", models.IntegerField()),
                ("cuts", models.JSONField()),
                ("withheld_ppm", models.IntegerField(default=0)),
                (
                    "signed",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="share.sign"
                    ),
                ),
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
                    models.UniqueConstraint(models.F("community"), models.F("version"), name="share_rule_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("withheld_ppm__gte", 0), ("withheld_ppm__lte", 450000)),
                        name="share_rule_withholds_a_part",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Pool",
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
                ("name", models.CharField(max_length=60)),
                ("policy", models.CharField(max_length=10)),
                ("window_days", models.IntegerField()),
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
                    models.UniqueConstraint(models.F("community"), models.F("name"), name="share_pool_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("policy__in", ("immediate", "recent", "balanced"))),
                        name="share_pool_policy_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("window_days__gt", 0)), name="share_pool_looks_back"),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Sale",
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
                ("key", models.CharField(max_length=26)),
                ("digest", models.CharField(max_length=64)),
                ("campaign_id", models.BigIntegerField()),
                ("currency", models.CharField(max_length=8)),
                (
                    "rule",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="share.rule"),
                ),
                ("bases", models.JSONField()),
                ("state", models.CharField(default="held", max_length=8)),
                ("changes", models.IntegerField(default=0)),
                ("paid_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("is_frozen", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("community"), models.F("campaign_id"), name="share_sale_of_campaign"),
                    models.Index(
                        models.F("community"), condition=models.Q(("is_frozen", True)), name="share_sale_frozen"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("key"), name="share_sale_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("held", "released"))), name="share_sale_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_at", None), ("state", "held")),
                            models.Q(("released_at__isnull", False), ("state", "released")),
                            _connector="OR",
                        ),
                        name="share_sale_released_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
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
                    "sale",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="share.sale",
                    ),
                ),
                ("n", models.SmallIntegerField()),
                ("role", models.CharField(max_length=8)),
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
                    "pool",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="share.pool",
                    ),
                ),
                ("rate_ppm", models.IntegerField()),
                ("amount_minor", models.BigIntegerField()),
                ("kept_minor", models.BigIntegerField()),
                ("borne_minor", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("person"),
                        condition=models.Q(("person", None), _negated=True),
                        name="share_promise_of_person",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sale", "n", "role", "person", "pool"), name="share_promise_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("house", "fund", "channel", "second", "maker", "pool"))),
                        name="share_promise_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount_minor__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("kept_minor"), "+", models.F("borne_minor")
                                ),
                            ),
                            ("borne_minor__gte", 0),
                            ("kept_minor__gte", 0),
                        ),
                        name="share_promise_only_falls",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("person__isnull", False), ("pool", None), ("role__in", ("channel", "second", "maker"))
                            ),
                            models.Q(("person", None), ("pool__isnull", False), ("role", "pool")),
                            models.Q(("person", None), ("pool", None), ("role__in", ("house", "fund"))),
                            _connector="OR",
                        ),
                        name="share_promise_names_its_payee",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayTo",
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
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("person"), name="share_payto_once")
                ],
                "indexes": [],
            },
        ),
    ]
