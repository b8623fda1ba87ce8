"""Triggers that keep entries, moves and seals as they are and what they point at in place; ids; the first assets.

What rows point at is checked a statement at a time: a foreign key checks row by row, and its lock on the account that
everybody posts to would make them wait for one another.
"""

from django.db import migrations

ASSETS = [("CNY", "money", 2), ("USD", "money", 2), ("EUR", "money", 2), ("JPY", "money", 0), ("P", "points", 0)]

GUARD = """
CREATE SEQUENCE ledger_account_id_seq OWNED BY ledger_account.id;
CREATE SEQUENCE ledger_entry_id_seq OWNED BY ledger_entry.id;
-- Room for the next balance on the same page: no index need hear of it.
ALTER TABLE ledger_account SET (fillfactor = 80);

CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the removal of an invented community (and tests that clean up) may unlock, for one transaction.
    IF current_setting('kith.unlocked', true) = 'on' AND TG_OP <> 'UPDATE' THEN
        RETURN CASE WHEN TG_LEVEL = 'ROW' THEN OLD ELSE NULL END;
    END IF;
    RAISE EXCEPTION 'the value book is append-only: % of % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_move_no_update BEFORE UPDATE ON ledger_move FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_move_no_delete BEFORE DELETE ON ledger_move FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_move_no_truncate BEFORE TRUNCATE ON ledger_move FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_no_update BEFORE UPDATE ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_no_delete BEFORE DELETE ON ledger_seal FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_seal_no_truncate BEFORE TRUNCATE ON ledger_seal FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- An account's balance changes, its name does not; the scale of an asset says what every amount means.
CREATE TRIGGER ledger_account_keeps_its_name BEFORE UPDATE OF community_id, id, role, owner_kind, owner_id, asset_id, heat
    ON ledger_account FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_account_no_truncate BEFORE TRUNCATE ON ledger_account FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_asset_no_update BEFORE UPDATE ON ledger_asset FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_asset_no_delete BEFORE DELETE ON ledger_asset FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_asset_no_truncate BEFORE TRUNCATE ON ledger_asset FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

-- Each row is looked up by itself (OFFSET 0 keeps the planner from joining): one plan serves a session, whatever the size of the book.
CREATE FUNCTION ledger_check_accounts() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a WHERE NOT EXISTS (SELECT 1 FROM people_community WHERE id = a.community_id OFFSET 0)
            OR NOT EXISTS (SELECT 1 FROM ledger_asset WHERE code = a.asset_id OFFSET 0)) THEN
        RAISE EXCEPTION 'an account points at a community or asset that is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_account_points_at_what_is AFTER INSERT ON ledger_account
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_accounts();

CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a WHERE NOT EXISTS (SELECT 1 FROM people_community WHERE id = a.community_id OFFSET 0)
            OR (a.by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_person WHERE id = a.by_id OFFSET 0))
            OR (a.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger_entry e
                WHERE e.community_id = a.community_id AND e.id = a.reverses AND e.id < a.id OFFSET 0))) THEN
        RAISE EXCEPTION 'an entry points at a community, person or earlier entry that is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_points_at_what_is AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();

CREATE FUNCTION ledger_check_moves() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e
                WHERE e.community_id = a.community_id AND e.id = a.entry OFFSET 0)
            OR (SELECT s.asset_id FROM ledger_account s WHERE s.community_id = a.community_id AND s.id = a.src)
                = (SELECT d.asset_id FROM ledger_account d WHERE d.community_id = a.community_id AND d.id = a.dst) IS NOT TRUE) THEN
        RAISE EXCEPTION 'a move points at an entry or account that is not there, or from one asset to another' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_move_points_at_what_is AFTER INSERT ON ledger_move
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_moves();

CREATE FUNCTION ledger_keep_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone JOIN ledger_entry e ON e.by_id = gone.id) THEN
        RAISE EXCEPTION 'the value book points at this person' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_keeps_people AFTER DELETE ON people_person
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_people();

CREATE FUNCTION ledger_keep_communities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone JOIN ledger_account a ON a.community_id = gone.id) THEN
        RAISE EXCEPTION 'the value book belongs to this community' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_keeps_communities AFTER DELETE ON people_community
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION ledger_keep_communities();
"""
UNGUARD = """
DROP TRIGGER ledger_keeps_people ON people_person;
DROP TRIGGER ledger_keeps_communities ON people_community;
DROP FUNCTION ledger_keep_people();
DROP FUNCTION ledger_keep_communities();
DROP FUNCTION ledger_check_accounts() CASCADE;
DROP FUNCTION ledger_check_entries() CASCADE;
DROP FUNCTION ledger_check_moves() CASCADE;
DROP FUNCTION ledger_refuse() CASCADE;
DROP SEQUENCE ledger_account_id_seq;
DROP SEQUENCE ledger_entry_id_seq;
"""


def seed(apps, schema_editor):
    asset = apps.get_model("ledger", "Asset")
    asset.objects.bulk_create(asset(code=code, kind=kind, scale=scale) for code, kind, scale in ASSETS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("people", "0001_places")]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
