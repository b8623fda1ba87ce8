"""Charging by a mandate: told of first, then once for each period, again after a failure, and never on when somebody stopped it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kith.launch import rules
from kith.launch.actions.agreeing import end_mandate, stop_address
from kith.launch.actions.hearing import ask_provider
from kith.launch.actions.noticing import notice
from kith.launch.actions.ordering import cancel, place
from kith.launch.actions.paying import open_wire
from kith.launch.actions.states import shift
from kith.launch.data import Ask, NotNow, PlanValue, ProviderDown, Wanted
from kith.launch.models import Mandate, Notice, Order, Renewal, Term, Wire
from kith.launch.providers.mandates import MANDATED
from kith.launch.queries import plans, scale_of
from kith.launch.rules.law import RENEWAL_LAWS
from kith.lib.errors import Refusal
from kith.lib.money import show_money

BATCH = 200
LOOK_AGAIN = timedelta(minutes=10)
OPEN = ("sent", "unknown", "drafted")


def renew_due(*, now: datetime) -> dict[str, int]:
    """Tell whose membership will renew, and charge what was told of long enough ago. Every step may run twice."""
    told = sum(_tell(term, now) for term in _ending(now)[:BATCH])
    due = Renewal.objects.filter(status__in=("noticed", "charging"), next_try_at__lte=now).order_by("next_try_at", "pk")
    return {"told": told, "charged": sum(_go_on(pk, now) for pk in list(due.values_list("pk", flat=True)[:BATCH]))}


def _ending(now: datetime) -> "list[Term]":
    """Return the terms that end soon, are followed by none, and are to be renewed."""
    law = rules.law_at(RENEWAL_LAWS, now)
    mine = {name: OuterRef(name) for name in ("community", "person", "family")}
    later = Term.objects.filter(**mine, ended_at=None, starts_at__gte=OuterRef("ends_at"))
    told = Renewal.objects.filter(
        mandate__status="active", **{f"mandate__{n}": OuterRef(n) for n in mine}, after_at=OuterRef("ends_at")
    )
    until = now + (timedelta(days=law.notice_days + 2) + rules.EARLY)
    rows = Term.objects.select_related("community", "person").filter(
        Exists(Mandate.objects.filter(**mine, status="active")), ~Exists(later), ~Exists(told), ended_at=None, ends_at__gt=now, ends_at__lte=until
    )  # fmt: skip
    return list(rows.order_by("ends_at", "pk")[:BATCH])


@transaction.atomic
def _tell(term: Term, now: datetime) -> bool:
    """Write down that a membership will renew, when, for how much, and how it is stopped."""
    mandate = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("community", "person", "offer")
        .filter(community=term.community, person=term.person, family=term.family, status="active")
        .first()
    )
    if mandate is None:
        return False
    plan = _plan(mandate, now)
    if plan is None or plan.price_minor > mandate.price_minor:
        _lapse(mandate, "gone" if plan is None else "price", now)
        return False
    law = rules.law_at(RENEWAL_LAWS, now)
    at = rules.charge_at(term.ends_at, now, law)
    facts = {"amount_minor": plan.price_minor, "charge_at": at, "next_try_at": at, "made_at": now}
    row, is_new = Renewal.objects.get_or_create(community=term.community, mandate=mandate, after_at=term.ends_at, defaults=facts)  # fmt: skip
    if is_new:
        _write(mandate, f"renewal:{row.pk}", "renews", now, row)
    return is_new


def _plan(mandate: Mandate, now: datetime) -> PlanValue | None:
    """Return the cheapest way in which what the mandate is for is sold now."""
    found = [p for p in plans(mandate.community, family=mandate.family, now=now) if p.offer.id == mandate.offer_id]
    return found[0] if found else None


def _lapse(mandate: Mandate, why: str, now: datetime) -> None:
    if end_mandate(mandate, "lapsed", why, now):
        _write(mandate, f"mandate-{why}:{mandate.pk}", why, now)


def _write(mandate: Mandate, key: str, what: str, now: datetime, row: Renewal | None = None) -> None:
    """Write a notice in the language of its reader."""
    with translation.override(mandate.person.language or mandate.community.language):
        facts = {
            "title": mandate.offer.title, "community": mandate.community.name, "stop": stop_address(mandate),
            "amount": _money(row.amount_minor if row else mandate.price_minor, mandate.currency),
            "day": timezone.localtime(row.charge_at).strftime("%Y-%m-%d") if row else "",
        }  # fmt: skip
        subject, text = _words(what)
        notice(community=mandate.community, key=key, person=mandate.person, subject=subject % facts, text=text % facts, now=now)  # fmt: skip


def _money(amount_minor: int, currency: str) -> str:
    language = "zh_Hans" if (translation.get_language() or "").startswith("zh") else "en"
    return show_money(amount_minor, currency=currency, scale=scale_of(currency), locale=language)


def _words(what: str) -> tuple[str, str]:
    if what == "renews":
        return _("%(title)s renews on %(day)s: %(amount)s"), _("Your membership “%(title)s” of %(community)s renews by itself on %(day)s. %(amount)s will be taken then.\nTo stop it, without a reason and without signing in:\n%(stop)s")  # fmt: skip
    if what == "price":
        return _("%(title)s does not renew: its price has risen"), _("The price of “%(title)s” of %(community)s has risen since you agreed to %(amount)s. It does not renew by itself any more; if you wish it to, agree anew on your membership's page.")  # fmt: skip
    if what == "gone":
        return _("%(title)s does not renew: it is not on sale"), _("“%(title)s” of %(community)s is not on sale any more, so it does not renew by itself, and nothing is taken.")  # fmt: skip
    return _("%(title)s could not be renewed"), _("%(amount)s for “%(title)s” of %(community)s could not be taken, several times. It does not renew by itself any more; you can order it by hand.")  # fmt: skip


def _go_on(pk: int, now: datetime) -> bool:
    """Bring one renewal a step on; returns whether a charge was asked for."""
    with transaction.atomic():
        row = Renewal.objects.select_for_update(of=("self",)).select_related("mandate__community", "mandate__person", "mandate__offer", "order").get(pk=pk)  # fmt: skip
        mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=row.mandate_id)
        wire = _wire_for(row, mandate, now)
    if wire is None:
        return False
    order, back = wire.order, reverse("order", kwargs={"slug": row.mandate.community.slug, "no": wire.order.no})
    ask = Ask(wire.our_ref, wire.amount_minor, wire.currency, f"{row.mandate.offer.title} {order.no}"[:80], back)
    try:
        MANDATED[mandate.provider].charge_by(mandate.token, ask, now)
    except ProviderDown:
        shift(Wire.objects.filter(pk=wire.pk), rules.WIRE, "unknown")
        return True
    ask_provider(wire_id=wire.pk, now=now)
    with transaction.atomic():
        _wire_for(Renewal.objects.select_for_update(of=("self",)).select_related("mandate__community", "mandate__person", "mandate__offer", "order").get(pk=pk), mandate, now)  # fmt: skip
    return True


def _wire_for(row: Renewal, mandate: Mandate, now: datetime) -> Wire | None:
    """Decide what comes next, and return the wire to be charged if something is."""
    rows = Renewal.objects.filter(pk=row.pk)
    if row.status not in {"noticed", "charging"} or row.next_try_at > now:
        return None
    if row.status == "noticed":
        if mandate.status != "active" or not _is_last(row):
            shift(rows, rules.RENEWAL, "skipped")
            return None
        if not _begin(row, now):
            return None
    row.refresh_from_db()
    assert row.order
    return _charge_or_wait(row, mandate, row.order, now)


def _is_last(row: Renewal) -> bool:
    """Tell whether the term still stands and nobody renewed it by hand."""
    terms = Term.objects.filter(
        community=row.community, person=row.mandate.person, family=row.mandate.family, ended_at=None
    )
    return terms.filter(ends_at=row.after_at).exists() and not terms.filter(starts_at__gte=row.after_at).exists()


def _begin(row: Renewal, now: datetime) -> bool:
    """Order the next period, once: the notice is old enough, and it costs what was told."""
    law, rows = rules.law_at(RENEWAL_LAWS, row.made_at), Renewal.objects.filter(pk=row.pk)
    sent_at = Notice.objects.filter(community=row.community, key=f"renewal:{row.pk}").values_list("sent_at", flat=True).first()  # fmt: skip
    if not rules.may_charge(sent_at, now, law):
        rows.update(
            next_try_at=max(now + LOOK_AGAIN, sent_at + timedelta(days=law.notice_days))
            if sent_at
            else now + LOOK_AGAIN
        )
        return False
    plan = _plan(row.mandate, now)
    if plan is None or plan.price_minor != row.amount_minor:
        _lapse(row.mandate, "gone" if plan is None else "price", now)
        return False
    try:
        with transaction.atomic():
            made = place(
                community=row.community, campaign=plan.campaign_slug, buyer=row.mandate.person, wanted=[Wanted(plan.item_id, 1)],
                client_key=f"renewal-{row.pk}", now=now,
            )  # fmt: skip
    except Refusal:
        _lapse(row.mandate, "gone", now)
        return False
    order = Order.objects.get(community=row.community, no=made.no)
    Order.objects.filter(pk=order.pk).update(hold_until=now + rules.HOLD)
    return shift(rows, rules.RENEWAL, "charging", order=order)


def _charge_or_wait(row: Renewal, mandate: Mandate, order: Order, now: datetime) -> Wire | None:
    rows, law = Renewal.objects.filter(pk=row.pk), rules.law_at(RENEWAL_LAWS, row.made_at)
    if order.paid_at is not None:
        shift(rows, rules.RENEWAL, "paid")
        return None
    last = Wire.objects.filter(order=order, dir="charge").order_by("-pk").first()
    if last is not None and last.status in OPEN:
        rows.update(next_try_at=now + LOOK_AGAIN)
        return None
    again = rules.next_try(row.tries, last.ended_at or now, law) if last is not None else now
    if again is None or mandate.status != "active" or order.status != "placed":
        _give_up(row, mandate, order, now)
        return None
    if again > now:
        rows.update(next_try_at=again)
        return None
    rows.update(tries=row.tries + 1)
    return open_wire(order, mandate.provider, "mandate", by=row.mandate.person, now=now)


def _give_up(row: Renewal, mandate: Mandate, order: Order, now: datetime) -> None:
    shift(Renewal.objects.filter(pk=row.pk), rules.RENEWAL, "failed")
    _lapse(row.mandate, "failed", now)
    if order.status == "placed":
        try:
            cancel(community=row.community, no=order.no, by=row.mandate.person, now=now)
        except NotNow:
            return
