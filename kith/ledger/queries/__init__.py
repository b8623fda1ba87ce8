"""Reads of the value book."""

from kith.ledger.queries.auditing import audit
from kith.ledger.queries.reading import (
    account,
    accounts,
    assets,
    balance,
    balances,
    balances_of_each,
    entries_by_id,
    entries_of,
    entry,
    last_seal,
    money_entries,
    named,
    statement_rows,
    totals,
)

__all__ = [
    "account", "accounts", "assets", "audit", "balance", "balances", "balances_of_each", "entries_by_id", "entries_of", "entry",
    "last_seal", "money_entries", "named", "statement_rows", "totals",
]  # fmt: skip
