"""Somebody wants to be forgotten as a buyer: what is needed no longer goes at once, the rest when it is not."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from kith.launch.actions.touching import UNPAID, end_bond, forget_rows
from kith.launch.data import ENDED
from kith.launch.models import Contact, Order, Touch
from kith.people.api import Community, Person
from kith.share import api as share


@transaction.atomic
def forget_buyer(*, community: Community, person: Person, now: datetime) -> int:
    """Forget where somebody's things were sent, whose links they opened, to whom they are bound and where their money goes.

    What an order under way still needs goes when it has ended (`erase_contacts`), where money goes when nothing is owed any more. Orders,
    payments and shares stay as they are: books, by number. Returns how many addresses are still needed.
    """
    mine = Contact.objects.filter(community=community, person=person, erased_at=None)
    needed = Order.objects.filter(contact__in=mine).exclude(status__in=ENDED).values("contact")
    mine.exclude(pk__in=needed).update(sealed=None, erased_at=now)
    left = mine.filter(pk__in=needed).update(wanted_gone_at=now)
    unpaid = Order.objects.filter(buyer=person, campaign=OuterRef("channel__campaign"), status__in=UNPAID)
    forget_rows(Touch.objects.filter(~Exists(unpaid), community=community, person=person))
    end_bond(community=community, buyer=person, now=now)
    share.forget_payee(community=community, person=person)
    return left
