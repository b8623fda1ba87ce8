"""What the API shows."""

from kith.rest.schemas.authors import (
    Author,
)
from kith.rest.schemas.callers import (
    Fields,
    Invalid,
    MadeTokenOut,
    Me,
    Refused,
    TokenOut,
    Wrong,
)
from kith.rest.schemas.communities import (
    Act,
    Acts,
    Answered,
    Application,
    Applications,
    Brief,
    Claimed,
    ClaimLink,
    Communities,
    Community,
    Decisions,
    Door,
    Invitation,
    Members,
    Offered,
    OwnApplication,
    Place,
    Value,
    brief,
    values_of,
    whole,
)
from kith.rest.schemas.conduct import (
    Agreement,
    Agreements,
    AgreementVersions,
    FlagCase,
    FlagCases,
    HeldText,
    HeldTexts,
    Limits,
    Measure,
    Measures,
    MyCases,
)
from kith.rest.schemas.daily import (
    BookmarkOut,
    Bookmarks,
    Correspondent,
    Correspondents,
    Found,
    Heard,
    Hit,
    Letters,
    Message,
    NoticeBundle,
    Notices,
    NoticeWish,
    NoticeWishes,
    Piece,
    ReportedMessages,
    UnheardList,
    UnheardPerson,
    Unread,
)
from kith.rest.schemas.maps import (
    Map,
    Seeds,
    Without,
)
from kith.rest.schemas.network import (
    Exchange,
    Network,
    Node,
    Pair,
    People,
    PersonInNetwork,
    Record,
    Report,
    SuperNodes,
    Tie,
    Ties,
    Trials,
    Warmth,
    Week,
    Who,
)
from kith.rest.schemas.pulse import (
    Errand,
    Introduction,
    Introductions,
    Pulse,
    Question,
    Questions,
    Wishes,
)
from kith.rest.schemas.simulations import (
    Simulation,
    Simulations,
)
from kith.rest.schemas.talk import (
    Draft,
    Feed,
    Picture,
    Post,
    PostWithLatest,
    Quoted,
    Thanked,
    Thanks,
    Thread,
)

__all__ = [
    "Act", "Acts", "Agreement", "AgreementVersions", "Agreements", "Answered", "Application", "Applications", "Author", "BookmarkOut",
    "Bookmarks", "Brief", "ClaimLink", "Claimed", "Communities", "Community", "Correspondent", "Correspondents", "Decisions", "Door",
    "Draft", "Errand", "Exchange", "Feed", "Fields", "FlagCase", "FlagCases", "Found", "Heard", "HeldText", "HeldTexts", "Hit", "Introduction",
    "Introductions", "Invalid", "Invitation", "Letters", "Limits", "MadeTokenOut", "Map", "Me", "Measure", "Measures", "Members", "Message",
    "MyCases", "Network", "Node", "NoticeBundle", "NoticeWish", "NoticeWishes", "Notices", "Offered", "OwnApplication", "Pair", "People",
    "PersonInNetwork", "Picture", "Piece", "Place", "Post", "PostWithLatest", "Pulse", "Question", "Questions", "Quoted", "Record",
    "Refused", "Report", "ReportedMessages", "Seeds", "Simulation", "Simulations", "SuperNodes", "Thanked", "Thanks", "Thread", "Tie",
    "Ties", "TokenOut", "Trials", "UnheardList", "UnheardPerson", "Unread", "Value", "Warmth", "Week", "Who", "Wishes", "Without", "Wrong",
    "brief", "values_of", "whole",
]  # fmt: skip
