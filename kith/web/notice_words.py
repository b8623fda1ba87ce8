"""Notifications in words, and where each leads."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from kith.connect.api import Bundle
from kith.gather import api as gather
from kith.people.api import Community

# What somebody did, by kind; the name stands first.
DID = {
    "reply": gettext_noop("%(name)s replied"),
    "mention": gettext_noop("%(name)s called you by name"),
    "thank": gettext_noop("%(name)s thanked you"),
    "answer": gettext_noop("%(name)s took your reply as the answer"),
    "post": gettext_noop("%(name)s posted in a space you watch"),
    "announcement": gettext_noop("%(name)s announced something"),
    "letter": gettext_noop("%(name)s wrote to you"),
}
DEEDS = {
    "connect.event_moved": gettext_noop("An event was moved: look at when and where."),
    "connect.event_cancelled": gettext_noop("An event was cancelled."),
    "connect.event_soon": gettext_noop("An event you come to begins soon."),
    "connect.seat_freed": gettext_noop("A seat fell free: you come."),
    "connect.idea_adopted": gettext_noop("Your idea was adopted."),
    "connect.idea_declined": gettext_noop("Your idea was declined; the reason stands there."),
    "connect.idea_shipped": gettext_noop("Your idea has shipped."),
    "connect.idea_credited": gettext_noop("You were credited for an idea."),
    "gather.admitted": gettext_noop("You are in: welcome."),
    "gather.refused": gettext_noop("Your application was not accepted."),
    "gather.joined": gettext_noop("%(name)s came in by your invitation"),
    "gather.sponsor_asked": gettext_noop("%(name)s names you as their sponsor: do you vouch for them?"),
    "gather.sponsor_confirmed": gettext_noop("%(name)s vouches for you."),
    "gather.muted": gettext_noop("For a time you read and cannot write."),
    "gather.unmuted": gettext_noop("You may write again."),
    "gather.banned": gettext_noop("You were excluded."),
    "gather.unbanned": gettext_noop("You may come in again."),
    "gather.held_approved": gettext_noop("Your post is out now."),
    "gather.held_declined": gettext_noop("Your post was not let through."),
    "connect.message_reported": gettext_noop("A message was reported to you."),
    "gather.flagged": gettext_noop("Words of yours were flagged; somebody will decide."),
    "gather.flag_upheld": gettext_noop("What you flagged was taken away."),
    "gather.flag_dismissed": gettext_noop("What you flagged was left standing."),
    "gather.left_standing": gettext_noop("Your words were flagged, and left standing."),
    "gather.removed": gettext_noop("Words of yours were taken away; you may appeal."),
    "gather.appeal_granted": gettext_noop("Your appeal was granted."),
    "gather.appeal_refused": gettext_noop("Your appeal was refused."),
    "gather.tier_up": gettext_noop("You rose to a higher tier: see which, and for what."),
    "gather.tier_down": gettext_noop("You fell to a lower tier: see what is missing."),
    "gather.tier_held": gettext_noop("%(name)s set your tier by hand."),
    "gather.figure_offered": gettext_noop("%(name)s asks whether you would take up a role."),
    "gather.treasure_unused": gettext_noop("A treasure you keep lies unused."),
    "gather.circle_admitted": gettext_noop("%(name)s let you into a circle."),
    "gather.circle_declined": gettext_noop("A circle did not let you in."),
}
PLACES = {
    "gather.treasure_unused": "treasures",
    "gather.circle_admitted": "circles",
    "gather.circle_declined": "circles",
}
KINDS = {
    "reply": gettext_noop("Replies to you, and in your threads"),
    "mention": gettext_noop("Somebody calls you by name"),
    "thank": gettext_noop("Somebody thanks you"),
    "answer": gettext_noop("Your reply is taken as the answer"),
    "post": gettext_noop("New posts"),
    "announcement": gettext_noop("Announcements"),
    "decision": gettext_noop("Decisions on your application"),
    "invited": gettext_noop("Somebody comes in by your invitation, or names you as their sponsor"),
    "kept": gettext_noop("Decisions on what you said"),
    "tier": gettext_noop("Your tier, roles, circles and treasures"),
    "event": gettext_noop("Events you take part in"),
    "letter": gettext_noop("Direct messages"),
}
WAYS = {"off": gettext_noop("not at all"), "bell": gettext_noop("here"), "mail": gettext_noop("here and by mail")}
ICONS = {
    "reply": "message-circle", "mention": "at-sign", "thank": "heart", "answer": "circle-check", "post": "bell", "announcement": "radio",
    "decision": "door-open", "invited": "users", "kept": "shield", "tier": "crown", "event": "calendar", "letter": "mail",
}  # fmt: skip


def words(b: Bundle) -> str:
    """Say what happened in a sentence."""
    name = b.by[0].name if b.by else _("Somebody")
    deed = DEEDS.get(str(b.detail.get("deed", "")))
    if deed is None and b.kind not in DID:
        return _("Something was decided that concerns you.")
    if b.people > 1 and b.kind in {"thank", "reply"}:
        return _many(b)
    return _(deed or DID[b.kind]) % {"name": name}


def _many(b: Bundle) -> str:
    if b.kind == "thank":
        return ngettext("%(num)s person thanked you", "%(num)s people thanked you", b.people) % {"num": b.people}
    return ngettext("%(num)s person replied", "%(num)s people replied", b.people) % {"num": b.people}


def why(community: Community, b: Bundle) -> str:
    """Return what stands below a notice: an excerpt of the text it is about, or the reason of a decision on an application."""
    noun, _noun, number = b.subject.partition(":")
    if b.excerpt or b.kind != "decision" or noun != "application" or not number.isdecimal():
        return b.excerpt
    found = gather.application(community, int(number))
    return found.reason if found else ""


def leads_to(community: Community, b: Bundle) -> str:
    """Return the path of what a notice is about."""
    slug = community.slug
    if b.kind == "letter" and b.by and b.by[0].handle:
        return reverse("talk", kwargs={"slug": slug, "handle": b.by[0].handle}) + "#last"
    if b.detail.get("deed") == "connect.message_reported":
        return reverse("reported_messages", kwargs={"slug": slug})
    if b.post_id:
        return reverse("thread", kwargs={"slug": slug, "id": b.post_id})
    if b.detail.get("deed") == "gather.sponsor_asked":
        return reverse("invitations", kwargs={"slug": slug}) + "#sponsor"
    if b.kind == "invited" and b.by and b.by[0].handle:
        return reverse("member", kwargs={"slug": slug, "handle": b.by[0].handle})
    others = {"decision": "join", "tier": PLACES.get(str(b.detail.get("deed", "")), "mine")}
    return reverse(others.get(b.kind, "feed"), kwargs={"slug": slug})


def kind_words() -> dict[str, str]:
    return {kind: _(word) for kind, word in KINDS.items()}


def way_words() -> dict[str, str]:
    return {way: _(word) for way, word in WAYS.items()}
