"""The door of gather."""

# Names alone, so packed: a line each would be a long file of nothing.
# fmt: off
# isort: off
from kith.gather.actions import (
    accept_agreements, accept_invitation, amend_chapter, answer_asking, answer_figure, answer_sponsorship, apply,
    appoint_lead, brought, check_leads, checked_limit, checked_right, choose_chapter, claim, claim_of, climb,
    close_chapter, close_circle, decide, declare_treasure, decline_agreements, dismiss_lead, end_figure, enter_circle,
    entrust_treasure, forget_member, hand_circle, hand_over, hold, invitation_of, invite, join, leave_circle, lift,
    may, offer_claim, offer_figure, open_chapter, release, retire_agreement, retire_treasure, sanction, set_limits,
    settle, settle_everybody, settle_touched, sound_alarms, start_circle, use_treasure, withdraw_invitation,
    write_agreement, write_duties, write_ladder,
)
from kith.gather.data import (
    ACTIVE_DAYS, ALARM_DAYS, AgreementValue, AgreementsMissing, AgreementsOpen, AlreadyApplied, AlreadyDecided,
    AlreadyFigure, AlreadyLifted, AnswersMissing, Applied, BOUNDS, BadAgreement, BadAlarm, BadDays, BadDuty, BadLimit,
    BadNeed, BadWindow, Banned, BannedForGood, Branch, CIRCLES, COMING_WAYS, CameBy, ChapterNumbers, ChapterReport,
    CircleValue, CirclesFull, Climb, CustodianOnly, DUTIES, DayLimitReached, Decision, EnterByAnotherDoor, FIGURES,
    FigureDecided, FigureNameMissing, FigureValue, FounderDecides, GRACE_DAYS, InvitationOnly, InvitationOver,
    InvitationValue, Inviting, KeeperStays, KeepersOnly, LIMITS, LadderValue, Limits, LinkExpired, MEASURES,
    MOST_CIRCLES, MOST_DUTIES, MOST_NEEDED, MOST_TIERS, Muted, MutedForGood, NOTE_LIMIT, NoAgreement, NoReason,
    NoSuchCircle, NoSuchFigure, NoSuchInvitation, NoSuchSponsor, NoSuchTier, NoSuchTreasure, NobodyAsked, NotALead,
    NotInCircle, NotNamed, NotOverStaff, NotYourFigure, NothingToClaim, OnlyTheirInvitation, OpenAgreement,
    OperatorsOnly, Pace, Progress, PurposeMissing, Quota, QuotaReached, RIGHTS, SANCTIONS, STAFF_ONLY, SanctionValue,
    SlowMode, SponsorAnswered, SponsorMissing, Sponsorship, Suggested, TREASURES, TierDraft, TierMove, TierTooLow,
    TierTwice, TierValue, TooManyAgreements, TooManyCircles, TooManyLinks, TooManyTexts, TooManyTiers, TreasureValue,
    UnknownDoor, UnknownFigure, UnknownMeasure, UnknownRight, UnknownSanction, UnknownTreasure, WINDOW_DAYS,
    WhyMissing,
)
from kith.gather.queries import (
    accepted_at, agreement_versions, agreements, application, application_of, applications_of, came_by, chapter_report,
    check_may_speak, check_not_banned, checked_to_write, circle, circle_people, circles, count_sponsorships,
    count_waiting, decided, figure, figures, figures_among, figures_of, host_of, in_circle, invitation,
    invitation_tree, invitations, inviting, ladder, leads, limits, may_invite, offered, open_agreements, quota,
    reason_sentence, sanctions, sponsorships, suggested, tier_moves, treasure, treasures, waiting,
)
from kith.gather.rules import (
    proposed,
)
# isort: on
# fmt: on

__all__ = [
    "ACTIVE_DAYS", "ALARM_DAYS", "BOUNDS", "CIRCLES", "COMING_WAYS", "DUTIES", "FIGURES", "GRACE_DAYS", "LIMITS", "MEASURES", "MOST_CIRCLES",
    "MOST_DUTIES", "MOST_NEEDED", "MOST_TIERS", "NOTE_LIMIT", "RIGHTS", "SANCTIONS", "STAFF_ONLY", "TREASURES", "WINDOW_DAYS", "AgreementValue",
    "AgreementsMissing", "AgreementsOpen", "AlreadyApplied", "AlreadyDecided", "AlreadyFigure", "AlreadyLifted", "AnswersMissing", "Applied",
    "BadAgreement", "BadAlarm", "BadDays", "BadDuty", "BadLimit", "BadNeed", "BadWindow", "Banned", "BannedForGood", "Branch", "CameBy",
    "ChapterNumbers", "ChapterReport", "CircleValue", "CirclesFull", "Climb", "CustodianOnly", "DayLimitReached", "Decision", "EnterByAnotherDoor",
    "FigureDecided", "FigureNameMissing", "FigureValue", "FounderDecides", "InvitationOnly", "InvitationOver", "InvitationValue", "Inviting",
    "KeeperStays", "KeepersOnly", "LadderValue", "Limits", "LinkExpired", "Muted", "MutedForGood", "NoAgreement", "NoReason", "NoSuchCircle",
    "NoSuchFigure", "NoSuchInvitation", "NoSuchSponsor", "NoSuchTier", "NoSuchTreasure", "NobodyAsked", "NotALead", "NotInCircle", "NotNamed",
    "NotOverStaff", "NotYourFigure", "NothingToClaim", "OnlyTheirInvitation", "OpenAgreement", "OperatorsOnly", "Pace", "Progress",
    "PurposeMissing", "Quota", "QuotaReached", "SanctionValue", "SlowMode", "SponsorAnswered", "SponsorMissing", "Sponsorship", "Suggested",
    "TierDraft", "TierMove", "TierTooLow", "TierTwice", "TierValue", "TooManyAgreements", "TooManyCircles", "TooManyLinks", "TooManyTexts",
    "TooManyTiers", "TreasureValue", "UnknownDoor", "UnknownFigure", "UnknownMeasure", "UnknownRight", "UnknownSanction", "UnknownTreasure",
    "WhyMissing", "accept_agreements", "accept_invitation", "accepted_at", "agreement_versions", "agreements", "amend_chapter", "answer_asking",
    "answer_figure", "answer_sponsorship", "application", "application_of", "applications_of", "apply", "appoint_lead", "brought", "came_by", "chapter_report",
    "check_leads", "check_may_speak", "check_not_banned", "checked_limit", "checked_right", "checked_to_write", "choose_chapter", "circle",
    "circle_people", "circles", "claim", "claim_of", "climb", "close_chapter", "close_circle", "count_sponsorships", "count_waiting",
    "decide", "decided", "declare_treasure", "decline_agreements", "dismiss_lead", "end_figure", "enter_circle", "entrust_treasure",
    "figure", "figures", "figures_among", "figures_of", "forget_member", "hand_circle", "hand_over", "hold", "host_of", "in_circle",
    "invitation", "invitation_of", "invitation_tree", "invitations", "invite", "inviting", "join", "ladder", "leads", "leave_circle",
    "lift", "limits", "may", "may_invite", "offer_claim", "offer_figure", "offered", "open_agreements", "open_chapter", "proposed",
    "quota", "reason_sentence", "release", "retire_agreement", "retire_treasure", "sanction", "sanctions", "set_limits", "settle", "settle_everybody",
    "settle_touched", "sound_alarms", "sponsorships", "start_circle", "suggested", "tier_moves", "treasure", "treasures", "use_treasure",
    "waiting", "withdraw_invitation", "write_agreement", "write_duties", "write_ladder",
]  # fmt: skip
