"""The record in words: what each kind of deed says."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# What who runs the community did; the rest was done by members, or by the server itself.
STAFF = {
    "bring.imported": _("Imported a file"),
    "bring.undone": _("Took an import back"),
    "connect.announced": _("Announced something"),
    "connect.group_code": _("Made a group code"),
    "connect.group_code_closed": _("Closed a group code"),
    "connect.group_code_renewed": _("Renewed a group code"),
    "connect.idea_adopted": _("Adopted an idea"),
    "connect.idea_credited": _("Credited somebody for an idea"),
    "connect.idea_declined": _("Declined an idea"),
    "connect.idea_shipped": _("Shipped an idea"),
    "connect.message_kept": _("Left a reported message standing"),
    "connect.message_removed": _("Took a reported message away"),
    "connect.owner_dropped": _("Dropped who decides on ideas"),
    "connect.owner_named": _("Named who decides on ideas"),
    "connect.pinned": _("Pinned an announcement, or took it down"),
    "connect.poster_opened": _("Made a poster let people in"),
    "connect.removed_by_staff": _("Took somebody's words away"),
    "connect.space_amended": _("Changed a space"),
    "connect.space_archived": _("Archived a space"),
    "connect.space_gated": _("Changed who may read a space"),
    "connect.space_made": _("Made a space"),
    "connect.space_opened": _("Opened a space"),
    "connect.spaces_ordered": _("Put the spaces in order"),
    "gather.admitted": _("Admitted an applicant"),
    "gather.agreement_retired": _("Took an agreement back"),
    "gather.agreement_written": _("Wrote an agreement"),
    "gather.appeal_granted": _("Granted an appeal"),
    "gather.appeal_refused": _("Refused an appeal"),
    "gather.banned": _("Banned a member"),
    "gather.chapter_amended": _("Changed a chapter"),
    "gather.chapter_closed": _("Closed a chapter"),
    "gather.chapter_opened": _("Opened a chapter"),
    "gather.claim_offered": _("Made a claim link"),
    "gather.figure_duties": _("Changed the duties of a role"),
    "gather.figure_ended": _("Ended a role"),
    "gather.figure_offered": _("Offered a role"),
    "gather.flag_dismissed": _("Dismissed a flag"),
    "gather.flag_upheld": _("Upheld a flag"),
    "gather.held_approved": _("Let a first text appear"),
    "gather.held_declined": _("Did not let a first text appear"),
    "gather.invitation_withdrawn": _("Took an invitation back"),
    "gather.invited": _("Made an invitation"),
    "gather.ladder_written": _("Wrote the tiers"),
    "gather.lead_appointed": _("Appointed a lead"),
    "gather.lead_dismissed": _("Dismissed a lead"),
    "gather.left_standing": _("Left a flagged text standing"),
    "gather.limits_changed": _("Changed the limits"),
    "gather.muted": _("Muted a member"),
    "gather.refused": _("Declined an applicant"),
    "gather.removed": _("Took a flagged text away"),
    "gather.tier_held": _("Set a tier by hand"),
    "gather.tier_released": _("Let measures decide on a tier again"),
    "gather.treasure_declared": _("Declared a treasure"),
    "gather.treasure_entrusted": _("Entrusted a treasure"),
    "gather.treasure_retired": _("Took a treasure from the list"),
    "gather.unbanned": _("Lifted a ban"),
    "gather.unmuted": _("Lifted a mute"),
    "hooks.changed": _("Changed a webhook"),
    "hooks.made": _("Made a webhook"),
    "hooks.removed": _("Removed a webhook"),
    "hooks.secret_changed": _("Changed the secret of a webhook"),
    "launch.advanced": _("Brought a launch on"),
    "launch.channel_asked": _("Asked somebody to be a channel"),
    "launch.channel_closed": _("Closed a channel"),
    "launch.channel_rule": _("Changed how long touches count"),
    "launch.coupon_stopped": _("Stopped a coupon"),
    "launch.coupon_written": _("Made a coupon"),
    "launch.dispute_ended": _("Ended a complaint"),
    "launch.dispute_opened": _("Entered a complaint"),
    "launch.doubt_judged": _("Judged a doubted sale"),
    "launch.offer_retired": _("Retired an offer"),
    "launch.offer_written": _("Wrote an offer"),
    "launch.order_withdrawn": _("Withdrew an order"),
    "launch.refunded": _("Gave money back"),
    "launch.restocked": _("Changed the stock"),
    "launch.wire_seen": _("Confirmed or denied a transfer"),
    "launch.written": _("Wrote a launch"),
    "people.program_marked": _("Marked a program, or a person after all"),
    "people.role_given": _("Gave a role in the community"),
    "people.settings_changed": _("Changed the settings"),
    "people.values_written": _("Wrote the values"),
    "see.half_lives_fixed": _("Set the half-lives by hand"),
    "see.half_lives_freed": _("Let trials choose the half-lives"),
    "share.payout_approved": _("Approved a payout"),
    "share.payout_cancelled": _("Cancelled a payout"),
    "share.payout_proved": _("Proved a payout"),
    "share.picture_shown": _("Showed where a price goes, or hid it"),
    "share.pool_given": _("Gave out of a pool"),
    "share.pool_made": _("Made a pool"),
    "share.pool_poured": _("Poured into a pool"),
    "share.rule_written": _("Wrote who gets what"),
    "share.second_tier_signed": _("Signed for a second tier"),
}
OTHERS = {
    "connect.chain_closed": _("Closed a chain"),
    "connect.chain_opened": _("Opened a chain again"),
    "connect.chain_pasted": _("Pasted a chain from outside"),
    "connect.checkin_featured": _("Featured a check-in"),
    "connect.checkin_unfeatured": _("Took a check-in from the featured"),
    "connect.daily": _("Made the daily report"),
    "connect.event_cancelled": _("Cancelled an event"),
    "connect.event_moved": _("Moved an event"),
    "connect.event_soon": _("Reminded of an event"),
    "connect.group_code_ageing": _("A group code grows old"),
    "connect.message_reported": _("Reported a message"),
    "connect.poster": _("Made a poster"),
    "connect.poster_closed": _("Took a poster down"),
    "connect.seat_freed": _("A seat fell free"),
    "gather.appealed": _("Appealed"),
    "gather.chapter_chosen": _("Chose a chapter"),
    "gather.circle_admitted": _("Let somebody into a circle"),
    "gather.circle_asked": _("Asked to come into a circle"),
    "gather.circle_closed": _("Closed a circle"),
    "gather.circle_declined": _("Did not let somebody into a circle"),
    "gather.circle_entered": _("Came into a circle"),
    "gather.circle_handed": _("Handed a circle over"),
    "gather.circle_left": _("Left a circle"),
    "gather.circle_started": _("Started a circle"),
    "gather.claimed": _("Claimed imported lines"),
    "gather.declined_agreements": _("Declined the agreements and left"),
    "gather.figure_accepted": _("Accepted a role"),
    "gather.figure_declined": _("Declined a role"),
    "gather.figure_handed": _("Handed a role over"),
    "gather.flagged": _("Flagged a text"),
    "gather.joined": _("Came in by an invitation"),
    "gather.sponsor_asked": _("Named somebody as sponsor"),
    "gather.sponsor_confirmed": _("Vouched for an applicant"),
    "gather.sponsor_declined": _("Did not vouch for an applicant"),
    "gather.tier_down": _("Fell to a tier"),
    "gather.tier_up": _("Rose to a tier"),
    "gather.treasure_unused": _("A treasure lies unused"),
    "hooks.given_up": _("Gave a webhook up"),
}
KINDS = STAFF | OTHERS
PARTS = {
    "people": _("The community"),
    "gather": _("Coming in and order"),
    "connect": _("Talk and spaces"),
    "launch": _("Launches"),
    "share": _("Money"),
    "bring": _("Import"),
    "see": _("Measures of the network"),
    "hooks": _("Webhooks"),
}
FACTS = {
    "role": _("role"),
    "before": _("before"),
    "to": _("is now"),
    "days": _("days"),
    "amount_minor": _("smallest units"),
    "currency": _("currency"),
    "uses": _("uses"),
    "change": _("change"),
    "people": _("how many people"),
    "tiers": _("tiers"),
    "values": _("values"),
    "number": _("number"),
    "version": _("version"),
    "is_fine": _("fine"),
    "is_won": _("won"),
    "is_there": _("is there"),
    "is_bot": _("is a program"),
    "is_shown": _("shown"),
    "price_minor": _("price in smallest units"),
    "edits": _("a change"),
    "is_new": _("new"),
    "name": _("name"),
    "pursuit": _("pursuit"),
    "rules": _("rules"),
    "visible_to": _("who may see it"),
    "entered_by": _("how one comes in"),
    "questions": _("questions"),
}


def sentence(kind: str) -> str:
    """Say what was done; a kind of a later part stands as it is called."""
    return gettext(KINDS[kind]) if kind in KINDS else kind


def facts(detail: Mapping[str, str | int | bool]) -> list[tuple[str, str]]:
    """Return what a deed holds, each fact in a word with its value; the number of a tier or chapter says nobody anything."""
    named = {
        name: value for name, value in detail.items() if name in FACTS and (name != "before" or isinstance(value, str))
    }
    return [(gettext(FACTS[name]), _value(value)) for name, value in named.items()]


def _value(value: str | int | bool) -> str:  # noqa: FBT001 -- what a deed may hold
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds by part, each with its sentence."""
    return [
        (gettext(name), sorted((k, gettext(word)) for k, word in KINDS.items() if k.startswith(f"{part}.")))
        for part, name in PARTS.items()
    ]
