"""The door of share."""

from kith.share.actions import adjust, drop_shares, expect, promise, release, sign_second_tier, write_rule
from kith.share.data import (
    POLICIES,
    ROLES,
    BadCredits,
    BadCuts,
    ChannelCapped,
    Credit,
    Cut,
    FoundersOnly,
    MoreThanAll,
    NoSuchPayee,
    NotAShare,
    OtherSale,
    OtherText,
    Payee,
    PromiseValue,
    RuleValue,
    Sale,
    SaleLine,
    SecondTierUnsigned,
    SharesAreReal,
    SignValue,
)
from kith.share.queries import account_of, audit, kept, promises_of_sale, rules_of, sign_of
from kith.share.rules import ACK_VERSION, CAP_PPM, DEBT_LIMIT_MINOR

__all__ = [
    "ACK_VERSION", "CAP_PPM", "DEBT_LIMIT_MINOR", "POLICIES", "ROLES", "BadCredits", "BadCuts", "ChannelCapped", "Credit", "Cut",
    "FoundersOnly", "MoreThanAll", "NoSuchPayee", "NotAShare", "OtherSale", "OtherText", "Payee", "PromiseValue", "RuleValue", "Sale",
    "SaleLine", "SecondTierUnsigned", "SharesAreReal", "SignValue", "account_of", "adjust", "audit", "drop_shares", "expect", "kept",
    "promise", "promises_of_sale", "release", "rules_of", "sign_of", "sign_second_tier", "write_rule",
]  # fmt: skip
