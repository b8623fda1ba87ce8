"""Fewer indexes on what is written by the hundred thousand, and a cheaper check of what an act points at.

Two thirds of folding is keeping indexes. So the primary key leads with the community, as sharding asks, and finds the newest line of one,
which had an index of its own; who received is found by the ties (queries.RECEIVED); nobody asks for the warmest ties of a whole community
often enough to pay for their order at every act.
"""

from django.db import migrations, models

CHECK = """
CREATE OR REPLACE FUNCTION energy_check_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_sound boolean := NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT community_id AS id FROM added) a
            WHERE NOT EXISTS (SELECT 1 FROM people_community c WHERE c.id = a.id OFFSET 0))
        AND NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT kind_id AS code FROM added) a
            WHERE NOT EXISTS (SELECT 1 FROM energy_kind k WHERE k.code = a.code OFFSET 0))
        AND NOT EXISTS (SELECT 1 FROM added a WHERE a.reverses_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM energy_act undone WHERE undone.community_id = a.community_id AND undone.id = a.reverses_id OFFSET 0));
BEGIN
    -- Plans are kept for a session, so they must suit whatever comes: OFFSET 0 has each person looked up. That is dear for
    -- many, who get a plan of their own; counting, unlike EXISTS, lets it read all people once.
    IF (SELECT count(*) FROM added) < 1000 THEN
        is_sound := is_sound AND NOT EXISTS (SELECT 1 FROM added a CROSS JOIN LATERAL (VALUES (a.actor_id), (a.other_id)) who(id)
            WHERE who.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = who.id OFFSET 0));
    ELSE
        is_sound := is_sound AND 0 = (
            SELECT count(*) FROM (SELECT actor_id AS id FROM added UNION ALL SELECT other_id FROM added) who
            WHERE who.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = who.id));
    END IF;
    IF NOT is_sound THEN
        RAISE EXCEPTION 'an act points at a community, person, kind or act that is not there' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
"""
KEY = "ALTER TABLE energy_act DROP CONSTRAINT energy_act_pkey, ADD CONSTRAINT energy_act_pkey PRIMARY KEY (community_id, id)"
UNKEY = "ALTER TABLE energy_act DROP CONSTRAINT energy_act_pkey, ADD CONSTRAINT energy_act_pkey PRIMARY KEY (id)"


class Migration(migrations.Migration):
    dependencies = [("energy", "0004_references")]
    operations = [
        migrations.RunSQL(CHECK, migrations.RunSQL.noop),
        migrations.RunSQL(KEY, UNKEY),
        migrations.RemoveIndex("act", "energy_act_newest"),
        migrations.RemoveIndex("act", "energy_act_received"),
        migrations.RemoveIndex("act", "energy_act_given"),
        migrations.RemoveIndex("tie", "energy_tie_warmest"),
        migrations.AddIndex("act", models.Index("community", "actor", "other", name="energy_act_given")),
        migrations.AddIndex(
            "act", models.Index("community", "other", condition=models.Q(weight=0), name="energy_act_weightless")
        ),
    ]
