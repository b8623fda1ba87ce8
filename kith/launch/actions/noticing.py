"""Telling people that money is asked for: written in the transaction of what caused it, sent by the job, kept as evidence."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kith.launch.models import Notice, Order
from kith.people.api import Community, Person

SENT = 200


def notice(*, community: Community, key: str, person: Person, subject: str, text: str, now: datetime) -> bool:
    """Write down what somebody is to be told; once. Returns whether it is new."""
    facts = {"person": person, "subject": subject[:120], "text": text, "at": now}
    return Notice.objects.get_or_create(community=community, key=key, defaults=facts)[1]


def notice_order(order: Order, why: str, now: datetime) -> bool:
    """Tell a buyer that the balance of an order can be paid, or that this is the last day."""
    until = order.balance_until_at
    assert until is not None
    with translation.override(order.buyer.language or order.community.language):
        facts = {
            "title": order.campaign.title,
            "until": timezone.localtime(until).strftime("%Y-%m-%d %H:%M"),
            "address": _address(order),
        }
        if why == "balance":
            subject, text = _("The balance for %(title)s can be paid"), _("You paid a deposit for %(title)s. Please pay the balance by %(until)s:\n%(address)s")  # fmt: skip
        else:
            subject, text = _("The last day to pay the balance for %(title)s"), _("The balance for %(title)s can be paid until %(until)s, not later:\n%(address)s")  # fmt: skip
    return notice(community=order.community, key=f"{why}:{order.no}", person=order.buyer, subject=subject % facts, text=text % facts, now=now)  # fmt: skip


def _address(order: Order) -> str:
    return settings.ADDRESS + reverse("order", kwargs={"slug": order.community.slug, "no": order.no})


def send_notices(*, now: datetime) -> int:
    """Send what is written; what fails is tried again with the next run. Returns how many went."""
    went = 0
    for row in Notice.objects.select_related("person").filter(sent_at=None).order_by("at")[:SENT]:
        if row.person.email:
            send_mail(row.subject, row.text, None, [row.person.email])
        went += Notice.objects.filter(pk=row.pk, sent_at=None).update(sent_at=now)
    return went
