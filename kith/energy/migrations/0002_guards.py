"""Triggers that keep the book append-only, the arithmetic of scores, and the kinds of acts."""

from django.db import migrations

from kith.energy.rules import KINDS

GUARD = """
CREATE FUNCTION energy_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the removal of an invented community (and tests that clean up) may unlock, for one transaction.
    IF current_setting('kith.unlocked', true) = 'on' AND TG_OP <> 'UPDATE' THEN
        RETURN CASE WHEN TG_LEVEL = 'ROW' THEN OLD ELSE NULL END;
    END IF;
    RAISE EXCEPTION 'the energy book is append-only: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER energy_act_no_update BEFORE UPDATE ON energy_act FOR EACH ROW EXECUTE FUNCTION energy_refuse();
CREATE TRIGGER energy_act_no_delete BEFORE DELETE ON energy_act FOR EACH ROW EXECUTE FUNCTION energy_refuse();
CREATE TRIGGER energy_act_no_truncate BEFORE TRUNCATE ON energy_act FOR EACH STATEMENT EXECUTE FUNCTION energy_refuse();

-- log2(2^a + 2^b); the smaller term is cut at 2^-60 of the larger, below what a double can show.
CREATE FUNCTION energy_added(a float8, b float8) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(a, b) + ln(1 + exp(-least(abs(a - b), 60) * ln(2::float8))) / ln(2::float8)
$$;
"""
UNGUARD = """
DROP FUNCTION energy_added(float8, float8);
DROP FUNCTION energy_refuse() CASCADE;
"""


def seed(apps, schema_editor):
    kind = apps.get_model("energy", "Kind")
    kind.objects.bulk_create(
        kind(code=code, weight=weight, meaning=meaning) for code, (weight, meaning) in KINDS.items()
    )


def unseed(apps, schema_editor):
    apps.get_model("energy", "Kind").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("energy", "0001_initial")]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunPython(seed, unseed),
    ]
