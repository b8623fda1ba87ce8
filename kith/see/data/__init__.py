"""What crosses the door of see, a module a subject."""

from kith.see.data.errands import ERRANDS, STATES, AlreadyEnded, AlreadyTaken, Errand, NoSuchErrand, Outcome, RunnersOnly
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
    "ERRANDS", "STATES", "Alive", "AlreadyEnded", "AlreadyTaken", "Cohort", "Concentration", "Cooling", "Crisis",
    "Dependence", "Errand", "Exchange", "Findings", "HardSoft", "Indicator", "Levels", "Listing", "MapFile",
    "Measure", "Newcomers", "NoSuchErrand", "Node", "NotMeasured", "NotOnTheMap", "Numbers", "Outcome", "PairView",
    "Period", "PersonView", "Quarter", "Reason", "Removal", "Report", "RunnersOnly", "SeenTie", "Side", "Somebody",
    "Stage", "Summary", "Suspect", "UnknownSort", "Waiting", "Window",
]  # fmt: skip
