"""What share promises, checked over every community against its rows and the value book."""

from collections import defaultdict

from django.db import connection
from django.db.models import F, Sum

from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.lib.books import Promise as Kept
from kith.lib.split import WHOLE_PPM
from kith.people.api import Community, every_community
from kith.share.data import Payee
from kith.share.models import Gift, Payout, Pour, Promise, Statement
from kith.share.queries.sales import account_of
from kith.share.queries.stating import is_whole
from kith.share.rules import CAP_PPM, OPEN

AUDIT = {
    "promises of a line sum to what was shared of it": """
        SELECT count(*), count(*) FILTER (WHERE l.base::bigint IS DISTINCT FROM p.sum) FROM share_sale s
        CROSS JOIN LATERAL jsonb_each_text(s.bases) l(n, base)
        LEFT JOIN (SELECT sale_id, n, sum(amount_minor) AS sum FROM share_promise GROUP BY 1, 2) p ON p.sale_id = s.id AND p.n = l.n::int
    """,
    "rates of a line are the whole": """
        SELECT count(*), count(*) FILTER (WHERE sum <> 1000000) FROM (SELECT sum(rate_ppm) FROM share_promise GROUP BY sale_id, n) lines
    """,
    "who recommends gets no more than the cap": f"""
        SELECT count(*), count(*) FILTER (WHERE sum > {CAP_PPM}) FROM (SELECT sum(rate_ppm) FROM share_promise
            WHERE role IN ('channel', 'second') GROUP BY sale_id, n) lines
    """,
    "a second tier is paid under a signed rule only": """
        SELECT count(*), count(*) FILTER (WHERE r.signed_id IS NULL) FROM share_promise p JOIN share_sale s ON s.id = p.sale_id
        JOIN share_rule r ON r.id = s.rule_id WHERE p.role = 'second'
    """,
    "a payout is approved by another than made it or gets it": """
        SELECT count(*), count(*) FILTER (WHERE approved_by_id IN (made_by_id, person_id)) FROM share_payout WHERE approved_by_id IS NOT NULL
    """,
    "what a pool gave out is what everybody got of it": """
        SELECT count(*), count(*) FILTER (WHERE r.amount_minor IS DISTINCT FROM g.sum) FROM share_poolrun r
        LEFT JOIN (SELECT run_id, sum(amount_minor) AS sum FROM share_gift GROUP BY 1) g ON g.run_id = r.id
    """,
    "statements chain without a gap": """
        SELECT count(*), count(*) FILTER (WHERE prev <> before OR opening_minor <> left_minor OR n <> place OR from_entry <> next_entry) FROM (
            SELECT *, row_number() OVER chain AS place, lag(digest, 1, ''::varchar) OVER chain AS before,
                lag(closing_minor, 1, 0::bigint) OVER chain AS left_minor, lag(upto_entry + 1, 1, 0::bigint) OVER chain AS next_entry
            FROM share_statement WINDOW chain AS (PARTITION BY community_id, person_id, currency ORDER BY n)) s
    """,
    "what is withheld is below the payout it is of, and by the rate of a rule": f"""
        SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM share_rule r WHERE r.community_id = p.community_id
            AND r.at <= p.made_at AND p.withheld_minor = (p.amount_minor * r.withheld_ppm + {WHOLE_PPM // 2}) / {WHOLE_PPM}))
        FROM share_payout p WHERE p.withheld_minor > 0
    """,
    "what is borne of a share is what a refund took of it": """
        SELECT count(*), count(*) FILTER (WHERE borne_minor < 0 OR kept_minor + borne_minor > amount_minor) FROM share_promise
    """,
    "nobody bears anything before the release": """
        SELECT count(*), count(*) FILTER (WHERE p.borne_minor <> 0) FROM share_promise p JOIN share_sale s ON s.id = p.sale_id
        WHERE s.state = 'held'
    """,
}


def audit() -> list[Kept]:
    """Check what share promises; one Promise each."""
    with connection.cursor() as cursor:
        found = []
        for name, sql in AUDIT.items():
            cursor.execute(sql)
            found.append(Kept(name, *cursor.fetchone()))
    return [*found, _owed(), _on_way(), _stated()]


def _owed() -> Kept:
    """Compare the accounts of the value book with what was released, less what was clawed back."""
    checked = broken = 0
    for community in every_community():
        due = _due(community)
        there = {a.name: a.balance_minor for a in _accounts(community, {name.asset for name in due})}
        checked += len(there.keys() | due.keys())
        broken += sum(there.get(name, 0) != due.get(name, 0) for name in there.keys() | due.keys())
    return Kept("what is owed is what was released, less what came back and was paid", checked, broken)


def _accounts(community: Community, currencies: set[str]) -> list[ledger.AccountValue]:
    return [
        a
        for role in ("share", "pool")
        for c in sorted(currencies)
        for a in ledger.accounts(community, role=role, asset=c)
    ]


def _due(community: Community) -> dict[AccountName, int]:
    """Return what should stand in each account by the rows of share."""
    due: dict[AccountName, int] = defaultdict(int)
    released = Promise.objects.filter(community=community, sale__state="released").exclude(role="house")
    for role, person_id, pool_id, currency, total in released.values_list(
        "role", "person", "pool", "sale__currency"
    ).annotate(total=Sum(F("kept_minor") + F("borne_minor"))):
        due[account_of(Payee(role, person_id or 0, pool_id or 0), currency)] += total
    paid = Payout.objects.filter(community=community).exclude(status__in=("failed", "cancelled")).order_by()
    for person_id, currency, total in paid.values_list("person", "currency").annotate(Sum("amount_minor")):
        due[AccountName("share", currency, "person", person_id)] -= total
    gifts = Gift.objects.filter(community=community).order_by().values_list("run__pool", "person", "run__currency")
    for pool_id, person_id, currency, total in gifts.annotate(Sum("amount_minor")):
        due[AccountName("share", currency, "person", person_id)] += total
        due[AccountName("pool", currency, "pool", pool_id)] -= total
    for p in Pour.objects.filter(community=community):
        due[AccountName("pool", p.currency, "pool", p.pool_id)] += p.amount_minor
        due[AccountName("pool", p.currency, "fund")] -= p.amount_minor
    return due


def _on_way() -> Kept:
    """Compare what is set aside for payouts in the value book with those that are open."""
    checked = broken = 0
    for community in every_community():
        rows = Payout.objects.filter(community=community)
        due = {(row.pk, row.currency): row.amount_minor for row in rows.filter(status__in=OPEN)}
        currencies = set(rows.order_by().values_list("currency", flat=True).distinct())
        there = {
            (a.name.owner_id, a.name.asset): a.balance_minor
            for c in sorted(currencies) for a in ledger.accounts(community, role="transit", asset=c)
            if a.name.owner_kind == "payout" and a.balance_minor
        }  # fmt: skip
        checked += len(due)
        broken += sum(there.get(place) != due.get(place) for place in there.keys() | due.keys())
    return Kept("what is set aside for payouts is what is on its way", checked, broken)


def _stated() -> Kept:
    """Compute the digest of every statement anew from the lines of the book."""
    rows = list(Statement.objects.select_related("community").order_by("pk"))
    return Kept("statements say what the book says", len(rows), sum(not is_whole(row, row.community) for row in rows))
