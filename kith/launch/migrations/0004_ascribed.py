import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("launch", "0003_coupons")]

    dependencies = [
        ("launch", "0003_ways"),
        ("people", "0002_deeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attribution",
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
                        related_name="attributions",
                        to="launch.order",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attributions",
                        to="launch.channel",
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
                ("role", models.CharField(max_length=8)),
                ("model", models.CharField(max_length=10)),
                ("weight_ppm", models.IntegerField()),
                ("met_at", models.DateTimeField()),
                ("rule_version", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(models.F("channel"), name="launch_attribution_channel"),
                    models.Index(models.F("community"), models.F("person"), name="launch_attribution_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("order"), models.F("role"), models.F("person"), name="launch_attribution_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ("promoter", "house", "second"))),
                        name="launch_attribution_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("model__in", ("last_touch", "bond"))), name="launch_attribution_model_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight_ppm__gt", 0), ("weight_ppm__lte", 1000000)),
                        name="launch_attribution_weight_is_a_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("met_at__lte", models.F("at"))), name="launch_attribution_met_before"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Doubt",
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="launch.order"
                    ),
                ),
                ("reason", models.CharField(max_length=8)),
                ("made_at", models.DateTimeField()),
                ("is_fine", models.BooleanField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("judged_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("community"), condition=models.Q(("is_fine", None)), name="launch_doubt_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ("device", "phone"))), name="launch_doubt_reason_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_fine", None), ("judged_at", None), ("judged_by", None)),
                            models.Q(
                                ("is_fine__isnull", False), ("judged_at__isnull", False), ("judged_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="launch_doubt_judged_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coupon",
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
                ("code", models.CharField(max_length=24)),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="launch.campaign"
                    ),
                ),
                ("currency", models.CharField(max_length=8)),
                ("off_minor", models.BigIntegerField(default=0)),
                ("off_ppm", models.IntegerField(default=0)),
                ("least_minor", models.BigIntegerField(default=0)),
                ("per_person", models.IntegerField(null=True)),
                ("combines", models.BooleanField(default=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
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
                    models.UniqueConstraint(models.F("community"), models.F("code"), name="launch_coupon_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("off_minor__gt", 0), ("off_ppm", 0)),
                            models.Q(("off_minor", 0), ("off_ppm__gt", 0), ("off_ppm__lte", 1000000)),
                            _connector="OR",
                        ),
                        name="launch_coupon_takes_one_thing_off",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                        name="launch_coupon_ends_after_beginning",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least_minor__gte", 0),
                            models.Q(("per_person", None), ("per_person__gt", 0), _connector="OR"),
                        ),
                        name="launch_coupon_limits_positive",
                    ),
                ],
                "indexes": [],
            },
        ),
        migrations.CreateModel(
            name="CouponUse",
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
                        related_name="coupons",
                        to="launch.order",
                    ),
                ),
                (
                    "coupon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="launch.coupon"
                    ),
                ),
                ("off_minor", models.BigIntegerField()),
                ("status", models.CharField(default="held", max_length=4)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("order"), models.F("coupon"), name="launch_couponuse_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("held", "used", "back"))),
                        name="launch_couponuse_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("off_minor__gt", 0)), name="launch_couponuse_takes_something"
                    ),
                ],
                "indexes": [],
            },
        ),
    ]
