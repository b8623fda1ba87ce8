"""Statements: what moved in somebody's account since the one before, closed by a digest that names it."""

from datetime import datetime, timedelta

from django.db import transaction

from kith.ledger import api as ledger
from kith.ledger.api import AccountValue
from kith.people.api import Community, every_community
from kith.share import rules
from kith.share.models import Statement
from kith.share.queries import currencies_of


def close_statements(*, community: Community, period: str, now: datetime) -> int:
    """Write the statement of a month for everybody who has an account; what comes later stands in the next. Returns how many.

    A month is stated once; one in which nothing moved says so.
    """
    mark = ledger.watermark(community=community)
    made = 0
    for currency in currencies_of(community):
        for account in ledger.accounts(community, role="share", asset=currency):
            with transaction.atomic():
                made += _close(community, account, period, mark, now)
    return made


def _close(community: Community, account: AccountValue, period: str, mark: int, now: datetime) -> bool:
    mine = {"community": community, "person_id": account.name.owner_id, "currency": account.name.asset}
    last = Statement.objects.filter(**mine).order_by("-n").first()
    if Statement.objects.filter(**mine, period=period).exists() or (last is not None and last.period > period):
        return False
    after = (last.upto_entry + 1, 0) if last else (0, 0)
    rows = ledger.statement_rows(community, account.id, after=after, before=(mark + 1, 0))
    opening, prev = (last.closing_minor, last.digest) if last else (0, "")
    inflow = sum(row.amount_minor for row in rows if row.amount_minor > 0)
    outflow = -sum(row.amount_minor for row in rows if row.amount_minor < 0)
    upto = max(mark, last.upto_entry if last else 0)
    facts = rules.Stated(
        account.name.owner_id, account.name.asset, last.n + 1 if last else 1, period, upto, opening, inflow, outflow,
        opening + inflow - outflow, tuple((row.entry_id, row.n, row.kind, row.amount_minor) for row in rows), prev,
    )  # fmt: skip
    _, is_new = Statement.objects.get_or_create(
        **mine, n=facts.n,
        defaults={
            "period": period, "from_entry": after[0], "upto_entry": upto, "opening_minor": opening, "inflow_minor": inflow,
            "outflow_minor": outflow, "closing_minor": facts.closing_minor, "lines": len(rows), "digest": rules.stated_digest(facts),
            "prev": prev, "made_at": now,
        },
    )  # fmt: skip
    return is_new


def close_month(*, now: datetime) -> int:
    """Write the statements of the month before in every community."""
    period = f"{now.replace(day=1) - timedelta(days=1):%Y-%m}"
    return sum(close_statements(community=community, period=period, now=now) for community in every_community())
