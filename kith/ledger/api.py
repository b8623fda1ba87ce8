"""The door of the value book."""

from kith.ledger.actions import (
    close_account,
    drop_book,
    keep_checkpoints,
    make_asset,
    open_account,
    post,
    post_many,
    reverse,
    seal,
    seal_all,
    watermark,
)
from kith.ledger.data import (
    AccountClosed,
    AccountName,
    AccountNotEmpty,
    AccountValue,
    AlreadyReversed,
    AssetValue,
    BadAmount,
    BadFloor,
    BadMoves,
    BadName,
    BalanceTooLarge,
    BookBusy,
    EntryValue,
    KeyReused,
    NewMove,
    NoSuchEntry,
    NotReversible,
    OtherAsset,
    Overdraft,
    Posted,
    Posting,
    SealValue,
    StatementRow,
    UnknownAccountRole,
    UnknownAsset,
)
from kith.ledger.queries import (
    account,
    accounts,
    assets,
    audit,
    balance,
    balances,
    balances_of_each,
    entries_of,
    entry,
    last_seal,
    money_entries,
    statement_rows,
    totals,
)
from kith.ledger.rules import ROLES
from kith.lib.books import AppendOnly, NotInvented

__all__ = [
    "ROLES", "AccountClosed", "AccountName", "AccountNotEmpty", "AccountValue", "AlreadyReversed", "AppendOnly", "AssetValue", "BadAmount",
    "BadFloor", "BadMoves", "BadName", "BalanceTooLarge", "BookBusy", "EntryValue", "KeyReused", "NewMove", "NoSuchEntry", "NotInvented",
    "NotReversible", "OtherAsset", "Overdraft", "Posted", "Posting", "SealValue", "StatementRow", "UnknownAccountRole", "UnknownAsset",
    "account", "accounts", "assets", "audit", "balance", "balances", "balances_of_each", "close_account", "drop_book", "entries_of",
    "entry", "keep_checkpoints", "last_seal", "make_asset", "money_entries", "open_account", "post", "post_many", "reverse", "seal",
    "seal_all", "statement_rows", "totals", "watermark",
]  # fmt: skip
