"""What is measured for tiers, what they give, in words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

MEASURES = {
    "givers": (_("people who turned to one"), _("Different people who answered, thanked or called by name, within the window.")),
    "giver_days": (_("days with a response"), _("Different days on which somebody did so; a hundred on one day are one.")),
    "thankers": (_("people who thanked"), _("Different people who gave thanks.")),
    "sponsors": (_("sponsors"), _("Different members who vouched.")),
    "reached": (_("people turned to"), _("Different people one answered, thanked or called by name.")),
    "weeks": (_("weeks present"), _("Different weeks in which one did anything at all.")),
    "answers": (_("people helped by an answer"), _("Different people who accepted one's answer to their ask.")),
    "days_here": (_("days a member"), _("Days since joining.")),
}  # fmt: skip
RIGHTS = {
    "invite": _("Invite people"),
    "start_circle": _("Start a circle"),
    "picture": _("Post pictures"),
    "link": _("Post links to elsewhere"),
}
LIMITS = {
    "posts_a_day": _("Posts and replies a day"),
    "circles": _("Circles one runs at a time"),
    "invites": _("People one may have invited at a time"),
}


def measure_word(measure: str) -> str:
    return gettext(MEASURES[measure][0])


def measure_text(measure: str) -> str:
    return gettext(MEASURES[measure][1])


def right_word(right: str) -> str:
    return gettext(RIGHTS[right])


def limit_word(limit: str) -> str:
    return gettext(LIMITS[limit])
