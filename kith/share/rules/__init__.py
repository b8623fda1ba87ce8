"""Pure decisions of share, by subject: what a rule may say, payouts, pools."""

from kith.lib.numbers import digest
from kith.share.rules.cutting import (
    ACK_VERSION,
    CAP_PPM,
    CREDITED,
    DEBT_LIMIT_MINOR,
    Drafted,
    check_credits,
    checked_cuts,
    moved,
    promised,
    rates,
    sale_digest,
)
from kith.share.rules.paying import (
    MACHINES,
    OPEN,
    PAYOUT,
    PAYOUT_LIMIT,
    Inflow,
    checked_key,
    checked_withheld,
    since,
    withheld,
)
from kith.share.rules.stating import Stated, stated_digest

__all__ = [
    "ACK_VERSION", "CAP_PPM", "CREDITED", "DEBT_LIMIT_MINOR", "MACHINES", "OPEN", "PAYOUT", "PAYOUT_LIMIT", "Drafted", "Inflow", "Stated",
    "check_credits", "checked_cuts", "checked_key", "checked_withheld", "digest", "moved", "promised", "rates", "sale_digest", "since",
    "stated_digest", "withheld",
]  # fmt: skip
