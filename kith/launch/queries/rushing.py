"""What the order lane has to know of a batch, asked for all of it at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from kith.launch.data import LineUp, NoSuchLaunch, Placed, PlainWayOnly, Turn, Wish
from kith.launch.models import Bond, Campaign, Channel, Gate, Item, Ticket, Touch
from kith.launch.queries.channels import rule_at
from kith.launch.queries.goods import SHOWN
from kith.launch.rules.channels import Met, Paid, paid_for
from kith.launch.rules.rushing import LANE_KINDS, must_wait, turn
from kith.ledger import api as ledger
from kith.lib.arrays import written
from kith.people.api import Community, Person, let_in, role_runs

# Each is looked up by itself, by a whole key: what the planner knows of a table that grew by thousands since is never true.
EARLIER = """
    SELECT w.i, o.no, o.status, o.total_minor, o.currency, o.placed_at, o.hold_until, o.digest
    FROM unnest(%s::bigint[], %s::text[]) WITH ORDINALITY w(buyer, key, i)
    JOIN LATERAL (SELECT * FROM launch_order x WHERE x.community_id = %s AND x.buyer_id = w.buyer AND x.client_key = w.key OFFSET 0) o ON true
"""


@dataclass(frozen=True, slots=True)
class Credited:
    """Through whom an order comes, and the version of the rule that says so."""

    paid: Paid
    role: str
    rule_version: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a batch is decided by. `earlier` are orders that stand under the same keys, by place in the batch, with their digests."""

    items: Mapping[int, Item]
    roles: Mapping[int, str]
    earlier: Mapping[int, tuple[Placed, str]]
    shelf: Mapping[int, int]
    allowance: Mapping[int, int]
    must_wait: Collection[int]


def lane_campaign(community_id: int, slug: str, campaign: str) -> Campaign:
    """Return a launch of the lane with its community.

    Raises:
        NoSuchLaunch: there is none at this address in this community.
        PlainWayOnly: it sells in a way the lane cannot.

    """
    rows = Campaign.objects.select_related("community", "by").filter(community=community_id, community__slug=slug)
    found = rows.filter(slug=campaign, status__in=SHOWN).first()
    if found is None:
        raise NoSuchLaunch
    if found.kind not in LANE_KINDS:
        raise PlainWayOnly
    return found


def facts_of(launch: Campaign, wishes: Collection[Wish]) -> Facts:
    """Six queries, whatever the number of wishes; one more where people stand in line."""
    buyers = list({w.buyer_id for w in wishes})
    shelf = ledger.balances(launch.community, owner_kind="campaign", owner_id=launch.pk)
    allowance = {}
    if launch.per_buyer:
        allowance = ledger.balances_of_each(
            launch.community, buyers, owner_kind="person", role="shelf", asset=f"B:{launch.pk}"
        )
    return Facts(
        items={i.pk: i for i in Item.objects.select_related("offer").filter(campaign=launch)},
        roles=let_in(launch.community, buyers), earlier=_earlier(launch.community, wishes), allowance=allowance,
        must_wait=_must_wait(launch, buyers), shelf={int(a.name.asset[2:]): a.balance_minor for a in shelf if a.name.role == "shelf"},
    )  # fmt: skip


def _must_wait(launch: Campaign, buyers: Collection[int]) -> set[int]:
    line = line_of(launch)
    numbers = numbers_of(launch, buyers) if line.waiting else {}
    return {who for who in buyers if must_wait(numbers.get(who), line)}


def _earlier(community: Community, wishes: Collection[Wish]) -> dict[int, tuple[Placed, str]]:
    with connection.cursor() as cursor:
        cursor.execute(EARLIER, [written(w.buyer_id for w in wishes), written(w.key for w in wishes), community.pk])
        return {
            i - 1: (Placed(no, status, total_minor, currency, placed_at, hold_until, is_new=False), digest)
            for i, no, status, total_minor, currency, placed_at, hold_until, digest in cursor.fetchall()
        }


def met_before(launch: Campaign, buyers: Collection[int], at: datetime) -> dict[int, Credited]:
    """Return through whom buyers came who order now, as the payment would say; four queries, one where nobody brings this launch.

    Who is bound to somebody, or has somebody bound to them, is left out: that is decided with the payment.
    """
    if not Channel.objects.filter(campaign=launch, accepted_at__isnull=False).exists():
        return {}
    rule = rule_at(launch, at)
    touches = _touches(launch, buyers, at - timedelta(days=rule.touch_days), at)
    bonds = Bond.objects.filter(Q(buyer__in=touches) | Q(promoter__in=touches), community=launch.community, since__lte=at, until__gt=at)  # fmt: skip
    bound = {person for pair in bonds.values_list("buyer", "promoter") for person in pair}
    roles = let_in(launch.community, {met.promoter_id for mets in touches.values() for met in mets})
    credited = {}
    for buyer in touches.keys() - bound:
        mets = [met for met in touches[buyer] if roles.get(met.promoter_id)]
        paid = paid_for(buyer_id=buyer, placed_at=at, touches=mets, touch_days=rule.touch_days, bond=None, below=())
        if paid is not None:
            role = "house" if role_runs(roles[paid.met.promoter_id]) else "promoter"
            credited[buyer] = Credited(paid, role, rule.version)
    return credited


def _touches(launch: Campaign, buyers: Collection[int], since: datetime, until: datetime) -> dict[int, list[Met]]:
    rows = Touch.objects.filter(
        community=launch.community, person__in=buyers, channel__campaign=launch, at__gte=since, at__lte=until
    )
    found: dict[int, list[Met]] = {}
    for met in rows.values_list("channel", "channel__person", "at", "pk", "person"):
        found.setdefault(met[4] or 0, []).append(Met(*met[:4]))
    return found


def line_of(launch: Campaign) -> LineUp:
    """Return the line of a launch; one query."""
    found = Gate.objects.filter(campaign=launch).first()
    return LineUp(found.issued, found.admitted) if found else LineUp(0, 0)


def numbers_of(launch: Campaign, person_ids: Collection[int]) -> dict[int, int]:
    """Return the numbers of those who have one."""
    rows = Ticket.objects.filter(community=launch.community_id, campaign=launch, person__in=person_ids)
    return dict(rows.values_list("person", "number"))


def turn_of(community: Community, slug: str, person: Person) -> Turn:
    """Return somebody's place in the line of a launch; number 0 where they have none, and then `ahead` is how many wait."""
    gate = Gate.objects.select_related("campaign").filter(community=community, campaign__slug=slug).first()
    if gate is None:
        return turn(None, LineUp(0, 0))
    return turn(numbers_of(gate.campaign, [person.pk]).get(person.pk), LineUp(gate.issued, gate.admitted))
