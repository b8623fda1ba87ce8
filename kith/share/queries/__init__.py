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
from kith.share.queries.rules import cuts_of, rule_at, rules_of, sign_of
from kith.share.queries.sales import account_of, kept, promises_of_sale, sale_row

__all__ = ["account_of", "as_payout", "audit", "contributions", "currencies_of", "cuts_of", "fund_of", "kept", "money_of", "owed", "owed_by_person", "paid_by", "payout", "payout_row", "payouts", "pool_account", "pool_row", "pool_runs", "pools_of", "preview_pool", "promises_of_sale", "providers_of", "rule_at", "rules_of", "sale_row", "scale_of", "sign_of"]  # fmt: skip
