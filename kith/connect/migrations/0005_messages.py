import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("connect", "0008_messages"), ("connect", "0009_rooms")]

    dependencies = [
        ("connect", "0004_care"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
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
                    "low",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "high",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("low_seen_id", models.BigIntegerField(default=0)),
                ("high_seen_id", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("low"),
                        models.OrderBy(models.F("last_at"), descending=True),
                        name="connect_conversation_low",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("high"),
                        models.OrderBy(models.F("last_at"), descending=True),
                        name="connect_conversation_high",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("low"), models.F("high"), name="connect_conversation_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("low__lt", models.F("high"))), name="connect_conversation_of_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="connect.conversation",
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
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("deleted_at", models.DateTimeField(null=True)),
                ("reported_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("key", models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("conversation"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="connect_message_newest",
                    ),
                    models.Index(models.F("community"), models.F("by"), models.F("at"), name="connect_message_by"),
                    models.Index(
                        models.F("community"),
                        models.F("reported_at"),
                        condition=models.Q(("settled_at", None), models.Q(("reported_at", None), _negated=True)),
                        name="connect_message_reported",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("by"), models.F("key"), name="connect_message_sent_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("by"), models.F("who"), name="connect_block_once"
                    )
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Bookmark",
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
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="connect.post"),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.F("person"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="connect_bookmark_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("person"), models.F("post"), name="connect_bookmark_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="room",
                        serialize=False,
                        to="connect.space",
                    ),
                ),
                (
                    "chapter",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.chapter",
                    ),
                ),
                ("circle_id", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(models.F("community"), models.F("chapter"), name="connect_room_of_chapter")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chapter__isnull", False), ("circle_id", None)),
                            models.Q(("chapter", None), ("circle_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="connect_room_is_of_one",
                    ),
                    models.UniqueConstraint(
                        models.F("community"), models.F("circle_id"), name="connect_room_of_circle_once"
                    ),
                ],
            },
        ),
    ]
