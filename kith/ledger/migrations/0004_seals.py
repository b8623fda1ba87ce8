"""The hash chain over the book: how the root of a seal comes from the rows it covers."""

from django.db import migrations

CHAIN = """
CREATE FUNCTION ledger_link(chain bytea, line bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(chain || line)
$$;
CREATE AGGREGATE ledger_chain(bytea) (SFUNC = ledger_link, STYPE = bytea, INITCOND = '');

-- Every column of every entry with its moves, after one entry and up to another, chained in the order of ids to the root before.
CREATE FUNCTION ledger_root(book bigint, after bigint, upto bigint, day date, prev text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(book, after, upto, day, prev)::text, 'UTF8')
        || coalesce(ledger_chain(convert_to(line, 'UTF8') ORDER BY id), '')), 'hex')
    FROM (SELECT e.id, jsonb_build_array(e.id, e.key, e.kind, e.digest, e.cause_kind, e.cause_id, extract(epoch FROM e.at),
            extract(epoch FROM e.posted_at), e.by_id, e.reverses, e.note, m.moves)::text AS line
        FROM ledger_entry e LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_array(n, src, dst, amount) ORDER BY n) AS moves
            FROM ledger_move WHERE community_id = e.community_id AND entry = e.id) m ON true
        WHERE e.community_id = book AND e.id > after AND e.id <= upto) lines
$$;
"""
UNCHAIN = """
DROP FUNCTION ledger_root(bigint, bigint, bigint, date, text);
DROP AGGREGATE ledger_chain(bytea);
DROP FUNCTION ledger_link(bytea, bytea);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_posting")]
    operations = [migrations.RunSQL(CHAIN, UNCHAIN)]
