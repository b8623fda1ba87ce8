"""The tables of gather, by subject."""

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
    "Application",
    "Claim",
    "Invitation",
    "Ladder",
    "TierState",
    "TierTerms",
]
