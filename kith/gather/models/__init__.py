"""The tables of gather, by subject."""

from kith.gather.models.entering import (
    Application,
    Claim,
    Invitation,
)

__all__ = [
    "Application",
    "Claim",
    "Invitation",
]
