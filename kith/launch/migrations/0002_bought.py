import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("launch", "0002_guards")]

    dependencies = [
        ("launch", "0001_goods"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                ("sealed", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
                ("wanted_gone_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_at__isnull", False), ("sealed", None)),
                            models.Q(("erased_at", None), ("sealed__isnull", False)),
                            _connector="OR",
                        ),
                        name="launch_contact_is_there_or_erased",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="launch.campaign",
                    ),
                ),
                ("client_key", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.CharField(default="placed", max_length=10)),
                ("currency", models.CharField(max_length=8)),
                ("total_minor", models.BigIntegerField()),
                ("deposit_minor", models.BigIntegerField(default=0)),
                ("balance_from_at", models.DateTimeField(null=True)),
                ("balance_until_at", models.DateTimeField(null=True)),
                ("paid_minor", models.BigIntegerField(default=0)),
                ("refunded_minor", models.BigIntegerField(default=0)),
                ("placed_at", models.DateTimeField()),
                ("hold_until", models.DateTimeField()),
                ("paid_at", models.DateTimeField(null=True)),
                ("shipped_at", models.DateTimeField(null=True)),
                ("tracking", models.CharField(blank=True, max_length=80)),
                ("final_due_at", models.DateTimeField(null=True)),
                ("final_at", models.DateTimeField(null=True)),
                ("refund_asked_at", models.DateTimeField(null=True)),
                ("refund_reason", models.CharField(blank=True, max_length=200)),
                ("terms_digest", models.CharField(max_length=64)),
                (
                    "contact",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="launch.contact"
                    ),
                ),
                ("shows_energy", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("campaign"), models.F("status"), name="launch_order_of_campaign"),
                    models.Index(
                        models.F("balance_from_at"),
                        condition=models.Q(("status", "deposited")),
                        name="launch_order_to_ask",
                    ),
                    models.Index(
                        models.F("balance_until_at"), condition=models.Q(("status", "due")), name="launch_order_missing"
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("buyer"),
                        models.OrderBy(models.F("placed_at"), descending=True),
                        name="launch_order_of_buyer",
                    ),
                    models.Index(
                        models.F("hold_until"), condition=models.Q(("status", "placed")), name="launch_order_expiring"
                    ),
                    models.Index(
                        models.F("final_due_at"), condition=models.Q(("status", "paid")), name="launch_order_finishing"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("buyer"),
                        models.F("client_key"),
                        name="launch_order_placed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                (
                                    "placed",
                                    "paid",
                                    "final",
                                    "expired",
                                    "cancelled",
                                    "late",
                                    "refunding",
                                    "refunded",
                                    "deposited",
                                    "due",
                                    "missed",
                                    "withdrawn",
                                ),
                            )
                        ),
                        name="launch_order_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paid_minor__gte", models.F("refunded_minor")),
                            ("refunded_minor__gte", 0),
                            ("total_minor__gte", 0),
                        ),
                        name="launch_order_refunds_what_was_paid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deposit_minor", 0),
                            models.Q(
                                ("balance_until_at__isnull", False),
                                ("deposit_minor__gt", 0),
                                ("total_minor__gt", models.F("deposit_minor")),
                            ),
                            _connector="OR",
                        ),
                        name="launch_order_deposit_is_a_part",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="launch.order",
                    ),
                ),
                ("n", models.SmallIntegerField()),
                ("kind", models.CharField(default="item", max_length=8)),
                (
                    "item",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="launch.item"
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("qty", models.IntegerField()),
                ("unit_minor", models.BigIntegerField()),
                ("discount_minor", models.BigIntegerField(default=0)),
                ("amount_minor", models.BigIntegerField()),
                ("tax_ppm", models.IntegerField(default=0)),
                ("refunded_qty", models.IntegerField(default=0)),
                ("refunded_minor", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("order"), models.F("n"), name="launch_line_once"),
                    models.CheckConstraint(condition=models.Q(("qty__gt", 0)), name="launch_line_of_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount_minor",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("qty"), "*", models.F("unit_minor")
                                    ),
                                    "-",
                                    models.F("discount_minor"),
                                ),
                            )
                        ),
                        name="launch_line_is_qty_times_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gte", 0), ("discount_minor__gte", 0)),
                        name="launch_line_discount_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item__isnull", False), ("kind", "item")),
                            models.Q(("item", None), ("kind", "ship")),
                            _connector="OR",
                        ),
                        name="launch_line_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_minor__gte", models.F("refunded_minor")),
                            ("qty__gte", models.F("refunded_qty")),
                            ("refunded_minor__gte", 0),
                            ("refunded_qty__gte", 0),
                        ),
                        name="launch_line_refunds_what_was_paid",
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
