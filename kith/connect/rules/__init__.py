"""Decisions of connect, by subject. Pure."""

from kith.connect.rules.answering import (
    answers_of,
)
from kith.connect.rules.devices import (
    checked_device,
    is_given_up,
)
from kith.connect.rules.events import (
    DAY,
    LASTS,
    calendar,
    checked_event,
    ended_at,
    reminder,
)
from kith.connect.rules.flagging import (
    check_appeal,
    is_enough,
    is_trusted,
)
from kith.connect.rules.gates import (
    TITLE_LIMIT,
    is_grant,
    is_open,
    pictures,
    preview,
    previewed,
)
from kith.connect.rules.ideas import (
    checked_decision,
    checked_product,
    checked_shipment,
    checked_to_credit,
    numbers,
)
from kith.connect.rules.searching import (
    marked,
    sought,
    tsquery,
)
from kith.connect.rules.spaces import (
    checked_about,
    checked_groups,
    checked_kinds,
    checked_pin,
    checked_slow,
    checked_space_name,
)
from kith.connect.rules.telling import (
    ACTS,
    DEEDS,
    TO_ALL,
    WEEK_DAYS,
    bundled,
    checked_ears,
    checked_wish,
    digest_due,
    digest_since,
    is_quiet,
    loud,
    once_each,
)
from kith.connect.rules.texts import (
    MENTION,
    PICTURE,
    WHOLE,
    called,
    checked_kind,
    checked_plain,
    checked_text,
    excerpt,
    is_plain,
    mentioned,
    plain,
    possible_handles,
    rendered,
)

__all__ = [
    "ACTS", "DAY", "DEEDS", "LASTS", "MENTION", "PICTURE", "TITLE_LIMIT", "TO_ALL", "WEEK_DAYS", "WHOLE", "answers_of", "bundled", "calendar",
    "called", "check_appeal", "checked_about", "checked_decision", "checked_device", "checked_ears", "checked_event", "checked_groups",
    "checked_kind", "checked_kinds", "checked_pin", "checked_plain", "checked_product", "checked_shipment", "checked_slow",
    "checked_space_name", "checked_text", "checked_to_credit", "checked_wish", "digest_due", "digest_since", "ended_at", "excerpt", "is_enough",
    "is_given_up", "is_grant", "is_open", "is_plain", "is_quiet", "is_trusted", "loud", "marked", "mentioned", "numbers", "once_each",
    "pictures", "plain", "possible_handles", "preview", "previewed", "reminder", "rendered", "sought", "tsquery",
]  # fmt: skip
