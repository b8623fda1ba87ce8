import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("connect", "0005_notices")]

    dependencies = [
        ("connect", "0005_messages"),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.community",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reply", "reply"),
                            ("mention", "mention"),
                            ("thank", "thank"),
                            ("answer", "answer"),
                            ("post", "post"),
                            ("announcement", "announcement"),
                            ("decision", "decision"),
                            ("invited", "invited"),
                            ("kept", "kept"),
                            ("tier", "tier"),
                            ("event", "event"),
                            ("letter", "letter"),
                        ],
                        max_length=12,
                    ),
                ),
                ("cause", models.CharField(max_length=80)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=60)),
                (
                    "root",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connect.post"
                    ),
                ),
                ("detail", models.JSONField(default=dict)),
                ("mails", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("person"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="connect_notice_newest",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("person"),
                        condition=models.Q(("read_at", None)),
                        name="connect_notice_unread",
                    ),
                    models.Index(models.F("community"), models.F("subject"), name="connect_notice_subject"),
                    models.Index(
                        models.F("at"),
                        condition=models.Q(("mails", True), ("sent_at", None)),
                        name="connect_notice_to_send",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("person"), models.F("cause"), name="connect_notice_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "reply",
                                    "mention",
                                    "thank",
                                    "answer",
                                    "post",
                                    "announcement",
                                    "decision",
                                    "invited",
                                    "kept",
                                    "tier",
                                    "event",
                                    "letter",
                                ),
                            )
                        ),
                        name="connect_notice_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reply", "reply"),
                            ("mention", "mention"),
                            ("thank", "thank"),
                            ("answer", "answer"),
                            ("post", "post"),
                            ("announcement", "announcement"),
                            ("decision", "decision"),
                            ("invited", "invited"),
                            ("kept", "kept"),
                            ("tier", "tier"),
                            ("event", "event"),
                            ("letter", "letter"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connect.space"
                    ),
                ),
                ("way", models.CharField(choices=[("off", "off"), ("bell", "bell"), ("mail", "mail")], max_length=4)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("kind"),
                        models.F("space"),
                        models.F("person"),
                        name="connect_wish_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "reply",
                                    "mention",
                                    "thank",
                                    "answer",
                                    "post",
                                    "announcement",
                                    "decision",
                                    "invited",
                                    "kept",
                                    "tier",
                                    "event",
                                    "letter",
                                ),
                            ),
                            ("way__in", ("off", "bell", "mail")),
                        ),
                        name="connect_wish_known",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("takes_mail", models.BooleanField(default=True)),
                (
                    "digest",
                    models.CharField(
                        choices=[("off", "off"), ("daily", "daily"), ("weekly", "weekly")], default="off", max_length=6
                    ),
                ),
                ("quiet_from_minute", models.SmallIntegerField(null=True)),
                ("quiet_until_minute", models.SmallIntegerField(null=True)),
                ("zone", models.CharField(blank=True, max_length=40)),
                ("answers_newcomers", models.BooleanField(default=False)),
                ("digested_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("person"), name="connect_hearing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("digest__in", ("off", "daily", "weekly"))),
                        name="connect_hearing_digest_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from_minute", None), ("quiet_until_minute", None)),
                            models.Q(("quiet_from_minute__range", (0, 1439)), ("quiet_until_minute__range", (0, 1439))),
                            _connector="OR",
                        ),
                        name="connect_hearing_quiet_in_a_day",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Mute",
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connect.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("root"), models.F("person"), name="connect_mute_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tx", models.BigIntegerField()),
                ("deed_id", models.BigIntegerField()),
            ],
            options={
                "indexes": [],
                "constraints": [],
            },
        ),
    ]
