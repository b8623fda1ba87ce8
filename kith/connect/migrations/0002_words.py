"""Words of posts, written by triggers."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
# Pairs of characters that touch, at even and at odd places; every other word as it stands. Addresses of links say nothing.
FUNCTIONS = rf"""
CREATE FUNCTION connect_lexemes(community bigint, said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(array_to_tsvector(array_agg(DISTINCT community || ':' || left(word, 60))), ''::tsvector)
    FROM (SELECT lower(normalize(regexp_replace(said, '\]\([^)]*\)', ' ', 'g'), NFKC)) AS folded) f,
        regexp_split_to_table(regexp_replace(folded || ' ' || regexp_replace(folded, '(^|[^{UNSPACED}])([{UNSPACED}])', '\1 \2 ', 'g'),
            '([{UNSPACED}][{UNSPACED}]?)', ' \1 ', 'g'), '[^\w]+') AS word
    WHERE word <> ''
$$;
CREATE FUNCTION connect_words_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO connect_words SELECT id, connect_lexemes(community_id, text) FROM fresh WHERE deleted_at IS NULL
        ON CONFLICT (post_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION connect_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.deleted_at IS NULL THEN
        INSERT INTO connect_words VALUES (NEW.id, connect_lexemes(NEW.community_id, NEW.text))
            ON CONFLICT (post_id) DO UPDATE SET words = EXCLUDED.words;
    ELSE
        DELETE FROM connect_words WHERE post_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION connect_words_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM connect_words w USING gone WHERE w.post_id = gone.id;
    RETURN NULL;
END $$;
CREATE TRIGGER connect_post_words_said AFTER INSERT ON connect_post REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION connect_words_said();
CREATE TRIGGER connect_post_words_changed AFTER UPDATE OF text, deleted_at ON connect_post FOR EACH ROW
    WHEN (OLD.text IS DISTINCT FROM NEW.text OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
    EXECUTE FUNCTION connect_words_changed();
CREATE TRIGGER connect_post_words_gone AFTER DELETE ON connect_post REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION connect_words_gone();
"""
GONE = """
DROP TRIGGER connect_post_words_said ON connect_post; DROP TRIGGER connect_post_words_changed ON connect_post;
DROP TRIGGER connect_post_words_gone ON connect_post;
DROP FUNCTION connect_words_said, connect_words_changed, connect_words_gone, connect_lexemes;
"""


class Migration(migrations.Migration):
    replaces = [("connect", "0002_search")]

    dependencies = [
        ("connect", "0001_talk"),
    ]

    operations = [
        migrations.CreateModel(
            name="Words",
            fields=[
                ("post_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(models.F("words"), name="connect_words_found")],
                "constraints": [],
            },
        ),
        migrations.RunSQL(FUNCTIONS, GONE),
    ]
