"""What the value book promises, checked row by row over every community. Each statement sees one moment: postings may go on."""

from django.db import connection

from kith.lib.books import Promise

TRIGGERS = (
    "ledger_entry_no_update", "ledger_entry_no_delete", "ledger_entry_no_truncate", "ledger_entry_points_at_what_is",
    "ledger_move_no_update", "ledger_move_no_delete", "ledger_move_no_truncate", "ledger_move_points_at_what_is",
    "ledger_seal_no_update", "ledger_seal_no_delete", "ledger_seal_no_truncate",
    "ledger_account_keeps_its_name", "ledger_account_no_delete", "ledger_account_no_truncate", "ledger_account_points_at_what_is",
    "ledger_asset_no_update", "ledger_asset_no_delete", "ledger_asset_no_truncate",
)  # fmt: skip
CHECKS = (
    "ledger_account_above_its_floor", "ledger_account_without_floor_keeps_no_balance", "ledger_entry_has_a_key",
    "ledger_move_amount_positive", "ledger_move_amount_in_bounds", "ledger_move_joins_two",
)  # fmt: skip
ONCE = (
    "ledger_account_pkey", "ledger_account_name_once", "ledger_entry_pkey", "ledger_entry_key_once", "ledger_entry_reversed_once",
    "ledger_move_pkey",
)  # fmt: skip
FLOWS = """
    (SELECT community_id, account, sum(amount) AS sum FROM (
        SELECT community_id, dst AS account, amount FROM ledger_move UNION ALL SELECT community_id, src, -amount FROM ledger_move
    ) sides GROUP BY 1, 2)
"""
# A posting as `rules.digest` writes it, of the rows in the book.
WRITTEN = "{0}.role || '/' || {0}.owner_kind || '/' || {0}.owner_id || '/' || {0}.asset_id"
LINE = f"{WRITTEN.format('s')} || '>' || {WRITTEN.format('d')} || ':' || m.amount"
DIGEST = f"""
    encode(sha256(convert_to(e.kind || E'\\n' || e.cause_kind || ':' || e.cause_id || E'\\n' || COALESCE(e.reverses::text, '')
        || E'\\n' || string_agg({LINE}, E'\\n' ORDER BY ({LINE}) COLLATE "C"), 'UTF8')), 'hex')
"""
AUDIT = {
    "triggers of the value book stand guard": (
        f"SELECT {len(TRIGGERS)}, {len(TRIGGERS)} - count(*) FROM pg_trigger WHERE tgenabled = 'O' AND tgname IN {TRIGGERS}"
    ),
    "constraints of the value book stand": f"""
        SELECT {len(CHECKS) + len(ONCE)}, {len(CHECKS) + len(ONCE)}
            - (SELECT count(*) FROM pg_constraint WHERE convalidated AND conname IN {CHECKS})
            - (SELECT count(*) FROM pg_index WHERE indisunique AND indisvalid AND indexrelid::regclass::text IN {ONCE})
    """,
    "moves join accounts of one community and one asset": """
        SELECT count(*), count(*) FILTER (WHERE e.id IS NULL OR s.asset_id IS NULL OR s.asset_id IS DISTINCT FROM d.asset_id)
        FROM ledger_move m LEFT JOIN ledger_entry e ON e.community_id = m.community_id AND e.id = m.entry
        LEFT JOIN ledger_account s ON s.community_id = m.community_id AND s.id = m.src
        LEFT JOIN ledger_account d ON d.community_id = m.community_id AND d.id = m.dst
    """,
    "entries hold all their moves": """
        SELECT count(*), count(*) FILTER (WHERE (m.first, m.last) IS DISTINCT FROM (1, m.many))
        FROM ledger_entry e LEFT JOIN (SELECT community_id, entry, min(n)::bigint AS first, max(n)::bigint AS last, count(*) AS many
            FROM ledger_move GROUP BY 1, 2) m ON m.community_id = e.community_id AND m.entry = e.id
    """,
    "digests are those of what was posted": f"""
        SELECT count(*), count(*) FILTER (WHERE digest IS DISTINCT FROM counted) FROM (SELECT e.digest, {DIGEST} AS counted
            FROM ledger_entry e JOIN ledger_move m ON m.community_id = e.community_id AND m.entry = e.id
            JOIN ledger_account s ON s.community_id = m.community_id AND s.id = m.src
            JOIN ledger_account d ON d.community_id = m.community_id AND d.id = m.dst GROUP BY e.community_id, e.id) entries
    """,
    "balances are the sums of their moves": f"""
        SELECT count(*), count(*) FILTER (WHERE a.balance <> CASE WHEN a.floor IS NULL THEN 0 ELSE COALESCE(f.sum, 0) END)
        FROM ledger_account a LEFT JOIN {FLOWS} f ON f.community_id = a.community_id AND f.account = a.id
    """,
    "no balance is below its floor": "SELECT count(*), count(*) FILTER (WHERE balance < floor) FROM ledger_account WHERE floor IS NOT NULL",
    "all accounts of an asset sum to zero": f"""
        SELECT count(*), count(*) FILTER (WHERE sum <> 0) FROM (
            SELECT sum(CASE WHEN a.floor IS NULL THEN COALESCE(f.sum, 0) ELSE a.balance END) AS sum FROM ledger_account a
            LEFT JOIN {FLOWS} f ON f.community_id = a.community_id AND f.account = a.id GROUP BY a.community_id, a.asset_id) assets
    """,
    "reversals move back what was moved, once": """
        SELECT count(*), count(*) FILTER (WHERE e.id IS NULL OR e.reverses IS NOT NULL OR
            (SELECT array_agg((m.src, m.dst, m.amount) ORDER BY m.src, m.dst, m.amount) FROM ledger_move m
                WHERE m.community_id = r.community_id AND m.entry = r.id) IS DISTINCT FROM
            (SELECT array_agg((m.dst, m.src, m.amount) ORDER BY m.dst, m.src, m.amount) FROM ledger_move m
                WHERE m.community_id = r.community_id AND m.entry = r.reverses))
        FROM ledger_entry r LEFT JOIN ledger_entry e ON e.community_id = r.community_id AND e.id = r.reverses
        WHERE r.reverses IS NOT NULL
    """,
    "no entry lies in the future": """
        SELECT count(*), count(*) FILTER (WHERE greatest(at, posted_at) > now() + interval '1 day') FROM ledger_entry
    """,
    "checkpoints equal the moves up to them": """
        SELECT count(*), count(*) FILTER (WHERE c.balance <>
            COALESCE((SELECT sum(m.amount) FROM ledger_move m WHERE m.community_id = c.community_id AND m.dst = c.account
                AND m.entry <= c.upto_entry), 0)
            - COALESCE((SELECT sum(m.amount) FROM ledger_move m WHERE m.community_id = c.community_id AND m.src = c.account
                AND m.entry <= c.upto_entry), 0))
        FROM ledger_checkpoint c
    """,
    "seals chain over every row they cover": """
        SELECT count(*), count(*) FILTER (WHERE prev <> last OR upto_entry <= before
            OR root <> ledger_root(community_id, before, upto_entry, day, last) OR entries <> (SELECT count(*) FROM ledger_entry e
                WHERE e.community_id = s.community_id AND e.id > before AND e.id <= upto_entry))
        FROM (SELECT *, lag(upto_entry, 1, 0::bigint) OVER chain AS before, lag(root, 1, ''::varchar) OVER chain AS last FROM ledger_seal
            WINDOW chain AS (PARTITION BY community_id ORDER BY day)) s
    """,
}


def audit() -> list[Promise]:
    """Check what the book promises; one Promise each. Reads the whole book: minutes for millions of moves."""
    with connection.cursor() as cursor:
        found = []
        for name, sql in AUDIT.items():
            cursor.execute(sql)
            found.append(Promise(name, *cursor.fetchone()))
    return found
