"""What crosses the door of see, a module a subject."""

from kith.see.data.errands import ERRANDS, STATES
from kith.see.data.pictures import (
    Cooling,
    Exchange,
    Listing,
    MapFile,
    Node,
    NotOnTheMap,
    PairView,
    Period,
    PersonView,
    Reason,
    SeenTie,
    Somebody,
    Summary,
    UnknownSort,
)

__all__ = [
    "ERRANDS", "STATES", "Cooling", "Exchange", "Listing", "MapFile", "Node", "NotOnTheMap", "PairView", "Period", "PersonView", "Reason", "SeenTie", "Somebody", "Summary", "UnknownSort",
]  # fmt: skip
