"""What crosses the door of see, a module a subject."""

from kith.see.data.what_if import (
    LaunchSeeds,
    Seed,
    TooManyAtOnce,
    With,
    Without,
)
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
    Coefficients,
    HalfLife,
    Marks,
    NotTriedYet,
    Record,
    Trials,
)

__all__ = [
    "ERRANDS", "SCORE", "STATES", "TRIED", "Alive", "AlreadyEnded", "AlreadyTaken", "AtRisk", "Coefficients", "Cohort",
    "Concentration", "Cooling", "Crisis", "Dependence", "Errand", "Exchange", "Findings", "HalfLife", "HardSoft",
    "HistoryTooLong", "Indicator", "Introduction", "LaunchSeeds", "Levels", "Lift", "Listing", "MapFile", "Marks",
    "Measure", "Newcomers", "NoSuchErrand", "NoSuchIntroduction", "NoSuchMonth", "Node", "NotBetweenThem",
    "NotMeasured", "NotOnTheMap", "NotReported", "NotTriedYet", "Numbers", "OneOfTheTwo", "OtherPicture", "Outcome",
    "PairView", "Period", "PersonView", "Quarter", "Question", "QuestionClosed", "Reason", "Record", "Removal",
    "Report", "Risk", "RunnersOnly", "Seed", "SeenTie", "Side", "Somebody", "Stage", "Summary", "Suspect",
    "TooManyAtOnce", "Trials", "Unheard", "UnknownSort", "Waiting", "Window", "With", "Without",
]  # fmt: skip
