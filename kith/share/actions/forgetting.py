"""Somebody wants to be forgotten as a payee: where their money goes is kept as long as there is any."""

from django.db import transaction

from kith.people.api import Community, Person
from kith.share import rules
from kith.share.models import Payout, PayTo
from kith.share.queries import money_of


@transaction.atomic
def forget_payee(*, community: Community, person: Person) -> bool:
    """Forget where somebody's money went; False while anything is owed to them, promised or on its way: then it stays until it is paid."""
    Payout.objects.filter(community=community, person=person).exclude(status__in=rules.OPEN).update(sealed=b"")
    found = money_of(community, person)
    if any(m.owed_minor > 0 or m.promised_minor or m.on_way_minor for m in found.by_currency):
        return False
    PayTo.objects.filter(community=community, person=person).delete()
    return True
