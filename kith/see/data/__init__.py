"""What crosses the door of see, a module a subject."""

from kith.see.data.errands import (
    ERRANDS,
    STATES,
    AlreadyEnded,
    AlreadyTaken,
    Errand,
    NoSuchErrand,
    Outcome,
    RunnersOnly,
)
from kith.see.data.meeting import (
    Introduction,
    Lift,
    NoSuchIntroduction,
    NotBetweenThem,
    OneOfTheTwo,
    Question,
    QuestionClosed,
)
from kith.see.data.pictures import (
    Cooling,
    Exchange,
    HistoryTooLong,
    Listing,
    MapFile,
    NoSuchMonth,
    Node,
    NotOnTheMap,
    OtherPicture,
    PairView,
    Period,
    PersonView,
    Reason,
    Risk,
    SeenTie,
    Somebody,
    Summary,
    UnknownSort,
)
from kith.see.data.pulse import (
    AtRisk,
    Unheard,
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
    NotReported,
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
from kith.see.data.trials import (
    SCORE,
    TRIED,
    HalfLife,
    Marks,
    Record,
)

__all__ = [
    "ERRANDS", "SCORE", "STATES", "TRIED", "Alive", "AlreadyEnded", "AlreadyTaken", "AtRisk", "Cohort",
    "Concentration", "Cooling", "Crisis", "Dependence", "Errand", "Exchange", "Findings", "HalfLife", "HardSoft",
    "HistoryTooLong", "Indicator", "Introduction", "Levels", "Lift", "Listing", "MapFile", "Marks", "Measure",
    "Newcomers", "NoSuchErrand", "NoSuchIntroduction", "NoSuchMonth", "Node", "NotBetweenThem", "NotMeasured",
    "NotOnTheMap", "NotReported", "Numbers", "OneOfTheTwo", "OtherPicture", "Outcome", "PairView", "Period",
    "PersonView", "Quarter", "Question", "QuestionClosed", "Reason", "Record", "Removal", "Report", "Risk",
    "RunnersOnly", "SeenTie", "Side", "Somebody", "Stage", "Summary", "Suspect", "Unheard", "UnknownSort", "Waiting",
    "Window",
]  # fmt: skip
