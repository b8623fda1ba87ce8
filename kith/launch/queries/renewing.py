"""What renews by itself, and what agreeing to it would mean."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.launch import rules
from kith.launch.data import MandateValue, PlanValue, RenewalOffer, Unearned
from kith.launch.models import Item, Line, Mandate, Renewal, SandboxMandate, Term
from kith.launch.providers.mandates import MANDATED
from kith.launch.queries.goods import providers_of, scale_of
from kith.launch.queries.terms import plans
from kith.launch.rules.law import RENEWAL_LAWS
from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.lib.money import show_money
from kith.people.api import Community, Person

MONTH = 30 * 86_400


def unearned_of(term: Term, currency: str) -> AccountName:
    """Return the account of what is paid for a term and still to come."""
    return AccountName("unearned", currency, "term", term.pk)


def renewing_offer(community: Community, person: Person, family: str, *, now: datetime) -> PlanValue | None:
    """Return how the membership somebody has is sold now, the cheapest way; None where it does not run or is not on sale."""
    term = Term.objects.filter(community=community, person=person, family=family, ended_at=None, ends_at__gt=now)
    last = term.order_by("-ends_at").first()
    if last is None:
        return None
    offer = Line.objects.values_list("item__offer", flat=True).get(order=last.order_id, n=last.n)
    return next((p for p in plans(community, family=family, now=now) if p.offer.id == offer), None)


def renewal_offer(community: Community, person: Person, family: str, *, now: datetime) -> RenewalOffer | None:
    """Return what somebody would agree to, word for word, in the language that is on; None where there is nothing to renew."""
    plan = renewing_offer(community, person, family, now=now)
    if plan is None or plan.price_minor == 0:
        return None
    item = Item.objects.select_related("campaign").get(pk=plan.item_id)
    offer = plan.offer
    providers = tuple(p for p in providers_of(community, item.campaign.transfer_to, offer.currency) if p in MANDATED)
    text = _text(plan, now)
    return RenewalOffer(
        family, offer.title, plan.price_minor, offer.currency, offer.scale, offer.months, text, rules.digest([text, plan.price_minor]), providers
    )  # fmt: skip


def _text(plan: PlanValue, now: datetime) -> str:
    language = "zh_Hans" if (translation.get_language() or "").startswith("zh") else "en"
    amount = show_money(plan.price_minor, currency=plan.offer.currency, scale=plan.offer.scale, locale=language)
    every = ngettext("every %(num)s month", "every %(num)s months", plan.offer.months) % {"num": plan.offer.months}
    days = rules.law_at(RENEWAL_LAWS, now).notice_days
    return _(
        "I agree that “%(title)s” renews by itself: %(amount)s %(every)s, taken a day before it ends. I am told by mail at least %(days)s days before each charge, and can stop it at any time, without a reason."
    ) % {"title": plan.offer.title, "amount": amount, "every": every, "days": days}


def as_mandate(row: Mandate) -> MandateValue:
    """Map a mandate, with the charge that was told of."""
    coming = Renewal.objects.filter(mandate=row, status__in=("noticed", "charging")).order_by("-pk").first()
    return MandateValue(
        row.pk, row.family, row.offer.title, row.provider, row.price_minor, row.currency, scale_of(row.currency), row.status, row.why, row.agreed_at,
        row.ended_at, row.text, coming.next_try_at if coming else None, coming.amount_minor if coming else 0,
    )  # fmt: skip


def mandates_of(community: Community, person: Person) -> list[MandateValue]:
    """Return what somebody agreed to, the latest first."""
    rows = Mandate.objects.select_related("offer").filter(community=community, person=person)
    return [as_mandate(m) for m in rows.order_by("-pk")[:20]]


def declines_in_sandbox(community: Community, person: Person) -> set[int]:
    """Return which of somebody's mandates the sandbox was told to decline."""
    tokens = SandboxMandate.objects.filter(declines=True).values("token")
    return set(
        Mandate.objects.filter(community=community, person=person, token__in=tokens).values_list("pk", flat=True)
    )


def unearned(community: Community, *, now: datetime) -> list[Unearned]:
    """Return what was paid for time still to come, by currency. A query each, and one for the terms."""
    terms = Term.objects.filter(community=community, is_earned=False, order__final_at__isnull=False)
    rows = {t.pk: t for t in terms.select_related("order")}
    found = []
    for currency in sorted({t.order.currency for t in rows.values()}):
        held = [
            (rows[a.name.owner_id], a.balance_minor)
            for a in ledger.accounts(community, role="unearned", asset=currency)
            if a.name.owner_id in rows
        ]
        soon = sum(_soon(term, there, now) for term, there in held)
        found.append(
            Unearned(currency, scale_of(currency), sum(n for _, n in held), sum(1 for _, n in held if n), soon)
        )
    return found


def _soon(term: Term, there: int, now: datetime) -> int:
    """Return what of a balance is earned within 30 days."""
    left = int((term.ends_at - max(now, term.starts_at)).total_seconds())
    return there if left <= MONTH else there * MONTH // left
