"""Acts in words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

FROM_YOU = {
    "reply": _("You answered %(name)s"),
    "comment": _("You commented on %(name)s"),
    "quote": _("You took up the words of %(name)s"),
    "mention": _("You called %(name)s by name"),
    "message": _("You wrote to %(name)s"),
    "thank": _("You thanked %(name)s"),
    "answer": _("You gave %(name)s the answer"),
    "support": _("You supported an idea of %(name)s"),
    "credit": _("You credited %(name)s for an idea"),
    "welcome": _("You welcomed %(name)s"),
    "spoke_next": _("You spoke right after %(name)s"),
}
FROM_THEM = {
    "reply": _("%(name)s answered you"),
    "comment": _("%(name)s commented on you"),
    "quote": _("%(name)s took up your words"),
    "mention": _("%(name)s called you by name"),
    "message": _("%(name)s wrote to you"),
    "thank": _("%(name)s thanked you"),
    "answer": _("%(name)s gave you the answer"),
    "support": _("%(name)s supported your idea"),
    "credit": _("%(name)s credited you for an idea"),
    "welcome": _("%(name)s welcomed you"),
    "spoke_next": _("%(name)s spoke right after you"),
}
KINDS = {
    "post": _("post"),
    "reply": _("reply"),
    "comment": _("comment"),
    "quote": _("quote"),
    "mention": _("mention"),
    "message": _("message"),
    "thank": _("thanks"),
    "answer": _("answer"),
    "welcome": _("welcome"),
    "introduce": _("introduction"),
    "sponsor": _("sponsorship"),
    "attend": _("attendance"),
    "refer": _("referral"),
    "trade": _("trade"),
    "react": _("reaction"),
    "support": _("support"),
    "credit": _("credit"),
    "spoke_next": _("spoke next"),
    "other": _("other"),
}


def kind_word(kind: str) -> str:
    """Name a kind of act; one that is not ours stays as it is."""
    return gettext(KINDS[kind]) if kind in KINDS else kind


def act_words(kind: str, from_you: bool, name: str) -> str:  # noqa: FBT001 -- called from templates
    """Say an act between the reader and somebody in a sentence."""
    sentence = (FROM_YOU if from_you else FROM_THEM).get(kind)
    if sentence is None:
        other = gettext("You to %(name)s: %(kind)s") if from_you else gettext("%(name)s to you: %(kind)s")
        return other % {"name": name, "kind": kind_word(kind)}
    return gettext(sentence) % {"name": name}


ORDERS = {
    "placed": _("to be paid"),
    "paid": _("paid"),
    "final": _("complete"),
    "expired": _("expired"),
    "cancelled": _("cancelled"),
    "late": _("paid too late"),
    "refunding": _("being refunded"),
    "refunded": _("refunded"),
    "draft": _("draft"),
    "ready": _("opens soon"),
    "open": _("open"),
    "closed": _("closed"),
    "settled": _("settled"),
    "drafted": _("written"),
    "sent": _("on its way"),
    "unknown": _("being asked about"),
    "done": _("done"),
    "failed": _("failed"),
    "deposited": _("deposit paid"),
    "due": _("balance to be paid"),
    "missed": _("balance not paid"),
    "withdrawn": _("taken back by the seller"),
    "forming": _("still open"),
    "full": _("full, waiting for payments"),
    "formed": _("formed"),
}
CHANNELS = {
    "proposed": _("proposed"),
    "asked": _("asked"),
    "accepted": _("brings it"),
    "declined": _("said no"),
    "closed": _("ended"),
}
DOUBTED = {
    "device": _("The order came from the browser of who recommends."),
    "phone": _("The order goes to a telephone that who recommends has used too."),
}
MODELS = {
    "last_touch": (_("Last link"), _("The last link before the order has all of it. This is what pays.")),
    "linear": (_("Evenly"), _("Every opened link counts the same.")),
    "position": (_("Ends"), _("The first and the last link have two fifths each; those between share the rest.")),
    "decay": (_("Fading"), _("A link counts half for every week it lies before the last one.")),
    "shapley": (
        _("Shapley"),
        _("Everybody who was met counts the same, however often: what each adds, over all orders of arrival."),
    ),
    "markov": (
        _("Missing"),
        _("By what share of sales would be lost if whoever comes to them left instead (Markov chain)."),
    ),
}
PROVIDERS = {
    "manual": _("By bank transfer"),
    "sandbox": _("In the sandbox (no real money)"),
    "wechatpay": _("WeChat Pay"),
    "alipay": _("Alipay"),
    "stripe": _("By card (Stripe)"),
}


def order_word(status: str) -> str:
    """Return what a state of a launch, an order or a wire is called."""
    return gettext(ORDERS[status])


def pay_word(provider: str) -> str:
    """Return what a way to pay is called."""
    return gettext(PROVIDERS[provider])


def channel_word(status: str) -> str:
    """Return what a state of somebody who brings a launch to others is called."""
    return gettext(CHANNELS[status])


def doubt_word(reason: str) -> str:
    """Say why a sale looks like one to oneself."""
    return gettext(DOUBTED[reason])


def model_words() -> dict[str, tuple[str, str]]:
    """Return by model of attribution what it is called and what it does."""
    return {name: (gettext(word), gettext(meaning)) for name, (word, meaning) in MODELS.items()}
