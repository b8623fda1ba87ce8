"""Reads of share."""

from kith.share.queries.auditing import audit
from kith.share.queries.contributing import (
    contributions,
    fund_of,
    paid_by,
    pool_account,
    pool_row,
    pool_runs,
    pools_of,
    preview_pool,
)
from kith.share.queries.exporting import OWED_HEAD, PAYOUTS_HEAD, beancount, owed_rows, payout_rows
from kith.share.queries.freezing import frozen_of, promised_by_launch
from kith.share.queries.money import (
    as_payout,
    currencies_of,
    money_of,
    owed,
    owed_by_person,
    payout,
    payout_row,
    payouts,
    providers_of,
    scale_of,
)
from kith.share.queries.picturing import shown_offers, where_it_goes
from kith.share.queries.rules import cuts_of, pays_second, rule_at, rules_of, sign_of
from kith.share.queries.sales import account_of, kept, promises_of_sale, sale_row
from kith.share.queries.stating import statement, statements_of

__all__ = [
    "OWED_HEAD", "PAYOUTS_HEAD", "account_of", "as_payout", "audit", "beancount", "contributions", "currencies_of", "cuts_of", "frozen_of",
    "fund_of", "kept", "money_of", "owed", "owed_by_person", "owed_rows", "paid_by", "payout", "payout_row", "payout_rows", "payouts",
    "pays_second", "pool_account", "pool_row", "pool_runs", "pools_of", "preview_pool", "promised_by_launch", "promises_of_sale",
    "providers_of", "rule_at", "rules_of", "sale_row", "scale_of", "shown_offers", "sign_of", "statement", "statements_of", "where_it_goes",
]  # fmt: skip
