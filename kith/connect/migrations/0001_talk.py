import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("connect", "0001_initial"), ("connect", "0003_spaces_and_kinds")]

    initial = True

    dependencies = [
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Space",
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
                ("name", models.CharField(max_length=60)),
                ("about", models.CharField(blank=True, db_default="", max_length=200)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, db_default=[], default=list, size=None
                    ),
                ),
                ("position", models.IntegerField(db_default=0, default=0)),
                ("archived_at", models.DateTimeField(null=True)),
                ("is_column", models.BooleanField(db_default=False, default=False)),
                ("reads", models.CharField(db_default="all", default="all", max_length=8)),
                ("needs", models.CharField(blank=True, db_default="", default="", max_length=20)),
                ("tier_from", models.SmallIntegerField(db_default=0, default=0)),
                ("called", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("preview_chars", models.SmallIntegerField(db_default=200, default=200)),
                ("slow_seconds", models.IntegerField(db_default=0, default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("name"), name="connect_space_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kinds__contained_by",
                                ["talk", "ask", "viewpoint", "idea", "announcement", "event", "chain", "checkin"],
                            )
                        ),
                        name="connect_space_kinds_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reads__in", ("all", "members", "plan", "tier"))),
                        name="connect_space_reads_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reads", "plan"), models.Q(("needs", ""), _negated=True)),
                            models.Q(models.Q(("reads", "plan"), _negated=True), ("needs", "")),
                            _connector="OR",
                        ),
                        name="connect_space_plan_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("preview_chars__gte", 0), ("preview_chars__lte", 1000)),
                        name="connect_space_preview_within",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "answer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="connect.post",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "talk"),
                            ("ask", "ask"),
                            ("viewpoint", "viewpoint"),
                            ("idea", "idea"),
                            ("announcement", "announcement"),
                            ("event", "event"),
                            ("chain", "chain"),
                            ("checkin", "checkin"),
                        ],
                        default="talk",
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("blurred_at", models.DateTimeField(null=True)),
                ("replies", models.IntegerField(default=0)),
                ("thanks", models.IntegerField(default=0)),
                ("version", models.IntegerField(default=0)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("origin", models.CharField(blank=True, max_length=40)),
                ("foreign_key", models.CharField(blank=True, max_length=80)),
                ("is_free", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("root", None)),
                        name="connect_post_feed",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("space"),
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("root", None), models.Q(("space", None), _negated=True)),
                        name="connect_post_space_feed",
                    ),
                    models.Index(
                        models.F("root"),
                        models.F("at"),
                        models.F("id"),
                        condition=models.Q(("root", None), _negated=True),
                        name="connect_post_thread",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("at"),
                        condition=models.Q(("root", None), _negated=True),
                        name="connect_post_replies_of_day",
                    ),
                    models.Index(
                        models.F("author"), models.OrderBy(models.F("at"), descending=True), name="connect_post_author"
                    ),
                    models.Index(
                        models.F("quoted"),
                        condition=models.Q(("quoted", None), _negated=True),
                        name="connect_post_quoted",
                    ),
                    models.Index(
                        models.F("answer"),
                        condition=models.Q(("answer", None), _negated=True),
                        name="connect_post_answer",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("origin"),
                        condition=models.Q(("origin", ""), _negated=True),
                        name="connect_post_origin",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("author"), models.F("key"), name="connect_post_draft_sent_once"),
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("foreign_key"),
                        condition=models.Q(("foreign_key", ""), _negated=True),
                        name="connect_post_imported_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ("talk", "ask", "viewpoint", "idea", "announcement", "event", "chain", "checkin"),
                            )
                        ),
                        name="connect_post_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", None), models.Q(("kind", "ask"), ("root", None)), _connector="OR"
                        ),
                        name="connect_post_only_asks_have_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replies__gte", 0), ("thanks__gte", 0)),
                        name="connect_post_counts_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("root", models.F("id")), _negated=True),
                        name="connect_post_is_not_its_own_root",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Thank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connect.post"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=140)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(models.F("post"), models.F("by"), name="connect_thank_once")],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Draft",
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
                ("place", models.CharField(max_length=30)),
                ("text", models.TextField(blank=True)),
                ("kind", models.CharField(default="talk", max_length=12)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"),
                        models.F("person"),
                        models.F("place"),
                        name="connect_draft_one_each_place",
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Image",
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("width", models.IntegerField()),
                ("height", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("digest"), name="connect_image_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="News",
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
                ("kind", models.CharField(max_length=10)),
                ("root_id", models.BigIntegerField()),
                ("post_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(models.F("community"), models.F("id"), name="connect_news_replay")],
                "constraints": [],
            },
        ),
    ]
