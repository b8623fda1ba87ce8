"""The catalogue: which rows of which table are somebody's, and what leaving does to them. Pure: names of tables, no database.

One place for all parts, because what is asked is about the whole: that nothing is forgotten. Tests hold it against the models.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

PSEUDONYM = "已注销 · Former member"


@dataclass(frozen=True, slots=True)
class Table:
    """One table that names people. Rows are somebody's where a column of `own` names them, or `also` (SQL) says so.

    They are handed out in `file` ("" for none) without `hides` and without the columns of `others`; `knows` are others the reader knows. On leaving they go, or
    columns are emptied, or they stay: as numbers without a name.
    """

    name: str
    file: str = ""
    own: tuple[str, ...] = ("person_id",)
    others: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    also: str = ""
    goes: bool = False
    empties: Mapping[str, str] = field(default_factory=dict)

    @property
    def whose(self) -> str:
        """Return the condition in SQL; `ids` are those of the person and of the lines they claimed."""
        given = [f"{column} = ANY(%(ids)s)" for column in self.own]
        return " OR ".join([*given, *([self.also] if self.also else [])])


BY = ("by_id",)
CATALOGUE = (
    # The space.
    Table("people_person", "profile", ("id",), ("merged_into_id",), hides=("password",)),
    Table("people_membership", "memberships"),
    Table("people_deed", "deeds", BY, knows=("person_id",), hides=("tx",)),
    Table("people_grant", "grants", goes=True),
    # The energy book, and what is derived from it.
    Table("energy_act", "acts", ("actor_id", "other_id"), hides=("key",)),
    Table("energy_tie", "ties", ("a_id", "b_id")),
    Table("see_node", "measured_node", goes=True),
    Table("see_measure", "measured", goes=True),
    # Whose follow-up somebody is, with notes: the team's. Who said yes to being introduced is told to nobody before both did.
    Table("see_givenback", own=(), others=("owner_id",), also="errand_id IN (SELECT id FROM see_errand WHERE person_id = ANY(%(ids)s) OR other_id = ANY(%(ids)s))", goes=True),
    Table("see_errand", own=("person_id", "other_id"), others=("owner_id",), goes=True),
    Table("see_introduction", own=("a_id", "b_id"), others=BY, goes=True),
    Table("see_letter", "letters", goes=True),
    Table("see_simulation", "simulations", BY),
    # The value book, and what stands beside it.
    Table("ledger_entry", "", BY),
    Table("share_sign", "signatures", BY),
    Table("share_rule", "", BY),
    Table("share_pool", "", BY),
    Table("share_promise", "shares_promised"),
    Table("share_payto", hides=("sealed",)),
    Table("share_payout", "payouts", others=("made_by_id", "approved_by_id"), hides=("sealed", "key")),
    Table("share_poolrun", "", BY),
    Table("share_gift", "pool_gifts"),
    Table("share_pour", "", BY),
    Table("share_statement", "statements"),
    Table("share_shown", "", BY),
    Table("launch_offer", "", BY),
    Table("launch_pricelog", "", BY),
    Table("launch_campaign", "", BY),
    Table("launch_contact", hides=("sealed",)),
    Table("launch_order", "orders", ("buyer_id",), hides=("digest",)),
    Table("launch_channelrule", "", BY),
    Table("launch_channel", "channels", others=("asked_by_id",)),
    Table("launch_touch", "links_opened", hides=("visitor",)),
    Table("launch_bond", "bonds", ("buyer_id",), knows=("promoter_id",)),
    Table("launch_attribution", "credited_sales"),
    Table("launch_doubt", "", ("judged_by_id",)),
    Table("launch_coupon", "", BY),
    Table("launch_dispute", "", ("by_id", "ended_by_id")),
    Table("launch_gift", "gifts_redeemed", ("redeemed_by_id",), hides=("code",)),
    Table("launch_group", "groups_opened", ("opener_id",)),
    Table("launch_seat", "group_seats"),
    Table("launch_notice", "order_mails", empties={"subject": "''", "text": "''"}),
    Table("launch_wire", "payments", ("made_by_id",), ("confirmed_by_id", "approved_by_id"), hides=("key",)),
    Table("launch_mandate", "renewals_agreed", hides=("token",), empties={"token": "''"}),
    Table("launch_ticket", "turns", goes=True),
    Table("launch_term", "paid_memberships"),
    # Coming in, order, tiers, roles.
    Table("gather_agreement", "", BY),
    Table("gather_acceptance", "agreements_accepted"),
    Table("gather_sanction", "sanctions", others=("by_id", "lifted_by_id")),
    Table("gather_application", "applications", others=("decided_by_id",), knows=("sponsor_id",), empties={"answers": "'[]'"}),
    Table("gather_invitation", "invitations", BY, hides=("digest",), empties={"uses_left": "0"}),
    Table("gather_claim", "", ("person_id",), ("by_id", "used_by_id")),
    Table("gather_coming", "came_in_by", knows=("host_id",)),
    Table("gather_figure", "roles", others=("offered_by_id",)),
    Table("gather_circle", "circles_started", ("made_by_id",)),
    Table("gather_circleplace", "circles"),
    Table("gather_treasure", "treasures", ("person_id", "custodian_id"), ("made_by_id",)),
    Table("gather_treasureuse", "treasures_used"),
    Table("gather_tierstate", "tier", others=("held_by_id",), goes=True),
    # What was said. Posts, messages, held and flagged texts are emptied by connect, where they are to be deleted.
    Table("connect_post", "posts", ("author_id",), hides=("html", "key")),
    Table("connect_thank", "thanks", BY, also="post_id IN (SELECT id FROM connect_post WHERE author_id = ANY(%(ids)s))"),
    Table("connect_draft", "drafts", hides=("key",), goes=True),
    Table("connect_image", "pictures", BY),
    Table("connect_copy", "", ("done_by_id",)),
    Table("connect_spaceauthor", "columns_written", goes=True),
    Table("connect_answer", "event_answers", others=("let_in_by_id",), hides=("code",)),
    Table("connect_calendarkey", hides=("digest",), goes=True),
    Table("connect_case", "flagged_texts", ("author_id",), ("decided_by_id", "appeal_by_id"), hides=("html",)),
    Table("connect_flag", "flags_raised", BY),
    Table("connect_groupcode", "", ("made_by_id",)),
    Table("connect_held", "held_texts", ("author_id",), ("decided_by_id",), hides=("key",)),
    Table("connect_idea", "", ("decided_by_id", "shipped_by_id")),
    Table("connect_lived", "values_lived", BY),
    # A line stays, for the count of a chain; what was written in it does not.
    Table("connect_chainline", "chain_lines", others=BY, empties={'"values"': "array_fill(''::varchar, ARRAY[cardinality(\"values\")])"}),
    Table("connect_checkin", "checkins"),
    Table("connect_support", "ideas_supported", BY),
    Table("connect_credited", "credits", others=BY),
    Table("connect_productowner", "products_owned", goes=True),
    Table("connect_conversation", "conversations", ("low_id", "high_id"), knows=("begun_by_id",)),
    Table("connect_message", "messages", BY, hides=("html", "key", "reported_at", "settled_at"), also=(
        "conversation_id IN (SELECT id FROM connect_conversation WHERE low_id = ANY(%(ids)s) OR high_id = ANY(%(ids)s))"
    )),
    # Who blocked somebody is theirs alone to know.
    Table("connect_block", "blocked", BY, knows=("who_id",), goes=True),
    Table("connect_bookmark", "bookmarks", goes=True),
    Table("connect_poster", "posters", BY),
    Table("connect_arrival", "arrivals"),
    Table("connect_notice", "notices", others=BY, goes=True),
    Table("connect_wish", "notice_wishes", goes=True),
    Table("connect_hearing", "notice_settings", hides=("digest",), goes=True),
    Table("connect_mute", "muted_threads", goes=True),
    Table("connect_device", "devices", hides=("digest", "sealed"), goes=True),
    # Other programs, what came from elsewhere, keys.
    Table("hooks_hook", "", ("made_by_id",)),
    Table("bring_batch", "", ("by_id", "undone_by_id")),
    Table("bring_job", "", BY),
    Table("bring_alias", "names_elsewhere", goes=True),
    Table("bring_appearance", "", goes=True),
    Table("rest_token", "tokens", hides=("digest",), goes=True),
    Table("own_bundle", "exports", hides=("file",), goes=True),
)  # fmt: skip

# What hangs on somebody's rows in another table, by the column that does.
PARTS = {
    "order_lines": ("launch_line", "order_id IN (SELECT id FROM launch_order WHERE buyer_id = ANY(%(ids)s))"),
    "order_gifts": ("launch_gift", "order_id IN (SELECT id FROM launch_order WHERE buyer_id = ANY(%(ids)s))"),
    "money_lines": ("ledger_move", (
        "EXISTS (SELECT 1 FROM ledger_account a WHERE a.owner_kind = 'person' AND a.owner_id = ANY(%(ids)s) AND a.id IN (t.src, t.dst))"
    )),
    "money_accounts": ("ledger_account", "owner_kind = 'person' AND owner_id = ANY(%(ids)s)"),
}  # fmt: skip

# Where a table has no community of its own: the column that leads to one that has, and that one's.
VIA = {
    "connect_thank": ("post_id", "connect_post", "id"), "connect_copy": ("announcement_id", "connect_announcement", "post_id"),
    "connect_spaceauthor": ("space_id", "connect_space", "id"), "connect_imageuse": ("post_id", "connect_post", "id"),
    "connect_answer": ("event_id", "connect_event", "post_id"), "connect_chatgroup": ("group_code_id", "connect_groupcode", "id"),
    "connect_groupcodeday": ("group_code_id", "connect_groupcode", "id"), "connect_support": ("idea_id", "connect_idea", "post_id"),
    "connect_credited": ("idea_id", "connect_idea", "post_id"), "bring_appearance": ("batch_id", "bring_batch", "id"),
    "connect_chainline": ("chain_id", "connect_chain", "post_id"), "connect_checkin": ("challenge_id", "connect_challenge", "post_id"),
}  # fmt: skip
# No community's: accounts, kinds, caches, what services sent, what is read anew from elsewhere.
SERVER = {
    "people_person", "people_community", "energy_kind", "ledger_asset", "share_sandboxpayout", "connect_words", "connect_told",
    "launch_inbox", "launch_sandboxpayment", "launch_sandboxmandate", "hooks_reach", "rest_token", "rest_rate", "own_bundle", "see_picture", "see_report",
    "connect_news", "connect_device",
}  # fmt: skip
# What members keep to themselves: its operators do not see it on any page either.
PRIVATE = {
    "connect_draft", "connect_bookmark", "connect_block", "connect_message", "connect_conversation", "connect_hearing", "connect_wish",
    "connect_mute", "connect_notice", "connect_calendarkey", "see_introduction", "see_letter", "launch_touch", "launch_notice", "launch_contact",
}  # fmt: skip
# Never handed out: seals, digests of keys, secrets.
SECRET = {
    "hooks_hook": ("secret",), "gather_invitation": ("digest",), "gather_claim": ("digest",), "connect_calendarkey": ("digest",),
    "connect_hearing": ("digest",), "launch_contact": ("sealed",), "share_payto": ("sealed",), "share_payout": ("sealed",),
    "launch_mandate": ("token",), "launch_gift": ("code",), "connect_answer": ("code",),
}  # fmt: skip
# Columns of accounts no export of a community holds; `email` only the whole one.
ACCOUNT = ("password", "last_login")
