"""What the book points at exists, and stays: checked a statement at a time.

A foreign key checks row by row: for 10,000 acts that took longer than appending and folding them. These triggers promise the
same for a statement in one join; ties need none of their own, since each is made of acts.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION energy_check_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added a
        LEFT JOIN people_community c ON c.id = a.community_id LEFT JOIN energy_kind k ON k.code = a.kind_id
        LEFT JOIN people_person one ON one.id = a.actor_id LEFT JOIN people_person other ON other.id = a.other_id
        LEFT JOIN energy_act undone ON undone.id = a.reverses_id
        WHERE c.id IS NULL OR k.code IS NULL OR one.id IS NULL OR (a.other_id IS NOT NULL AND other.id IS NULL)
            OR (a.reverses_id IS NOT NULL AND undone.id IS NULL)
    ) THEN
        RAISE EXCEPTION 'an act points at a community, person, kind or act that is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER energy_act_points_at_what_is AFTER INSERT ON energy_act
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION energy_check_added();

CREATE FUNCTION energy_keep_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone JOIN energy_act a ON a.actor_id = gone.id)
        OR EXISTS (SELECT 1 FROM gone JOIN energy_act a ON a.other_id = gone.id) THEN
        RAISE EXCEPTION 'the energy book points at this person' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER energy_keeps_people AFTER DELETE ON people_person
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION energy_keep_people();

CREATE FUNCTION energy_keep_communities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone JOIN energy_act a ON a.community_id = gone.id) THEN
        RAISE EXCEPTION 'the energy book belongs to this community' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER energy_keeps_communities AFTER DELETE ON people_community
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION energy_keep_communities();

CREATE FUNCTION energy_keep_kinds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM gone JOIN energy_act a ON a.kind_id = gone.code) THEN
        RAISE EXCEPTION 'the energy book holds acts of this kind' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER energy_keeps_kinds AFTER DELETE ON energy_kind
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION energy_keep_kinds();
-- TRUNCATE removes without deleting.
CREATE TRIGGER energy_keeps_people_whole BEFORE TRUNCATE ON people_person FOR EACH STATEMENT EXECUTE FUNCTION energy_refuse();
CREATE TRIGGER energy_keeps_communities_whole BEFORE TRUNCATE ON people_community FOR EACH STATEMENT EXECUTE FUNCTION energy_refuse();
CREATE TRIGGER energy_keeps_kinds_whole BEFORE TRUNCATE ON energy_kind FOR EACH STATEMENT EXECUTE FUNCTION energy_refuse();
"""
UNGUARD = """
DROP TRIGGER energy_keeps_people_whole ON people_person;
DROP TRIGGER energy_keeps_communities_whole ON people_community;
DROP TRIGGER energy_keeps_kinds_whole ON energy_kind;
DROP FUNCTION energy_check_added() CASCADE;
DROP FUNCTION energy_keep_people() CASCADE;
DROP FUNCTION energy_keep_communities() CASCADE;
DROP FUNCTION energy_keep_kinds() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("energy", "0003_weights"), ("people", "0001_places")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
