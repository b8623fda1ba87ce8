"""What prices were and whose sale an order is stays as it was written; bonds close no ring."""

from django.db import migrations

KEPT = """
CREATE FUNCTION launch_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only the removal of an invented community (and tests that clean up) may unlock, for one transaction.
    IF current_setting('kith.unlocked', true) = 'on' AND TG_OP <> 'UPDATE' THEN
        RETURN CASE WHEN TG_LEVEL = 'ROW' THEN OLD ELSE NULL END;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
APPEND_ONLY = """
CREATE TRIGGER {0}_no_update BEFORE UPDATE ON {0} FOR EACH ROW EXECUTE FUNCTION launch_refuse();
CREATE TRIGGER {0}_no_delete BEFORE DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION launch_refuse();
CREATE TRIGGER {0}_no_truncate BEFORE TRUNCATE ON {0} FOR EACH STATEMENT EXECUTE FUNCTION launch_refuse();
"""
# A constraint of one row cannot see the others: looked at when the transaction ends.
SUMS = """
CREATE FUNCTION launch_attribution_sum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(weight_ppm) FROM launch_attribution WHERE order_id = NEW.order_id AND role = NEW.role) <> 1000000 THEN
        RAISE EXCEPTION 'weights of an order and role sum to a million'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'launch_attribution_sums_to_the_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER launch_attribution_sums_to_the_whole AFTER INSERT ON launch_attribution
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION launch_attribution_sum();
"""
# A touch may learn whose browser it was, and nothing else.
TOUCHES = """
CREATE FUNCTION launch_touch_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.person_id IS NULL AND (NEW.id, NEW.community_id, NEW.channel_id, NEW.visitor, NEW.at)
        = (OLD.id, OLD.community_id, OLD.channel_id, OLD.visitor, OLD.at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a touch stays as it was' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER launch_touch_keeps_its_facts BEFORE UPDATE ON launch_touch FOR EACH ROW EXECUTE FUNCTION launch_touch_kept();
"""
# One bond of a buyer at a time (ranges of one number, because plain equality needs an extension); no ring of any length. Who is
# bound waits for whoever binds in the same community, or two bonds at once could close a ring that neither sees.
BONDS = """
ALTER TABLE launch_bond ADD CONSTRAINT launch_bond_one_at_a_time EXCLUDE USING gist (
    int8range(community_id, community_id, '[]') WITH &&, int8range(buyer_id, buyer_id, '[]') WITH &&, tstzrange(since, until) WITH &&
);
CREATE FUNCTION launch_bond_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.community_id, NEW.buyer_id, NEW.promoter_id, NEW.order_id, NEW.rule_version, NEW.since)
            = (OLD.id, OLD.community_id, OLD.buyer_id, OLD.promoter_id, OLD.order_id, OLD.rule_version, OLD.since)
            AND NEW.until <= OLD.until THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a bond can only end' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('launch_bond', NEW.community_id));
    IF EXISTS (
        WITH RECURSIVE above(person) AS (
            SELECT NEW.promoter_id
            UNION SELECT b.promoter_id FROM launch_bond b JOIN above ON b.buyer_id = above.person
                WHERE b.community_id = NEW.community_id AND b.since < NEW.until AND b.until > NEW.since
        ) SELECT FROM above WHERE person = NEW.buyer_id
    ) THEN
        RAISE EXCEPTION 'bonds would close a ring' USING ERRCODE = 'check_violation', CONSTRAINT = 'launch_bond_no_ring';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER launch_bond_checked BEFORE INSERT OR UPDATE ON launch_bond FOR EACH ROW EXECUTE FUNCTION launch_bond_checked();
"""
TABLES = ("launch_pricelog", "launch_attribution", "launch_channelrule")
GUARD = KEPT + "".join(APPEND_ONLY.format(t) for t in TABLES) + SUMS + TOUCHES + BONDS
UNGUARD = """
DROP FUNCTION launch_refuse() CASCADE;
DROP FUNCTION launch_attribution_sum() CASCADE;
DROP FUNCTION launch_touch_kept() CASCADE;
DROP FUNCTION launch_bond_checked() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("launch", "0005_channel_guards")]

    dependencies = [
        ("launch", "0004_ascribed"),
    ]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
    ]
