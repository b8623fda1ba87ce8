import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("connect", "0006_conduct"), ("connect", "0007_flags")]

    dependencies = [
        ("connect", "0003_announcing"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
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
                    "post",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connect.post"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("state", models.CharField(default="open", max_length=9)),
                ("opened_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, max_length=7)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("measure_id", models.BigIntegerField(null=True)),
                ("appeal", models.TextField(blank=True)),
                ("appeal_state", models.CharField(blank=True, max_length=7)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("appeal_reason", models.CharField(blank=True, max_length=300)),
                (
                    "appeal_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("state"),
                        models.F("appeal_state"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="connect_case_newest",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("author"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="connect_case_author",
                    ),
                    models.Index(models.F("post"), name="connect_case_post"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("post"), condition=models.Q(("state", "open")), name="connect_case_one_is_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                ("state__in", ("dismissed", "upheld")),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="connect_case_decision_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("appeal_by", None),
                            models.Q(("appeal_by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="connect_case_appeal_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
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
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="connect.case",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("agreement_id", models.BigIntegerField(null=True)),
                ("rule", models.CharField(blank=True, max_length=80)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(models.F("community"), models.F("by"), name="connect_flag_by")],
                "constraints": [models.UniqueConstraint(models.F("case"), models.F("by"), name="connect_flag_once")],
            },
        ),
        migrations.CreateModel(
            name="Held",
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
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="connect.space",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connect.post",
                    ),
                ),
                (
                    "quoted",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="connect.post",
                    ),
                ),
                ("kind", models.CharField(default="talk", max_length=16)),
                ("text", models.TextField()),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("approved", "approved"), ("declined", "declined")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="connect.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("at"),
                        condition=models.Q(("state", "waiting")),
                        name="connect_held_waiting",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("author"),
                        models.OrderBy(models.F("at"), descending=True),
                        name="connect_held_author",
                    ),
                    models.Index(
                        models.F("root"), condition=models.Q(("root", None), _negated=True), name="connect_held_root"
                    ),
                    models.Index(
                        models.F("quoted"),
                        condition=models.Q(("quoted", None), _negated=True),
                        name="connect_held_quoted",
                    ),
                    models.Index(
                        models.F("post"), condition=models.Q(("post", None), _negated=True), name="connect_held_post"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("author"), models.F("key"), name="connect_held_draft_sent_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "approved", "declined"))),
                        name="connect_held_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="connect_held_decision_is_signed",
                    ),
                ],
            },
        ),
    ]
