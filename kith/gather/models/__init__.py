"""The tables of gather, by subject."""

from kith.gather.models.conduct import (
    Acceptance,
    Agreement,
    Limit,
    Sanction,
)
from kith.gather.models.entering import (
    Application,
    Claim,
    Invitation,
)
from kith.gather.models.tiers import (
    Ladder,
    TierState,
    TierTerms,
)

__all__ = [
    "Acceptance",
    "Agreement",
    "Application",
    "Claim",
    "Invitation",
    "Ladder",
    "Limit",
    "Sanction",
    "TierState",
    "TierTerms",
]
