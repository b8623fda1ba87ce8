"""Rules, signatures and statements stay as they were written."""

from django.db import migrations

GUARD = """
CREATE FUNCTION share_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the removal of an invented community (and tests that clean up) may unlock, for one transaction.
    IF current_setting('kith.unlocked', true) = 'on' AND TG_OP <> 'UPDATE' THEN
        RETURN CASE WHEN TG_LEVEL = 'ROW' THEN OLD ELSE NULL END;
    END IF;
    RAISE EXCEPTION 'rules, signatures and statements are append-only: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
""" + "".join(
    f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION share_refuse();
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION share_refuse();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION share_refuse();
"""
    for table in ("share_rule", "share_sign", "share_statement")
)
UNGUARD = "DROP FUNCTION share_refuse() CASCADE;"


class Migration(migrations.Migration):
    replaces = [("share", "0003_statements"), ("share", "0004_frozen_and_withheld")]

    dependencies = [
        ("share", "0002_money_out"),
    ]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
    ]
