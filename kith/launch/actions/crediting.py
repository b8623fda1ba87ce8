"""Whose sale an order is: written in the transaction of its payment, and never again."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from kith.energy.api import NewAct
from kith.launch.data import RuleValue
from kith.launch.models import Attribution, Bond, Channel, Doubt, Order, Touch
from kith.launch.queries import bond_of, bound_to, phones, rule_at
from kith.launch.rules.channels import Met, above, paid_for
from kith.lib.split import WHOLE_PPM
from kith.people.api import may_run, standing, standings
from kith.share import api as share

UNBOUND = {"launch_bond_no_ring", "launch_bond_one_at_a_time"}


def credit(order: Order, now: datetime) -> list[NewAct]:
    """Fix through whom an order came; return the act it is, where the buyer said that it may be one. The caller holds the order.

    By the rule that held when it was placed. Nothing is written where it came through nobody, or through who has left. The order
    lane has written it with the order; what follows on it comes now.
    """
    fixed = Attribution.objects.filter(order=order).order_by("pk").first()
    if fixed is not None and fixed.at != order.placed_at:  # paid again after it was given back and held anew
        return []
    rule, bond = rule_at(order.campaign, order.placed_at), bond_of(order.community, order.buyer_id, order.placed_at)
    found = fixed or _attributed(order, rule, bond, now)
    if found is None:
        return []
    if found.role == "promoter" and share.pays_second(order.community, at=now):
        _second(order, Met(found.channel_id, found.person_id, found.met_at), rule.version, now)
    _doubt(order, found.person_id, now)
    if rule.bond_days and bond is None and found.role == "promoter":
        _bind(order, found.person_id, rule.version, now, now + timedelta(days=rule.bond_days))
    if not (order.shows_energy and standing(order.community, order.buyer)):
        return []
    key = f"refer:order:{order.no}"
    return [NewAct(found.person_id, "refer", now, key, f"order:{order.no}", other_id=order.buyer_id)]


def _attributed(order: Order, rule: RuleValue, bond: Bond | None, now: datetime) -> Attribution | None:
    touches = _touches(order, order.placed_at - timedelta(days=rule.touch_days))
    if not touches and bond is None:
        return None
    places = standings(order.community, {t.promoter_id for t in touches} | ({bond.promoter_id} if bond else set()))
    paid = paid_for(
        buyer_id=order.buyer_id, placed_at=order.placed_at, touches=[t for t in touches if t.promoter_id in places],
        touch_days=rule.touch_days, bond=_bond(order, bond) if bond and bond.promoter_id in places else None,
        below=bound_to(order.community, order.buyer_id, order.placed_at),
    )  # fmt: skip
    if paid is None:
        return None
    return Attribution.objects.create(
        community=order.community, order=order, channel_id=paid.met.channel_id, person_id=paid.met.promoter_id, model=paid.model,
        role="house" if may_run(places[paid.met.promoter_id]) else "promoter", weight_ppm=WHOLE_PPM, met_at=paid.met.at,
        rule_version=rule.version, at=now,
    )  # fmt: skip


def _second(order: Order, met: Met, version: int, now: datetime) -> None:
    """Credit who brought the promoter, where the founder has signed that a second tier is paid; one tier more, and never another."""
    found = bond_of(order.community, met.promoter_id, order.placed_at)
    top = above(
        met, _bond(order, found) if found else None, buyer_id=order.buyer_id, placed_at=order.placed_at,
        below=bound_to(order.community, order.buyer_id, order.placed_at),
    )  # fmt: skip
    if top is None:
        return
    place = standings(order.community, [top.promoter_id]).get(top.promoter_id)
    if place is None or may_run(place) or Attribution.objects.filter(order=order, role="second").exists():
        return
    Attribution.objects.create(
        community=order.community, order=order, channel_id=top.channel_id, person_id=top.promoter_id, role="second",
        model="bond", weight_ppm=WHOLE_PPM, met_at=top.at, rule_version=version, at=now,
    )  # fmt: skip


def _touches(order: Order, since: datetime) -> list[Met]:
    rows = Touch.objects.filter(
        community=order.community, person=order.buyer_id, channel__campaign=order.campaign, at__gte=since, at__lte=order.placed_at
    )  # fmt: skip
    return [Met(*row) for row in rows.values_list("channel", "channel__person", "at", "pk")]


def _bond(order: Order, bond: Bond) -> Met | None:
    """Let a bond count where its promoter brings this launch too: elsewhere they said nothing of a commission."""
    mine = Channel.objects.filter(campaign=order.campaign, person=bond.promoter_id, accepted_at__isnull=False).first()
    return Met(mine.pk, bond.promoter_id, bond.since) if mine else None


def _doubt(order: Order, promoter_id: int, now: datetime) -> None:
    """Have a person look at what seems to be a sale to oneself: from the promoter's browser, or to their telephone."""
    theirs = Touch.objects.filter(community=order.community, person=promoter_id).exclude(visitor="")
    mine = Touch.objects.filter(community=order.community, person=order.buyer_id, visitor__in=theirs.values("visitor"))
    reason = (
        "device" if mine.exists() else "phone" if phones(order.buyer_id, order) & phones(promoter_id, order) else ""
    )
    if reason:
        facts = {"community": order.community, "reason": reason, "made_at": now}
        Doubt.objects.get_or_create(order=order, defaults=facts)


def _bind(order: Order, promoter_id: int, version: int, now: datetime, until: datetime) -> None:
    """Bind the buyer, unless two would be bound in a ring or somebody bound them at the same moment: the database says so."""
    try:
        with transaction.atomic():
            Bond.objects.create(
                community=order.community, buyer_id=order.buyer_id, promoter_id=promoter_id, order=order, rule_version=version,
                since=now, until=until,
            )  # fmt: skip
    except IntegrityError as refused:
        if getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None) not in UNBOUND:
            raise
