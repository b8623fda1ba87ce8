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

-- A plan is made once for a session, maybe over a thousand rows or an empty table; a search row by row is right for all.
CREATE FUNCTION ledger_check_accounts() RETURNS trigger LANGUAGE plpgsql
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a LEFT JOIN people_community c ON c.id = a.community_id
        LEFT JOIN ledger_asset s ON s.code = a.asset_id WHERE c.id IS NULL OR s.code IS NULL) THEN
        RAISE EXCEPTION 'an account points at a community or asset that is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_account_points_at_what_is AFTER INSERT ON ledger_account
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_accounts();

CREATE FUNCTION ledger_check_entries() RETURNS trigger LANGUAGE plpgsql
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a LEFT JOIN people_community c ON c.id = a.community_id LEFT JOIN people_person p ON p.id = a.by_id
        LEFT JOIN ledger_entry e ON e.community_id = a.community_id AND e.id = a.reverses AND e.id < a.id
        WHERE c.id IS NULL OR (a.by_id IS NOT NULL AND p.id IS NULL) OR (a.reverses IS NOT NULL AND e.id IS NULL)) THEN
        RAISE EXCEPTION 'an entry points at a community, person or earlier entry that is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entry_points_at_what_is AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_check_entries();

CREATE FUNCTION ledger_check_moves() RETURNS trigger LANGUAGE plpgsql
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a LEFT JOIN ledger_entry e ON e.community_id = a.community_id AND e.id = a.entry
        LEFT JOIN ledger_account s ON s.community_id = a.community_id AND s.id = a.src
        LEFT JOIN ledger_account d ON d.community_id = a.community_id AND d.id = a.dst
        WHERE e.id IS NULL OR s.asset_id IS DISTINCT FROM d.asset_id OR s.asset_id IS NULL) THEN
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
    dependencies = [("ledger", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.RunPython(seed, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
