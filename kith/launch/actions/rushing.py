"""The order lane: many placements by a handful of statements and one commit, with the outcome that `place` gives each of them.

The order of locks is that of `place`: new rows first, the value book last and once. What the book would refuse is sorted out before;
where somebody else was quicker nonetheless, nothing of the batch stays and it is looked at anew. What no batch can write is
placed one by one, so that one bad order harms no other.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kith.launch import rules
from kith.launch.actions.ordering import place
from kith.launch.actions.states import allowance, supply_of_rights, unit_moves
from kith.launch.data import (
    ContactMissing,
    LimitReached,
    MustWait,
    NoSuchLaunch,
    NotInThisLaunch,
    NotOpen,
    NotWritten,
    OtherOrder,
    Placed,
    SaleRules,
    SoldOut,
    TermsChanged,
    Wanted,
    Wish,
)
from kith.launch.models import Campaign, Item
from kith.launch.queries import sale_of
from kith.launch.queries.rushing import Credited, Facts, facts_of, lane_campaign, met_before
from kith.launch.rules.rushing import allotted
from kith.ledger import api as ledger
from kith.ledger.api import NewMove, Posting
from kith.lib.arrays import written
from kith.lib.errors import Refusal
from kith.lib.sealing import seal
from kith.lib.split import WHOLE_PPM
from kith.people.api import person

log = logging.getLogger(__name__)
TRIES = 3
ALONE = object()  # an answer still to be found, one by one

# Small tables have misleading statistics, and compiling a plan takes longer than running it.
AS_A_RUSH = "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), set_config('synchronous_commit', 'on', true)"
WRITE = """
WITH q AS MATERIALIZED (
    SELECT w.*, nextval(pg_get_serial_sequence('launch_order', 'id')) AS id,
        CASE WHEN w.sealed IS NOT NULL THEN nextval(pg_get_serial_sequence('launch_contact', 'id')) END AS contact_id
    FROM unnest(%(nos)s::text[], %(buyers)s::bigint[], %(keys)s::text[], %(digests)s::text[], %(totals)s::bigint[], %(shows)s::bool[],
        %(sealed)s::bytea[]) WITH ORDINALITY w(no, buyer_id, client_key, digest, total_minor, shows_energy, sealed, i)
), contacts AS (
    INSERT INTO launch_contact (id, community_id, person_id, sealed, made_at)
    SELECT contact_id, %(community)s, buyer_id, sealed, %(now)s FROM q WHERE sealed IS NOT NULL
), orders AS (
    INSERT INTO launch_order (id, community_id, no, buyer_id, campaign_id, client_key, digest, status, currency, total_minor, deposit_minor,
        paid_minor, refunded_minor, placed_at, hold_until, tracking, refund_reason, terms_digest, contact_id, shows_energy)
    SELECT id, %(community)s, no, buyer_id, %(campaign)s, client_key, digest, 'placed', %(currency)s, total_minor, 0, 0, 0, %(now)s,
        %(hold_until)s, '', '', %(terms_digest)s, contact_id, shows_energy FROM q
), lines AS (
    INSERT INTO launch_line (community_id, order_id, n, kind, item_id, title, qty, unit_minor, discount_minor, amount_minor, tax_ppm,
        refunded_qty, refunded_minor)
    SELECT %(community)s, q.id, l.n, l.kind, l.item_id, l.title, l.qty, l.unit_minor, l.discount_minor,
        l.qty * l.unit_minor - l.discount_minor, l.tax_ppm, 0, 0
    FROM unnest(%(line_of)s::int[], %(ns)s::int[], %(kinds)s::text[], %(items)s::bigint[], %(titles)s::text[], %(qtys)s::int[],
        %(units)s::bigint[], %(discounts)s::bigint[], %(taxes)s::int[])
        l(i, n, kind, item_id, title, qty, unit_minor, discount_minor, tax_ppm) JOIN q ON q.i = l.i
), credits AS (
    INSERT INTO launch_attribution (community_id, order_id, channel_id, person_id, role, model, weight_ppm, met_at, rule_version, at)
    SELECT %(community)s, q.id, c.channel_id, c.person_id, c.role, c.model, %(whole)s, c.met_at, c.rule_version, %(now)s
    FROM unnest(%(credit_of)s::int[], %(channels)s::bigint[], %(promoters)s::bigint[], %(roles)s::text[], %(models)s::text[],
        %(mets)s::timestamptz[], %(versions)s::int[]) c(i, channel_id, person_id, role, model, met_at, rule_version) JOIN q ON q.i = c.i
)
SELECT id FROM q ORDER BY i
"""

Outcome = Placed | Refusal


class Crossed(Exception):  # noqa: N818 -- no fault: somebody was quicker
    """What a batch was decided by has changed meanwhile."""


@dataclass(slots=True)
class Draft:
    """An order on its way into the books."""

    place: int
    wish: Wish
    campaign: Campaign
    no: str
    digest: str
    lines: Sequence[rules.Priced]
    sealed: bytes | None
    pk: int = 0

    @property
    def buyer_id(self) -> int:
        return self.wish.buyer_id

    @property
    def campaign_id(self) -> int:
        return self.campaign.pk

    @property
    def total_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines)


def place_many(*, community_id: int, slug: str, campaign: str, wishes: Sequence[Wish], now: datetime) -> list[Outcome]:
    """Place orders of one launch as if one after another; return for each what `place` returns or raises.

    An answer is given only once its order is on disk. Coupons, groups and presales are not for the lane.

    Raises:
        NoSuchLaunch, PlainWayOnly: of the launch.
        DatabaseError: the database is away; whether orders were written is known when they are asked for again under their keys.

    """
    launch = lane_campaign(community_id, slug, campaign)
    answers = _together(launch, wishes, now)
    return [_alone(launch, w, now) if a is ALONE else a for w, a in zip(wishes, answers, strict=True)]


def _together(launch: Campaign, wishes: Sequence[Wish], now: datetime) -> Sequence[Any]:
    """Return the answers of a batch, ALONE for what it cannot do."""
    if launch.status == "ready" and launch.opens_at <= now:  # opened by its first order
        return [ALONE] * len(wishes)
    for _ in range(TRIES):
        try:
            return _batch(launch, wishes, now)
        except Crossed:
            continue
        except DatabaseError as fault:
            if not connection.is_usable():
                raise
            log.warning("a batch of %s orders was not written: %s", len(wishes), _named(fault))
    return [ALONE] * len(wishes)


def _named(fault: DatabaseError) -> str:
    """Name a fault without the row, which may hold what is nobody's business."""
    return str(fault).partition("\n")[0]


def _alone(launch: Campaign, wish: Wish, now: datetime) -> Outcome:
    buyer = person(wish.buyer_id)
    if buyer is None:
        return NoSuchLaunch()
    try:
        made = place(
            community=launch.community, campaign=launch.slug, buyer=buyer, wanted=[Wanted(*w) for w in wish.units.items()], now=now,
            client_key=wish.key, contact=wish.contact, shows_energy=wish.shows_energy, terms_digest=wish.terms_digest,
        )  # fmt: skip
    except Refusal as refused:
        return refused
    except DatabaseError as fault:
        if not connection.is_usable():
            raise
        log.warning("an order was not written: %s", _named(fault))
        return NotWritten()
    return Placed(
        made.no, made.status, made.total_minor, made.currency, made.placed_at, made.hold_until, made.placed_at == now
    )


@transaction.atomic
def _batch(launch: Campaign, wishes: Sequence[Wish], now: datetime) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(AS_A_RUSH)
    facts = facts_of(launch, wishes)
    answers: list[Any] = [None] * len(wishes)
    drafts = _drafts(launch, wishes, facts, answers, now)
    if drafts:
        _write(launch, drafts, facts, now)
        held = now + timedelta(minutes=launch.hold_minutes)
        for d in drafts:
            answers[d.place] = Placed(d.no, "placed", d.total_minor, launch.currency, now, held, is_new=True)
    return _with_twins(wishes, answers, launch.pk)


def _with_twins(wishes: Sequence[Wish], answers: list[Any], campaign_id: int) -> list[Any]:
    """Answer what was asked twice in one batch: the same the same, another cart under the same key as what it is."""
    firsts: dict[tuple[int, str], int] = {}
    for at, w in enumerate(wishes):
        first = firsts.setdefault((w.buyer_id, w.key), at)
        if answers[at] is None:
            same = rules.cart_digest(campaign_id, w.units) == rules.cart_digest(campaign_id, wishes[first].units)
            answers[at] = _again(answers[first]) if same else OtherOrder()
    return answers


def _again(answer: Any) -> Any:
    if not isinstance(answer, Placed):
        return answer
    return Placed(answer.no, answer.status, answer.total_minor, answer.currency, answer.placed_at, answer.hold_until, is_new=False)  # fmt: skip


def _drafts(launch: Campaign, wishes: Sequence[Wish], facts: Facts, answers: list[Any], now: datetime) -> list[Draft]:
    """Return what is to be written; what is not gets its answer, except for the second of two under one key."""
    drafts, seen, sale = [], set(), sale_of(launch)
    for at, w in enumerate(wishes):
        if (w.buyer_id, w.key) in seen:
            continue
        seen.add((w.buyer_id, w.key))
        try:
            answers[at] = _earlier(launch, w, facts, at) or _checked(launch, w, facts, now)
            if answers[at] is None:
                drafts.append(_draft(launch, w, facts, at, now, sale))
        except Refusal as refused:
            answers[at] = refused
    return _that_are_there(launch, drafts, facts, answers)


def _earlier(launch: Campaign, wish: Wish, facts: Facts, at: int) -> Placed | None:
    """Return what stands under the key already."""
    if wish.buyer_id not in facts.roles:
        raise NoSuchLaunch
    if at not in facts.earlier:
        return None
    placed, digest = facts.earlier[at]
    if digest != rules.cart_digest(launch.pk, wish.units):
        raise OtherOrder
    return placed


def _checked(launch: Campaign, wish: Wish, facts: Facts, now: datetime) -> Any:
    """Let pass what may be ordered; ALONE what has no price, because it is paid at once."""
    if launch.status != "open" or launch.opens_at > now or (launch.closes_at is not None and launch.closes_at <= now):
        raise NotOpen
    if wish.terms_digest and wish.terms_digest != launch.terms_digest:
        raise TermsChanged
    if wish.buyer_id in facts.must_wait:
        raise MustWait
    if not wish.units.keys() <= facts.items.keys():
        raise NotInThisLaunch
    return None if any(facts.items[pk].price_minor for pk in wish.units) else ALONE


def _draft(launch: Campaign, wish: Wish, facts: Facts, at: int, now: datetime, sale: SaleRules) -> Draft:
    goods = [_good(facts.items[pk], qty) for pk, qty in sorted(wish.units.items())]
    lines, _ = rules.priced(goods, [], sale)
    sealed = _sealed(wish) if any(g.is_sent for g in goods) else None
    return Draft(at, wish, launch, rules.new_number(now), rules.cart_digest(launch.pk, wish.units), lines, sealed)


def _good(item: Item, qty: int) -> rules.Good:
    offer = item.offer
    return rules.Good(item.pk, offer.title, qty, item.price_minor, offer.tax_ppm, offer.kind == "goods")


def _sealed(wish: Wish) -> bytes:
    if wish.contact is None:
        raise ContactMissing
    kept = rules.checked_contact(wish.contact)
    facts = json.dumps({"name": kept.name, "phone": kept.phone, "address": kept.address}, ensure_ascii=False)
    return seal(facts, secret=settings.SECRET_KEY, purpose="contact")


def _that_are_there(launch: Campaign, drafts: list[Draft], facts: Facts, answers: list[Any]) -> list[Draft]:
    """Keep the drafts for which there is stock and allowance; the others get their answer."""
    asks = [(d.buyer_id, d.wish.units) for d in drafts]
    found = allotted(asks, shelf=facts.shelf, allowance=facts.allowance, limit=launch.per_buyer)
    for d, got in zip(drafts, found, strict=True):
        if got.over_limit:
            answers[d.place] = LimitReached(limit=launch.per_buyer)
        elif got.short_of is not None:
            answers[d.place] = SoldOut(title=facts.items[got.short_of].offer.title)
    return [d for d, got in zip(drafts, found, strict=True) if got.is_all]


def _write(launch: Campaign, drafts: list[Draft], facts: Facts, now: datetime) -> None:
    credited = met_before(launch, {d.buyer_id for d in drafts}, now)
    with connection.cursor() as cursor:
        columns = _columns(drafts) | _lines(drafts) | _credits(drafts, credited)
        of_all: dict[str, Any] = {
            "community": launch.community_id, "campaign": launch.pk, "currency": launch.currency, "terms_digest": launch.terms_digest,
            "now": now, "hold_until": now + timedelta(minutes=launch.hold_minutes), "whole": WHOLE_PPM,
        }  # fmt: skip
        cursor.execute(WRITE, {name: written(values) for name, values in columns.items()} | of_all)
        for d, (pk,) in zip(drafts, cursor.fetchall(), strict=True):
            d.pk = pk
    outcomes = ledger.post_many(community=launch.community, postings=_postings(launch, drafts, facts, now))
    if any(isinstance(o, Refusal) for o in outcomes):
        raise Crossed


def _columns(drafts: Sequence[Draft]) -> dict[str, list[Any]]:
    return {
        "nos": [d.no for d in drafts], "buyers": [d.buyer_id for d in drafts], "keys": [d.wish.key for d in drafts],
        "digests": [d.digest for d in drafts], "totals": [d.total_minor for d in drafts], "shows": [d.wish.shows_energy for d in drafts],
        "sealed": [d.sealed for d in drafts],
    }  # fmt: skip


def _lines(drafts: Sequence[Draft]) -> dict[str, list[Any]]:
    every = [(i, n, line) for i, d in enumerate(drafts, start=1) for n, line in enumerate(d.lines, start=1)]
    return {
        "line_of": [i for i, _, _ in every], "ns": [n for _, n, _ in every], "kinds": [x.kind for _, _, x in every],
        "items": [x.item_id for _, _, x in every], "titles": [x.title for _, _, x in every], "qtys": [x.qty for _, _, x in every],
        "units": [x.unit_minor for _, _, x in every], "discounts": [x.discount_minor for _, _, x in every],
        "taxes": [x.tax_ppm for _, _, x in every],
    }  # fmt: skip


def _credits(drafts: Sequence[Draft], credited: Mapping[int, Credited]) -> dict[str, list[Any]]:
    every = [(i, credited[d.buyer_id]) for i, d in enumerate(drafts, start=1) if d.buyer_id in credited]
    return {
        "credit_of": [i for i, _ in every], "channels": [c.paid.met.channel_id for _, c in every],
        "promoters": [c.paid.met.promoter_id for _, c in every], "roles": [c.role for _, c in every], "models": [c.paid.model for _, c in every],
        "mets": [c.paid.met.at for _, c in every], "versions": [c.rule_version for _, c in every],
    }  # fmt: skip


def _postings(launch: Campaign, drafts: Sequence[Draft], facts: Facts, now: datetime) -> list[Posting]:
    """Return the same entries that `place` posts; an allowance only for those who have none yet."""
    postings, granted = [], set(facts.allowance)
    for d in drafts:
        if launch.per_buyer and d.buyer_id not in granted:
            granted.add(d.buyer_id)
            grant = NewMove(supply_of_rights(launch), allowance(d), launch.per_buyer)
            key = f"allow:{launch.pk}:{d.buyer_id}"
            postings.append(Posting(key, "allow", [grant], now, ("campaign", launch.pk)))
        moves = unit_moves(d, dict(d.wish.units), to="held")
        postings.append(Posting(f"hold:{d.no}", "hold", moves, now, ("order", d.pk), by_id=d.buyer_id))
    return postings
