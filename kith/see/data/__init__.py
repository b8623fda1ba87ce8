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
from kith.see.data.report import (
    Alive,
    Cohort,
    Concentration,
    Crisis,
    Dependence,
    Findings,
    HardSoft,
    Indicator,
    Levels,
    Measure,
    Newcomers,
    NotMeasured,
    Numbers,
    Quarter,
    Removal,
    Report,
    Side,
    Stage,
    Suspect,
    Waiting,
    Window,
)

__all__ = [
    "ERRANDS", "STATES", "Alive", "Cohort", "Concentration", "Cooling", "Crisis", "Dependence", "Exchange",
    "Findings", "HardSoft", "Indicator", "Levels", "Listing", "MapFile", "Measure", "Newcomers", "Node",
    "NotMeasured", "NotOnTheMap", "Numbers", "PairView", "Period", "PersonView", "Quarter", "Reason", "Removal",
    "Report", "SeenTie", "Side", "Somebody", "Stage", "Summary", "Suspect", "UnknownSort", "Waiting", "Window",
]  # fmt: skip
