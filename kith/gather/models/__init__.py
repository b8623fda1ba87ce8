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
from kith.gather.models.figures import (
    Circle,
    CirclePlace,
    Duty,
    Figure,
    Treasure,
    TreasureUse,
)
from kith.gather.models.inviting import (
    Coming,
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
    "Circle",
    "CirclePlace",
    "Claim",
    "Coming",
    "Duty",
    "Figure",
    "Invitation",
    "Ladder",
    "Limit",
    "Sanction",
    "TierState",
    "TierTerms",
    "Treasure",
    "TreasureUse",
]
