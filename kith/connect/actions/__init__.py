"""Writes of connect."""

from kith.connect.actions.announcing import (
    announce,
    announcement_for,
    pin,
    set_groups,
    tick_copy,
)
from kith.connect.actions.bulk import (
    bring_lines,
    remove_lines,
)
from kith.connect.actions.calendars import (
    calendar_of,
    close_calendar,
    event_calendar,
    open_calendar,
)
from kith.connect.actions.chains import (
    add_line,
    amend_chain,
    close_chain,
    edit_line,
    paste_chain,
    remove_line,
    start_chain,
)
from kith.connect.actions.checkins import (
    check_in,
    feature_checkin,
    hide_ranking,
    prize_list,
    start_challenge,
)
from kith.connect.actions.columns import (
    set_free,
    set_gate,
)
from kith.connect.actions.credit import (
    bring_answers,
    bring_thanks,
    brought_ids,
)
from kith.connect.actions.daily import (
    daily_report,
    tell_daily,
)
from kith.connect.actions.devices import (
    add_device,
    drop_device,
    push,
    push_out,
    pushes_due,
)
from kith.connect.actions.drafts import (
    drop_draft,
    save_draft,
)
from kith.connect.actions.events import (
    amend_event,
    answer_event,
    cancel_event,
    check_host,
    events,
    hold_event,
    let_in,
    remind,
)
from kith.connect.actions.flagging import (
    appeal,
    decide_appeal,
    decide_case,
    flag,
)
from kith.connect.actions.forgetting import (
    forget_author,
    give_back_seats,
)
from kith.connect.actions.group_codes import (
    close_group_code,
    drop_group,
    make_group_code,
    move_group,
    open_group_code,
    put_group,
    put_group_picture,
    take_warning,
)
from kith.connect.actions.holding import (
    approve_held,
    decline_held,
)
from kith.connect.actions.ideas import (
    board,
    credit_idea,
    decide_idea,
    drop_owner,
    may_decide,
    name_owner,
    propose,
    ship_idea,
    support,
    unsupport,
)
from kith.connect.actions.keeping import (
    keep,
    let_go,
)
from kith.connect.actions.lived import (
    say_lived,
)
from kith.connect.actions.mailing import (
    digest_out,
    digests_due,
    mail_out,
    mails_due,
)
from kith.connect.actions.messaging import (
    block,
    delete_message,
    report_message,
    see_messages,
    send_message,
    settle_report,
)
from kith.connect.actions.moving import (
    drop_texts,
    open_space,
    take_over,
)
from kith.connect.actions.news import (
    CHANNEL,
    sweep_news,
)
from kith.connect.actions.pictures import (
    keep_picture,
    picture_path,
)
from kith.connect.actions.posters import (
    arrive,
    close_poster,
    enter_by_poster,
    make_poster,
    see_poster,
)
from kith.connect.actions.promises import (
    tell_every_promise,
    tell_promises,
)
from kith.connect.actions.rooms import (
    open_chapter_space,
    start_circle,
)
from kith.connect.actions.saying import (
    delete,
    edit,
    media_address,
    post,
    reply,
)
from kith.connect.actions.spaces import (
    amend_space,
    archive_space,
    checked_staff,
    make_space,
    order_spaces,
)
from kith.connect.actions.telling import (
    BELL,
    hear,
    mark_read,
    mute,
    take_mail,
    tell_of_deeds,
    tell_people,
    wish,
)
from kith.connect.actions.thanking import (
    accept,
    thank,
    unthank,
)

__all__ = [
    "BELL", "CHANNEL", "accept", "add_device", "add_line", "amend_chain", "amend_event", "amend_space", "announce", "announcement_for",
    "answer_event", "appeal", "approve_held", "archive_space", "arrive", "block", "board", "bring_answers", "bring_lines", "bring_thanks",
    "brought_ids", "calendar_of", "cancel_event", "check_host", "check_in", "checked_staff", "close_calendar", "close_chain",
    "close_group_code", "close_poster", "credit_idea", "daily_report", "decide_appeal", "decide_case", "decide_idea", "decline_held", "delete",
    "delete_message", "digest_out", "digests_due", "drop_device", "drop_draft", "drop_group", "drop_owner", "drop_texts", "edit", "edit_line",
    "enter_by_poster", "event_calendar", "events", "feature_checkin", "flag", "forget_author", "give_back_seats", "hear", "hide_ranking",
    "hold_event", "keep", "keep_picture", "let_go", "let_in", "mail_out", "mails_due", "make_group_code", "make_poster", "make_space",
    "mark_read", "may_decide", "media_address", "move_group", "mute", "name_owner", "open_calendar", "open_chapter_space", "open_group_code",
    "open_space", "order_spaces", "paste_chain", "picture_path", "pin", "post", "prize_list", "propose", "push", "push_out", "pushes_due",
    "put_group", "put_group_picture", "remind", "remove_line", "remove_lines", "reply", "report_message", "save_draft", "say_lived",
    "see_messages", "see_poster", "send_message", "set_free", "set_gate", "set_groups", "settle_report", "ship_idea", "start_chain",
    "start_challenge", "start_circle", "support", "sweep_news", "take_mail", "take_over", "take_warning", "tell_daily", "tell_every_promise",
    "tell_of_deeds", "tell_people", "tell_promises", "thank", "tick_copy", "unsupport", "unthank", "wish",
]  # fmt: skip
