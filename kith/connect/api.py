"""The door of connect."""

# Names alone, so packed: a line each would be a long file of nothing.
# fmt: off
# isort: off
from kith.connect.actions import (
    BELL, CHANNEL, accept, amend_event, amend_space, announce, announcement_for, answer_event, appeal, approve_held,
    archive_space, arrive, block, board, bring_answers, bring_lines, bring_thanks, brought_ids, calendar_of,
    cancel_event, check_host, checked_staff, close_calendar, close_group_code, close_poster, credit_idea,
    daily_report, decide_appeal, decide_case, decide_idea, decline_held, delete, delete_message, digest_out,
    digests_due, drop_draft, drop_group, drop_owner, drop_texts, edit, enter_by_poster, event_calendar, events, flag,
    hear, hold_event, keep, keep_picture, let_go, let_in, mail_out, mails_due, make_group_code, make_poster,
    make_space, mark_read, may_decide, media_address, move_group, mute, name_owner, open_calendar, open_chapter_space,
    open_group_code, open_space, order_spaces, picture_path, pin, post, propose, put_group, put_group_picture, remind,
    remove_lines, reply, report_message, save_draft, see_messages, see_poster, send_message, set_free, set_gate,
    set_groups, settle_report, ship_idea, start_circle, support, sweep_news, take_mail, take_over, take_warning,
    tell_daily, tell_of_deeds, tell_people, thank, tick_copy, unsupport, unthank, wish,
)
from kith.connect.data import (
    ANSWERS, APPEAL_DAYS, BY_SPACE, CAMPAIGN_LIMIT, CAPACITY_LIMIT, DEFAULT_WAYS, DIGESTS, GROUP_LIMIT, IDEA_STATES,
    KINDS, LEAST_MESSAGES, LETS_IN_LIMIT, NOTE_LIMIT, NOTICES, OUTCOMES, PLAIN, PREVIEW_LIMIT, READS, TEXT_LIMIT,
    VALID_DAYS, WAYS, AlreadyFlagged, AlreadyRead, AnnouncementValue, AnotherMustDecide, AppealTooLate, Arrival,
    AskersChoice, Author, AuthorGone, AuthorsOnly, BadCapacity, BadEventLink, BadGate, BlockedByYou, Board, Brought,
    BroughtAnswer, BroughtThanks, Bundle, CaseDecided, CaseGone, CaseValue, ChatGroup, Column, CopyTo, Correspondent,
    Credit, CreditOf, Daily, DayNumbers, Draft, Ears, EmptyAppeal, EmptyText, EndsBeforeStart, Entry, EventDraft,
    EventInPast, EventOver, Events, EventValue, Feed, FlagValue, Found, Gate, GatedSpace, GroupCode, Guest, Happening,
    Head, Heads, HeldForReading, HeldGone, HeldText, Hit, HostsOnly, IdeaNeedsReason, IdeaNumbers, IdeaRow,
    IdeaShipped, IdeaValue, ImageTooLarge, Keeping, Kept, KindNotHere, Letters, Line, Lock, Locked, Loud,
    MayNotInvite, MembersOnly, MessageGone, MessageValue, NeedsItsForm, NewNotice, NoCodeInPicture, NoCodeTitle,
    NoGroupName, NoQuiet, NoSpaceName, NoStart, NoSuchAuthor, NoSuchChapter, NoSuchCopy, NoSuchDay, NoSuchGroupCode,
    NoSuchPoster, NoSuchSpace, NotAdopted, NotAGuest, NotAnAnnouncement, NotAnAsk, NotAnEvent, NotAnIdea, NotAnImage,
    NotAReplyHere, NotCredited, NoteTooLong, NoThanksToSelf, NothingShipped, NothingToAppeal, NothingToLookFor,
    Notices, NoTitle, NotOwnCase, NotOwnFlag, NotToOneself, NotWhileNew, NotYours, OnlyTheirPoster, OpenAsk, Opened,
    OwnAnswer, Owner, OwnersOnly, OwnIdea, PersonOfTheDay, Picture, PinTooLong, PlainFirst, Poster, PostGone, Quoted,
    RuleMissing, Said, SameCodeAgain, Search, SeatsTaken, SentAlready, SpaceAnswers, SpaceArchived, SpaceCount,
    SpaceStaffOnly, SpaceTaken, SpaceValue, TakesNoMessages, TextTooLong, Thanked, Thread, TooEarly,
    TooManyChatGroups, TooManyConversations, TooManyGroups, TooManyMessages, TooManyPosters, Topic, Unheard,
    UnknownAnswer, UnknownDigest, UnknownKindOfPost, UnknownNotice, UnknownOutcome, UnknownWay, UnknownZone,
)
from kith.connect.queries import (
    DailyWords, announcement, answerers, bell, came_by, cases, cases_of, column, correspondents, count, count_cases,
    count_held, count_needing, credits_of, daily_picture, daily_words, day_of, decided_cases, draft, ears, feed,
    flagged_by, gated_space, gated_spaces, group_code, group_code_at, group_codes_of, guests, has_calendar, has_day,
    has_image, heads, held, held_of, idea_numbers, is_muted, kept, last_groups, letters, loud, newest_news,
    news_since, note_of, notices, one, opened, own_answer, poster, poster_by_code, posters_of, product_owners,
    reported, running_out, search, some, space, space_answers, space_counts, space_names, space_of_circle, spaces,
    spaces_of_chapter, thanks, thanks_in_thread, thread, titles, visits_of, wishes,
)
from kith.connect.rules import (
    excerpt,
)
# isort: on
# fmt: on

__all__ = [
    "ANSWERS", "APPEAL_DAYS", "BELL", "BY_SPACE", "CAMPAIGN_LIMIT", "CAPACITY_LIMIT", "CHANNEL", "DEFAULT_WAYS", "DIGESTS", "GROUP_LIMIT",
    "IDEA_STATES", "KINDS", "LEAST_MESSAGES", "LETS_IN_LIMIT", "NOTE_LIMIT", "NOTICES", "OUTCOMES", "PLAIN", "PREVIEW_LIMIT", "READS",
    "TEXT_LIMIT", "VALID_DAYS", "WAYS", "AlreadyFlagged", "AlreadyRead", "AnnouncementValue", "AnotherMustDecide", "AppealTooLate",
    "Arrival", "AskersChoice", "Author", "AuthorGone", "AuthorsOnly", "BadCapacity", "BadEventLink", "BadGate", "BlockedByYou", "Board",
    "Brought", "BroughtAnswer", "BroughtThanks", "Bundle", "CaseDecided", "CaseGone", "CaseValue", "ChatGroup", "Column", "CopyTo",
    "Correspondent", "Credit", "CreditOf", "Daily", "DailyWords", "DayNumbers", "Draft", "Ears", "EmptyAppeal", "EmptyText", "EndsBeforeStart",
    "Entry", "EventDraft", "EventInPast", "EventOver", "EventValue", "Events", "Feed", "FlagValue", "Found", "Gate", "GatedSpace", "GroupCode",
    "Guest", "Happening", "Head", "Heads", "HeldForReading", "HeldGone", "HeldText", "Hit", "HostsOnly", "IdeaNeedsReason", "IdeaNumbers",
    "IdeaRow", "IdeaShipped", "IdeaValue", "ImageTooLarge", "Keeping", "Kept", "KindNotHere", "Letters", "Line", "Lock", "Locked", "Loud",
    "MayNotInvite", "MembersOnly", "MessageGone", "MessageValue", "NeedsItsForm", "NewNotice", "NoCodeInPicture", "NoCodeTitle", "NoGroupName",
    "NoQuiet", "NoSpaceName", "NoStart", "NoSuchAuthor", "NoSuchChapter", "NoSuchCopy", "NoSuchDay", "NoSuchGroupCode", "NoSuchPoster",
    "NoSuchSpace", "NoThanksToSelf", "NoTitle", "NotAGuest", "NotAReplyHere", "NotAdopted", "NotAnAnnouncement", "NotAnAsk", "NotAnEvent",
    "NotAnIdea", "NotAnImage", "NotCredited", "NotOwnCase", "NotOwnFlag", "NotToOneself", "NotWhileNew", "NotYours", "NoteTooLong",
    "NothingShipped", "NothingToAppeal", "NothingToLookFor", "Notices", "OnlyTheirPoster", "OpenAsk", "Opened", "OwnAnswer", "OwnIdea",
    "Owner", "OwnersOnly", "PersonOfTheDay", "Picture", "PinTooLong", "PlainFirst", "PostGone", "Poster", "Quoted", "RuleMissing", "Said",
    "SameCodeAgain", "Search", "SeatsTaken", "SentAlready", "SpaceAnswers", "SpaceArchived", "SpaceCount", "SpaceStaffOnly", "SpaceTaken",
    "SpaceValue", "TakesNoMessages", "TextTooLong", "Thanked", "Thread", "TooEarly", "TooManyChatGroups", "TooManyConversations", "TooManyGroups",
    "TooManyMessages", "TooManyPosters", "Topic", "Unheard", "UnknownAnswer", "UnknownDigest", "UnknownKindOfPost", "UnknownNotice",
    "UnknownOutcome", "UnknownWay", "UnknownZone", "accept", "amend_event", "amend_space", "announce", "announcement", "announcement_for",
    "answer_event", "answerers", "appeal", "approve_held", "archive_space", "arrive", "bell", "block", "board", "bring_answers", "bring_lines",
    "bring_thanks", "brought_ids", "calendar_of", "came_by", "cancel_event", "cases", "cases_of", "check_host", "checked_staff", "close_calendar",
    "close_group_code", "close_poster", "column", "correspondents", "count", "count_cases", "count_held", "count_needing", "credit_idea",
    "credits_of", "daily_picture", "daily_report", "daily_words", "day_of", "decide_appeal", "decide_case", "decide_idea", "decided_cases",
    "decline_held", "delete", "delete_message", "digest_out", "digests_due", "draft", "drop_draft", "drop_group", "drop_owner", "drop_texts",
    "ears", "edit", "enter_by_poster", "event_calendar", "events", "excerpt", "feed", "flag", "flagged_by", "gated_space", "gated_spaces",
    "group_code", "group_code_at", "group_codes_of", "guests", "has_calendar", "has_day", "has_image", "heads", "hear", "held", "held_of",
    "hold_event", "idea_numbers", "is_muted", "keep", "keep_picture", "kept", "last_groups", "let_go", "let_in", "letters", "loud",
    "mail_out", "mails_due", "make_group_code", "make_poster", "make_space", "mark_read", "may_decide", "media_address", "move_group",
    "mute", "name_owner", "newest_news", "news_since", "note_of", "notices", "one", "open_calendar", "open_chapter_space", "open_group_code",
    "open_space", "opened", "order_spaces", "own_answer", "picture_path", "pin", "post", "poster", "poster_by_code", "posters_of", "product_owners",
    "propose", "put_group", "put_group_picture", "remind", "remove_lines", "reply", "report_message", "reported", "running_out", "save_draft",
    "search", "see_messages", "see_poster", "send_message", "set_free", "set_gate", "set_groups", "settle_report", "ship_idea", "some",
    "space", "space_answers", "space_counts", "space_names", "space_of_circle", "spaces", "spaces_of_chapter", "start_circle", "support",
    "sweep_news", "take_mail", "take_over", "take_warning", "tell_daily", "tell_of_deeds", "tell_people", "thank", "thanks", "thanks_in_thread",
    "thread", "tick_copy", "titles", "unsupport", "unthank", "visits_of", "wish", "wishes",
]  # fmt: skip
