"""The history of prices stays as it was written: what is struck through beside a price must have been asked for."""

from django.db import migrations

GUARD = """
CREATE FUNCTION launch_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the removal of an invented community (and tests that clean up) may unlock, for one transaction.
    IF current_setting('kith.unlocked', true) = 'on' AND TG_OP <> 'UPDATE' THEN
        RETURN CASE WHEN TG_LEVEL = 'ROW' THEN OLD ELSE NULL END;
    END IF;
    RAISE EXCEPTION 'the history of prices is append-only: % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER launch_pricelog_no_update BEFORE UPDATE ON launch_pricelog FOR EACH ROW EXECUTE FUNCTION launch_refuse();
CREATE TRIGGER launch_pricelog_no_delete BEFORE DELETE ON launch_pricelog FOR EACH ROW EXECUTE FUNCTION launch_refuse();
CREATE TRIGGER launch_pricelog_no_truncate BEFORE TRUNCATE ON launch_pricelog FOR EACH STATEMENT EXECUTE FUNCTION launch_refuse();
"""
UNGUARD = "DROP FUNCTION launch_refuse() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("launch", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
