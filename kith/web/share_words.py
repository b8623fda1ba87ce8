"""What shares, payouts and lines of an account are called."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kith.lib.money import plain

ROLES = {
    "house": _("The community"),
    "fund": _("Common fund"),
    "channel": _("Who recommends"),
    "second": _("Second tier"),
    "maker": _("Who makes it"),
    "pool": _("Those who contribute"),
}
PAYOUTS = {
    "drafted": _("to be approved"),
    "approved": _("to be transferred"),
    "sent": _("on its way"),
    "unknown": _("being asked about"),
    "done": _("paid"),
    "failed": _("failed"),
    "cancelled": _("called off"),
}
POLICIES = {
    "immediate": _("for what was given lately"),
    "recent": _("for what was given, the older the less"),
    "balanced": _("first to those who were paid least for all they gave"),
}
LINES = {
    "share": _("Share of a sale"),
    "claw": _("Taken back: a refund"),
    "unclaw": _("Given again: the refund failed"),
    "payout": _("Payout"),
    "unpaid": _("Payout called off or failed"),
    "gift": _("For what you contributed"),
}


def role_word(role: str) -> str:
    return gettext(ROLES[role])


def payout_word(status: str) -> str:
    return gettext(PAYOUTS[status])


def policy_word(policy: str) -> str:
    return gettext(POLICIES[policy])


def line_word(kind: str) -> str:
    """Name a kind of entry; one that is not ours stays as it is."""
    return gettext(LINES[kind]) if kind in LINES else kind


def percent(rate_ppm: int) -> str:
    """Return parts of a million as a percentage without needless digits: 12.5%."""
    text = plain(rate_ppm, scale=4)
    return f"{text.rstrip('0').rstrip('.')}%"
