"""What launch promises, checked over every community against the rows and the value book."""

from django.db import connection
from django.db.models import Count

from kith.launch.models import CouponUse, Line, Order, Seat, Term
from kith.launch.queries.renewing import unearned_of
from kith.launch.rules import earned_minor, tax_within
from kith.ledger import api as ledger
from kith.lib.books import Promise
from kith.people.api import Community, every_community
from kith.share import api as share

AUDIT = {
    "lines of an order sum to its total": """
        SELECT count(*), count(*) FILTER (WHERE o.total_minor <> COALESCE(l.sum, 0)) FROM launch_order o
        LEFT JOIN (SELECT order_id, sum(amount_minor) AS sum FROM launch_line GROUP BY 1) l ON l.order_id = o.id
    """,
    "what an order was paid is the sum of its charges": """
        SELECT count(*), count(*) FILTER (WHERE o.paid_minor <> COALESCE(w.sum, 0)) FROM launch_order o
        LEFT JOIN (SELECT order_id, sum(amount_minor) AS sum FROM launch_wire WHERE dir = 'charge' AND status = 'done' GROUP BY 1) w
            ON w.order_id = o.id
    """,
    "what an order got back is the sum of its refunds": """
        SELECT count(*), count(*) FILTER (WHERE o.refunded_minor <> COALESCE(w.sum, 0)) FROM launch_order o
        LEFT JOIN (SELECT order_id, sum(amount_minor) AS sum FROM launch_wire
            WHERE dir = 'refund' AND status NOT IN ('failed', 'closed') GROUP BY 1) w ON w.order_id = o.id
    """,
    "nothing is refunded beyond the charge it came by": """
        SELECT count(*), count(*) FILTER (WHERE c.amount_minor < COALESCE(r.sum, 0) OR (r.sum > 0 AND c.status <> 'done')) FROM launch_wire c
        LEFT JOIN (SELECT of_wire_id, sum(amount_minor) AS sum FROM launch_wire
            WHERE dir = 'refund' AND status NOT IN ('failed', 'closed') GROUP BY 1) r ON r.of_wire_id = c.id
        WHERE c.dir = 'charge'
    """,
    "what coupons took off an order stands in its lines": """
        SELECT count(*), count(*) FILTER (WHERE u.sum IS DISTINCT FROM l.sum) FROM
        (SELECT order_id, sum(off_minor) AS sum FROM launch_couponuse GROUP BY 1) u
        FULL JOIN (SELECT order_id, sum(discount_minor) AS sum FROM launch_line WHERE discount_minor > 0 GROUP BY 1) l USING (order_id)
    """,
    "groups are formed when every seat is paid, and not before": """
        SELECT count(*), count(*) FILTER (WHERE (g.status = 'formed') <> (COALESCE(s.filled, 0) = g.size) OR COALESCE(s.taken, 0) > g.size)
        FROM launch_group g LEFT JOIN (SELECT group_id, count(*) FILTER (WHERE status = 'filled') AS filled,
            count(*) FILTER (WHERE status <> 'back') AS taken FROM launch_seat GROUP BY 1) s ON s.group_id = g.id
    """,
    "nobody sits in a group without an order that is open or paid": """
        SELECT count(*), count(*) FILTER (WHERE NOT (s.status = 'back' OR (s.status = 'held' AND o.status = 'placed')
            OR (s.status = 'filled' AND (o.status IN ('paid', 'final', 'refunding') OR g.status = 'formed'))))
        FROM launch_seat s JOIN launch_order o ON o.id = s.order_id JOIN launch_group g ON g.id = s.group_id
    """,
    "an order is paid when all of it is, and a deposit is not yet all": """
        SELECT count(*), count(*) FILTER (WHERE (o.status IN ('deposited', 'due') AND COALESCE(w.sum, 0) <> o.deposit_minor)
            OR (o.status IN ('paid', 'final') AND COALESCE(w.sum, 0) <> o.total_minor)) FROM launch_order o
        LEFT JOIN (SELECT order_id, sum(amount_minor) AS sum FROM launch_wire WHERE dir = 'charge' AND status = 'done' AND NOT is_surplus
            GROUP BY 1) w ON w.order_id = o.id
    """,
    "terms of one plan follow one another": """
        SELECT count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM launch_term b WHERE b.community_id = a.community_id
            AND b.person_id = a.person_id AND b.family = a.family AND b.id > a.id AND b.starts_at < LEAST(a.ends_at, a.ended_at)
            AND a.starts_at < LEAST(b.ends_at, b.ended_at))) FROM launch_term a
    """,
    "every membership that was paid has its term": """
        SELECT count(*), count(*) FILTER (WHERE t.id IS NULL) FROM launch_line l JOIN launch_item i ON i.id = l.item_id
        JOIN launch_offer f ON f.id = i.offer_id AND f.kind = 'plan' JOIN launch_order o ON o.id = l.order_id AND o.paid_at IS NOT NULL
        LEFT JOIN launch_term t ON t.order_id = o.id AND t.n = l.n
        WHERE NOT EXISTS (SELECT 1 FROM launch_gift g WHERE g.order_id = o.id)
    """,
    "every term lets in whom it is for, for as long": """
        SELECT count(*), count(*) FILTER (WHERE g.id IS NULL OR g.person_id <> t.person_id OR g.what <> t.family OR g.from_at <> t.starts_at
            OR g.until_at <> GREATEST(t.starts_at, LEAST(t.ends_at, COALESCE(t.ended_at, t.ends_at)))) FROM launch_term t
        LEFT JOIN people_grant g ON g.community_id = t.community_id AND g.cause = 'term:' || t.id
    """,
    "a gift that was redeemed has its term, and no other has": """
        SELECT count(*), count(*) FILTER (WHERE (g.status = 'redeemed') <> (t.id IS NOT NULL) OR t.person_id <> g.redeemed_by_id)
        FROM launch_gift g LEFT JOIN launch_term t ON t.order_id = g.order_id
    """,
    "no period of a membership is charged twice": """
        SELECT count(*), count(*) FILTER (WHERE w.many > 1) FROM launch_renewal r
        LEFT JOIN (SELECT order_id, count(*) AS many FROM launch_wire WHERE dir = 'charge' AND status = 'done' AND NOT is_surplus
            GROUP BY 1) w ON w.order_id = r.order_id
    """,
    "no renewal is charged within five days of its notice": """
        SELECT count(*), count(*) FILTER (WHERE n.sent_at IS NULL OR n.sent_at > o.placed_at - interval '5 days') FROM launch_renewal r
        JOIN launch_order o ON o.id = r.order_id LEFT JOIN launch_notice n ON n.community_id = r.community_id AND n.key = 'renewal:' || r.id
    """,
    "open launches are frozen under their terms": """
        SELECT count(*), count(*) FILTER (WHERE terms_digest = '' OR frozen_at IS NULL) FROM launch_campaign
        WHERE status NOT IN ('draft', 'ready')
    """,
    "the price of an offer is the last line of its log": """
        SELECT count(*), count(*) FILTER (WHERE p.price_minor IS DISTINCT FROM o.price_minor) FROM launch_offer o
        LEFT JOIN launch_pricelog p ON p.offer_id = o.id AND p.version = o.version
    """,
    "whose sale an order is sums to a million within each role": """
        SELECT count(*), count(*) FILTER (WHERE sum <> 1000000) FROM (
            SELECT sum(weight_ppm) AS sum FROM launch_attribution GROUP BY order_id, role) s
    """,
    "nobody is credited with an order of their own, or with one placed before they met the buyer": """
        SELECT count(*), count(*) FILTER (WHERE a.person_id = o.buyer_id OR a.met_at > o.placed_at OR c.person_id <> a.person_id
            OR c.campaign_id <> o.campaign_id) FROM launch_attribution a JOIN launch_order o ON o.id = a.order_id
        JOIN launch_channel c ON c.id = a.channel_id
    """,
    "no bonds close a ring": """
        WITH RECURSIVE up(bond, community, top, since, until) AS (
            SELECT id, community_id, promoter_id, since, until FROM launch_bond
            UNION SELECT up.bond, b.community_id, b.promoter_id, GREATEST(up.since, b.since), LEAST(up.until, b.until) FROM launch_bond b
                JOIN up ON b.community_id = up.community AND b.buyer_id = up.top AND b.since < up.until AND b.until > up.since
        ) SELECT count(DISTINCT b.id), count(DISTINCT b.id) FILTER (WHERE up.top = b.buyer_id) FROM launch_bond b JOIN up ON up.bond = b.id
    """,
}
ROLE = {"held": "held", "used": "gone"}
SEAT_ROLE = {"held": "held", "filled": "gone"}
HOLDS = ("placed", "deposited", "due", "paid", "refunding", "final")


def audit() -> list[Promise]:
    """Check what launch promises; one Promise each."""
    with connection.cursor() as cursor:
        found = []
        for name, sql in AUDIT.items():
            cursor.execute(sql)
            found.append(Promise(name, *cursor.fetchone()))
    return [*found, _held(), _coupons(), _seats(), _shared(), _unearned()]


def _held() -> Promise:
    """Compare the units held in the value book with those of orders that are open and not shipped."""
    checked = broken = 0
    for community in every_community():
        booked, owed = _booked(community), _owed(community)
        checked += len(owed)
        broken += sum(booked.get(item, 0) != units for item, units in owed.items())
        broken += sum(units != 0 for item, units in booked.items() if item not in owed)
    return Promise("units held are those of open orders", checked, broken)


def _coupons() -> Promise:
    """Compare how often each coupon is held and used in the value book with the orders that hold and used it."""
    checked = broken = 0
    for community in every_community():
        book = ledger.totals(community)
        rows = CouponUse.objects.filter(community=community, status__in=ROLE).values("coupon", "status")
        said = {(ROLE[r["status"]], f"C:{r['coupon']}"): r["n"] for r in rows.annotate(n=Count("pk"))}
        booked = {key: n for key, n in book.items() if key[0] in ROLE.values() and key[1].startswith("C:") and n}
        checked += len(said | booked)
        broken += sum(said.get(key, 0) != booked.get(key, 0) for key in said | booked)
    return Promise("coupons held and used are those of orders", checked, broken)


def _seats() -> Promise:
    """Compare the seats held and filled in the value book, group by group, with the orders that sit there."""
    checked = broken = 0
    for community in every_community():
        book = ledger.totals(community)
        rows = Seat.objects.filter(community=community, status__in=SEAT_ROLE).values("group", "status")
        said = {(SEAT_ROLE[r["status"]], f"G:{r['group']}"): r["n"] for r in rows.annotate(n=Count("pk"))}
        booked = {key: n for key, n in book.items() if key[0] in SEAT_ROLE.values() and key[1].startswith("G:") and n}
        checked += len(said | booked)
        broken += sum(said.get(key, 0) != booked.get(key, 0) for key in said | booked)
    return Promise("seats of groups are those of orders", checked, broken)


def _booked(community: Community) -> dict[int, int]:
    return {
        int(asset[2:]): units
        for (role, asset), units in ledger.totals(community).items()
        if role == "held" and asset.startswith("S:")
    }


def _owed(community: Community) -> dict[int, int]:
    owed: dict[int, int] = {}
    orders = Order.objects.filter(community=community, status__in=HOLDS, shipped_at=None)
    for line in Line.objects.filter(kind="item", order__in=orders).only("item_id", "qty", "refunded_qty"):
        assert line.item_id
        owed[line.item_id] = owed.get(line.item_id, 0) + line.qty - line.refunded_qty
    return owed


def net_of(line: Line) -> int:
    """Return what is left of a line, without its tax."""
    left = line.amount_minor - line.refunded_minor
    return left - tax_within(left, line.tax_ppm)


def _shared() -> Promise:
    """Compare what is left of every line that is shared with what is left of the order, tax left out."""
    checked = broken = 0
    for community in every_community():
        shared = share.kept(community)
        lines = Line.objects.filter(community=community, kind="item", order__no__in={key for key, _ in shared})
        left = {(line.order.no, line.n): net_of(line) for line in lines.select_related("order")}
        checked += len(shared)
        broken += sum(left.get(place) != total for place, total in shared.items())
    return Promise("what is shared of an order is what is left of it", checked, broken)


def _unearned() -> Promise:
    """Compare what is unearned of every membership with the time that was still to come when it was last earned."""
    checked = broken = 0
    for community in every_community():
        terms = Term.objects.filter(community=community, earned_until__isnull=False).select_related("order")
        for term in terms:
            line = Line.objects.get(order=term.order_id, n=term.n)
            used = earned_minor(net_of(line), term.starts_at, term.ends_at, term.earned_until or term.starts_at)
            there = ledger.balance(community, unearned_of(term, term.order.currency))
            checked += 1
            broken += there > (0 if term.is_earned else net_of(line) - used)
    return Promise("what is unearned of memberships is not more than their time to come", checked, broken)
