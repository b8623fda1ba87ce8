import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("people", "0001_initial"), ("people", "0002_marks"), ("people", "0003_declined")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(blank=True, max_length=254, null=True, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("is_active", models.BooleanField(default=True)),
                ("is_bot", models.BooleanField(default=False)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("merged_into", "id"), name="people_person_who"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="people_person_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="people_person_is_not_merged_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", None), ("email", None), _connector="OR"),
                        name="people_person_merged_has_no_account",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Community",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("pursuit", models.CharField(max_length=200)),
                ("rules", models.TextField(blank=True)),
                (
                    "visible_to",
                    models.CharField(
                        choices=[("public", "public"), ("members", "members")], default="members", max_length=8
                    ),
                ),
                (
                    "entered_by",
                    models.CharField(
                        choices=[("open", "open"), ("application", "application"), ("invitation", "invitation")],
                        default="application",
                        max_length=12,
                    ),
                ),
                ("questions", models.JSONField(blank=True, default=list)),
                ("language", models.CharField(default="zh-hans", max_length=8)),
                ("tie_half_life_days", models.FloatField(default=60)),
                ("node_half_life_days", models.FloatField(default=30)),
                ("is_demo", models.BooleanField(default=False)),
                ("founded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("visible_to__in", ("public", "members"))),
                        name="people_community_is_visible_to",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entered_by__in", ("open", "application", "invitation"))),
                        name="people_community_is_entered_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("node_half_life_days__gt", 0), ("tie_half_life_days__gt", 0)),
                        name="people_community_half_lives_are_positive",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values_held", to="people.community"
                    ),
                ),
                ("word", models.CharField(max_length=20)),
                ("sentence", models.CharField(max_length=200)),
                ("position", models.SmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("word"), name="people_value_word_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Chapter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chapters", to="people.community"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("about", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("name"), name="people_chapter_name_once")
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Tier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tiers", to="people.community"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("position", models.SmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("community"), models.F("position"), name="people_tier_position_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="people_tier_positions_begin_at_one"
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="people.community"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("handle", models.CharField(max_length=48)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("founder", "founder"),
                            ("operator", "operator"),
                            ("core", "core"),
                            ("member", "member"),
                        ],
                        default="member",
                        max_length=8,
                    ),
                ),
                ("headline", models.CharField(blank=True, max_length=120)),
                (
                    "chapter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="memberships",
                        to="people.chapter",
                    ),
                ),
                (
                    "tier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="memberships",
                        to="people.tier",
                    ),
                ),
                ("is_imported", models.BooleanField(default=False)),
                ("is_bot", models.BooleanField(default=False)),
                ("hides_rank", models.BooleanField(default=False)),
                ("refuses_measures", models.BooleanField(default=False)),
                ("declines_introductions", models.BooleanField(default=False)),
                ("declines_letters", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"),
                        models.OrderBy(models.F("joined_at"), descending=True),
                        name="people_membership_newest",
                    ),
                    models.Index(models.F("community"), models.F("handle"), name="people_membership_listed"),
                    models.Index(
                        models.F("community"),
                        models.F("chapter"),
                        models.F("handle"),
                        name="people_membership_in_chapter",
                    ),
                    models.Index(
                        models.F("community"), models.F("tier"), models.F("handle"), name="people_membership_in_tier"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("person"), name="people_membership_once"),
                    models.UniqueConstraint(
                        models.F("community"),
                        django.db.models.functions.text.Lower("handle"),
                        name="people_membership_handle_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("founder", "operator", "core", "member"))),
                        name="people_membership_role_known",
                    ),
                ],
            },
        ),
    ]
