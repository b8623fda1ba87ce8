import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("gather", "0003_conduct")]

    dependencies = [
        ("gather", "0001_entering"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
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
                ("number", models.IntegerField()),
                ("version", models.IntegerField()),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("number"),
                        models.F("version"),
                        name="gather_agreement_version_once",
                    ),
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("number"),
                        condition=models.Q(("replaced_at", None)),
                        name="gather_agreement_one_version_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                        ),
                        name="gather_agreement_says_something",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Acceptance",
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
                (
                    "agreement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gather.agreement",
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("person"), models.F("agreement"), name="gather_acceptance_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Sanction",
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
                ("kind", models.CharField(choices=[("mute", "mute"), ("ban", "ban")], max_length=4)),
                ("reason", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "lifted_by",
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
                        models.F("person"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="gather_sanction_of_person",
                    ),
                    models.Index(
                        models.F("community"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="gather_sanction_newest",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("person"),
                        models.F("kind"),
                        condition=models.Q(("lifted_at", None)),
                        name="gather_sanction_one_runs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("mute", "ban"))), name="gather_sanction_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="gather_sanction_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_at", None), ("until_at__gt", models.F("made_at")), _connector="OR"),
                        name="gather_sanction_ends_after_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="gather_sanction_lifting_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.community",
                    ),
                ),
                ("slow_seconds", models.IntegerField()),
                ("first_texts", models.IntegerField()),
                ("holds_first", models.BooleanField()),
                ("first_links", models.IntegerField(null=True)),
                ("per_minute", models.IntegerField()),
                ("per_hour", models.IntegerField()),
                ("flags_to_blur", models.IntegerField()),
                ("invites", models.IntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_texts__gte", 0),
                            ("flags_to_blur__gt", 0),
                            ("invites__gte", 0),
                            ("per_hour__gt", 0),
                            ("per_minute__gt", 0),
                            ("slow_seconds__gte", 0),
                        ),
                        name="gather_limit_numbers_make_sense",
                    )
                ],
                "indexes": [],
            },
        ),
    ]
