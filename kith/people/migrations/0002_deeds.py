import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BEFORE = """
CREATE FUNCTION people_tx() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT pg_current_xact_id()::text::bigint';
"""
AFTER = """
CREATE FUNCTION people_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the removal of an invented community (and tests that clean up) may unlock, for one transaction.
    IF current_setting('kith.unlocked', true) = 'on' AND TG_OP <> 'UPDATE' THEN
        RETURN CASE WHEN TG_LEVEL = 'ROW' THEN OLD ELSE NULL END;
    END IF;
    RAISE EXCEPTION 'the record is append-only: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER people_deed_no_update BEFORE UPDATE ON people_deed FOR EACH ROW EXECUTE FUNCTION people_refuse();
CREATE TRIGGER people_deed_no_delete BEFORE DELETE ON people_deed FOR EACH ROW EXECUTE FUNCTION people_refuse();
CREATE TRIGGER people_deed_no_truncate BEFORE TRUNCATE ON people_deed FOR EACH STATEMENT EXECUTE FUNCTION people_refuse();
"""


class Migration(migrations.Migration):
    replaces = [("people", "0004_deeds"), ("people", "0005_ranks"), ("people", "0006_grants")]

    dependencies = [
        ("people", "0001_places"),
    ]

    operations = [
        migrations.RunSQL(BEFORE, "DROP FUNCTION people_tx()"),
        migrations.CreateModel(
            name="Deed",
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
                ("kind", models.CharField(max_length=40)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("detail", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "tx",
                    models.BigIntegerField(
                        db_default=models.Func(function="people_tx", output_field=models.BigIntegerField())
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("tx"), models.F("id"), name="people_deed_in_order"),
                    models.Index(
                        models.F("community"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="people_deed_newest",
                    ),
                    models.Index(models.F("community"), models.F("kind"), models.F("at"), name="people_deed_of_kind"),
                    models.Index(
                        models.F("community"),
                        models.F("person"),
                        models.F("id"),
                        condition=models.Q(("person", None), _negated=True),
                        name="people_deed_of_person",
                    ),
                    models.Index(
                        models.F("community"),
                        models.F("subject"),
                        models.F("id"),
                        condition=models.Q(("subject", ""), _negated=True),
                        name="people_deed_of_subject",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__regex", "^[a-z]+\\.[a-z_]+$")),
                        name="people_deed_kind_is_part_and_verb",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("what", models.CharField(max_length=20)),
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("cause", models.CharField(max_length=60)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("community"), models.F("person"), models.F("until_at"), name="people_grant_of_person"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("community"), models.F("cause"), name="people_grant_cause_once"),
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gte", models.F("from_at"))),
                        name="people_grant_ends_after_beginning",
                    ),
                ],
            },
        ),
        migrations.RunSQL(AFTER, "DROP FUNCTION people_refuse() CASCADE"),
    ]
