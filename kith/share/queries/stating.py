"""Statements: what moved in somebody's account in a month, closed by a digest that names the one before."""

from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.people.api import Community, Person
from kith.share import rules
from kith.share.data import NoSuchPayout, StatementPage, StatementValue
from kith.share.models import Statement
from kith.share.queries.money import lines_between, scale_of


def as_statement(row: Statement) -> StatementValue:
    return StatementValue(
        row.currency, scale_of(row.currency), row.n, row.period, row.opening_minor, row.inflow_minor, row.outflow_minor, row.closing_minor,
        row.lines, row.digest, row.prev, row.made_at,
    )  # fmt: skip


def statements_of(community: Community, person: Person) -> list[StatementValue]:
    """Return somebody's statements, newest first. One query."""
    rows = Statement.objects.filter(community=community, person=person)
    return [as_statement(row) for row in rows.order_by("currency", "-n")]


def statement(community: Community, person: Person, currency: str, n: int) -> StatementPage:
    """Return a statement with its lines.

    Raises:
        NoSuchPayout: there is none of that person's here.

    """
    row = Statement.objects.filter(community=community, person=person, currency=currency, n=n).first()
    account = ledger.account(community, AccountName("share", currency, "person", person.pk)) if row else None
    if row is None or account is None:
        raise NoSuchPayout
    return StatementPage(
        as_statement(row), person.name, lines_between(community, account.id, row.from_entry, row.upto_entry)
    )


def is_whole(row: Statement, community: Community) -> bool:
    """Tell whether the digest of a statement is that of the lines the book has."""
    account = ledger.account(community, AccountName("share", row.currency, "person", row.person_id))
    after, before = (row.from_entry, 0), (row.upto_entry + 1, 0)
    lines = ledger.statement_rows(community, account.id, after=after, before=before) if account else []
    facts = rules.Stated(
        row.person_id, row.currency, row.n, row.period, row.upto_entry, row.opening_minor, row.inflow_minor, row.outflow_minor,
        row.closing_minor, tuple((line.entry_id, line.n, line.kind, line.amount_minor) for line in lines), row.prev,
    )  # fmt: skip
    moved = sum(line.amount_minor for line in lines)
    return rules.stated_digest(facts) == row.digest and moved == row.closing_minor - row.opening_minor
