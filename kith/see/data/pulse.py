"""What crosses the door of see: who may leave, and whom nobody hears."""

from dataclasses import dataclass
from datetime import datetime

from kith.see.data.errands import Errand
from kith.see.data.pictures import Reason, Somebody


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Somebody likely to fall silent, in the order of what would be lost; `errand` is the newest about them that somebody took."""

    who: Somebody
    risk: float
    stake: float
    silent_days: int
    reason: Reason
    errand: Errand | None


@dataclass(frozen=True, slots=True)
class Unheard:
    """Somebody nobody has turned to since `since_at`: since a word (`source`), or since they came in ("")."""

    who: Somebody
    since_at: datetime
    source: str
    is_newcomer: bool
