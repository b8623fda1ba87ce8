"""Reads of connect, by subject."""

from kith.connect.queries.announcing import (
    announcement,
    announcements,
    last_groups,
)
from kith.connect.queries.answering import (
    space_answers,
)
from kith.connect.queries.authors import (
    GONE,
    author_of,
)
from kith.connect.queries.chains import (
    chain,
)
from kith.connect.queries.checkins import (
    challenge,
)
from kith.connect.queries.columns import (
    column,
    gated_space,
    gated_spaces,
    may_write,
)
from kith.connect.queries.daily import (
    day_of,
    has_day,
    settled,
)
from kith.connect.queries.daily_words import (
    DailyWords,
    daily_picture,
    daily_words,
)
from kith.connect.queries.devices import (
    count_devices,
    devices,
    push_key,
)
from kith.connect.queries.events import (
    calendar_rows,
    digest_of,
    event_ids,
    event_row,
    event_value,
    excerpt_of,
    guests,
    has_calendar,
    holder_of,
    own_answer,
)
from kith.connect.queries.flagging import (
    as_case,
    case_rows,
    cases,
    cases_of,
    count_cases,
    decided_cases,
    flagged_by,
    record_of,
)
from kith.connect.queries.gates import (
    GATED,
    Gates,
    check_open,
    gates,
)
from kith.connect.queries.group_codes import (
    count_needing,
    group_code,
    group_code_at,
    group_codes_of,
    running_out,
    visits_of,
)
from kith.connect.queries.holding import (
    as_held,
    count_held,
    held,
    held_of,
)
from kith.connect.queries.ideas import (
    board_counts,
    board_ids,
    credits_of,
    idea_numbers,
    idea_row,
    owns,
    product_owners,
)
from kith.connect.queries.keeping import (
    kept,
    note_of,
)
from kith.connect.queries.lived import (
    lived_of,
    lived_values,
)
from kith.connect.queries.messaging import (
    correspondents,
    letters,
    reported,
)
from kith.connect.queries.pictures import (
    pictures_of,
)
from kith.connect.queries.posters import (
    came_by,
    poster,
    poster_by_code,
    posters_of,
)
from kith.connect.queries.rooms import (
    space_names,
    space_of_circle,
    spaces_of_chapter,
)
from kith.connect.queries.searching import (
    search,
)
from kith.connect.queries.spaces import (
    space,
    space_counts,
    spaces,
)
from kith.connect.queries.talk import (
    DRAFT,
    EPOCH,
    NEW,
    PAGE,
    Opening,
    Reader,
    count,
    draft,
    feed,
    has_image,
    heads,
    newest_news,
    news_since,
    one,
    opening,
    row,
    some,
    thanks,
    thanks_in_thread,
    thread,
)
from kith.connect.queries.telling import (
    answerers,
    bell,
    ears,
    is_muted,
    loud,
    notices,
    wishes,
)
from kith.connect.queries.titles import (
    titles,
)

__all__ = [
    "DRAFT", "EPOCH", "GATED", "GONE", "NEW", "PAGE", "DailyWords", "Gates", "Opening", "Reader", "announcement", "announcements", "answerers",
    "as_case", "as_held", "author_of", "bell", "board_counts", "board_ids", "calendar_rows", "came_by", "case_rows", "cases", "cases_of",
    "chain", "challenge", "check_open", "column", "correspondents", "count", "count_cases", "count_devices", "count_held", "count_needing",
    "credits_of", "daily_picture", "daily_words", "day_of", "decided_cases", "devices", "digest_of", "draft", "ears", "event_ids", "event_row",
    "event_value", "excerpt_of", "feed", "flagged_by", "gated_space", "gated_spaces", "gates", "group_code", "group_code_at", "group_codes_of",
    "guests", "has_calendar", "has_day", "has_image", "heads", "held", "held_of", "holder_of", "idea_numbers", "idea_row", "is_muted", "kept",
    "last_groups", "letters", "lived_of", "lived_values", "loud", "may_write", "newest_news", "news_since", "note_of", "notices", "one",
    "opening", "own_answer", "owns", "pictures_of", "poster", "poster_by_code", "posters_of", "product_owners", "push_key", "record_of",
    "reported", "row", "running_out", "search", "settled", "some", "space", "space_answers", "space_counts", "space_names", "space_of_circle",
    "spaces", "spaces_of_chapter", "thanks", "thanks_in_thread", "thread", "titles", "visits_of", "wishes",
]  # fmt: skip
