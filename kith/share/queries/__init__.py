"""Reads of share."""

from kith.share.queries.auditing import audit
from kith.share.queries.rules import cuts_of, rule_at, rules_of, sign_of
from kith.share.queries.sales import account_of, kept, promises_of_sale, sale_row

__all__ = ["account_of", "audit", "cuts_of", "kept", "promises_of_sale", "rule_at", "rules_of", "sale_row", "sign_of"]
