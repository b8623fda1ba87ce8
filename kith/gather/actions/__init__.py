"""Writes of gather, by subject."""

from kith.gather.actions.agreements import (
    accept_agreements,
    decline_agreements,
    retire_agreement,
    write_agreement,
)
from kith.gather.actions.chapters import (
    amend_chapter,
    appoint_lead,
    check_leads,
    choose_chapter,
    close_chapter,
    dismiss_lead,
    open_chapter,
)
from kith.gather.actions.circles import (
    answer_asking,
    close_circle,
    enter_circle,
    hand_circle,
    leave_circle,
    start_circle,
)
from kith.gather.actions.entering import (
    accept_invitation,
    apply,
    claim,
    claim_of,
    decide,
    join,
    offer_claim,
)
from kith.gather.actions.figures import (
    answer_figure,
    end_figure,
    hand_over,
    offer_figure,
    write_duties,
)
from kith.gather.actions.forgetting import (
    forget_member,
)
from kith.gather.actions.inviting import (
    brought,
    invitation_of,
    invite,
    withdraw_invitation,
)
from kith.gather.actions.sanctions import (
    lift,
    sanction,
    set_limits,
)
from kith.gather.actions.sponsoring import (
    answer_sponsorship,
)
from kith.gather.actions.tiers import (
    checked_limit,
    checked_right,
    climb,
    hold,
    may,
    release,
    settle,
    settle_everybody,
    settle_touched,
    write_ladder,
)
from kith.gather.actions.treasures import (
    declare_treasure,
    entrust_treasure,
    retire_treasure,
    sound_alarms,
    use_treasure,
)

__all__ = [
    "accept_agreements", "accept_invitation", "amend_chapter", "answer_asking", "answer_figure", "answer_sponsorship", "apply", "appoint_lead",
    "brought", "check_leads", "checked_limit", "checked_right", "choose_chapter", "claim", "claim_of", "climb", "close_chapter", "close_circle",
    "decide", "declare_treasure", "decline_agreements", "dismiss_lead", "end_figure", "enter_circle", "entrust_treasure", "forget_member",
    "hand_circle", "hand_over", "hold", "invitation_of", "invite", "join", "leave_circle", "lift", "may", "offer_claim", "offer_figure",
    "open_chapter", "release", "retire_agreement", "retire_treasure", "sanction", "set_limits", "settle", "settle_everybody", "settle_touched",
    "sound_alarms", "start_circle", "use_treasure", "withdraw_invitation", "write_agreement", "write_duties", "write_ladder",
]  # fmt: skip
