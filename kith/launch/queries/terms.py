"""Paid membership as its members and who sells it see it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from kith.launch.data import PlanValue, TermValue
from kith.launch.models import Item, Order, Term
from kith.launch.queries.goods import as_offer
from kith.launch.rules import unused_minor
from kith.people.api import Community, Person

LISTED = 200


def _values(rows: "QuerySet[Term]", now: datetime) -> list[TermValue]:
    found = rows.select_related("person", "order").prefetch_related("order__lines")
    return [_value(t, now) for t in found]


def _value(t: Term, now: datetime) -> TermValue:
    line = next(line for line in t.order.lines.all() if line.n == t.n)
    left = 0 if t.ended_at else unused_minor(line.amount_minor - line.refunded_minor, t.starts_at, t.ends_at, now)
    state = "ended" if t.ended_at or t.ends_at <= now else "running" if t.starts_at <= now else "ahead"
    return TermValue(
        t.family, line.title, t.person_id, t.person.name, t.order.no, t.n, t.starts_at, t.ends_at, state, left
    )


def terms_of(community: Community, person: Person, *, now: datetime) -> list[TermValue]:
    """Return somebody's terms, the latest first. Two queries."""
    return _values(Term.objects.filter(community=community, person=person).order_by("-starts_at", "-pk")[:LISTED], now)


def terms_of_order(order: Order, *, now: datetime) -> tuple[TermValue, ...]:
    return tuple(_values(Term.objects.filter(order=order).order_by("n"), now))


def members_of_plans(community: Community, *, now: datetime) -> list[TermValue]:
    """Return the terms that run now, those that end first first. Two queries."""
    rows = Term.objects.filter(community=community, ended_at=None, starts_at__lte=now, ends_at__gt=now)
    return _values(rows.order_by("ends_at", "pk")[:LISTED], now)


def plans(community: Community, *, now: datetime, family: str = "") -> list[PlanValue]:
    """Return the memberships that launches sell now, of one family or of all, the cheapest first. One query."""
    rows = Item.objects.select_related("offer", "campaign").filter(
        Q(campaign__closes_at=None) | Q(campaign__closes_at__gt=now), campaign__community=community, campaign__status="open",
        campaign__opens_at__lte=now, campaign__kind__in=("plain", "flash"), offer__kind="plan",
    )  # fmt: skip
    if family:
        rows = rows.filter(offer__family=family)
    return [PlanValue(i.pk, i.campaign.slug, i.campaign.title, as_offer(i.offer), i.price_minor) for i in rows.order_by("price_minor", "pk")]  # fmt: skip
