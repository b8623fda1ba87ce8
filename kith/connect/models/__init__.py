"""The tables of connect, by subject."""

from kith.connect.models.announcing import (
    Announcement,
    Copy,
)
from kith.connect.models.chains import (
    Chain,
    ChainLine,
)
from kith.connect.models.checkins import (
    Challenge,
    Checkin,
)
from kith.connect.models.columns import (
    ImageUse,
    SpaceAuthor,
)
from kith.connect.models.daily import (
    DailyReport,
)
from kith.connect.models.devices import (
    Device,
)
from kith.connect.models.events import (
    Answer,
    CalendarKey,
    Event,
)
from kith.connect.models.flagging import (
    Case,
    Flag,
)
from kith.connect.models.group_codes import (
    ChatGroup,
    GroupCode,
    GroupCodeDay,
)
from kith.connect.models.holding import (
    Held,
)
from kith.connect.models.ideas import (
    Credited,
    Idea,
    ProductOwner,
    Support,
)
from kith.connect.models.lived import Lived
from kith.connect.models.messaging import (
    Block,
    Bookmark,
    Conversation,
    Message,
)
from kith.connect.models.posters import (
    Arrival,
    Poster,
)
from kith.connect.models.rooms import (
    Room,
)
from kith.connect.models.searching import (
    Words,
)
from kith.connect.models.talk import (
    Draft,
    Image,
    News,
    Post,
    Space,
    Thank,
)
from kith.connect.models.telling import (
    Hearing,
    Mute,
    Notice,
    Told,
    Wish,
)

__all__ = [
    "Announcement", "Answer", "Arrival", "Block", "Bookmark", "CalendarKey", "Case", "Chain", "ChainLine", "Challenge", "ChatGroup", "Checkin",
    "Conversation", "Copy", "Credited", "DailyReport", "Device", "Draft", "Event", "Flag", "GroupCode", "GroupCodeDay", "Hearing", "Held",
    "Idea", "Image", "ImageUse", "Lived", "Message", "Mute", "News", "Notice", "Post", "Poster", "ProductOwner", "Room", "Space", "SpaceAuthor",
    "Support", "Thank", "Told", "Wish", "Words",
]  # fmt: skip
