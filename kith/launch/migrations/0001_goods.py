import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("launch", "0001_initial")]

    initial = True

    dependencies = [
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Offer",
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
                ("sku", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=8)),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True)),
                ("currency", models.CharField(max_length=8)),
                ("price_minor", models.BigIntegerField()),
                ("tax_ppm", models.IntegerField(default=0)),
                ("refund_days", models.SmallIntegerField(default=7)),
                ("months", models.SmallIntegerField(default=0)),
                ("family", models.CharField(blank=True, max_length=20)),
                ("version", models.IntegerField(default=1)),
                ("is_active", models.BooleanField(default=True)),
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
                    models.UniqueConstraint(models.F("community"), models.F("sku"), name="launch_offer_sku_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("goods", "seat", "service", "digital", "plan"))),
                        name="launch_offer_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_minor__gte", 0)), name="launch_offer_price_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "plan"), ("months__gt", 0), models.Q(("family", ""), _negated=True)),
                            models.Q(models.Q(("kind", "plan"), _negated=True), ("family", ""), ("months", 0)),
                            _connector="OR",
                        ),
                        name="launch_offer_plan_has_months",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tax_ppm__gte", 0), ("tax_ppm__lte", 1000000)),
                        name="launch_offer_tax_is_a_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refund_days__gte", 0)), name="launch_offer_refund_days_not_negative"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="PriceLog",
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
                    "offer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="launch.offer",
                    ),
                ),
                ("version", models.IntegerField()),
                ("price_minor", models.BigIntegerField()),
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
                    models.UniqueConstraint(
                        models.F("offer"), models.F("version"), name="launch_pricelog_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_minor__gte", 0)), name="launch_pricelog_not_negative"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
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
                ("slug", models.SlugField(db_index=False, max_length=40)),
                ("kind", models.CharField(max_length=8)),
                ("title", models.CharField(max_length=80)),
                ("story", models.TextField(blank=True)),
                ("currency", models.CharField(max_length=8)),
                ("terms", models.TextField(blank=True)),
                ("terms_digest", models.CharField(blank=True, max_length=64)),
                ("rules_version", models.IntegerField(default=1)),
                ("transfer_to", models.TextField(blank=True)),
                ("per_buyer", models.IntegerField(null=True)),
                ("hold_minutes", models.IntegerField(default=15)),
                ("ship_minor", models.BigIntegerField(default=0)),
                ("ship_free_from_minor", models.BigIntegerField(null=True)),
                ("group_size", models.SmallIntegerField(null=True)),
                ("group_hours", models.SmallIntegerField(null=True)),
                ("deposit_ppm", models.IntegerField(null=True)),
                ("deposit_returns", models.BooleanField(default=False)),
                ("balance_from_at", models.DateTimeField(null=True)),
                ("balance_until_at", models.DateTimeField(null=True)),
                ("status", models.CharField(default="draft", max_length=8)),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField(null=True)),
                ("frozen_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("opens_at"), condition=models.Q(("status", "ready")), name="launch_campaign_opening"
                    ),
                    models.Index(
                        models.F("closes_at"), condition=models.Q(("status", "open")), name="launch_campaign_closing"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("slug"), name="launch_campaign_slug_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("plain", "flash", "group", "presale"))),
                        name="launch_campaign_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("draft", "ready", "open", "closed", "settled"))),
                        name="launch_campaign_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_at", None), ("closes_at__gt", models.F("opens_at")), _connector="OR"
                        ),
                        name="launch_campaign_closes_after_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("frozen_at", None), ("status__in", ("draft", "ready"))),
                            models.Q(
                                models.Q(("status__in", ("draft", "ready")), _negated=True),
                                ("frozen_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="launch_campaign_open_is_frozen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_buyer", None), ("per_buyer__gt", 0), _connector="OR"),
                        name="launch_campaign_limit_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deposit_ppm", None),
                            models.Q(("deposit_ppm__gt", 0), ("deposit_ppm__lte", 200000)),
                            _connector="OR",
                        ),
                        name="launch_campaign_deposit_of_a_fifth",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hold_minutes__gt", 0)), name="launch_campaign_holds_a_while"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ship_minor__gte", 0),
                            models.Q(("ship_free_from_minor", None), ("ship_free_from_minor__gte", 0), _connector="OR"),
                        ),
                        name="launch_campaign_sending_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                        related_name="items",
                        to="launch.campaign",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="launch.offer"
                    ),
                ),
                ("price_minor", models.BigIntegerField()),
                ("position", models.SmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("campaign"), models.F("offer"), name="launch_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("price_minor__gte", 0)), name="launch_item_price_not_negative"
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
