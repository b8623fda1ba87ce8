"""What crosses the door of share."""

from kith.share.data.refusals import (
    BadCredits,
    BadCuts,
    ChannelCapped,
    FoundersOnly,
    MoreThanAll,
    NoSuchPayee,
    NotAShare,
    OtherSale,
    OtherText,
    SecondTierUnsigned,
    SharesAreReal,
)
from kith.share.data.values import (
    POLICIES,
    ROLES,
    SALE_STATES,
    Credit,
    Cut,
    Kept,
    Payee,
    PromiseValue,
    RuleValue,
    Sale,
    SaleLine,
    SignValue,
)

__all__ = [
    "ROLES", "SALE_STATES", "BadCredits", "BadCuts", "ChannelCapped", "Credit", "Cut", "FoundersOnly", "Kept", "MoreThanAll", "NoSuchPayee",
    "NotAShare", "OtherSale", "OtherText", "POLICIES", "Payee", "PromiseValue", "RuleValue", "Sale", "SaleLine", "SecondTierUnsigned", "SharesAreReal",
    "SignValue",
]  # fmt: skip
