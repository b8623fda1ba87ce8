import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("launch", "0009_disputes"), ("launch", "0010_rush")]

    dependencies = [
        ("launch", "0005_promises"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                ("key", models.CharField(max_length=60)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("subject", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("at"), condition=models.Q(("sent_at", None)), name="launch_notice_to_send")
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("key"), name="launch_notice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Wire",
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
                        related_name="wires",
                        to="launch.order",
                    ),
                ),
                ("dir", models.CharField(max_length=6)),
                ("stage", models.CharField(default="charge", max_length=8)),
                ("provider", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=80)),
                ("our_ref", models.CharField(max_length=32)),
                ("their_ref", models.CharField(max_length=64, null=True)),
                (
                    "of_wire",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="launch.wire"
                    ),
                ),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=8)),
                ("status", models.CharField(default="drafted", max_length=8)),
                ("is_surplus", models.BooleanField(default=False)),
                ("parts", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("next_query_at", models.DateTimeField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("next_query_at"),
                        condition=models.Q(("status__in", ("sent", "unknown"))),
                        name="launch_wire_to_ask",
                    ),
                    models.Index(models.F("community"), models.F("status"), name="launch_wire_of_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("order"), models.F("key"), name="launch_wire_key_once"),
                    models.UniqueConstraint(models.F("provider"), models.F("our_ref"), name="launch_wire_our_ref_once"),
                    models.UniqueConstraint(
                        models.F("provider"),
                        models.F("their_ref"),
                        condition=models.Q(("their_ref", None), _negated=True),
                        name="launch_wire_their_ref_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dir__in", ("charge", "refund", "amends"))), name="launch_wire_dir_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ("charge", "deposit", "balance"))),
                        name="launch_wire_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("drafted", "sent", "unknown", "done", "failed", "closed"))),
                        name="launch_wire_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_minor__gt", 0)), name="launch_wire_moves_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dir", "charge"), ("of_wire__isnull", False), _connector="OR"),
                        name="launch_wire_refund_of_a_charge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                models.Q(("approved_by", models.F("confirmed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="launch_wire_approved_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "provider", "event_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("provider", models.CharField(max_length=12)),
                ("event_id", models.CharField(max_length=80)),
                ("our_ref", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("handled_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("provider"),
                        models.F("our_ref"),
                        condition=models.Q(("handled_at", None)),
                        name="launch_inbox_parked",
                    )
                ],
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="SandboxPayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("our_ref", models.CharField(max_length=32, unique=True)),
                ("their_ref", models.CharField(max_length=64, unique=True)),
                ("of_ref", models.CharField(blank=True, max_length=32)),
                ("amount_minor", models.BigIntegerField()),
                ("currency", models.CharField(max_length=8)),
                ("title", models.CharField(max_length=80)),
                ("back", models.CharField(max_length=200)),
                ("state", models.CharField(default="waiting", max_length=8)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "done", "failed"))),
                        name="launch_sandboxpayment_state_known",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
