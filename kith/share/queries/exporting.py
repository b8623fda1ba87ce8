"""Tables for accountants: what is owed, every payout, and the money of the value book as a Beancount ledger."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from kith.ledger import api as ledger
from kith.ledger.api import AccountName, EntryValue
from kith.lib.money import plain
from kith.lib.tables import Cell
from kith.people.api import Community
from kith.share.models import Payout
from kith.share.queries.money import owed, scale_of

OWED_HEAD = ("name", "person", "currency", "owed", "promised", "since", "said_where_to")
PAYOUTS_HEAD = (
    "no", "name", "person", "currency", "amount", "withheld", "transferred", "status", "provider", "made_by", "made_at", "approved_by", "approved_at", "ended_at", "proof",
)  # fmt: skip
BATCH = 2000
# Where the accounts of a role stand in a ledger of an accountant; their sign is the other way round.
PLACES = {
    "gateway": "Assets:Gateway", "bank": "Assets:Bank", "escrow": "Liabilities:Escrow", "limbo": "Liabilities:Limbo", "sales": "Income:Sales",
    "tax": "Liabilities:Tax", "fees": "Expenses:Fees", "unearned": "Liabilities:Unearned", "refund_cost": "Expenses:RefundCost",
    "share": "Liabilities:Share", "withheld": "Liabilities:Withheld", "transit": "Liabilities:Transit", "pool": "Liabilities:Pool",
    "ally": "Liabilities:Ally",
}  # fmt: skip


def owed_rows(community: Community) -> Iterator[list[Cell]]:
    """Yield what is owed, a row each, for a spreadsheet under OWED_HEAD."""
    for o in owed(community):
        amounts = [_decimal(n, o.scale) for n in (o.owed_minor, o.promised_minor)]
        yield [o.name, o.person_id, o.currency, *amounts, f"{o.since:%Y-%m-%d}" if o.since else "", o.said_where]


def payout_rows(community: Community) -> Iterator[list[Cell]]:
    """Yield every payout, oldest first, for a spreadsheet under PAYOUTS_HEAD; as many as there are."""
    rows = Payout.objects.select_related("person", "made_by", "approved_by").filter(community=community).order_by("pk")
    for p in rows.iterator(chunk_size=BATCH):
        yield [
            p.no, p.person.name, p.person_id, p.currency,
            *[_decimal(n, scale_of(p.currency)) for n in (p.amount_minor, p.withheld_minor, p.amount_minor - p.withheld_minor)], p.status, p.provider, p.made_by.name,
            _local(p.made_at), p.approved_by.name if p.approved_by else "", _local(p.approved_at), _local(p.ended_at), p.note,
        ]  # fmt: skip


def _decimal(amount_minor: int, scale: int) -> Decimal:
    return Decimal(plain(amount_minor, scale=scale))


def _local(at: datetime | None) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def beancount(community: Community) -> Iterator[str]:
    """Yield the money of a community's value book as a Beancount ledger: every entry, oldest first."""
    yield f'option "title" "{_quoted(community.name)}"\n'
    opened: set[str] = set()
    after = 0
    while batch := ledger.money_entries(community, after=after, limit=BATCH):
        for entry in batch:
            yield from _transaction(entry, opened)
        after = batch[-1].id


def _transaction(entry: EntryValue, opened: set[str]) -> Iterator[str]:
    moves = [m for m in entry.moves if m.src.role in PLACES]
    for name in dict.fromkeys(_place(n) for m in moves for n in (m.src, m.dst)):
        if name not in opened:
            opened.add(name)
            yield f"1970-01-01 open {name}\n"
    yield f'\n{timezone.localtime(entry.at):%Y-%m-%d} * "{_quoted(entry.kind)}" "{_quoted(entry.key)}"\n'
    for m in moves:
        amount = f"{plain(m.amount_minor, scale=scale_of(m.src.asset))} {m.src.asset}"
        yield f"  {_place(m.src)}  {amount}\n  {_place(m.dst)}  -{amount}\n"


def _place(name: AccountName) -> str:
    """Return the account as Beancount names it: `Liabilities:Share:Person-7`."""
    owner = f":{name.owner_kind.capitalize()}-{name.owner_id}" if name.owner_kind else ""
    return PLACES[name.role] + owner


def _quoted(text: str) -> str:
    return text.replace("\\", "").replace('"', "'").replace("\n", " ")
