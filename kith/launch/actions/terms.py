"""Paid membership: a term begins when it is paid, after the one that still runs; it ends when it is given back. Renewing by itself: `renewing.py`."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kith.launch import rules
from kith.launch.actions.noticing import notice
from kith.launch.models import Gift, Line, Mandate, Order, Term
from kith.people.api import Community, Person, cut_grant, grant

REMIND = timedelta(days=7)
BATCH = 500


def begin_terms(order: Order, now: datetime) -> None:
    """Begin the terms of an order that was paid; a gift is ready instead. The caller holds the order."""
    lines = list(Line.objects.select_related("item__offer").filter(order=order, item__offer__kind="plan").order_by("n"))
    ready = {"status": "ready", "expires_at": now + timedelta(days=rules.GIFT_DAYS)}
    if not lines or Gift.objects.filter(order=order, status="waiting").update(**ready):
        return
    term_lock(order.community, order.buyer)
    for line in lines:
        begin_term(order, line, order.buyer, now)


def term_lock(community: Community, person: Person) -> None:
    """Have one person's terms come one after another, whoever else is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"term {community.pk} {person.pk}"])


def begin_term(order: Order, line: Line, person: Person, now: datetime) -> None:
    """Begin a term after the one of its family that still runs, and let in whom it is for. The caller holds `term_lock`."""
    assert line.item
    family, months = line.item.offer.family, line.item.offer.months * line.qty
    mine = Term.objects.filter(community=order.community, person=person, family=family, ended_at=None)
    running = mine.filter(ends_at__gt=now).order_by("-ends_at").first()
    starts = timezone.localtime(running.ends_at if running else now)
    anchor = running.anchor_day if running else starts.day
    term = Term.objects.create(
        community=order.community, person=person, family=family, order=order, n=line.n, starts_at=starts,
        ends_at=rules.months_on(starts, months, anchor), anchor_day=anchor,
    )  # fmt: skip
    grant(community=term.community, person=person, what=family, from_at=term.starts_at, until_at=term.ends_at, cause=rules.cause_of(term.pk))  # fmt: skip


def end_terms(order: Order, now: datetime) -> None:
    """End the terms whose units were given back, or all of whose money was; later ones stay where they are, nobody's dates move silently."""
    whole = (
        Line.objects.filter(order=order)
        .exclude(refunded_qty=F("qty"))
        .exclude(refunded_minor=F("amount_minor"), amount_minor__gt=0)
    )
    if not whole.exists():
        Gift.objects.filter(order=order, status__in=("waiting", "ready")).update(status="back")
    for term in Term.objects.filter(order=order, ended_at=None):
        line = Line.objects.get(order=order, n=term.n)
        if line.refunded_qty == line.qty or line.refunded_minor == line.amount_minor > 0:
            Term.objects.filter(pk=term.pk, ended_at=None).update(ended_at=now)
            cut_grant(community=term.community, cause=rules.cause_of(term.pk), at=now)


def remind_terms(*, now: datetime) -> int:
    """Tell whose membership ends within a week, and who has not renewed it; once for each term. Returns how many."""
    rows: Any = Term.objects.select_related("community", "person").filter(
        ended_at=None, ends_at__gt=now, ends_at__lte=now + REMIND
    )
    told = 0
    for term in rows.order_by("ends_at")[:BATCH]:
        later = Term.objects.filter(community=term.community, person=term.person, family=term.family, ended_at=None, starts_at__gte=term.ends_at)  # fmt: skip
        renews = Mandate.objects.filter(
            community=term.community, person=term.person, family=term.family, status="active"
        )
        if later.exists() or renews.exists():
            continue
        with translation.override(term.person.language or term.community.language):
            facts = {"name": term.community.name, "until": timezone.localtime(term.ends_at).strftime("%Y-%m-%d")}
            subject = _("Your membership of %(name)s ends on %(until)s") % facts
            text = _("Your paid membership of %(name)s ends on %(until)s. Nothing is charged by itself; if you wish to stay, order it again.") % facts  # fmt: skip
        told += notice(community=term.community, key=f"term-ends:{term.pk}", person=term.person, subject=subject, text=text, now=now)  # fmt: skip
    return told
