"""Channels as promoters, buyers and who runs the community see them."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext

from kith.launch.data import (
    BondValue,
    BroughtBy,
    ChannelPlan,
    ChannelResult,
    ChannelValue,
    Credit,
    DoubtValue,
    NoSuchChannel,
    RuleValue,
)
from kith.launch.models import Attribution, Bond, Campaign, Channel, ChannelRule, Contact, Doubt, Order, Touch
from kith.launch.queries.goods import campaign_row, scale_of
from kith.launch.rules.channels import TOUCH_DAYS, blurred
from kith.lib.sealing import unseal
from kith.people.api import Community, Person, standings

SOLD = ("paid", "final", "refunding", "refunded")
KEPT = Sum(F("paid_minor") - F("refunded_minor"))  # of orders
CREDITED = Sum(F("order__paid_minor") - F("order__refunded_minor"))  # of attributions
WHO = Count("person", distinct=True) + Count("visitor", distinct=True, filter=Q(person=None))
NO_RULE = RuleValue(0, TOUCH_DAYS, 0)
LISTED = 500
CHANNEL_WITH = ("community", "campaign", "person", "asked_by")


def disclosure() -> str:
    """Return what stands wherever a link is, in the reader's language."""
    return gettext("Who recommends this may earn a commission.")


def disclosure_whole() -> str:
    """Return what a promoter accepts; kept with the channel in these words. Another text is another DISCLOSURE_VERSION."""
    return gettext(
        "Who recommends this may earn a commission. This stands wherever I share the link. I earn by what is sold through me, never by bringing people in, and never by what I buy myself. It costs me nothing, I need not buy anything, and I may stop at any time."
    )


def as_channel(row: Channel) -> ChannelValue:
    """Map a channel loaded CHANNEL_WITH what belongs to it."""
    return ChannelValue(
        row.pk, row.code, row.status, row.person_id, row.person.name, row.community.slug, row.campaign.slug, row.campaign.title,
        row.campaign.status, row.asked_by.name if row.asked_by else "", row.expected_people,
        row.proposed_at, row.asked_at, row.answered_at, row.accepted_at, row.closed_at, row.disclosure,
    )  # fmt: skip


def as_rule(row: ChannelRule) -> RuleValue:
    return RuleValue(row.version, row.touch_days, row.bond_days)


def doubts_with(rows: "QuerySet[Doubt]") -> "QuerySet[Doubt]":
    return rows.select_related("order__buyer").prefetch_related("order__attributions__person")


def as_doubt(row: Doubt) -> DoubtValue:
    """Map a doubt loaded by `doubts_with`."""
    order = row.order
    promoter = next(a.person.name for a in order.attributions.all() if a.role != "second")
    return DoubtValue(row.pk, order.no, order.buyer.name, promoter, row.reason, order.total_minor, row.made_at)


def rule_of(row: Campaign) -> RuleValue:
    """Return how long touches count now and buyers are bound in a launch."""
    found = ChannelRule.objects.filter(campaign=row).order_by("-version").first()
    return as_rule(found) if found else NO_RULE


def rule_at(row: Campaign, at: datetime) -> RuleValue:
    """Return the rule that held at a moment."""
    found = ChannelRule.objects.filter(campaign=row, made_at__lte=at).order_by("-version").first()
    return as_rule(found) if found else NO_RULE


def channel_row(community: Community, code: str, *, person: Person | None = None) -> Channel:
    """Return a channel, with `person` only if it is theirs.

    Raises:
        NoSuchChannel: there is none, or it is somebody else's: the same answer to both.

    """
    rows = Channel.objects.select_related(*CHANNEL_WITH).filter(community=community, code=code)
    found = rows.filter(person=person, asked_at__isnull=False).first() if person else rows.first()
    if found is None:
        raise NoSuchChannel
    return found


def bond_of(community: Community, buyer_id: int, at: datetime) -> Bond | None:
    """Return the bond of a buyer at a moment."""
    return Bond.objects.filter(community=community, buyer=buyer_id, since__lte=at, until__gt=at).first()


def bond(community: Community, buyer: Person, *, now: datetime) -> BondValue | None:
    """Return to whom a buyer is bound now."""
    bound = Bond.objects.select_related("promoter").filter(
        community=community, buyer=buyer, since__lte=now, until__gt=now
    )
    row = bound.first()
    return BondValue(row.pk, row.promoter.name, row.promoter_id, row.since, row.until) if row else None


BELOW = """
    WITH RECURSIVE below(person) AS (
        SELECT buyer_id FROM launch_bond WHERE community_id = %(community)s AND promoter_id = %(top)s AND since <= %(at)s AND until > %(at)s
        UNION SELECT b.buyer_id FROM launch_bond b JOIN below ON b.promoter_id = below.person
            WHERE b.community_id = %(community)s AND b.since <= %(at)s AND b.until > %(at)s
    ) SELECT person FROM below
"""


def bound_to(community: Community, person_id: int, at: datetime) -> set[int]:
    """Return who is bound to somebody at a moment, over however many others. One query."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, {"community": community.pk, "top": person_id, "at": at})
        return {row[0] for row in cursor.fetchall()}


def phones(person_id: int, order: Order) -> set[str]:
    """Return the digits of the telephones somebody had things sent to in this community, as far as they are kept."""
    rows = Contact.objects.filter(community=order.community, person=person_id, sealed__isnull=False).order_by("-pk")
    kept = (
        json.loads(unseal(bytes(row.sealed or b""), secret=settings.SECRET_KEY, purpose="contact")) for row in rows[:5]
    )
    found = ("".join(filter(str.isdigit, contact["phone"]))[-11:] for contact in kept)
    return {digits for digits in found if len(digits) >= 7}


def credits_of(order: Order) -> list[Credit]:
    """Return whose sale an order is: nothing, or weights that sum to a million within each role. Two queries."""
    doubt = Doubt.objects.filter(order=order).first()
    state = "clear" if doubt is None or doubt.is_fine else "doubted" if doubt.is_fine is None else "refused"
    rows = Attribution.objects.filter(order=order).order_by("role", "person")
    return [Credit(a.person_id, a.role, a.weight_ppm, state) for a in rows]


def brought_by(community: Community, slug: str, *, reader: Person | None, visitor: str, now: datetime) -> BroughtBy | None:  # fmt: skip
    """Return through whom a reader came to a launch last, for its page to say that they may earn by it. Two queries."""
    mark = blurred(visitor, secret=settings.SECRET_KEY)
    mine = (Q(person=reader) if reader else Q(pk=None)) | (Q(visitor=mark, person=None) if mark else Q(pk=None))
    rows = Touch.objects.filter(mine, community=community, channel__campaign__slug=slug, at__lte=now)
    rows = rows.exclude(channel__person=reader) if reader else rows
    found = rows.select_related("channel__person").order_by("-at", "-pk").first()
    return BroughtBy(found.channel.person.name, found.channel.person_id, found.at) if found else None


def channels_of(community: Community, person: Person) -> list[ChannelResult]:
    """Return the launches somebody is asked to bring to others, or brings, newest first, with what came of it."""
    rows = Channel.objects.filter(community=community, person=person, asked_at__isnull=False)
    return _results(rows.order_by("-asked_at", "-pk")[:LISTED])


def channel_result(community: Community, code: str, *, reader: Person) -> ChannelResult:
    """Return one's own channel with what came of it.

    Raises:
        NoSuchChannel: there is none, or it is somebody else's.

    """
    return _results(Channel.objects.filter(pk=channel_row(community, code, person=reader).pk))[0]


def channel_plan(community: Community, slug: str) -> ChannelPlan:
    """Return the channels of a launch for who runs it: proposed, asked, and what came of those who accepted.

    Raises:
        NoSuchLaunch: there is none at this address.

    """
    row = campaign_row(community, slug)
    found = _results(Channel.objects.filter(campaign=row).order_by("-expected_people", "pk")[:LISTED])
    proposed = standings(community, [r.channel.person_id for r in found if r.channel.status == "proposed"])
    hidden = {p.person_id for p in proposed.values() if p.hides_rank or p.refuses_measures}
    sold = Order.objects.filter(campaign=row, status__in=SOLD)
    direct = sold.filter(attributions=None).aggregate(n=Count("pk"), money=KEPT)
    doubts = doubts_with(Doubt.objects.filter(community=community, order__campaign=row, is_fine=None))
    return ChannelPlan(
        rule=rule_of(row), doubts=tuple(map(as_doubt, doubts.order_by("pk"))), buyers=sold.aggregate(n=Count("buyer", distinct=True))["n"],
        results=tuple(r for r in found if r.channel.status != "proposed" or r.channel.person_id in proposed.keys() - hidden),
        direct_orders=direct["n"], direct_minor=direct["money"] or 0,
    )  # fmt: skip


def _results(rows: "QuerySet[Channel]") -> list[ChannelResult]:
    """Return channels with what came of each. Four queries."""
    found = list(rows.select_related(*CHANNEL_WITH))
    ids = [c.pk for c in found]
    touched = _by_channel(Touch.objects.filter(channel__in=ids).exclude(person=F("channel__person")), n=Count("pk"), who=WHO)  # fmt: skip
    sales = Attribution.objects.filter(channel__in=ids, order__status__in=SOLD).exclude(role="second")
    sold = _by_channel(sales, n=Count("pk"), paid=Sum("order__paid_minor"), back=Sum("order__refunded_minor"))
    doubted = _by_channel(sales.filter(order__in=Doubt.objects.exclude(is_fine=True).values("order")), n=Count("pk"))
    return [_result(c, touched.get(c.pk, {}), sold.get(c.pk, {}), doubted.get(c.pk, {})) for c in found]


def _by_channel(rows: "QuerySet[Any]", **sums: Any) -> dict[int, dict[str, int]]:
    return {found["channel"]: found for found in rows.order_by().values("channel").annotate(**sums)}


def _result(row: Channel, touched: dict[str, int], sold: dict[str, int], doubted: dict[str, int]) -> ChannelResult:
    return ChannelResult(
        as_channel(row), row.touches_gone + touched.get("n", 0), row.people_gone + touched.get("who", 0), sold.get("n", 0),
        sold.get("paid", 0), sold.get("back", 0), doubted.get("n", 0), row.campaign.currency, scale_of(row.campaign.currency),
    )  # fmt: skip
