"""The one place where entries come into the book: many at a time, each of them whole or not at all."""

from django.db import migrations

POST = """
-- Posts as if one after another, in the order given; answers each: posted, known (its key is in the book with the same content), or why not.
-- Accounts are numbered by their place in the first arrays, and made with their first move; postings and moves name them by number.
CREATE FUNCTION ledger_post(
    book bigint,
    roles text[], owner_kinds text[], owner_ids bigint[], assets text[], floors bigint[], heats smallint[],
    keys text[], kinds text[], digests text[], cause_kinds text[], cause_ids bigint[], ats timestamptz[], bys bigint[], undone bigint[], notes text[],
    move_of int[], srcs int[], dsts int[], amounts bigint[],
    need_of int[], need_at int[], needs bigint[],
    balance_limit bigint
) RETURNS TABLE (entry bigint, outcome text, account int, missing bigint)
LANGUAGE plpgsql
-- One plan for all calls. Rows of the book are looked up one by one, by whole keys: statistics of a book that grows by thousands a minute
-- are never true, and of a join the planner would believe that reading the whole book is as cheap.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    many int := cardinality(keys);
    ids bigint[]; lows bigint[]; is_real boolean[]; is_closed boolean[];      -- by account
    guarded int[]; sums bigint[]; is_changed boolean[]; is_fresh boolean[];
    known bigint[]; known_digests text[]; undoers bigint[]; firsts int[]; first_undone int[];  -- by posting
    made int[]; made_undone int[]; entries bigint[]; said text[]; culprits int[]; lacking bigint[];
    net_of int[]; net_at int[]; net_by bigint[]; net_need bigint[];           -- what a posting does to an account
    at int; begun int; a int; twin int; after bigint; low bigint; closed boolean; is_young boolean := false;
BEGIN
    -- Beside others; who seals the book holds it alone for a moment.
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('ledger:' || book, 0));
    SELECT array_agg(p ORDER BY p, x), array_agg(x ORDER BY p, x), array_agg(delta ORDER BY p, x), array_agg(need ORDER BY p, x)
        INTO net_of, net_at, net_by, net_need
        FROM (SELECT p, x, sum(delta)::bigint AS delta, max(need) AS need FROM (
                SELECT p, src AS x, -amount AS delta, NULL::bigint AS need FROM unnest(move_of, srcs, amounts) m(p, src, amount)
                UNION ALL SELECT p, dst, amount, NULL FROM unnest(move_of, dsts, amounts) m(p, dst, amount)
                UNION ALL SELECT p, x, 0, need FROM unnest(need_of, need_at, needs) n(p, x, need)) every GROUP BY p, x) net;
    FOR attempt IN 1..9 LOOP
        BEGIN
            SELECT array_agg(acc.id ORDER BY w.i), array_agg(CASE WHEN acc.id IS NULL THEN w.floor ELSE acc.floor END ORDER BY w.i),
                    array_agg(acc.closed_at IS NOT NULL ORDER BY w.i),
                    array_agg(EXISTS (SELECT 1 FROM ledger_asset WHERE code = w.asset OFFSET 0) ORDER BY w.i),
                    array_agg(w.i ORDER BY acc.heat, acc.id) FILTER (WHERE acc.floor IS NOT NULL)
                INTO ids, lows, is_closed, is_real, guarded
                FROM unnest(roles, owner_kinds, owner_ids, assets, floors) WITH ORDINALITY w(role, owner_kind, owner_id, asset, floor, i)
                LEFT JOIN LATERAL (SELECT * FROM ledger_account x WHERE x.community_id = book AND x.owner_kind = w.owner_kind
                    AND x.owner_id = w.owner_id AND x.role = w.role AND x.asset_id = w.asset OFFSET 0) acc ON true;
            sums := array_fill(0::bigint, ARRAY[cardinality(roles)]);
            is_changed := array_fill(false, ARRAY[cardinality(roles)]);
            is_fresh := is_changed;
            -- Every lock of the call, in one order for all: cold accounts first, then the hot ones.
            FOREACH a IN ARRAY coalesce(guarded, '{}') LOOP
                SELECT acc.balance, acc.floor, acc.closed_at IS NOT NULL INTO after, low, closed
                    FROM ledger_account acc WHERE acc.community_id = book AND acc.id = ids[a] FOR NO KEY UPDATE;
                sums[a] := after;
                lows[a] := low;
                is_closed[a] := closed;
            END LOOP;
            -- Only now, behind the locks: what others posted to these accounts is seen.
            SELECT array_agg(e.id ORDER BY w.i), array_agg(e.digest ORDER BY w.i), array_agg(r.id ORDER BY w.i),
                    array_agg(w.first ORDER BY w.i), array_agg(w.first_undone ORDER BY w.i)
                INTO known, known_digests, undoers, firsts, first_undone
                FROM (SELECT key, reverses, i, min(i) OVER (PARTITION BY key) AS first, min(i) OVER (PARTITION BY reverses) AS first_undone
                    FROM unnest(keys, undone) WITH ORDINALITY u(key, reverses, i)) w
                LEFT JOIN LATERAL (SELECT id, digest FROM ledger_entry x WHERE x.community_id = book AND x.key = w.key OFFSET 0) e ON true
                LEFT JOIN LATERAL (SELECT id FROM ledger_entry x WHERE x.community_id = book AND x.reverses = w.reverses OFFSET 0) r ON true;
            made := array_fill(NULL::int, ARRAY[many]);
            made_undone := made;
            entries := known;
            said := array_fill(NULL::text, ARRAY[many]);
            culprits := made;
            lacking := array_fill(NULL::bigint, ARRAY[many]);
            at := 1;
            FOR p IN 1..many LOOP
                begun := at;
                WHILE at <= cardinality(net_of) AND net_of[at] = p LOOP
                    at := at + 1;
                END LOOP;
                twin := made[firsts[p]];
                IF known[p] IS NOT NULL OR twin IS NOT NULL THEN
                    entries[p] := coalesce(known[p], entries[twin]);
                    said[p] := CASE WHEN coalesce(known_digests[p], digests[twin]) = digests[p] THEN 'known' ELSE 'clash' END;
                    CONTINUE;
                END IF;
                IF undone[p] IS NOT NULL AND (undoers[p] IS NOT NULL OR made_undone[first_undone[p]] IS NOT NULL) THEN
                    said[p] := 'reversed';
                    CONTINUE;
                END IF;
                said[p] := 'posted';
                FOR j IN begun..at - 1 LOOP
                    a := net_at[j];
                    IF NOT is_real[a] THEN
                        said[p] := 'asset';
                    ELSIF is_closed[a] THEN
                        said[p] := 'closed';
                    ELSIF lows[a] IS NULL THEN
                        CONTINUE WHEN net_need[j] IS NULL;
                        said[p] := 'floorless';
                    ELSE
                        after := sums[a] + net_by[j];
                        low := greatest(lows[a], net_need[j]);
                        IF after < low AND (net_by[j] < 0 OR net_need[j] IS NOT NULL) THEN
                            said[p] := 'short';
                            lacking[p] := low - after;
                        ELSE
                            CONTINUE WHEN after <= balance_limit;
                            said[p] := 'full';
                        END IF;
                    END IF;
                    culprits[p] := a;
                    EXIT;
                END LOOP;
                CONTINUE WHEN said[p] <> 'posted';
                entries[p] := nextval('ledger_entry_id_seq');
                is_young := is_young OR (entries[p] BETWEEN 64 AND 16384 AND entries[p] & (entries[p] - 1) = 0);
                made[firsts[p]] := p;
                IF undone[p] IS NOT NULL THEN
                    made_undone[first_undone[p]] := p;
                END IF;
                FOR j IN begun..at - 1 LOOP
                    a := net_at[j];
                    IF lows[a] IS NOT NULL AND net_by[j] <> 0 THEN
                        sums[a] := sums[a] + net_by[j];
                        is_changed[a] := true;
                    END IF;
                    IF ids[a] IS NULL THEN
                        ids[a] := nextval('ledger_account_id_seq');
                        is_fresh[a] := true;
                    END IF;
                END LOOP;
            END LOOP;
            -- Others may do the same at this moment: all go in the order of names, so that nobody waits for one who waits for them.
            INSERT INTO ledger_account (community_id, id, role, owner_kind, owner_id, asset_id, floor, heat, balance)
                SELECT book, w.id, w.role, w.owner_kind, w.owner_id, w.asset, w.floor, w.heat, w.sum
                FROM unnest(ids, roles, owner_kinds, owner_ids, assets, lows, heats, sums, is_fresh)
                    w(id, role, owner_kind, owner_id, asset, floor, heat, sum, fresh)
                WHERE w.fresh ORDER BY w.owner_kind, w.owner_id, w.role, w.asset;
            INSERT INTO ledger_entry (community_id, id, key, kind, digest, cause_kind, cause_id, at, posted_at, by_id, reverses, note)
                SELECT book, w.id, w.key, w.kind, w.digest, w.cause_kind, w.cause_id, w.at, clock_timestamp(), w.by_id, w.reverses, w.note
                FROM unnest(entries, keys, kinds, digests, cause_kinds, cause_ids, ats, bys, undone, notes, said)
                    w(id, key, kind, digest, cause_kind, cause_id, at, by_id, reverses, note, said)
                WHERE w.said = 'posted' ORDER BY w.key;
            INSERT INTO ledger_move (community_id, entry, n, src, dst, amount)
                SELECT book, entries[m.p], row_number() OVER (PARTITION BY m.p ORDER BY m.i), ids[m.src], ids[m.dst], m.amount
                FROM unnest(move_of, srcs, dsts, amounts) WITH ORDINALITY m(p, src, dst, amount, i)
                WHERE said[m.p] = 'posted' ORDER BY 2, 3;
            FOREACH a IN ARRAY coalesce(guarded, '{}') LOOP
                CONTINUE WHEN NOT is_changed[a];
                UPDATE ledger_account acc SET balance = sums[a] WHERE acc.community_id = book AND acc.id = ids[a];
            END LOOP;
            RETURN QUERY SELECT w.entry, w.said, w.culprit, w.lack FROM unnest(entries, said, culprits, lacking)
                WITH ORDINALITY w(entry, said, culprit, lack, i) ORDER BY w.i;
            IF is_young THEN
                -- The tables grow faster than autovacuum comes; knowing nothing of them, the planner takes the wrong of two indexes.
                ANALYZE (SKIP_LOCKED) ledger_account, ledger_entry, ledger_move;
            END IF;
            RETURN;
        EXCEPTION WHEN unique_violation THEN
            -- Somebody made one of the accounts, or posted one of the keys, between our look and our row: look again.
            IF attempt = 9 THEN
                RAISE;
            END IF;
        END;
    END LOOP;
END $$;
"""
UNPOST = "DROP FUNCTION ledger_post"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [migrations.RunSQL(POST, UNPOST)]
